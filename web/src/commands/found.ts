import { type Command, toLine } from "./table.ts";
import { ranked } from "./search.ts";
import { plain } from "../words.ts";
import { texts } from "../texts.ts";

/** Nobody reads through more; who types on finds the others. */
const MOST = 80;

/** The commands that can be run now and fit what was typed, the best first. */
export function found(all: readonly Command[], query: string): readonly Command[] {
  const possible = all.filter(({ can }) => can !== false);
  const [number] = /(?<=^\s*:?\s*)\d{1,7}(?=\s*$)/.exec(query) ?? [];
  const lines = number === undefined ? [] : [toLine(Number(number))];
  return [...lines, ...ranked(query, possible, textsOf)].slice(0, MOST);
}

function textsOf({ title, about = "", words = "", group }: Command) {
  const name = plain(title);
  return [
    { text: name, weight: 1 },
    // Codes and ids of rules stand here; other words for a thing count for a little less than its name.
    { text: words, weight: 0.9 },
    { text: `${texts.commands.groups[group]} ${name} ${about} ${words}`, weight: 0.7 },
  ];
}
