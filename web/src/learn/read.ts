// Reads a workshop, our own or a trainer's: all that a file can get wrong is told as sentences that say what is wrong, where, and what to do.

import { type Fault, MOST_FAULTS, type Path, type Schema, check } from "./schema.ts";
import { stepsOf, textsOf } from "./edits.ts";
import type { Lesson, Workshop } from "./workshop.ts";
import { isObject } from "../objects.ts";
import schema from "../../static/workshop.schema.json";
import { texts } from "../texts/learn.ts";

/** The largest file that is read, in UTF-16 units. A long workshop has a tenth of that. */
export const LARGEST = 2 * 1024 * 1024;

/** What every workshop is held to: it is published beside the page. */
export const SCHEMA = schema as unknown as Schema;

export type Reading = { readonly workshop: Workshop } | { readonly faults: readonly string[] };

export function read(text: string): Reading {
  if (text.length > LARGEST) return { faults: [texts.faults.large(LARGEST / 1024 / 1024)] };
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return { faults: [texts.faults.noJson(error instanceof Error ? error.message : "")] };
  }
  const { workshop, faults } = inspected(value);
  return workshop === undefined ? { faults: faults.map(sentence) } : { workshop };
}

/** The value that a file's text is; throws where it is none. A mark of the encoding is no part of it. */
export function parse(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ""));
}

/** The workshop that a value is, or what keeps it from being one: each fault with its place, the first `most` of them. */
export function inspected(value: unknown, most = MOST_FAULTS): { readonly workshop?: Workshop; readonly faults: readonly Fault[] } {
  const checked = check(SCHEMA, value, most);
  const found = [...doubleNames(value), ...checked.faults].slice(0, most);
  if (found.length > 0) return { faults: found };
  const workshop = checked.value as Workshop;
  const faults = contradictionsIn(workshop);
  return faults.length > 0 ? { faults } : { workshop, faults };
}

/** A part of a workshop, by what the schema calls it, as far as the schema knows it; nothing where that finds a fault. */
export function wholeOf(part: string, value: unknown): unknown {
  const { $defs = {} } = SCHEMA;
  const checked = check({ $defs, $ref: `#/$defs/${part}` }, value, 1);
  return checked.faults.length === 0 ? checked.value : undefined;
}

/** Lessons that are called as one before them: told first, since links and progress would be of both. */
function doubleNames(value: unknown): Fault[] {
  const lessons = isObject(value) && Array.isArray(value["lessons"]) ? value["lessons"] : [];
  const seen = new Set<string>();
  return lessons.flatMap((lesson: unknown, index) => {
    const id = isObject(lesson) ? lesson["id"] : undefined;
    if (typeof id !== "string" || id === "") return [];
    const isDouble = seen.has(id);
    seen.add(id);
    return isDouble ? [{ path: ["lessons", index, "id"], text: texts.faults.doubleId(id) }] : [];
  });
}

/** What no schema can say. */
function contradictionsIn({ lessons, plans = [] }: Workshop): Fault[] {
  const faults: Fault[] = [];
  const known = new Set(lessons.map(({ id }) => id));
  for (const [index, lesson] of lessons.entries()) {
    const odd = oddRow(lesson);
    if (odd >= 0) faults.push({ path: ["lessons", index, "picture", "flow", "rows", odd], text: texts.faults.oddRow });
    const steps = stepsOf(lesson);
    const lost = steps.indexOf(undefined);
    if (lost >= 0) {
      faults.push({ path: ["lessons", index, "goals", lost, "edits"], text: texts.faults.lostEdit });
      continue;
    }
    const end = steps.at(-1);
    const solution = textsOf(lesson.solution);
    if (end?.dockerfile !== solution.dockerfile) faults.push({ path: ["lessons", index, "solution", "dockerfile"], text: texts.faults.otherEnd });
    if (end?.dockerignore !== solution.dockerignore) faults.push({ path: ["lessons", index, "solution", "dockerignore"], text: texts.faults.otherEnd });
  }
  for (const [index, plan] of plans.entries()) {
    const unknown = plan.lessons.findIndex((id) => !known.has(id));
    if (unknown >= 0) faults.push({ path: ["plans", index, "lessons", unknown], text: texts.faults.noLesson });
    const lost = (plan.pauses ?? []).findIndex(({ before }) => before !== undefined && !plan.lessons.includes(before));
    if (lost >= 0) faults.push({ path: ["plans", index, "pauses", lost, "before"], text: texts.faults.noPlanLesson });
  }
  return faults;
}

/** The first row of the picture whose boxes stand below none of the others: -1 if there is none. */
function oddRow({ picture }: Lesson): number {
  const widths = picture?.flow?.rows.map(({ length }) => length) ?? [];
  const several = widths.find((width) => width > 1);
  return widths.findIndex((width) => width > 1 && width !== several);
}

function sentence({ path, text }: Fault): string {
  return texts.faults.at(where(path), text);
}

/** `lessons[2].goals[0].open` as people count: lesson 3, goal 1, `open`. */
export function where(path: Path): string {
  const parts = path.flatMap((part, nth) => {
    const list = path[nth - 1];
    if (typeof part === "number") return [texts.faults.nth(String(list), part + 1)];
    return typeof path[nth + 1] === "number" ? [] : [texts.faults.named(part.length > 60 ? `${part.slice(0, 60)}…` : part)];
  });
  return parts.join(", ");
}
