// What the built site costs in Chromium, printed: `cargo xtask bench --browser` runs this, with a file that lists Dockerfiles.
//
// The engine is measured in a page, without the page's own work: what it takes for each file. The page is measured on a machine a fourth as fast,
// as the developer tools slow one down. That slows the page's own thread and not its worker, so each figure is also taken where workers are
// forbidden, and the engine runs on that thread: the true machine lies between.

import { type Browser, type Page, chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { fromEnvironment } from "../browser/environment.ts";
import { join } from "node:path";

type Engine = typeof import("../../web/generated/engine/engine.js");

const SITE = fromEnvironment("LAYERWISE_SITE");
const SLOWED = 4;
const FRAME = 1000 / 60;
const LINES = 1_000;
const KEYS = 15;
const VISITS = 5;
/** Files that go into the page at once. */
const BATCH = 50;

const browser = await chromium.launch({ executablePath: fromEnvironment("LAYERWISE_CHROMIUM"), args: ["--no-sandbox"] });
try {
  console.log(`\nChromium ${browser.version()}; milliseconds`);
  console.log(row("", "median", "p90", "p99"));
  await measureFiles(browser);
  await measureLines(browser);
  console.log(`\na fourth as fast; one frame is ${FRAME.toFixed(1)}`);
  console.log(row("", "median", "p90", "most"));
  for (const hasWorker of [true, false]) await measureKeys(browser, hasWorker);
  for (const hasWorker of [true, false]) await measureArrival(browser, hasWorker);
} finally {
  await browser.close();
}

/** Checks each file, and mends it, in the page's own thread. */
async function measureFiles(browser: Browser): Promise<void> {
  const [list] = process.argv.slice(2);
  if (list === undefined) throw new Error("Name a file that lists Dockerfiles, a line each.");
  const texts = readFileSync(list, "utf8").split("\n").filter((path) => path !== "").map((path) => readFileSync(path, "utf8"));
  const page = await pageWithEngine(browser);
  for (const work of ["check", "fixAll"] as const) {
    const times: number[] = [];
    for (let start = 0; start < texts.length; start += BATCH) {
      times.push(...(await timesOf(page, work, texts.slice(start, start + BATCH))));
    }
    console.log(row(`${work}, ${texts.length} files`, ...[50, 90, 99].map((part) => hundredth(times, part))));
  }
  await page.context().close();
}

/** Checks a text of so many lines in the page's own thread, on a machine a fourth as fast. */
async function measureLines(browser: Browser): Promise<void> {
  const page = await pageWithEngine(browser);
  await timesOf(page, "check", [longText()]); // the browser compiles a second time what it uses often
  await slowDown(page);
  const times: number[] = [];
  for (let i = 0; i < KEYS; i++) times.push(...(await timesOf(page, "check", [longText()])));
  console.log(row(`check, ${LINES} lines, a fourth as fast`, ...[50, 90, 99].map((part) => hundredth(times, part))));
  await page.context().close();
}

/** From a key that moves every line to the moment when the list of findings has been drawn with the new ones. */
async function measureKeys(browser: Browser, hasWorker: boolean): Promise<void> {
  const page = await newPage(browser, hasWorker);
  await page.goto(SITE);
  await page.locator(".finding").first().waitFor();
  await page.locator("layerwise-playground").evaluate(async (element, text) => {
    const playground = element as never as { value: string; report(): Promise<unknown> };
    playground.value = text;
    await playground.report();
  }, longText());
  await page.getByRole("textbox", { name: "Dockerfile" }).focus();
  await page.keyboard.press("Control+Home");
  await slowDown(page);
  const times: number[] = [];
  for (let i = 0; i < KEYS; i++) {
    // Watched for before the key goes down, and asked for after it.
    await page.locator("layerwise-playground").evaluate((element) => {
      const root = element.shadowRoot;
      if (root === null) throw new Error("The playground has no shadow root.");
      const place = () => root.querySelector(".finding .place")?.textContent;
      const before = place();
      const drawn = new Promise<number>((resolve) => {
        let pressed = 0;
        addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (pressed === 0 || place() === undefined || place() === before) return;
          observer.disconnect();
          const { port1, port2 } = new MessageChannel();
          // What is sent in the frame arrives once it is drawn.
          port1.onmessage = () => resolve(performance.now() - pressed);
          requestAnimationFrame(() => port2.postMessage(null));
        });
        observer.observe(root, { subtree: true, childList: true, characterData: true });
      });
      Object.assign(globalThis, { drawn });
    });
    await page.keyboard.press("Enter");
    times.push(await page.evaluate(() => (globalThis as never as { drawn: Promise<number> }).drawn));
  }
  console.log(row(`key to findings, ${LINES} lines, ${place(hasWorker)}`, ...spread(times)));
  await page.context().close();
}

/** From the beginning of a first visit to the moment when the score has been drawn. */
async function measureArrival(browser: Browser, hasWorker: boolean): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < VISITS; i++) {
    const page = await newPage(browser, hasWorker);
    await slowDown(page);
    await page.addInitScript(() => {
      const look = () => {
        const score = document.querySelector("layerwise-playground")?.shadowRoot?.querySelector(".score .number");
        // Before it is known, a dash stands there.
        if (!/^\d/.test(score?.textContent ?? "")) requestAnimationFrame(look);
        else requestAnimationFrame(() => Object.assign(globalThis, { arrived: performance.now() }));
      };
      look();
    });
    await page.goto(SITE);
    const arrived = await page.waitForFunction(() => (globalThis as { arrived?: number }).arrived);
    times.push((await arrived.jsonValue()) ?? NaN);
    await page.context().close();
  }
  console.log(row(`first score, ${place(hasWorker)}`, ...spread(times)));
}

async function newPage(browser: Browser, hasWorker = true): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 800 } });
  if (!hasWorker) await context.addInitScript(() => Reflect.deleteProperty(globalThis, "Worker"));
  return context.newPage();
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
}

/** A page of the site in which the engine is started once more, for this alone. */
async function pageWithEngine(browser: Browser): Promise<Page> {
  const groups = JSON.parse(readFileSync(join(fromEnvironment("LAYERWISE_ROOT"), "web/generated/groups.json"), "utf8")) as Record<string, string[]>;
  const [script, module, second] = [...(groups["engine"] ?? []), ...(groups["engineSecond"] ?? [])];
  const page = await newPage(browser);
  await page.goto(SITE);
  await page.locator(".finding").first().waitFor(); // afterwards the page itself is at rest
  await page.evaluate(
    async ([script, module, second]) => {
      const engine = (await import(script as string)) as Engine;
      const first = { ...(await engine.default({ module_or_path: fetch(module as string) })) };
      await WebAssembly.instantiateStreaming(fetch(second as string), { first });
      Object.assign(globalThis, { engine });
    },
    [script, module, second].map((path) => new URL(path ?? "", SITE).href),
  );
  return page;
}

/** What work on each text takes. The browser's clock is coarse, so that short work is done many times. */
function timesOf(page: Page, work: "check" | "fixAll", texts: readonly string[]): Promise<number[]> {
  return page.evaluate(
    ([work, texts]) => {
      const { engine } = globalThis as never as { engine: Engine };
      const once = {
        check: (text: string) => void engine.check({ text }),
        fixAll: (text: string) => void engine.fixAll({ text }, false, [], []),
      }[work];
      const timed = (text: string, times: number) => {
        const start = performance.now();
        for (let i = 0; i < times; i++) once(text);
        return (performance.now() - start) / times;
      };
      return texts.map((text) => timed(text, Math.max(1, Math.min(20, Math.ceil(5 / Math.max(timed(text, 1), 0.1))))));
    },
    [work, texts] as const,
  );
}

/** Lines as in many a file, of which some have findings. */
function longText(): string {
  const part = (i: number) => `# part ${i}
ARG VERSION${i}=1.${i}
ENV HOME${i}=/srv/part${i}
WORKDIR /srv/part${i}
COPY part${i}/package.json ./
RUN npm ci && \\
    npm cache clean --force
ADD part${i}/ ./
RUN curl -fsSL https://example.org/v$VERSION${i}.tar.gz | tar xz
EXPOSE ${1024 + i}
`;
  const parts = Array.from({ length: Math.ceil(LINES / 10) }, (_, i) => part(i));
  return ["FROM node:24\n", ...parts].join("").split("\n").slice(0, LINES).join("\n");
}

function spread(times: readonly number[]): number[] {
  return [50, 90, 100].map((part) => hundredth(times, part));
}

/** The time below which so many hundredths of these stay. */
function hundredth(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor((sorted.length * part) / 100), sorted.length - 1)] ?? NaN;
}

function place(hasWorker: boolean): string {
  return hasWorker ? "in a worker" : "without workers";
}

function row(name: string, ...cells: (string | number)[]): string {
  const shown = cells.map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell).padStart(9));
  return `${name.padEnd(46)} ${shown.join(" ")}`;
}
