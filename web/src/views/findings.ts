import { type Group, type TitleOf, cost, groups } from "../groups.ts";
import { type Item, items, safeFixes, shown } from "../items.ts";
import { MINUS } from "../words.ts";
import { type VNode, h } from "../h.ts";
import { filters, nothingShown } from "./filters.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { clean } from "./clean.ts";
import { finding } from "./finding.ts";
import { prose } from "./prose.ts";
import { texts } from "../texts.ts";

export function findings(report: Report, state: State, text: () => string): VNode {
  const all = items(report);
  const listed = shown(all, state.hidden);
  return h(
    "section",
    { key: "findings", class: "findings", "aria-labelledby": "findings-title" },
    h(
      "div",
      { class: "findings-head" },
      h("h2", { id: "findings-title", tabindex: -1 }, title(all.length, listed.length)),
      fixAll(all),
    ),
    filters(all, state),
    all.length === 0 ? clean(report) : list(listed, report, state, text),
    all.length > 0 && listed.length === 0 && nothingShown(all),
    listed.length > state.limit &&
      h(
        "button",
        { type: "button", class: "button", on: { click: ask("more", {}) } },
        texts.findings.more(listed.length),
      ),
    report.suppressed.length > 0 && suppressed(report),
  );
}

function title(all: number, listed: number): string {
  if (all === 0) return texts.findings.none;
  return all === listed ? texts.common.findings(all) : texts.findings.some(listed, all);
}

function list(listed: readonly Item[], report: Report, state: State, text: () => string): VNode[] {
  const { rules, shellRules, grouping, limit } = state;
  const titleIn = (texts: unknown, rule: string) => (texts instanceof Map ? texts.get(rule)?.title : undefined);
  const titleOf: TitleOf = (rule) => titleIn(rules, rule) ?? titleIn(shellRules, rule) ?? rule;
  let left = limit;
  return groups(listed, grouping, report, titleOf).flatMap((group) => {
    const rows = group.items.slice(0, left);
    left -= rows.length;
    if (rows.length === 0) return [];
    const entries = h("ol", { class: "list" }, rows.map((item) => finding(item, state, text)));
    return [h("div", { key: `group-${grouping}-${group.id}`, class: "group" }, group.title !== "" && head(group), entries)];
  });
}

function head({ title, items }: Group): VNode {
  const points = cost(items);
  return h(
    "p",
    { class: "group-head" },
    h("b", {}, title),
    h("span", {}, texts.common.findings(items.length)),
    points > 0 && h("span", { class: "points", title: texts.score.points }, `${MINUS}${points}`),
  );
}

function fixAll(all: readonly Item[]): VNode | false {
  const safe = safeFixes(all);
  if (safe === 0) return false;
  return h(
    "button",
    { type: "button", class: "button primary", on: { click: ask("fixall", {}) } },
    texts.findings.fixAll(safe),
  );
}

function suppressed({ suppressed }: Report): VNode {
  return h(
    "details",
    { class: "suppressed" },
    h("summary", {}, texts.findings.silenced(suppressed.length)),
    h("ul", {}, suppressed.map(({ line, message }) => h("li", {}, texts.findings.silencedAt(line), prose(message)))),
  );
}
