// Makes the npm package of what `cargo xtask build` has built, in `package-dist`: the engine for Node and for bundlers, its types, and the element.
//
//   index.js          the engine's functions, for every platform (src/package/index.ts)
//   node.js, web.js   where the modules are, chosen by `imports` in package.json
//   engine.wasm, shell.wasm
//   index.d.ts, types/  what they take and give, as Rust says it
//   element/          what a page loads for `<layerwise-playground>`: the files of the site that `embed.js` names, but for the names of their source maps
import * as esbuild from "esbuild";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

process.chdir(import.meta.dirname);
const out = process.argv[2] ?? "package-dist";
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "types"), { recursive: true });

await addEngine();
addTypes();
const hasElement = addElement();
writeManifest();

async function addEngine() {
  // The glue of a module names a file beside it for those who name none; here everybody is told.
  await esbuild.build({
    entryPoints: ["src/package/index.ts"],
    outfile: join(out, "index.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    external: ["#modules"],
    define: { "import.meta.url": "undefined" },
  });
  for (const name of ["node.js", "web.js"]) copyFileSync(`src/package/${name}`, join(out, name));
  copyFileSync("generated/engine/engine_whole.wasm", join(out, "engine.wasm"));
  copyFileSync("generated/shell/shell_bg.wasm", join(out, "shell.wasm"));
  for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(`../${licence}`, join(out, licence));
  copyFileSync("../crate/engine/data/NOTICE.md", join(out, "NOTICE.md"));
}

function addTypes() {
  const made = "generated/package-types";
  rmSync(made, { recursive: true, force: true });
  const options = ["--project", "src/package", "--outDir", made];
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", ...options], { stdio: "inherit" });
  const types = readFileSync(join(made, "src/package/index.d.ts"), "utf8");
  writeFileSync(join(out, "index.d.ts"), types.replaceAll("../../generated/engine/engine.js", "./types/engine.js"));
  copyFileSync("generated/engine/engine.d.ts", join(out, "types/engine.d.ts"));
  writeFileSync(join(out, "types/wasm.d.ts"), "/** As the bundler that is used brings such a file. */\ndeclare const module: never;\nexport default module;\n");
}

/** The element is a script with files that it finds beside it, and is served as it is. Returns whether the site has one. */
function addElement() {
  if (!existsSync("dist/embed.js")) return false;
  mkdirSync(join(out, "element"));
  copyFileSync("dist/embed.js", join(out, "element/embed.js"));
  copyFileSync("dist/custom-elements.json", join(out, "custom-elements.json"));
  mkdirSync(join(out, "element/assets"));
  for (const name of namedBy("dist/embed.js")) {
    const content = readFileSync(join("dist/assets", name));
    writeFileSync(join(out, "element/assets", name), name.endsWith(".js") ? withoutSourceMap(content.toString()) : content);
  }
  return true;
}

/** A script without the name of its source map, which stays behind. */
function withoutSourceMap(script) {
  return script.replace(/\n\/\/# sourceMappingURL=.*\n$/, "\n");
}

/** The assets that a script names, and those that these name in turn. */
function namedBy(script) {
  const names = readdirSync("dist/assets").filter((name) => !name.endsWith(".map"));
  const found = new Set();
  const follow = (path) => {
    const text = readFileSync(path, "utf8");
    for (const name of names) {
      if (found.has(name) || !text.includes(name)) continue;
      found.add(name);
      if (name.endsWith(".js")) follow(join("dist/assets", name));
    }
  };
  follow(script);
  return found;
}

function writeManifest() {
  const { version, license, engines } = JSON.parse(readFileSync("package.json", "utf8"));
  const { repository, address } = JSON.parse(readFileSync("generated/facts.json", "utf8"));
  const manifest = {
    name: "layerwise",
    version,
    description: "Checks, scores and fixes Dockerfiles, in Node and in the browser",
    keywords: ["dockerfile", "docker", "lint", "linter", "hadolint", "containers", "security"],
    license,
    type: "module",
    engines,
    ...(repository !== null && { repository: { type: "git", url: `git+${repository}.git` } }),
    ...(address !== null && { homepage: address }),
    main: "./index.js",
    types: "./index.d.ts",
    exports: {
      ".": { types: "./index.d.ts", default: "./index.js" },
      "./engine.wasm": { types: "./types/wasm.d.ts", default: "./engine.wasm" },
      "./shell.wasm": { types: "./types/wasm.d.ts", default: "./shell.wasm" },
      ...(hasElement && { "./element": "./element/embed.js", "./element/*": "./element/*", "./custom-elements.json": "./custom-elements.json" }),
      "./package.json": "./package.json",
    },
    imports: { "#modules": { node: "./node.js", default: "./web.js" } },
    ...(hasElement && { customElements: "custom-elements.json" }),
    // Only the element does something by being loaded.
    sideEffects: hasElement ? ["./element/*"] : false,
  };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const element =
    "`<layerwise-playground>` is a script that finds what it needs beside itself, when it needs it. Serve `node_modules/layerwise/element` as it is, and name it:\n\n" +
    '```html\n<script type="module" src="/layerwise/embed.js"></script>\n<layerwise-playground><pre>FROM alpine:3.23</pre></layerwise-playground>\n```';
  const none = "The element for pages is not part of this build.";
  writeFileSync(join(out, "README.md"), readFileSync("src/package/README.md", "utf8").replace("{element}", hasElement ? element : none));
}
