import { type VNode, h } from "../h.ts";
import type { Pattern } from "../patterns.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { listing } from "./prose.ts";
import { waiting } from "./waiting.ts";

/** A Dockerfile to learn from, folded away until it is wanted. */
export function pattern(id: string, { patterns, copied }: State): VNode {
  const found = patterns instanceof Map ? patterns.get(id) : undefined;
  return h(
    "details",
    { key: "pattern", class: "pattern" },
    h("summary", {}, found === undefined ? "A pattern to follow" : `A pattern for ${inSentence(found.title)}`),
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
      isCopied ? "Copied" : "Copy",
      h("span", { class: "unseen" }, `: pattern for ${inSentence(title)}`),
    ),
  );
}

/** A title that begins with an article goes on in a sentence; names stay as they are. */
function inSentence(title: string): string {
  return title.replace(/^An? /, (article) => article.toLowerCase());
}
