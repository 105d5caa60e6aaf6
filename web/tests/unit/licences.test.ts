// The packages that the page is made with come under licences that deny.toml allows, as crates do.

import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = process.env["LAYERWISE_ROOT"] ?? "";

interface Locked {
  readonly packages: Record<string, { readonly license?: string; readonly resolved?: string; readonly integrity?: string }>;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, "web/package-lock.json"), "utf8")) as Locked;
const installed = Object.entries(packages).filter(([path]) => path !== "");

/** The list of licences in deny.toml. */
function allowed(): string[] {
  const [, list = ""] = /^allow = \[(.*?)^\]/ms.exec(readFileSync(join(ROOT, "deny.toml"), "utf8")) ?? [];
  return [...list.matchAll(/"([^"]+)"/g)].map(([, licence = ""]) => licence);
}

/** Whether a licence, or one of those that one may choose from, is allowed. */
function isAllowed(licence: string | undefined): boolean {
  return (licence ?? "").replaceAll(/[()]/g, "").split(" OR ").some((choice) => choice.split(" AND ").every((part) => allowed().includes(part)));
}

test("every npm package has a licence that deny.toml allows", () => {
  ok(installed.length > 10 && allowed().length > 5, "there are some of both");
  deepEqual(installed.filter(([, { license }]) => !isAllowed(license)).map(([path, { license }]) => `${path}: ${license}`), []);
});

test("every npm package comes from a registry, and is the one that was locked", () => {
  // Without `resolved` it comes from the registry that npm is set to.
  const isElsewhere = (from = "https://registry.npmjs.org/") => !from.startsWith("https://registry.npmjs.org/");
  deepEqual(installed.filter(([, { resolved, integrity }]) => isElsewhere(resolved) || integrity === undefined).map(([path]) => path), []);
});

test("of licences to choose from one must be allowed, and of several that hold together all", () => {
  ok(isAllowed("(MIT OR GPL-3.0-only)") && isAllowed("MIT AND Apache-2.0"));
  ok(!isAllowed("GPL-3.0-only") && !isAllowed("MIT AND GPL-3.0-only") && !isAllowed(undefined));
});
