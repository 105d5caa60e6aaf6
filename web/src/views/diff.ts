import { type VNode, h } from "../h.ts";
import type { Hunk, Piece, Reason } from "../preview.ts";
import { MINUS } from "../words.ts";
import { prose } from "./prose.ts";
import { texts } from "../texts.ts";

/** Lines before and after a fix. */
export function diff(hunks: readonly Hunk[]): VNode {
  return h(
    "div",
    { class: "diff", role: "group", "aria-label": texts.diff.label, tabindex: 0 },
    hunks.map(({ line, before, after }) =>
      h(
        "div",
        { class: "hunk" },
        h("p", { class: "hunk-line" }, texts.common.line(line)),
        before.map((pieces) => row(false, pieces)),
        after.map((pieces) => row(true, pieces)),
      ),
    ),
  );
}

/** Why each part of a large change is there. */
export function why(reasons: readonly Reason[]): VNode | false {
  if (reasons.length === 0) return false;
  return h(
    "div",
    { class: "reasons" },
    h("h4", {}, texts.diff.why),
    h(
      "dl",
      {},
      reasons.map(({ why, parts }) =>
        h(
          "div",
          {},
          parts.map(({ comes, text }) => h("dt", {}, sign(comes), h("code", {}, text))),
          h("dd", {}, prose(why)),
        ),
      ),
    ),
  );
}

function row(comes: boolean, pieces: readonly Piece[]): VNode {
  return h(
    comes ? "ins" : "del",
    { class: "diff-row" },
    sign(comes),
    h("code", {}, pieces.map(({ text, changed }) => (changed ? h("mark", {}, text) : text))),
  );
}

/** What stands before a line that comes, or goes. */
function sign(comes: boolean): VNode[] {
  return [
    h("span", { class: "sign", "aria-hidden": "true" }, comes ? "+" : MINUS),
    h("span", { class: "unseen" }, comes ? texts.diff.comes : texts.diff.goes),
  ];
}
