// Characters that nobody sees and that turn the order in which a text is shown: what is read is then not what runs.
// https://trojansource.codes/

const NAMES: Readonly<Record<string, string>> = {
  "\u061c": "ALM",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
};

/** Each of them, wherever it stands. */
export const CONTROLS = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

/** What Unicode calls such a character, in short; nothing for every other one. */
export function controlName(character: string): string | undefined {
  return NAMES[character];
}
