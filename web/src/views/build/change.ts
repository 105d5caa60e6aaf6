import { type Child, type VNode, h } from "../../h.ts";
import type { ChangeKind, NamedKind } from "../../build/change.ts";
import type { Built, Outlook } from "../../build/simulator.ts";
import type { Report } from "../../engine.ts";
import type { State } from "../../state.ts";
import { ask } from "../../events.ts";
import { fixable, items } from "../../items.ts";
import { type Segment, segments } from "../segments.ts";
import { filled, prose } from "../prose.ts";
import { stageRows } from "../../build/rows.ts";
import { texts } from "../../texts.ts";

const KINDS: readonly ChangeKind[] = ["file", "image", "arg", "here", "nothing"];

/** What changed between two builds, and what that rebuilds: now, and after fixes. */
export function change(built: Built, report: Report, state: State): VNode {
  const { what, suggestions } = built;
  const isOffered = (kind: ChangeKind) => !isNamed(kind) || kind === "file" || suggestions[kind].length > 0 || kind === what.kind;
  const kinds = KINDS.filter(isOffered).map((id): Segment<ChangeKind> => ({ id, title: texts.change.kinds[id] }));
  return h(
    "section",
    { key: "change", class: "card change", "aria-labelledby": "change-title" },
    h("h2", { id: "change-title" }, texts.change.title),
    segments("change-kind", texts.change.label, kinds, what.kind, (kind) => ask("changekind", { kind })),
    h("div", { class: "which" }, which(built)),
    outlook(built, report, state),
    notes(built),
  );
}

function which(built: Built): Child {
  const { kind, name } = built.what;
  if (kind === "nothing") return h("p", { class: "aside" }, texts.change.nothing);
  if (kind === "here") return here(built, name);
  return [kind === "file" && path(name), chips(kind, built.suggestions[kind], name)];
}

function path(name: string): VNode {
  return h(
    "label",
    { key: "path", class: "path" },
    h("span", {}, texts.change.path),
    h("input", {
      type: "text",
      value: name,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      placeholder: "src/app.js",
      title: texts.change.pathHint,
      on: { input: typed },
    }),
  );
}

function typed(event: Event): void {
  const { currentTarget: field } = event;
  if (field instanceof HTMLInputElement) ask("changename", { kind: "file", name: field.value })(event);
}

function chips(kind: NamedKind, names: readonly string[], chosen: string): Child {
  if (names.length === 0) return h("p", { key: "chips", class: "aside" }, texts.change.noFiles);
  return h(
    "div",
    { key: "chips", class: "chips", role: "group", "aria-label": texts.change.suggestions },
    names.map((name) =>
      h(
        "button",
        {
          type: "button",
          key: name,
          class: "chip mono",
          "aria-pressed": String(name === chosen),
          on: { click: ask("changename", { kind, name }) },
        },
        name,
      ),
    ),
  );
}

function here(built: Built, id: string): VNode {
  const row = stageRows(built).flatMap(({ rows }) => rows).find((row) => row.id === id);
  if (row === undefined) return h("p", { class: "aside" }, texts.change.nowhere);
  const { keyword, text, line } = row;
  return h("p", { class: "aside here" }, filled(texts.change.here(line), h("code", {}, `${keyword} ${text}`.split("\n")[0] ?? "")));
}

/** How many steps are rebuilt: now, after the safe fixes, and after all. */
function outlook(built: Built, report: Report, { mended }: State): VNode {
  const { simulation, what } = built;
  const all = items(report);
  const safe = fixable(all, "safe").length;
  const review = fixable(all, "review").length;
  const canMend = what.kind !== "here" && what.kind !== "nothing" && report.score !== null;
  const rows: { key: string; title: string; outlook: Outlook | null | undefined }[] = [
    { key: "now", title: texts.change.now, outlook: { fixes: 0, ...simulation } },
    ...(canMend && safe > 0 ? [{ key: "safe", title: texts.change.withSafe(safe), outlook: mended?.safe }] : []),
    ...(canMend && review > 0
      ? [{ key: "all", title: safe > 0 ? texts.change.withAll : texts.change.withReview(review), outlook: mended?.all }]
      : []),
  ];
  const most = Math.max(1, ...rows.map(({ outlook }) => (outlook ? outlook.rebuilt + outlook.cached : 0)));
  return h(
    "dl",
    { class: "outlook", "aria-label": texts.change.outlook },
    rows.map(({ key, title, outlook }) =>
      h(
        "div",
        { key },
        h("dt", {}, title),
        h(
          "dd",
          {},
          h("span", { class: "cells", "aria-hidden": "true", vars: { "--most": String(most) } }, cells(outlook)),
          h("span", { class: "outlook-count" }, told(outlook)),
        ),
      ),
    ),
  );
}

/** More cells than this are too thin to be seen. */
const CELLS = 60;

function cells(outlook: Outlook | null | undefined): VNode[] {
  if (!outlook || outlook.cached + outlook.rebuilt > CELLS) return [];
  const of = (number: number, state: string) => Array.from({ length: number }, () => h("span", { class: `cell state-${state}` }));
  return [...of(outlook.cached, "cached"), ...of(outlook.rebuilt, "rebuilt")];
}

function told(outlook: Outlook | null | undefined): Child {
  if (outlook === undefined) return h("span", { class: "aside" }, "\u2026");
  if (outlook === null) return h("span", { class: "aside" }, texts.change.noFix);
  const { rebuilt, cached } = outlook;
  return filled(texts.change.rebuilt(rebuilt + cached), h("b", {}, String(rebuilt)));
}

function notes({ simulation: { notes } }: Built): Child {
  return notes.length > 0 && h("ul", { class: "notes" }, notes.map((note) => h("li", {}, prose(note))));
}

function isNamed(kind: ChangeKind): kind is NamedKind {
  return kind === "file" || kind === "arg" || kind === "image";
}
