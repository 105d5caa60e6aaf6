import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { type Options, editor, faultsOf, open, textOf, waitForText, write } from "./site.ts";

const STAGES = `FROM golang:1.24 AS build
WORKDIR /src
RUN go build -o /bin/app .
FROM alpine:3.23
`;

/** Opens the page with a text, and goes to its end, once what completes it has arrived. */
async function openAt(text: string, options: Options = {}) {
  const opened = await open({ text, ...options });
  const { page } = opened;
  await page.locator('.cm-content[aria-autocomplete="list"]').waitFor();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  return opened;
}

function list(page: Page): Locator {
  return page.getByRole("listbox", { name: "Completions" });
}

/** Waits until Enter would take `label`: the editor lets a key through while it still looks for what was typed last. */
async function waitForChosen(page: Page, label: string): Promise<void> {
  const ready = page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)");
  await ready.locator("[aria-selected='true']").getByText(label, { exact: true }).waitFor();
}

async function labels(page: Page): Promise<string[]> {
  await list(page).waitFor();
  return page.locator(".cm-completionLabel").allInnerTexts();
}

async function chosen(page: Page): Promise<string> {
  return page.locator(".cm-tooltip-autocomplete [aria-selected='true'] .cm-completionLabel").innerText();
}

test("the beginning of an instruction is completed with Enter, and Tab does the same", async () => {
  const { page, faults } = await openAt("FROM alpine:3.23\n");
  for (const [typed, key, text] of [
    ["he", "Enter", "HEALTHCHECK "],
    ["wo", "Tab", "WORKDIR "],
  ] as const) {
    await write(page, "FROM alpine:3.23\n");
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type(typed);
    await waitForChosen(page, text.trim());
    await page.keyboard.press(key);
    await waitForText(page, `FROM alpine:3.23\n${text}`);
  }
  deepEqual(faults, []);
});

test("Enter begins a new line where the list is only an offer", async () => {
  const { page } = await openAt("");
  await page.keyboard.type("FROM alpine:3");
  await list(page).waitFor();
  await page.keyboard.press("Enter");
  await waitForText(page, "FROM alpine:3\n");
});

test("Tab leaves the editor while an offer is open, and behind a word", async () => {
  const { page } = await openAt("");
  const isInside = () => editor(page).evaluate((content) => content.matches(":focus"));
  await page.keyboard.type("FROM alpine:3");
  await list(page).waitFor();
  await page.keyboard.press("Tab");
  equal(await isInside(), false);
  equal(await page.evaluate(() => document.querySelector("layerwise-playground")?.shadowRoot?.activeElement?.closest(".cm-editor") ?? null), null);
  equal(await list(page).count(), 0);
  equal(await textOf(page), "FROM alpine:3");
  await page.keyboard.press("Shift+Tab");
  equal(await isInside(), true);
});

test("who goes into the list takes from it with Enter, and Escape leaves it", async () => {
  const { page } = await openAt("");
  await page.keyboard.type("FROM alpine:3");
  await page.locator(".cm-completionLabel").getByText(/^3/).first().waitFor();
  const [first] = await labels(page);
  await page.keyboard.press("ArrowDown");
  equal(await chosen(page), first);
  await page.keyboard.press("Escape");
  equal(await list(page).count(), 0);
  equal(await textOf(page), "FROM alpine:3");
  await page.keyboard.press("Control+Space");
  await list(page).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await waitForText(page, `FROM alpine:${first}`);
});

test("from an image one comes to its tags, and the catalogue is fetched when it is first needed, from here", async () => {
  const { page, requests } = await openAt("");
  const ofImages = () => requests.filter((request) => request.includes("base-images"));
  await page.keyboard.type("fro");
  await waitForChosen(page, "FROM");
  equal(ofImages().length, 0);
  await page.keyboard.press("Enter");
  await page.locator(".cm-completionLabel").getByText("alpine", { exact: true }).waitFor();
  await page.keyboard.type("pyt");
  await page.locator(".cm-completionLabel").getByText("php", { exact: true }).waitFor({ state: "detached" });
  equal((await labels(page))[0], "python");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await waitForText(page, "FROM python:");
  await page.locator(".cm-completionLabel").getByText("3.14", { exact: true }).waitFor();
  match(await page.locator(".cm-tooltip-autocomplete li").first().innerText(), /until \d{4}-\d\d-\d\d/);
  equal(ofImages().length, 1);
  equal(new URL(ofImages()[0] ?? "").origin, new URL(page.url()).origin);
});

test("flags, stages and variables are offered at the sign that begins them", async () => {
  const { page } = await openAt(STAGES);
  await page.keyboard.type("COPY --");
  await page.locator(".cm-completionLabel").getByText("--link").waitFor(); // what was open may still be that of `COPY`
  await page.keyboard.type("fr");
  await page.locator(".cm-completionLabel").getByText("--link").waitFor({ state: "detached" });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await waitForText(page, `${STAGES}COPY --from=`);
  await page.locator(".cm-completionLabel").getByText("build", { exact: true }).waitFor();
  equal((await labels(page))[0], "build");
  await write(page, `${STAGES}ENV HOME_OF=/srv\n`);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("RUN cd $");
  await page.locator(".cm-completionLabel").getByText("HOME_OF").waitFor();
  deepEqual(await labels(page), ["HOME_OF"]);
});

test("nothing opens while one writes a script or a comment", async () => {
  const { page } = await openAt(STAGES);
  for (const typed of ["RUN apk add --no-cache curl && fro", "# FROM no", "RUN <<EOF\nFRO"]) {
    await write(page, STAGES);
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type(typed);
    // The list of the next line is there sooner than one of this line would have been.
    await page.keyboard.press("Control+Space");
    equal(await list(page).count(), 0, typed);
  }
});

test("what was completed is taken back with one undo", async () => {
  const { page } = await openAt("FROM alpine:3.23\n");
  await page.keyboard.type("wor");
  await waitForChosen(page, "WORKDIR");
  await page.keyboard.press("Enter");
  await waitForText(page, "FROM alpine:3.23\nWORKDIR ");
  await page.keyboard.press("ControlOrMeta+Z");
  ok(!(await textOf(page)).includes("WORKDIR"));
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the list in ${colorScheme} colours`, async () => {
    const { page } = await openAt("", { colorScheme, bypassCSP: true });
    await page.keyboard.type("co");
    await list(page).waitFor();
    await page.locator(".cm-completionInfo").waitFor();
    deepEqual(await faultsOf(page), []);
    await page.keyboard.press("Escape");
    await write(page, "");
    await page.keyboard.type("FROM node:");
    await list(page).waitFor();
    await page.keyboard.press("ArrowDown");
    deepEqual(await faultsOf(page), []);
  });
}

test("without the part that completes, the editor works as ever", async () => {
  const { page } = await open({ text: "FROM alpine:3.23\n" });
  await page.route(/completion/, (route) => route.abort());
  await page.reload();
  await page.locator(".findings").waitFor();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("RUN a");
  match(await textOf(page), /RUN a$/);
});
