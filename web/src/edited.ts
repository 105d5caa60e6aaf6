// The type comes from where Rust says it, and not from the door to the engine: the package uses this too, and has no page.
import type { Edit } from "../generated/engine/engine.js";

/** A text after edits, which are in order and do not overlap. */
export function edited(text: string, edits: readonly Pick<Edit, "range" | "text">[]): string {
  return edits.reduceRight((rest, { range, text }) => rest.slice(0, range.start) + text + rest.slice(range.end), text);
}
