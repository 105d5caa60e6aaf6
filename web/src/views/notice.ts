import { type VNode, h } from "../h.ts";
import type { LeftFix } from "../engine.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { changes } from "../share/markdown.ts";
import { grouped } from "../grouped.ts";
import { prose } from "./prose.ts";
import { texts } from "../texts.ts";

/** What was just done, and the way back. */
export function notice({ notice, copied }: State): VNode | null {
  if (notice === null) return null;
  const { text, totals, canUndo, applied = [], left = [], elsewhere } = notice;
  return h(
    "div",
    { key: "notice", class: "notice" },
    h(
      "p",
      {},
      prose(text),
      left.length > 0 && texts.notice.left(left.length),
      totals !== null && h("span", { class: "totals" }, ` \u00b7 ${texts.score.change(totals.before, totals.after)}`),
    ),
    canUndo && h("button", { type: "button", class: "button small undo", on: { click: ask("undo", {}) } }, texts.notice.undo),
    elsewhere !== undefined && h("button", { type: "button", class: "button small", on: { click: ask("elsewhere", { file: elsewhere }) } }, texts.notice.showElsewhere),
    h("button", { type: "button", class: "button small plain", on: { click: ask("dismiss", {}) } }, texts.notice.dismiss),
    applied.length > 0 && fold("applied", texts.notice.applied, [entries(applied), description(changes(applied, totals), copied)]),
    left.length > 0 && fold("left", texts.notice.leftOnes, reasons(left)),
  );
}

function description(text: string, copied: string | null): VNode {
  const label = copied === text ? texts.common.copied : texts.notice.copyChanges;
  return h("button", { type: "button", class: "button small", on: { click: ask("copy", { text }) } }, label);
}

function fold(key: string, title: string, content: readonly VNode[]): VNode {
  return h("details", { key, class: `fixes ${key}` }, h("summary", {}, title), content);
}

/** Those with the same reason stand together under it. */
function reasons(left: readonly LeftFix[]): VNode[] {
  const found = [...grouped(left, ({ reason }) => reason)];
  return found.flatMap(([reason, fixes]) => [h("p", {}, prose(`${reason}:`)), entries(fixes)]);
}

function entries(fixes: readonly { readonly line: number; readonly title: string }[]): VNode {
  return h("ol", {}, fixes.map(({ line, title }) => h("li", {}, h("span", {}, texts.common.line(line)), h("span", {}, prose(title)))));
}
