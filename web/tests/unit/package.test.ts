import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const WEB = join(process.env["LAYERWISE_ROOT"] ?? "", "web");
const work = mkdtempSync(join(tmpdir(), "layerwise-package-"));
after(() => rmSync(work, { recursive: true, force: true }));

const node = (folder: string, ...args: string[]): string => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });

/** Packs the package as it would be published, and installs it into a project of somebody else. Nothing is fetched. */
function installed(): string {
  const made = join(work, "made");
  node(WEB, "package.mjs", made);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = (folder: string, ...args: string[]) => execFileSync(npm, args, { cwd: folder, encoding: "utf8", shell: process.platform === "win32" });
  const [{ filename }] = JSON.parse(run(made, "pack", "--json", "--pack-destination", work)) as [{ filename: string }];
  const project = join(work, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "name": "somebody", "private": true, "type": "module" }');
  run(project, "install", "--offline", "--no-audit", "--no-fund", join(work, filename));
  return project;
}

const project = installed();

const SCRIPT = `
import { check, fixAll, version } from "layerwise";
const text = "FROM alpine:3.23\\nRUN cp $SOURCE /app\\nADD é.py /app/\\nUSER 1000\\nCMD [\\"x\\"]\\n";
const report = await check(text, { today: "2026-11-01" });
const bare = await check(text, { shell: false });
const { dockerfile, applied, report: after } = await fixAll(text);
const review = await fixAll(text, { only: ["copy-not-add"] });
const fragment = await check("RUN true\\n", { shell: false });
console.log(JSON.stringify({
  version: await version(),
  rules: report.findings.map(({ rule, line }) => [rule, line]),
  bare: bare.findings.map(({ rule }) => rule),
  total: report.score.total, after: after.score.total, dockerfile, applied: applied.map(({ rule }) => rule), only: review.dockerfile,
  fragment: fragment.fragment,
}));
`;

interface Said {
  version: string;
  rules: [string, number][];
  bare: string[];
  total: number;
  after: number;
  dockerfile: string;
  applied: string[];
  only: string;
  fragment: boolean;
}

function assertChecks(said: Said): void {
  equal(said.version, (JSON.parse(readFileSync(join(WEB, "package.json"), "utf8")) as { version: string }).version);
  ok(said.rules.some(([rule, line]) => rule === "SC2086" && line === 2), "scripts are checked");
  ok(said.rules.some(([rule, line]) => rule === "copy-not-add" && line === 3), "the rules are run");
  deepEqual(said.bare.filter((rule) => rule.startsWith("SC")), [], "scripts are left out where nobody asks for them");
  match(said.dockerfile, /^COPY é\.py \/app\/$/m);
  ok(said.after > said.total);
  ok(said.applied.includes("copy-not-add"));
  match(said.only, /\nRUN cp \$SOURCE \/app\nCOPY é\.py \/app\/\n/);
  equal(said.fragment, true);
}

test("the package that npm packs checks and fixes a Dockerfile in Node", () => {
  writeFileSync(join(project, "use.js"), SCRIPT);
  assertChecks(JSON.parse(node(project, "use.js")) as Said);
});

test("a bundle of esbuild holds the modules that it is handed, and runs far from the package", async () => {
  const { build } = await import("esbuild");
  const handed = 'import { use } from "layerwise";\nimport engine from "layerwise/engine.wasm";\nimport shell from "layerwise/shell.wasm";\nuse({ engine, shell });\n';
  writeFileSync(join(project, "bundled.js"), handed + SCRIPT);
  const outfile = join(work, "elsewhere", "bundle.mjs");
  for (const platform of ["node", "browser"] as const) {
    const { warnings } = await build({ entryPoints: [join(project, "bundled.js")], outfile, bundle: true, format: "esm", platform, target: "es2022", loader: { ".wasm": "binary" }, logLevel: "silent" });
    deepEqual(warnings, []);
    assertChecks(JSON.parse(node(work, outfile)) as Said);
  }
});

test("a program in TypeScript knows what it is given", () => {
  const program = 'import { check, fixAll, type Finding } from "layerwise";\nconst { findings, score } = await check("FROM a", { target: "b" });\nconst first: Finding | undefined = findings[0];\nexport const total: number | undefined = score?.total;\nexport const line: number | undefined = first?.line;\nexport const text: string = (await fixAll("FROM a", { only: ["x"] })).dockerfile;\n';
  writeFileSync(join(project, "use.ts"), program);
  const options = { strict: true, noEmit: true, module: "nodenext", target: "es2022", types: [], lib: ["es2022", "dom"] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["use.ts"] }));
  equal(node(project, join(WEB, "node_modules/typescript/bin/tsc"), "--project", "."), "");
});

test("the package holds what it names and nothing of how it is made", () => {
  const folder = join(project, "node_modules/layerwise");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const name of ["README.md", "custom-elements.json", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE.md", "index.js", "index.d.ts", "engine.wasm", "shell.wasm"]) ok(files.includes(name), name);
  deepEqual(files.filter((name) => /\.map$|\.html$|test|service-worker/.test(name)), []);
  ok(!readFileSync(join(folder, "README.md"), "utf8").includes("{element}"));
});

test("the element comes with every file that it names, and with none of the site's other pages", () => {
  const folder = join(project, "node_modules/layerwise");
  const { customElements, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { customElements: string; exports: Record<string, string> };
  ok(JSON.parse(readFileSync(join(folder, customElements), "utf8")));
  equal(exports["./element"], "./element/embed.js");
  const assets = readdirSync(join(folder, "element/assets"));
  const isNamed = (text: string, name: string) => text.includes(`/${name}`);
  const scripts = ["embed.js", ...assets.filter((name) => name.endsWith(".js")).map((name) => `assets/${name}`)];
  const texts = scripts.map((name) => readFileSync(join(folder, "element", name), "utf8"));
  deepEqual(scripts.filter((_, index) => texts[index]?.includes("sourceMappingURL")), [], "no script names a source map, since the package has none");
  const site = readdirSync(join(WEB, "dist/assets")).filter((name) => !name.endsWith(".map"));
  deepEqual(site.filter((name) => texts.some((text) => isNamed(text, name)) && !assets.includes(name)), []);
  ok(assets.some((name) => name.startsWith("engine_bg.")) && assets.some((name) => name.startsWith("live.")));
  deepEqual(assets.filter((name) => /^(learn|reading|search|configure|frame|licences)\./.test(name)), []);
});
