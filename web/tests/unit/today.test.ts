import { equal } from "node:assert/strict";
import { test } from "node:test";
import { today } from "../../src/today.ts";

test("the day is that of the place, with two digits each", () => {
  equal(today(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
});
