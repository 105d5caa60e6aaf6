// The engine's module in two halves, and whole: they say the same.

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import type * as Glue from "../../generated/engine/engine.js";

const root = process.env["LAYERWISE_ROOT"] ?? "..";
const folder = join(root, "web/generated/engine");
const corpus = join(root, "tests/corpus");
const texts = readdirSync(corpus).filter((name) => name.includes("Dockerfile")).map((name) => readFileSync(join(corpus, name), "utf8"));

const bytesOf = (file: string) => readFileSync(join(folder, file));

/** An instance of its own, and what it exports. */
async function instance(name: string, file: string): Promise<{ engine: typeof Glue; exports: WebAssembly.ModuleImports }> {
  const engine = (await import(`${pathToFileURL(join(folder, "engine.js")).href}?${name}`)) as typeof Glue;
  return { engine, exports: { ...engine.initSync({ module: bytesOf(file) }) } };
}

const addSecond = (first: WebAssembly.ModuleImports) => WebAssembly.instantiate(bytesOf("engine_second.wasm"), { first });

function reported(report: Glue.Report): unknown {
  return { ...report, milliseconds: 0 };
}

test("the first half alone tells the score that a check gives", async () => {
  const { engine: first } = await instance("score", "engine_bg.wasm");
  const { engine: whole } = await instance("whole", "engine_whole.wasm");
  let told = 0;
  for (const text of texts) {
    const early = first.firstScore({ text });
    if (early === undefined) continue;
    told += 1;
    // A place among the findings is another where some are missing.
    const withoutPlace = (score: Glue.Score | null) => score && { ...score, cap: score.cap && { ...score.cap, finding: 0 } };
    deepEqual(withoutPlace(early), withoutPlace(whole.check({ text }).score), text);
  }
  ok(told > texts.length / 2, `${told} of ${texts.length}`);
});

test("both halves say what the whole does", async () => {
  const { engine: halves, exports } = await instance("halves", "engine_bg.wasm");
  await addSecond(exports);
  const { engine: whole } = await instance("other", "engine_whole.wasm");
  for (const text of texts) {
    deepEqual(reported(halves.check({ text })), reported(whole.check({ text })), text);
    deepEqual(halves.fixAll({ text }, true, [], []).rounds, whole.fixAll({ text }, true, [], []).rounds, text);
    deepEqual(halves.secrets({ text }), whole.secrets({ text }), text);
  }
});

test("what the second half does is stopped before it is there, and so nothing goes wrong unseen", async () => {
  const { engine, exports } = await instance("alone", "engine_bg.wasm");
  throws(() => engine.check({ text: "FROM scratch\n" }), WebAssembly.RuntimeError);
  await addSecond(exports);
  equal(engine.check({ text: "FROM scratch\n" }).problems.length, 0);
});
