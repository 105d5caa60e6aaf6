// Builds the site: type-checks, bundles, and fills `dist`, which any static host can serve from any path.
//
//   index.html    what index.html here says, with each reference to a source replaced by the name of what was built from it
//   learn.html    the lessons, which are made of `lessons/`; the playground in it is the same
//   builder.html  where workshops are written
//   teaching.html the guide for trainers
//   score.html    what the score is made of: the same, from what `cargo xtask build` has written
//   rules/…, advice/…   pages that are read, each a folder with an index.html, which `cargo xtask build` has written too; sitemap.xml and social.png
//                 where the site's address is known (LAYERWISE_ADDRESS)
//   embed.js      the element for pages of others, at an address that stays; custom-elements.json tells editors of it; embed.html, configure.html
//                 and embedding.html are for those who put it there
//   assets/*      one flat folder; each name holds a hash of the content, so a host may cache these files for ever
//   …             the files of `static/`, under their own names
//   layerwise.html      all of this but what is for pages of others, in one file (`one-file.mjs`), which works without a network wherever it lies
//   service-worker.js   keeps the first five on the device, with what they need; it knows the name of the build and the hash of each of these files
//
// The two files of each WebAssembly module are not bundled. Its glue must stay a module with an address of its own, because a worker made
// from a blob `import()`s it by that address; `generated/assets.ts` tells the page where it and the data files lie.
import * as esbuild from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { deflateRawSync } from "node:zlib";
import { cssAsText } from "./css-as-text.mjs";
import { oneFile, writeScripts } from "./one-file.mjs";
import { entryPointsOf, withReferences } from "./references.mjs";
import { exampleText, planTables } from "./teaching.mjs";
import { workshopFrom } from "./workshop-from-folder.mjs";

process.chdir(import.meta.dirname);

// The last good site stays in place, and is served, until the new one is whole.
const next = "generated/site";
const assets = join(next, "assets");
rmSync(next, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

/** What `cargo xtask build` has written of the program: `src/facts.ts` has its form. */
const programFacts = JSON.parse(read("generated/facts.json"));

/** Source path, as index.html writes it -> path in the site. */
const built = new Map();

const engineScript = await addAsset("generated/engine/engine.js", script("generated/engine/engine.js"));
const engineWasm = await addAsset("generated/engine/engine_bg.wasm", readFileSync("generated/engine/engine_bg.wasm"));
const engineSecond = await addAsset("generated/engine/engine_second.wasm", readFileSync("generated/engine/engine_second.wasm"));
const buildScript = await addAsset("generated/build/build.js", script("generated/build/build.js"));
const buildWasm = await addAsset("generated/build/build_bg.wasm", readFileSync("generated/build/build_bg.wasm"));
const shellScript = await addAsset("generated/shell/shell.js", script("generated/shell/shell.js"));
const shellWasm = await addAsset("generated/shell/shell_bg.wasm", readFileSync("generated/shell/shell_bg.wasm"));
const ruleTexts = await addAsset("generated/rules.json", read("generated/rules.json"));
const shellRuleTexts = await addAsset("generated/shell-rules.json", read("generated/shell-rules.json"));
const adviceTexts = await addAsset("generated/advice.json", read("generated/advice.json"));
const patternTexts = await addAsset("generated/patterns.json", read("generated/patterns.json"));
const baseImages = await addAsset("generated/base-images.txt", readFileSync("generated/base-images.txt"));
const workshop = workshopFrom("lessons");
const course = await addAsset("generated/course.json", JSON.stringify(workshop));
const ruleNames = await addAsset("generated/rule-names.txt", readFileSync("generated/rule-names.txt"));
await addAsset("generated/licences.txt", licences());
/** What the scripts fetch, under the names by which they know it. */
const fetched = {
  engineScript,
  engineWasm,
  engineSecond,
  buildScript,
  buildWasm,
  shellScript,
  shellWasm,
  ruleTexts,
  shellRuleTexts,
  adviceTexts,
  patternTexts,
  baseImages,
  course,
  ruleNames,
};
writeAddresses();
writeFacts();
addStaticFiles();
const PAGES = ["index.html", "learn.html", "builder.html", "teaching.html", "generated/score.html"];
/** Those of them that are read, and load nothing else. */
const GUIDES = ["teaching.html", "generated/score.html"];
/** Pages for those who put snippets into their own: nobody needs them without a network. */
const EMBEDDING = ["embed.html", "configure.html", "embedding.html"];
for (const page of [...PAGES, ...EMBEDDING]) built.set(page, basename(page));
for (const path of ["embed.js", "custom-elements.json", "layerwise.html"]) built.set(path, path);
const READING = "generated/pages";
const readingPages = filesIn(READING);
for (const page of readingPages) built.set(folderOf(page), folderOf(page));
// What pages say, by where they will be in the site. They still name sources.
const sources = new Map(PAGES.map((page) => [basename(page), withCourse(prepared(page, "website"))]));
const embedding = new Map(EMBEDDING.map((page) => [page, prepared(page, "website")]));
const articles = new Map(readingPages.map((page) => [page, prepared(join(READING, page), "article")]));

writeScripts([...new Set([...sources.values(), ...articles.values()].flatMap(entryPointsOf))].filter((path) => path.endsWith(".ts")));
typeCheck();
// All at once, since what pages share is then one file, which is fetched and kept once.
const { firstLoad, laterLoad } = await bundle([...new Set([...sources.values()].flatMap(entryPointsOf))]);
for (const [page, html] of sources) addPage(page, html, firstLoadOf(page));
// What comes from here on is not kept on people's devices, nor what only pages of others ask for.
const kept = filesIn(next).filter((path) => path !== ruleNames && path !== "frame-size.js");
const LATER = ["src/embed/live.ts", "src/embed/upgrade.ts"];
const embedded = await bundle(LATER);
await addEmbed();
for (const [page, html] of embedding) await addEmbeddingPage(page, html);
const reading = await addReadingPages();
addSiteMap();
await addOneFile();
await addServiceWorker(kept);

// What `cargo xtask test` weighs, one group for each budget.
const groups = {
  engine: [engineScript, engineWasm],
  engineSecond: [engineSecond],
  build: [buildScript, buildWasm],
  shell: [shellScript, shellWasm],
  page: ["index.html", ...firstLoadOf("index.html")],
  rules: [ruleTexts],
  shellRules: [shellRuleTexts],
  patterns: [patternTexts],
  advice: [adviceTexts],
  baseImages: [baseImages],
  completion: laterLoad("src/editor/completion.ts", firstLoadOf("index.html")),
  review: laterLoad("src/editor/review.ts", firstLoadOf("index.html")),
  learn: ["learn.html", ...firstLoadOf("learn.html")],
  // What it has beside what the lessons have; both are kept on the device.
  builder: ["builder.html", ...firstLoadOf("builder.html").filter((path) => !firstLoadOf("learn.html").includes(path))],
  course: [course],
  reading,
  embed: ["embed.js"],
  embedLive: embedded.firstLoad(LATER),
  embedEditor: embedded.laterLoad("src/embed/editing.ts", embedded.firstLoad(LATER)),
  ruleNames: [ruleNames],
  offline: ["service-worker.js", ...staticFiles()],
  oneFile: ["layerwise.html"],
  guides: [...GUIDES.map((page) => basename(page)), ...EMBEDDING],
};
const weighed = new Set([...Object.values(groups).flat(), ...readingPages]);
const left = filesIn(next).filter((path) => !weighed.has(path));
// Every other file has a budget as well: of the pages that are read each, and what developer tools fetch, and whatever is left.
groups.readingPage = { each: readingPages };
groups.maps = left.filter((path) => path.endsWith(".map"));
groups.rest = left.filter((path) => !path.endsWith(".map"));
writeFileSync("generated/groups.json", JSON.stringify(groups, null, 2));

rmSync("dist", { recursive: true, force: true });
renameSync(next, "dist");

function addPage(page, html, loaded) {
  writeFileSync(join(next, page), withPreloads(replaceReferences(page, html), loaded));
}

/** What a page loads before it is asked for anything. */
function firstLoadOf(page) {
  return firstLoad(entryPointsOf(sources.get(page)));
}

/** The pages that are read, with scripts and styles of their own. Returns the files that one of them may load. */
async function addReadingPages() {
  const entryPoints = [...new Set([...articles.values()].flatMap(entryPointsOf))];
  const { firstLoad } = await bundle(entryPoints);
  for (const [page, html] of articles) {
    mkdirSync(join(next, folderOf(page)), { recursive: true });
    writeFileSync(join(next, page), replaceReferences(page, html));
  }
  return firstLoad(entryPoints);
}

/** Search engines and previews want whole addresses. */
function addSiteMap() {
  const { address } = programFacts;
  if (address === null) return;
  const isFound = ([, html]) => !html.includes('<meta name="robots" content="noindex">');
  const found = [...sources, ...embedding, ...articles].filter(isFound);
  const urls = found.map(([page]) => `<url><loc>${address}${folderOf(page)}</loc></url>\n`);
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n';
  writeFileSync(join(next, "sitemap.xml"), `${head}${urls.join("")}</urlset>\n`);
  cpSync("social.png", join(next, "social.png"));
}

/** Nothing of it is for search engines, and what is for pages of others needs a site. */
async function addOneFile() {
  const pages = new Map([
    ...PAGES.map((page) => [folderOf(basename(page)), withCourse(prepared(page, "website", null))]),
    ...readingPages.map((page) => [folderOf(page), prepared(join(READING, page), "article", null)]),
  ]);
  const files = Object.fromEntries(Object.entries(fetched).map(([name, path]) => [name, join(next, path)]));
  const texts = new Map([
    ["generated/licences.txt", licences()],
    ["static/workshop.schema.json", read("static/workshop.schema.json")],
  ]);
  const html = await oneFile({ pages, files, texts, addresses: (source) => folderOf(built.get(source) ?? source), packed: shared });
  writeFileSync(join(next, "layerwise.html"), html);
}

/** The address of a page: its folder, where it is the `index.html` of one. */
function folderOf(page) {
  return page.replace(/index\.html$/, "");
}

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
  const define = { LIVE: JSON.stringify(`./${built.get("src/embed/live.ts")}`) };
  const options = { bundle: true, format: "esm", target: "es2022", charset: "utf8", minify: true, plugins: [cssAsText, later], define };
  const { warnings } = await esbuild.build({ entryPoints: ["src/embed/embed.ts"], outfile: join(next, "embed.js"), ...options });
  if (warnings.length > 0) process.exit(1);
  writeFileSync(join(next, "custom-elements.json"), read("src/embed/custom-elements.json"));
}

/** A page with scripts of its own, since it shares none with those that are kept. */
async function addEmbeddingPage(page, html) {
  const entryPoints = entryPointsOf(html);
  const { firstLoad } = await bundle(entryPoints);
  addPage(page, html, firstLoad(entryPoints));
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
function writeAddresses() {
  const lines = Object.entries(fetched).map(
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

/** The text of a page, with what it says of itself and of the program. `site` is nothing where it is no page of a site. */
function prepared(path, type, site = "") {
  return withFacts(withPreview(read(path), type), site);
}

/**
 * What is shown of a page where somebody links to it, behind the line that says where it is found: its title and its description again, as other
 * programs want them. `type` is what the page is, in the words of https://ogp.me.
 */
function withPreview(html, type) {
  const [, title] = /<title>(.*?)(?: \u2013 Layerwise)?<\/title>/.exec(html) ?? [];
  const [, description] = / name="description" content="(.*?)"/.exec(html) ?? [];
  const properties = (url) => ({
    "og:type": type,
    "og:site_name": "Layerwise",
    "og:title": title,
    "og:description": description,
    "og:url": url,
    "og:image": "{address}social.png",
    "og:image:alt": "Layerwise: see what holds a Dockerfile back, and mend it",
  });
  return html.replace(/^.* rel="canonical" href="(.*?)".*\n/m, (line, url) => {
    const lines = Object.entries(properties(url)).map(([name, content]) => `    <meta property="${name}" content="${content}" data-if="address">\n`);
    return `${line}${lines.join("")}    <meta name="twitter:card" content="summary_large_image" data-if="address">\n`;
  });
}

/** What a page says of the program, in braces. A line with `data-if` goes where there is nothing to say. */
function withFacts(html, site) {
  const { version, builtFrom, dataAsOf, repository, address } = programFacts;
  const facts = { version, commit: builtFrom, dataAsOf, repository, address, site };
  let page = html;
  for (const [name, fact] of Object.entries(facts)) {
    if (fact === null) page = page.replace(new RegExp(`.*data-if="${name}".*\n`, "g"), "");
    page = page.replaceAll(`{${name}}`, fact).replaceAll(` data-if="${name}"`, "");
  }
  return page;
}

/** What the guide for trainers says of the course. */
function withCourse(html) {
  return html.replace("{plans}", () => planTables(workshop)).replace("{example}", () => exampleText());
}

/**
 * Writes the service worker, and its name of the build into `PAGES`: a hash of these, but for that name, of the worker, and of the files in `kept`,
 * which are kept on people's devices. What only a developer asks for is not, nor are the hundreds of pages that are read: the
 * playground has their texts.
 */
async function addServiceWorker(kept) {
  const worker = Buffer.from(await script("service-worker/service-worker.ts", "iife")).toString();
  const pages = Object.fromEntries([...sources.keys()].map((page) => [page, read(join(next, page))]));
  const files = kept.filter((path) => !path.endsWith(".map"));
  const list = JSON.stringify(Object.fromEntries(files.map((path) => [path, integrityOf(path)])));
  const build = sha256(JSON.stringify([pages, worker, list])).toString("hex").slice(0, 16);
  for (const [name, page] of Object.entries(pages)) writeFileSync(join(next, name), page.replace("{build}", build));
  writeFileSync(join(next, "service-worker.js"), `const BUILD="${build}",FILES=${list};\n${worker}`);
}

/** Hosts may add to a page, as to no other file; then it is kept as they give it. */
function integrityOf(path) {
  return path.endsWith(".html") ? "" : `sha256-${sha256(readFileSync(join(next, path))).toString("base64")}`;
}

function sha256(content) {
  return createHash("sha256").update(content).digest();
}

/**
 * Returns two functions: one tells what is loaded with some of the entry points, they and what they import; the other what comes with a module that
 * is imported later, beside what is there already.
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
  const outputOf = (source) => {
    const [output] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [];
    if (output === undefined) throw new Error(`Nothing imports ${source}, or not later.`);
    return output;
  };
  for (const entryPoint of entryPoints) built.set(entryPoint, inSite(outputOf(entryPoint)));
  const firstLoad = (sources) => {
    const found = new Set();
    for (const source of sources) follow(outputOf(source), found);
    return [...found].map(inSite);
  };
  const laterLoad = (source, before) => {
    const found = new Set();
    follow(outputOf(source), found);
    return [...found].map(inSite).filter((path) => !before.includes(path));
  };
  return { firstLoad, laterLoad };
}

function inSite(path) {
  return relative(next, path).replaceAll("\\", "/");
}

/** `name` is where the page will be in the site: what it refers to is found from there. */
function replaceReferences(name, html) {
  const root = "../".repeat(name.split("/").length - 1);
  const home = root || "./";
  const resolve = (path) => {
    const target = built.get(path);
    if (target === undefined) {
      console.error(`${name} refers to ${path}, which the build does not make.`);
      process.exit(1);
    }
    return `${root}${target}`;
  };
  const page = withReferences(html, { home, packed: (reference) => `${home}${shared(reference)}`, resolve });
  return page.replaceAll("{root}", root);
}

/** The fragment that opens a text in the playground, in the form of `src/share/link.ts`. */
function shared(reference) {
  return `#1${deflateRawSync(Buffer.from(reference.slice("playground:".length), "hex"), { level: 9 }).toString("base64url")}`;
}

function read(path) {
  return readFileSync(path, "utf8");
}
