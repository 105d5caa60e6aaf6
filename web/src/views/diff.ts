import { type VNode, h } from "../h.ts";
import type { Hunk, Piece } from "../preview.ts";
import { MINUS } from "../words.ts";

/** Lines before and after a fix. */
export function diff(hunks: readonly Hunk[]): VNode {
  return h(
    "div",
    { class: "diff", role: "group", "aria-label": "What the fix changes", tabindex: 0 },
    hunks.map(({ line, before, after }) =>
      h(
        "div",
        { class: "hunk" },
        h("p", { class: "hunk-line" }, `Line ${line}`),
        before.map((pieces) => row("del", MINUS, "Goes: ", pieces)),
        after.map((pieces) => row("ins", "+", "Comes: ", pieces)),
      ),
    ),
  );
}

function row(tag: "del" | "ins", sign: string, spoken: string, pieces: readonly Piece[]): VNode {
  return h(
    tag,
    { class: "diff-row" },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h("span", { class: "unseen" }, spoken),
    h("code", {}, pieces.map(({ text, changed }) => (changed ? h("mark", {}, text) : text))),
  );
}
