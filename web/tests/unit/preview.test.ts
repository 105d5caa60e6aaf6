import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { type Hunk, preview } from "../../src/preview.ts";

const replace = (start: number, end: number, text: string) => ({ range: { start, end }, text, why: "" });

/** Hunks as text: changed pieces in brackets. */
function drawn(hunks: readonly Hunk[]): string[] {
  const line = (pieces: Hunk["before"][number]) => pieces.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("");
  return hunks.flatMap((hunk) => [
    `@${hunk.line}`,
    ...hunk.before.map((pieces) => `-${line(pieces)}`),
    ...hunk.after.map((pieces) => `+${line(pieces)}`),
  ]);
}

test("a word that changes is shown within its line", () => {
  const hunks = preview("FROM a\nADD x /x\nRUN y\n", [replace(7, 10, "COPY")]);
  deepEqual(drawn(hunks), ["@2", "-[ADD] x /x", "+[COPY] x /x"]);
});

test("lines that are inserted take nothing away", () => {
  const hunks = preview("FROM a\nRUN y\n", [replace(7, 7, "USER app\n")]);
  deepEqual(drawn(hunks), ["@2", "+[USER app]"]);
});

test("a line that is removed brings nothing", () => {
  const hunks = preview("FROM a\nRUN y\nRUN z\n", [replace(7, 13, "")]);
  deepEqual(drawn(hunks), ["@2", "-[RUN y]"]);
});

test("edits of the same line are shown as one", () => {
  const hunks = preview("ENV a b\n", [replace(3, 4, " "), replace(5, 6, "=")]);
  deepEqual(drawn(hunks), ["@1", "-ENV[ ]a[ ]b", "+ENV[ ]a[=]b"]);
});

test("edits of neighbouring lines are shown as one, those farther away apart", () => {
  const text = "A a\nB b\nC c\nD d\n";
  const hunks = preview(text, [replace(0, 1, "1"), replace(4, 5, "2"), replace(12, 13, "4")]);
  deepEqual(drawn(hunks), ["@1", "-[A] a", "-[B] b", "+[1] a", "+[2] b", "@4", "-[D] d", "+[4] d"]);
});

test("text appended to a file without a last line break is shown with its line", () => {
  deepEqual(drawn(preview("FROM a", [replace(6, 6, "\nUSER b")])), ["@1", "-FROM a", "+FROM a", "+[USER b]"]);
});

test("a carriage return at the end of a line is not shown", () => {
  deepEqual(drawn(preview("ADD a b\r\nRUN c\r\n", [replace(0, 3, "COPY")])), ["@1", "-[ADD] a b", "+[COPY] a b"]);
});
