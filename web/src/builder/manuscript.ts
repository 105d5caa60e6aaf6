// A workshop as it is being written: what stands in the fields, which may be half a workshop. `to-file.ts` makes the value of a workshop's file of it, and
// `from-file.ts` makes it of such a value; whether that is a workshop, `learn/read.ts` says.

import { type Changes, arranged } from "./changes.ts";
import { type Condition, NO_CONDITION } from "./conditions.ts";
import type { LessonEdit, Picture, Plan } from "../learn/workshop.ts";
import type { Texts } from "../learn/edits.ts";
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
