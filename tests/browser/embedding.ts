// Somebody else's site with our snippets in it: its pages come from one origin, `embed.js` and all that it asks for from another.

import type { BrowserContextOptions, Page } from "playwright-core";
import { type Opened, visit as visitAlone } from "./site.ts";
import { Host } from "./host.ts";
import { fromEnvironment } from "./environment.ts";
import { join } from "node:path";
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

export interface Visited extends Opened {
  /** The origin of the page. */
  readonly origin: string;
  /** Where `embed.js` comes from. */
  readonly host: Host;
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
export async function visit({ html, folder, path = "", headers = {}, ours = { "access-control-allow-origin": "*" }, ...options }: Visit): Promise<Visited> {
  const host = await Host.start("/lw/");
  host.headers = ours;
  const filled = (text: string) => text.replaceAll("{embed}", `${host.site}embed.js`).replaceAll("{site}", host.site);
  const others = await Host.ofOthers(async (name) => {
    const content = html !== undefined && name === "index.html" ? html : await readFile(join(folder ?? SITES, name));
    return name.endsWith(".html") ? filled(String(content)) : content;
  });
  others.headers = headers;
  const opened = await visitAlone(`${others.site}${path}`, { viewport: { width: 1280, height: 800 }, ...options });
  return { ...opened, origin: others.site.slice(0, -1), host };
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

/** A text as it stands in the markup of a page, be it in an element or in an attribute. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** A page with a body. */
export function pageOf(body: string, head = ""): string {
  const script = `<script type="module" src="{embed}" data-upgrade></script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A guide</title><link rel="icon" href="data:,">${head === "" ? script : head}</head><body><main><h1>A guide</h1>${body}</main></body></html>`;
}

export const plainPage = () => readFile(join(SITES, "plain/index.html"), "utf8");
