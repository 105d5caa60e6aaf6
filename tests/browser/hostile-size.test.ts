// Files, pastes, lines and links that are far larger than any Dockerfile.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Playground } from "../../web/src/playground.ts";
import { editor, notice, open, textOf, waitForText, write } from "./site.ts";

const TEXT = "FROM scratch\nMAINTAINER me\n";
const LARGE = 10 * 1024 * 1024;


/** In the page: a file of so many bytes. */
const fileOf = (page: Page, size: number) =>
  page.evaluateHandle((size) => {
    const held = new DataTransfer();
    held.items.add(new File(["# filler\n".repeat(size / 9)], "Dockerfile"));
    return held;
  }, size);

test("a file of 10 MB is not opened, whether dropped or chosen: a sentence says so, and the text stays", async () => {
  const { page, faults } = await open({ text: TEXT, before: () => Object.assign(globalThis, { showOpenFilePicker: undefined }) });
  await editor(page).dispatchEvent("drop", { dataTransfer: await fileOf(page, LARGE) });
  await notice(page).getByText("Dockerfile is larger than 5 MB, which no Dockerfile is. It was not opened.").waitFor();
  equal(await textOf(page), TEXT);

  await page.getByRole("button", { name: "Dismiss" }).click();
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open\u2026", exact: true }).click();
  await (await chosen).setFiles({ name: "large", mimeType: "text/plain", buffer: Buffer.alloc(LARGE, "# filler\n") });
  await notice(page).getByText("large is larger than 5 MB").waitFor();
  equal(await textOf(page), TEXT);
  deepEqual(faults, []);
});

test("a paste of 10 MB is left out: a sentence says so, the text stays, and one writes on", async () => {
  const { page, faults } = await open({ text: TEXT });
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  for (const size of [LARGE, 900]) {
    await editor(page).evaluate((content, size) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "# filler\n".repeat(size / 9));
      content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, size);
    if (size === LARGE) {
      await notice(page).getByText("What was to be put in is larger than 5 MB").waitFor();
      equal(await textOf(page), TEXT);
    }
  }
  equal(await textOf(page), TEXT + "# filler\n".repeat(100));
  await page.keyboard.press("ControlOrMeta+z");
  await waitForText(page, TEXT);
  deepEqual(faults, []);
});

test("a text that somebody else's script has put in comes back with an undo, however large it is", async () => {
  const { page } = await open();
  const large = `${TEXT}${"ENV NAME=value\n".repeat(400_000)}`;
  await write(page, large);
  await write(page, TEXT);
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  equal(await page.locator("layerwise-playground").evaluate((element, length) => (element as Playground).value.length === length, large.length), true);
});

const word = "x".repeat(1_000_000);

const LINES: Readonly<Record<string, string>> = {
  "an image": `FROM ${word}:latest\n`,
  "a variable": `FROM alpine:3.23\nENV A=${word}\n`,
  "a name": `FROM alpine:3.23\nENV ${word}=1\nARG ${word}\n`,
  "a path": `FROM alpine:3.23\nCOPY ${word} /${word}/\nWORKDIR ${word}\nUSER ${word}\n`,
  "a label": `FROM alpine:3.23\nLABEL ${word}="${word}"\n`,
  "an unknown instruction": `FROM alpine:3.23\n${word} a\n`,
  "a comment": `FROM alpine:3.23\n# ${word}\n# hadolint ignore=${word}\nRUN a\n`,
  "hidden characters": `FROM alpine:3.23\nRUN a${"\u200b".repeat(1_000_000)}b\n`,
  "many words": `FROM alpine:3.23\nRUN ${"apt-get install a; ".repeat(50_000)}\n`,
};

test("lines of a million characters are shown, explained and built, and one writes on", async () => {
  const { page, faults } = await open();
  for (const [name, text] of Object.entries(LINES)) {
    const report = await write(page, text);
    ok(report !== null || (await page.getByRole("alert").count()) > 0, name);
    if (report === null) continue; // a sentence has said so
    for (const tab of ["Build", "Run", "Findings"]) {
      await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    if ((await page.locator(".finding-main").count()) > 0) await page.locator(".finding-main").first().click();
    await editor(page).focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("# on");
    const end = await page.locator("layerwise-playground").evaluate((element) => (element as Playground).value.slice(-5));
    deepEqual({ name, end }, { name, end: "\n# on" });
    // Nothing in the page is as long: what a file says is cut where it is repeated.
    const longest = await page.locator("layerwise-playground").evaluate((element) => {
      const all = [...(element.shadowRoot?.querySelectorAll(".results *, .notice, .line *, .files *") ?? [])];
      return Math.max(0, ...all.map(({ textContent, childElementCount }) => (childElementCount === 0 ? (textContent?.length ?? 0) : 0)));
    });
    ok(longest < 20_000, `${name}: ${longest} characters in one place`);
  }
  deepEqual(faults, []);
});

test("in a hundred thousand lines one writes, steps from finding to finding, and fixes", async () => {
  const { page, faults } = await open();
  const text = `FROM alpine:3.23\n${"# a line of a comment\n".repeat(99_990)}MAINTAINER me\n`;
  ok((await write(page, text)) !== null);
  await editor(page).focus();
  await page.keyboard.press("F8");
  await page.locator(".hover").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("USER 1000");
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice .totals").waitFor();
  ok((await textOf(page)).endsWith("USER 1000"));
  deepEqual(faults, []);
});

/** Heeds how many bytes come out of what is unpacked. */
function countUnpacked(): void {
  const Real = DecompressionStream;
  const counted = { bytes: 0 };
  Object.assign(globalThis, {
    counted,
    DecompressionStream: class {
      readonly writable: WritableStream;
      readonly readable: ReadableStream;
      constructor(format: CompressionFormat) {
        const { writable, readable } = new Real(format);
        const count = new TransformStream<Uint8Array, Uint8Array>(
          {
            transform(chunk, controller) {
              counted.bytes += chunk.byteLength;
              controller.enqueue(chunk);
            },
          },
          { highWaterMark: 1 },
          { highWaterMark: 0 },
        );
        this.writable = writable;
        this.readable = readable.pipeThrough(count);
      }
    },
  });
}

/** A link of less than 2 MB, as long as an address may be, that unpacks to more than a gigabyte. */
function bomb(): string {
  const blanks = deflateRawSync(Buffer.alloc(64 * 1024 * 1024, " "), { level: 9, finishFlush: 2 });
  return `#1${Buffer.concat(Array.from({ length: 17 }, () => blanks)).toString("base64url")}`;
}

test("a link that unpacks to more than a gigabyte is stopped after a few megabytes, in the playground and in a frame", async () => {
  const fragment = bomb();
  ok(fragment.length < 2 * 1024 * 1024, `${fragment.length}`);
  for (const path of ["", "embed.html"]) {
    const { page } = await open({ before: countUnpacked });
    const unpacked = () => page.evaluate(() => (globalThis as never as { counted: { bytes: number } }).counted.bytes);
    if (path === "") {
      await page.evaluate((hash) => location.assign(hash), fragment);
      await notice(page).getByText("This link holds more than 2 MB").waitFor();
    } else {
      await page.goto(new URL(`${path}${fragment}`, page.url()).href);
      await page.locator("layerwise-playground").waitFor();
      match(await page.locator("layerwise-playground").evaluate((element) => (element as Playground).value), /^# This link holds more than 2 MB/);
    }
    const bytes = await unpacked();
    ok(bytes > 2 * 1024 * 1024 && bytes < 4 * 1024 * 1024, `${bytes} bytes`);
  }
});
