import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { MENDABLE, editor, faultsOf, findings, open, reachesOut, reportOf, textOf, waitForText, write } from "./site.ts";

const STAGES = `FROM alpine:3.23 AS base
RUN apk add --no-cache jq
FROM base AS final
USER 1000
CMD ["jq"]
`;

function field(page: Page): Locator {
  return page.getByRole("combobox", { name: "Search commands" });
}

/** The command that Enter would run. */
function chosen(page: Page): Locator {
  return page.locator(".palette-option[aria-selected='true']");
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+K");
  await field(page).waitFor();
}

/** Finds a command by what somebody types, and runs it. */
async function run(page: Page, query: string): Promise<void> {
  await openPalette(page);
  await field(page).fill(query);
  await chosen(page).waitFor();
  await page.keyboard.press("Enter");
  await field(page).waitFor({ state: "detached" });
}

/** Whether the editor has the focus. */
function isInEditor(page: Page): Promise<boolean> {
  return editor(page).evaluate((content) => content.matches(":focus"));
}

test("Ctrl-K opens all commands from the editor, and Escape gives the focus back to it", async () => {
  const { page, faults } = await open();
  await editor(page).focus();
  await openPalette(page);
  equal(await field(page).evaluate((element) => element.matches(":focus")), true);
  await page.keyboard.type("theme");
  await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "detached" });
  equal(await isInEditor(page), true);
  await page.keyboard.press("ControlOrMeta+K");
  await field(page).waitFor();
  await page.keyboard.press("ControlOrMeta+K");
  await field(page).waitFor({ state: "detached" });
  equal(await isInEditor(page), true);
  deepEqual(faults, []);
});

test("a key that comes right behind Escape finds the dialog closed", async () => {
  const { page } = await open({ text: MENDABLE });
  await editor(page).focus();
  const pressAtOnce = (key: string) =>
    page.getByRole("dialog").evaluate((dialog, key) => {
      if (dialog instanceof HTMLDialogElement) dialog.close(); // as Escape does: the element tells of it in a later task
      dialog.closest(".frame")?.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true, bubbles: true, composed: true, cancelable: true }));
    }, key);
  await openPalette(page);
  await pressAtOnce("k");
  await page.evaluate(() => new Promise((done) => setTimeout(done))); // the event of the first one is behind us
  equal(await field(page).isVisible(), true);
  await pressAtOnce(".");
  await page.getByRole("menu").waitFor();
});

test("Ctrl-K works where nothing has the focus, and the button of the toolbar does the same", async () => {
  const { page } = await open();
  await page.locator("h1").click();
  await openPalette(page);
  await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^All commands/ }).click();
  await field(page).waitFor();
});

test("Ctrl-K works from a link of the page, and not within its dialogs", async () => {
  const { page } = await open();
  await page.locator("[data-proof]").first().click();
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("ControlOrMeta+K");
  equal(await field(page).count(), 0);
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  equal(await page.locator("[data-proof]").first().evaluate((link) => link.matches(":focus")), true);
  await openPalette(page);
});

test("the code of a finding is typed, and Enter lands on it", async () => {
  const { page } = await open({ text: "FROM debian:13\n\nRUN apt-get update && apt-get install -y curl\n" });
  const { findings } = await reportOf(page);
  const finding = findings.find(({ codes }) => codes.includes("DL3008"));
  ok(finding);
  await run(page, "DL3008");
  equal(await isInEditor(page), true);
  const selected = await page.evaluate(() => getSelection()?.toString());
  const { start, end } = finding.range;
  equal(await page.locator('.finding[aria-current="true"]').count(), 1);
  ok(selected === undefined || selected === "" || (await textOf(page)).slice(start, end).includes(selected));
});

test("a number goes to the line", async () => {
  const { page } = await open({ text: "FROM scratch\nUSER 1\nLABEL a=b\n" });
  await run(page, ":3");
  equal(await isInEditor(page), true);
  equal(await page.locator(".cm-activeLineGutter.cm-gutterElement", { hasText: "3" }).count(), 1);
});

test("a code that nothing here has is told by its name", async () => {
  const { page } = await open({ text: STAGES });
  await openPalette(page);
  await field(page).fill("DL3008");
  await page.locator(".palette-none").getByText("DL3008 is").waitFor();
  await field(page).fill("zzzz");
  await page.locator(".palette-none").getByText("zzzz").waitFor();
  await page.keyboard.press("Enter");
  equal(await field(page).count(), 1);
});

test("commands are found by letters, by the beginnings of words, and by other words for them", async () => {
  const { page } = await open({ text: MENDABLE });
  await openPalette(page);
  for (const [query, title] of [
    ["fix all", /^Fix all safe/],
    ["fas", /^Fix all safe/],
    ["night", /^Dark colours/],
    ["permalink", /^Copy a link/],
    ["next", /^Next finding/],
    ["safe all", /^Fix all safe/],
    ["sarif", /SARIF/],
  ] as const) {
    await field(page).fill(query);
    await page.waitForFunction(
      ([source]) => new RegExp(source).test(document.querySelector("layerwise-playground")?.shadowRoot?.querySelector(".palette-option [class=palette-title]")?.textContent ?? ""),
      [title.source] as const,
    );
    match(await chosen(page).innerText(), title, query);
  }
});

test("arrows go through the commands and round, and the field tells which one it is at", async () => {
  const { page } = await open();
  await openPalette(page);
  const at = () => field(page).getAttribute("aria-activedescendant");
  const first = await at();
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(
    (before) => document.querySelector("layerwise-playground")?.shadowRoot?.querySelector("[role=combobox]")?.getAttribute("aria-activedescendant") !== before,
    first,
  );
  equal(await at(), await chosen(page).getAttribute("id"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  const last = page.locator(".palette-option").last();
  await page.locator(".palette-option:last-child[aria-selected='true']").last().waitFor();
  equal(await last.getAttribute("aria-selected"), "true");
  // What is chosen is in sight.
  const list = await page.locator(".palette-list").boundingBox();
  const option = await last.boundingBox();
  ok(list !== null && option !== null && option.y + option.height <= list.y + list.height + 1);
});

test("every part of the page has its commands", async () => {
  const { page } = await open({ text: MENDABLE });
  const text = await textOf(page);
  await run(page, "fix all safe");
  await page.locator(".notice .undo").waitFor();
  notEqual(await textOf(page), text);
  await run(page, "undo");
  await waitForText(page, text);
  await run(page, "redo");
  await page.waitForFunction((before) => document.querySelector("layerwise-playground")?.value !== before, text);
  await run(page, "dark colours");
  await page.locator("layerwise-playground[theme='dark']").waitFor();
  await run(page, "how to run it");
  await page.getByRole("tab", { name: "Run", selected: true }).waitFor();
  await run(page, "what if an image changes");
  await page.getByRole("tab", { name: "Build", selected: true }).waitFor();
  await page.locator("input[name='change-kind'][value='image']:checked").waitFor({ state: "attached" });
  await run(page, "example java");
  await page.waitForFunction(() => document.querySelector("layerwise-playground")?.value.includes("maven"));
  await run(page, "empty file");
  await waitForText(page, "");
  await run(page, ".dockerignore");
  equal(await page.getByRole("textbox", { name: ".dockerignore" }).evaluate((content) => content.matches(":focus")), true);
});

test("a stage is chosen as the target, and the last one again", async () => {
  const { page } = await open({ text: STAGES });
  await run(page, "build up to base");
  await page.getByRole("tab", { name: "Run" }).click();
  await page.locator(".panel").getByText("For the stage").waitFor();
  await run(page, "last stage");
  await page.getByRole("tab", { name: "Run" }).click();
  await page.locator(".moment").first().waitFor();
  equal(await page.getByText("For the stage").count(), 0);
});

test("commands that cannot be run now are not there", async () => {
  const { page } = await open({ text: "FROM scratch\n" });
  await write(page, "");
  await openPalette(page);
  await field(page).fill("fix all safe");
  equal(await page.locator(".palette-title", { hasText: /^Fix all safe/ }).count(), 0);
});

test("question mark lists the shortcuts, but not while one writes", async () => {
  const { page } = await open();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("#?");
  equal(await page.getByRole("dialog").count(), 0);
  match(await textOf(page), /#\?$/);
  await page.locator("h1").click();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await dialog.waitFor();
  match(await dialog.innerText(), /Next finding\s+F8/);
  match(await dialog.innerText(), /All commands\s+Ctrl\s*K/);
  await page.keyboard.press("Escape");
  equal(await page.getByRole("dialog").count(), 0);
});

test("on a Mac the shortcuts have their names and keys", async () => {
  const { page } = await open({ before: () => Object.defineProperty(navigator, "platform", { get: () => "MacIntel" }) });
  await editor(page).focus();
  await page.keyboard.press("Control+K");
  equal(await field(page).count(), 0);
  await page.keyboard.press("Meta+K");
  await field(page).waitFor();
  await field(page).fill("shortcuts");
  await page.keyboard.press("Enter");
  match(await page.getByRole("dialog", { name: "Keyboard shortcuts" }).innerText(), /All commands\s+\u2318\s*K/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the palette, the shortcuts and the menu in ${colorScheme} colours`, async () => {
    const { page } = await open({ colorScheme, bypassCSP: true, text: MENDABLE });
    await editor(page).focus();
    await page.keyboard.press("F8");
    await page.locator(".hover").waitFor();
    deepEqual(await faultsOf(page), []);
    await openPalette(page);
    deepEqual(await faultsOf(page), []);
    await field(page).fill("fix");
    deepEqual(await faultsOf(page), []);
    await field(page).fill("zzzz");
    deepEqual(await faultsOf(page), []);
    await page.keyboard.press("Escape");
    await run(page, "keyboard shortcuts");
    deepEqual(await faultsOf(page), []);
    await page.keyboard.press("Escape");
    await editor(page).focus();
    await page.keyboard.press("ControlOrMeta+.");
    await page.getByRole("menu").waitFor();
    deepEqual(await faultsOf(page), []);
  });
}

test("who has no keyboard reads of no keys in the palette", async () => {
  for (const hasTouch of [false, true]) {
    const { page } = await open({ viewport: { width: 800, height: 560 }, hasTouch, isMobile: hasTouch, text: MENDABLE });
    await page.getByRole("button", { name: /^All commands/ }).click();
    await field(page).waitFor();
    const shown = await page.locator(".palette-hint, .palette .keys").evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).length);
    equal(shown > 0, !hasTouch);
  }
});

test("at 320 px the palette, the shortcuts and the menu stay in the page", async () => {
  const { page } = await open({ viewport: { width: 320, height: 560 }, text: MENDABLE });
  const isWithin = async (part: Locator) => {
    const box = await part.boundingBox();
    return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 560;
  };
  await page.getByRole("button", { name: /^All commands/ }).click();
  equal(await isWithin(page.getByRole("dialog")), true);
  await page.keyboard.press("Escape");
  await run(page, "keyboard shortcuts");
  equal(await isWithin(page.getByRole("dialog")), true);
  await page.keyboard.press("Escape");
  await findings(page).first().locator(".place").click();
  await page.keyboard.press("ControlOrMeta+.");
  equal(await isWithin(page.getByRole("menu")), true);
  equal(await reachesOut(page), false);
});

test("the palette opens the proof, and only where the page has one", async () => {
  const { page } = await open();
  await run(page, "privacy");
  await page.getByRole("dialog", { name: "Nothing leaves this page" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("layerwise-playground").evaluate((element) => {
    const other = document.createElement("layerwise-playground");
    element.replaceWith(other);
  });
  await editor(page).click();
  await openPalette(page);
  await field(page).fill("privacy");
  await page.locator(".palette").getByText("Nothing").waitFor();
  equal(await page.locator(".palette-option").count(), 0);
});
