import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type Review, account, decide, decideAll, editsOf, propose } from "../../src/review/review.ts";
import { finding, report } from "./report.ts";
import { edited } from "../../src/edited.ts";
import { items } from "../../src/items.ts";

const TEXT = "FROM a\nADD b /b\nRUN c\nRUN d\nRUN e\n";
const edit = (start: number, end: number, text: string) => ({ range: { start, end }, text, why: "" });

/** A review of fixes, each with its edits. */
function reviewOf(...fixes: ReturnType<typeof edit>[][]): Review {
  const findings = fixes.map((edits, index) => {
    const range = edits[0]?.range ?? { start: 0, end: 0 };
    const line = TEXT.slice(0, range.start).split("\n").length;
    return finding({ rule: `r${index}`, message: `Says ${index}`, line, range, fix: { applicability: "review", title: `Mend ${index}`, edits } });
  });
  return propose(items(report({ findings })), TEXT);
}

const after = (review: Review) => edited(TEXT, editsOf(review, ["taken"]));

test("a single fix is meant to be taken", () => {
  const review = reviewOf([edit(7, 10, "COPY")]);
  deepEqual(review.decisions, ["taken"]);
  equal(after(review), TEXT.replace("ADD", "COPY"));
});

test("of several fixes none is applied before somebody decides", () => {
  const review = reviewOf([edit(7, 10, "COPY")], [edit(20, 21, "x")]);
  deepEqual(review.decisions, ["open", "open"]);
  equal(after(review), TEXT);
  equal(after(decide(review, 1, "taken")), TEXT.replace("RUN c", "RUN x"));
  deepEqual(decideAll(review, "taken").decisions, ["taken", "taken"]);
  deepEqual(decideAll(decide(review, 0, "taken"), "left").decisions, ["left", "left"]);
});

test("edits of a fix that stand apart are parts of it, which can be left one by one", () => {
  const review = reviewOf([edit(0, 0, "# x\n"), edit(28, 33, "RUN f")]);
  equal(review.parts.length, 2);
  const half = decide(review, 0, "left");
  equal(after(half), TEXT.replace("RUN e", "RUN f"));
  deepEqual(account(half).applied.map(({ title }) => title), ["Mend 0 (1 of 2 parts)"]);
  deepEqual(account(half).left, []);
});

test("of two fixes that touch each other one can be taken, and the other says why it was left", () => {
  const review = reviewOf([edit(7, 10, "COPY")], [edit(10, 11, "\t")]);
  deepEqual(review.decisions, ["open", "left"]);
  const first = decide(review, 0, "taken");
  deepEqual(account(first).left.map(({ title, reason }) => [title, reason]), [["Mend 1", "Overlaps with \u201cMend 0\u201d"]]);
  const other = decide(first, 1, "taken");
  deepEqual(other.decisions, ["left", "taken"]);
  deepEqual(decideAll(review, "taken").decisions, ["taken", "left"]);
});

test("half a fix is none: where one part overlaps, the whole waits", () => {
  const review = reviewOf([edit(7, 10, "COPY")], [edit(8, 9, ""), edit(28, 33, "RUN f")]);
  deepEqual(review.decisions, ["open", "left", "left"]);
});

test("what is left has its line in the text that comes of it", () => {
  const review = reviewOf([edit(0, 0, "# one\n# two\n")], [edit(20, 21, "x")]);
  const { applied, left } = account(decide(review, 0, "taken"));
  deepEqual(applied, [{ rule: "r0", message: "Says 0", title: "Mend 0", line: 1 }]);
  deepEqual(left, [{ rule: "r1", title: "Mend 1", line: 5, reason: "You did not decide", isHarm: false }]);
});

test("a finding without a fix is not put forward", () => {
  equal(propose(items(report({ findings: [finding()] })), TEXT).parts.length, 0);
  ok(reviewOf([]).parts.length === 0, "nor is one whose fix changes nothing");
});
