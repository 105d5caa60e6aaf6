import { type VNode, h } from "../h.ts";
import { SEVERITY_NAMES } from "../groups.ts";
import { chevron, severityIcon } from "./icons.ts";
import type { Fix } from "../engine.ts";
import type { Item } from "../items.ts";
import type { State } from "../state.ts";
import { MINUS, plain, shortCodes } from "../words.ts";
import { ask } from "../events.ts";
import { diff, why } from "./diff.ts";
import { explanation } from "./explanation.ts";
import { pattern } from "./pattern.ts";
import { preview, reasons } from "../preview.ts";
import { prose } from "./prose.ts";

/** How many codes a row shows. The explanation has them all. */
const CODES = 2;

/** One row of the list. `text` is what was checked; it is asked for only when a preview needs it. */
export function finding(item: Item, state: State, text: () => string): VNode {
  const { current, open, previews } = state;
  const { key, severity, message, line, codes, points, fix } = item;
  const isOpen = open.has(key);
  const isPreviewed = fix !== null && (isOpen || previews.has(key));
  return h(
    "li",
    {
      key,
      class: `finding severity-${severity}`,
      "aria-current": key === current ? "true" : undefined,
      "data-key": key,
      on: { pointerenter: ask("spot", { key }), pointerleave: ask("spot", { key: null }) },
    },
    h(
      "h3",
      {},
      h(
        "button",
        {
          type: "button",
          class: "finding-main",
          "aria-expanded": String(isOpen),
          on: { click: ask("toggle", { key }) },
        },
        severityIcon(severity),
        h("span", { class: "message" }, h("span", { class: "unseen" }, `${SEVERITY_NAMES[severity]}: `), prose(message)),
        chevron,
      ),
    ),
    h(
      "div",
      { class: "finding-line" },
      h("span", { class: "severity" }, SEVERITY_NAMES[severity]),
      h("button", { type: "button", class: "place", on: { click: ask("go", { key }) } }, `Line ${line}`),
      points > 0 && h("span", { class: "points", title: "Points of the score" }, `${MINUS}${points}`),
      shortCodes(codes).slice(0, CODES).map((code) => h("span", { class: "code" }, code)),
      fix !== null && !isPreviewed && fixButton(key, fix),
    ),
    isPreviewed && previewed(key, fix, text(), isOpen),
    isOpen &&
      h(
        "div",
        { class: "explanation" },
        explanation(item, state, item.pattern !== "" && pattern(item.pattern, state)),
        h(
          "p",
          { class: "silence" },
          h("button", { type: "button", class: "button small", on: { click: ask("silence", { key }) } }, "Ignore it here"),
          h("span", {}, "writes a comment above the instruction"),
        ),
      ),
  );
}

/** What a fix would change, and the way to apply it. */
function previewed(key: string, { title, edits }: Fix, text: string, isOpen: boolean): VNode {
  return h(
    "div",
    { class: "fix-preview" },
    h("p", {}, h("b", {}, prose(title))),
    diff(preview(text, edits)),
    why(reasons(text, edits)),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "button primary small", on: { click: ask("apply", { key }) } }, "Apply"),
      !isOpen && h("button", { type: "button", class: "button small", on: { click: ask("cancel", { key }) } }, "Leave it"),
    ),
  );
}

function fixButton(key: string, { title, applicability }: Fix): VNode {
  const isSafe = applicability === "safe";
  return h(
    "button",
    { type: "button", class: `button small ${isSafe ? "fix" : "look"}`, title: plain(title), on: { click: ask("fix", { key }) } },
    isSafe ? "Fix" : "Review fix",
    h("span", { class: "unseen" }, `: ${plain(title)}`),
  );
}
