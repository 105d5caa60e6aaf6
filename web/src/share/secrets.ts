import type { Edit, Fix, Range, Report } from "../engine.ts";
import { edited } from "../edited.ts";

/** What stands where a credential stood. It is one that everybody would guess, so no rule takes it for one. */
export const MASK = "REPLACE_ME";

/** A text without its credentials, whose places the engine tells. */
export function masked(text: string, secrets: readonly Range[]): string {
  return edited(text, secrets.map((range) => ({ range, text: MASK })));
}

/** A report in which no fix repeats a credential. Its messages never do. */
export function maskedReport(report: Report, text: string, secrets: readonly Range[]): Report {
  if (secrets.length === 0) return report;
  const values = secrets.map(({ start, end }) => text.slice(start, end)).sort((one, other) => other.length - one.length);
  const clean = (inserted: string) => values.reduce((rest, value) => rest.replaceAll(value, MASK), inserted);
  const edit = (edit: Edit): Edit => ({ ...edit, text: clean(edit.text) });
  const fix = (fix: Fix): Fix => ({ ...fix, title: clean(fix.title), edits: fix.edits.map(edit) });
  const findings = (all: Report["findings"]) => all.map((one) => (one.fix ? { ...one, fix: fix(one.fix) } : one));
  return { ...report, findings: findings(report.findings), suppressed: findings(report.suppressed) };
}
