import type { ResultTab, State } from "../state.ts";
import { type Tab, badge, panelProps, tabList } from "./tabs.ts";
import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import { ask } from "../events.ts";
import { bases } from "./bases.ts";
import { build } from "./build.ts";
import { examples } from "../examples.ts";
import { exampleEntry } from "./toolbar.ts";
import { findings } from "./findings.ts";
import { lacksStage } from "../stages.ts";
import { layers } from "./icons.ts";
import { notice } from "./notice.ts";
import { prose } from "./prose.ts";
import { run } from "./run.ts";
import { score } from "./score.ts";
import { texts } from "../texts.ts";

/** Everything beside the editor. */
export function results(state: State, text: () => string): VNode[] {
  // What was just done is said at the lower edge, wherever one is in the list, and nothing moves to make room for it.
  return [...main(state, text), ...parts(notice(state))];
}

function main(state: State, text: () => string): VNode[] {
  const { trouble, report, shape } = state;
  if (shape.isBlank) return [empty()];
  if (trouble !== null) return [mishap(trouble)];
  if (report === null) return [score(state)];
  return [score(state), ...parts(noStage(report, state)), tabs(report, state), panel(report, state, text)];
}

/** The stage may have been named where the page is embedded or in a link, or chosen before it was renamed. */
function noStage(report: Report, { target }: State): VNode | null {
  return lacksStage(report, target) ? h("p", { key: "no-stage", class: "caution" }, prose(texts.graph.noStage(target))) : null;
}

function tabs({ findings }: Report, { tab }: State): VNode {
  const all: Tab<ResultTab>[] = [
    { id: "findings", title: [texts.tabs.findings, badge(findings.length)] },
    { id: "build", title: texts.tabs.build },
    { id: "run", title: texts.tabs.run },
  ];
  return tabList("result", texts.panes.result, all, tab, (tab) => ask("tab", { tab }));
}

function panel(report: Report, state: State, text: () => string): VNode {
  const { tab } = state;
  return h("div", { key: `panel-${tab}`, class: "panel", tabindex: 0, ...panelProps("result", tab) }, shown(report, state, text));
}

function shown(report: Report, state: State, text: () => string): VNode[] {
  if (state.tab === "build") return build(report, state);
  if (state.tab === "run") return run(state);
  return [findings(report, state, text), ...parts(bases(report))];
}

function parts(node: VNode | null): VNode[] {
  return node === null ? [] : [node];
}

function empty(): VNode {
  return h(
    "section",
    { key: "empty", class: "empty", "aria-labelledby": "empty-title" },
    layers,
    h("h2", { id: "empty-title" }, texts.empty.title),
    h("p", {}, texts.empty.about),
    h("ul", { class: "example-list" }, examples.map(exampleEntry)),
  );
}

function mishap(sentence: string): VNode {
  return h(
    "div",
    { key: "mishap", class: "mishap", role: "alert" },
    h("p", {}, sentence),
    h("button", { type: "button", class: "button small", on: { click: ask("retry", {}) } }, texts.errors.checkAgain),
  );
}
