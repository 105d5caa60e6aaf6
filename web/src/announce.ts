import type { Report } from "./engine.ts";
import { texts } from "./texts.ts";

/** What a screen reader says about a new result: the state, and the change against what was said before. */
export function announcement(report: Report, totalBefore: number | undefined): string {
  const findings = report.findings.length;
  if (!report.score) return texts.spoken.refused(findings);
  const { total } = report.score;
  return texts.spoken.result(findings, total, total - (totalBefore ?? total));
}
