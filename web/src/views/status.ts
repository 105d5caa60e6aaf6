import { type VNode, h } from "../h.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { count } from "../words.ts";

/** The line under the editor. */
export function status({ file, shape, ignore, report, shell }: State): VNode[] {
  const { lines, ending } = file === "dockerfile" ? shape : ignore.shape;
  return [
    h("span", {}, count(lines, "line")),
    h("span", {}, ending),
    report !== null && h("span", { class: "speed" }, `Checked in ${duration(report.milliseconds)}`),
    report !== null && report.findings.length > 0 && h("span", { class: "hint" }, h("kbd", {}, "F8"), " next finding"),
    report !== null && shell === "unavailable" && withoutShell(),
  ].filter((part) => part !== false);
}

function withoutShell(): VNode {
  return h(
    "span",
    { key: "without-shell", class: "without-shell" },
    "Shell checks are unavailable. ",
    h("button", { type: "button", class: "button small", on: { click: ask("shell", {}) } }, "Try again"),
  );
}

/** On a narrow screen the result lies below the editor; this is the way to it. */
export function summary({ report, shape }: State): VNode[] {
  if (report === null || shape.isBlank) return [];
  const findings = count(report.findings.length, "finding");
  const score = report.score ? `${report.score.total} ${report.score.grade}` : "Refused";
  return [h("b", {}, score), h("span", { class: "summary-more" }, ` \u00b7 ${findings}`)];
}

function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${Math.max(milliseconds, 0.1).toFixed(1)} ms`;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
