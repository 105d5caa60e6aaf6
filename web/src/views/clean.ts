import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import { ask } from "../events.ts";
import { count } from "../words.ts";

/** The state that everyone wants: nothing is left, and what to do with it. */
export function clean({ stages, score, fragment }: Report): VNode {
  const judged = score?.categories.filter(({ applies }) => applies).length ?? 0;
  return h(
    "div",
    { class: "clean" },
    h("p", { class: "clean-title" }, fragment ? "Nothing holds this snippet back." : "Nothing holds this file back."),
    h("p", { class: "aside" }, `Checked: ${fragment ? "a snippet" : count(stages.length, "stage")} in ${count(judged, "category", "categories")}.`),
    !fragment && h("p", {}, "What a Dockerfile cannot show, the image does: build it, run it locked up, look into it."),
    !fragment &&
      h(
        "p",
        { class: "actions" },
        h("button", { type: "button", class: "button primary", on: { click: ask("tab", { tab: "run" }) } }, "Commands for this image"),
      ),
  );
}
