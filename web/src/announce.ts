import type { Report } from "./engine.ts";
import { texts } from "./texts.ts";

/** What a screen reader says: what was done, if that was anything, and what came of it, the state and the change against what was said before. */
export function announcement(report: Report | null, totalBefore: number | undefined, done = ""): string {
  if (report === null) return done === "" ? texts.spoken.empty : done;
  const result = resultOf(report, totalBefore);
  return done === "" ? result : texts.spoken.after(done, result);
}

function resultOf({ findings, score }: Report, totalBefore: number | undefined): string {
  if (!score) return texts.spoken.refused(findings.length);
  const { total } = score;
  return texts.spoken.result(findings.length, total, total - (totalBefore ?? total));
}
