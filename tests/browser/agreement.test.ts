// The page and the command line are two faces of one engine: they must say the same of every file.

import { deepEqual, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Finding, Fix, Problem, Range, Report } from "../../web/src/engine.ts";
import { open, write } from "./site.ts";
import { fromEnvironment } from "./environment.ts";

const corpus = join(fromEnvironment("LAYERWISE_ROOT"), "tests/corpus");
const names = readdirSync(corpus).filter((name) => name.endsWith(".Dockerfile"));

test("page and command line agree on every file of the corpus", async (t) => {
  ok(names.length >= 20, "the corpus holds at least 20 files");
  const { page } = await open();
  for (const name of names) {
    await t.test(name, async () => {
      const path = join(corpus, name);
      const text = readFileSync(path, "utf8");
      const report = await write(page, text);
      ok(report !== null, "the page has a report");
      deepEqual(fromPage(report, text), fromCommandLine(path));
    });
  }
});

/** Without what only one of the two says: tokens and titles here, the file's name there. */
function fromPage(report: Report, text: string): unknown {
  const { fragment, score, problems, findings, suppressed, unreadScripts, stages, imageFacts } = report;
  const place = placesOf(text);
  const range = ({ start, end }: Range) => ({ start: place(start), end: place(end) });
  const fix = (of: Fix | null | undefined) =>
    of ? { ...of, edits: of.edits.map((edit) => ({ ...edit, range: range(edit.range) })) } : null;
  const problem = ({ message, range: at }: Problem) => ({ message, range: range(at) });
  const finding = ({ line: _, ...rest }: Finding) => ({
    ...rest,
    range: range(rest.range),
    fix: fix(rest.fix),
    silencedBy: rest.silencedBy ? range(rest.silencedBy) : null,
  });
  return {
    fragment,
    score: score
      ? { ...score, cap: score.cap ?? null, categories: score.categories.map(({ id, total, applies }) => ({ id, total, applies })) }
      : null,
    problems: problems.map(problem),
    findings: findings.map(finding),
    suppressed: suppressed.map(finding),
    unreadScripts,
    stages: stages.map((stage) => ({ ...stage, name: stage.name ?? null })),
    imageFacts,
  };
}

function fromCommandLine(path: string): unknown {
  const [report] = JSON.parse(checked(path));
  const { file: _, score, problems, findings, suppressed, ...rest } = report;
  const withFix = ({ line: _, ...of }: Record<string, unknown>) => ({ ...of, fix: of["fix"] ?? null });
  const category = ({ id, total, applies }: Record<string, unknown>) => ({ id, total, applies });
  return {
    ...rest,
    score: score === null ? null : { ...score, categories: score.categories.map(category) },
    problems: problems.map(({ message, range }: Problem) => ({ message, range })),
    findings: findings.map(withFix),
    suppressed: suppressed.map(withFix),
  };
}

/** Findings make the exit code 1, which is no failure. */
function checked(path: string): string {
  try {
    return execFileSync(fromEnvironment("LAYERWISE_CLI"), ["check", "--format", "json", path], { encoding: "utf8" });
  } catch (error) {
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status === 1 && stdout) return stdout;
    throw error;
  }
}

/** From offsets in UTF-16 units to lines and columns from 1, the columns in Unicode characters. */
function placesOf(text: string): (offset: number) => { line: number; column: number } {
  return (offset) => {
    const before = text.slice(0, offset);
    const start = before.lastIndexOf("\n") + 1;
    return { line: before.split("\n").length, column: [...before.slice(start)].length + 1 };
  };
}
