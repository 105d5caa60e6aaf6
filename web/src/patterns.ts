import { fetched } from "./fetched.ts";
import { patternTexts } from "../generated/assets.ts";

/** A small Dockerfile, complete and right, that shows what no fix can do. */
export interface Pattern {
  readonly id: string;
  /** What it is for, such as `Go`. */
  readonly title: string;
  readonly text: string;
}

export type Patterns = ReadonlyMap<string, Pattern>;

export const loadPatterns = fetched(
  patternTexts,
  (list: readonly Pattern[]): Patterns => new Map(list.map((pattern) => [pattern.id, pattern])),
);
