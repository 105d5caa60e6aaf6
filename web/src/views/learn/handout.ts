import { type Child, type VNode, h } from "../../h.ts";
import type { LearnActions, LearnState } from "../../learn/state.ts";
import { button, entries, lead, textBlocks, title } from "./parts.ts";
import { listing, prose } from "../prose.ts";
import type { Lesson } from "../../learn/workshop.ts";
import { addressOf } from "../../learn/route.ts";
import { picture } from "./picture.ts";
import { solution } from "./solution.ts";
import { texts } from "../../texts/learn.ts";
import { textsOf } from "../../learn/edits.ts";

/** All lessons as one page to print, for who would rather have paper, or for the trainer's own hand. */
export function handout({ workshop, lessons, today }: LearnState, hasSolutions: boolean, actions: LearnActions): VNode[] {
  const way = (solved: boolean, label: string) =>
    h("a", { href: addressOf({ view: "handout", hasSolutions: solved }), "aria-current": solved === hasSolutions ? "page" : undefined }, label);
  return [
    h(
      "div",
      { key: `handout:${hasSolutions}`, class: "reading handout" },
      h(
        "nav",
        { class: "actions no-print", "aria-label": texts.handout.nav },
        h("a", { href: addressOf({ view: "list" }) }, texts.handout.back),
        way(false, texts.handout.plain),
        way(true, texts.handout.solved),
        button(texts.handout.print, actions.print, "primary"),
      ),
      title(workshop.title),
      h("p", { class: "lead" }, prose(workshop.about)),
      lessons.map((lesson, index) => sheet(lesson, index + 1, hasSolutions, today)),
    ),
  ];
}

function sheet(lesson: Lesson, nth: number, hasSolutions: boolean, today: string): VNode {
  const { dockerfile, dockerignore } = textsOf(lesson.start);
  const solved: Child = [
    h("h3", {}, texts.handout.solution),
    solution(lesson),
    h("h3", {}, texts.lesson.takeHome),
    entries(lesson.takeHome),
  ];
  return h(
    "article",
    { class: "sheet" },
    h("h2", {}, `${nth}. `, prose(lesson.title)),
    h("p", { class: "aside" }, lesson.practice, " · ", texts.lesson.minutes(lesson.minutes)),
    lead(lesson),
    picture(lesson, today),
    textBlocks(lesson.text),
    h("h3", {}, texts.handout.start),
    listing(dockerfile, texts.handout.start),
    dockerignore !== "" && [h("h3", {}, texts.handout.ignore), listing(dockerignore, texts.handout.ignore)],
    h("h3", {}, texts.handout.goals),
    h("ul", { class: "boxes" }, lesson.goals.map(({ met }) => h("li", {}, prose(met.replaceAll("{}", "\u2026"))))),
    hasSolutions ? solved : h("p", { class: "notes only-print" }, texts.handout.notes),
  );
}
