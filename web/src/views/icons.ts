import { type VNode, h } from "../h.ts";
import type { Outcome, Severity } from "../engine.ts";
import type { Theme } from "../settings.ts";

const SEVERITY: Record<Severity, VNode> = {
  error: h("path", { d: "M8 1l7 7-7 7-7-7z" }),
  warning: h("path", { d: "M8 1.5l7 13H1z" }),
  info: h("circle", { cx: 8, cy: 8, r: 6.5 }),
  style: h("rect", { x: 2.5, y: 2.5, width: 11, height: 11, rx: 1.5 }),
};

/** Each severity has a shape of its own, the one that the editor's gutter shows. */
export function severityIcon(severity: Severity): VNode {
  return icon(`severity-icon severity-${severity}`, SEVERITY[severity]);
}

const STATE: Record<Outcome["state"], VNode> = {
  cached: h("path", { class: "stroke", d: "M2.5 8.5l3.5 3.5 7.5-8" }),
  rebuilt: h("path", { class: "stroke", d: "M13.2 6A5.6 5.6 0 1 0 13.6 9.2M13.4 2.2V6H9.6" }),
  metadata: h("circle", { cx: 8, cy: 8, r: 2.2 }),
  skipped: h("path", { class: "stroke", d: "M3 8h10" }),
};

/** What becomes of a step has a shape of its own, too. */
export function stateIcon(state: Outcome["state"]): VNode {
  return icon(`icon state-icon state-${state}`, STATE[state]);
}

const THEME: Record<Theme, VNode[]> = {
  auto: [h("circle", { cx: 8, cy: 8, r: 6, class: "stroke" }), h("path", { d: "M8 2a6 6 0 0 1 0 12z" })],
  light: [
    h("circle", { cx: 8, cy: 8, r: 3.2 }),
    h("path", {
      class: "stroke",
      d: "M8 .8v2M8 13.2v2M.8 8h2M13.2 8h2M2.9 2.9l1.4 1.4M11.7 11.7l1.4 1.4M2.9 13.1l1.4-1.4M11.7 4.3l1.4-1.4",
    }),
  ],
  dark: [h("path", { d: "M13.8 9.9A6.3 6.3 0 0 1 6.1 2.2a6.3 6.3 0 1 0 7.7 7.7z" })],
};

export function themeIcon(theme: Theme): VNode {
  return icon("icon", ...THEME[theme]);
}

export const chevron = icon("icon chevron", h("path", { class: "stroke", d: "M4 6l4 4 4-4" }));
export const folder = icon("icon", h("path", { class: "stroke", d: "M1.5 12.5v-9h4.6l1.6 2h6.8v7z" }));
export const layers = icon(
  "icon",
  h("path", { d: "M8 1.5l7 3.5-7 3.5L1 5z" }),
  h("path", { class: "stroke", d: "M1.5 8.2L8 11.5l6.5-3.3M1.5 11.2L8 14.5l6.5-3.3" }),
);
export const pencil = icon("icon", h("path", { class: "stroke", d: "M2.5 13.5l.8-3.4 7.4-7.4 2.6 2.6-7.4 7.4zM9 4.4L11.6 7" }));
/** Something is not as it should be: a shape, and not the colour alone. */
export const broken = icon("icon", h("path", { class: "stroke", d: "M8 1.8l6.7 12H1.3zM8 6v4M8 11.6v.6" }));

export function icon(name: string, ...shapes: VNode[]): VNode {
  return h("svg", { class: name, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, shapes);
}
