import { type Group, type Grouping, type TitleOf, groups } from "../groups.ts";
import { type Item, cost, fixable, isMuted, items, shown } from "../items.ts";
import { MINUS } from "../words.ts";
import { type VNode, h } from "../h.ts";
import { filters, nothingShown } from "./filters.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { clean } from "./clean.ts";
import { finding } from "./finding.ts";
import { quiet } from "./quiet.ts";
import { small } from "./small.ts";
import { texts } from "../texts.ts";

export function findings(report: Report, state: State, text: () => string): VNode {
  const all = items(report);
  const { hidden, muted, category } = state;
  const heard = all.filter((item) => !isMuted(item, muted));
  const listed = shown(all, hidden, muted, category);
  return h(
    "section",
    { key: "findings", class: "findings", "aria-labelledby": "findings-title" },
    h(
      "div",
      { class: "findings-head" },
      h(
        "h2",
        { id: "findings-title", tabindex: -1 },
        texts.findings.listed(listed.length, all.length),
        cost(listed) > 0 && h("span", { class: "sum", title: listed.length === all.length ? texts.findings.sumHint : texts.score.points }, texts.findings.sum(cost(listed))),
      ),
      fixAll(heard),
    ),
    filters(heard, report, state),
    all.length === 0 ? clean(report) : list(listed, heard, report, state, text),
    heard.length > 0 && listed.length === 0 && nothingShown(shown(all, new Set(), muted, category)),
    listed.length > state.limit &&
      h(
        "button",
        { type: "button", class: "button", on: { click: ask("more", {}) } },
        texts.findings.more(listed.length),
      ),
    quiet(report, all, state, text),
  );
}

function list(listed: readonly Item[], heard: readonly Item[], report: Report, state: State, text: () => string): VNode[] {
  const { rules, shellRules, grouping, limit } = state;
  const titleIn = (texts: unknown, rule: string) => (texts instanceof Map ? texts.get(rule)?.title : undefined);
  const titleOf: TitleOf = (rule) => titleIn(rules, rule) ?? titleIn(shellRules, rule) ?? rule;
  let left = limit;
  return groups(listed, grouping, report, titleOf).flatMap((group) => {
    const rows = group.items.slice(0, left);
    left -= rows.length;
    if (rows.length === 0) return [];
    const entries = h("ol", { class: "list" }, rows.map((item) => finding(item, heard, state, text)));
    return [h("div", { key: `group-${grouping}-${group.id}`, class: "group" }, group.title !== "" && head(group, grouping), entries)];
  });
}

function head({ title, items }: Group, grouping: Grouping): VNode {
  const points = cost(items);
  const [safe, review] = grouping === "rule" ? [fixable(items, "safe"), fixable(items, "review")] : [[], []];
  const [first] = items;
  return h(
    "div",
    { class: "group-head" },
    h("b", {}, title),
    h("span", {}, texts.common.findings(items.length)),
    points > 0 && h("span", { class: "points", title: texts.score.points }, `${MINUS}${points}`),
    first !== undefined && safe.length > 1 && small(texts.findings.fixRule(safe.length), ask("fixall", { rules: [first.rule] })),
    review.length > 1 && small(texts.findings.reviewRule(review.length), ask("review", { keys: keysOf(review) })),
  );
}

/** What can be done about all of it at once. */
function fixAll(all: readonly Item[]): VNode | false {
  const [safe, review] = [fixable(all, "safe"), fixable(all, "review")];
  if (safe.length === 0 && review.length < 2) return false;
  return h(
    "div",
    { class: "actions" },
    review.length > 1 &&
      h("button", { type: "button", class: "button", on: { click: ask("review", { keys: keysOf(review) }) } }, texts.findings.reviewAll(review.length)),
    safe.length > 0 &&
      h("button", { type: "button", class: "button primary", on: { click: ask("fixall", { rules: [] }) } }, texts.findings.fixAll(safe.length)),
  );
}
function keysOf(rows: readonly Item[]): readonly string[] {
  return rows.map(({ key }) => key);
}
