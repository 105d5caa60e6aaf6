import { type VNode, h } from "../h.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { bases } from "./bases.ts";
import { examples } from "../examples.ts";
import { exampleEntry } from "./toolbar.ts";
import { findings } from "./findings.ts";
import { layers } from "./icons.ts";
import { notice } from "./notice.ts";
import { score } from "./score.ts";

/** Everything beside the editor. */
export function results(state: State, text: () => string): VNode[] {
  const { trouble, report, shape } = state;
  if (shape.isBlank) return [...parts(notice(state)), empty()];
  if (trouble !== null) return [mishap(trouble), ...parts(notice(state))];
  return [
    score(state),
    ...parts(notice(state)),
    ...(report === null ? [] : [findings(report, state, text), ...parts(bases(report))]),
  ];
}

function parts(node: VNode | null): VNode[] {
  return node === null ? [] : [node];
}

function empty(): VNode {
  return h(
    "section",
    { key: "empty", class: "empty", "aria-labelledby": "empty-title" },
    layers,
    h("h2", { id: "empty-title" }, "Paste a Dockerfile"),
    h("p", {}, "Or drop a file here, or begin with one of these. The score comes as you type."),
    h("ul", { class: "example-list" }, examples.map(exampleEntry)),
  );
}

function mishap(sentence: string): VNode {
  return h(
    "div",
    { key: "mishap", class: "mishap", role: "alert" },
    h("p", {}, sentence),
    h("button", { type: "button", class: "button small", on: { click: ask("retry", {}) } }, "Check again"),
  );
}
