import { type VNode, h } from "../../h.ts";
import type { LearnActions, LearnState } from "../../learn/state.ts";
import { button, entries, title } from "./parts.ts";
import { addressOf } from "../../learn/route.ts";
import { countEdits } from "../../learn/lines.ts";
import type { Lesson } from "../../learn/workshop.ts";
import { texts as common } from "../../texts.ts";
import { prose } from "../prose.ts";
import { remembered } from "../../remembered.ts";
import { texts } from "../../texts/learn.ts";
import { textsOf } from "../../learn/edits.ts";

/** What was done, to look back on and to print. */
export function finish({ workshop, lessons, progress, name, day }: LearnState, actions: LearnActions): VNode[] {
  const done = lessons.filter(({ id }) => progress.lessons.get(id)?.isDone === true);
  const row = (lesson: Lesson) => {
    const kept = progress.lessons.get(lesson.id);
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, prose(lesson.title)),
      h("td", {}, kept?.isDone === true ? texts.finish.done : texts.finish.open),
      h("td", { class: "number" }, kept?.best == null ? "\u2013" : common.number(kept.best)),
      h("td", { class: "number" }, common.number(parOf(lesson))),
    );
  };
  return [
    h(
      "div",
      { key: "finish", class: "reading finish" },
      h("p", { class: "aside no-print" }, h("a", { href: addressOf({ view: "list" }) }, texts.finish.back)),
      title(workshop.title),
      h("p", { class: "lead" }, done.length === lessons.length ? texts.finish.all(workshop.title) : texts.finish.some(done.length, lessons.length)),
      h("p", { class: "only-print" }, texts.finish.by(name, day)),
      h(
        "p",
        { class: "actions no-print" },
        h("label", {}, texts.finish.name, " ", h("input", { type: "text", value: name, maxlength: 80, autocomplete: "name", on: { input: actions.nameChanged } })),
        button(texts.finish.print, actions.print, "primary"),
      ),
      h(
        "div",
        { class: "scrolling", tabindex: 0, role: "region", "aria-label": texts.finish.title },
        h(
          "table",
          {},
          h(
            "thead",
            {},
            h("tr", {}, [texts.finish.lesson, texts.finish.result, texts.finish.edited, texts.finish.par].map((head) => h("th", { scope: "col" }, head))),
          ),
          h("tbody", {}, lessons.map(row)),
        ),
      ),
      done.length > 0 && [h("h2", {}, texts.lesson.takeHome), entries(done.flatMap(({ takeHome }) => takeHome))],
      h("p", { class: "aside no-print" }, texts.finish.kept),
    ),
  ];
}

/** How many lines the solution edits. */
export const parOf = remembered(({ start, solution }: Lesson): number => countEdits(textsOf(start), textsOf(solution)));
