import { type Child, type VNode, h } from "../../h.ts";
import type { ChangeKind, NamedKind } from "../../build/change.ts";
import type { Built, Outlook } from "../../build/simulator.ts";
import type { Report } from "../../engine.ts";
import type { State } from "../../state.ts";
import { ask } from "../../events.ts";
import { count } from "../../words.ts";
import { items, safeFixes } from "../../items.ts";
import { type Segment, segments } from "../segments.ts";
import { prose } from "../prose.ts";
import { stageRows } from "../../build/rows.ts";

const KINDS: readonly Segment<ChangeKind>[] = [
  { id: "file", title: "File" },
  { id: "image", title: "Image" },
  { id: "arg", title: "ARG" },
  { id: "here", title: "This line" },
  { id: "nothing", title: "Nothing" },
];

/** What changed between two builds, and what that rebuilds: now, and after fixes. */
export function change(built: Built, report: Report, state: State): VNode {
  const { what, suggestions } = built;
  const kinds = KINDS.filter(({ id }) => !isNamed(id) || id === "file" || suggestions[id].length > 0 || id === what.kind);
  return h(
    "section",
    { key: "change", class: "card change", "aria-labelledby": "change-title" },
    h("h2", { id: "change-title" }, "What changed?"),
    segments("change-kind", "What changed between two builds", kinds, what.kind, (kind) => ask("changekind", { kind })),
    h("div", { class: "which" }, which(built)),
    outlook(built, report, state),
    notes(built),
  );
}

function which(built: Built): Child {
  const { kind, name } = built.what;
  if (kind === "nothing") return h("p", { class: "aside" }, "A second build of the same: what the cache gives without any change.");
  if (kind === "here") return here(built, name);
  return [kind === "file" && path(name), chips(kind, built.suggestions[kind], name)];
}

function path(name: string): VNode {
  return h(
    "label",
    { key: "path", class: "path" },
    h("span", {}, "Path"),
    h("input", {
      type: "text",
      value: name,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      placeholder: "src/app.js",
      title: "From the root of the build context; with a slash at its end a folder",
      on: { input: typed },
    }),
  );
}

function typed(event: Event): void {
  const { currentTarget: field } = event;
  if (field instanceof HTMLInputElement) ask("changename", { kind: "file", name: field.value })(event);
}

function chips(kind: NamedKind, names: readonly string[], chosen: string): Child {
  if (names.length === 0) return h("p", { key: "chips", class: "aside" }, "The file takes none from the build context: type one.");
  return h(
    "div",
    { key: "chips", class: "chips", role: "group", "aria-label": "Suggestions from this file" },
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
  if (row === undefined) return h("p", { class: "aside" }, "Put the caret on an instruction of a stage: it is the one that changes.");
  const { keyword, text, line } = row;
  return h("p", { class: "aside here" }, `The text of line ${line}, where the caret is: `, h("code", {}, `${keyword} ${text}`.split("\n")[0]));
}

/** How many steps are rebuilt: now, after the safe fixes, and after all. */
function outlook(built: Built, report: Report, { mended }: State): VNode {
  const { simulation, what } = built;
  const all = items(report);
  const safe = safeFixes(all);
  const review = all.filter(({ fix }) => fix?.applicability === "review").length;
  const canMend = what.kind !== "here" && what.kind !== "nothing" && report.score !== null;
  const rows: { key: string; title: string; outlook: Outlook | null | undefined }[] = [
    { key: "now", title: "As it is", outlook: { fixes: 0, ...simulation } },
    ...(canMend && safe > 0 ? [{ key: "safe", title: `With the ${fixes(safe, "safe ")}`, outlook: mended?.safe }] : []),
    ...(canMend && review > 0
      ? [{ key: "all", title: safe > 0 ? "With all fixes, those to review too" : `With the ${fixes(review)} to review`, outlook: mended?.all }]
      : []),
  ];
  const most = Math.max(1, ...rows.map(({ outlook }) => (outlook ? outlook.rebuilt + outlook.cached : 0)));
  return h(
    "dl",
    { class: "outlook", "aria-label": "Steps that are rebuilt" },
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

function fixes(number: number, kind = ""): string {
  return number === 1 ? `${kind}fix` : `${number} ${kind}fixes`;
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
  if (outlook === null) return h("span", { class: "aside" }, "no fix could be applied");
  const { rebuilt, cached } = outlook;
  return [h("b", {}, String(rebuilt)), ` of ${count(rebuilt + cached, "step")} rebuilt`];
}

function notes({ simulation: { notes } }: Built): Child {
  return notes.length > 0 && h("ul", { class: "notes" }, notes.map((note) => h("li", {}, prose(note))));
}

function isNamed(kind: ChangeKind): kind is NamedKind {
  return kind === "file" || kind === "arg" || kind === "image";
}
