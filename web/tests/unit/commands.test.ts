import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import { fit, ranked } from "../../src/commands/search.ts";
import { isPressed, namesOf } from "../../src/commands/shortcut.ts";
import { commands, keyed } from "../../src/commands/table.ts";
import { initial } from "../../src/state.ts";
import { itemsAround, items } from "../../src/items.ts";
import { finding, report } from "./report.ts";

const STATE = initial({ lines: 1, length: 10, ending: "LF", isBlank: false }, { shape: { lines: 0, length: 0, ending: "LF", isBlank: true }, patterns: 0 }, "auto");

function press(key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}, code = ""): KeyboardEvent {
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held } as KeyboardEvent;
}

test("Mod is Command on a Mac, and Control elsewhere", () => {
  equal(isPressed("Mod-k", press("k", { ctrlKey: true }), false), true);
  equal(isPressed("Mod-k", press("k", { metaKey: true }), false), false);
  equal(isPressed("Mod-k", press("k", { metaKey: true }), true), true);
  equal(isPressed("Mod-k", press("k", { ctrlKey: true }), true), false);
  deepEqual(namesOf("Mod-k", false), ["Ctrl", "K"]);
  deepEqual(namesOf("Mod-Shift-z", true), ["\u2318", "\u21e7", "Z"]);
});

test("other keys held down make another shortcut", () => {
  equal(isPressed("Mod-k", press("K", { ctrlKey: true, shiftKey: true }), false), false);
  equal(isPressed("Mod-k", press("k", { ctrlKey: true, altKey: true }), false), false);
  equal(isPressed("F8", press("F8"), false), true);
  equal(isPressed("F8", press("F8", { shiftKey: true }), false), false);
  equal(isPressed("Shift-F8", press("F8", { shiftKey: true }), false), true);
});

test("keyboards of other countries have the same shortcuts", () => {
  equal(isPressed("Mod-k", press("\u043b", { ctrlKey: true }, "KeyK"), false), true);
  equal(isPressed("Mod-.", press(".", { ctrlKey: true, shiftKey: true }), false), true);
  equal(isPressed("?", press("?", { shiftKey: true }), false), true);
  // On a Dvorak keyboard the key at this place is another letter.
  equal(isPressed("Mod-k", press("t", { ctrlKey: true }, "KeyK"), false), false);
});

test("no two commands have the same id or the same keys", () => {
  const found = report({ findings: [finding(), finding({ message: "other" })] });
  const all = commands({ ...STATE, report: found }, items(found));
  equal(new Set(all.map(({ id }) => id)).size, all.length);
  const keys = keyed(STATE).flatMap(({ keys: own = [] }) => own);
  equal(new Set(keys).size, keys.length);
  for (const { title, asks } of all.filter(({ can }) => can !== false)) ok(title !== "" && asks.length > 0, title);
});

test("what stands together is better than what is scattered, and the beginning better than the middle", () => {
  const of = (query: string, text: string) => fit(query, text) ?? -1;
  ok(of("fix", "Fix all safe") > of("fix", "Prefix the name"));
  ok(of("fix all", "Fix all safe") > of("fix all", "All that a fix would do"));
  notEqual(fit("fas", "Fix all safe"), null);
  equal(fit("xz", "Fix all safe"), null);
  equal(fit("fxl", "Fix all safe"), null);
  equal(fit("dl3008", "DL3009"), null);
});

test("the best comes first, and of those that fit alike the order stays", () => {
  const texts = (text: string) => [{ text, weight: 1 }];
  deepEqual(ranked("", ["b", "a"], texts), ["b", "a"]);
  deepEqual(ranked("next", ["the next", "Next", "other"], texts), ["Next", "the next"]);
  deepEqual(ranked("run", ["RUN a", "RUN b"], texts), ["RUN a", "RUN b"]);
});

test("findings at the caret come before those beside it, the narrowest first", () => {
  const at = (start: number, end: number, message: string) => finding({ message, range: { start, end } });
  const all = items(report({ findings: [at(0, 20, "wide"), at(5, 8, "narrow"), at(12, 15, "beside"), at(30, 40, "elsewhere")] }));
  deepEqual(itemsAround(all, 6, { start: 0, end: 20 }).map(({ message }) => message), ["narrow", "wide", "beside"]);
});

test("of what is muted no category is offered, and nothing is called muted that is no more there", () => {
  const categories = [{ id: "security", title: "Security", total: 70, applies: true }];
  const findings = [finding({ category: "security", message: "one" })];
  const offered = (muted: string) => {
    const state = { ...STATE, report: report({ score: { total: 70, grade: "C", cap: null, categories }, findings }), muted: new Set([muted]) };
    return commands(state, []).filter(({ can }) => can !== false).map(({ id }) => id).filter((id) => id === "quiet" || id === "category-security");
  };
  deepEqual(offered("one"), ["quiet"]);
  deepEqual(offered("of another file"), ["category-security"]);
});
