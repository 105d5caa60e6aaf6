import type { Range } from "../engine.ts";

/** A line and a column, both counted from 1, the column in Unicode characters: what people and other programs count in. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From offsets in UTF-16 units to places. They are mostly asked in order, and then no part of a line is counted twice. */
export function placesOf(text: string): (range: Range) => { readonly start: Place; readonly end: Place } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  let last = { line: 0, offset: 0, column: 0 };
  const place = (offset: number): Place => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    if (last.line !== low || last.offset > offset) last = { line: low, offset: starts[low] ?? 0, column: 0 };
    last = { line: low, offset, column: last.column + characters(text.slice(last.offset, offset)) };
    return { line: low + 1, column: last.column + 1 };
  };
  return ({ start, end }) => ({ start: place(start), end: place(end) });
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
