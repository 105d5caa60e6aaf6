// What asks the engine in the background: nothing that came too late is shown, and a failure is not kept.

import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { type State, Store, initial } from "../../src/state.ts";
import { image, plan, plannedStage, simulation, step } from "./plan.ts";
import { Advisor } from "../../src/advisor.ts";
import type { Checker } from "../../src/checker.ts";
import type { Editor } from "../../src/editor.ts";
import { Simulator } from "../../src/build/simulator.ts";
import { ThisLine } from "../../src/this-line.ts";

Object.assign(globalThis, { window: globalThis });

/** Longer than what must pass without a change before fixes are tried out. */
const QUIET = 250;

/** Waits until all that can be answered is. */
const rest = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function parts(change: Partial<State>, answers: object, texts = { dockerfile: "FROM a\n", dockerignore: "" }) {
  const shape = { lines: 2, length: 7, ending: "LF", isBlank: false } as const;
  const store = new Store({ ...initial(shape, { shape, patterns: 0 }, "auto"), ...change }, () => {});
  const editor = { version: texts, caret: 0, showSteps: () => {} };
  const complaints: unknown[] = [];
  const checker = { settled: async () => null, complain: (error: unknown) => complaints.push(error), ...answers };
  return { store, editor, complaints, given: [editor as unknown as Editor, checker as unknown as Checker, store] as const };
}

test("the line that the caret has left again is not explained in the place of the one where it is", async () => {
  const waiting: (() => void)[] = [];
  const explainAt = (_version: object, _target: null, position: number) => {
    const range = position < 10 ? { start: 0, end: 9 } : { start: 10, end: 19 };
    return new Promise((resolve) => waiting.push(() => resolve({ range, title: `at ${position}` })));
  };
  const { store, editor, given } = parts({ isLineOpen: true }, { explainAt });
  const line = new ThisLine(...given);
  line.follow();
  waiting.shift()?.();
  await rest();
  for (const caret of [12, 3]) {
    editor.caret = caret;
    line.follow();
  }
  waiting.shift()?.();
  await rest();
  equal(store.state.explanation?.title, "at 0");
});

test("commands for a target that is no longer wanted do not take the place of the others", async () => {
  const waiting: (() => void)[] = [];
  const advice = (_version: object, target: string | null) => new Promise((resolve) => waiting.push(() => resolve(target ?? "last")));
  const { store, given } = parts({ tab: "run" }, { advice });
  const advisor = new Advisor(...given);
  advisor.update();
  waiting.shift()?.();
  await rest();
  for (const target of ["build", null]) {
    store.set({ target });
    advisor.update();
  }
  waiting.shift()?.();
  await rest();
  equal(store.state.counsel, "last");
});

/** An engine for a build, which notes what it is asked and fails as long as it should. */
function builder() {
  const found = plan([plannedStage(image("a"), [step("make")])], { files: ["src"] });
  const run = { applied: [{}], rounds: [[]] };
  const engine = { asked: [] as string[], fails: "" };
  const answer = <Value>(name: string, value: Value) => async () => {
    engine.asked.push(name);
    if (engine.fails === name) throw new Error(name);
    return value;
  };
  const simulated = simulation(found, { state: "cached", because: "", dependsOnContent: false });
  return { engine, answers: { plan: answer("plan", found), simulate: answer("simulate", simulated), fixAll: answer("fixAll", run) } };
}

test("a plan that could not be had is asked for again, and told of once", async () => {
  const { engine, answers } = builder();
  const { store, complaints, given } = parts({ tab: "build" }, answers);
  const simulator = new Simulator(...given, () => {});
  engine.fails = "plan";
  simulator.run();
  await rest();
  equal(complaints.length, 1);
  engine.fails = "";
  simulator.run();
  await rest();
  equal(complaints.length, 1);
  equal(store.state.built?.plan.stages.length, 1);
  simulator.close();
});

test("fixes that could not be tried out are tried out again", async () => {
  const { engine, answers } = builder();
  const { store, complaints, given } = parts({ tab: "build" }, answers);
  const simulator = new Simulator(...given, () => {});
  engine.fails = "fixAll";
  simulator.run();
  await rest(QUIET);
  equal(complaints.length, 1);
  engine.fails = "";
  simulator.run();
  await rest(QUIET);
  equal(complaints.length, 1);
  equal(store.state.mended?.safe?.fixes, 1);
});

test("nothing more is asked about a text that is another by now", async () => {
  const { engine, answers } = builder();
  const fixAll = async () => {
    editor.version = { dockerfile: "FROM b\n", dockerignore: "" };
    return answers.fixAll();
  };
  const { store, editor, given } = parts({ tab: "build" }, { ...answers, fixAll });
  const simulator = new Simulator(...given, () => {});
  simulator.run();
  await rest(QUIET);
  deepEqual(engine.asked, ["plan", "simulate", "fixAll"]);
  equal(store.state.mended, null);
});

test("what a closed simulator still waits for is not told", async () => {
  const { engine, answers } = builder();
  const { store, complaints, given } = parts({ tab: "build" }, answers);
  const simulator = new Simulator(...given, () => {});
  engine.fails = "plan";
  simulator.run();
  simulator.close();
  await rest();
  deepEqual([complaints, store.state.built], [[], null]);
});
