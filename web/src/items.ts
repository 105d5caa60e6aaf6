import type { Finding, Fix, Range, Report, Severity } from "./engine.ts";
import { grouped } from "./grouped.ts";
import { remembered } from "./remembered.ts";

/** A row of the list: a finding. */
export interface Item {
  readonly key: string;
  /** Its place among the findings of the report. */
  readonly index: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly category: string;
  readonly message: string;
  readonly range: Range;
  readonly line: number;
  readonly codes: readonly string[];
  readonly points: number;
  readonly fix: Fix | null;
  /** The id of a pattern that shows how it is done, or an empty string. */
  readonly pattern: string;
}

/** The category of findings about scripts, whose explanations are in a file of their own. */
export const SHELL = "shell";

/** The rows for a report, in the order of the file. Their keys stay the same while other rows come and go. */
export const items = remembered(({ findings }: Report): readonly Item[] => {
  const seen = new Map<string, number>();
  const keyFor = (name: string) => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return `${name}-${nth}`;
  };
  const ofFinding = (finding: Finding, index: number): Item => {
    const { rule, case: name, severity, category, message, range, line, codes, points, fix, pattern } = finding;
    const key = keyFor(name === "" ? rule : `${rule}.${name}`);
    return { key, index, rule, severity, category, message, range, line, codes, points, fix: fix ?? null, pattern };
  };
  const rows = findings.map(ofFinding);
  return rows.sort((one, other) => one.range.start - other.range.start || one.range.end - other.range.end);
});

/** The rows whose severity is not hidden, that are not muted, and of one category, if one is asked for that has any which are not muted. */
export function shown(
  list: readonly Item[],
  hidden: ReadonlySet<Severity>,
  muted: ReadonlySet<string> = new Set(),
  category: string | null = null,
): readonly Item[] {
  const heard = list.filter((item) => !isMuted(item, muted));
  const isOne = heard.some((item) => item.category === category);
  return heard.filter((item) => !hidden.has(item.severity) && (!isOne || item.category === category));
}

/** Whether a row's rule is muted, or what it says: `muted` holds ids of rules, and messages. */
export function isMuted({ rule, message }: Item, muted: ReadonlySet<string>): boolean {
  return muted.has(rule) || muted.has(message);
}

/** A rule, and all that it finds. */
export interface Cause {
  readonly rule: string;
  readonly points: number;
  readonly items: readonly Item[];
}

/** The rules that take most points, the dearest first. */
export const dearest = remembered((report: Report): readonly Cause[] => {
  const all = [...grouped(items(report), ({ rule }) => rule)].map(([rule, items]) => ({ rule, points: cost(items), items }));
  return all.filter(({ points }) => points > 0).sort((one, other) => other.points - one.points).slice(0, 3);
});

/** How many points rows take from the score together. */
export function cost(items: readonly Item[]): number {
  return items.reduce((sum, { points }) => sum + points, 0);
}

/** The row that speaks of a place: the one with the narrowest range around it. */
export function itemAt(list: readonly Item[], position: number): Item | undefined {
  let best: Item | undefined;
  for (const item of list) {
    const { start, end } = item.range;
    if (position < start || position > end) continue;
    if (best === undefined || end - start < best.range.end - best.range.start) best = item;
  }
  return best;
}

/** The rows that speak of a place, the narrowest first, and behind them the others that touch its line. */
export function itemsAround(list: readonly Item[], position: number, line: Range): readonly Item[] {
  const holds = ({ start, end }: Range) => start <= position && position <= end;
  const length = ({ range }: Item) => range.end - range.start;
  const touching = list.filter(({ range }) => range.start <= line.end && range.end >= line.start);
  const [here, beside] = [touching.filter(({ range }) => holds(range)), touching.filter(({ range }) => !holds(range))];
  return [...here.sort((one, other) => length(one) - length(other)), ...beside];
}

/** The rows with a fix of one kind. */
export function fixable(list: readonly Item[], applicability: "safe" | "review"): readonly Item[] {
  return list.filter(({ fix }) => fix?.applicability === applicability);
}
