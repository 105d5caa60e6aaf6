import { type Child, type VNode, cut, h, listed } from "../h.ts";
import type { Block, Inline } from "../rules.ts";

/** What a sentence names is a name, a path or a command. */
const LONGEST = 500;

/** A sentence of the engine, in which `` `…` `` is code. */
export function prose(sentence: string): Child[] {
  return sentence.split("`").map((part, index) => {
    const text = cut(part, LONGEST);
    return index % 2 === 1 && part !== "" ? h("code", {}, text) : text;
  });
}

/** A sentence with a node where `{}` stands in it. */
export function filled(sentence: string, ...node: Child[]): Child[] {
  const [before = "", after = ""] = sentence.split("{}");
  return [prose(before), node, prose(after)];
}

/** The paragraphs, lists and listings of a rule's text. */
export function blocks(all: readonly Block[]): VNode[] {
  return all.map((block) => {
    if ("p" in block) return h("p", {}, inlines(block.p));
    if ("ul" in block) return h("ul", {}, block.ul.map((entry) => h("li", {}, inlines(entry))));
    return listing(block.code);
  });
}

export function listing(code: string, name = "Dockerfile"): VNode {
  // It may be wider than its place: then the keyboard scrolls it.
  const scrollable = { tabindex: 0, role: "group", "aria-label": name };
  return h("pre", scrollable, listed("code", {}, code.replace(/\n$/, "")));
}

/** One entry of a list of facts. */
export function fact(name: string, ...value: Child[]): VNode {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

function inlines(all: readonly Inline[]): Child[] {
  return all.map((inline) => {
    if (typeof inline === "string") return inline;
    return "code" in inline ? h("code", {}, inline.code) : h("em", {}, inline.em);
  });
}
