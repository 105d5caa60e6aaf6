import type { Item } from "../items.ts";
import type { Range } from "../engine.ts";
import { SEVERITIES } from "../settings.ts";
import { type VNode, listed, visible } from "../h.ts";

/** More pieces than this are no snippet, and would take long to draw. */
const MOST = 20_000;

/** A text in the colours of the engine's own tokens (triples of start, end and kind), with what was found underlined, and one place lit up. */
export function codeView(text: string, triples: readonly number[], kinds: readonly string[], found: readonly Item[], spot: Range | null): (VNode | string)[] {
  if (triples.length > 3 * MOST) return visible(text);
  const ends = new Set([0, text.length]);
  for (let at = 0; at < triples.length; at += 3) ends.add(triples[at] ?? 0).add(triples[at + 1] ?? 0);
  if (spot !== null) ends.add(spot.start).add(spot.end);
  for (const { range } of found) ends.add(range.start).add(range.end);
  const places = [...ends].filter((place) => place <= text.length).sort((one, other) => one - other);

  const worst = underlinesAt(places, found);
  const pieces: (VNode | string)[] = [];
  let token = 0;
  for (let index = 0; index + 1 < places.length; index += 1) {
    const [start = 0, end = 0] = [places[index], places[index + 1]];
    while (token < triples.length && (triples[token + 1] ?? 0) <= start) token += 3;
    const isIn = token < triples.length && (triples[token] ?? 0) <= start;
    const names = [
      isIn ? `tok-${kinds[triples[token + 2] ?? 0] ?? ""}` : "",
      worst[index] === undefined ? "" : `found severity-${worst[index]}`,
      spot !== null && spot.start <= start && end <= spot.end ? "spot" : "",
    ].filter((name) => name !== "");
    const piece = text.slice(start, end);
    if (names.length === 0) pieces.push(...visible(piece));
    else pieces.push(listed("span", { class: names.join(" ") }, piece));
  }
  return pieces;
}

/** The worst severity that is found in each piece between two places. */
function underlinesAt(places: readonly number[], found: readonly Item[]): readonly (Item["severity"] | undefined)[] {
  const indexOf = new Map(places.map((place, index) => [place, index]));
  const worst: (Item["severity"] | undefined)[] = places.map(() => undefined);
  const byWeight = [...found].sort((one, other) => SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity));
  for (const { range, severity } of byWeight) {
    for (let index = indexOf.get(range.start) ?? 0; index < (indexOf.get(range.end) ?? 0); index += 1) worst[index] = severity;
  }
  return worst;
}
