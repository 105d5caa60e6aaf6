import { type Shortcut, namesOf } from "../commands/shortcut.ts";
import { type VNode, h } from "../h.ts";
import type { Command } from "../commands/table.ts";
import { ask } from "../events.ts";
import { grouped } from "../grouped.ts";
import { keys } from "./keys.ts";
import { texts } from "../texts.ts";

type EditorKey = keyof typeof texts.shortcuts.editor;

/** What the editor answers to by itself. */
const EDITOR_KEYS: readonly (readonly [name: EditorKey, shortcut: Shortcut])[] = [
  ["complete", "Ctrl-Space"],
  ["comment", "Mod-/"],
  ["moveUp", "Alt-ArrowUp"],
  ["moveDown", "Alt-ArrowDown"],
  ["copyDown", "Shift-Alt-ArrowDown"],
  ["deleteLine", "Mod-Shift-k"],
  ["dismiss", "Escape"],
  ["leave", "Tab"],
];

/** All shortcuts, and what each does. */
export function shortcuts(commands: readonly Command[]): VNode[] {
  const say = texts.shortcuts;
  return [
    h(
      "div",
      { key: "shortcuts", class: "shortcuts" },
      h(
        "div",
        { class: "dialog-head" },
        h("h2", {}, say.title),
        h("button", { type: "button", class: "button small", autofocus: true, on: { click: ask("leave", {}) } }, say.close),
      ),
      h("p", { class: "aside" }, say.about),
      h(
        "div",
        { class: "shortcut-groups", tabindex: 0, role: "group", "aria-label": say.title },
        [...grouped(commands, ({ group }) => group)].map(([group, own]) => table(texts.commands.groups[group], own.map(row))),
        table(texts.commands.groups.editor, EDITOR_KEYS.map(([name, shortcut]) => entry(say.editor[name], [shortcut]))),
      ),
    ),
  ];
}

function table(title: string, rows: readonly VNode[]): VNode {
  return h("section", { key: title }, h("h3", {}, title), h("dl", {}, rows));
}

function row({ title, keys = [], isOutside }: Command): VNode {
  return entry(title, keys, isOutside === true ? texts.shortcuts.outside : "");
}

function entry(title: string, all: readonly Shortcut[], where = ""): VNode {
  const named = [...new Map(all.map((shortcut) => [namesOf(shortcut).join(), shortcut])).values()];
  return h(
    "div",
    { key: title },
    h("dt", {}, title, where !== "" && h("span", { class: "aside" }, ` ${where}`)),
    h("dd", {}, named.flatMap((shortcut, index) => [index > 0 && ` ${texts.shortcuts.or} `, keys(shortcut)])),
  );
}
