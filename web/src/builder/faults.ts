// What is wrong, at the place that it concerns.

import type { Fault, Path } from "../learn/schema.ts";
import { texts } from "../texts/learn.ts";
import { where } from "../learn/read.ts";

/** What is said at a field: of itself and, where it is no more than that, of each of its entries. `isAlone` leaves those out, which have fields of their own. */
export function saidAt(faults: readonly Fault[], path: Path, isAlone = false): string {
  const ownSentence = ({ path: at, text }: Fault) => (at.length === path.length ? text : texts.faults.at(where([...path.slice(-1), ...at.slice(path.length)]), text));
  return faults.filter(({ path: at }) => isWithin(at, path) && (!isAlone || at.length === path.length)).map(ownSentence).join(" ");
}

export function isWithin(path: Path, place: Path): boolean {
  return place.every((part, nth) => path[nth] === part);
}

/** The id of the field for a place. */
export function idOf(path: Path): string {
  return `at-${path.join("-").replaceAll(".", "-")}`;
}
