import type { Range } from "../engine.ts";

/** A line and a column, both counted from 1, the column in Unicode characters: what people and other programs count in. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** From offsets in UTF-16 units to places. */
export function placesOf(text: string): (range: Range) => { readonly start: Place; readonly end: Place } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const place = (offset: number): Place => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: characters(text.slice(starts[low], offset)) + 1 };
  };
  return ({ start, end }) => ({ start: place(start), end: place(end) });
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
