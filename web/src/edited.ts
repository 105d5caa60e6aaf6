import type { Edit } from "./engine.ts";

/** A text after edits, which are in order and do not overlap. */
export function edited(text: string, edits: readonly Pick<Edit, "range" | "text">[]): string {
  return edits.reduceRight((rest, { range, text }) => rest.slice(0, range.start) + text + rest.slice(range.end), text);
}
