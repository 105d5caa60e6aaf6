import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { MENDABLE, editor, faultsOf, firstSafe, open, reportOf, textOf } from "./site.ts";

const FLAGGED = `FROM alpine:3.23
COPY --link a /a
USER 1000
`;

function tooltip(page: Page): Locator {
  return page.locator(".cm-tooltip .hover");
}

/** Puts the pointer on a token of the editor. */
async function rest(page: Page, kind: string, text: string): Promise<void> {
  await page.locator(`.cm-content .tok-${kind}`, { hasText: text }).first().hover();
}

test("the keyword of an instruction tells what the instruction does", async () => {
  const { page, faults } = await open({ text: FLAGGED });
  await rest(page, "keyword", "COPY");
  await tooltip(page).waitFor();
  match(await tooltip(page).innerText(), /COPY, step 1 of stage 0/);
  match(await tooltip(page).innerText(), /Cache/);
  deepEqual(faults, []);
});

test("a flag tells what it is for", async () => {
  const { page } = await open({ text: FLAGGED });
  await rest(page, "flag", "--link");
  await tooltip(page).waitFor();
  match(await tooltip(page).innerText(), /--link Makes a layer/);
});

test("an underlined place tells its finding and its points, and its button mends it", async () => {
  const { page } = await open({ text: MENDABLE });
  const report = await reportOf(page);
  const { finding } = firstSafe(report);
  await page.locator(".cm-content .cm-lintRange").nth(0).scrollIntoViewIfNeeded();
  const text = await textOf(page);
  const word = text.slice(finding.range.start, finding.range.end).split(/\s/)[0] ?? "";
  await page.locator(".cm-content .cm-lintRange", { hasText: word }).first().hover({ position: { x: 3, y: 6 } });
  await tooltip(page).waitFor();
  match(await tooltip(page).innerText(), /\d+ points?/);
  await tooltip(page).getByRole("button", { name: "Fix", exact: true }).first().click();
  await page.waitForFunction((before) => document.querySelector("layerwise-playground")?.value !== before, text);
  await tooltip(page).waitFor({ state: "detached" });
});

test("what is shown stays while the pointer is on it, and Escape takes it away wherever the focus is", async () => {
  const { page } = await open({ text: FLAGGED });
  await rest(page, "keyword", "COPY");
  await tooltip(page).waitFor();
  await tooltip(page).locator("p").first().hover();
  await page.waitForTimeout(600); // longer than what the editor would take to close it
  equal(await tooltip(page).count(), 1);
  await page.keyboard.press("Escape");
  await tooltip(page).waitFor({ state: "detached" });
  await page.mouse.move(5, 5);
  await rest(page, "keyword", "COPY");
  await tooltip(page).waitFor();
  await page.mouse.move(5, 5);
  await tooltip(page).waitFor({ state: "detached" });
});

test("what a sign beside a line shows goes with Escape, too", async () => {
  const { page } = await open({ text: MENDABLE });
  const shown = page.locator(".cm-tooltip-lint");
  await page.locator(".cm-lint-marker").first().hover();
  await shown.waitFor();
  await page.keyboard.press("Escape");
  await shown.waitFor({ state: "detached" });
});

test("the keyboard shows and hears the same", async () => {
  const { page } = await open({ text: FLAGGED });
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ControlOrMeta+I");
  await tooltip(page).waitFor();
  const spoken = page.locator("p.unseen[role=status]").first();
  await spoken.getByText(/COPY, step 1 of stage 0/).waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await tooltip(page).waitFor({ state: "detached" });
  equal(await editor(page).evaluate((content) => content.matches(":focus")), true);
  // Going on closes it as well.
  await page.keyboard.press("ControlOrMeta+I");
  await tooltip(page).waitFor();
  await page.keyboard.press("ArrowRight");
  await tooltip(page).waitFor({ state: "detached" });
});

test("in the .dockerignore nothing is explained, and the keyboard stays there", async () => {
  const { page } = await open({ text: FLAGGED });
  await page.getByRole("tab", { name: /dockerignore/ }).click();
  const ignore = page.getByRole("textbox", { name: ".dockerignore" });
  await ignore.focus();
  await page.keyboard.press("ControlOrMeta+I");
  await page.locator(".frame > [role=status]", { hasText: "nothing to explain" }).waitFor({ state: "attached" });
  equal(await ignore.evaluate((content) => content.matches(":focus")), true);
});

test("F8 shows what is wrong where it leads to", async () => {
  const { page } = await open({ text: MENDABLE });
  await editor(page).focus();
  await page.keyboard.press("F8");
  await tooltip(page).waitFor();
  ok((await tooltip(page).locator(".hover-finding").count()) > 0);
  equal(await tooltip(page).locator(".hover-instruction").count(), 0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in what is shown in ${colorScheme} colours`, async () => {
    const { page } = await open({ colorScheme, bypassCSP: true, text: FLAGGED });
    await rest(page, "keyword", "COPY");
    await tooltip(page).waitFor();
    deepEqual(await faultsOf(page), []);
  });
}
