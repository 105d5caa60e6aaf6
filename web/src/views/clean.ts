import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import { ask } from "../events.ts";
import { texts } from "../texts.ts";

/** The state that everyone wants: nothing is left, and what to do with it. */
export function clean({ stages, score, fragment }: Report): VNode {
  const judged = score?.categories.filter(({ applies }) => applies).length ?? 0;
  return h(
    "div",
    { class: "clean" },
    h("p", { class: "clean-title" }, fragment ? texts.clean.fragment : texts.clean.file),
    h("p", { class: "aside" }, fragment ? texts.clean.checkedFragment(judged) : texts.clean.checked(stages.length, judged)),
    !fragment && h("p", {}, texts.clean.next),
    !fragment &&
      h(
        "p",
        { class: "actions" },
        h("button", { type: "button", class: "button primary", on: { click: ask("tab", { tab: "run" }) } }, texts.clean.commands),
      ),
  );
}
