// What the page does before the engine is there, and that nothing jumps when something comes.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type Page, chromium } from "playwright-core";
import { MENDABLE, SITE, editor, findings, gate, open, textOf, visit } from "./site.ts";
import { fromEnvironment } from "./environment.ts";

/** Notes in the page what comes to stand elsewhere, also at once after a key or a click: from where to where. The caret may. */
function watchShifts(): void {
  const shifts: string[] = [];
  Object.assign(globalThis, { shifts });
  const told = ({ x, y, width, height }: DOMRectReadOnly) => `${Math.round(x)},${Math.round(y)} ${Math.round(width)}x${Math.round(height)}`;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { sources } = entry as never as { sources: { previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[] };
      const moved = sources.filter(({ currentRect }) => currentRect.width > 4);
      shifts.push(...moved.map(({ previousRect, currentRect }) => `${told(previousRect)} -> ${told(currentRect)}`));
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** What has moved since this was last asked, once everything is drawn. */
function shiftsIn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return (globalThis as never as { shifts: string[] }).shifts.splice(0);
  });
}

for (const width of [320, 1280]) {
  test(`nothing moves while the page loads, ${width} px wide`, async () => {
    const { page } = await open({ viewport: { width, height: 800 }, before: watchShifts });
    deepEqual(await shiftsIn(page), []);
  });
}

test("the score is there before the rest of the engine, and nothing moves when that comes", async () => {
  const arrival = gate();
  const { page, faults } = await visit(SITE, {
    viewport: { width: 1280, height: 800 },
    before: watchShifts,
    prepare: (page) =>
      page.route(/engine_second.*\.wasm/, async (route) => {
        await arrival.opened;
        await route.continue();
      }),
  });
  const score = page.locator(".score");
  const told = async () => [await score.locator(".total").innerText(), await score.locator(".layers").innerText()];
  await score.locator(".number", { hasText: /^\d/ }).waitFor();
  const early = await told();
  equal(await findings(page).count(), 0, "nothing else is known yet");
  arrival.open();
  await findings(page).first().waitFor();
  deepEqual(await told(), early);
  deepEqual(await shiftsIn(page), []);
  deepEqual(faults, []);
});

test("a check that finds the same moves nothing", async () => {
  const { page } = await open({ viewport: { width: 1280, height: 800 }, text: `${MENDABLE}# a note\n`, before: watchShifts });
  await shiftsIn(page);
  await editor(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(" that grows");
  ok((await textOf(page)).includes("# a note that grows"));
  await page.locator("layerwise-playground").evaluate((element) => (element as { report?(): Promise<unknown> }).report?.().then(() => {}));
  deepEqual(await shiftsIn(page), []);
});

test("a fix moves the lines of the file and the rows below its own, and says so where it hides nothing", async () => {
  const height = 1600; // so that nothing has to be scrolled
  const { page } = await open({ viewport: { width: 1280, height }, text: MENDABLE });
  const places = () =>
    Promise.all([".toolbar", ".pane", ".score", ".result-tabs", ".findings-head", ".finding"].map((name) => page.locator(name).first().boundingBox()));
  const before = await places();
  await page.locator(".button.fix").last().click();
  await page.locator(".notice").getByText("\u2192").waitFor();
  deepEqual(await places(), before);
  const notice = await page.locator(".notice").boundingBox();
  ok(notice !== null && notice.y + notice.height <= height, "the notice is in sight");
});

test("one can write before the engine has arrived, and what is then there is checked", async () => {
  const browser = await chromium.launch({ executablePath: fromEnvironment("LAYERWISE_CHROMIUM"), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ serviceWorkers: "block" });
    const arrival = gate();
    await page.route(/engine_bg.*\.wasm/, async (route) => {
      await arrival.opened;
      await route.continue();
    });
    await page.goto(SITE, { waitUntil: "commit" });
    await editor(page).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("FROM scratch\nADD app /app");
    equal(await textOf(page), "FROM scratch\nADD app /app");
    await page.keyboard.press("Control+Z");
    ok((await textOf(page)) !== "FROM scratch\nADD app /app");
    await page.keyboard.press("Control+Y");
    await page.getByText("Starting the checker").waitFor();

    // What stands beside the editor is there as well: examples, the other file, the colours.
    await page.getByRole("tab", { name: ".dockerignore" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Dockerfile", exact: true }).click();

    arrival.open();
    await findings(page).first().waitFor();
    equal(await textOf(page), "FROM scratch\nADD app /app");
    ok((await findings(page).allInnerTexts()).some((text) => text.includes("COPY")));
  } finally {
    await browser.close();
  }
});
