import { type VNode, h } from "../h.ts";
import { chevron, themeIcon } from "./icons.ts";
import { FORMATS, type Format } from "../share/formats.ts";
import { THEMES, type Theme } from "../settings.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { type Segment, segments } from "./segments.ts";
import { ariaOf } from "../commands/shortcut.ts";
import { examples } from "../examples.ts";
import { keys } from "./keys.ts";
import { texts } from "../texts.ts";

const PALETTE = "Mod-k";

export function toolbar({ theme, earlier }: State): VNode[] {
  const own = earlier === null ? [] : [entry(texts.earlier(earlier), ask("earlier", {}))];
  return [
    menu(texts.toolbar.examples, [...own, ...examples.map(exampleEntry)]),
    h(
      "button",
      { type: "button", class: "button", title: texts.toolbar.openHint, on: { click: ask("open", {}) } },
      texts.toolbar.open,
    ),
    h(
      "button",
      { type: "button", class: "button", title: texts.toolbar.saveHint, on: { click: ask("save", {}) } },
      texts.toolbar.save,
    ),
    menu(texts.toolbar.share, FORMATS.map(formatEntry)),
    h("button", { type: "button", class: "button", on: { click: ask("reset", {}) } }, texts.toolbar.reset),
    h(
      "button",
      { type: "button", class: "button commands", "aria-keyshortcuts": ariaOf(PALETTE), "aria-haspopup": "dialog", on: { click: ask("palette", {}) } },
      texts.palette.title,
      keys(PALETTE),
    ),
    h(
      "button",
      { type: "button", class: "button shortcuts-button", title: texts.shortcuts.title, "aria-haspopup": "dialog", on: { click: ask("shortcuts", {}) } },
      h("span", { "aria-hidden": "true" }, "?"),
      h("span", { class: "unseen" }, texts.shortcuts.title),
    ),
    segments("theme", texts.toolbar.theme, THEMES.map(themeSegment), theme, (theme) => ask("theme", { theme })),
  ];
}

function themeSegment(id: Theme): Segment<Theme> {
  const name = texts.toolbar.themes[id];
  return { id, title: [themeIcon(id), h("span", { class: "unseen" }, name)], hint: name };
}

/** Of the menus one is open at most. */
function menu(title: string, entries: readonly VNode[]): VNode {
  return h(
    "details",
    { class: "menu", name: "menu" },
    h("summary", { class: "button" }, title, chevron),
    h("ul", { class: "menu-list" }, entries),
  );
}

/** Also the way on from an empty editor. */
export function exampleEntry({ id }: (typeof examples)[number]): VNode {
  return entry(texts.examples[id], ask("example", { id }));
}

function formatEntry(format: Format): VNode {
  return entry(texts.share.formats[format], ask("share", { format }));
}

function entry({ title, about }: { readonly title: string; readonly about: string }, click: (event: Event) => void): VNode {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "example", on: { click } },
      h("span", { class: "example-title" }, title),
      h("span", { class: "example-about" }, about),
    ),
  );
}
