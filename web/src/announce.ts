import type { Report } from "./engine.ts";
import { count } from "./words.ts";

/** What a screen reader says about a new result: the state, and the change against what was said before. */
export function announcement(report: Report, totalBefore: number | undefined): string {
  const findings = report.findings.length === 0 ? "No findings" : count(report.findings.length, "finding");
  if (!report.score) {
    return `BuildKit would refuse this file. ${findings}`;
  }
  return `${findings}, score ${report.score.total}${change(report.score.total, totalBefore)}`;
}

function change(total: number, before: number | undefined): string {
  if (before === undefined || before === total) return "";
  return total > before ? `, up ${total - before}` : `, down ${before - total}`;
}
