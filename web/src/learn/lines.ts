// Which lines of a text come and go on the way to another one: for the diff of a solution, and to count the edits of a learner.

import type { Edit } from "../engine.ts";
import type { Texts } from "./edits.ts";

/** Above this many pairs of lines nobody compares: all of it is one change. */
const MOST_PAIRS = 1_000_000;

/** The edits that make one text of the other, by whole lines, as few lines as possible. */
export function lineEdits(before: string, after: string): Edit[] {
  const old = linesOf(before);
  return changes(old, linesOf(after)).map(({ from, gone, come }) => {
    const start = lengthOf(old.slice(0, from));
    const range = { start, end: start + lengthOf(old.slice(from, from + gone)) };
    return { range, text: come.join(""), why: "" };
  });
}

/** How many lines were edited: one that is another now counts once. */
export function countEdits(before: Texts, after: Texts): number {
  const count = (one: string, other: string) =>
    changesOf(one, other).reduce((sum, { gone, come }) => sum + Math.max(gone, come.length), 0);
  return count(before.dockerfile, after.dockerfile) + count(before.dockerignore, after.dockerignore);
}

interface Changed {
  readonly from: number;
  readonly gone: number;
  readonly come: readonly string[];
}

/** What a line ends with, and whether the file ends with it, is no edit. */
function changesOf(before: string, after: string): Changed[] {
  const plain = (text: string) => text.replaceAll("\r\n", "\n").trimEnd().split("\n").map((line) => `${line.trimEnd()}\n`);
  const isBlank = (text: string) => text.trim() === "";
  return changes(isBlank(before) ? [] : plain(before), isBlank(after) ? [] : plain(after));
}

/** What is the same above and below is not compared, however much it is. */
function changes(old: readonly string[], fresh: readonly string[]): Changed[] {
  let top = 0;
  while (top < old.length && top < fresh.length && old[top] === fresh[top]) top += 1;
  let bottom = 0;
  while (bottom < old.length - top && bottom < fresh.length - top && old.at(-1 - bottom) === fresh.at(-1 - bottom)) bottom += 1;
  return changesBetween(old.slice(top, old.length - bottom), fresh.slice(top, fresh.length - bottom)).map((change) => ({ ...change, from: top + change.from }));
}

function changesBetween(old: readonly string[], fresh: readonly string[]): Changed[] {
  if (old.length === 0 && fresh.length === 0) return [];
  if (old.length * fresh.length > MOST_PAIRS) return [{ from: 0, gone: old.length, come: fresh }];
  const common = commonBelow(old, fresh);
  const width = fresh.length + 1;
  const found: Changed[] = [];
  let [here, there] = [0, 0];
  while (here < old.length || there < fresh.length) {
    if (here < old.length && old[here] === fresh[there]) {
      here += 1;
      there += 1;
      continue;
    }
    const [from, begin] = [here, there];
    while ((here < old.length || there < fresh.length) && !(here < old.length && there < fresh.length && old[here] === fresh[there])) {
      const ifGone = here < old.length ? (common[(here + 1) * width + there] ?? 0) : -1;
      const ifCome = there < fresh.length ? (common[here * width + there + 1] ?? 0) : -1;
      if (ifGone >= ifCome) here += 1;
      else there += 1;
    }
    found.push({ from, gone: here - from, come: fresh.slice(begin, there) });
  }
  return found;
}

/** For each pair of places, how many lines both texts have in common from there on. */
function commonBelow(old: readonly string[], fresh: readonly string[]): Uint32Array {
  const width = fresh.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let here = old.length - 1; here >= 0; here -= 1) {
    for (let there = fresh.length - 1; there >= 0; there -= 1) {
      const at = here * width + there;
      const isSame = old[here] === fresh[there];
      common[at] = isSame ? (common[at + width + 1] ?? 0) + 1 : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  return common;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
