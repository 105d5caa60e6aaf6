import { type VNode, h } from "../h.ts";
import { chevron, themeIcon } from "./icons.ts";
import { THEMES } from "../attributes.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { examples } from "../examples.ts";

const THEME_NAMES = { auto: "Like the system", light: "Light", dark: "Dark" };

export function toolbar({ theme }: State): VNode[] {
  return [
    h(
      "details",
      { class: "menu" },
      h("summary", { class: "button" }, "Examples", chevron),
      h("ul", { class: "menu-list" }, examples.map(exampleEntry)),
    ),
    h(
      "button",
      { type: "button", class: "button", title: "Open a file of this device", on: { click: ask("open", {}) } },
      "Open\u2026",
    ),
    h("button", { type: "button", class: "button", on: { click: ask("reset", {}) } }, "Reset"),
    h(
      "fieldset",
      { class: "themes" },
      h("legend", { class: "unseen" }, "Colours"),
      THEMES.map((name) =>
        h(
          "label",
          { title: THEME_NAMES[name] },
          h("input", {
            type: "radio",
            name: "theme",
            value: name,
            checked: name === theme,
            class: "unseen",
            on: { change: ask("theme", { theme: name }) },
          }),
          h("span", { class: "theme" }, themeIcon(name), h("span", { class: "unseen" }, THEME_NAMES[name])),
        ),
      ),
    ),
  ];
}

/** Also the way on from an empty editor. */
export function exampleEntry({ id, title, about }: (typeof examples)[number]): VNode {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "example", on: { click: ask("example", { id }) } },
      h("span", { class: "example-title" }, title),
      h("span", { class: "example-about" }, about),
    ),
  );
}
