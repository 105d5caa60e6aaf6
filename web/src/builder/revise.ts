// What somebody does to a manuscript, as functions: each gives another manuscript, and the one before is there to go back to.

import { type GoalDraft, type LessonDraft, type Manuscript, changesOf, freshKey } from "./manuscript.ts";
import type { Pause, Plan } from "../learn/workshop.ts";

export function withLesson(manuscript: Manuscript, key: string, change: Partial<LessonDraft>): Manuscript {
  return { ...manuscript, lessons: manuscript.lessons.map((lesson) => (lesson.key === key ? { ...lesson, ...change } : lesson)) };
}

/** A lesson's name in links follows its title until somebody gives it another. */
export function titled(manuscript: Manuscript, key: string, title: string): Manuscript {
  const lesson = manuscript.lessons.find((lesson) => lesson.key === key);
  if (lesson === undefined) return manuscript;
  const isOwn = lesson.id !== "" && lesson.id.replace(/-\d+$/, "") !== nameOf(lesson.title) && lesson.id !== nameOf(lesson.title);
  const retitled = withLesson(manuscript, key, { title });
  return isOwn ? retitled : named(retitled, key, freeName(manuscript, key, nameOf(title)));
}

/** Gives a lesson another name in links; the plans know it by its new one. */
export function named(manuscript: Manuscript, key: string, id: string): Manuscript {
  const before = manuscript.lessons.find((lesson) => lesson.key === key)?.id;
  const isShared = manuscript.lessons.some((lesson) => lesson.key !== key && lesson.id === before);
  const renamed = withLesson(manuscript, key, { id });
  const known = (name: string) => (name === before ? id : name);
  return before === undefined || before === "" || isShared ? renamed : { ...renamed, plans: manuscript.plans.map((plan) => withNames(plan, known)) };
}

/** Puts a lesson behind another one, or at the end. */
export function added(manuscript: Manuscript, lesson: LessonDraft, behind?: string): Manuscript {
  const { lessons } = manuscript;
  const at = lessons.findIndex(({ key }) => key === behind);
  const place = at < 0 ? lessons.length : at + 1;
  const fresh = { ...lesson, id: freeName(manuscript, lesson.key, lesson.id) };
  return { ...manuscript, lessons: [...lessons.slice(0, place), fresh, ...lessons.slice(place)] };
}

/** The same with keys of its own, so that the two are told apart. */
export function copyOf(lesson: LessonDraft): LessonDraft {
  const fresh = <Part extends { readonly key: string }>(part: Part): Part => ({ ...part, key: freshKey() });
  const goals = lesson.goals.map((goal): GoalDraft => ({ ...fresh(goal), almost: goal.almost.map(fresh) }));
  return { ...fresh(lesson), goals, keep: lesson.keep.map(fresh) };
}

/** Takes a lesson out, and out of all plans; one that has no other goes with it. */
export function removed(manuscript: Manuscript, key: string): Manuscript {
  const gone = manuscript.lessons.find((lesson) => lesson.key === key);
  const lessons = without(manuscript.lessons, key);
  if (gone === undefined || lessons.some(({ id }) => id === gone.id)) return { ...manuscript, lessons };
  const known = (name: string) => (name === gone.id ? undefined : name);
  const plans = manuscript.plans.map((plan) => withNames(plan, known)).filter(({ lessons }) => lessons.length > 0);
  return { ...manuscript, lessons, plans };
}

/** Takes a goal out. What was said of its changes goes to the goal that is nearest, since they are still there. */
export function withoutGoal(lesson: LessonDraft, key: string): GoalDraft[] {
  const { goals } = lesson;
  const changes = changesOf(lesson);
  const at = goals.findIndex((goal) => goal.key === key);
  const heir = at > 0 ? at - 1 : at + 1;
  const edits = goals.map((_, nth) => (nth !== heir ? (changes[nth] ?? []) : [...(changes[Math.min(heir, at)] ?? []), ...(changes[Math.max(heir, at)] ?? [])]));
  return without(goals.map((goal, nth) => ({ ...goal, edits: edits[nth] ?? [] })), key);
}

export function without<Part extends { readonly key: string }>(parts: readonly Part[], key: string): Part[] {
  return parts.filter((part) => part.key !== key);
}

export function changed<Part extends { readonly key: string }>(parts: readonly Part[], key: string, change: Partial<Part>): Part[] {
  return parts.map((part) => (part.key === key ? { ...part, ...change } : part));
}

/** Moves a part up or down by so many places, as far as there are places. */
export function shifted<Part extends { readonly key: string }>(parts: readonly Part[], key: string, by: number): readonly Part[] {
  const from = parts.findIndex((part) => part.key === key);
  const part = parts[from];
  const to = from + by;
  if (part === undefined || to < 0 || to >= parts.length) return parts;
  const rest = without(parts, key);
  return [...rest.slice(0, to), part, ...rest.slice(to)];
}

/** A plan with other names of lessons, or without those that have none any more; a pause before such a one is one at the end. */
function withNames(plan: Plan, known: (name: string) => string | undefined): Plan {
  const { lessons, pauses } = plan;
  const paused = pauses?.map(({ before, ...pause }): Pause => {
    const name = before === undefined ? undefined : known(before);
    return name === undefined ? pause : { ...pause, before: name };
  });
  return { ...plan, lessons: lessons.flatMap((name) => known(name) ?? []), ...(paused !== undefined && { pauses: paused }) };
}

function freeName({ lessons }: Manuscript, key: string, wanted: string): string {
  const taken = new Set(lessons.filter((lesson) => lesson.key !== key).map(({ id }) => id));
  if (wanted === "" || !taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** What a title comes to in a link. */
function nameOf(title: string): string {
  const plain = title.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 56).replaceAll(/^-+|-+$/g, "");
}
