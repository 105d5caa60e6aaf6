// Somebody else's site with our snippets in it: its pages come from one origin, `embed.js` and all that it asks for from another.

import { type BrowserContextOptions, type Page, chromium } from "playwright-core";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Host } from "./host.ts";
import { after } from "node:test";
import { extname, join } from "node:path";
import { fromEnvironment } from "./site.ts";
import { readFile } from "node:fs/promises";
import type { Report } from "../../web/src/engine.ts";

export const SITES = join(fromEnvironment("LAYERWISE_ROOT"), "tests/embed");

/** What the element has, for the page that it is in. */
export interface Snippet extends HTMLElement {
  readonly ready: Promise<void>;
  value: string;
  view: string;
  readOnly: boolean;
  report(): Promise<Report | null>;
  edit(): Promise<void>;
  fixAll(): Promise<void>;
}

const TYPES: Record<string, string> = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

let browser: ReturnType<typeof chromium.launch> | undefined;
const closing: (() => Promise<unknown> | void)[] = [];

after(async () => {
  await Promise.allSettled(closing.map((close) => close()));
  await (await browser)?.close();
});

export interface Visited {
  readonly page: Page;
  /** The origin of the page. */
  readonly origin: string;
  /** Where `embed.js` comes from. */
  readonly host: Host;
  readonly requests: readonly string[];
  readonly faults: readonly string[];
}

export interface Visit extends BrowserContextOptions {
  /** The page: a text, in which `{embed}` is the address of `embed.js`. */
  readonly html?: string;
  /** Or a folder of pages, served as they are, but for that. */
  readonly folder?: string;
  readonly path?: string;
  /** Headers of the page. */
  readonly headers?: Record<string, string>;
  /** Headers of our site, if they are not those that it should send. */
  readonly ours?: Record<string, string>;
  readonly before?: () => void;
}

/** Opens a page of somebody else's site. */
export async function visit({ html, folder, path = "", headers = {}, ours = { "access-control-allow-origin": "*" }, before, ...options }: Visit): Promise<Visited> {
  const host = await Host.start("/lw/");
  host.headers = ours;
  const filled = (text: string) => text.replaceAll("{embed}", `${host.site}embed.js`).replaceAll("{site}", host.site);
  const server: Server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url ?? "", "http://site");
    const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    try {
      const content = html !== undefined && name === "/index.html" ? html : await readFile(join(folder ?? SITES, name));
      const isPage = type.startsWith("text/html");
      response.writeHead(200, { "content-type": type, ...(isPage ? headers : {}) }).end(isPage ? filled(String(content)) : content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
  server.unref(); // a test that fails leaves it open
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  browser ??= chromium.launch({ executablePath: fromEnvironment("LAYERWISE_CHROMIUM"), args: ["--no-sandbox"] });
  const context = await (await browser).newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 800 }, ...options });
  closing.unshift(() => context.close());
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  if (before !== undefined) await context.addInitScript(before);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${origin}/${path}`);
  return { page, origin, host, requests, faults };
}

/** Waits until every snippet of the page has its report. */
export async function allReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await customElements.whenDefined("layerwise-playground");
    // Blocks become snippets a moment later.
    const hasBlocks = document.querySelector("script[data-upgrade]") !== null && document.querySelector("pre > code[class], [class*=language-] pre > code") !== null;
    while (hasBlocks && document.querySelector("[data-layerwise=upgraded]") === null) await new Promise(requestAnimationFrame);
    await Promise.all([...document.querySelectorAll<Snippet>("layerwise-playground")].map((snippet) => snippet.report()));
    await Promise.all([...document.querySelectorAll<Snippet>("layerwise-playground")].map((snippet) => snippet.ready));
  });
}

/** A page with a body. */
export function pageOf(body: string, head = ""): string {
  const script = `<script type="module" src="{embed}" data-upgrade></script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A guide</title><link rel="icon" href="data:,">${head === "" ? script : head}</head><body><main><h1>A guide</h1>${body}</main></body></html>`;
}

export const plainPage = () => readFile(join(SITES, "plain/index.html"), "utf8");
