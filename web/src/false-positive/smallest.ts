import type { Range } from "../engine.ts";
import type { Tokens } from "../editor.ts";
import { lineStart } from "../lines.ts";

/** How often a smaller text may be checked: far more than a file of a usual length needs. */
const MOST = 400;

/** The instructions of a text, and the comments right above each; what stands above the first one is a line for each. */
export function pieces(text: string, { triples, kinds }: Tokens): Range[] {
  const starts = [0, ...instructionLines(text, { triples, kinds })];
  const first = starts[1] ?? text.length;
  for (let at = text.indexOf("\n"); at !== -1 && at + 1 < first; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const sorted = [...new Set(starts)].sort((one, other) => one - other);
  const all = sorted.map((start, index) => ({ start, end: sorted[index + 1] ?? text.length }));
  return all.filter(({ start, end }) => start < end);
}

/** Where lines begin that begin an instruction, or the comments above one. */
function instructionLines(text: string, { triples, kinds }: Tokens): number[] {
  const found: number[] = [];
  let continued = -1;
  for (let index = 0; index + 2 < triples.length; index += 3) {
    const [start = 0, end = 0, kind = -1] = triples.slice(index, index + 3);
    const name = kinds[kind];
    if (name === "continuation") continued = text.indexOf("\n", end);
    if (name !== "keyword" && name !== "invalid") continue;
    const line = lineStart(text, start);
    if (text.slice(line, start).trim() !== "" || line === continued + 1) continue;
    if (found.length > 0) found.push(withComments(text, line));
    found.push(line);
  }
  return found;
}

/** Where the comments begin that stand right above a line; the line itself, if there are none. */
function withComments(text: string, line: number): number {
  let first = line;
  while (first > 0) {
    const above = lineStart(text, first - 1);
    if (!text.slice(above, first).trimStart().startsWith("#")) break;
    first = above;
  }
  return first;
}

/**
 * The fewest of `count` pieces that are found, in their order, with which something still holds, as it does with all: by leaving out halves,
 * quarters and so on, as long as it holds without them. Those in `wanted` always stay.
 */
export async function smallest(
  count: number,
  wanted: ReadonlySet<number>,
  holds: (kept: readonly number[]) => Promise<boolean>,
): Promise<readonly number[]> {
  let kept = Array.from({ length: count }, (_, index) => index);
  let left = MOST;
  for (let size = count; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const without = kept.filter((piece, index) => wanted.has(piece) || index < at || index >= at + size);
      if (without.length === kept.length) {
        at += size;
        continue;
      }
      if (left === 0) return kept;
      left -= 1;
      if (await holds(without)) kept = without;
      else at += size;
    }
  }
  return kept;
}
