import { type VNode, h } from "../h.ts";
import type { Report, Score } from "../engine.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { MINUS } from "../words.ts";
import { items } from "../items.ts";
import { prose } from "./prose.ts";
import { texts } from "../texts.ts";

export function score({ report, change }: State): VNode {
  if (report === null) return waiting();
  return report.score ? scored(report, report.score, change) : refused(report);
}

function scored({ fragment }: Report, { total, grade, categories }: Score, change: number): VNode {
  return h(
    "section",
    { key: "score", class: "score", "aria-labelledby": "score-title" },
    h("h2", { id: "score-title", class: "unseen" }, texts.score.title),
    h(
      "div",
      { class: `total ${band(total)}` },
      ring(total),
      h("p", { class: "number" }, String(total), h("span", { class: "of" }, texts.score.of)),
      h(
        "p",
        { class: "verdict" },
        h("span", { class: "grade" }, h("span", { class: "unseen" }, texts.score.grade), grade),
        change !== 0 && h("span", { class: `change ${change > 0 ? "up" : "down"}` }, changeText(change)),
      ),
    ),
    h("ul", { class: "layers", "aria-label": texts.score.categories }, categories.map(layer)),
    fragment && h("p", { class: "aside" }, prose(texts.score.fragment)),
  );
}

function ring(total: number): VNode {
  const circle = { cx: 50, cy: 50, r: 44, pathLength: 100 };
  return h(
    "svg",
    { class: "ring", viewBox: "0 0 100 100", "aria-hidden": "true", focusable: "false" },
    h("circle", { ...circle, class: "ring-track" }),
    h("circle", { ...circle, class: "ring-fill", vars: { "--total": String(total) } }),
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
      : h("span", { class: "layer-total", title: texts.score.notJudgedHint }, texts.score.notJudged),
  );
}

function bar(total: number): VNode {
  return h("span", { class: "fill", vars: { "--total": `${total}%` } });
}

function refused(report: Report): VNode {
  const { problems } = report;
  const first = items(report).find(({ severity }) => severity === "error");
  return h(
    "section",
    { key: "refused", class: "refused", "aria-labelledby": "refused-title" },
    h("h2", { id: "refused-title" }, texts.refused.title),
    h("p", {}, texts.refused.noScore, problems.length > 0 && texts.refused.errors(problems.length)),
    first !== undefined &&
      h(
        "button",
        { type: "button", class: "button small", on: { click: ask("go", { key: first.key }) } },
        texts.refused.go(first.line),
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
      ring(0),
      h("p", { class: "number" }, "\u2013", h("span", { class: "of" }, texts.score.of)),
      h("p", { class: "verdict", "aria-hidden": "true" }, h("span", { class: "grade" }, "\u2013")),
    ),
    h("div", { class: "layers" }, h("p", { class: "aside" }, texts.score.waiting)),
  );
}

export function band(total: number): "high" | "middle" | "low" {
  if (total >= 80) return "high";
  return total >= 50 ? "middle" : "low";
}

function changeText(change: number): string {
  return change > 0 ? `+${change}` : `${MINUS}${-change}`;
}
