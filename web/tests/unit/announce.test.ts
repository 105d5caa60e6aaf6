import { equal } from "node:assert/strict";
import { test } from "node:test";
import { announcement } from "../../src/announce.ts";
import { finding, report } from "./report.ts";

const findings = [finding(), finding(), finding()];

test("the findings, the score and its rise are read out", () => {
  equal(announcement(report({ findings }), 76), "3 findings, score 82, up 6");
});

test("a fall is called a fall", () => {
  equal(announcement(report({ findings: [finding()] }), 90), "1 finding, score 82, down 8");
});

test("without a change none is told", () => {
  equal(announcement(report(), 82), "No findings, score 82");
  equal(announcement(report(), undefined), "No findings, score 82");
});

test("a file that does not build has no score to tell", () => {
  const problems = [{ message: "", range: { start: 0, end: 1 }, line: 1, }] as never;
  const sentence = announcement(report({ score: undefined as never, problems, findings }), 82);
  equal(sentence, "BuildKit would refuse this file. 3 findings");
});

test("what was done is told before what came of it", () => {
  equal(announcement(report({ findings }), 76, "Applied 4 fixes, left 1"), "Applied 4 fixes, left 1. 3 findings, score 82, up 6");
});

test("an empty file is a beginning, of which nobody hears that it would be refused", () => {
  equal(announcement(null, 82), "The Dockerfile is empty");
  equal(announcement(null, undefined, "Started with an empty file"), "Started with an empty file");
});
