import { GROUPINGS, SEVERITY_NAMES } from "../groups.ts";
import { SEVERITIES } from "../settings.ts";
import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import type { Item } from "../items.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { severityIcon } from "./icons.ts";
import { texts } from "../texts.ts";

/** Which severities are shown, and what the rows are put together by. A list of one row needs neither, unless it is hidden. */
export function filters(all: readonly Item[], { score }: Report, { hidden, grouping, category }: State): VNode | false {
  if (all.length < 2 && !all.some(({ severity }) => hidden.has(severity))) return false;
  const only = score?.categories.find(({ id }) => id === category && all.some((item) => item.category === id));
  const present = SEVERITIES.map((severity) => ({ severity, rows: all.filter((item) => item.severity === severity).length }));
  return h(
    "div",
    { class: "filters" },
    h(
      "div",
      { class: "chips", role: "group", "aria-label": texts.filters.label },
      only !== undefined && onlyChip(only.title),
      present.map(
        ({ severity, rows }) =>
          rows > 0 &&
          h(
            "button",
            {
              type: "button",
              key: severity,
              class: `chip severity-${severity}`,
              "aria-pressed": String(!hidden.has(severity)),
              title: hidden.has(severity) ? texts.filters.show : texts.filters.hide,
              on: { click: ask("severity", { severity }) },
            },
            severityIcon(severity),
            h("span", {}, SEVERITY_NAMES[severity]),
            h("span", { class: "chip-count" }, h("span", { class: "unseen" }, ", "), texts.number(rows)),
            h("span", { class: "unseen" }, texts.filters.findings(rows)),
          ),
      ),
    ),
    h(
      "label",
      { class: "grouping" },
      h("span", {}, texts.filters.groupBy),
      h(
        "select",
        { on: { change: chosen } },
        GROUPINGS.map((name) => h("option", { value: name, selected: name === grouping }, texts.filters.groupings[name])),
      ),
    ),
  );
}

/** Says that the findings of one category alone are listed, and lists all again. */
function onlyChip(title: string): VNode {
  const back = { type: "button", key: "only", class: "chip only", title: texts.filters.allCategories, on: { click: ask("category", { category: null }) } };
  return h(
    "button",
    back,
    h("span", {}, texts.filters.only(title)),
    h("span", { "aria-hidden": "true" }, "\u00d7"),
    h("span", { class: "unseen" }, `, ${texts.filters.allCategories}`),
  );
}

/** What stands in the place of the list where the severities of all rows that could be listed are hidden. */
export function nothingShown(rows: readonly Item[]): VNode {
  return h("p", { class: "aside" }, texts.filters.hidden(rows.length));
}

function chosen(event: Event): void {
  const value = event.currentTarget instanceof HTMLSelectElement ? event.currentTarget.value : "";
  const grouping = GROUPINGS.find((name) => name === value);
  if (grouping !== undefined) ask("group", { grouping })(event);
}
