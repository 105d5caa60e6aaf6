import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { MENDABLE, open, reportOf, write } from "./site.ts";

test("what stands below the score is chosen by arrow keys, and the tabs are one stop", async () => {
  const { page } = await open({ text: MENDABLE });
  const tab = (name: RegExp) => page.getByRole("tab", { name });
  const { findings } = await reportOf(page);
  await tab(/^Findings/).focus();
  equal(await page.getByRole("tab", { name: `Findings ${findings.length}`, exact: true }).count(), 1);
  await page.keyboard.press("ArrowRight");
  equal(await tab(/^Build$/).getAttribute("aria-selected"), "true");
  equal(await page.locator(".finding").count(), 0);
  await page.keyboard.press("End");
  equal(await tab(/^Run$/).getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowRight");
  equal(await tab(/^Findings/).getAttribute("aria-selected"), "true");
  deepEqual(await page.locator(".result-tabs [role=tab]").evaluateAll((all) => all.map((one) => (one as HTMLElement).tabIndex)), [0, -1, -1]);
  await page.keyboard.press("Tab");
  equal(await page.getByRole("tabpanel", { name: /^Findings/ }).evaluate((panel) => panel.matches(":focus")), true);
});

test("the score stays in sight in every tab, and the chosen tab stays while one types", async () => {
  const { page } = await open({ text: MENDABLE });
  const score = () => page.locator(".score").boundingBox();
  const before = await score();
  for (const name of [/^Build$/, /^Run$/]) {
    await page.getByRole("tab", { name }).click();
    deepEqual(await score(), before);
  }
  await write(page, "FROM scratch\n");
  equal(await page.getByRole("tab", { name: /^Run$/ }).getAttribute("aria-selected"), "true");
  equal(await page.getByRole("tab", { name: /^Findings/ }).innerText(), "Findings");
});
