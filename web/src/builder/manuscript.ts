// A workshop as it is being written: what stands in the fields, which may be half a workshop. It becomes the value of a workshop's file, whole or not,
// and a file becomes it again; whether that is a workshop, `learn/read.ts` says.

import type { Block, FileText, LessonEdit, Picture, Plan } from "../learn/workshop.ts";
import { type Changes, arranged } from "./changes.ts";
import { type Condition, NO_CONDITION, conditionOf, isObject, predicateOf } from "./conditions.ts";
import { blocksOf, oneLine, textOfBlocks } from "./blocks.ts";
import type { Texts } from "../learn/edits.ts";
import { wholeOf } from "../learn/read.ts";
import { remembered } from "../remembered.ts";

export interface Manuscript {
  readonly title: string;
  readonly about: string;
  /** The builder has no fields for them, and takes them along. */
  readonly plans: readonly Plan[];
  readonly lessons: readonly LessonDraft[];
}

/** `key` tells it apart for as long as the page is open: everything else may change. */
export interface LessonDraft {
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly practice: string;
  readonly minutes: string;
  /** A sentence on each line, as are hints and what is to take home. */
  readonly why: string;
  readonly text: string;
  /** The builder has no fields for it, and takes it along. */
  readonly picture: Picture | undefined;
  readonly start: Texts;
  readonly solution: Texts;
  readonly keep: readonly SentenceDraft[];
  readonly goals: readonly GoalDraft[];
  readonly takeHome: string;
  readonly rules: string;
  readonly look: LookDraft;
}

export interface GoalDraft {
  readonly key: string;
  readonly open: string;
  readonly met: string;
  readonly when: Condition;
  readonly almost: readonly SentenceDraft[];
  readonly hints: string;
  /** As they were said last: `changesOf` tells those that lead to the solution as it is. */
  readonly edits: readonly LessonEdit[];
}

/** A sentence, and the condition on which it is said: of what must stay true, or of an attempt. */
export interface SentenceDraft {
  readonly key: string;
  readonly say: string;
  readonly when: Condition;
}

export interface LookDraft {
  readonly tab: string;
  readonly change: string;
  readonly name: string;
}

const MOST_ENTRIES = 500;

let last = 0;

export function freshKey(): string {
  last += 1;
  return `k${last}`;
}

const NO_TEXTS: Texts = { dockerfile: "", dockerignore: "" };

export function emptyManuscript(): Manuscript {
  return { title: "", about: "", plans: [], lessons: [emptyLesson("")] };
}

export function emptyLesson(practice: string): LessonDraft {
  return {
    ...{ key: freshKey(), id: "", title: "", practice, minutes: "10", why: "", text: "", picture: undefined, start: NO_TEXTS, solution: NO_TEXTS },
    ...{ keep: [], goals: [emptyGoal()], takeHome: "", rules: "", look: { tab: "", change: "", name: "" } },
  };
}

export function emptyGoal(): GoalDraft {
  return { key: freshKey(), open: "", met: "", when: NO_CONDITION, almost: [], hints: "", edits: [] };
}

export function emptySentence(): SentenceDraft {
  return { key: freshKey(), say: "", when: NO_CONDITION };
}

/** The edits of each goal, as they lead from the start to the solution now. */
export const changesOf = remembered(({ start, solution, goals }: LessonDraft): Changes => arranged(start, solution, goals.map(({ edits }) => edits)));

// To a file ------------------------------------------------------------------------------------------------------------------

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
    ...(minutes.trim() !== "" && { minutes: /^\s*\d+\s*$/.test(minutes) ? Number(minutes) : minutes }),
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

function linesIn(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

// From a file ----------------------------------------------------------------------------------------------------------------

/** What can be taken from the value of a file, whatever that is. What the builder has no place for is left out. */
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
