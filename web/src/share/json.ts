import type { Fix, Range, Report } from "../engine.ts";
import { placesOf } from "./places.ts";

/** The report as the command line's `check --format json` gives it: a list of files, here of one. */
export function json(report: Report, text: string, file: string): string {
  const { fragment, score, problems, findings, suppressed, unreadScripts, stages, imageFacts } = report;
  const place = placesOf(text);
  const fix = (of: Fix) => ({ ...of, edits: of.edits.map((edit) => ({ ...edit, range: place(edit.range) })) });
  const finding = ({ line: _, ...rest }: Report["findings"][number]) => ({
    ...rest,
    range: place(rest.range),
    fix: rest.fix ? fix(rest.fix) : null,
    silencedBy: rest.silencedBy ? place(rest.silencedBy) : null,
  });
  const problem = ({ message, range }: { message: string; range: Range }) => ({ message, range: place(range) });
  const bars = score?.categories.map(({ id, total, applies }) => ({ id, total, applies }));
  const whole = {
    file,
    fragment,
    score: score ? { total: score.total, grade: score.grade, cap: score.cap ?? null, categories: bars } : null,
    problems: problems.map(problem),
    findings: findings.map(finding),
    suppressed: suppressed.map(finding),
    unreadScripts,
    stages,
    imageFacts,
  };
  return `${JSON.stringify([whole], null, 2)}\n`;
}
