// The changes that lead from a start to a solution, each with its reason and its goal. A trainer writes the two files; the changes are what differs, and
// keep what was said of them for as long as they can be told to be the same.

import { FILE_NAMES, type FileName } from "../files.ts";
import { type Texts, applied, fileOf, placeOf, textOf } from "../learn/edits.ts";
import type { LessonEdit } from "../learn/workshop.ts";
import { lineEdits } from "../learn/lines.ts";
import { linesIn } from "./lines.ts";

/** The edits of each goal. */
export type Changes = readonly (readonly LessonEdit[])[];

/** What differs in one place. */
interface Difference {
  readonly file: FileName;
  /** In the start. */
  readonly from: number;
  readonly gone: string;
  readonly come: string;
}

/** Edits that lead from the start to the solution: those that are there where they still do, or others, which take over goals and reasons from them. */
export function arranged(start: Texts, solution: Texts, changes: Changes): Changes {
  if (changes.length === 0 || isSame(ledTo(start, changes), solution)) return changes;
  const differences = FILE_NAMES.flatMap((file) => differencesIn(file, start[file], solution[file]));
  const said = matched(differences, changes);
  const goals = changes.map((): LessonEdit[] => []);
  const done = new Set<Difference>();
  goals.forEach((edits, goal) => {
    for (const difference of differences) {
      if (said.get(difference)?.goal !== goal) continue;
      const { file } = difference;
      edits.push(editFor(start[file], differences.filter((other) => other.file === file), done, difference, said.get(difference)?.why ?? ""));
      done.add(difference);
    }
  });
  return goals;
}

/** Moves one of a goal's edits to another goal. */
export function moved(changes: Changes, from: number, nth: number, to: number): Changes {
  const edit = changes[from]?.[nth];
  if (edit === undefined || from === to) return changes;
  return changes.map((edits, goal) => {
    if (goal === from) return edits.filter((_, index) => index !== nth);
    // Those of a goal come after those of the goals before it: so it stays as near as it can.
    return goal !== to ? edits : to < from ? [...edits, edit] : [edit, ...edits];
  });
}

function ledTo(start: Texts, changes: Changes): Texts | undefined {
  let texts: Texts | undefined = start;
  for (const edit of changes.flat()) texts = texts && applied(texts, edit);
  return texts;
}

function isSame(one: Texts | undefined, other: Texts): boolean {
  return one?.dockerfile === other.dockerfile && one.dockerignore === other.dockerignore;
}

function differencesIn(file: FileName, before: string, after: string): Difference[] {
  return lineEdits(before, after).map(({ range, text }) => ({ file, from: range.start, gone: before.slice(range.start, range.end), come: text }));
}

/** To which goal each difference belongs, and why it is there: as it was said of the edit that it is most like. */
function matched(differences: readonly Difference[], changes: Changes): ReadonlyMap<Difference, { readonly goal: number; readonly why: string }> {
  const edits = changes.flatMap((edits, goal) => edits.map((edit) => ({ edit, goal })));
  const found = new Map<Difference, { goal: number; why: string }>();
  const used = new Set<LessonEdit>();
  for (const difference of differences) {
    const likeness = ({ edit }: { edit: LessonEdit }) => 2 * commonLines(difference, edit) - (used.has(edit) ? 1 : 0);
    const best = edits.toSorted((one, other) => likeness(other) - likeness(one))[0];
    if (best === undefined || likeness(best) <= 0) continue;
    used.add(best.edit);
    found.set(difference, { goal: best.goal, why: best.edit.why });
  }
  // What has no line in common may be the same all the same, written otherwise: then it stands in the same place among the others.
  const rest = edits.filter(({ edit }) => !used.has(edit));
  for (const difference of differences.filter((difference) => !found.has(difference))) {
    const next = rest.findIndex(({ edit }) => fileOf(edit) === difference.file);
    const [old] = next < 0 ? [] : rest.splice(next, 1);
    const empty = changes.findIndex((_, goal) => ![...found.values()].some((other) => other.goal === goal));
    found.set(difference, old === undefined ? { goal: empty < 0 ? changes.length - 1 : empty, why: "" } : { goal: old.goal, why: old.edit.why });
  }
  return found;
}

/** How many lines a difference and an edit have in common, of those that come or go. */
function commonLines({ file, gone, come }: Difference, edit: LessonEdit): number {
  if (fileOf(edit) !== file) return 0;
  const before = linesIn(textOf(edit.replace));
  const after = linesIn(textOf(edit.with));
  const only = (lines: readonly string[], others: readonly string[]) => lines.filter((line) => !others.includes(line));
  const among = (text: string, lines: readonly string[]) => linesIn(text).filter((line) => lines.includes(line)).length;
  return among(gone, only(before, after)) + among(come, only(after, before));
}

/** An edit for one difference, where others are made already. What it replaces is as short as it can be and stands in the file exactly once. */
function editFor(start: string, all: readonly Difference[], done: ReadonlySet<Difference>, difference: Difference, why: string): LessonEdit {
  let text = "";
  let position = 0;
  let place = 0;
  for (const other of all) {
    text += start.slice(position, other.from);
    if (other === difference) place = text.length;
    text += done.has(other) ? other.come : other.gone;
    position = other.from + other.gone.length;
  }
  text += start.slice(position);
  const { from, to } = aroundOnce(text, place, place + difference.gone.length);
  const replace = text.slice(from, to);
  const insert = text.slice(from, place) + difference.come + text.slice(place + difference.gone.length, to);
  return { ...(difference.file === "dockerignore" && { file: ".dockerignore" as const }), replace, with: insert, why };
}

/** A range and as many lines around it as it takes for its text to stand there once. */
function aroundOnce(text: string, start: number, end: number): { readonly from: number; readonly to: number } {
  let [from, to] = [start, end];
  while (placeOf(text.slice(from, to), text) !== from && (from > 0 || to < text.length)) {
    const next = text.indexOf("\n", to);
    const isBelow = to < text.length && (from === 0 || to - end <= start - from);
    if (isBelow) to = next < 0 ? text.length : next + 1;
    else from = from < 2 ? 0 : text.lastIndexOf("\n", from - 2) + 1;
  }
  return { from, to };
}
