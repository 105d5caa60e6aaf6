import { type VNode, h } from "../h.ts";
import type { Report, Score } from "../engine.ts";
import type { State } from "../state.ts";
import { count, MINUS } from "../words.ts";

export function score({ report, change }: State): VNode {
  if (report === null) return waiting();
  return report.score ? scored(report, report.score, change) : refused(report);
}

function scored({ fragment }: Report, { total, grade, categories }: Score, change: number): VNode {
  return h(
    "section",
    { key: "score", class: "score", "aria-labelledby": "score-title" },
    h("h2", { id: "score-title", class: "unseen" }, "Score"),
    h(
      "div",
      { class: "total" },
      h("p", { class: `number ${band(total)}` }, String(total), h("span", { class: "of" }, "of 100")),
      h("p", { class: `grade ${band(total)}` }, h("span", { class: "unseen" }, "Grade "), grade),
      change !== 0 && h("p", { class: `change ${change > 0 ? "up" : "down"}` }, changeText(change)),
    ),
    h("ul", { class: "layers", "aria-label": "Score by category" }, categories.map(layer)),
    fragment && h("p", { class: "aside" }, "There is no FROM, so this is judged as a snippet of a Dockerfile."),
  );
}

/** A category, drawn as one layer of a stack. */
function layer({ title, total, applies }: Score["categories"][number]): VNode {
  return h(
    "li",
    { class: applies ? `layer ${band(total)}` : "layer not-judged" },
    h("span", { class: "layer-title" }, title),
    h("span", { class: "track", "aria-hidden": "true" }, applies && bar(total)),
    applies
      ? h("span", { class: "layer-total" }, String(total))
      : h("span", { class: "layer-total", title: "Nothing in this file to judge" }, "n/a"),
  );
}

function bar(total: number): VNode {
  return h("span", { class: "fill", vars: { "--total": `${total}%` } });
}

function refused({ problems }: Report): VNode {
  return h(
    "section",
    { key: "refused", class: "refused", "aria-labelledby": "refused-title" },
    h("h2", { id: "refused-title" }, "BuildKit would refuse this file"),
    h(
      "p",
      {},
      "There is no score until it builds. ",
      problems.length === 0 ? "" : `${count(problems.length, "error")} to mend first, listed below among the findings.`,
    ),
  );
}

/** Holds the place of the score, so that nothing jumps when it comes. */
function waiting(): VNode {
  return h(
    "section",
    { key: "waiting", class: "score" },
    h(
      "div",
      { class: "total" },
      h("p", { class: "number" }, "\u2013", h("span", { class: "of" }, "of 100")),
      h("p", { class: "grade", "aria-hidden": "true" }, "\u2013"),
    ),
    h("div", { class: "layers" }, h("p", { class: "aside" }, "Starting the checker\u2026")),
  );
}

export function band(total: number): "high" | "middle" | "low" {
  if (total >= 80) return "high";
  return total >= 50 ? "middle" : "low";
}

function changeText(change: number): string {
  return change > 0 ? `+${change}` : `${MINUS}${-change}`;
}
