// Snippets in pages of others for everyone: little room, the system's own colours, a finger, and a keyboard alone.

import { type Snippet, allReady, pageOf, visit } from "./embedding.ts";
import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { reachesOut } from "./site.ts";
import { test } from "node:test";

/** Lines of every length, and findings of every severity. */
const LONG = `FROM node:22-alpine AS build-of-the-application
WORKDIR /app
copy . .
ADD app.py /srv/app.py
MAINTAINER somebody
RUN apt-get update && apt-get install curl git build-essential ca-certificates
CMD npm start`;

const block = (text: string) => `<pre><code class="language-dockerfile">${text.replaceAll("&", "&amp;")}\n</code></pre>`;
const element = (view: string) => `<layerwise-playground view="${view}"><pre>\n${LONG.replaceAll("&", "&amp;")}\n</pre></layerwise-playground>`;

const HEAD = `<meta name="viewport" content="width=device-width, initial-scale=1"><style>
  body { margin: 0; padding: 16px; font: 16px/1.5 sans-serif }
  pre { padding: 12px 16px; overflow: auto; font: 14px/20px monospace }
</style><script type="module" src="{embed}" data-upgrade></script>`;

/** A page with a snippet in each view, between two buttons of its own. */
const EVERY_VIEW = pageOf(
  `<button type="button" id="before">Before</button>${block(LONG)}${["split", "findings", "badge"].map(element).join("")}<button type="button" id="after">After</button>`,
  HEAD,
);

const snippetOf = (page: Page, view: string) => page.locator(`layerwise-playground[view=${view}]`);

/** What of a snippet is wider than its place and cannot be scrolled to, or is smaller than a finger needs. */
function faultsOfSize(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("layerwise-playground")].flatMap((snippet) => {
      const place = snippet.getBoundingClientRect();
      return [...(snippet.shadowRoot?.querySelectorAll("button, a, select, .box > *, .panel *") ?? [])].flatMap((part) => {
        const { left, right, width, height } = part.getBoundingClientRect();
        if (width === 0 || part.closest(".unseen") !== null || !part.checkVisibility()) return [];
        const name = `${part.localName}.${part.getAttribute("class")} ${part.textContent?.slice(0, 40)}`;
        const isOut = left < place.left - 0.5 || right > place.right + 0.5;
        const isSmall = part.matches("button, a, select") && (width < 24 || height < 24);
        return [...(isOut ? [`${name} reaches out: ${left} to ${right}`] : []), ...(isSmall ? [`${name} is ${width} x ${height}`] : [])];
      });
    }),
  );
}

test("in 320 pixels nothing reaches out of a page or a snippet, and all that can be pressed is large enough: shut, open, and edited", async () => {
  const { page, faults } = await visit({ html: EVERY_VIEW, viewport: { width: 320, height: 700 } });
  await allReady(page);
  const check = async (name: string) => deepEqual({ name, out: await reachesOut(page), faults: await faultsOfSize(page) }, { name, out: false, faults: [] });
  await check("shut");
  await snippetOf(page, "editor").locator(".corner .chip").click();
  await check("open");
  await snippetOf(page, "editor").evaluate((snippet) => (snippet as Snippet).edit());
  await snippetOf(page, "editor").locator(".results .number").waitFor();
  equal(await reachesOut(page), false);
  const spare = await page.evaluate(() => document.documentElement.scrollHeight - document.body.getBoundingClientRect().bottom - scrollY);
  ok(Math.abs(spare) < 1, `the page ends with its last line, and not ${spare} pixels later`);
  deepEqual(faults, []);
});

/** Asks until nothing of the code lies under what is above it when the code is scrolled as far as it goes; otherwise how much of each does, in pixels. */
async function hiddenBelow(page: Page): Promise<number[]> {
  for (let frames = 0; ; frames += 1) {
    const hidden = await hiddenNow(page);
    if (frames === 50 || hidden.every((pixels) => pixels === 0)) return hidden;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

function hiddenNow(page: Page): Promise<number[]> {
  return page.locator("layerwise-playground").evaluateAll((snippets) =>
    snippets.map((snippet) => {
      const [code, corner] = [".code", ".corner"].map((name) => snippet.shadowRoot?.querySelector(name) as HTMLElement);
      if (code === undefined || corner === undefined) throw new Error("no code, or nothing above it");
      code.scrollLeft = code.scrollWidth;
      const above = corner.getBoundingClientRect();
      const text = document.createRange();
      text.selectNodeContents(code);
      const lines = [...text.getClientRects()].filter(({ top, bottom }) => top < above.bottom && bottom > above.top);
      return Math.max(0, ...lines.map(({ right }) => right - above.left));
    }),
  );
}

for (const [width, direction] of [[320, "ltr"], [700, "ltr"], [1280, "ltr"], [320, "rtl"], [700, "rtl"]] as const) {
  test(`what lies above the code hides nothing of it that scrolling would not show, ${width} pixels wide in a page that reads ${direction}`, async () => {
    const texts = [
      LONG,
      "FROM node:22-alpine AS build-it",
      `FROM alpine\n${"RUN echo a b c d e f g h i j k l m n\n".repeat(3)}`.trimEnd(),
      `FROM example.org/${"a-long-name/".repeat(12)}image`,
      "FROM a",
      // As long as there is room for, so that nothing can be scrolled.
      `FROM ${"a".repeat(Math.floor((width - 80) / 8.5) - 5)}\nRUN b\nRUN c\nRUN d`,
    ];
    const { page } = await visit({ html: pageOf(texts.map(block).join(""), HEAD).replace("<html ", `<html dir="${direction}" `), viewport: { width, height: 700 } });
    await allReady(page);
    deepEqual(await hiddenBelow(page), texts.map(() => 0));
    await page.setViewportSize({ width: width - 40, height: 700 });
    deepEqual(await hiddenBelow(page), texts.map(() => 0));
  });
}

test("in a page that reads from the right, sentences are read from the left, as they are written", async () => {
  const { page } = await visit({ html: pageOf(element("split"), HEAD).replace("<html ", `<html dir="rtl" `), viewport: { width: 1000, height: 700 } });
  await allReady(page);
  const directions = await page.locator("layerwise-playground :is(.code, .panel, .row, button)").evaluateAll((parts) => parts.map((part) => getComputedStyle(part).direction));
  deepEqual([...new Set(directions)], ["ltr"]);
  const [code, panel] = await Promise.all([".code", ".panel"].map((part) => page.locator(part).boundingBox()));
  ok((code?.x ?? 0) < (panel?.x ?? 0));
});

/** The contrast of two colours, as WCAG has it. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => (Number(part) / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  return Math.max(light(one) / light(other), light(other) / light(one));
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`in the system's own colours, ${colorScheme}, severities have shapes, a place that is asked for is marked, and boxes have edges`, async () => {
    const { page } = await visit({ html: EVERY_VIEW, forcedColors: "active", colorScheme, viewport: { width: 1000, height: 800 } });
    await allReady(page);
    const snippet = snippetOf(page, "split");
    const look = (selector: string, property: string) =>
      snippet.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

    const severities = await snippet.locator(".row").evaluateAll((rows) => [...new Set(rows.map((row) => /severity-(\w+)/.exec(row.className)?.[1] ?? ""))]);
    equal(severities.length, 4, severities.join());
    const shapes = await Promise.all(severities.map((severity) => snippet.locator(`.row.severity-${severity} .severity-icon`).first().innerHTML()));
    equal(new Set(shapes).size, severities.length, "each severity has a shape of its own");
    const lines = await Promise.all(severities.map(async (severity) => `${await look(`.code .severity-${severity}`, "text-decoration-style")} ${await look(`.code .severity-${severity}`, "text-decoration-thickness")}`));
    equal(new Set(lines).size, severities.length, `each severity underlines in its own way: ${lines.join(", ")}`);
    const icon = await look(".row .severity-icon", "fill");
    notEqual(icon, await look(".panel", "background-color"), "the shape is seen");

    await snippet.locator(".row .link").first().click();
    notEqual(await look(".code .spot", "background-color"), await look(".code", "background-color"));
    ok(contrast(await look(".code .spot", "background-color"), await look(".code .spot", "color")) > 4.5, "what is marked can be read");
    for (const view of ["editor", "split", "findings"]) {
      const box = snippetOf(page, view).locator(".box");
      equal(await box.evaluate((box) => getComputedStyle(box).outlineStyle), "solid", view);
      notEqual(await box.evaluate((box) => getComputedStyle(box).outlineColor), await box.evaluate((box) => getComputedStyle(box).backgroundColor), view);
    }
  });
}

/** What has the focus, in the page or in a snippet, and whether one sees that it has. */
function focused(page: Page): Promise<{ name: string; isShown: boolean; inSnippet: boolean }> {
  return page.evaluate(() => {
    const outer = document.activeElement;
    const element = (outer?.shadowRoot?.activeElement ?? outer) as HTMLElement;
    const drawn = element.closest(".cm-editor") ?? element;
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    const pane = element.closest(".pane");
    const isFramed = pane !== null && drawn !== element && getComputedStyle(pane).borderColor !== getComputedStyle(pane.parentElement as Element).borderColor;
    const { top, bottom, width } = element.getBoundingClientRect();
    const isOnScreen = bottom > 0 && top < innerHeight && width > 0;
    const hasOutline = outlineStyle !== "none" && (outlineStyle === "auto" || Number.parseFloat(outlineWidth) >= 2);
    const words = element.getAttribute("aria-label") ?? element.textContent ?? "";
    return { name: element.id || `${element.localName} ${words.trim().slice(0, 60)}`, isShown: isOnScreen && (hasOutline || isFramed), inSnippet: outer?.localName === "layerwise-playground" };
  });
}

/** Goes on with a key until something of this name has the focus, and returns what had it on the way. */
async function walkTo(page: Page, key: string, name: RegExp): Promise<string[]> {
  const stops: string[] = [];
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    ok(stop.isShown, `one sees that ${stop.name} has the focus`);
    stops.push(stop.name);
    if (name.test(stop.name)) return stops;
  }
  throw new Error(`${key} never leads to ${name}: ${stops.join(", ")}`);
}

for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }, { viewport: { width: 320, height: 600 } }] as const) {
  test(`Tab goes through every snippet of a page and out of it, there and back, and one always sees where: ${JSON.stringify(look)}`, async () => {
    const { page } = await visit({ html: EVERY_VIEW, ...look });
    await allReady(page);
    await page.locator("#before").focus();
    const there = await walkTo(page, "Tab", /^after$/);
    const back = await walkTo(page, "Shift+Tab", /^before$/);
    deepEqual(back.slice(0, -1).reverse(), there.slice(0, -1));
    for (const wanted of ["Dockerfile", "Edit", "Score", "Fix", "Line", "Open in the playground"]) ok(there.some((name) => name.includes(wanted)), `${wanted}: ${there.join(", ")}`);
  });
}

test("with the keyboard alone a finding is shown, mended, and its neighbours stay near: the focus never goes back to the top of the page", async () => {
  const { page } = await visit({ html: EVERY_VIEW });
  await allReady(page);
  await page.locator("#before").focus();
  await walkTo(page, "Tab", /Score/);
  const snippet = snippetOf(page, "editor");
  await page.keyboard.press("Enter");
  await snippet.locator(".row").first().waitFor();
  ok((await focused(page)).name.includes("Score"), "what was pressed keeps the focus");
  await walkTo(page, "Tab", /^button Line/);
  await page.keyboard.press("Space");
  await snippet.locator(".code .spot").first().waitFor();

  const value = () => snippet.evaluate((element) => (element as Snippet).value);
  const before = await value();
  await walkTo(page, "Tab", /^button Fix: /);
  await page.keyboard.press("Enter");
  await snippet.evaluate((element) => (element as Snippet).report().then(() => {}));
  notEqual(await value(), before);
  ok((await focused(page)).inSnippet, `the focus stays in the snippet, and is at ${(await focused(page)).name}`);
  await walkTo(page, "Tab", /^button Why/);
});

test("the editor that the keyboard opens has the focus, lets it out again by Tab, and hands it back when it is left", async () => {
  const { page } = await visit({ html: EVERY_VIEW });
  await allReady(page);
  await page.locator("#before").focus();
  await walkTo(page, "Tab", /Edit this Dockerfile/);
  await page.keyboard.press("Enter");
  const snippet = snippetOf(page, "editor");
  await snippet.locator(".cm-content").waitFor();
  ok((await focused(page)).isShown);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("\nUSER 1000");
  await snippet.evaluate((element) => (element as Snippet).report().then(() => {}));
  await walkTo(page, "Shift+Tab", /^button Done/);
  await page.keyboard.press("Enter");
  equal(await snippet.locator(".code").textContent(), `${LONG}\nUSER 1000`);
  ok((await focused(page)).name.includes("Edit this Dockerfile"));
  await page.keyboard.press("Enter");
  await snippet.locator(".cm-content").waitFor();
  await walkTo(page, "Tab", /^after$/);
});
