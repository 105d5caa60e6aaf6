import { type VNode, h } from "../h.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { chevron } from "./icons.ts";
import { fact, prose } from "./prose.ts";
import { texts } from "../texts.ts";
import { waitingForBuild } from "./waiting.ts";

/** What the instruction under the caret does. Its place has a fixed height, so that nothing moves while one types. */
export function thisLine({ explanation, isLineOpen, file, builder }: State): VNode[] {
  if (file !== "dockerfile") return [];
  const title = explanation === null ? "" : texts.thisLine.at(explanation.line, explanation.title);
  return [
    h(
      "h2",
      {},
      h(
        "button",
        {
          type: "button",
          class: "line-head",
          "aria-expanded": String(isLineOpen),
          "aria-controls": "this-line",
          on: { click: ask("line", {}) },
        },
        h("b", {}, texts.thisLine.title),
        h("span", { class: "line-title" }, isLineOpen && prose(title)),
        chevron,
      ),
    ),
    h(
      "div",
      { id: "this-line", class: "line-facts", hidden: !isLineOpen, tabindex: 0, role: "group", "aria-label": texts.thisLine.label },
      explanation === null
        ? waitingForBuild(builder, texts.thisLine.nowhere)
        : h("dl", { class: "facts" }, explanation.facts.map(({ topic, text }) => fact(topic, h("span", {}, prose(text))))),
    ),
  ];
}
