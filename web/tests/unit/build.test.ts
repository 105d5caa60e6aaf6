import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { CONTEXT, copies, image, ofStage, plan, plannedStage, simulation, step } from "./plan.ts";
import { NOTHING_CHOSEN, afterFixes, asked, placeAt, whatChanged } from "../../src/build/change.ts";
import type { Built } from "../../src/build/simulator.ts";
import type { Ships } from "../../src/engine.ts";
import type { State } from "../../src/state.ts";
import { change } from "../../src/views/build/change.ts";
import { report } from "./report.ts";
import { ships } from "../../src/views/build/ships.ts";
import { signs, stageRows, stageTitle } from "../../src/build/rows.ts";
import { nodes, text } from "./nodes.ts";
import { edited } from "../../src/edited.ts";
import { graph } from "../../src/build/graph.ts";
import { stageGraph } from "../../src/views/build/graph.ts";
import { suggestions } from "../../src/build/suggestions.ts";

const files = (named: readonly string[], ...runs: string[]) =>
  suggestions(plan([plannedStage(image("a"), runs.map((text) => step(text)))], { files: [...named] })).file;

test("of a whole context a file of source and the manifest stand for what may change", () => {
  deepEqual(files(["."], "npm ci && npm run build"), ["src/app.js", "package.json"]);
  deepEqual(files(["./"], "pip install -r requirements.txt"), ["src/app.py", "requirements.txt"]);
  deepEqual(files(["."], "go build ./..."), ["main.go", "go.mod"]);
  deepEqual(files(["."], "make"), ["src/app"]);
});

test("what the file names goes before what is usual", () => {
  deepEqual(files(["package*.json", "."], "npm ci"), ["src/app.js", "package.json"]);
  deepEqual(files(["go.mod", "go.sum", "cmd"], "go build ./cmd"), ["cmd/main.go", "go.mod", "go.sum", "cmd"]);
  deepEqual(files(["pyproject.toml", "poetry.lock", "app.py"], "poetry install"), ["app.py", "pyproject.toml", "poetry.lock"]);
});

test("a folder of source goes before settings that are copied earlier", () => {
  deepEqual(files(["pnpm-workspace.yaml", "package.json", "packages/shared"], "pnpm install")[0], "packages/shared/app.js");
  deepEqual(files(["nginx.conf"], "make")[0], "nginx.conf");
});

test("what is used first decides about a build of two kinds", () => {
  deepEqual(files(["."], "npm ci", "pip install ."), ["src/app.js", "package.json"]);
  deepEqual(files(["."], "pip install .", "npm ci"), ["src/app.py", "requirements.txt"]);
});

test("a source that no example is known of is not suggested", () => {
  deepEqual(files(["$APP/main", "[ab].txt"]), []);
  deepEqual(files(["https://example.org/a.tgz"]), ["https://example.org/a.tgz"]);
});

test("without a choice the first suggestion is what changed", () => {
  const none = { file: [], arg: [], image: [] };
  deepEqual(whatChanged(NOTHING_CHOSEN, { ...none, file: ["a", "b"] }, undefined), { kind: "file", name: "a" });
  deepEqual(whatChanged(NOTHING_CHOSEN, { ...none, image: ["node"] }, undefined), { kind: "image", name: "node" });
  deepEqual(whatChanged(NOTHING_CHOSEN, none, undefined), { kind: "nothing", name: "" });
  const chosen = { kind: "file", names: { ...NOTHING_CHOSEN.names, file: "" } } as const;
  deepEqual(whatChanged(chosen, { ...none, file: ["a"] }, undefined), { kind: "file", name: "" });
});

test("the engine hears of one change, and of none where there is no name", () => {
  const nothing = { files: [], args: [], images: [], texts: [] };
  deepEqual(asked({ kind: "file", name: " src/ " }), { ...nothing, files: ["src/"] });
  deepEqual(asked({ kind: "here", name: "1.2" }), { ...nothing, texts: ["1.2"] });
  deepEqual(asked({ kind: "arg", name: "" }), nothing);
  deepEqual(asked({ kind: "nothing", name: "" }), nothing);
});

test("an image that fixes have put in the place of another is the one that changes after them", () => {
  const before = plan([plannedStage(image("node:24")), plannedStage(image("nginx:1.30"))]);
  const after = plan([plannedStage(image("node:24-slim")), plannedStage(image("nginx:1.30"))]);
  const of = (name: string) => afterFixes({ kind: "image", name }, before, after).name;
  deepEqual([of("node:24"), of("nginx:1.30"), of("other:1")], ["node:24-slim", "nginx:1.30", "other:1"]);
  deepEqual(afterFixes({ kind: "file", name: "a" }, before, after), { kind: "file", name: "a" });
});

test("the instruction at the caret is a step, or the FROM of a stage", () => {
  const at = (start: number, end: number) => ({ range: { start, end } });
  const found = plan([plannedStage(image("a"), [step("x", at(7, 12))], at(0, 6)), plannedStage(image("b"), [], at(13, 19))]);
  equal(placeAt(found, 3), "0");
  equal(placeAt(found, 12), "0.0");
  equal(placeAt(found, 15), "1");
  equal(placeAt(found, 30), undefined);
});

test("the graph has what comes from elsewhere first, and each relation once", () => {
  const mounts = step("make", { reads: [{ kind: "bind", from: ofStage(0), paths: [], to: "/x" }] });
  const { nodes, edges } = graph(
    plan([
      plannedStage(image("golang"), [copies(CONTEXT, ".")]),
      plannedStage(image("alpine"), [copies(ofStage(0), "/a"), copies(ofStage(0), "/b"), copies(image("nginx"), "/c"), mounts]),
    ]),
  );
  deepEqual(nodes.map(({ origin, stage }) => origin?.name ?? stage), ["golang", "alpine", "nginx", 0, 1]);
  deepEqual(edges, [
    { kind: "from", from: 0, to: 3 },
    { kind: "from", from: 1, to: 4 },
    { kind: "copy", from: 3, to: 4 },
    { kind: "copy", from: 2, to: 4 },
    { kind: "mount", from: 3, to: 4 },
  ]);
});

test("an image that only stages need which nobody needs is not needed itself", () => {
  const { nodes } = graph(plan([plannedStage(image("a"), [], { isNeeded: false }), plannedStage(image("b"))]));
  deepEqual(nodes.map(({ isNeeded }) => isNeeded), [false, true, false, true]);
});

test("a snippet starts from nothing that could be drawn, and has no FROM to show", () => {
  const snippet = plan([plannedStage({ kind: "unknown", stage: null, name: "" }, [step("make")], { range: { start: 0, end: 0 } })]);
  equal(graph(snippet).nodes.length, 1);
  equal(stageTitle(snippet, 0), "snippet");
  const [stage] = stageRows({ plan: snippet, simulation: simulation(snippet, { state: "cached", because: "", dependsOnContent: false }) });
  deepEqual(stage?.rows.map(({ keyword }) => keyword), ["RUN"]);
});

test("triggers of the stage below stand where they run, and as ONBUILD where they are written", () => {
  const found = plan([plannedStage(image("a"), [step("make", { isTrigger: true })]), plannedStage(ofStage(0), [step("test")])]);
  const rows = stageRows({ plan: found, simulation: simulation(found, { state: "rebuilt", because: "x", dependsOnContent: false }) });
  deepEqual(rows.map(({ rows }) => rows.map(({ keyword, text }) => `${keyword} ${text}`)), [
    ["FROM a", "ONBUILD RUN make"],
    ["FROM 0", "RUN make", "RUN test"],
  ]);
  const ids = rows.flatMap(({ rows }) => rows.map(({ id }) => id));
  equal(new Set(ids).size, ids.length);
});

test("what makes no layer has no sign in the editor", () => {
  const found = plan([plannedStage(image("a"), [step("x")])]);
  const built = (state: "metadata" | "rebuilt") => ({ plan: found, simulation: simulation(found, { state, because: "`a` changed", dependsOnContent: false }) }) as never;
  equal(signs(built("metadata")).length, 0);
  deepEqual(signs(built("rebuilt")).map(({ title }) => title), ["Rebuilt: a changed", "Rebuilt: a changed"]);
});

test("the line that changes is shown as it is in the list of steps", () => {
  const at = { range: { start: 0, end: 9 } };
  const stages = [
    plannedStage({ kind: "scratch", stage: null, name: "" }, [step("make", { ...at, isTrigger: true })], at),
    plannedStage(image("alpine"), [], { ...at, platform: "linux/arm64" }),
  ];
  const found = plan(stages);
  const outcome = simulation(found, { state: "rebuilt", because: "", dependsOnContent: false });
  const shown = (name: string) => {
    const built = { plan: found, simulation: outcome, suggestions: { file: [], arg: [], image: [] }, what: { kind: "here", name } };
    return nodes([change(built as unknown as Built, report({}), {} as State)], "code").map(text).join();
  };
  equal(shown("0"), "FROM scratch");
  equal(shown("1"), "FROM --platform=linux/arm64 alpine");
  equal(shown("0.0"), "ONBUILD RUN make");
  equal(shown(""), "");
});

test("what a manifest lists is told by the command that installs it", () => {
  const unsaid = { user: null, baseUser: null, workdir: null, entrypoint: null, command: null, healthcheck: null, stopSignal: null };
  const told = { stages: [0], base: image("node"), ports: [], volumes: [], environment: [], labels: [], ...unsaid } as unknown as Ships;
  const steps = [step("apt-get update && npm ci", { manifestInstalls: ["npm ci"] }), step("npm ci", { manifestInstalls: ["npm ci"] })];
  const shown = ships({ ...plan([plannedStage(image("node"), steps)]), ships: told });
  ok(text(shown ?? "").includes("all that npm ci installs"), text(shown ?? ""));
});

test("what only commands write is no second thing in the list of files", () => {
  const unsaid = { user: null, baseUser: null, workdir: null, entrypoint: null, command: null, healthcheck: null, stopSignal: null };
  const told = { stages: [0], base: image("node"), ports: [], volumes: [], environment: [], labels: [], ...unsaid } as unknown as Ships;
  const files = (...steps: ReturnType<typeof step>[]) => text(ships({ ...plan([plannedStage(image("node"), steps)]), ships: told }) ?? "");
  ok(files(step("make")).includes("Fileswhat a RUN instruction writes"));
  ok(files(copies(CONTEXT, "a"), step("make")).includes("and what a RUN instruction writes"));
});

test("a picture that has too many stages is not made, and one of the same build is made once", () => {
  const built = (stages: number) => {
    const found = plan(Array.from({ length: stages }, () => plannedStage(image("a"))));
    return { plan: found, target: null, simulation: simulation(found, { state: "cached", because: "", dependsOnContent: false }) } as unknown as Built;
  };
  ok(text(stageGraph(built(61))).includes("61 stages: too many for a picture"));
  ok(text(stageGraph(built(60))).includes("too many for a picture"), "the image that they start from is a node too");
  const few = built(59);
  equal(nodes([stageGraph(few)], "button").length, 60);
  equal(stageGraph(few), stageGraph(few));
});

test("edits count in the text before all of them", () => {
  const edits = [
    { range: { start: 0, end: 1 }, text: "xyz", why: "" },
    { range: { start: 2, end: 2 }, text: "-", why: "" },
  ];
  equal(edited("abc", edits), "xyzb-c");
});
