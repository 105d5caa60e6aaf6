// Builds the example sites with their generators, each in a fixed version, into cargo's folder. What was once built is built anew only when a
// version or a source is another.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { SITES } from "./embedding.ts";
import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { inTarget } from "./environment.ts";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestContext } from "node:test";

const run = promisify(execFile);

const MDBOOK = "0.5.4";

const TARGET = inTarget("embed");

let docs: Promise<string> | undefined;
let book: Promise<string> | undefined;

/** Whether all is wanted, what has to be fetched from elsewhere included. */
export const isFull = process.env["LAYERWISE_FULL"] !== undefined;

/** What a site is built with is not there, and cannot be fetched. */
class Unavailable extends Error {}

/**
 * The folder of the MkDocs site; nothing where its generator cannot be had, of which the test then says why it is skipped. Where all is wanted, that
 * is a failure.
 */
export async function builtDocs(test: TestContext): Promise<string | null> {
  docs ??= buildDocs();
  try {
    return await docs;
  } catch (error) {
    if (isFull || !(error instanceof Unavailable)) throw error;
    test.skip(error.message.replaceAll(/\s+/g, " "));
    return null;
  }
}

/** The folder of the book. */
export function builtBook(): Promise<string> {
  book ??= buildBook();
  return book;
}

async function buildDocs(): Promise<string> {
  const source = join(SITES, "mkdocs");
  const site = join(TARGET, "mkdocs-site");
  if (isBuilt(site, source)) return site;
  const packages = join(TARGET, "mkdocs");
  const requirements = join(source, "requirements.txt");
  if (!isBuilt(packages, requirements)) {
    await withPip();
    rmSync(packages, { recursive: true, force: true });
    const quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--target", packages, "--requirement", requirements];
    await run("python3", quietly, { env: { ...process.env, PIP_ROOT_USER_ACTION: "ignore" } }).catch((error: Error) => {
      throw new Unavailable(`MkDocs Material cannot be installed from PyPI, as tests/embed/mkdocs/requirements.txt has it; is there a network?\n${error.message}`);
    });
    mark(packages, requirements);
  }
  const environment = { ...process.env, PYTHONPATH: packages, NO_MKDOCS_2_WARNING: "1" };
  await run("python3", ["-m", "mkdocs", "build", "--quiet", "--config-file", join(source, "mkdocs.yml"), "--site-dir", site], { env: environment });
  mark(site, source);
  return site;
}

/** Debian and its kin, as root, get pip without a question: a container or a CI machine. */
async function withPip(): Promise<void> {
  const hasPip = () => run("python3", ["-m", "pip", "--version"]).then(() => true, () => false);
  if (await hasPip()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["--quiet", "update"]).catch(() => {});
    await run("apt-get", ["--quiet", "install", "--yes", "--no-install-recommends", "python3", "python3-pip"], { env: environment }).catch(() => {});
  }
  if (await hasPip()) return;
  throw new Unavailable("The example site is built with MkDocs, and `python3 -m pip` does not run: install Python 3 with pip (Debian: apt-get install python3 python3-pip).");
}

async function buildBook(): Promise<string> {
  const source = join(SITES, "mdbook");
  // Both are of one version: another is compiled anew, and builds the book anew.
  const site = join(TARGET, `book-${MDBOOK}`);
  const root = join(TARGET, `mdbook-${MDBOOK}`);
  const program = join(root, "bin", "mdbook");
  if (!existsSync(program)) {
    const install = ["install", "--quiet", "--locked", "--debug", "--no-default-features", "--root", root, `mdbook@${MDBOOK}`];
    await run("cargo", install).catch((error: Error) => {
      throw new Error(`mdBook ${MDBOOK} cannot be installed with cargo; is there a network?\n${error.message}`);
    });
  }
  if (isBuilt(site, source)) return site;
  const copy = join(TARGET, "book-source");
  rmSync(copy, { recursive: true, force: true });
  cpSync(source, copy, { recursive: true });
  await run(program, ["build", copy, "--dest-dir", site]);
  mark(site, source);
  return site;
}

/** A hash of all that something is built from: a folder, or one file. */
function sum(source: string): string {
  const hash = createHash("sha256");
  if (statSync(source).isFile()) return hash.update(readFileSync(source)).digest("hex");
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"));
  for (const { parentPath, name } of files.sort((one, other) => (join(one.parentPath, one.name) < join(other.parentPath, other.name) ? -1 : 1))) {
    hash.update(name).update(readFileSync(join(parentPath, name)));
  }
  return hash.digest("hex");
}

const STAMP = ".built-from";

function isBuilt(folder: string, source: string): boolean {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sum(source);
}

function mark(folder: string, source: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, STAMP), sum(source));
}
