import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { editor, ignoreOf, open, put, reportOf, textOf, waitForText, write } from "./site.ts";

const COPIES = "FROM alpine:3.23\nCOPY dist/app /app\nUSER 1000\n";

const tab = (page: Page, name: string) => page.getByRole("tab", { name });
const ignoreEditor = (page: Page) => page.getByRole("textbox", { name: ".dockerignore" });

test("what the .dockerignore leaves out is told of at the instruction that copies it", async () => {
  const { page } = await open({ text: COPIES });
  const rules = async () => (await reportOf(page)).findings.map(({ rule, line }) => `${rule} ${line}`);
  equal((await rules()).includes("copy-ignored-file 2"), false);
  await tab(page, ".dockerignore").click();
  await ignoreEditor(page).click();
  await page.keyboard.type("dist\n");
  equal((await rules()).includes("copy-ignored-file 2"), true);
  await tab(page, ".dockerignore 1 pattern").waitFor();

  await page.locator(".finding", { hasText: "nothing to copy" }).locator(".place").click();
  await editor(page).waitFor();
  equal(await page.locator(".cm-activeLine").innerText(), "COPY dist/app /app");
  equal(await textOf(page), COPIES);
});

test("a .dockerignore of blanks is none", async () => {
  const { page } = await open({ text: "FROM alpine:3.23\nCOPY . /srv\nUSER 1000\n" });
  const before = (await reportOf(page)).findings.map(({ message }) => message);
  await put(page, { dockerignore: " \n\n" });
  deepEqual((await reportOf(page)).findings.map(({ message }) => message), before);
  await put(page, { dockerignore: "*\n" });
  ok((await reportOf(page)).findings.some(({ rule }) => rule === "copy-ignored-file"));
});

test("each file has an undo history, a caret and colours of its own", async () => {
  const { page } = await open({ text: COPIES });
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("#");
  await tab(page, ".dockerignore").click();
  await ignoreEditor(page).click();
  await page.keyboard.type("dist\n# out");
  equal(await page.locator(".tok-comment").innerText(), "# out");
  await page.keyboard.press("ControlOrMeta+Z");
  ok(!(await ignoreOf(page)).includes("out"));
  equal(await textOf(page), `${COPIES}#`);

  await tab(page, "Dockerfile").click();
  equal(await page.locator(".cm-line span[class^=tok-]").first().innerText(), "FROM");
  await editor(page).focus();
  await page.keyboard.type("!");
  await waitForText(page, `${COPIES}#!`);
  await page.keyboard.press("ControlOrMeta+Z");
  // What is typed without a pause is one step.
  ok([COPIES, `${COPIES}#`].includes(await textOf(page)));
});

test("a fix shows the Dockerfile and changes nothing else, and its undo works from the other file too", async () => {
  const text = "FROM alpine:3.23\nMAINTAINER me\nUSER 1000\n";
  const { page } = await open({ text });
  await put(page, { dockerignore: "dist\n" });
  await tab(page, ".dockerignore").click();
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice").getByText("\u2192").waitFor();
  await editor(page).waitFor();
  equal((await textOf(page)).includes("MAINTAINER"), false);
  await tab(page, ".dockerignore").click();
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await waitForText(page, text);
  await editor(page).waitFor();
  equal(await ignoreOf(page), "dist\n");
});

test("both files outlive a reload, and a reset brings the first ones back", async () => {
  const { page } = await open();
  const first = await textOf(page);
  await write(page, COPIES);
  await put(page, { dockerignore: "# mine\n.git\n" });
  await page.reload();
  await waitForText(page, COPIES);
  equal(await ignoreOf(page), "# mine\n.git\n");
  await page.getByRole("button", { name: "Reset" }).click();
  await waitForText(page, first);
  equal(await ignoreOf(page), "");
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await waitForText(page, COPIES);
  equal(await ignoreOf(page), "# mine\n.git\n");
});

test("files that are dropped together land where they belong", async () => {
  const { page } = await open({ text: COPIES });
  const drop = async (...files: [string, string][]) => {
    const transfer = await page.evaluateHandle((files) => {
      const held = new DataTransfer();
      for (const [name, text] of files) held.items.add(new File([text], name));
      return held;
    }, files);
    await page.locator(".frame").dispatchEvent("drop", { dataTransfer: transfer });
  };
  await drop([".dockerignore", "dist\r\n"]);
  await ignoreEditor(page).waitFor();
  equal(await ignoreOf(page), "dist\r\n");
  equal(await textOf(page), COPIES);
  await drop(["Dockerfile.dockerignore", "out\n"], ["Dockerfile", "FROM scratch\n"]);
  await waitForText(page, "FROM scratch\n");
  equal(await ignoreOf(page), "out\n");
});

test("an embedding page may give a .dockerignore with the text", async () => {
  const { page } = await open();
  await page.evaluate(() => {
    const element = document.createElement("layerwise-playground");
    const pre = (text: string) => Object.assign(document.createElement("pre"), { textContent: text });
    const ignore = pre("\ndist\n");
    ignore.dataset["file"] = ".dockerignore";
    element.append(ignore, pre("\nFROM alpine:3.23\nCOPY dist /app\n"));
    document.querySelector("main")?.replaceChildren(element);
  });
  equal(await textOf(page), "FROM alpine:3.23\nCOPY dist /app\n");
  equal(await ignoreOf(page), "dist\n");
  ok((await reportOf(page)).findings.some(({ rule }) => rule === "copy-ignored-file"));
});
