import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, PATTERNED, REVIEWABLE, faultsOf, findings, open, openMenu, reachesOut, write } from "./site.ts";

/** Opens all rows, and what is folded away in them and below them. */
async function openEverything(page: Page): Promise<void> {
  for (const closed of [".finding-main[aria-expanded='false']", ":is(.pattern, .bases):not([open]) > summary"]) {
    while ((await page.locator(closed).count()) > 0) await page.locator(closed).first().click();
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in ${colorScheme} colours, whatever is shown`, async () => {
    // Only so that axe can be put into the page.
    const { page } = await open({ colorScheme, bypassCSP: true, text: MENDABLE });
    await findings(page).first().locator(".finding-main").click();
    await page.locator(".explanation h4").waitFor();
    deepEqual(await faultsOf(page), []);

    await page.getByRole("button", { name: /^Fix all safe/ }).click();
    await page.locator(".notice").waitFor();
    deepEqual(await faultsOf(page), []);

    for (const text of ["", "FROM scratch\n", "FROM scratch\nCPY a b\n", REVIEWABLE]) {
      await write(page, text);
      const review = page.getByRole("button", { name: /^Review fix/ });
      if ((await review.count()) > 0) await review.first().click();
      deepEqual(await faultsOf(page), []);
      await page.keyboard.press("Escape");
    }
    await write(page, PATTERNED);
    await openEverything(page);
    await page.locator(".pattern pre").first().waitFor();
    deepEqual(await faultsOf(page), []);

    await openMenu(page, "Examples");
    deepEqual(await faultsOf(page), []);
  });
}

for (const width of [320, 360]) {
  test(`at ${width} px nothing reaches out of the page`, async () => {
    const { page } = await open({ viewport: { width, height: 700 }, text: `${MENDABLE}RUN ${"x".repeat(300)}\n` });
    await openEverything(page);
    equal(await reachesOut(page), false);
    await write(page, `FROM ${"registry/".repeat(20)}image\n${PATTERNED}`);
    await openEverything(page);
    equal(await reachesOut(page), false);
    await openMenu(page, "Examples");
    equal(await reachesOut(page), false);
    await page.keyboard.press("Escape");
    await write(page, "");
    equal(await reachesOut(page), false);
  });
}

test("the colours follow the system until one is chosen, and the choice outlives a reload", async () => {
  const { page } = await open({ colorScheme: "dark" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const pane = () => page.locator(".pane").evaluate((element) => getComputedStyle(element).backgroundColor);
  const dark = [await paper(), await pane()];
  await page.locator(".theme-segments .segment").nth(1).click();
  const light = [await paper(), await pane()];
  notEqual(dark[0], light[0]);
  notEqual(dark[1], light[1]);
  await page.reload();
  await page.locator(".findings").waitFor();
  deepEqual([await paper(), await pane()], light);
  await page.locator(".theme-segments .segment").first().click();
  deepEqual([await paper(), await pane()], dark);
});

test("nothing moves while the page loads", async () => {
  const { page } = await open({
    before: () => {
      const shifts: unknown[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as never as { value: number }).value);
      }).observe({ type: "layout-shift", buffered: true });
    },
  });
  // Two frames later, what the last rendering moved has been counted.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shifts = await page.evaluate(() => (globalThis as never as { shifts: number[] }).shifts);
  ok(shifts.reduce((sum, value) => sum + value, 0) < 0.01, `shifts: ${shifts.join(", ")}`);
});

test("without a script the text can be read", async () => {
  const { page } = await openWithoutScript();
  ok((await page.locator("layerwise-playground pre").innerText()).startsWith("FROM node:latest"));
  ok((await page.locator("noscript").innerText()).includes("needs JavaScript"));
});

async function openWithoutScript() {
  const { page } = await open();
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: false });
  const plain = await context?.newPage();
  if (plain === undefined) throw new Error("The browser is gone.");
  await plain.goto(page.url());
  return { page: plain };
}
