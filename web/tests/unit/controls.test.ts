import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { HIDDEN, controlName, named } from "../../src/controls.ts";
import { cut, exactly, h, listed, visible } from "../../src/h.ts";

test("hidden characters are found wherever nothing needs them, and only there", () => {
  const hidden = ["\0", "\x1b", "\x9f", "\xad", "\u061c", "\u200b", "a\u200d", "\u200c", "\u202e", "\u2069", "\u3164", "a\ufe0f", "\u2764\ufe0f\ufe0f", "\ufeff", "\u{e0041}", "a\u{e0100}"];
  deepEqual(hidden.filter((text) => !HIDDEN.test(text)), []);
  const behindOthers = ["\u202e\u200d", "\u{1f468}\u200d\u200d", "\u{1f468}\u200b\u200c", "\u200b\ufe0f", "\u00a0\u200d", "a\ufe0f\u200d"];
  const isLastFound = (text: string) => [...text.matchAll(new RegExp(HIDDEN, "gu"))].at(-1)?.index === text.length - 1;
  deepEqual(behindOthers.filter((text) => !isLastFound(text)), []);
  const needed = ["\t\n\r a~\u00e9", "\u{1f468}\u200d\u{1f469}", "\u2764\ufe0f", "1\ufe0f\u20e3", "\u0645\u06cc\u200c\u062e", "\u845b\u{e0100}", "\u2764\ufe0f\u200d\u{1f525}", "\u0915\u094d\u200d\u0937", "\u05d4\u05e2\u05e8\u05d4", "\u00a0"];
  deepEqual(needed.filter((text) => HIDDEN.test(text)), []);
});

test("they have the names that Unicode has, or their numbers", () => {
  deepEqual(["\0", "\u202e", "\u200b", "\ufeff", "\x01", "\u{e0041}"].map(controlName), ["NUL", "RLO", "ZWSP", "BOM", "U+0001", "U+E0041"]);
  equal(named("a\u202eb\u200b"), "a[RLO]b[ZWSP]");
});

test("every text of a view shows them by name, but for what is taken along", () => {
  const shown = h("p", {}, "a\u202eb", ["c", "\u200b"]).children.map((child) => (typeof child === "string" ? child : child.children.join("")));
  deepEqual(shown, ["a", "RLO", "b", "c", "ZWSP"]);
  deepEqual(exactly("textarea", {}, "a\u202eb").children, ["a\u202eb"]);
});

test("a long text is cut, between characters, unless it is listed", () => {
  equal(cut("abc", 3), "abc");
  equal(cut("ab\u{1f600}", 3), "ab\u2026");
  equal(String(h("p", {}, "x".repeat(1_000_000)).children[0]).length, 2001);
  equal(String(listed("code", {}, "x".repeat(1_000_000)).children[0]).length, 1_000_000);
});

test("a million hidden characters make no million nodes", () => {
  equal(visible("\u200b".repeat(1_000_000)).length, 501);
});
