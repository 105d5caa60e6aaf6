import { type Block, type Columns, rowsOf } from "./rules.ts";
import { adviceTexts } from "../generated/assets.ts";
import { fetched } from "./fetched.ts";

/** The texts of one advice, as the build writes them from the advice's own value. */
export interface AdviceText {
  readonly id: string;
  readonly title: string;
  readonly codes: readonly { readonly tool: string; readonly code: string }[];
  readonly why: readonly Block[];
  readonly references: readonly string[];
}

export type AdviceTexts = ReadonlyMap<string, AdviceText>;

export const loadAdvice = fetched(adviceTexts, (columns: Columns<AdviceText>): AdviceTexts => rowsOf(columns));
