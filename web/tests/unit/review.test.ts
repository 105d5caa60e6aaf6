import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type Review, account, brought, decide, decideAll, editsOf, propose, takeAll } from "../../src/review/review.ts";
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

test("edits of a fix that stand apart are parts of it, and are taken or left together", () => {
  const review = reviewOf([edit(0, 0, "# x\n"), edit(28, 33, "RUN f")], [edit(7, 10, "COPY")]);
  deepEqual(review.parts.map(({ proposal }) => proposal), [0, 0, 1]);
  const taken = decide(review, 0, "taken");
  equal(after(taken), `# x\n${TEXT.replace("RUN e", "RUN f")}`);
  deepEqual(account(taken).applied.map(({ title }) => title), ["Mend 0"]);
  equal(after(decide(taken, 0, "left")), TEXT);
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

test("a fix of which one part touches another fix is there whole, or not at all", () => {
  const review = reviewOf([edit(7, 10, "COPY")], [edit(8, 9, ""), edit(28, 33, "RUN f")]);
  deepEqual(review.decisions, ["open", "left"]);
  const all = decideAll(review, "taken");
  equal(after(all), TEXT.replace("ADD", "COPY"));
  equal(after(decide(all, 1, "taken")), TEXT.replace("ADD", "AD").replace("RUN e", "RUN f"), "and the other goes whole");
});

test("lines that come at one place come together, those that name a user behind the others", () => {
  const review = reviewOf([edit(28, 28, "USER app\n")], [edit(28, 28, "RUN g\n")], [edit(28, 31, "CMD")]);
  deepEqual(review.decisions, ["open", "open", "left"]);
  equal(after(decideAll(review, "taken")), TEXT.replace("RUN e", "RUN g\nUSER app\nRUN e"));
});

test("a stage is named and its image changed at once", () => {
  const review = reviewOf([edit(5, 6, "b")], [edit(6, 6, " AS build"), edit(28, 33, "RUN f")], [edit(6, 6, " x")]);
  deepEqual(review.decisions, ["open", "open", "left"]);
  equal(after(decideAll(review, "taken")), TEXT.replace("FROM a", "FROM b AS build").replace("RUN e", "RUN f"));
});

test("the same line for two fixes comes once", () => {
  const review = reviewOf([edit(0, 0, "# x\n"), edit(7, 10, "COPY")], [edit(0, 0, "# x\n"), edit(28, 33, "RUN f")]);
  const both = decideAll(review, "taken");
  equal(after(both), `# x\n${TEXT.replace("ADD", "COPY").replace("RUN e", "RUN f")}`);
  equal(after(decide(both, 0, "left")), `# x\n${TEXT.replace("RUN e", "RUN f")}`);
});

test("what makes stages comes before what would stand in its way", () => {
  const review = reviewOf([edit(0, 0, "# x\n"), edit(28, 28, "USER app\n")], [edit(6, 6, " AS build"), edit(28, 28, "\nFROM b\n")]);
  deepEqual(review.decisions, ["left", "open"]);
  equal(after(decideAll(review, "taken")), TEXT.replace("FROM a", "FROM a AS build").replace("RUN e", "\nFROM b\nRUN e"));
});

test("of all fixes those are taken that do no harm together, and the others say what they would bring", async () => {
  const review = reviewOf([edit(7, 10, "COPY")], [edit(20, 21, "x")], [edit(28, 33, "RUN f")]);
  const judge = (tried: Review) => {
    const isHarmed = /COPY[^]*RUN f/.test(after(tried));
    return Promise.resolve({ before: 50, after: 60, refused: null, brought: isHarmed ? ["`f` needs `ADD`"] : [] });
  };
  const all = await takeAll(review, judge);
  deepEqual(all.decisions, ["taken", "taken", "left"]);
  deepEqual(account(all).left.map(({ title, reason, isHarm }) => [title, reason, isHarm]), [
    ["Mend 2", "Left, as with the others it would bring this: `f` needs `ADD`", true],
  ]);
  equal(decide(all, 2, "taken").harms.size, 0, "what is decided then is judged anew");
});

test("errors and warnings that come with fixes are told of", () => {
  const before = report({ findings: [finding({ rule: "r0", message: "Says 0" })] });
  const found = (severity: "error" | "style", rule: string) => report({ findings: [finding({ rule, severity, message: "Says more" })] });
  deepEqual(brought(before, found("error", "other")), ["Says more"]);
  deepEqual(brought(before, found("style", "other")), []);
  deepEqual(brought(before, found("error", "r0")), [], "one in the place of another");
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
