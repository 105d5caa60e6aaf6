import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, editor, open, reportOf, textOf, waitForText } from "./site.ts";

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
    seen.push(await page.locator("[role=status]").innerText());
  }
  equal(new Set(seen).size, count);
  match(seen[0] ?? "", /^Line \d+: /);
  await page.keyboard.press("Shift+F8");
  deepEqual(await page.locator("[role=status]").innerText(), seen.at(-2));
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

test("a new result is read out with its change", async () => {
  const { page } = await open({ text: "FROM scratch\nMAINTAINER me\n" });
  const spoken = page.locator("[role=status]");
  await spoken.getByText(/score \d+/).waitFor({ state: "attached" });
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  const { score, findings } = await reportOf(page);
  const start = findings.length === 0 ? "No findings" : `${findings.length} finding`;
  await page.waitForFunction(
    ([total, start]) => {
      const text = document.querySelector("layerwise-playground")?.shadowRoot?.querySelector("[role=status]")?.textContent;
      return text?.startsWith(start) && text.includes(`score ${total}`);
    },
    [score?.total, start] as const,
  );
});
