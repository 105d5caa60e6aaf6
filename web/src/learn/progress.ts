import { isObject } from "../objects.ts";
import { keep, recall } from "../storage.ts";

/** How far a learner is in one lesson. */
export interface LessonProgress {
  readonly isDone: boolean;
  /** How many hints of each goal were opened. */
  readonly hints: readonly number[];
  /** The fewest edits with which all goals were met. */
  readonly best: number | null;
  /** Whether the text is the solution, which was put there on demand: nothing that counts as one's best. */
  readonly isGiven: boolean;
}

export interface Progress {
  /** The lesson that was last open. */
  readonly last: string | null;
  /** The way through the lessons that was chosen, by its id. */
  readonly plan: string | null;
  readonly lessons: ReadonlyMap<string, LessonProgress>;
}

export const NOT_BEGUN: LessonProgress = { isDone: false, hints: [], best: null, isGiven: false };

/** Before anything was begun. */
export const NOTHING: Progress = { last: null, plan: null, lessons: new Map() };

/** Reads what was kept of a workshop. Anything may stand there: another version, or another page, may have written it. */
export function recallProgress(workshop: string): Progress {
  try {
    const kept: unknown = JSON.parse(recall(nameOf(workshop)) ?? "null");
    if (!isObject(kept)) return NOTHING;
    const lessons = Array.isArray(kept["lessons"]) ? kept["lessons"].flatMap(lessonIn) : [];
    return { last: textIn(kept["last"]), plan: textIn(kept["plan"]), lessons: new Map(lessons) };
  } catch {
    return NOTHING;
  }
}

/** Tells whether it will be there at the next visit. */
export function keepProgress(workshop: string, { last, plan, lessons }: Progress): boolean {
  return keep(nameOf(workshop), JSON.stringify({ last, plan, lessons: [...lessons].map(([id, lesson]) => ({ id, ...lesson })) }));
}

export function withLesson(progress: Progress, id: string, change: Partial<LessonProgress>): Progress {
  const lesson = { ...(progress.lessons.get(id) ?? NOT_BEGUN), ...change };
  return { ...progress, lessons: new Map([...progress.lessons, [id, lesson]]) };
}

function lessonIn(kept: unknown): [string, LessonProgress][] {
  if (!isObject(kept) || typeof kept["id"] !== "string") return [];
  const hints = Array.isArray(kept["hints"]) ? kept["hints"].map((count) => countIn(count) ?? 0) : [];
  return [[kept["id"], { isDone: kept["isDone"] === true, hints, best: countIn(kept["best"]), isGiven: kept["isGiven"] === true }]];
}

function countIn(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}

function textIn(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function nameOf(workshop: string): string {
  return `learn:${workshop}`;
}
