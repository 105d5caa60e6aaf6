import type { AppliedFix, Edit, Finding, LeftFix, Report } from "../engine.ts";
import { doTouch, inOrder, makesStage } from "./touching.ts";
import type { Item } from "../items.ts";
import { hunksOf } from "../preview.ts";
import { lineAt } from "../lines.ts";
import { grouped } from "../grouped.ts";
import { texts } from "../texts.ts";

/** Fixes that a person looks at before they are applied, and what is decided about each. */
export interface Review {
  /** The Dockerfile that they count in. */
  readonly text: string;
  readonly proposals: readonly Proposal[];
  /** All parts of all proposals. */
  readonly parts: readonly Part[];
  /** One for each proposal, in the same order. */
  readonly decisions: readonly Decision[];
  /** What would come of fixes beside those that are taken, and was found out when all were to be; by their ids. */
  readonly harms: ReadonlyMap<number, string>;
  /** What comes of that which is taken, once it is known. */
  readonly outcome: Outcome | null;
  /** Whether the view of the differences could be loaded. */
  readonly hasView: boolean;
}

/** `open` is not decided. */
export type Decision = "open" | "taken" | "left";

/** A finding's fix. It is taken whole or not at all: half a stage is none. */
export interface Proposal {
  /** Its place among the others. */
  readonly id: number;
  readonly rule: string;
  readonly message: string;
  readonly title: string;
  readonly line: number;
  /** Where its finding begins. */
  readonly position: number;
  readonly edits: readonly Edit[];
  readonly parts: readonly Part[];
}

/** What a fix changes in lines that follow each other. */
export interface Part {
  readonly id: number;
  /** The id of its proposal. */
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
  /** What errors and warnings tell that come with it. */
  readonly brought: readonly string[];
}

/** Puts the fixes of rows forward, in the order of their places. A single one is meant to be taken; of several, each is to be decided about. */
export function propose(rows: readonly Item[], text: string): Review {
  const parts: Part[] = [];
  const proposals: Proposal[] = [];
  const placeOf = ({ fix }: Item) => fix?.edits[0]?.range.start ?? 0;
  for (const { rule, message, line, range, fix } of [...rows].sort((one, other) => placeOf(one) - placeOf(other))) {
    if (fix === null || fix.edits.length === 0) continue;
    const id = proposals.length;
    const own = hunksOf(text, fix.edits).map(({ start, edits }, index) => {
      return { id: parts.length + index, proposal: id, line: lineAt(text, start), edits };
    });
    parts.push(...own);
    proposals.push({ id, rule, message, line, position: range.start, title: fix.title, edits: fix.edits, parts: own });
  }
  const none: Review = { text, proposals, parts, decisions: proposals.map(() => "left"), harms: new Map(), outcome: null, hasView: true };
  return decideAll(none, proposals.length === 1 ? "taken" : "open");
}

/** A decision about a fix. What it cannot be together with goes, when it comes. */
export function decide(review: Review, id: number, decision: Decision): Review {
  const gone = decision === "left" ? [] : rivals(review, id);
  const cleared = gone.reduce((rest, rival) => withDecision(rest, rival.id, "left"), review);
  return withDecision(cleared, id, decision);
}

/** The same decision about every fix that can be together with those which are there already; what makes stages comes before the others. */
export function decideAll(review: Review, decision: Decision): Review {
  return decideEach(review, ranked(review), decision);
}

function decideEach(review: Review, proposals: readonly Proposal[], decision: Decision): Review {
  return proposals.reduce(
    (rest, { id }) => (decision !== "left" && rivals(rest, id).length > 0 ? rest : withDecision(rest, id, decision)),
    review,
  );
}

/**
 * All fixes taken that can be together and do no harm together, as `judge` tells. Where there is harm, they are taken by halves, so that
 * the one that does it beside the others is left, and says so.
 */
export async function takeAll(review: Review, judge: (review: Review) => Promise<Outcome>): Promise<Review> {
  const harms = new Map<number, string>();
  const take = async (kept: Review, group: readonly Proposal[]): Promise<Review> => {
    const next = decideEach(kept, group, "taken");
    const added = group.filter(({ id }) => next.decisions[id] === "taken");
    const harm = added.length === 0 ? null : harmOf(await judge(next));
    if (harm === null) return next;
    const [only] = group;
    if (only !== undefined && group.length === 1) {
      harms.set(only.id, harm);
      return kept;
    }
    const middle = Math.ceil(group.length / 2);
    return take(await take(kept, group.slice(0, middle)), group.slice(middle));
  };
  const kept = await take(decideAll(review, "left"), ranked(review));
  return { ...kept, harms };
}

/** Fixes in the order in which they are taken: what makes stages comes before the others. */
function ranked({ proposals }: Review): readonly Proposal[] {
  const isFirst = ({ edits }: Proposal) => edits.some(makesStage);
  return [...proposals].sort((one, other) => Number(isFirst(other)) - Number(isFirst(one)));
}

function harmOf({ refused, brought }: Outcome): string | null {
  return refused ?? brought[0] ?? null;
}

function withDecision(review: Review, id: number, decision: Decision): Review {
  return { ...review, outcome: null, harms: new Map(), decisions: review.decisions.map((one, index) => (index === id ? decision : one)) };
}

/** The other fixes that are not left, and cannot be together with this one. */
export function rivals(review: Review, id: number): readonly Proposal[] {
  const { proposals, decisions, text } = review;
  const own = proposals[id];
  if (own === undefined) return [];
  const isInWay = (other: Proposal) => other.edits.some((one) => own.edits.some((edit) => doTouch(text, one, edit)));
  return proposals.filter((other) => decisions[other.id] !== "left" && other !== own && isInWay(other));
}

/** The edits of all fixes with one of some decisions, in order. */
export function editsOf({ proposals, decisions, text }: Review, wanted: readonly Decision[]): readonly Edit[] {
  const isWanted = ({ id }: Proposal) => wanted.some((decision) => decision === decisions[id]);
  return inOrder(text, proposals.filter(isWanted).flatMap(({ edits }) => edits));
}

export function countOf({ decisions }: Review, wanted: Decision): number {
  return decisions.filter((decision) => decision === wanted).length;
}

/** What is done when what is taken is applied, and what is left then, with the reason. */
export function account(review: Review): { applied: AppliedFix[]; left: LeftFix[] } {
  const applied: AppliedFix[] = [];
  const left: LeftFix[] = [];
  const shift = shiftOf(review);
  for (const proposal of review.proposals) {
    const { id, rule, message, title, line, position } = proposal;
    if (review.decisions[id] === "taken") applied.push({ rule, message, line, title });
    else left.push({ rule, title, line: line + shift(position), ...reasonFor(review, proposal) });
  }
  return { applied, left };
}

function reasonFor(review: Review, { id }: Proposal): Pick<LeftFix, "reason" | "isHarm"> {
  const harm = review.harms.get(id);
  if (harm !== undefined) return { reason: texts.review.harm(harm), isHarm: true };
  const rival = rivals(review, id).find((other) => review.decisions[other.id] === "taken");
  if (rival !== undefined) return { reason: texts.review.overlaps(rival.title), isHarm: false };
  return { reason: review.decisions[id] === "open" ? texts.review.undecided : texts.review.notWanted, isHarm: false };
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

/** What errors and warnings tell that come with what is taken. */
export function brought(before: Report, after: Report): readonly string[] {
  const was = grouped(before.findings, ({ rule }) => rule);
  const known = new Set(before.findings.map(({ message }) => message));
  const isMore = ([rule, { length }]: [string, readonly unknown[]]) => length > (was.get(rule)?.length ?? 0);
  const more = [...grouped(after.findings, ({ rule }) => rule)].filter(isMore).flatMap(([, findings]) => findings);
  const isBad = ({ severity }: Finding) => severity === "error" || severity === "warning";
  return more.filter((finding) => isBad(finding) && !known.has(finding.message)).map(({ message }) => message);
}
