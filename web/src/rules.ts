import { ruleTexts } from "../generated/assets.ts";

/** The texts of one rule, as the build writes them from the rule's own value. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly codes: readonly { readonly tool: string; readonly code: string }[];
  readonly why: readonly Block[];
  readonly leaveItWhen: readonly Block[];
  readonly references: readonly string[];
  readonly bad: string;
  readonly good: string;
}

export type Block =
  | { readonly p: readonly Inline[] }
  | { readonly ul: readonly (readonly Inline[])[] }
  | { readonly code: string };
export type Inline = string | { readonly code: string } | { readonly em: string };

export type RuleTexts = ReadonlyMap<string, RuleText>;

let texts: Promise<RuleTexts> | undefined;

/** Fetches the texts when they are first needed, and keeps them. */
export function loadRules(): Promise<RuleTexts> {
  texts ??= fetchRules().catch((error: unknown) => {
    texts = undefined;
    throw error;
  });
  return texts;
}

async function fetchRules(): Promise<RuleTexts> {
  const response = await fetch(ruleTexts);
  if (!response.ok) throw new Error(`${ruleTexts} answered ${response.status}`);
  const list: readonly RuleText[] = await response.json();
  return new Map(list.map((rule) => [rule.id, rule]));
}
