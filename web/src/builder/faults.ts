// What is wrong, at the place that it concerns.

import type { Fault, Path } from "../learn/schema.ts";
import { texts as learn } from "../texts/learn.ts";
import { texts } from "../texts/builder.ts";
import { where } from "../learn/read.ts";

/** In the words of who fills in fields and has not come to this one yet. */
export function plainer({ path, text }: Fault): Fault {
  const isCondition = path.at(-1) === "when" && text.startsWith(NO_KIND);
  if (isCondition) return { path, text: texts.condition.missing };
  if (path.join() === "lessons" && EMPTY.includes(text)) return { path, text: texts.parts.none };
  return EMPTY.includes(text) ? { path, text: texts.toMend.empty } : { path, text };
}

const EMPTY = [learn.faults.empty, learn.faults.missing, learn.faults.few(1)];
const NO_KIND = learn.faults.noneOf(["all"]).split("`all`")[0] ?? "";

/** What is said at a field: of itself and, where it is no more than that, of each of its entries. `isAlone` leaves those out, which have fields of their own. */
export function saidAt(faults: readonly Fault[], path: Path, isAlone = false): string {
  const ownSentence = ({ path: at, text }: Fault) => (at.length === path.length ? text : learn.faults.at(where([...path.slice(-1), ...at.slice(path.length)]), text));
  return faults.filter(({ path: at }) => isWithin(at, path) && (!isAlone || at.length === path.length)).map(ownSentence).join(" ");
}

export function isWithin(path: Path, place: Path): boolean {
  return place.every((part, nth) => path[nth] === part);
}

/** The id of the field for a place. */
export function idOf(path: Path): string {
  return `at-${path.join("-").replaceAll(".", "-")}`;
}

/** A place in the words of the fields: lesson 3, goal 1, hints. */
export function placeOf(path: Path): string {
  const named = path.flatMap((part, nth) => {
    const list = path[nth - 1];
    if (typeof part === "number") return [owned(LISTS, String(list))?.(part + 1) ?? texts.toMend.nth(labelOf(path.slice(0, nth)), part + 1)];
    const next = path[nth + 1];
    const isSaidNext = typeof next === "number" || (next !== undefined && owned(labelsAt(path.slice(0, nth + 2)), `${part}.${next}`) !== undefined);
    return isSaidNext ? [] : [labelOf(path.slice(0, nth + 1))];
  });
  return named.join(", ");
}

const LISTS: Readonly<Record<string, (nth: number) => string>> = {
  lessons: texts.parts.nth,
  goals: texts.goal.nth,
  keep: texts.sections.keepNth,
  almost: texts.goal.almostNth,
  edits: texts.sections.changeNth,
};

function labelOf(path: Path): string {
  const name = String(path.at(-1));
  const labels = labelsAt(path);
  return owned(labels, `${path.at(-2)}.${name}`) ?? owned(labels, name) ?? `\`${name.slice(0, 60).replaceAll("`", "'")}\``;
}

type Labels = Readonly<Record<string, string>>;

/** A name of one field is that of another in a condition, in a change, and in the workshop itself. */
function labelsAt(path: Path): Labels {
  const isIn = (part: string) => path.slice(0, -1).includes(part);
  return isIn("when") ? CONDITION : isIn("edits") ? CHANGE : path.length === 1 ? WORKSHOP : LESSON;
}

const { workshopTitle, title, about, practice, minutes, id, why, text, takeHome, rules, open, met, hints, say, broken, reason, dockerfile, dockerignore } = texts.fields;
const CONDITION: Labels = { ...texts.condition.fields, ...texts.condition.kinds };
const CHANGE: Labels = { why: reason.label };
const WORKSHOP: Labels = { title: workshopTitle.label, about: about.label, lessons: texts.parts.label };
const LESSON: Labels = {
  ...Object.fromEntries(Object.entries({ title, about, practice, minutes, id, why, text, takeHome, rules, open, met, hints, say, broken }).map(([name, { label }]) => [name, label])),
  ...{ "start.dockerfile": dockerfile.start, "solution.dockerfile": dockerfile.solution, "start.dockerignore": dockerignore.start, "solution.dockerignore": dockerignore.solution },
  ...{ when: texts.condition.kind.label, goals: texts.sections.goals, keep: texts.sections.keep, edits: texts.sections.changes, picture: texts.sections.pictureName },
};

/** A name of a file's may be any, `constructor` too. */
function owned<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
