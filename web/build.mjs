// Builds the site: type-checks, bundles, and fills `dist`, which any static host can serve from any path.
//
//   index.html    what index.html here says, with each reference to a source replaced by the name of what was built from it
//   assets/*      one flat folder; each name holds a hash of the content, so a host may cache these files for ever
//   …             the files of `static/`, under their own names
//
// The two files of each WebAssembly module are not bundled. Its glue must stay a module with an address of its own, because a worker made
// from a blob `import()`s it by that address; `generated/assets.ts` tells the page where it and the data files lie.
import * as esbuild from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { cssAsText } from "./css-as-text.mjs";

process.chdir(import.meta.dirname);

// The last good site stays in place, and is served, until the new one is whole.
const next = "generated/site";
const assets = join(next, "assets");
rmSync(next, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

/** Source path, as index.html writes it -> path in the site. */
const built = new Map();

const engineScript = await addAsset("generated/engine/engine.js", script("generated/engine/engine.js"));
const engineWasm = await addAsset("generated/engine/engine_bg.wasm", readFileSync("generated/engine/engine_bg.wasm"));
const shellScript = await addAsset("generated/shell/shell.js", script("generated/shell/shell.js"));
const shellWasm = await addAsset("generated/shell/shell_bg.wasm", readFileSync("generated/shell/shell_bg.wasm"));
const ruleTexts = await addAsset("generated/rules.json", read("generated/rules.json"));
const shellRuleTexts = await addAsset("generated/shell-rules.json", read("generated/shell-rules.json"));
const adviceTexts = await addAsset("generated/advice.json", read("generated/advice.json"));
const patternTexts = await addAsset("generated/patterns.json", read("generated/patterns.json"));
const baseImages = await addAsset("generated/base-images.txt", readFileSync("generated/base-images.txt"));
await addAsset("generated/licences.txt", licences());
writeAddresses({ engineScript, engineWasm, shellScript, shellWasm, ruleTexts, shellRuleTexts, adviceTexts, patternTexts, baseImages });
addStaticFiles();

typeCheck();
const html = read("index.html");
const { firstLoad, laterLoad } = await bundle(entryPointsOf(html));
writeFileSync(join(next, "index.html"), withPreloads(replaceReferences(html), firstLoad));

// What `cargo xtask test` weighs, one group for each budget.
const groups = {
  engine: [engineScript, engineWasm],
  shell: [shellScript, shellWasm],
  page: ["index.html", ...firstLoad],
  rules: [ruleTexts],
  shellRules: [shellRuleTexts],
  patterns: [patternTexts],
  advice: [adviceTexts],
  baseImages: [baseImages],
  completion: laterLoad("src/editor/completion.ts"),
};
writeFileSync("generated/groups.json", JSON.stringify(groups, null, 2));

rmSync("dist", { recursive: true, force: true });
renameSync(next, "dist");

/** Copies a file into `assets` under a name that changes with its content. */
async function addAsset(source, content) {
  const bytes = Buffer.from(await content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const name = basename(source).replace(/(\.[^.]+)$/, `.${hash}$1`);
  writeFileSync(join(assets, name), bytes);
  built.set(source, `assets/${name}`);
  return `assets/${name}`;
}

/** What the engine's data are made of, and the licence that this speaks of. */
function licences() {
  return `${read("../crate/engine/data/NOTICE.md")}\n${"-".repeat(80)}\n\n${read("../LICENSE-APACHE")}`;
}

/** One file with no address of its own inside: the page tells the glue where the module is, since that name is hashed. */
async function script(entryPoint) {
  const options = { bundle: true, format: "esm", target: "es2022", charset: "utf8", minify: true, write: false };
  const { outputFiles } = await esbuild.build({ entryPoints: [entryPoint], ...options });
  return outputFiles[0].contents;
}

/** All scripts lie in `assets` beside these files, so an address relative to the script holds wherever the site is. */
function writeAddresses(paths) {
  const lines = Object.entries(paths).map(
    ([name, path]) => `export const ${name} = new URL("./${basename(path)}", import.meta.url).href;\n`,
  );
  writeFileSync("generated/assets.ts", `// Written by build.mjs. Absolute addresses of what is loaded apart.\n${lines.join("")}`);
}

function addStaticFiles() {
  if (!existsSync("static")) return;
  cpSync("static", next, { recursive: true });
  for (const entry of readdirSync("static", { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name).replaceAll("\\", "/");
    built.set(source, relative("static", source).replaceAll("\\", "/"));
  }
}

function typeCheck() {
  try {
    execFileSync(process.execPath, ["node_modules/typescript/bin/tsc"], { stdio: "inherit" });
  } catch {
    process.exit(1); // tsc has said what is wrong
  }
}

/** index.html names the page's scripts and style sheets by their sources. */
function entryPointsOf(html) {
  return [...references(html)].map(({ path }) => path).filter((path) => /^src\/.*\.(ts|css)$/.test(path));
}

/**
 * Returns the files that the page loads before it is asked for anything, the entry points and what they import, and a function that tells
 * what else comes with a module that is imported later.
 */
async function bundle(entryPoints) {
  const { metafile, warnings } = await esbuild
    .build({
      entryPoints,
      outdir: assets,
      entryNames: "[name].[hash]",
      chunkNames: "[name].[hash]",
      bundle: true,
      splitting: true,
      format: "esm",
      target: "es2022",
      charset: "utf8",
      minify: true,
      sourcemap: true,
      metafile: true,
      plugins: [cssAsText],
      loader: { ".Dockerfile": "text" },
    })
    .catch(() => process.exit(1)); // esbuild has said what is wrong, here and below
  if (warnings.length > 0) process.exit(1);

  const follow = (output, found) => {
    if (found.has(output)) return;
    found.add(output);
    const ofStart = metafile.outputs[output].imports.filter(({ kind }) => kind !== "dynamic-import");
    for (const { path, external } of ofStart) if (!external) follow(path, found);
  };
  const first = new Set();
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (!entryPoints.includes(entryPoint)) continue;
    built.set(entryPoint, inSite(output));
    follow(output, first);
  }
  const laterLoad = (source) => {
    const [output] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [];
    if (output === undefined) throw new Error(`Nothing imports ${source} later.`);
    const found = new Set();
    follow(output, found);
    return [...found].filter((path) => !first.has(path)).map(inSite);
  };
  return { firstLoad: [...first].map(inSite), laterLoad };
}

/** What the entry points import is asked for together with them, and not after they have come. */
function withPreloads(page, files) {
  const scripts = files.filter((path) => path.endsWith(".js") && !page.includes(path));
  const links = scripts.map((path) => `    <link rel="modulepreload" href="${path}">\n`);
  return page.replace(/^ *<script type="module"/m, (script) => links.join("") + script);
}

function inSite(path) {
  return relative(next, path).replaceAll("\\", "/");
}

function replaceReferences(html) {
  let page = html;
  for (const { attribute, path } of references(html)) {
    if (/^(#|data:|https?:)/.test(path)) continue;
    const target = built.get(path);
    if (target === undefined) {
      console.error(`index.html refers to ${path}, which the build does not make.`);
      process.exit(1);
    }
    page = page.replaceAll(`${attribute}="${path}"`, `${attribute}="${target}"`);
  }
  return page;
}

function* references(html) {
  for (const [, attribute, path] of html.matchAll(/\b(src|href)="([^"]*)"/g)) yield { attribute, path };
}

function read(path) {
  return readFileSync(path, "utf8");
}
