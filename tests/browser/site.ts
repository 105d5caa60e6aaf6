// Opens the finished site in a real browser. Each test gets a context of its own: no storage, no cache, no history.

import { type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page, chromium } from "playwright-core";
import { after } from "node:test";
import { createRequire } from "node:module";
import { fromEnvironment } from "./environment.ts";
import { readFileSync } from "node:fs";
import type { Report } from "../../web/src/engine.ts";
import type { Playground } from "../../web/src/playground.ts";

/** The address of the site under test. */
export const SITE = fromEnvironment("LAYERWISE_SITE");

/** A Dockerfile of which more than one finding can be mended safely. */
export const MENDABLE = `FROM ubuntu:24.04
MAINTAINER ops@example.org
RUN apt-get update && apt-get install -y curl
ADD app.py /srv/app.py
ADD conf.json /srv/conf.json
CMD /srv/app.py
`;

/** A Dockerfile of which a finding has a fix that a person must look at: `data` may be an archive. */
export const REVIEWABLE = `FROM ubuntu:24.04
ADD data /srv/
USER 1000
`;

/** A build that no fix can take apart: what it makes is not told. */
export const PATTERNED = `FROM golang:1.24
WORKDIR /src
COPY . .
RUN ./build.sh && go build ./...
CMD ["./run.sh"]
`;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

let browser: Promise<Browser> | undefined;
const contexts: BrowserContext[] = [];

after(async () => {
  for (const context of contexts) await context.close();
  await (await browser)?.close();
});

export interface Opened {
  readonly page: Page;
  /** Address of every request of the page and its workers so far. */
  readonly requests: readonly string[];
  /** What went wrong: violations of the security policy, and scripts that failed. */
  readonly faults: readonly string[];
}

export interface Options extends BrowserContextOptions {
  /** Runs in the page before its own scripts. */
  readonly before?: () => void;
  /** The text to begin with. */
  readonly text?: string;
  /** Where the site is, if not where all tests have it. */
  readonly site?: string;
}

/** Opens the page and waits until its first text is checked. */
export async function open({ text, site = SITE, ...options }: Options = {}): Promise<Opened> {
  const opened = await visit(site, options);
  const { page } = opened;
  await page.locator(".results [aria-labelledby], .results [role=alert]").first().waitFor();
  // The shell checks come after the first result.
  await page.locator("layerwise-playground").evaluate((element) => (element as Playground).report().then(() => {}));
  if (text !== undefined) await write(page, text);
  return opened;
}

/** Opens any page, in a context of its own. `prepare` may answer its requests. */
export async function visit(
  address: string,
  { before, prepare, ...options }: Omit<Options, "text" | "site"> & { prepare?: (page: Page) => Promise<unknown> } = {},
): Promise<Opened> {
  browser ??= chromium.launch({ executablePath: fromEnvironment("LAYERWISE_CHROMIUM"), args: ["--no-sandbox"] });
  // Nobody but the tests about it should wait for the copy that is kept for want of a network.
  const context = await (await browser).newContext({ serviceWorkers: "block", ...options });
  contexts.push(context);
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  if (before !== undefined) await context.addInitScript(before);

  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) faults.push(message.text());
  });
  await prepare?.(page);
  await page.goto(address);
  return { page, requests, faults };
}

/** Puts another text into the editor, and waits until it is checked. */
export async function write(page: Page, text: string): Promise<Report | null> {
  return page.locator("layerwise-playground").evaluate(async (element, value) => {
    const playground = element as Playground;
    playground.value = value;
    const report = await playground.report();
    // The tokens of a large file would take half a minute to come out of the browser.
    return report && { ...report, tokens: [] };
  }, text);
}

export async function textOf(page: Page): Promise<string> {
  return page.locator("layerwise-playground").evaluate((element) => (element as Playground).value);
}

export async function ignoreOf(page: Page): Promise<string> {
  return page.locator("layerwise-playground").first().evaluate((element) => (element as Playground).dockerignore);
}

/** Puts texts into the editor, and waits for nothing. */
export async function put(page: Page, texts: { readonly value?: string; readonly dockerignore?: string }): Promise<void> {
  await page.locator("layerwise-playground").first().evaluate((element, texts) => void Object.assign(element, texts), texts);
}

/** Opens a menu of the toolbar. */
export async function openMenu(page: Page, name: string): Promise<void> {
  await page.locator("summary.button", { hasText: name }).click();
}

/** Holds up who waits for `opened`, until it is opened. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Whether something is wider than the page. */
export function reachesOut(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}

/** The report of the text as it is, once it is there. */
export async function reportOf(page: Page): Promise<Report> {
  const report = await page.locator("layerwise-playground").evaluate((element) => (element as Playground).report());
  if (report === null) throw new Error("There is no report.");
  return report;
}

/** Waits until the editor's text is `text`. */
export async function waitForText(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector("layerwise-playground")?.value === wanted, text);
}

export function editor(page: Page): Locator {
  return page.getByRole("textbox", { name: "Dockerfile" });
}

export function findings(page: Page): Locator {
  return page.locator(".finding");
}

/** What the page tells of what was done; with a text, if that is in it. */
export function notice(page: Page, text?: string | RegExp): Locator {
  return page.locator(".notice", text === undefined ? {} : { hasText: text });
}

/** What is on the clipboard. */
export function copied(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A function of no arguments for the page, from one with arguments. */
export function bound<Arguments extends readonly (string | number)[]>(act: (...values: Arguments) => void, ...values: Arguments): () => void {
  return new Function(`(${act})(...${JSON.stringify(values)})`) as () => void;
}

/** The row of the `index`th finding of a report. */
export function rowOf(page: Page, report: Report, finding: Report["findings"][number]): Locator {
  return findings(page).nth(report.findings.indexOf(finding));
}

/** The first finding of a report that can be mended safely, with its fix. */
export function firstSafe(report: Report) {
  for (const finding of report.findings) {
    if (finding.fix?.applicability === "safe") return { finding, fix: finding.fix };
  }
  throw new Error("Nothing can be mended safely here.");
}

/**
 * What axe finds wrong, shadow root included: by the rules that it has switched on, or by those that are named. The page must have been opened
 * with `bypassCSP`, so that axe can be put into it.
 */
export async function faultsOf(page: Page, rules: readonly string[] = []): Promise<string[]> {
  await page.addScriptTag({ content: axe });
  return page.evaluate(async (named) => {
    const options = named.length === 0 ? {} : { runOnly: { type: "rule", values: named } };
    const { violations } = await (globalThis as never as { axe: Axe }).axe.run(document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));

    interface Axe {
      run(place: Document, options: object): Promise<{ violations: Violation[] }>;
    }

    interface Violation {
      id: string;
      nodes: { html: string; failureSummary: string }[];
    }
  }, rules);
}
