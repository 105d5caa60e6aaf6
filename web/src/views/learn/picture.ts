import { type Child, type VNode, h } from "../../h.ts";
import type { Flow, Lesson, Support } from "../../learn/workshop.ts";
import { type Span, spans } from "../../learn/span.ts";
import { icon } from "../icons.ts";
import { prose } from "../prose.ts";
import { texts } from "../../texts/learn.ts";

type Box = Flow["rows"][number][number];

/** What the lesson opens with, drawn and said. `today` is `YYYY-MM-DD`. */
export function picture({ picture: shown }: Lesson, today: string): VNode | false {
  if (shown?.flow !== undefined) return framed(shown.flow.caption, flow(shown.flow));
  if (shown?.support !== undefined) return framed(shown.support.caption, support(shown.support, today));
  return false;
}

function framed(caption: string, ...drawn: Child[]): VNode {
  return h("figure", { class: "picture" }, h("figcaption", {}, prose(caption)), drawn);
}

/** Rows one below the other, with an arrow wherever a box stands below another. */
function flow({ rows }: Flow): Child[] {
  const columns = Math.max(...rows.map(({ length }) => length));
  const drawn = rows.flatMap((row, index) => {
    const above = rows[index - 1];
    const arrows = above === undefined ? [] : [line("flow-arrows", Array.from({ length: Math.max(above.length, row.length) }, () => ARROW))];
    return [...arrows, line("flow-row", row.map(box))];
  });
  const ways = Array.from({ length: columns }, (_, column) => h("li", {}, way(rows, column)));
  return [h("ul", { class: "unseen" }, ways), h("div", { class: "flow", "aria-hidden": "true" }, drawn)];
}

function line(name: string, parts: readonly VNode[]): VNode {
  return h("div", { class: name, vars: { "--columns": String(parts.length) } }, parts);
}

function box({ text, about, is }: Box): VNode {
  return h(
    "div",
    { class: is === undefined ? "flow-box" : `flow-box is-${is}` },
    h("p", { class: "flow-text" }, is !== undefined && SIGNS[is], prose(text)),
    about !== undefined && h("p", { class: "flow-about" }, prose(about)),
  );
}

/** What stands in a column from above to below: a box that is alone in its row stands in all. */
function way(rows: Flow["rows"], column: number): Child[] {
  const boxes = rows.flatMap((row) => row[row.length === 1 ? 0 : column] ?? []);
  return boxes.map(({ text, about, is }, index) => [
    index > 0 && texts.picture.then,
    is !== undefined && texts.picture[is],
    prose(text),
    about !== undefined && [texts.picture.about, prose(about)],
  ]);
}

/** For each release the time from today to its end, or from its end to today. */
function support({ of }: Support, today: string): VNode {
  const { now, rows } = spans(of, today);
  return h(
    "div",
    { class: "support", vars: { "--now": `${now}%` } },
    h("p", { class: "support-now", "aria-hidden": "true" }, h("span", {}, texts.picture.today)),
    h("ul", {}, of.map(({ name }, index) => row(name, rows[index]))),
  );
}

function row(name: string, span: Span | undefined): VNode | false {
  if (span === undefined) return false;
  const { isOver, end, from, to } = span;
  return h(
    "li",
    {},
    h(
      "span",
      { class: isOver ? "support-name is-over" : "support-name is-ahead" },
      h("b", {}, prose(name)),
      " ",
      SIGNS[isOver ? "bad" : "good"],
      isOver ? texts.picture.over(end) : texts.picture.ahead(end),
    ),
    h("div", { class: isOver ? "support-bar is-over" : "support-bar", "aria-hidden": "true", vars: { "--from": `${from}%`, "--to": `${to}%` } }),
  );
}

const ARROW = icon("icon", h("path", { class: "stroke", d: "M8 1.5v12M4 9.8l4 4 4-4" }));
const SIGNS = {
  good: icon("icon", h("path", { class: "stroke", d: "M2.5 8.5l3.5 3.5 7.5-8" })),
  bad: icon("icon", h("path", { class: "stroke", d: "M3.5 3.5l9 9M12.5 3.5l-9 9" })),
};
