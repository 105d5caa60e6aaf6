import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type VNode, h } from "../../src/h.ts";
import { type State, initial } from "../../src/state.ts";
import { finding, report } from "./report.ts";
import { examples } from "../../src/examples.ts";
import { results } from "../../src/views/results.ts";

const shape = { lines: 3, length: 30, ending: "LF", isBlank: false } as const;

const shown = (change: Partial<State>) => results({ ...initial(shape, "auto"), ...change }, () => "ADD a b\n");

function all(nodes: readonly (VNode | string)[]): VNode[] {
  return nodes.flatMap((node) => (typeof node === "string" ? [] : [node, ...all(node.children)]));
}

function text(nodes: readonly (VNode | string)[]): string {
  return nodes.map((node) => (typeof node === "string" ? node : text(node.children))).join("");
}

const named = (nodes: readonly VNode[], name: string) =>
  all(nodes).filter(({ props }) => String(props["class"] ?? "").split(" ").includes(name));

test("children that are absent leave no trace", () => {
  deepEqual(h("p", {}, "a", false, null, undefined, ["b", [h("i")]]).children, ["a", "b", h("i")]);
});

test("a category that does not apply says so and has no bar", () => {
  const categories = [
    { id: "a", title: "Layers", total: 70, applies: true },
    { id: "b", title: "Multi-stage", total: 100, applies: false },
  ];
  const nodes = shown({ report: report({ score: { total: 70, grade: "C", categories } }) });
  equal(named(nodes, "fill").length, 1);
  equal(text(named(nodes, "not-judged")), "Multi-stagen/a");
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
  deepEqual(named(shown({ report: report({ findings }) }), "points").map(({ children }) => children[0]), ["\u22126"]);
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
