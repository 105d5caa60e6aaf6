import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, SITE, faultsOf, findings, open, openMenu, reachesOut, reportOf, waitForText, write } from "./site.ts";

const PAGE_OF_WEIGHTS = new URL("score.html", SITE).href;

/** What the page promises once the costliest rules are mended. */
async function promised(page: Page): Promise<number> {
  const total = page.locator(".outlook-total");
  await page.locator(".outlook-total", { hasText: /^\d+$/ }).waitFor();
  return Number(await total.innerText());
}

test("the points of the findings are exactly what is missing to 100, in every example", async () => {
  const { page } = await open();
  await openMenu(page, "Examples");
  const titles = await page.locator(".menu[open] .example-title").allInnerTexts();
  await page.keyboard.press("Escape");
  for (const title of titles) {
    await openMenu(page, "Examples");
    await page.locator(".menu[open]").getByText(title, { exact: true }).click();
    const { score, findings } = await reportOf(page);
    ok(score, title);
    equal(findings.reduce((sum, { points }) => sum + points, 0), 100 - score.total, title);
    if (score.total < 100) ok((await page.locator("#findings-title").innerText()).includes(`\u2212${100 - score.total} in all`), title);
  }
});

test("mending what costs most brings the score that was promised", async () => {
  // Each of the three that cost most has a safe fix, and a fourth is left.
  const text = "FROM ubuntu:24.04\nMAINTAINER ops@example.org\nADD app.py /srv/app.py\nCMD /srv/app.py\nADD a /srv/a\n";
  const { page } = await open({ text: `${text}USER 1000\nSTOPSIGNAL SIGKILL\n` });
  equal(await page.locator(".outlook li").count(), 3);
  const total = await promised(page);
  ok(total > ((await reportOf(page)).score?.total ?? 100));
  await page.locator(".outlook").getByRole("button", { name: /^Apply 4 safe fixes/ }).click();
  await page.locator(".notice .totals").waitFor();
  equal((await reportOf(page)).score?.total, total);
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await page.locator(".outlook-total", { hasText: String(total) }).waitFor();
});

test("an entry of what costs most leads to its row, whatever hides it", async () => {
  const { page } = await open({ text: MENDABLE });
  for (const chip of await page.locator(".chip").all()) await chip.click();
  equal(await findings(page).count(), 0);
  const cause = page.locator(".cause").first();
  const said = await cause.innerText();
  await cause.click();
  const row = page.locator('.finding[aria-current="true"]');
  ok((await row.locator(".message").innerText()).endsWith(said));
  ok(await row.locator(".finding-main").evaluate((button) => button.matches(":focus")));
  await cause.click();
  equal(await page.locator('.finding[aria-current="true"]').count(), 1);
});

test("a press on a bar lists its findings alone, in the list and in the text, and another press lists all", async () => {
  const { page } = await open({ text: MENDABLE });
  const { findings: all, score } = await reportOf(page);
  const bar = score?.categories.find(({ id }) => all.some(({ category }) => category === id));
  ok(bar);
  const own = all.filter(({ category }) => category === bar.id);
  ok(own.length < all.length);
  const button = page.locator(".layer-main", { hasText: bar.title });
  await button.click();
  equal(await button.getAttribute("aria-pressed"), "true");
  equal(await findings(page).count(), own.length);
  deepEqual(new Set(await page.locator(".finding .message").allInnerTexts()).size <= own.length, true);
  await page.locator(".chip.only").click();
  equal(await findings(page).count(), all.length);
  equal(await button.getAttribute("aria-pressed"), "false");
});

test("a bar without findings is no button, and a category without anything to judge says so", async () => {
  const { page } = await open({ text: "FROM scratch\n" });
  const { score } = await reportOf(page);
  const silent = score?.categories.filter(({ applies }) => !applies) ?? [];
  ok(silent.length > 0);
  equal(await page.locator(".not-judged").count(), silent.length);
  ok(await page.getByText("gives that category nothing to judge").isVisible());
  equal(await page.locator(".not-judged button").count(), 0);
});

test("a leaked secret caps the letter, and the score says what it would be and leads there", async () => {
  const { page } = await open({ text: "FROM alpine:3.23\nARG API_TOKEN=abc\nUSER 1000:1000\n" });
  const { score, findings: all } = await reportOf(page);
  ok(score?.cap, "the letter is capped");
  const notes = page.locator(".score-notes");
  ok((await notes.innerText()).includes(`By its number this is a ${score.cap.from}. This caps the letter at ${score.grade}`));
  await notes.locator(".link").first().click();
  const row = page.locator('.finding[aria-current="true"] .message');
  ok((await row.innerText()).endsWith(all[score.cap.finding]?.message.replaceAll("`", "") ?? "?"));
});

test("the score of a snippet is marked as one", async () => {
  const { page } = await open({ text: "RUN sudo make\n" });
  equal(await page.locator(".verdict .snippet").innerText(), "snippet");
  await write(page, MENDABLE);
  equal(await page.locator(".verdict .snippet").count(), 0);
});

test("the page of weights is linked from the score and says what the score is made of, without a script", async () => {
  const { page } = await open();
  equal(await page.locator(".score-notes a").evaluate((link) => (link as HTMLAnchorElement).href), PAGE_OF_WEIGHTS);
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: false });
  const plain = await context?.newPage();
  ok(plain);
  await plain.goto(PAGE_OF_WEIGHTS);
  ok((await plain.locator(".formula").innerText()).includes("score = 100"));
  ok((await plain.locator("tr[id^=rule-]").count()) > 100);
  await context?.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the page of weights in ${colorScheme} colours`, async () => {
    const { page, faults } = await open({ colorScheme, bypassCSP: true });
    await page.goto(PAGE_OF_WEIGHTS);
    deepEqual(await faultsOf(page), []);
    deepEqual(faults, []);
  });
}

test("the page of weights fits a narrow screen, and has the colours that were chosen in the playground", async () => {
  const { page, faults } = await open({ viewport: { width: 320, height: 700 }, colorScheme: "dark" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.locator(".theme-segments .segment").nth(1).click();
  const light = await paper();
  await page.goto(PAGE_OF_WEIGHTS);
  equal(await paper(), light);
  equal(await reachesOut(page), false);
  await page.getByRole("link", { name: "Back to the playground" }).click();
  await page.locator("layerwise-playground").waitFor();
  deepEqual(faults, []);
});

test("what costs most is told anew when the text is another", async () => {
  const { page } = await open({ text: MENDABLE });
  await promised(page);
  const before = await page.locator(".cause").allInnerTexts();
  await write(page, "FROM alpine:3.23\nADD app /app\nUSER 1000\n");
  await waitForText(page, "FROM alpine:3.23\nADD app /app\nUSER 1000\n");
  const { findings: all } = await reportOf(page);
  const counted = new Set(all.filter(({ points }) => points > 0).map(({ rule }) => rule));
  equal(await page.locator(".cause").count(), Math.min(3, counted.size));
  ok(JSON.stringify(before) !== JSON.stringify(await page.locator(".cause").allInnerTexts()));
  ok((await promised(page)) <= 100);
});
