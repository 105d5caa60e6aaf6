// The engine with workers that end while something is on its way.

import { deepEqual, equal, rejects } from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Engine } from "../../src/engine.ts";
import type { FromWorker, Request, ToWorker } from "../../src/engine/protocol.ts";

/** A worker that answers all, but for the messages that it meets with another fate at. */
class StubWorker {
  onmessage!: (event: { data: FromWorker }) => void;
  onerror!: (event: { message: string }) => void;
  readonly posted: string[] = [];

  constructor() {
    made.push(this);
  }

  postMessage(message: ToWorker): void {
    const kind = message.kind === "call" ? message.method : message.kind;
    const fate = fates.find(([meant, nth]) => meant === kind && made[nth] === this)?.[2] ?? "answers";
    this.posted.push(kind);
    if (fate === "answers") setImmediate(() => this.onmessage({ data: answerTo(message) }));
    if (fate === "ends") setImmediate(() => this.end());
    if (fate === "traps" && "id" in message) setImmediate(() => this.onmessage({ data: { kind: "crash", id: message.id, reason: "unreachable" } }));
  }

  end(): void {
    this.onerror({ message: "out of memory" });
  }

  terminate(): void {}
}

function answerTo(message: ToWorker): FromWorker {
  if (message.kind === "prepare") return { kind: "alive" };
  if (message.kind === "start") return { kind: "ready", facts: { version: "", tokenKinds: [] } };
  return { kind: "answer", id: message.id, answer: message.kind === "call" ? { answer: message.method, hasShell: false } : null };
}

/** The nth worker, once it was sent a kind of message. */
async function heard(nth: number, kind: string): Promise<StubWorker> {
  for (;;) {
    const worker = made[nth];
    if (worker?.posted.includes(kind) === true) return worker;
    await new Promise(setImmediate);
  }
}

/** What becomes of a kind of message at the nth worker. */
type Fate = readonly [meant: string, nth: number, fate: "ends" | "traps" | "stays silent"];
let fates: readonly Fate[] = [];
let made: StubWorker[] = [];

beforeEach(() => {
  [fates, made] = [[], []];
});

const later = setTimeout;
Object.assign(globalThis, {
  Worker: StubWorker,
  fetch: async () => new Response(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)),
  // What is done after a while, such as giving back an address, nobody here waits for.
  setTimeout: (...[act, delay = 0]: Parameters<typeof setTimeout>) => (delay === 0 ? later(act) : later(act, delay).unref()),
});

const REQUEST = {} as Request;

/** What a worker is sent to come up. */
const UP = ["prepare", "start", "second"];

for (const kind of ["shell", "build"] as const) {
  const add = (engine: Engine) => (kind === "shell" ? engine.addShell() : engine.addBuild());

  test(`the ${kind} module that is on its way to a worker when that ends is put beside the next one`, async () => {
    fates = [[kind, 0, "stays silent"]];
    const engine = new Engine();
    const adding = add(engine);
    await engine.facts();
    const checked = engine.check(REQUEST);
    (await heard(0, kind)).end();
    await adding;
    equal((await checked).answer, "check");
    equal(made.length, 2);
    equal(made[1]?.posted.includes(kind), true);
  });

  test(`the ${kind} module that waits behind a question which the worker ends at twice is put beside the next one`, async () => {
    fates = [["check", 0, "stays silent"], [kind, 0, "stays silent"], ["check", 1, "ends"], [kind, 1, "stays silent"]];
    const engine = new Engine();
    await engine.facts();
    const checked = engine.check(REQUEST);
    await heard(0, "check");
    const adding = add(engine);
    (await heard(0, kind)).end();
    await rejects(checked, /stopped twice on this text/);
    await adding;
    equal(made[2]?.posted.includes(kind), true);
  });

  test(`the ${kind} module that a worker ends at, and the next one too, is told of, and what else is asked is answered`, async () => {
    fates = [[kind, 0, "ends"], [kind, 1, "ends"]];
    const engine = new Engine();
    await rejects(add(engine));
    equal((await engine.check(REQUEST)).answer, "check");
    deepEqual(made.map(({ posted }) => posted), [[...UP, kind], [...UP, kind], [...UP, "check"]]);
  });
}

test("a worker that ends at the shell module which the one before had is followed by one without it", async () => {
  fates = [["check", 0, "ends"], ["shell", 1, "ends"]];
  const engine = new Engine();
  await engine.addShell();
  equal((await engine.check(REQUEST)).answer, "check");
  deepEqual(made.map(({ posted }) => posted), [[...UP, "shell", "check"], [...UP, "shell"], [...UP, "check"]]);
});

test("a first score is asked for while the rest of the engine is on its way, and not afterwards", async () => {
  const engine = new Engine();
  equal(await engine.firstScore(REQUEST), "firstScore");
  equal((await engine.check(REQUEST)).answer, "check");
  equal(await engine.firstScore(REQUEST), undefined);
  deepEqual(made.map(({ posted }) => posted.filter((kind) => kind === "firstScore" || kind === "check")), [["firstScore", "check"]]);
});

for (const [kind, fate] of [["firstScore", "traps"], ["second", "traps"], ["second", "ends"]] as const) {
  test(`a worker that ${fate} at ${kind} is followed by another, and the check is answered`, async () => {
    fates = [[kind, 0, fate]];
    const engine = new Engine();
    const first = engine.firstScore(REQUEST);
    equal((await engine.check(REQUEST)).answer, "check");
    equal(made.length, 2);
    equal(kind === "firstScore" ? await first : undefined, undefined);
  });
}
