import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { Keeper } from "../../src/keeper.ts";

test("what a link holds is not kept, and what it took the place of is", () => {
  const kept = new Map<string, string>();
  const storage = { removeItem: (name: string) => kept.delete(name), setItem: (name: string, value: string) => kept.set(name, value) };
  const replaced: string[] = [];
  const history = { state: null, replaceState: (_state: null, _title: string, address: string) => replaced.push(address) };
  Object.assign(globalThis, { window: globalThis, localStorage: storage, history, location: { pathname: "/", search: "" } });

  let text = "first";
  const keeper = new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? text : ""));
  const put = (next: string) => {
    text = next;
    keeper.changed("dockerfile");
  };
  put("mine");
  // Before what was typed is kept by itself.
  keeper.showLink(() => put("theirs"));
  keeper.keepNow();
  deepEqual([[...kept.values()], replaced], [["mine"], []]);
  put("theirs, edited");
  keeper.keepNow();
  deepEqual([[...kept.values()], replaced], [["theirs, edited"], ["/"]]);
});

test("a page in which nothing was written does not keep its text over that of another", () => {
  const kept = new Map<string, string>();
  const storage = { removeItem: (name: string) => kept.delete(name), setItem: (name: string, value: string) => kept.set(name, value) };
  Object.assign(globalThis, { window: globalThis, localStorage: storage });
  const texts = { one: "first", other: "first" };
  const keeperOf = (page: "one" | "other") =>
    new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? texts[page] : ""));
  const [one, other] = [keeperOf("one"), keeperOf("other")];
  texts.other = "written in the other";
  other.changed("dockerfile");
  deepEqual([other.keepNow(), one.keepNow(), [...kept.values()]], [true, true, ["written in the other"]]);
});
