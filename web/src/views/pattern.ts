import { type VNode, h } from "../h.ts";
import type { Pattern } from "../patterns.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { listing } from "./prose.ts";
import { waiting } from "./waiting.ts";
import { texts } from "../texts.ts";

/** A Dockerfile to learn from, folded away until it is wanted. */
export function pattern(id: string, { patterns, copied }: State): VNode {
  const found = patterns instanceof Map ? patterns.get(id) : undefined;
  return h(
    "details",
    { key: "pattern", class: "pattern" },
    h("summary", {}, found === undefined ? texts.pattern.some : texts.pattern.of(found.title)),
    found === undefined ? waiting("patterns", patterns) : [listing(found.text), copy(found, copied === found.text)],
  );
}

function copy({ title, text }: Pattern, isCopied: boolean): VNode {
  return h(
    "p",
    { class: "actions" },
    h(
      "button",
      { type: "button", class: "button small", on: { click: ask("copy", { text }) } },
      isCopied ? texts.common.copied : texts.common.copy,
      h("span", { class: "unseen" }, texts.pattern.copies(title)),
    ),
  );
}
