import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { itemAt, items } from "../../src/items.ts";
import { finding, report } from "./report.ts";

const at = (start: number, end: number, rule = "a") => finding({ rule, case: "", range: { start, end } });

test("rows stand in the order of the file", () => {
  const rows = items(report({ findings: [at(9, 10), at(1, 2, "b")] }));
  deepEqual(rows.map(({ key }) => key), ["b-1", "a-1"]);
});

test("a row keeps its key when a row of another rule goes", () => {
  const before = items(report({ findings: [at(0, 1, "b"), at(5, 6), at(7, 8)] }));
  const after = items(report({ findings: [at(5, 6), at(7, 8)] }));
  deepEqual(before.slice(1).map(({ key }) => key), after.map(({ key }) => key));
});

test("at a place, the narrowest finding around it is meant", () => {
  const rows = items(report({ findings: [at(0, 20, "wide"), at(5, 9, "narrow")] }));
  equal(itemAt(rows, 6)?.rule, "narrow");
  equal(itemAt(rows, 12)?.rule, "wide");
  equal(itemAt(rows, 21), undefined);
});
