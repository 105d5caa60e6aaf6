import type { AppliedFix, Edit, LeftFix } from "../engine.ts";
import type { Item } from "../items.ts";
import { hunksOf } from "../preview.ts";
import { lineAt } from "../lines.ts";
import { texts } from "../texts.ts";

/** Fixes that a person looks at before they are applied, and what is decided about each of their parts. */
export interface Review {
  /** The Dockerfile that they count in. */
  readonly text: string;
  readonly proposals: readonly Proposal[];
  /** All parts of all proposals. */
  readonly parts: readonly Part[];
  /** One for each part, in the same order. */
  readonly decisions: readonly Decision[];
  /** What comes of that which is taken, once it is known. */
  readonly outcome: Outcome | null;
  /** Whether the view of the differences could be loaded. */
  readonly hasView: boolean;
}

/** `open` is not decided. */
export type Decision = "open" | "taken" | "left";

/** A finding's fix. */
export interface Proposal {
  readonly rule: string;
  readonly message: string;
  readonly title: string;
  readonly line: number;
  /** Where its finding begins. */
  readonly position: number;
  readonly parts: readonly Part[];
}

/** What a fix changes in lines that follow each other. */
export interface Part {
  readonly id: number;
  /** Its proposal's place among the others. */
  readonly proposal: number;
  readonly line: number;
  readonly edits: readonly Edit[];
}

export interface Outcome {
  /** The scores; `null` where BuildKit would refuse the file. */
  readonly before: number | null;
  readonly after: number | null;
  /** Why BuildKit would refuse the file that comes of it, where it would not refuse the one that is there. */
  readonly refused: string | null;
}

/** Puts the fixes of rows forward, in the order of their places. A single one is meant to be taken; of several, each is to be decided about. */
export function propose(rows: readonly Item[], text: string): Review {
  const parts: Part[] = [];
  const proposals: Proposal[] = [];
  const placeOf = ({ fix }: Item) => fix?.edits[0]?.range.start ?? 0;
  for (const { rule, message, line, range, fix } of [...rows].sort((one, other) => placeOf(one) - placeOf(other))) {
    if (fix === null || fix.edits.length === 0) continue;
    const own = hunksOf(text, fix.edits).map(({ start, edits }, index) => {
      return { id: parts.length + index, proposal: proposals.length, line: lineAt(text, start), edits };
    });
    parts.push(...own);
    proposals.push({ rule, message, line, position: range.start, title: fix.title, parts: own });
  }
  let review: Review = { text, proposals, parts, decisions: parts.map(() => "left"), outcome: null, hasView: true };
  const first = proposals.length === 1 ? "taken" : "open";
  for (const { parts } of proposals) {
    // Half a fix is none: where a part cannot be, the whole waits for a decision.
    if (parts.some(({ id }) => rivals(review, id).length > 0)) continue;
    for (const { id } of parts) review = withDecision(review, id, first);
  }
  return review;
}

/** A decision about a part. What touches it goes, when it comes. */
export function decide(review: Review, id: number, decision: Decision): Review {
  const gone = decision === "left" ? [] : rivals(review, id);
  const cleared = gone.reduce((rest, part) => withDecision(rest, part.id, "left"), review);
  return withDecision(cleared, id, decision);
}

/** The same decision about every part that touches none which is there already. */
export function decideAll(review: Review, decision: Decision): Review {
  return review.parts.reduce(
    (rest, { id }) => (decision !== "left" && rivals(rest, id).length > 0 ? rest : withDecision(rest, id, decision)),
    review,
  );
}

function withDecision(review: Review, id: number, decision: Decision): Review {
  return { ...review, outcome: null, decisions: review.decisions.map((one, index) => (index === id ? decision : one)) };
}

/** The parts of other fixes that are not left, and touch this one. */
export function rivals(review: Review, id: number): readonly Part[] {
  const { parts, decisions } = review;
  const own = parts[id];
  if (own === undefined) return [];
  const touches = (part: Part) => part.edits.some((one) => own.edits.some((other) => doTouch(one, other)));
  return parts.filter((part) => decisions[part.id] !== "left" && part.proposal !== own.proposal && touches(part));
}

/** Two insertions at one place have no order of their own, so edits that meet touch as well. */
function doTouch({ range: one }: Edit, { range: other }: Edit): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** The edits of all parts with one of some decisions, in order. */
export function editsOf({ parts, decisions }: Review, wanted: readonly Decision[]): readonly Edit[] {
  const isWanted = ({ id }: Part) => wanted.some((decision) => decision === decisions[id]);
  return parts.filter(isWanted).flatMap(({ edits }) => edits).sort((one, other) => one.range.start - other.range.start || one.range.end - other.range.end);
}

export function countOf({ decisions }: Review, wanted: Decision): number {
  return decisions.filter((decision) => decision === wanted).length;
}

/** What is done when what is taken is applied, and what is left then, with the reason. */
export function account(review: Review): { applied: AppliedFix[]; left: LeftFix[] } {
  const applied: AppliedFix[] = [];
  const left: LeftFix[] = [];
  const shift = shiftOf(review);
  for (const { rule, message, title, line, position, parts } of review.proposals) {
    const taken = parts.filter(({ id }) => review.decisions[id] === "taken");
    if (taken.length > 0) {
      const part = taken.length < parts.length ? texts.review.someParts(taken.length, parts.length) : "";
      applied.push({ rule, message, line, title: title + part });
    } else {
      left.push({ rule, title, line: line + shift(position), reason: reasonFor(review, parts), isHarm: false });
    }
  }
  return { applied, left };
}

function reasonFor(review: Review, parts: readonly Part[]): string {
  const others = parts.flatMap(({ id }) => rivals(review, id)).filter(({ id }) => review.decisions[id] === "taken");
  const [rival] = others.map(({ proposal }) => review.proposals[proposal]);
  if (rival !== undefined) return texts.review.overlaps(rival.title);
  return parts.some(({ id }) => review.decisions[id] === "open") ? texts.review.undecided : texts.review.notWanted;
}

/** By how many lines what is applied moves a place of the text. */
function shiftOf(review: Review): (position: number) => number {
  const edits = editsOf(review, ["taken"]);
  const breaks = (text: string) => text.split("\n").length - 1;
  return (position) => {
    const before = edits.filter(({ range }) => range.end <= position);
    return before.reduce((sum, { range, text }) => sum + breaks(text) - breaks(review.text.slice(range.start, range.end)), 0);
  };
}
