// What is exported is imported somewhere: TypeScript tells of what a file does not use, and of no more. A type may be there for the sake of what
// its own file exports.

import { deepEqual } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

const ROOT = process.env["LAYERWISE_ROOT"] ?? "";

/** Folders whose exports must be of use to somebody. */
const HELD = ["web/src", "web/service-worker"];
/** Folders that may be that somebody as well. */
const USERS = ["web/generated", "web/tests", "tests/browser", "tests/browser-bench", "tests/engines"];
/** What others import: the npm package begins here. */
const PUBLIC = ["web/src/package/index.ts"];
/** What stands in for another module in the edition in one file: no import names it. */
const STAND_INS = new Map([["web/src/one-file/site.ts", "web/src/site.ts"]]);

const IMPORTED = /(?:import|export)\s+(?:type\s+)?(\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*"([^"]+)"/g;
const IMPORTED_LATER = /import\(\s*"([^"]+)"\s*\)/g;
const DECLARED = /^export (?:default )?(?:abstract )?(?:async )?(?:const enum|function\*?|const|let|class|interface|type|enum) (\w+)/gm;
const LISTED = /^export (?:type )?\{([^}]*)\}/gm;

/** Each export, as `file: name`, that no other file imports. A file that is imported whole uses the names that stand in its importer. */
function unusedExports(files: ReadonlyMap<string, string>, held: readonly string[]): string[] {
  const used = new Set<string>();
  for (const [path, text] of files) {
    const found = (file: string) => normalize(join(dirname(path), file));
    for (const [, names = "", file = ""] of text.matchAll(IMPORTED)) {
      const wanted = names.startsWith("*") ? wantedOfAll(text, names, exportsOf(files.get(found(file)) ?? "")) : namesIn(names, 0);
      for (const name of wanted) used.add(`${found(file)}: ${name}`);
    }
    for (const [, file = ""] of text.matchAll(IMPORTED_LATER)) {
      for (const name of exportsOf(files.get(found(file)) ?? "")) if (wordsOf(text).has(name)) used.add(`${found(file)}: ${name}`);
    }
  }
  const all = [...files].filter(([path]) => held.includes(path)).flatMap(([path, text]) => {
    const names = exportsOf(text).filter((name) => !speaksOf(text, name));
    return names.map((name) => `${path}: ${name}`);
  });
  return all.filter((name) => !used.has(name));
}

/** What a file wants of another that it imports as `* as all`: what it names, and everything where it hands the whole on. */
function wantedOfAll(text: string, names: string, exports: readonly string[]): readonly string[] {
  const all = names.replace(/^\*\s+as\s+/, "");
  if (new RegExp(`[=(,] ${all}[;,)]`).test(text)) return exports;
  const words = wordsOf(text);
  return exports.filter((name) => words.has(name));
}

/** Whether a file says the name of a type again, beside declaring it. */
function speaksOf(text: string, name: string): boolean {
  return new RegExp(`^export (?:interface|type) ${name}\\b`, "m").test(text) && text.split(new RegExp(`\\b${name}\\b`)).length > 2;
}

function exportsOf(text: string): string[] {
  const declared = [...text.matchAll(DECLARED)].map(([, name = ""]) => name);
  return [...declared, ...[...text.matchAll(LISTED)].flatMap(([, names = ""]) => namesIn(names, 1))];
}

/** Of `{ a, type B as C }` the names in the other file (0) or here (1). */
function namesIn(list: string, side: 0 | 1): string[] {
  const parts = list.replaceAll(/[{}]|\/\/.*|\btype\s/g, "").split(",").map((part) => part.trim().split(/\s+as\s+/));
  return parts.map((names) => names[side] ?? names[0] ?? "").filter((name) => name !== "");
}

function wordsOf(text: string): Set<string> {
  return new Set(text.match(/\w+/g));
}

function sourcesIn(folder: string): [string, string][] {
  const names = readdirSync(join(ROOT, folder), { recursive: true }).map(String).filter((name) => name.endsWith(".ts"));
  return names.map((name) => [join(folder, name), readFileSync(join(ROOT, folder, name), "utf8")]);
}

test("what is exported is imported somewhere", () => {
  const held = HELD.flatMap(sourcesIn);
  const files = new Map([...held, ...USERS.flatMap(sourcesIn)]);
  const paths = held.map(([path]) => path).filter((path) => !PUBLIC.includes(path) && !STAND_INS.has(path) && !path.endsWith(".d.ts"));
  deepEqual(unusedExports(files, paths), [], "each of these can do without `export`, or can go");
});

test("what stands in for a module exports what that does", () => {
  const exported = (path: string) => exportsOf(readFileSync(join(ROOT, path), "utf8")).sort();
  for (const [standIn, module] of STAND_INS) deepEqual(exported(standIn), exported(module));
});

test("an export is of use by its name, in whatever way it is imported", () => {
  const files = new Map([
    ["a/own.ts", 'export const used = 1;\nexport function unused() {}\nexport type T = 1;\nexport type Told = T;\nexport interface U {}\nconst c = 1;\nexport { c as d };\n'],
    ["a/later.ts", "export async function late() {}\nexport class Never {}\n"],
    ["a/whole.ts", "export const one = 1;\nexport const two = 2;\n"],
    ["a/passed-on.ts", 'export type { T as V } from "./own.ts";\n'],
    ["b/main.ts", 'import {\n  type U,\n  used as other,\n} from "../a/own.ts";\nimport * as whole from "../a/whole.ts";\nconst { late } = await import("../a/later.ts");\nwhole.two;\n'],
    ["a/texts.ts", "export const title = 1;\n"],
    ["b/texts.ts", 'import * as en from "../a/texts.ts";\nexport const texts: typeof en = en;\n'],
    ["b/page.ts", 'import { texts } from "./texts.ts";\n'],
  ]);
  deepEqual(unusedExports(files, [...files.keys()]), ["a/own.ts: unused", "a/own.ts: Told", "a/own.ts: d", "a/later.ts: Never", "a/whole.ts: one", "a/passed-on.ts: V"]);
});
