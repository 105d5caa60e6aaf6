import { type Child, type VNode, h } from "../../h.ts";
import type { Block, Lesson, Prose } from "../../learn/workshop.ts";
import { listing, prose } from "../prose.ts";
import { textOf } from "../../learn/edits.ts";

/** The paragraphs, lists and listings of a lesson. */
export function textBlocks(blocks: readonly Block[]): VNode[] {
  return blocks.map((block) => {
    if (typeof block === "string") return h("p", {}, prose(block));
    if ("list" in block) return entries(block.list);
    return listing(textOf(block.code));
  });
}

/** Sentences one below the other, as a lesson lists them, and as they are to take home. */
export function entries(sentences: readonly Prose[]): VNode {
  return h("ul", {}, sentences.map((sentence) => h("li", {}, prose(sentence))));
}

/** Why anybody should care: the sentences of the beginning, as one paragraph. */
export function lead({ why }: Lesson): VNode {
  return h("p", { class: "lead" }, prose(why.join(" ")));
}

export function button(label: Child, act: () => void, kind = ""): VNode {
  return h("button", { type: "button", class: `button ${kind}`.trim(), on: { click: act } }, label);
}

/** A heading that takes the focus when its page is opened. */
export function title(...text: Child[]): VNode {
  return h("h1", { tabindex: -1, "data-title": true }, text);
}

/** Lessons in their order, those of one practice that follow each other together. */
export function practices(lessons: readonly Lesson[]): { readonly practice: string; readonly lessons: readonly Lesson[] }[] {
  const found: { practice: string; lessons: Lesson[] }[] = [];
  for (const lesson of lessons) {
    const last = found.at(-1);
    if (last?.practice === lesson.practice) last.lessons.push(lesson);
    else found.push({ practice: lesson.practice, lessons: [lesson] });
  }
  return found;
}
