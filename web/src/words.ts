/** `1 finding`, `2 findings`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? singular : plural}`;
}

/** The codes that are codes: some tools give their findings whole phrases for names. */
export function shortCodes(codes: readonly string[]): readonly string[] {
  return codes.filter((code) => !code.includes(" "));
}

export const MINUS = "\u2212";

/** A sentence of the engine for places that show text only. */
export function plain(sentence: string): string {
  return sentence.replaceAll("`", "");
}
