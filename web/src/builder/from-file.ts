// What can be taken from a workshop's file into the fields, whatever stands in it.

import type { Block, LessonEdit, Picture, Plan } from "../learn/workshop.ts";
import { type GoalDraft, type LessonDraft, type LookDraft, type Manuscript, type SentenceDraft, freshKey } from "./manuscript.ts";
import { conditionOf } from "./conditions.ts";
import { isObject } from "../objects.ts";
import { oneLine, textOfBlocks } from "./blocks.ts";
import type { Texts } from "../learn/edits.ts";
import { wholeOf } from "../learn/read.ts";

/** More than any list of a workshop may have. */
const MOST_ENTRIES = 500;

/** What the builder has no place for is left out. */
export function manuscriptOf(value: unknown): Manuscript {
  const { title, about, plans, lessons } = objectIn(value);
  return { title: textIn(title), about: oneLine(textIn(about)), plans: listIn(plans).flatMap((plan) => (wholeOf("plan", plan) as Plan | undefined) ?? []), lessons: listIn(lessons).map(lessonOf) };
}

function lessonOf(value: unknown): LessonDraft {
  const { id, title, practice, minutes, why, text, picture, start, solution, keep, goals, takeHome, rules, look } = objectIn(value);
  return {
    key: freshKey(),
    id: textIn(id),
    title: textIn(title),
    practice: textIn(practice),
    minutes: textIn(minutes),
    why: sentencesIn(why),
    text: textOfBlocks(listIn(text).flatMap(blockIn)),
    picture: wholeOf("picture", picture) as Picture | undefined,
    start: textsIn(start),
    solution: textsIn(solution),
    keep: listIn(keep).map((kept) => sentenceOf(kept, "broken")),
    goals: listIn(goals).map(goalOf),
    takeHome: sentencesIn(takeHome),
    rules: listIn(rules).map(textIn).join("\n"),
    look: lookOf(look),
  };
}

function goalOf(value: unknown): GoalDraft {
  const { open, met, when, almost, hints, edits } = objectIn(value);
  return {
    key: freshKey(),
    open: textIn(open),
    met: textIn(met),
    when: conditionOf(when),
    almost: listIn(almost).map((attempt) => sentenceOf(attempt, "say")),
    hints: sentencesIn(hints),
    edits: listIn(edits).map(editOf),
  };
}

function sentenceOf(value: unknown, name: "broken" | "say"): SentenceDraft {
  const { [name]: say, when } = objectIn(value);
  return { key: freshKey(), say: textIn(say), when: conditionOf(when) };
}

function editOf(value: unknown): LessonEdit {
  const { file, replace, with: insert, why } = objectIn(value);
  return { ...(file === ".dockerignore" && { file }), replace: fileTextIn(replace), with: fileTextIn(insert), why: textIn(why) };
}

function lookOf(value: unknown): LookDraft {
  const { tab, change } = objectIn(value);
  const [name = "", what] = Object.entries(objectIn(change))[0] ?? [];
  return { tab: textIn(tab), change: name, name: textIn(what) };
}

function blockIn(value: unknown): Block[] {
  if (typeof value === "string") return [value];
  const { list, code } = objectIn(value);
  if (Array.isArray(list)) return [{ list: list.map(textIn) }];
  return code === undefined ? [] : [{ code: fileTextIn(code) }];
}

function textsIn(value: unknown): Texts {
  const { dockerfile, dockerignore } = objectIn(value);
  return { dockerfile: fileTextIn(dockerfile), dockerignore: fileTextIn(dockerignore) };
}

function fileTextIn(value: unknown): string {
  return Array.isArray(value) ? value.map((line) => `${textIn(line)}\n`).join("") : textIn(value);
}

function sentencesIn(value: unknown): string {
  return listIn(value).map((sentence) => oneLine(textIn(sentence))).join("\n");
}

function textIn(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Of a list that was made to be endless the beginning: it is more than any may have. */
function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_ENTRIES) : [];
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
