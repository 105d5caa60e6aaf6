import { type VNode, h } from "../h.ts";
import { SEVERITY_NAMES } from "../groups.ts";
import { chevron, severityIcon } from "./icons.ts";
import type { Fix } from "../engine.ts";
import { type Item, fixable } from "../items.ts";
import type { State } from "../state.ts";
import { MINUS, plain, shortCodes } from "../words.ts";
import { ask } from "../events.ts";
import { diff, why } from "./diff.ts";
import { explanation } from "./explanation.ts";
import { pattern } from "./pattern.ts";
import { preview, reasons } from "../preview.ts";
import { prose } from "./prose.ts";
import { small } from "./small.ts";
import { texts } from "../texts.ts";

/** How many codes a row shows. The explanation has them all. */
const CODES = 2;

/** One row of the list, one of `all`, which are not muted. `text` is what was checked; it is asked for only when a preview needs it. */
export function finding(item: Item, all: readonly Item[], state: State, text: () => string): VNode {
  const { current, open } = state;
  const { key, rule, severity, message, line, codes, points, fix } = item;
  const isOpen = open.has(key);
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
      h("button", { type: "button", class: "place", on: { click: ask("go", { key }) } }, texts.common.line(line)),
      points > 0 && h("span", { class: "points", title: texts.score.points }, `${MINUS}${points}`),
      shortCodes(codes).slice(0, CODES).map((code) => h("span", { class: "code" }, code)),
      fix !== null && !isOpen && fixButton(key, fix),
    ),
    isOpen && fix !== null && previewed(item, fix, all, text()),
    isOpen &&
      h(
        "div",
        { class: "explanation" },
        explanation(item, state, item.pattern !== "" && pattern(item.pattern, state)),
        h(
          "p",
          { class: "silence" },
          h("button", { type: "button", class: "button small", on: { click: ask("silence", { key }) } }, texts.finding.ignore),
          h("span", {}, texts.finding.ignoreHint),
        ),
        h(
          "p",
          { class: "silence" },
          h("button", { type: "button", class: "button small", on: { click: ask("mute", { what: message }) } }, texts.finding.mute),
          h("button", { type: "button", class: "button small", on: { click: ask("mute", { what: rule }) } }, texts.finding.muteRule),
          h("span", {}, texts.finding.muteHint),
        ),
        h(
          "p",
          { class: "silence" },
          h("button", { type: "button", class: "button small", "aria-haspopup": "dialog", on: { click: ask("falsepositive", { key }) } }, texts.falsePositive.button),
          h("span", {}, texts.falsePositive.hint),
        ),
      ),
  );
}

/** What a fix would change, and the ways to apply it, alone or with all others of its rule. */
function previewed({ key, rule }: Item, { title, edits, applicability }: Fix, all: readonly Item[], text: string): VNode {
  const alike = fixable(all, applicability).filter((other) => other.rule === rule);
  return h(
    "div",
    { class: "fix-preview" },
    h("p", {}, h("b", {}, prose(title))),
    diff(preview(text, edits)),
    why(reasons(text, edits)),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "button primary small", on: { click: ask("apply", { key }) } }, texts.finding.apply),
      alike.length > 1 &&
        (applicability === "safe"
          ? small(texts.findings.fixRule(alike.length), ask("fixall", { rules: [rule] }))
          : small(texts.findings.reviewRule(alike.length), ask("review", { keys: alike.map(({ key }) => key) }))),
    ),
  );
}

function fixButton(key: string, { title, applicability }: Fix): VNode {
  const isSafe = applicability === "safe";
  const click = isSafe ? ask("apply", { key }) : ask("review", { keys: [key] });
  return h(
    "button",
    { type: "button", class: `button small ${isSafe ? "fix" : "look"}`, title: plain(title), on: { click } },
    isSafe ? texts.finding.fix : texts.finding.review,
    h("span", { class: "unseen" }, `: ${plain(title)}`),
  );
}
