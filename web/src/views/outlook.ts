import { type Cause, dearest, fixable, isMuted } from "../items.ts";
import { MINUS } from "../words.ts";
import { filled, prose } from "./prose.ts";
import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { texts } from "../texts.ts";

/** What holds the file back most, and what it comes to without. */
export function outlook(report: Report, { outlook, muted }: State): VNode | false {
  const causes = dearest(report);
  if (causes.length === 0) return false;
  const total = outlook?.report === report ? outlook.total : undefined;
  const all = causes.flatMap(({ items }) => items).filter((item) => !isMuted(item, muted));
  const [safe, review] = [fixable(all, "safe"), fixable(all, "review")];
  return h(
    "div",
    { class: "outlook" },
    h("h3", {}, total === null ? texts.outlook.first(causes.length) : filled(texts.outlook.title(causes.length), h("b", { class: "outlook-total" }, String(total ?? "\u2026")))),
    h("ol", {}, causes.map(cause)),
    (safe.length > 0 || review.length > 0) &&
      h(
        "p",
        { class: "actions" },
        safe.length > 0 &&
          h(
            "button",
            { type: "button", class: "button small fix", on: { click: ask("fixall", { rules: causes.map(({ rule }) => rule) }) } },
            texts.outlook.fix(safe.length),
          ),
        review.length > 0 &&
          h(
            "button",
            { type: "button", class: "button small", on: { click: ask("review", { keys: review.map(({ key }) => key) }) } },
            safe.length > 0 ? texts.outlook.review(review.length) : texts.outlook.reviewOnly(review.length),
          ),
      ),
  );
}

function cause({ rule, points, items }: Cause): VNode {
  const [first] = items;
  if (first === undefined) return h("li");
  return h(
    "li",
    { key: rule },
    h(
      "span",
      { class: "cause-line" },
      h("button", { type: "button", class: "cause", on: { click: ask("row", { key: first.key }) } }, prose(first.message)),
      items.length > 1 && h("span", { class: "aside" }, texts.outlook.more(items.length - 1)),
    ),
    h("span", { class: "cause-points", title: texts.score.points }, `${MINUS}${points}`),
  );
}
