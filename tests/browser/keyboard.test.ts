import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, REVIEWABLE, editor, findings, firstSafe, open, reportOf, textOf, waitForText, write } from "./site.ts";

/** What has the focus, in the words that a screen reader would use. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.querySelector("layerwise-playground")?.shadowRoot?.activeElement ?? document.activeElement;
    return active?.getAttribute("aria-label") ?? active?.textContent ?? "";
  });
}

async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (wanted.test(await focused(page))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never comes to ${wanted}.`);
}

test("the whole way by keyboard: example, findings, explanation, fix, undo", async () => {
  const { page } = await open();
  await tabTo(page, /^Examples/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Ubuntu/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("layerwise-playground")?.value.startsWith("FROM ubuntu"));
  match(await focused(page), /^Examples/);
  const text = await textOf(page);
  await reportOf(page);

  await tabTo(page, /^Dockerfile$/);
  await page.keyboard.press("F8");
  await page.locator('.finding[aria-current="true"]').waitFor();
  await tabTo(page, /^Fix all safe/);
  await tabTo(page, /^(Error|Warning|Info): /);
  await page.keyboard.press("Enter");
  await page.locator(".explanation").waitFor();
  await tabTo(page, /^(Fix: |Apply)/);
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => document.querySelector("layerwise-playground")?.value !== before, text);
  await page.keyboard.press("ControlOrMeta+Z");
  await waitForText(page, text);
});

test("the first press of Tab offers the way past the toolbar, into the editor", async () => {
  const { page } = await open();
  await page.keyboard.press("Tab");
  equal(await focused(page), "Skip to the editor");
  await page.keyboard.press("Enter");
  equal(await editor(page).evaluate((content) => content.matches(":focus")), true);
});

test("Tab leaves the editor in both directions", async () => {
  const { page } = await open();
  await editor(page).focus();
  await page.keyboard.press("Tab");
  const isInside = () => editor(page).evaluate((content) => content.matches(":focus"));
  equal(await isInside(), false);
  await page.keyboard.press("Shift+Tab");
  equal(await isInside(), true);
  await page.keyboard.press("Shift+Tab");
  equal(await isInside(), false);
});

test("F8 goes from finding to finding and round again, and reads each out", async () => {
  const { page } = await open({ text: "FROM scratch\nMAINTAINER a\n\nMAINTAINER b\n" });
  const count = (await reportOf(page)).findings.length;
  await editor(page).focus();
  const seen: string[] = [];
  for (let step = 0; step <= count; step += 1) {
    await page.keyboard.press("F8");
    seen.push(await page.locator(".frame > [role=status]").innerText());
  }
  equal(new Set(seen).size, count);
  match(seen[0] ?? "", /^Line \d+: /);
  equal(seen.some((said) => said.includes("`")), false, "the marks of code are not read out");
  await page.keyboard.press("Shift+F8");
  deepEqual(await page.locator(".frame > [role=status]").innerText(), seen.at(-2));
});

test("where there is no finding F8 says so", async () => {
  const { page } = await open({ text: "FROM scratch\n" });
  await editor(page).focus();
  await page.keyboard.press("F8");
  equal(await page.locator(".frame > [role=status]").innerText(), "No findings");
});

test("what is shown already is told of all the same, and is nothing to undo", async () => {
  const { page } = await open();
  await page.getByRole("button", { name: "Reset" }).click();
  await page.locator(".notice", { hasText: "Back to the first text" }).waitFor();
  equal(await page.locator(".notice .undo").count(), 0);
  equal(await page.locator(".frame > [role=status]").innerText(), "Back to the first text");
  await write(page, MENDABLE);
  await page.getByRole("button", { name: "Reset" }).dblclick();
  await page.locator(".notice .undo").click();
  await waitForText(page, MENDABLE);
});

test("Escape closes the examples and gives the focus back", async () => {
  const { page } = await open();
  await tabTo(page, /^Examples/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  equal(await page.locator(".menu[open]").count(), 0);
  match(await focused(page), /^Examples/);
});

test("after a fix the focus is on what follows, never lost", async () => {
  const { page } = await open({ text: MENDABLE });
  await tabTo(page, /^Fix: /);
  await page.keyboard.press("Enter");
  await page.locator(".notice").getByText("\u2192").waitFor();
  const place = await page.evaluate(() => document.querySelector("layerwise-playground")?.shadowRoot?.activeElement?.className);
  match(place ?? "", /finding-main|fix|look/);
});

test("a new result is read out with its change, after what was done", async () => {
  const { page } = await open({ text: "FROM scratch\nMAINTAINER me\n" });
  const spoken = page.locator(".frame > [role=status]");
  await spoken.getByText(/score \d+/).waitFor({ state: "attached" });
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  const { score, findings } = await reportOf(page);
  const found = findings.length === 0 ? "No findings" : `${findings.length} finding`;
  await page.waitForFunction(
    ([total, found]) => {
      const text = document.querySelector("layerwise-playground")?.shadowRoot?.querySelector("[role=status]")?.textContent;
      return text?.startsWith("Applied") && text.includes(`. ${found}`) && text.includes(`score ${total}`);
    },
    [score?.total, found] as const,
  );
});

test("who empties the editor hears that it is empty, and not that BuildKit would refuse it", async () => {
  const { page } = await open({ text: "FROM scratch\n" });
  const spoken = page.locator(".frame > [role=status]");
  await spoken.getByText(/score \d+/).waitFor({ state: "attached" });
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await spoken.getByText("The Dockerfile is empty").waitFor({ state: "attached" });
});

/** The entry of the menu at the caret that has the focus. */
function entry(page: Page): Promise<string> {
  return page.locator(".popup [role=menuitem]:focus").innerText();
}

test("Ctrl-. applies a fix at the caret, by keyboard alone", async () => {
  const { page } = await open({ text: MENDABLE });
  const { fix } = firstSafe(await reportOf(page));
  await editor(page).focus();
  await page.keyboard.press("F8");
  const text = await textOf(page);
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("ControlOrMeta+.");
    await page.getByRole("menu").waitFor();
    if ((await entry(page)) === fix.title.replaceAll("`", "")) break;
    await page.keyboard.press("Escape");
    await page.keyboard.press("F8");
  }
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => document.querySelector("layerwise-playground")?.value !== before, text);
  equal(await editor(page).evaluate((content) => content.matches(":focus")), true);
});

test("the menu at the caret has every way, goes round, and gives the focus back", async () => {
  const { page } = await open({ text: "FROM debian:13\nADD a /a\nADD b /b\nUSER 1000\n" });
  const warnings: string[] = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ControlOrMeta+.");
  await page.getByRole("menu").waitFor();
  const entries = await page.getByRole("menuitem").allInnerTexts();
  const ways = [/COPY$/, /show the change first$/, /^Fix all \d of/, /^Ignore .* here/, /^Why\?/];
  for (const way of ways) equal(entries.some((entry) => way.test(entry)), true, `${way} in ${entries.join(" | ")}`);
  const first = await entry(page);
  await page.keyboard.press("ArrowUp");
  notEqual(await entry(page), first);
  await page.keyboard.press("ArrowDown");
  equal(await entry(page), first);
  await page.keyboard.press("End");
  await page.keyboard.press("i");
  match(await entry(page), /^Ignore/);
  await page.keyboard.press("Escape");
  equal(await editor(page).evaluate((content) => content.matches(":focus")), true);
  equal(await page.getByRole("menu").count(), 0);
  deepEqual(warnings, []);
});

test("from the menu a fix is shown first, all of a rule are applied, a finding is ignored, and explained", async () => {
  const { page } = await open({ text: "FROM debian:13\nADD a /a\nADD b /b\nUSER 1000\n" });
  const choose = async (way: RegExp) => {
    await editor(page).focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ControlOrMeta+.");
    await page.getByRole("menuitem", { name: way }).first().focus();
    await page.keyboard.press("Enter");
  };
  const text = await textOf(page);
  await choose(/show the change first$/);
  await page.getByRole("dialog").waitFor();
  equal(await textOf(page), text);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await choose(/^Why\?/);
  await page.locator(".finding-main[aria-expanded='true']:focus").waitFor();
  await choose(/^Fix all 2 of/);
  await waitForText(page, text.replaceAll("ADD", "COPY"));
  await page.keyboard.press("ControlOrMeta+Z");
  await waitForText(page, text); // one step
  await reportOf(page);
  await choose(/^Ignore/);
  await page.waitForFunction(() => /ignore/.test(document.querySelector("layerwise-playground")?.value ?? ""));
});

test("Ctrl-. outside of the editor speaks of the row that has the focus", async () => {
  const { page } = await open({ text: REVIEWABLE });
  const row = findings(page).first();
  await row.locator(".finding-main").focus();
  await page.keyboard.press("ControlOrMeta+.");
  await page.getByRole("menuitem").first().waitFor();
  equal(await page.getByRole("menu").getByRole("group").count(), 1);
  await page.keyboard.press("Escape");
  equal(await row.locator(".finding-main").evaluate((element) => element.matches(":focus")), true);
});

test("where there is no finding Ctrl-. says so", async () => {
  const { page } = await open({ text: "FROM scratch\n\n\n\n" });
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ControlOrMeta+.");
  await page.locator(".notice").getByText("no finding at the cursor").waitFor();
});

test("undo in a field of the page leaves the Dockerfile alone", async () => {
  const { page } = await open({ text: MENDABLE });
  const text = await textOf(page);
  await page.getByRole("tab", { name: "Build" }).click();
  await page.locator(".path input").fill("src/app.js");
  await page.keyboard.press("ControlOrMeta+Z");
  equal(await textOf(page), text);
});
