import type { Finding, Fix, Range, Report, Severity } from "./engine.ts";
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

/** The rows whose severity is not hidden. */
export function shown(list: readonly Item[], hidden: ReadonlySet<Severity>): readonly Item[] {
  return hidden.size === 0 ? list : list.filter(({ severity }) => !hidden.has(severity));
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

export function safeFixes(list: readonly Item[]): number {
  return list.filter(({ fix }) => fix?.applicability === "safe").length;
}
