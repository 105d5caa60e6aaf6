import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type State, initial } from "../../src/state.ts";
import { finding, known, report, stage } from "./report.ts";
import { h } from "../../src/h.ts";
import { named, nodes, text } from "./nodes.ts";
import { examples } from "../../src/examples.ts";
import { status } from "../../src/views/status.ts";
import { results } from "../../src/views/results.ts";

const shape = { lines: 3, length: 30, ending: "LF", isBlank: false } as const;

const shown = (change: Partial<State>) => results({ ...initial(shape, { shape: { ...shape, isBlank: true }, patterns: 0 }, "auto"), ...change }, () => "ADD a b\n");

test("children that are absent leave no trace", () => {
  deepEqual(h("p", {}, "a", false, null, undefined, ["b", [h("i")]]).children, ["a", "b", h("i")]);
});

test("a category that does not apply says so and has no bar", () => {
  const categories = [
    { id: "a", title: "Layers", total: 70, applies: true },
    { id: "b", title: "Multi-stage", total: 100, applies: false },
  ];
  const nodes = shown({ report: report({ score: { total: 70, grade: "C", cap: null, categories } }) });
  equal(named(nodes, "fill").length, 1);
  equal(text(named(nodes, "not-judged")), "Multi-stagen/a");
});

test("a stage to build that is not there is told of beside the score", () => {
  const told = (target: string | null, change = {}) =>
    /no stage `?gone/.test(text(shown({ target, report: report({ stages: [stage({ name: "Build" }), stage()], ...change }) })));
  ok(told("gone"));
  ok(!told(null) && !told("build") && !told("gone", { fragment: true }));
});

test("a file that BuildKit would refuse has no number", () => {
  const nodes = shown({ report: report({ score: undefined as never }) });
  equal(named(nodes, "number").length, 0);
  ok(text(nodes).includes("BuildKit would refuse this file"));
});

test("the fix for all counts the safe ones alone", () => {
  const fix = (applicability: "safe" | "review") => ({ applicability, title: "Mend", edits: [] });
  const findings = [finding({ fix: fix("safe") }), finding({ fix: fix("review") }), finding()];
  ok(text(shown({ report: report({ findings }) })).includes("Fix all safe (1)"));
});

test("a finding that costs nothing shows no points", () => {
  const findings = [finding({ points: 0 }), finding({ points: 6 })];
  deepEqual(named(named(shown({ report: report({ findings }) }), "finding"), "points").map(({ children }) => children[0]), ["\u22126"]);
});

test("a long list is shown in part, with a way to the rest", () => {
  const findings = Array.from({ length: 250 }, () => finding());
  const nodes = shown({ report: report({ findings }) });
  equal(named(nodes, "finding").length, 100);
  ok(text(nodes).includes("Show more of 250 findings"));
});

test("an empty editor offers the examples", () => {
  equal(named(shown({ shape: { ...shape, isBlank: true } }), "example").length, examples.length);
});

test("after a mishap no stale result is shown", () => {
  const nodes = shown({ trouble: "It stopped.", report: report({ findings: [finding()] }) });
  equal(named(nodes, "finding").length, 0);
  ok(text(nodes).includes("It stopped."));
});

test("what stands in backticks is code", () => {
  const [message] = named(shown({ report: report({ findings: [finding()] }) }), "message");
  deepEqual(message?.children.at(-2), h("code", {}, "app"));
});

test("an open row names the pattern that shows how it is done", () => {
  const patterns = new Map([["go", { id: "go", title: "Go", text: "FROM golang\n" }]]);
  const change = { report: report({ findings: [finding({ pattern: "go" })] }), open: new Set(["copy-not-add.local-1"]) };
  ok(text(named(shown({ ...change, patterns }), "pattern")).startsWith("A pattern for GoFROM golang"));
  ok(text(named(shown({ ...change, patterns: "failed" }), "pattern")).includes("could not be fetched"));
  ok(text(named(shown({ ...change, patterns, copied: "FROM golang\n" }), "pattern")).endsWith("Copied: pattern for Go"));
  equal(named(shown({ ...change, open: new Set() }), "pattern").length, 0);
});

test("a fix says why its parts are there, each reason once", () => {
  const edit = (start: number, insert: string, why: string) => ({ range: { start, end: start }, text: insert, why });
  const edits = [edit(0, "ENV A=1\n", "it is read"), edit(1, "ENV B=2\n", "it is read"), edit(2, "x", "")];
  const findings = [finding({ fix: { applicability: "safe", title: "Mend", edits } })];
  const nodes = shown({ report: report({ findings }), open: new Set(["copy-not-add.local-1"]) });
  equal(text(named(nodes, "reasons")), "Why each part+Comes: ENV A=1+Comes: ENV B=2it is read");
});

test("fixes that were left stand under their reason", () => {
  const left = (line: number, reason: string) => ({ rule: "r", title: `Mend ${line}`, line, reason, isHarm: false });
  const fixes = [left(1, "Look first"), left(2, "It clashes"), left(3, "Look first")];
  const nodes = shown({ report: report(), notice: { text: "Applied 1 fix", totals: null, canUndo: true, left: fixes } });
  const [shownNotice] = named(nodes, "notice");
  ok(shownNotice);
  ok(text([shownNotice]).startsWith("Applied 1 fix, left\u00a03"));
  ok(text([shownNotice]).endsWith("Look first:Line 1Mend 1Line 3Mend 3It clashes:Line 2Mend 2"));
});

test("base images are told of once each, and old data once in all", () => {
  const line = { title: "Node.js 18", ends: "2025-04-30", hasEnded: true };
  const node = known({ kind: "official", image: "node:18", line, newer: "node:24" });
  const stages = [stage({ known: node, line: 1 }), stage({ known: node, line: 5 }), stage({ known: known({ kind: "stage" }) })];
  const nodes = shown({ report: report({ stages, imageFacts: { asOf: "2026-01-02", areOld: true } }) });
  const said = text(named(nodes, "bases"));
  ok(said.startsWith("Base imagedata as of 2026-01-02, more than six months old"), said);
  ok(said.includes("node:18Lines 1, 5official image"), said);
  ok(said.includes("Node.js 18support ended on 2025-04-30"), said);
  ok(said.includes("Newernode:24"), said);
});

test("of an image without facts it is said that nothing is known", () => {
  for (const kind of ["official", "other"]) {
    const nodes = shown({ report: report({ stages: [stage({ known: known({ kind, image: "own" }) })] }) });
    ok(text(named(nodes, "bases")).endsWith("Nothing is known of it here."));
    equal(named(nodes, "facts").length, 0);
  }
});

test("a file that starts from no image has nothing to tell of images", () => {
  const stages = [stage({ known: known({ kind: "scratch" }) }), stage({ known: known({ kind: "unknown" }) })];
  equal(named(shown({ report: report({ stages }) }), "bases").length, 0);
});

test("a letter that is capped says by which finding, and what it would be", () => {
  const findings = [finding({ message: "The container runs as `root`", points: 9 })];
  const score = { total: 91, grade: "B", cap: { finding: 0, from: "A" }, categories: [] };
  const [notes] = named(shown({ report: report({ score, findings }) }), "score-notes");
  ok(notes);
  ok(text([notes]).startsWith("By its number this is an A. This caps the letter at B: The container runs as root"), text([notes]));
});

test("what is ignored and what is muted is counted openly, and told whether it counts", () => {
  const findings = [finding({ message: "one" }), finding({ message: "two", range: { start: 4, end: 5 } })];
  const suppressed = [finding({ message: "three", silencedBy: { start: 0, end: 3 } })];
  const nodes = shown({ report: report({ findings, suppressed }), muted: new Set(["one"]) });
  const said = text(named(nodes, "score-notes"));
  ok(said.includes("1 finding ignored by comments: not counted. 1 finding muted by you: counted all the same."), said);
  equal(named(nodes, "finding").length, 1);
  equal(text(named(nodes, "quiet")), "1 ignored, 1 muted");
  const open = text(named(shown({ report: report({ findings, suppressed }), muted: new Set(["one"]), isQuietOpen: true }), "quiet"));
  ok(open.includes("three") && open.includes("by ADD") && open.includes("one"), open);
});

test("the last row whose severity is hidden can be shown again", () => {
  const nodes = shown({ report: report({ findings: [finding({ severity: "warning" })] }), hidden: new Set(["warning"]) });
  equal(named(nodes, "finding").length, 0);
  equal(text(named(nodes, "chip")), "Warning, 1 finding");
});

test("what is hidden is counted as far as a press on its severity would list it", () => {
  const findings = [
    finding({ category: "security", severity: "warning", message: "one" }),
    finding({ category: "caching", severity: "warning", message: "two", range: { start: 4, end: 5 } }),
    finding({ category: "caching", severity: "info", message: "three", range: { start: 6, end: 7 } }),
  ];
  const nodes = shown({ report: report({ findings }), category: "security", hidden: new Set(["warning"]) });
  ok(text(nodes).includes("1 finding hidden: press a severity above to show it."), text(nodes));
});

test("a category of which all is muted is no button, and hides nothing", () => {
  const categories = [{ id: "security", title: "Security", total: 70, applies: true }];
  const findings = [finding({ category: "security", message: "one" }), finding({ category: "caching", message: "two", range: { start: 4, end: 5 } })];
  const change = { report: report({ score: { total: 70, grade: "C", cap: null, categories }, findings }), category: "security", muted: new Set(["one"]) };
  const nodes = shown(change);
  equal(named(nodes, "finding").length, 1);
  deepEqual(named(nodes, "layer-main").map(({ tag }) => tag), ["span"]);
});

test("only points of all findings are called what is missing to 100", () => {
  const findings = [finding({ message: "one" }), finding({ severity: "info", range: { start: 4, end: 5 } })];
  const hints = (change: Partial<State>) => named(shown({ report: report({ findings }), ...change }), "sum").map(({ props }) => props["title"]);
  const [all] = hints({});
  ok(String(all).includes("100"));
  for (const change of [{ hidden: new Set(["info"] as const) }, { muted: new Set(["one"]) }]) ok(!String(hints(change)).includes("100"));
});

test("what a notice names in code is code", () => {
  const notice = { text: "Done: Add `npm cache clean --force`", totals: null, canUndo: true };
  const nodes = shown({ report: report(), notice });
  equal(text(named(nodes, "notice")).includes("`"), false);
});

test("an empty editor has no next finding", () => {
  const findings = [finding()];
  const hint = (isBlank: boolean) => text(status({ ...initial({ ...shape, isBlank }, { shape, patterns: 0 }, "auto"), report: report({ findings }) })).includes("next finding");
  deepEqual([hint(false), hint(true)], [true, false]);
});

test("what holds the file back most is named, and the score without it is that of this report alone", () => {
  const findings = [finding({ points: 4 }), finding({ points: 2 }), finding({ rule: "other", message: "Look", points: 9 })];
  const told = report({ findings });
  const title = (outlook: State["outlook"]) => text(nodes(named(shown({ report: told, outlook }), "outlook"), "h3"));
  equal(title(null), "Mend these two and you are at \u2026");
  equal(title({ report: told, total: 97 }), "Mend these two and you are at 97");
  equal(title({ report: report(), total: 97 }), "Mend these two and you are at \u2026");
  equal(title({ report: told, total: null }), "Mend these two first");
  equal(text(named(shown({ report: told }), "cause")), "Lookapp needs only COPY");
});

test("all findings of a rule are mended at once, safe ones directly and others after a look", () => {
  const fix = (applicability: "safe" | "review") => ({ applicability, title: "Mend", edits: [] });
  for (const [kind, label] of [["safe", "Fix all 2 of this rule"], ["review", "Review all 2 of this rule"]] as const) {
    const findings = [finding({ fix: fix(kind) }), finding({ fix: fix(kind) }), finding({ rule: "other", fix: fix(kind) })];
    const state = { report: report({ findings }), open: new Set(["copy-not-add.local-1"]) };
    ok(text(named(shown(state), "fix-preview")).includes(label));
    ok(text(named(shown({ ...state, grouping: "rule" }), "group-head")).includes(label));
  }
});

test("a script that the shell checks did not get through is told of with its line", () => {
  const foot = (unreadScripts: number[]) =>
    text(status({ ...initial(shape, { shape, patterns: 0 }, "auto"), shell: "there", report: report({ unreadScripts }) }));
  ok(foot([7]).includes("The script in line 7 is too long"));
  ok(foot([7, 9]).includes("The scripts in lines 7, 9 are too long"));
  ok(!foot([]).includes("too long"));
});
