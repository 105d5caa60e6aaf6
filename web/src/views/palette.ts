import type { Overlay, State } from "../state.ts";
import { type VNode, h } from "../h.ts";
import type { Command } from "../commands/table.ts";
import { ask } from "../events.ts";
import { grouped } from "../grouped.ts";
import { keys } from "./keys.ts";
import { prose } from "./prose.ts";
import { texts } from "../texts.ts";

const LIST = "palette-list";

/** All commands, and the field that finds one of them: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function palette({ query, chosen }: Extract<Overlay, { kind: "palette" }>, found: readonly Command[], state: State): VNode[] {
  const say = texts.palette;
  const at = Math.min(chosen, found.length - 1);
  const command = found[at];
  return [
    h(
      "div",
      { key: "palette", class: "palette" },
      h("h2", { class: "unseen" }, say.title),
      h("input", {
        type: "text",
        class: "palette-field",
        role: "combobox",
        "aria-label": say.label,
        "aria-expanded": "true",
        "aria-controls": LIST,
        "aria-autocomplete": "list",
        "aria-activedescendant": command === undefined ? undefined : optionId(command),
        placeholder: say.placeholder,
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        autofocus: true,
        value: query,
        on: { input: typed, keydown: (event) => pressed(event, at, found) },
      }),
      h("div", { id: LIST, class: "palette-list", role: "listbox", "aria-label": say.results, tabindex: -1 }, query.trim() === "" ? groups(found, at) : found.map((one, index) => option(one, index, at))),
      found.length === 0 && h("p", { class: "palette-none" }, nothing(query, state)),
      h("p", { class: "unseen", role: "status" }, say.count(found.length)),
      h("p", { class: "palette-hint" }, say.hint),
    ),
  ];
}

function groups(found: readonly Command[], at: number): VNode[] {
  let index = 0;
  return [...grouped(found, ({ group }) => group)].map(([group, own]) =>
    h(
      "div",
      { key: group, role: "group", "aria-label": texts.commands.groups[group] },
      h("div", { class: "palette-group", "aria-hidden": "true" }, texts.commands.groups[group]),
      own.map((one) => option(one, index++, at)),
    ),
  );
}

function option(command: Command, index: number, at: number): VNode {
  const { id, title, about, keys: shortcuts, asks } = command;
  const [shortcut] = shortcuts ?? [];
  return h(
    "div",
    {
      key: id,
      id: optionId(command),
      class: "palette-option",
      role: "option",
      "aria-selected": String(index === at),
      on: { click: ask("run", { asks }) },
    },
    h("span", { class: "palette-title" }, prose(title)),
    about !== undefined && h("span", { class: "palette-about" }, about),
    shortcut !== undefined && keys(shortcut),
  );
}

/** A code that is known, and of which this file has no finding, is told of by its name. */
function nothing(query: string, { rules }: State): string {
  const code = query.trim().toUpperCase();
  if (rules instanceof Map) {
    for (const { codes, title } of rules.values()) {
      if (codes.some((one: { code: string }) => one.code.toUpperCase() === code)) return texts.palette.noFinding(code, title);
    }
  }
  return texts.palette.none(query.trim());
}

function optionId({ id }: Command): string {
  return `command-${id}`;
}

function typed(event: Event): void {
  const { currentTarget: field } = event;
  if (field instanceof HTMLInputElement) ask("search", { query: field.value })(event);
}

const PAGE = 8;

function pressed(event: Event, at: number, found: readonly Command[]): void {
  if (!(event instanceof KeyboardEvent) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const last = found.length - 1;
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at >= last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    PageDown: Math.min(last, at + PAGE),
    PageUp: Math.max(0, at - PAGE),
  };
  const index = to[event.key];
  const command = found[at];
  if (index !== undefined) ask("choose", { index })(event);
  else if (event.key === "Enter" && command !== undefined) ask("run", { asks: command.asks })(event);
  else if (event.key !== "Tab") return;
  event.preventDefault(); // there is nothing else to go to with Tab
}
