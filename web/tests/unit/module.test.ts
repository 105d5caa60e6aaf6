import { deepEqual, ok } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Columns, type RuleText, rowsOf } from "../../src/rules.ts";
import type { AdviceText } from "../../src/advice.ts";

const root = process.env["LAYERWISE_ROOT"] ?? "";
const assets = join(root, "web/dist/assets");

/** The one file of the site whose name matches. */
function asset(pattern: RegExp): Buffer {
  const [name, ...others] = readdirSync(assets).filter((name) => pattern.test(name));
  ok(name !== undefined && others.length === 0, `one file is called ${pattern}`);
  return readFileSync(join(assets, name));
}

test("the commands of advice are in the build module alone, and its reasons are data beside it", () => {
  const module = asset(/^build_bg\..*\.wasm$/);
  ok(module.includes("trivy image --severity"));
  ok(!asset(/^engine_bg\..*\.wasm$/).includes("trivy image --severity"), "nobody waits for them");
  const advice = [...rowsOf(JSON.parse(asset(/^advice\..*\.json$/).toString("utf8")) as Columns<AdviceText>).values()];
  ok(advice.length > 20);
  const texts = advice.flatMap(({ title, why }) => [title, JSON.stringify(why).match(/[A-Z][^."`\\]{30,}/)?.[0] ?? title]);
  deepEqual(texts.filter((text) => module.includes(text)), []);
});

test("the explanations of rules are data beside the engine module, and not in it", () => {
  const module = asset(/^engine_bg\..*\.wasm$/);
  ok(module.includes("is deprecated: a label says who"), "messages are in the module, so they could be found");
  const rules = [...rowsOf(JSON.parse(asset(/^rules\..*\.json$/).toString("utf8")) as Columns<RuleText>).values()];
  ok(rules.length > 40);
  const sentences = rules.map(({ id, why }) => ({ id, sentence: JSON.stringify(why).match(/[A-Z][^."`\\]{30,}/)?.[0] ?? "" }));
  const found = sentences.filter(({ sentence }) => sentence !== "" && module.includes(sentence));
  deepEqual(found, []);
  ok(sentences.filter(({ sentence }) => sentence !== "").length > rules.length / 2, "most explanations were looked for");
});
