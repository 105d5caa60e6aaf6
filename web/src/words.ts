import { named } from "./controls.ts";

/** The forms of a text that a language has for different numbers; `#` in it is the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** How a language writes numbers, and which form of a text goes with each. */
export function numbersIn(language: string) {
  const rules = new Intl.PluralRules(language);
  const number = (value: number, digits = 0) =>
    value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return {
    number,
    count: (value: number, forms: Forms) => (forms[rules.select(value)] ?? forms.other).replaceAll("#", () => number(value)),
  };
}

/** The codes that are codes: some tools give their findings whole phrases for names. */
export function shortCodes(codes: readonly string[]): readonly string[] {
  return codes.filter((code) => !code.includes(" "));
}

export const MINUS = "\u2212";

/** A sentence of the engine for places that show text only. */
export function plain(sentence: string): string {
  return named(sentence.replaceAll("`", ""));
}
