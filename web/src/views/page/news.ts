import { type VNode, h } from "../../h.ts";
import { texts } from "../../texts.ts";

/** What a person can say to it. */
export interface NewsActions {
  reload(): void;
  later(): void;
}

/** That there is a newer version. `isKept` says whether the text outlives a reload. */
export function news(isKept: boolean, { reload, later }: NewsActions): VNode {
  const { ready, kept, unkept, reload: again, reloadAnyway, later: notNow } = texts.news;
  return h(
    "div",
    { class: "news-card" },
    h("p", {}, h("b", {}, ready), " ", isKept ? kept : unkept),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "button primary", on: { click: reload } }, isKept ? again : reloadAnyway),
      h("button", { type: "button", class: "button", on: { click: later } }, notNow),
    ),
  );
}
