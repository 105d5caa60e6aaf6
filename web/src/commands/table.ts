import { type Item, fixable, isMuted, items, shown } from "../items.ts";
import { GROUPINGS } from "../groups.ts";
import { SEVERITIES } from "../settings.ts";
import { FILE_NAMES, SHOWN_NAMES } from "../files.ts";
import { FORMATS } from "../share/formats.ts";
import type { NamedKind } from "../build/change.ts";
import type { Requests } from "../events.ts";
import type { Shortcut } from "./shortcut.ts";
import type { State } from "../state.ts";
import { THEMES } from "../settings.ts";
import { examples } from "../examples.ts";
import { grouped } from "../grouped.ts";
import { texts } from "../texts.ts";

/** A request with what is said along with it. */
export type Asked = { readonly [Name in keyof Requests]: readonly [name: Name, detail: Requests[Name]] }[keyof Requests];

export type Group = Exclude<keyof typeof texts.commands.groups, "editor">;

/** Something that a person can do in the page. The palette, the list of shortcuts, the menu at the cursor and the keyboard know only these. */
export interface Command {
  readonly id: string;
  readonly group: Group;
  /** A text in which `` `…` `` is code. */
  readonly title: string;
  /** What more there is to say in a word or two. */
  readonly about?: string;
  /** Other words by which people look for it. */
  readonly words?: string;
  /** The first of them is the one that is shown. */
  readonly keys?: readonly Shortcut[];
  /** The keys are those of a character, so they count only where no text is written. */
  readonly isOutside?: boolean;
  /** The editor answers to the keys itself while it has the focus. */
  readonly isEditors?: boolean;
  /** Whether it can be done now; it can if nothing is said. */
  readonly can?: boolean;
  /** What is asked of the element, in order. */
  readonly asks: readonly Asked[];
}

const say = texts.commands;
const words = say.words;

/** All commands, as they are in a state of the page with the caret on some findings: those that one looks for most often come first. */
export function commands(state: State, here: readonly Item[]): readonly Command[] {
  return [
    ...here.flatMap((item) => about(item, state)),
    ...steps(state),
    ...views(state),
    ...share(),
    ...files(),
    ...help(),
    ...around(state),
    ...builds(state),
    ...filters(state),
    ...quiet(state),
    ...colours(),
    ...goTo(state),
    ...rules(state),
    ...showings(state),
  ];
}

/** The commands with keys. They are cheap to make: the keyboard asks for them at every press. */
export function keyed(state: State): readonly Command[] {
  return [...steps(state), ...files(), ...help()].filter(({ keys }) => keys !== undefined);
}

/** What can be done about a finding. */
export function about({ key, rule, message, fix }: Item, state: State): readonly Command[] {
  const group = "here";
  const safe = safeOf(state, rule);
  const isSafe = fix?.applicability === "safe";
  return [
    { id: `fix-${key}`, group, title: fix?.title ?? "", words: words.fixAll, can: isSafe, asks: [["apply", { key }]] },
    { id: `look-${key}`, group, title: say.look(fix?.title ?? ""), words: words.fixAll, can: fix !== null, asks: [["review", { keys: [key] }]] },
    { id: `rule-${key}`, group, title: say.fixRule(rule, safe), words: words.fixRule, can: safe > 1, asks: [["fixall", { rules: [rule] }]] },
    { id: `silence-${key}`, group, title: say.silence(rule), words: words.silence, asks: [["silence", { key }]] },
    { id: `mute-${key}`, group, title: say.mute(rule), words: words.silence, asks: [["mute", { what: message }]] },
    { id: `explain-${key}`, group, title: say.explain(message), words: words.explainPlace, asks: [["explain", { key }]] },
    { id: `report-${key}`, group, title: texts.falsePositive.button, words: words.report, asks: [["falsepositive", { key }]] },
  ] satisfies readonly Command[];
}

function safeOf(state: State, rule: string): number {
  return fixable(listed(state), "safe").filter((item) => item.rule === rule).length;
}

/** The findings that are neither hidden nor muted. */
function listed({ report, hidden, muted, category }: State): readonly Item[] {
  return report === null ? [] : shown(items(report), hidden, muted, category);
}

function steps(state: State): readonly Command[] {
  const all = listed(state);
  const { report } = state;
  const safe = fixable(all, "safe").length;
  const review = fixable(all, "review").map(({ key }) => key);
  const can = report !== null; // where there is nothing to go to, that is said
  return [
    { id: "fix-all", group: "fix", title: say.fixAll(safe), words: words.fixAll, can: safe > 0, asks: [["fixall", { rules: [] }]] },
    { id: "review-all", group: "fix", title: say.reviewAll(review.length), words: words.fixAll, can: review.length > 0, asks: [["review", { keys: review }]] },
    { id: "fixes-here", group: "fix", title: say.fixesHere, words: words.fixAll, keys: ["Mod-."], can, asks: [["fixmenu", {}]] },
    { id: "next", group: "find", title: say.next, words: words.next, keys: ["F8"], can, asks: [["step", { to: "next" }]] },
    { id: "previous", group: "find", title: say.previous, words: words.previous, keys: ["Shift-F8"], can, asks: [["step", { to: "previous" }]] },
  ];
}

function views({ isLineOpen, report }: State): readonly Command[] {
  const can = report !== null;
  return [
    { id: "tab-findings", group: "view", title: say.tab.findings, words: words.findings, can, asks: [["tab", { tab: "findings" }]] },
    { id: "tab-build", group: "view", title: say.tab.build, words: words.build, can, asks: [["tab", { tab: "build" }]] },
    { id: "tab-run", group: "view", title: say.tab.run, words: words.run, can, asks: [["tab", { tab: "run" }]] },
    { id: "line", group: "view", title: say.thisLine(isLineOpen), words: words.thisLine, asks: [["line", {}]] },
    { id: "editor", group: "view", title: say.editor, words: words.editor, asks: [["focus", {}]] },
    ...FILE_NAMES.map((file): Command => ({ id: `file-${file}`, group: "view", title: say.openFile(SHOWN_NAMES[file]), asks: [["file", { file }], ["focus", {}]] })),
  ];
}

/** Goes to a line, by its number. */
export function toLine(line: number): Command {
  return { id: "line-number", group: "go", title: say.goLine(line), asks: [["goline", { line }]] };
}

function share(): readonly Command[] {
  return FORMATS.map((format) => {
    const { title, about } = texts.share.formats[format];
    return { id: `share-${format}`, group: "share", title, about, words: words.share, asks: [["share", { format }]] };
  });
}

function files(): readonly Command[] {
  return [
    { id: "open", group: "file", title: say.open, words: words.open, asks: [["open", {}]] },
    { id: "save", group: "file", title: say.save, words: words.save, keys: ["Mod-s"], asks: [["save", {}]] },
    { id: "new", group: "file", title: say.new, words: words.new, asks: [["new", {}]] },
    { id: "reset", group: "file", title: say.reset, words: words.reset, asks: [["reset", {}]] },
    { id: "undo", group: "file", title: say.undo, keys: ["Mod-z"], isEditors: true, asks: [["undo", {}]] },
    { id: "redo", group: "file", title: say.redo, keys: ["Mod-Shift-z", "Mod-y"], isEditors: true, asks: [["redo", {}]] },
  ];
}

function showings({ earlier }: State): readonly Command[] {
  const { title, about } = texts.earlier(earlier ?? "");
  return [
    { id: "earlier", group: "file", title: say.example(title), about, words: words.earlier, can: earlier !== null, asks: [["earlier", {}]] },
    ...examples.map(({ id }): Command => {
      const { title, about } = texts.examples[id];
      return { id: `example-${id}`, group: "file", title: say.example(title), about, asks: [["example", { id }]] };
    }),
  ];
}

function help(): readonly Command[] {
  return [
    { id: "palette", group: "help", title: say.palette, keys: ["Mod-k"], can: true, asks: [["palette", {}]] },
    { id: "shortcuts", group: "help", title: say.shortcuts, words: words.shortcuts, keys: ["?"], isOutside: true, asks: [["shortcuts", {}]] },
    { id: "explain-place", group: "help", title: say.explainPlace, words: words.explainPlace, keys: ["Mod-i"], asks: [["hover", {}]] },
  ];
}

/** What the page around the element has. */
function around({ hasProof }: State): readonly Command[] {
  return [{ id: "proof", group: "help", title: say.proof, words: words.proof, can: hasProof, asks: [["proof", {}]] }];
}

/** What changed between two builds, and which stage is built. */
function builds({ report, target, built }: State): readonly Command[] {
  if (report === null) return [];
  const shows: Asked = ["tab", { tab: "build" }];
  const kinds = (["file", "image", "arg", "here", "nothing"] as const).map((kind): Command => ({
    id: `change-${kind}`,
    group: "build",
    title: say.change[kind],
    words: words.change,
    asks: [shows, ["changekind", { kind }]],
  }));
  const named = (["file", "image", "arg"] as const satisfies readonly NamedKind[]).flatMap((kind) =>
    (built?.suggestions[kind] ?? []).map((name): Command => ({
      id: `change-${kind}-${name}`,
      group: "build",
      title: say.changed(name),
      words: words.change,
      asks: [shows, ["changekind", { kind }], ["changename", { kind, name }]],
    })),
  );
  const names = report.stages.flatMap(({ name }) => name ?? []);
  const stages = names.map((name): Command => ({
    id: `target-${name}`,
    group: "build",
    title: say.target(name),
    words: words.target,
    can: name !== target,
    asks: [shows, ["target", { target: name }]],
  }));
  const last: Command = { id: "target", group: "build", title: say.lastTarget, words: words.target, can: target !== null, asks: [shows, ["target", { target: null }]] };
  return [...kinds, ...named, ...stages, last];
}

function filters({ report, hidden, muted, category: only }: State): readonly Command[] {
  const all = report === null ? [] : items(report).filter((item) => !isMuted(item, muted));
  const shows: Asked = ["tab", { tab: "findings" }];
  const severities = SEVERITIES.map((severity): Command => ({
    id: `severity-${severity}`,
    group: "filter",
    title: say.severity(texts.severities[severity], hidden.has(severity)),
    words: words.filter,
    can: all.some((item) => item.severity === severity),
    asks: [shows, ["severity", { severity }]],
  }));
  const groupings = GROUPINGS.map((grouping): Command => ({
    id: `group-${grouping}`,
    group: "filter",
    title: say.group(texts.filters.groupings[grouping]),
    can: all.length > 1,
    asks: [shows, ["group", { grouping }]],
  }));
  const categories = (report?.score?.categories ?? []).map(({ id, title }): Command => ({
    id: `category-${id}`,
    group: "filter",
    title: say.category(title),
    can: id !== only && all.some((item) => item.category === id),
    asks: [["category", { category: id }]],
  }));
  const every: Command = { id: "category", group: "filter", title: say.everyCategory, can: only !== null, asks: [["category", { category: null }]] };
  return [...severities, ...categories, every, ...groupings];
}

/** What is ignored by comments, and what is muted. */
function quiet({ report, muted, isQuietOpen }: State): readonly Command[] {
  const isThere = report !== null && (report.suppressed.length > 0 || items(report).some((item) => isMuted(item, muted)));
  return [
    { id: "quiet", group: "filter", title: say.quiet, words: words.silence, can: isThere && !isQuietOpen, asks: [["quiet", { isOpen: true }]] },
    { id: "unmute", group: "filter", title: texts.quiet.unmuteAll, words: words.silence, can: muted.size > 0, asks: [["unmute", { what: null }]] },
  ];
}

function colours(): readonly Command[] {
  return THEMES.map((theme) => ({ id: `theme-${theme}`, group: "colours", title: say.theme[theme], words: words.theme[theme], asks: [["theme", { theme }]] }));
}

/** Every finding, whatever is listed now: who types its code wants to go there. */
function goTo({ report }: State): readonly Command[] {
  if (report === null) return [];
  return items(report).map(({ key, message, line, codes, rule }) => ({
    id: `go-${key}`,
    group: "go",
    title: message,
    about: say.line(line),
    words: [...codes, rule].join(" "),
    asks: [["go", { key }]],
  }));
}

/** Every rule with more than one safe fix here. */
function rules(state: State): readonly Command[] {
  const found = [...grouped(fixable(listed(state), "safe"), ({ rule }) => rule)];
  return found.filter(([, own]) => own.length > 1).map(([rule, own]) => ({
    id: `fix-rule-${rule}`,
    group: "fix",
    title: say.fixRule(rule, own.length),
    words: words.fixRule,
    asks: [["fixall", { rules: [rule] }]],
  }));
}
