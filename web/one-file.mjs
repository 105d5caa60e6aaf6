// Makes the edition in one file: the whole site in one HTML document, which works wherever it lies, be it a memory stick in a room without a network.
//
// Each page of the site is a template in it, opened by what follows the `?` of the address (`src/one-file/begin.ts`). Its scripts are one script, and
// what the site fetches (modules, texts, the course) lies packed in elements of its own (`src/one-file/unpack.ts`). Two modules of the site have
// others in their place: `src/site.ts` and `generated/assets.ts`.
import * as esbuild from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { cssAsText } from "./css-as-text.mjs";
import { entryPointsOf, withReferences } from "./references.mjs";

/** Where what is fetched lies in the edition in one file: it stands in for `generated/assets.ts`. */
const ASSETS = "generated/one-file-assets.ts";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".txt": "text/plain", ".svg": "image/svg+xml" };

/**
 * `pages` are the pages by their addresses in the site, as their sources; `files`, by the name under which `generated/assets.ts` knows each, where
 * its content lies; `texts` are what pages link to besides, by their sources; `addresses` tells the address of a source; `packed` makes the fragment of a link into the
 * playground.
 */
export async function oneFile({ pages, files, texts, addresses, packed }) {
  const onward = {};
  const templates = [];
  const styles = new Set();
  for (const [address, html] of [...pages, ...[...texts].map(([source, text]) => [addresses(source), asPage(source, text)])]) {
    const [, leadsTo] = /http-equiv="refresh" content="0; url=\{root\}([^"]*)"/.exec(html) ?? [];
    if (leadsTo !== undefined) onward[address] = leadsTo;
    else templates.push(template(address, html, { styles, home: "?", packed: (reference) => `?${packed(reference)}`, resolve: (path) => placeOf(path, address) }));
  }

  /** What stands for a source that a page refers to. */
  function placeOf(path, address) {
    if (extname(path) === ".svg") return dataAddress(path);
    const target = addresses(path);
    if (!pages.has(target) && !texts.has(path)) throw new Error(`${address} refers to ${path}, which is not in the edition in one file.`);
    return `?${target}`;
  }

  const script = escaped(await bundled(files));
  const sheets = await Promise.all([...styles].map(async (source) => [source, await styleOf(source)]));
  return document({ templates, onward, files, script, sheets });
}

function document({ templates, onward, files, script, sheets }) {
  const own = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = [
    "default-src 'none'",
    // The glue of a module is a script with an address, which is that of a piece of this file.
    `script-src ${own(script)} 'wasm-unsafe-eval' blob:`,
    "worker-src blob:",
    `style-src ${sheets.map(([, text]) => own(text)).join(" ")}`,
    "img-src data:",
    "connect-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types layerwise",
  ];
  const packs = Object.entries(files).map(([name, path]) => {
    const content = gzipSync(readFileSync(path), { level: 9 }).toString("base64");
    return `<script type="text/plain" data-file="${name}" data-type="${TYPES[extname(path)]}">${content}</script>\n`;
  });
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <!-- Nothing runs here but what is in this file, and nothing can be sent or fetched. -->
    <meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f2ea">
    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#15191c">
    <meta name="referrer" content="no-referrer">
    <title>Layerwise: a Dockerfile playground</title>
    <link rel="icon" href="${dataAddress("static/favicon.svg")}" type="image/svg+xml">
${sheets.map(([source, text]) => `<style data-style="${source}" media="not all">${text}</style>\n`).join("")}  </head>
  <body>
<noscript>Layerwise needs JavaScript: the checker is a program that runs in your browser.</noscript>
${templates.join("")}<script type="application/json" data-onward>${escaped(JSON.stringify(onward))}</script>
${packs.join("")}<script type="module">${script}</script>
  </body>
</html>
`;
}

/** What a page brings beside its text is named, to be found by those names. */
function template(address, html, { styles, ...references }) {
  const entryPoints = entryPointsOf(html);
  const ofType = (type) => entryPoints.filter((source) => extname(source) === type);
  for (const source of ofType(".css")) styles.add(source);
  const [, title] = /<title>(.*?)<\/title>/.exec(html) ?? [];
  const [, kind = "", body] = /<body(?: class="([^"]*)")?>(.*)<\/body>/s.exec(html) ?? [];
  const content = withReferences(body, references);
  const said = { page: address, title, kind, styles: ofType(".css").join(" "), entries: ofType(".ts").join(" ") };
  const attributes = Object.entries(said).map(([name, value]) => ` data-${name}="${value}"`);
  return `<template${attributes.join("")}>${content.replaceAll("{root}", "?")}</template>\n`;
}

/** Writes what starts the scripts of each page. */
export function writeScripts(sources) {
  const scripts = sources.map((source) => `  ${JSON.stringify(source)}: () => import(${JSON.stringify(`../${source}`)}),\n`);
  const head = "// Written by one-file.mjs.\nexport const scripts: Readonly<Record<string, () => Promise<unknown>>> = {\n";
  writeFileSync("generated/scripts.ts", `${head}${scripts.join("")}};\n`);
}

/** All scripts as one, in which nothing runs before its page is opened. */
async function bundled(files) {
  const names = Object.keys(files);
  const list = `export const [${names.join(", ")}] = await Promise.all(${JSON.stringify(names)}.map(unpacked));\n`;
  writeFileSync(ASSETS, `// Written by one-file.mjs. All at once, since each takes its time.\nimport { unpacked } from "../src/one-file/unpack.ts";\n${list}`);
  const standIns = {
    name: "stand-ins",
    setup(build) {
      build.onResolve({ filter: /\/site\.ts$/ }, ({ resolveDir, path }) =>
        resolve(resolveDir, path) === resolve("src/site.ts") ? { path: resolve("src/one-file/site.ts") } : undefined,
      );
      build.onResolve({ filter: /\/generated\/assets\.ts$/ }, () => ({ path: resolve(ASSETS) }));
    },
  };
  const options = { bundle: true, format: "esm", target: "es2022", charset: "utf8", minify: true, write: false, loader: { ".Dockerfile": "text" } };
  const { outputFiles, warnings } = await esbuild.build({ entryPoints: ["src/one-file/begin.ts"], plugins: [standIns, cssAsText], ...options });
  if (warnings.length > 0) process.exit(1);
  return outputFiles[0].text;
}

async function styleOf(source) {
  const { outputFiles } = await esbuild.build({ entryPoints: [source], bundle: true, target: "es2022", charset: "utf8", minify: true, write: false });
  return outputFiles[0].text;
}

/** A text that pages link to is shown as a page. */
function asPage(source, text) {
  const [name] = source.split("/").slice(-1);
  const styles = ["src/page.css", "src/plain-page.css"].map((path) => `<link rel="stylesheet" href="${path}">`);
  const head = `<header class="page-head"><p class="site"><a href="./">Layerwise</a></p></header>`;
  return `<title>${name} – Layerwise</title>${styles.join("")}<script type="module" src="src/plain-page.ts"></script>
<body class="plain-page">${head}<main class="plain"><h1>${name}</h1><pre tabindex="0">${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre></main></body>`;
}

function dataAddress(path) {
  return `data:${TYPES[extname(path)]};base64,${readFileSync(path).toString("base64")}`;
}

/** Text in a script element must not end that element. */
function escaped(text) {
  return text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}
