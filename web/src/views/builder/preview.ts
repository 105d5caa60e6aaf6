import { type Child, type VNode, h } from "../../h.ts";
import type { LessonDraft } from "../../builder/manuscript.ts";
import { lessonValue } from "../../builder/to-file.ts";
import { entries, lead, textBlocks } from "../learn/parts.ts";
import type { BuilderState } from "../../builder/state.ts";
import type { Lesson } from "../../learn/workshop.ts";
import type { Path } from "../../learn/schema.ts";
import { isWithin } from "../../builder/faults.ts";
import { picture } from "../learn/picture.ts";
import { prose } from "../prose.ts";
import { texts as learn } from "../../texts/learn.ts";
import { texts } from "../../texts/builder.ts";

/** The text of a lesson as the learner sees it, made by what shows it there. */
export function preview({ faults, today }: BuilderState, lesson: LessonDraft, path: Path): VNode {
  const value = lessonValue(lesson) as unknown as Lesson;
  const isOdd = faults.some(({ path: at }) => isWithin(at, [...path, "picture"]));
  const shown: Child = isOdd ? h("p", { class: "note" }, texts.sections.pictureOdd) : picture(value, today);
  return h(
    "div",
    { class: "seen", role: "region", "aria-labelledby": "seen-head" },
    h("h3", { id: "seen-head", class: "seen-head" }, texts.sections.preview),
    h("p", { class: "aside" }, [lesson.practice, typeof value.minutes === "number" ? learn.lesson.minutes(value.minutes) : ""].filter((part) => part !== "").join(" · ")),
    h("p", { class: "seen-title" }, prose(lesson.title)),
    lead(value),
    shown,
    textBlocks(value.text),
    h("p", { class: "seen-part" }, learn.lesson.goals),
    entries(lesson.goals.map(({ open }) => open.replaceAll("{}", "\u2026")).filter((sentence) => sentence !== "")),
    value.takeHome.length > 0 && [h("p", { class: "seen-part" }, learn.lesson.takeHome), entries(value.takeHome)],
  );
}
