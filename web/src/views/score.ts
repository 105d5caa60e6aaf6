import { type Child, type VNode, h } from "../h.ts";
import { type Item, isMuted, items } from "../items.ts";
import type { Report, Score } from "../engine.ts";
import { filled, prose } from "./prose.ts";
import { MINUS } from "../words.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { band } from "./band.ts";
import { outlook } from "./outlook.ts";
import { site } from "../site.ts";
import { texts } from "../texts.ts";

/** The page that states every weight. */
const HOW = `${site}score.html`;

export function score(state: State): VNode {
  const { report, firstScore } = state;
  if (report === null) return firstScore === null ? waiting() : alone(firstScore);
  return report.score ? scored(report, report.score, state) : refused(report);
}

function scored(report: Report, known: Score, state: State): VNode {
  const { grade, categories, cap } = known;
  const { change, category } = state;
  const { fragment } = report;
  const all = items(report);
  const capping = cap && all.find(({ index }) => index === cap.finding);
  const heard = all.filter((item) => !isMuted(item, state.muted));
  const muted = all.length - heard.length;
  const ignored = report.suppressed.length;
  return h(
    "section",
    { key: "score", class: "score", "aria-labelledby": "score-title" },
    h("h2", { id: "score-title", class: "unseen" }, texts.score.title),
    totalOf(
      known,
      Boolean(capping),
      fragment && h("span", { class: "snippet" }, texts.score.snippet),
      change !== 0 && h("span", { class: `change ${change > 0 ? "up" : "down"}` }, changeText(change)),
    ),
    layers(categories, heard, category),
    outlook(report, state),
    h(
      "div",
      { class: "score-notes" },
      cap && capping && h("p", {}, filled(texts.score.capped(cap.from, grade), link(prose(capping.message), ask("row", { key: capping.key })))),
      fragment && h("p", {}, prose(texts.score.fragment)),
      categories.some(({ applies }) => !applies) && h("p", {}, texts.score.notJudgedNote),
      (ignored > 0 || muted > 0) &&
        h(
          "p",
          {},
          [ignored > 0 && texts.score.ignored(ignored), muted > 0 && texts.score.muted(muted)].filter((one) => one !== false).join(" "),
          " ",
          link(texts.score.list, ask("quiet", { isOpen: true })),
        ),
      h("p", {}, h("a", { href: HOW, target: "_blank", rel: "noopener" }, texts.score.how)),
    ),
  );
}

/** A score of which nothing else is known yet. */
function alone(known: Score): VNode {
  return h(
    "section",
    { key: "score", class: "score", "aria-labelledby": "score-title" },
    h("h2", { id: "score-title", class: "unseen" }, texts.score.title),
    totalOf(known, known.cap !== null),
    layers(known.categories, [], null),
  );
}

function totalOf({ total, grade }: Score, isCapped: boolean, ...beside: Child[]): VNode {
  return h(
    "div",
    { class: `total ${band(total)}` },
    ring(total),
    h("p", { class: "number" }, String(total), h("span", { class: "of" }, texts.score.of)),
    h("p", { class: "verdict" }, h("span", { class: isCapped ? "grade capped" : "grade" }, h("span", { class: "unseen" }, texts.score.grade), grade), ...beside),
  );
}

function layers(categories: Score["categories"], all: readonly Item[], only: string | null): VNode {
  return h("ul", { class: "layers", "aria-label": texts.score.categories }, categories.map((bar) => layer(bar, all, only)));
}

function link(content: Child, click: (event: Event) => void): VNode {
  return h("button", { type: "button", class: "link", on: { click } }, content);
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

/** A category, drawn as one layer of a stack. A press on one with findings that are not muted lists those alone. */
function layer({ id, title, total, applies }: Score["categories"][number], heard: readonly Item[], only: string | null): VNode {
  const found = heard.filter(({ category }) => category === id).length;
  const content = [
    h("span", { class: "layer-title" }, title),
    h("span", { class: "track", "aria-hidden": "true" }, applies && bar(total)),
    applies
      ? h("span", { class: "layer-total" }, String(total))
      : h("span", { class: "layer-total", title: texts.score.notJudgedHint }, texts.score.notJudged),
  ];
  const isOnly = only === id;
  const press = { type: "button", class: "layer-main", title: texts.score.only(title, found), "aria-pressed": String(isOnly) };
  return h(
    "li",
    { class: applies ? `layer ${band(total)}` : "layer not-judged" },
    found === 0
      ? h("span", { class: "layer-main" }, content)
      : h("button", { ...press, on: { click: ask("category", { category: isOnly ? null : id }) } }, content),
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

function changeText(change: number): string {
  return change > 0 ? `+${change}` : `${MINUS}${-change}`;
}
