import { type VNode, h } from "../h.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { filled } from "./prose.ts";
import { texts } from "../texts.ts";

/** The line under the editor. */
export function status({ file, shape, ignore, report, shell, isKept }: State): VNode[] {
  const { lines, ending } = file === "dockerfile" ? shape : ignore.shape;
  return [
    h("span", {}, texts.status.lines(lines)),
    h("span", {}, ending),
    !isKept && h("span", { key: "not-kept", title: texts.notice.notKept }, texts.status.notKept),
    report !== null && h("span", { class: "speed" }, duration(report.milliseconds)),
    report !== null && !shape.isBlank && report.findings.length > 0 && h("span", { class: "hint" }, filled(texts.status.next, h("kbd", {}, "F8"))),
    report !== null && shell === "unavailable" && withoutShell(),
    report !== null && report.unreadScripts.length > 0 && unreadScripts(report.unreadScripts),
  ].filter((part) => part !== false);
}

function withoutShell(): VNode {
  return h(
    "span",
    { key: "without-shell", class: "without-shell" },
    texts.status.withoutShell,
    h("button", { type: "button", class: "button small", on: { click: ask("shell", {}) } }, texts.common.tryAgain),
  );
}

/** Scripts that the shell checks did not get through. */
function unreadScripts(lines: readonly number[]): VNode {
  return h("span", { key: "unread-scripts" }, texts.status.unreadScripts(lines));
}

/** On a narrow screen the result lies below the editor; this is the way to it. */
export function summary({ report, shape }: State): VNode[] {
  if (report === null || shape.isBlank) return [];
  const findings = texts.common.findings(report.findings.length);
  const score = report.score ? `${report.score.total} ${report.score.grade}` : texts.status.refused;
  return [h("b", {}, score), h("span", { class: "summary-more" }, ` \u00b7 ${findings}`)];
}

function duration(milliseconds: number): string {
  const { status, number } = texts;
  if (milliseconds < 10) return status.milliseconds(number(Math.max(milliseconds, 0.1), 1));
  return milliseconds < 1000 ? status.milliseconds(number(milliseconds)) : status.seconds(number(milliseconds / 1000, 1));
}
