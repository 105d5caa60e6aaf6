// Builds the site: type-checks, bundles, and fills `dist`, which any static host can serve from any path.
//
//   index.html    what index.html here says, with each reference to a source replaced by the name of what was built from it
//   score.html    what the score is made of: the same, from what `cargo xtask build` has written
//   assets/*      one flat folder; each name holds a hash of the content, so a host may cache these files for ever
//   …             the files of `static/`, under their own names
//   service-worker.js   keeps all of these on the device; it knows the name of the build and the hash of each file
//
// The two files of each WebAssembly module are not bundled. Its glue must stay a module with an address of its own, because a worker made
// from a blob `import()`s it by that address; `generated/assets.ts` tells the page where it and the data files lie.
import * as esbuild from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
const buildScript = await addAsset("generated/build/build.js", script("generated/build/build.js"));
const buildWasm = await addAsset("generated/build/build_bg.wasm", readFileSync("generated/build/build_bg.wasm"));
const shellScript = await addAsset("generated/shell/shell.js", script("generated/shell/shell.js"));
const shellWasm = await addAsset("generated/shell/shell_bg.wasm", readFileSync("generated/shell/shell_bg.wasm"));
const ruleTexts = await addAsset("generated/rules.json", read("generated/rules.json"));
const shellRuleTexts = await addAsset("generated/shell-rules.json", read("generated/shell-rules.json"));
const adviceTexts = await addAsset("generated/advice.json", read("generated/advice.json"));
const patternTexts = await addAsset("generated/patterns.json", read("generated/patterns.json"));
const baseImages = await addAsset("generated/base-images.txt", readFileSync("generated/base-images.txt"));
const ruleNames = await addAsset("generated/rule-names.txt", namesOfRules());
await addAsset("generated/licences.txt", licences());
writeAddresses({
  engineScript,
  engineWasm,
  buildScript,
  buildWasm,
  shellScript,
  shellWasm,
  ruleTexts,
  shellRuleTexts,
  adviceTexts,
  patternTexts,
  baseImages,
  ruleNames,
});
writeFacts();
addStaticFiles();
const PAGES = ["index.html", "generated/score.html"];
/** Pages for those who put snippets into their own: nobody needs them without a network. */
const EMBEDDING = ["embed.html", "configure.html", "embedding.html"];
for (const page of [...PAGES, ...EMBEDDING]) built.set(page, basename(page));

typeCheck();
for (const path of ["embed.js", "custom-elements.json"]) built.set(path, path);
const LATER = ["src/embed/live.ts", "src/embed/upgrade.ts"];
const embedded = await bundle(LATER);
await addEmbed();
/** What only pages of others ask for. */
const ofOthers = new Set([...embedded.all, ...EMBEDDING, ruleNames, "embed.js", "frame-size.js", "custom-elements.json"]);
for (const page of EMBEDDING) for (const path of (await addPage(page, withFacts(read(page)))).all) ofOthers.add(path);
const pages = await Promise.all(PAGES.map((page) => addPage(page, withFacts(read(page)))));
const [{ firstLoad, laterLoad }] = pages;
for (const path of pages.flatMap(({ all }) => all)) ofOthers.delete(path);
await addServiceWorker();

// What `cargo xtask test` weighs, one group for each budget.
const groups = {
  engine: [engineScript, engineWasm],
  build: [buildScript, buildWasm],
  shell: [shellScript, shellWasm],
  page: ["index.html", ...firstLoad],
  rules: [ruleTexts],
  shellRules: [shellRuleTexts],
  patterns: [patternTexts],
  advice: [adviceTexts],
  baseImages: [baseImages],
  completion: laterLoad("src/editor/completion.ts"),
  review: laterLoad("src/editor/review.ts"),
  embed: ["embed.js"],
  embedLive: embedded.firstLoad,
  embedEditor: embedded.laterLoad("src/embed/editing.ts"),
  ruleNames: [ruleNames],
  offline: ["service-worker.js", ...staticFiles()],
};
writeFileSync("generated/groups.json", JSON.stringify(groups, null, 2));

rmSync("dist", { recursive: true, force: true });
renameSync(next, "dist");

/**
 * Writes the one script with an address that stays: pages of others name it. What it loads later has a hash in its name, and is found from
 * where the script itself is.
 */
async function addEmbed() {
  const later = {
    name: "later",
    setup: (build) =>
      build.onResolve({ filter: /\.ts$/ }, ({ kind, path }) =>
        kind === "dynamic-import" ? { path: `./${built.get(`src/embed/${basename(path)}`)}`, external: true } : undefined,
      ),
  };
  const options = { bundle: true, format: "esm", target: "es2022", charset: "utf8", minify: true, plugins: [cssAsText, later] };
  const { warnings } = await esbuild.build({ entryPoints: ["src/embed/embed.ts"], outfile: join(next, "embed.js"), ...options });
  if (warnings.length > 0) process.exit(1);
  writeFileSync(join(next, "custom-elements.json"), read("src/embed/custom-elements.json"));
}

/** Every rule, and every code of another tool for one, a line each: by these an expectation may name what it speaks of. */
function namesOfRules() {
  const files = ["generated/rules.json", "generated/shell-rules.json"].map((path) => JSON.parse(read(path)));
  const names = files.flatMap(({ id, codes }) => [...id, ...codes.flat().map(({ code }) => code)]);
  return [...new Set(names)].sort().join("\n");
}

/** Bundles what a page loads, apart from what other pages do, and returns it. */
async function addPage(page, html) {
  const loaded = await bundle(entryPointsOf(html));
  writeFileSync(join(next, basename(page)), withPreloads(replaceReferences(page, html), loaded.firstLoad));
  return loaded;
}

/** What the script of a page imports is fetched along with it, and not when the script has come and says so. */
function withPreloads(html, loaded) {
  const imported = loaded.filter((path) => path.endsWith(".js") && !html.includes(`"${path}"`));
  const links = imported.map((path) => `    <link rel="modulepreload" href="${path}">\n`);
  return html.replace("  </head>", `${links.join("")}  </head>`);
}

/** Copies a file into `assets` under a name that changes with its content. */
async function addAsset(source, content) {
  const bytes = Buffer.from(await content);
  const hash = sha256(bytes).toString("hex").slice(0, 10);
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
async function script(entryPoint, format = "esm") {
  const options = { bundle: true, format, target: "es2022", charset: "utf8", minify: true, write: false };
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

function writeFacts() {
  const lines = ["// Written by build.mjs.", 'import type { Facts } from "../src/facts.ts";', `export const facts: Facts = ${read("generated/facts.json")};`];
  writeFileSync("generated/facts.ts", `${lines.join("\n")}\n`);
}

function addStaticFiles() {
  cpSync("static", next, { recursive: true });
  for (const path of staticFiles()) built.set(`static/${path}`, path);
}

function staticFiles() {
  return filesIn("static");
}

/** The paths of all files in a folder, from there. */
function filesIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll("\\", "/")).sort();
}

/** The service worker knows what a worker knows, and no page. */
function typeCheck() {
  for (const project of [".", "service-worker"]) {
    try {
      execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--project", project], { stdio: "inherit" });
    } catch {
      process.exit(1); // tsc has said what is wrong
    }
  }
}

/** What index.html says of the program, in braces. A place with `data-if` goes where there is nothing to say. */
function withFacts(html) {
  const { version, builtFrom, dataAsOf, repository } = JSON.parse(read("generated/facts.json"));
  const facts = { version, commit: builtFrom, dataAsOf, repository };
  let page = html;
  for (const [name, fact] of Object.entries(facts)) {
    if (fact === null) page = page.replace(new RegExp(` *<p data-if="${name}">.*</p>\n`, "g"), "");
    page = page.replaceAll(`{${name}}`, fact).replaceAll(` data-if="${name}"`, "");
  }
  return page;
}

/**
 * Writes the service worker, and its name of the build into the page: a hash of everything in the site, these two included, but for that name.
 * What only a developer asks for is not kept on people's devices.
 */
async function addServiceWorker() {
  const worker = Buffer.from(await script("service-worker/service-worker.ts", "iife")).toString();
  const pages = Object.fromEntries(PAGES.map((page) => [basename(page), read(join(next, basename(page)))]));
  const files = filesIn(next).filter((path) => !path.endsWith(".map") && !ofOthers.has(path));
  const list = JSON.stringify(Object.fromEntries(files.map((path) => [path, integrityOf(path)])));
  const build = sha256(JSON.stringify([pages, worker, list])).toString("hex").slice(0, 16);
  writeFileSync(join(next, "index.html"), pages["index.html"].replace("{build}", build));
  writeFileSync(join(next, "service-worker.js"), `const BUILD="${build}",FILES=${list};\n${worker}`);
}

/** Hosts may add to a page, as to no other file; then it is kept as they give it. */
function integrityOf(path) {
  return path.endsWith(".html") ? "" : `sha256-${sha256(readFileSync(join(next, path))).toString("base64")}`;
}

function sha256(content) {
  return createHash("sha256").update(content).digest();
}

/** A page names its scripts and style sheets by their sources. */
function entryPointsOf(html) {
  return [...references(html)].map(({ path }) => path).filter((path) => /^src\/.*\.(ts|css)$/.test(path));
}

/**
 * Returns the files that the page loads before it is asked for anything, the entry points and what they import; a function that tells
 * what else comes with a module that is imported later; and all scripts.
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
  const all = Object.keys(metafile.outputs).map(inSite).filter((path) => !path.endsWith(".map"));
  return { firstLoad: [...first].map(inSite), laterLoad, all };
}

function inSite(path) {
  return relative(next, path).replaceAll("\\", "/");
}

function replaceReferences(name, html) {
  let page = html;
  for (const { attribute, path } of references(html)) {
    if (/^(#|\.\/$|data:|https?:)/.test(path)) continue;
    const target = built.get(path);
    if (target === undefined) {
      console.error(`${name} refers to ${path}, which the build does not make.`);
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
