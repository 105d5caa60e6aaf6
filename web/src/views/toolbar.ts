import { type VNode, h } from "../h.ts";
import { chevron, themeIcon } from "./icons.ts";
import { FORMATS } from "../share/formats.ts";
import { THEMES, type Theme } from "../attributes.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { type Segment, segments } from "./segments.ts";
import { examples } from "../examples.ts";

const THEME_NAMES = { auto: "Like the system", light: "Light", dark: "Dark" };

export function toolbar({ theme }: State): VNode[] {
  return [
    menu("Examples", examples.map(exampleEntry)),
    h(
      "button",
      { type: "button", class: "button", title: "Open a file of this device", on: { click: ask("open", {}) } },
      "Open\u2026",
    ),
    menu("Share", FORMATS.map(formatEntry)),
    h("button", { type: "button", class: "button", on: { click: ask("reset", {}) } }, "Reset"),
    segments("theme", "Colours", THEMES.map(themeSegment), theme, (theme) => ask("theme", { theme })),
  ];
}

function themeSegment(id: Theme): Segment<Theme> {
  const name = THEME_NAMES[id];
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
export function exampleEntry({ id, title, about }: (typeof examples)[number]): VNode {
  return entry(title, about, ask("example", { id }));
}

function formatEntry({ id, title, about }: (typeof FORMATS)[number]): VNode {
  return entry(title, about, ask("share", { format: id }));
}

function entry(title: string, about: string, click: (event: Event) => void): VNode {
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
