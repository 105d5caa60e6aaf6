// The page as the walks see it: what is in the editor, and what the program says of it there and on the command line.

import type { Playground } from "../../web/src/playground.ts";
import type { Session } from "./webdriver.ts";
import { deepEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fromEnvironment } from "../browser/environment.ts";

/** What both say of a text. */
interface Told {
  readonly score: number | null;
  readonly findings: readonly string[];
}

/** Waits until the page has checked its first text, its scripts included. */
export async function open(session: Session, address: string): Promise<void> {
  await session.open(address);
  await session.find(".results [aria-labelledby], .results [role=alert]");
  await reportOf(session);
}

/** The text in the editor, or in one that was opened in a snippet. */
export async function textOf(session: Session): Promise<string> {
  return session.run(() => document.querySelector("layerwise-playground")?.value ?? "");
}

export async function waitForText(session: Session, text: string): Promise<void> {
  await session.until(`the text ${JSON.stringify(text)}`, (text) => document.querySelector("layerwise-playground")?.value === text, text);
}

/** Puts the caret into the editor and types over what is there. */
export async function writeAnew(session: Session, text: string): Promise<void> {
  await session.click(".cm-line");
  await session.press("Control+A");
  await session.type(text);
  await waitForText(session, text);
}

/** What the page says of the text as it is. */
export async function reportOf(session: Session): Promise<Told> {
  const report = await session.run(async () => {
    const report = await (document.querySelector("layerwise-playground") as Playground).report();
    return report && { score: report.score?.total ?? null, findings: report.findings.map(({ rule, line, message }) => `${line}: ${rule}: ${message}`) };
  });
  if (report === null) throw new Error("There is no report.");
  return report;
}

/** The page must say of a text what the command line says, and show every finding of it. */
export async function checksAsTheCommandLine(session: Session): Promise<void> {
  const report = await reportOf(session);
  deepEqual(report, fromCommandLine(await textOf(session)));
  const shown = () => session.run(() => document.querySelector("layerwise-playground")?.shadowRoot?.querySelectorAll(".finding").length ?? 0);
  deepEqual(await shown(), report.findings.length);
}

function fromCommandLine(text: string): Told {
  const [report] = JSON.parse(checked(text)) as [{ score: { total: number } | null; findings: { rule: string; range: { start: { line: number } }; message: string }[] }];
  return {
    score: report.score?.total ?? null,
    findings: report.findings.map(({ rule, range, message }) => `${range.start.line}: ${rule}: ${message}`),
  };
}

/** Findings make the exit code 1, which is no failure. */
function checked(text: string): string {
  try {
    return execFileSync(fromEnvironment("LAYERWISE_CLI"), ["check", "--format", "json", "-"], { input: text, encoding: "utf8" });
  } catch (error) {
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status === 1 && stdout) return stdout;
    throw error;
  }
}
