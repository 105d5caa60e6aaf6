import { type Columns, type RuleText, rowsOf } from "./rules.ts";
import { adviceTexts } from "../generated/assets.ts";
import { fetched } from "./fetched.ts";

/** The texts of one advice, as the build writes them from the advice's own value. */
export type AdviceText = Pick<RuleText, "id" | "title" | "codes" | "why" | "references">;

export type AdviceTexts = ReadonlyMap<string, AdviceText>;

export const loadAdvice = fetched(adviceTexts, (columns: Columns<AdviceText>): AdviceTexts => rowsOf(columns));
