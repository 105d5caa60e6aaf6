// Characters that nobody sees. Some turn the order in which a text is shown, so that what is read is not what runs (https://trojansource.codes/);
// others hide words, or make two names look like one. All that is shown has their names in their places.

/** What Unicode calls them, in short; the others go by their numbers. */
const NAMES = new Map(
  "0 NUL,7 BEL,8 BS,1b ESC,7f DEL,ad SHY,34f CGJ,61c ALM,180e MVS,200b ZWSP,200c ZWNJ,200d ZWJ,200e LRM,200f RLM,2028 LS,2029 PS,202a LRE,202b RLE,202c PDF,202d LRO,202e RLO,2060 WJ,2066 LRI,2067 RLI,2068 FSI,2069 PDI,feff BOM"
    .split(",")
    .map((entry) => [Number.parseInt(entry, 16), entry.replace(/^\S+ /, "")]),
);

const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Each of them, wherever it stands: controls, separators, and what Unicode has a font ignore. Joiners and the signs that choose a form of a character
 * hold emoji and letters of many scripts together: they are hidden only where there is nothing that they could belong to, which is seen itself.
 */
export const HIDDEN =
  /([\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffc\p{DI}](?<![\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}])|(?<![^\0-\x9f\p{Z}\ufff9-\ufffc\p{DI}][\ufe00-\ufe0f]?)[\u200c\u200d]|(?<![^\0-\x9f\p{Z}\ufff9-\ufffc\p{DI}]|[#*\d])[\ufe00-\ufe0f]|(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}])/u;

/** What Unicode calls a character, in short. */
export function controlName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Whether a hidden character turns the order of what stands around it. */
export function isTurning(character: string): boolean {
  return TURNING.test(character);
}

/** A text for places that show text only, with the names of hidden characters in their places. */
export function named(text: string): string {
  return HIDDEN.test(text) ? text.replaceAll(new RegExp(HIDDEN, "gu"), (character) => `[${controlName(character)}]`) : text;
}
