import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "../../src/rules.ts";

test("columns become rows, each under its id", () => {
  const none = [[], []];
  const columns = { id: ["a", "b"], title: ["A", "B"], codes: none, why: none, leaveItWhen: none, references: none, bad: ["x", null], good: ["y", "z"] };
  const empty = { codes: [], why: [], leaveItWhen: [], references: [] };
  deepEqual(
    [...rowsOf(columns)],
    [
      ["a", { id: "a", title: "A", ...empty, bad: "x", good: "y" }],
      ["b", { id: "b", title: "B", ...empty, bad: null, good: "z" }],
    ],
  );
});
