// Type-checks the tests of one folder and compiles them for Node: `node compile-tests.mjs tests/unit`.
//
// What comes out lies under `generated`, where Node finds the packages that are installed here. Tests find the
// repository through the environment variable LAYERWISE_ROOT, not through their own address.
import * as esbuild from "esbuild";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { cssAsText } from "./css-as-text.mjs";

const projects = {
  "tests/unit": "tests",
  "tests/fuzz": "tests",
  "../tests/browser": "../tests/browser",
  "../tests/engines": "../tests/engines",
  "../tests/browser-bench": "../tests/browser-bench",
};

process.chdir(import.meta.dirname);
const folder = process.argv[2];
const project = projects[folder];
if (project === undefined) {
  console.error(`Name one of these folders: ${Object.keys(projects).join(", ")}`);
  process.exit(1);
}

const outdir = join("generated/tests", basename(folder));
rmSync(outdir, { recursive: true, force: true });

const names = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
const entryPoints = names.filter((name) => /\.(test|fuzz|bench)\.ts$/.test(name)).map((name) => join(folder, name));
if (entryPoints.length === 0) process.exit(0);

try {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--project", project], { stdio: "inherit" });
  await esbuild.build({
    entryPoints,
    outdir,
    outbase: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    tsconfigRaw: {}, // the paths that help the type checker find packages would make esbuild bundle them
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: "inline",
    logLevel: "warning",
    plugins: [cssAsText],
    loader: { ".Dockerfile": "text" },
  });
} catch {
  process.exit(1); // the tool has said what is wrong
}
