import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { finding, report } from "./report.ts";
import { groups } from "../../src/groups.ts";
import { dearest, items, shown } from "../../src/items.ts";

const findings = [
  finding({ rule: "a", severity: "info", category: "size", points: 4, range: { start: 0, end: 1 } }),
  finding({ rule: "b", severity: "error", category: "security", points: 9, range: { start: 2, end: 3 } }),
  finding({ rule: "a", severity: "info", category: "size", points: 2, range: { start: 4, end: 5 } }),
];
const all = report({ findings });
const ids = (grouping: Parameters<typeof groups>[1]) =>
  groups(items(all), grouping, all, (rule) => `Rule ${rule}`).map(({ id, title, items }) => [id, title, items.length]);

test("by line there is one group without a title", () => {
  deepEqual(ids("line"), [["all", "", 3]]);
});

test("by rule the costliest comes first, under the rule's title", () => {
  deepEqual(ids("rule"), [["b", "Rule b", 1], ["a", "Rule a", 2]]);
});

test("by severity the worst comes first", () => {
  deepEqual(ids("severity"), [["error", "Error", 1], ["info", "Info", 2]]);
});

test("a hidden severity is left out", () => {
  deepEqual(shown(items(all), new Set(["info"])).map(({ rule }) => rule), ["b"]);
});

test("a rule is muted by its id, and a finding by what it says", () => {
  deepEqual(shown(items(all), new Set(), new Set(["a"])).map(({ rule }) => rule), ["b"]);
  const said = report({ findings: [finding({ message: "one" }), finding({ message: "two" })] });
  deepEqual(shown(items(said), new Set(), new Set(["one"])).map(({ message }) => message), ["two"]);
});

test("one category is listed alone, as long as it has any finding", () => {
  const listed = (category: string) => shown(items(all), new Set(), new Set(), category).map(({ rule }) => rule);
  deepEqual(listed("size"), ["a", "a"]);
  equal(listed("layers").length, 3);
});

test("what costs most is told by rule, three at most, and nothing that costs nothing", () => {
  const more = ["c", "d", "e"].map((rule, index) => finding({ rule, points: index * 6, range: { start: 10 + index, end: 11 + index } }));
  const found = dearest(report({ findings: [...findings, ...more] }));
  deepEqual(found.map(({ rule, points }) => [rule, points]), [["e", 12], ["b", 9], ["a", 6]]);
  deepEqual(dearest(report({ findings: [finding({ points: 0 })] })), []);
});
