import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { issueAt } from "../../src/false-positive/paper.ts";
import { pieces, smallest } from "../../src/false-positive/smallest.ts";

const KINDS = ["comment", "keyword", "continuation", "invalid"];

/** Tokens for every one of `words` in a text, of the kind that stands with it. */
function tokensOf(text: string, words: readonly (readonly [word: string, kind: string])[]) {
  let from = 0;
  const triples = words.flatMap(([word, kind]) => {
    const start = text.indexOf(word, from);
    from = start + word.length;
    return [start, from, KINDS.indexOf(kind)];
  });
  return { triples, kinds: KINDS };
}

test("a text is taken apart into instructions, which keep their continued lines, and the comments above them", () => {
  const text = "# syntax=x\n# about\nFROM a \\\n  AS b\n\n# why\nRUN c \\\n # in it\n && d\nNONE e";
  const tokens = tokensOf(text, [["FROM", "keyword"], ["\\", "continuation"], ["AS", "keyword"], ["RUN", "keyword"], ["\\", "continuation"], ["NONE", "invalid"]]);
  const parts = pieces(text, tokens).map(({ start, end }) => text.slice(start, end));
  deepEqual(parts, ["# syntax=x\n", "# about\n", "FROM a \\\n  AS b\n\n", "# why\n", "RUN c \\\n # in it\n && d\n", "NONE e"]);
  equal(parts.join(""), text);
});

test("a text without an instruction is taken apart into its lines, and an empty one into nothing", () => {
  deepEqual(pieces("a\nb\n", { triples: [], kinds: KINDS }), [{ start: 0, end: 2 }, { start: 2, end: 4 }]);
  deepEqual(pieces("", { triples: [], kinds: KINDS }), []);
});

test("only what is needed stays, and what is wanted", async () => {
  const needed = new Set([3, 11]);
  const kept = await smallest(20, new Set([5]), async (kept) => [...needed].every((one) => kept.includes(one)));
  deepEqual(kept, [3, 5, 11]);
});

test("a very long text is not looked at for ever, and what it gives still holds", async () => {
  let asked = 0;
  const isHeld = (kept: readonly number[]) => kept.filter((piece) => piece % 2 === 0).length === 1000;
  const kept = await smallest(2000, new Set(), async (kept) => {
    asked += 1;
    return isHeld(kept);
  });
  ok(asked <= 400, `${asked}`);
  ok(isHeld(kept));
});

test("an address that would be too long goes without the text", () => {
  const short = issueAt("https://example.org/a", "A & b", "line\nline #2");
  equal(short.address, "https://example.org/a/issues/new?title=A%20%26%20b&body=line%0Aline%20%232");
  equal(short.hasBody, true);
  const long = issueAt("https://example.org/a", "t", "x".repeat(8000));
  deepEqual(long, { address: "https://example.org/a/issues/new?title=t", hasBody: false });
});
