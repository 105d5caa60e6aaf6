import { type VNode, h } from "../h.ts";
import { type Item, items, safeFixes } from "../items.ts";
import { count } from "../words.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { finding } from "./finding.ts";
import { prose } from "./prose.ts";

export function findings(report: Report, state: State, text: () => string): VNode {
  const all = items(report);
  return h(
    "section",
    { key: "findings", class: "findings", "aria-labelledby": "findings-title" },
    h(
      "div",
      { class: "findings-head" },
      h("h2", { id: "findings-title", tabindex: -1 }, all.length === 0 ? "No findings" : count(all.length, "finding")),
      fixAll(all),
    ),
    all.length === 0
      ? clean(report)
      : h("ol", { class: "list" }, all.slice(0, state.limit).map((item) => finding(item, state, text))),
    all.length > state.limit &&
      h(
        "button",
        { type: "button", class: "button", on: { click: ask("more", {}) } },
        `Show more of ${count(all.length, "finding")}`,
      ),
    report.suppressed.length > 0 && suppressed(report),
  );
}

function fixAll(all: readonly Item[]): VNode | false {
  const safe = safeFixes(all);
  if (safe === 0) return false;
  return h(
    "button",
    { type: "button", class: "button primary", on: { click: ask("fixall", {}) } },
    `Fix all safe (${safe})`,
  );
}

function clean({ stages, score }: Report): VNode {
  const judged = score?.categories.filter(({ applies }) => applies).length ?? 0;
  return h(
    "div",
    { class: "clean" },
    h("p", { class: "clean-title" }, "Nothing holds this file back."),
    h(
      "p",
      { class: "aside" },
      `Checked: ${count(stages.length, "stage")} in ${count(judged, "category", "categories")}. `,
      "What a Dockerfile cannot show, such as what lies in the build context, is yours to know.",
    ),
  );
}

function suppressed({ suppressed }: Report): VNode {
  return h(
    "details",
    { class: "suppressed" },
    h("summary", {}, `${count(suppressed.length, "finding")} silenced by comments`),
    h("ul", {}, suppressed.map(({ line, message }) => h("li", {}, `Line ${line}: `, prose(message)))),
  );
}
