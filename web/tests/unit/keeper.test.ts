import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { Keeper } from "../../src/keeper.ts";
import { gist } from "../../src/earlier.ts";

const SILENT = { kept() {}, overtaken() {}, setAside() {} };

test("what a link holds is not kept, and what it took the place of is", () => {
  const kept = new Map<string, string>();
  const storage = { removeItem: (name: string) => kept.delete(name), setItem: (name: string, value: string) => kept.set(name, value) };
  const replaced: string[] = [];
  const history = { state: null, replaceState: (_state: null, _title: string, address: string) => replaced.push(address) };
  Object.assign(globalThis, { window: globalThis, localStorage: storage, history, location: { pathname: "/", search: "" } });

  let text = "first";
  const keeper = new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? text : ""), SILENT);
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

test("who goes back from links finds what was there before the first of them, also where nothing is kept", () => {
  const address = { pathname: "/", search: "", hash: "#1abc" };
  Object.assign(globalThis, { window: globalThis, localStorage: undefined, location: address });
  let text = "mine";
  const keeper = new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? text : ""), SILENT);
  const put = (next: string) => {
    text = next;
    keeper.changed("dockerfile");
  };
  keeper.showLink(() => put("theirs"));
  keeper.showLink(() => put("of another"));
  keeper.leaveLink(({ dockerfile }) => put(dockerfile));
  equal(text, "of another"); // the address still holds that link
  address.hash = "";
  keeper.leaveLink(({ dockerfile }) => put(dockerfile));
  equal(text, "mine");
});

test("a page in which nothing was written does not keep its text over that of another", () => {
  const kept = new Map<string, string>();
  const storage = { removeItem: (name: string) => kept.delete(name), setItem: (name: string, value: string) => kept.set(name, value) };
  Object.assign(globalThis, { window: globalThis, localStorage: storage });
  const texts = { one: "first", other: "first" };
  const keeperOf = (page: "one" | "other") =>
    new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? texts[page] : ""), SILENT);
  const [one, other] = [keeperOf("one"), keeperOf("other")];
  texts.other = "written in the other";
  other.changed("dockerfile");
  deepEqual([other.keepNow(), one.keepNow(), [...kept.values()]], [true, true, ["written in the other"]]);
});

test("each tab goes on with its own text, a new one with what was last written in any, and who is overtaken hears of it once", () => {
  const device = storage();
  const tabs = { one: storage(), other: storage(), third: storage() };
  const at = (tab: keyof typeof tabs) => Object.assign(globalThis, { window: globalThis, localStorage: device, sessionStorage: tabs[tab] });
  const texts = { one: "first", other: "first", third: "first" };
  const overtaken: string[] = [];
  const keeperOf = (tab: keyof typeof tabs) => {
    const told = { kept() {}, overtaken: (file: string) => void overtaken.push(`${tab} ${file}`), setAside() {} };
    return new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? texts[tab] : ""), told);
  };
  const keepers = { one: keeperOf("one"), other: keeperOf("other"), third: keeperOf("third") };
  const write = (tab: keyof typeof tabs, text: string) => {
    texts[tab] = text;
    at(tab);
    keepers[tab].changed("dockerfile");
    keepers[tab].keepNow();
    for (const name of ["one", "other"] as const) if (name !== tab) (at(name), keepers[name].changedElsewhere("draft:main"));
  };
  write("one", "mine");
  write("other", "theirs");
  write("other", "theirs, again");
  deepEqual(overtaken, ["other dockerfile", "one dockerfile"]);
  const restored = (["one", "other", "third"] as const).map((tab) => (at(tab), keepers[tab].restored("dockerfile")));
  deepEqual(restored, ["mine", "theirs, again", "theirs, again"]);
  write("one", "theirs, again");
  write("one", "mine, again");
  deepEqual(overtaken.slice(2), ["other dockerfile"]);
});

test("where the device has no room the tab keeps the text, and it is told that the next visit has it not", () => {
  const full = { ...storage(), setItem: () => { throw new DOMException("full", "QuotaExceededError"); } };
  const tab = storage();
  Object.assign(globalThis, { window: globalThis, localStorage: full, sessionStorage: tab });
  const told: boolean[] = [];
  const keeper = new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? "mine" : ""), { ...SILENT, kept: (isKept) => void told.push(isKept) });
  keeper.changed("dockerfile");
  deepEqual([keeper.keepNow(), keeper.restored("dockerfile"), told], [true, "mine", [false]]);
  Object.assign(globalThis, { sessionStorage: full });
  deepEqual(keeper.keepNow(), false);
});

test("a text that another page has taken the place of is kept in the tab, and it is told where that cannot be", () => {
  const tab = storage();
  const device = storage();
  Object.assign(globalThis, { window: globalThis, localStorage: device, sessionStorage: tab });
  device.setItem("draft:main", "mine");
  const keeper = new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? "mine" : ""), SILENT);
  equal(keeper.restored("dockerfile"), "mine");
  device.setItem("draft:main", "theirs");
  keeper.changedElsewhere("draft:main");
  deepEqual([keeper.restored("dockerfile"), keeper.next("dockerfile"), keeper.keepNow()], ["mine", "theirs", true]);

  Object.assign(globalThis, { sessionStorage: undefined });
  const other = new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? "mine" : ""), SILENT);
  other.changedElsewhere("draft:main");
  equal(other.keepNow(), false);
});

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name.replace(/^layerwise:/, "")) ?? null,
    setItem: (name: string, value: string) => void kept.set(name.replace(/^layerwise:/, ""), value),
    removeItem: (name: string) => void kept.delete(name.replace(/^layerwise:/, "")),
  };
}

test("what was written before another text took its place is set aside, whatever that was", () => {
  const device = storage();
  Object.assign(globalThis, { window: globalThis, localStorage: device, sessionStorage: storage(), history: { state: null, replaceState() {} }, location: { pathname: "/", search: "" } });
  let text = "first";
  const isExample = (text: string) => text.startsWith("example");
  const keeper = new Keeper("main", { dockerfile: "first", dockerignore: "" }, (file) => (file === "dockerfile" ? text : ""), SILENT, isExample);
  const put = (next: string) => {
    text = next;
    keeper.changed("dockerfile");
  };
  const begin = (next: string) => (keeper.replaced(), put(next));
  begin("example 1");
  equal(keeper.earlier, null, "the first text was nobody's");
  put("mine");
  begin("example 2");
  begin("example 3");
  deepEqual(keeper.earlier, { dockerfile: "mine", dockerignore: "" });
  begin("mine");
  equal(keeper.earlier, null, "it is what is shown");

  put("mine too");
  keeper.keepNow();
  keeper.showLink(() => begin("theirs"));
  deepEqual(keeper.earlier, { dockerfile: "mine", dockerignore: "" }, "the draft is still there itself");
  put("theirs, edited");
  deepEqual(keeper.earlier, { dockerfile: "mine too", dockerignore: "" });
  device.setItem("layerwise:earlier:main", '{"dockerfile":1}');
  equal(keeper.earlier, null);
  device.setItem("layerwise:earlier:main", "{");
  equal(keeper.earlier, null);
});

test("a .dockerignore of the person's own is set aside with the example, the first text or the empty one that it lies beside", () => {
  for (const dockerfile of ["example", "first", " "]) {
    Object.assign(globalThis, { window: globalThis, localStorage: storage(), sessionStorage: storage() });
    const shown = { dockerfile, dockerignore: "first ignored" };
    const keeper = new Keeper("main", { dockerfile: "first", dockerignore: "first ignored" }, (file) => shown[file], SILENT, (text) => text === "example");
    const begin = (dockerignore: string) => {
      keeper.replaced();
      Object.assign(shown, { dockerignore });
    };
    begin("");
    begin("mine");
    equal(keeper.earlier, null, "none of it was the person's");
    begin("");
    deepEqual(keeper.earlier, { dockerfile, dockerignore: "mine" });
  }
});

test("texts set aside are known again by the first image, or else by what they begin with", () => {
  const gists = [["# mine\nFROM a:1\n", "b"], ["# mine\n", "b"], ["\n", "\nb\n"]].map(([dockerfile = "", dockerignore = ""]) => gist({ dockerfile, dockerignore }));
  deepEqual(gists, ["FROM a:1", "# mine", "b"]);
});
