// What is wrong, at the place that it concerns.

import type { Fault, Path } from "../learn/schema.ts";
import { texts as learn } from "../texts/learn.ts";
import { texts } from "../texts/builder.ts";
import { where } from "../learn/read.ts";

/** In the words of who fills in fields and has not come to this one yet. */
export function plainer({ path, text }: Fault): Fault {
  const isCondition = path.at(-1) === "when" && text.startsWith(NO_KIND);
  if (isCondition) return { path, text: texts.condition.missing };
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
    if (typeof part === "number") return [owned(LISTS, String(list))?.(part + 1) ?? texts.toMend.nth(labelOf(String(list)), part + 1)];
    return typeof path[nth + 1] === "number" ? [] : [labelOf(part)];
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

function labelOf(name: string): string {
  const { title, about, practice, minutes, id, why, text, takeHome, rules, open, met, hints, say, broken } = texts.fields;
  const labels: Readonly<Record<string, string>> = {
    ...texts.condition.fields,
    ...Object.fromEntries(Object.entries({ title, about, practice, minutes, id, why, text, takeHome, rules, open, met, hints, say, broken }).map(([name, { label }]) => [name, label])),
    ...{ when: texts.condition.kind.label, goals: texts.sections.goals, keep: texts.sections.keep, picture: texts.sections.pictureName },
  };
  return owned(labels, name) ?? owned(texts.condition.kinds, name) ?? `\`${name.slice(0, 60).replaceAll("`", "'")}\``;
}

/** A name of a file's may be any, `constructor` too. */
function owned<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
