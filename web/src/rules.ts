import { fetched } from "./fetched.ts";
import { ruleTexts, shellRuleTexts } from "../generated/assets.ts";

/** The texts of one rule, as the build writes them from the rule's own value. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly codes: readonly { readonly tool: string; readonly code: string }[];
  readonly why: readonly Block[];
  readonly leaveItWhen: readonly Block[];
  readonly references: readonly string[];
  readonly bad: string | null;
  readonly good: string | null;
}

export type Block =
  | { readonly p: readonly Inline[] }
  | { readonly ul: readonly (readonly Inline[])[] }
  | { readonly code: string };
export type Inline = string | { readonly code: string } | { readonly em: string };

export type RuleTexts = ReadonlyMap<string, RuleText>;

/** The file holds one list for each field, since texts of one kind beside each other compress better. */
export type Columns<Text> = { readonly [Field in keyof Text]: readonly Text[Field][] };

export const loadRules = fetched(ruleTexts, (columns: Columns<RuleText>): RuleTexts => rowsOf(columns));

/** ShellCheck's codes, explained in the same form. */
export const loadShellRules = fetched(shellRuleTexts, (columns: Columns<RuleText>): RuleTexts => rowsOf(columns));

export function rowsOf<Text extends { readonly id: string }>(columns: Columns<Text>): ReadonlyMap<string, Text> {
  const fields = Object.entries<readonly unknown[]>(columns);
  const row = (index: number) => Object.fromEntries(fields.map(([name, values]) => [name, values[index]])) as unknown;
  return new Map(columns.id.map((id, index) => [id, row(index) as Text]));
}
