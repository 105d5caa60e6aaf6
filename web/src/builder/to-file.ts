// The file of a workshop that is being written, whole or not.

import type { Block, FileText } from "../learn/workshop.ts";
import { type LessonDraft, type Manuscript, changesOf } from "./manuscript.ts";
import type { Texts } from "../learn/edits.ts";
import { blocksOf } from "./blocks.ts";
import { linesIn } from "./lines.ts";
import { predicateOf } from "./conditions.ts";
import { remembered } from "../remembered.ts";

export function valueOf({ title, about, plans, lessons }: Manuscript) {
  return { $schema: "workshop.schema.json", version: 1, title, about, ...(plans.length > 0 && { plans }), lessons: lessons.map(lessonValue) };
}

/** The text of a workshop's file. */
export function fileOf(manuscript: Manuscript): string {
  return `${JSON.stringify(valueOf(manuscript), null, 2)}\n`;
}

export const lessonValue = remembered((lesson: LessonDraft) => {
  const { id, title, practice, minutes, why, text, picture, start, solution, keep, goals, takeHome, rules, look } = lesson;
  const changes = changesOf(lesson);
  return {
    id,
    title,
    practice,
    ...(minutes.trim() !== "" && { minutes: /^\s*-?\d+\s*$/.test(minutes) ? Number(minutes) : minutes }),
    why: linesIn(why),
    ...(picture !== undefined && { picture }),
    text: blocksOf(text).map(blockValue),
    start: filesValue(start),
    solution: filesValue(solution),
    keep: keep.map(({ say, when }) => ({ broken: say, when: predicateOf(when) })),
    goals: goals.map(({ open, met, when, almost, hints }, index) => ({
      open,
      met,
      ...(almost.length > 0 && { almost: almost.map(({ say, when }) => ({ say, when: predicateOf(when) })) }),
      when: predicateOf(when),
      hints: linesIn(hints),
      edits: changes[index] ?? [],
    })),
    takeHome: linesIn(takeHome),
    rules: rules.split(/[\s,]+/).filter((rule) => rule !== ""),
    ...(look.tab !== "" && { look: { tab: look.tab, ...(look.change !== "" && { change: { [look.change]: look.name } }) } }),
  };
});

function filesValue({ dockerfile, dockerignore }: Texts) {
  return { dockerfile: fileValue(dockerfile), ...(dockerignore !== "" && { dockerignore: fileValue(dockerignore) }) };
}

function blockValue(block: Block): Block {
  return typeof block === "object" && "code" in block && typeof block.code === "string" ? { code: fileValue(block.code) } : block;
}

/** A list of lines where that is the same: people read it more easily. */
function fileValue(text: string): FileText {
  const lines = text.split("\n");
  return lines.pop() === "" && lines.length > 0 ? lines : text;
}
