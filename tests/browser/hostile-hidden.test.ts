// Characters that nobody sees: wherever a file is shown they stand there by their names, and what they are needed for stays as it is.

import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { allReady, pageOf, visit } from "./embedding.ts";
import { editor, faultsOf, open, put, textOf, write } from "./site.ts";

const NAMED: Readonly<Record<string, string>> = {
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u061c": "ALM",
  "\u200b": "ZWSP",
  "\u200c": "ZWNJ",
  "\u200d": "ZWJ",
  "\u2060": "WJ",
  "\u00ad": "SHY",
  "\ufeff": "BOM",
  "\u001b": "ESC",
  "\u3164": "U+3164",
  "\u{e0041}": "U+E0041",
};

const ALL = Object.keys(NAMED).map((character) => `a${character}b`).join(" ");
const TEXT = `FROM alpine:3.23\nRUN echo ${ALL}\nADD a\u202eb\u200b /srv/\n`;

/** What needs such characters: emoji of several, a keycap, a heart in colours, Persian and Hindi. */
const LEGITIMATE = "# \u{1f468}\u200d\u{1f469}\u200d\u{1f467} 1\ufe0f\u20e3 \u2764\ufe0f \u2764\ufe0f\u200d\u{1f525} \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0915\u094d\u200d\u0937 \u05d4\u05e2\u05e8\u05d4\n";

const names = (page: Page, place: string) => page.locator(`${place} .control`).allInnerTexts();

for (const colorScheme of ["light", "dark"] as const) {
  test(`each has its name and says what it is, with a frame and not by its colour alone, ${colorScheme}`, async () => {
    const { page, faults } = await open({ text: TEXT, colorScheme, bypassCSP: true });
    deepEqual(await names(page, ".cm-line:nth-child(2)"), Object.values(NAMED));
    const first = page.locator(".cm-line .control", { hasText: "RLO" }).first();
    match((await first.getAttribute("title")) ?? "", /^RLO: turns the direction of the text/);
    match((await page.locator(".cm-line .control", { hasText: "ZWSP" }).first().getAttribute("title")) ?? "", /^ZWSP: nobody sees this character/);
    const { border, color, ground } = await first.evaluate((element) => {
      const { borderTopStyle, borderTopWidth, color } = getComputedStyle(element);
      return { border: `${borderTopStyle} ${borderTopWidth}`, color, ground: getComputedStyle(element.closest(".pane") ?? element).backgroundColor };
    });
    equal(border, "solid 1px");
    notEqual(color, ground);
    deepEqual(await faultsOf(page), []);
    equal(await textOf(page), TEXT);
    deepEqual(faults, []);
  });
}

test("they are named in findings, previews, the review, the build, the palette, and what is read out", async () => {
  const { page } = await open({ text: TEXT });
  const row = page.locator(".finding", { hasText: "COPY" }).first();
  ok((await row.locator(".message .control").allInnerTexts()).includes("RLO"));
  await row.locator(".finding-main").click();
  await row.locator(".fix-preview .control").first().waitFor();
  deepEqual([...new Set(await row.locator(".fix-preview .control").allInnerTexts())], ["RLO", "ZWSP"]);
  await page.getByRole("button", { name: /^Review all/ }).click();
  await page.locator("dialog.review .cm-deletedChunk .control").first().waitFor();
  ok((await names(page, "dialog.review .cm-deletedChunk")).includes("ZWSP"));
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /^Build$/ }).click();
  await page.locator(".step .control").first().waitFor();
  ok((await names(page, ".step")).includes("U+E0041"));
  const labels = await page.locator(".results [title], .results [aria-label]").evaluateAll((all) => all.map((one) => `${one.getAttribute("title")}${one.getAttribute("aria-label")}`).join(""));
  ok(!/[\u202e\u200b]/.test(labels), labels);
});

test("what needs them is shown as it is, and a name goes when its character does", async () => {
  const { page } = await open({ text: `FROM alpine:3.23\n${LEGITIMATE}ENV A=\u200bb\n` });
  deepEqual(await names(page, ".cm-content"), ["ZWSP"]);
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Backspace");
  equal(await textOf(page), `FROM alpine:3.23\n${LEGITIMATE}ENV A=b\n`);
  deepEqual(await names(page, ".cm-content"), []);
  // What a joiner belonged to is gone: then it is one that nobody would see.
  await write(page, "FROM alpine:3.23\n# \u{1f468}\u200d\u{1f469}\n");
  deepEqual(await names(page, ".cm-content"), []);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  for (let letter = 0; letter < 2; letter += 1) await page.keyboard.press("ArrowRight");
  await put(page, { value: "FROM alpine:3.23\n# \u200d\u{1f469}\n" });
  deepEqual(await names(page, ".cm-content"), ["ZWJ"]);
});

test("a snippet in somebody else's page has their names, its copy and its text the characters", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground view="editor"><pre>\n${TEXT.replace("\u001b", "&#x1b;")}</pre></layerwise-playground>`) });
  await allReady(page);
  const snippet = page.locator("layerwise-playground");
  ok((await snippet.locator(".code .control").allInnerTexts()).includes("RLO"));
  equal(await snippet.locator(".code .control").count(), Object.keys(NAMED).length + 2);
  equal(await snippet.evaluate((element) => (element as never as { value: string }).value), TEXT);
});
