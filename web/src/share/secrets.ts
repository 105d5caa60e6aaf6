import type { Edit, Fix, Range, Report } from "../engine.ts";
import { edited } from "../edited.ts";

/** What stands where a credential stood. It is one that everybody would guess, so no rule takes it for one. */
export const MASK = "REPLACE_ME";

/** A text without its credentials, whose places the engine tells. */
export function masked(text: string, secrets: readonly Range[]): string {
  return edited(text, secrets.map((range) => ({ range, text: MASK })));
}

/** A report of which neither messages nor fixes repeat a credential. */
export function maskedReport(report: Report, text: string, secrets: readonly Range[]): Report {
  if (secrets.length === 0) return report;
  const clean = cleaner(text, secrets);
  const edit = (edit: Edit): Edit => ({ ...edit, text: clean(edit.text) });
  const fix = (fix: Fix): Fix => ({ ...fix, title: clean(fix.title), edits: fix.edits.map(edit) });
  const findings = (all: Report["findings"]) =>
    all.map((one) => ({ ...one, message: clean(one.message), fix: one.fix ? fix(one.fix) : one.fix }));
  const problems = report.problems.map((one) => ({ ...one, message: clean(one.message) }));
  return { ...report, problems, findings: findings(report.findings), suppressed: findings(report.suppressed) };
}

/** Takes the credentials of a text out of what is said about it. */
export function cleaner(text: string, secrets: readonly Range[]): (said: string) => string {
  const values = secrets.map(({ start, end }) => text.slice(start, end)).filter((value) => value !== "");
  values.sort((one, other) => other.length - one.length);
  return (said) => values.reduce((rest, value) => rest.replaceAll(value, MASK), said);
}
