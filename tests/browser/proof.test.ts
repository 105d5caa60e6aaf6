import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, SITE, faultsOf, findings, open, reachesOut, write } from "./site.ts";
import { fromEnvironment } from "./environment.ts";
import { Host } from "./host.ts";

const DIST = join(fromEnvironment("LAYERWISE_ROOT"), "web/dist");

const panel = (page: Page) => page.getByRole("dialog", { name: "Nothing leaves this page" });

async function openPanel(page: Page): Promise<void> {
  await page.getByRole("button", { name: "See for yourself" }).first().click();
  await panel(page).locator(".proof-count[data-count]").waitFor(); // not before all has arrived
}

const counted = (page: Page) => panel(page).locator(".proof-count").getAttribute("data-count");

test("the panel counts no request once all has arrived, whatever one does", async () => {
  const host = await Host.start();
  const { page } = await open({ site: host.site, serviceWorkers: "allow" });
  await openPanel(page);
  await panel(page).getByText("is kept on this device").waitFor();
  await page.keyboard.press("Escape");
  await write(page, MENDABLE);
  await findings(page).last().locator(".finding-main").click();
  await page.locator(".explanation h4").waitFor();
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice").getByText("\u2192").waitFor();
  await openPanel(page);
  equal(await counted(page), "0");
  match(await panel(page).locator("summary").innerText(), new RegExp(`all to ${new URL(host.site).host}`));
});

test("what was loaded is listed, the requests of both workers too", async () => {
  const host = await Host.start();
  const { page } = await open({ site: host.site, serviceWorkers: "allow" });
  await openPanel(page);
  await panel(page).getByText("is kept on this device").waitFor();
  await panel(page).locator("summary").click();
  const row = (file: string, by: string) => panel(page).locator("tr").filter({ hasText: file }).filter({ hasText: by });
  await row("engine.", "the checker").first().waitFor();
  await row("shell_bg.", "the page").first().waitFor();
  await row("advice.", "the offline copy").first().waitFor();
  const listed = await panel(page).locator("tbody code").allInnerTexts();
  equal(new Set(listed).size <= host.asked.length, true, "nothing is listed that nobody was asked for");
});

test("a request that is made all the same is counted, and named with its site", async () => {
  const host = await Host.start();
  const { page } = await open({ site: host.site, serviceWorkers: "allow" });
  await openPanel(page);
  await page.evaluate(() => fetch("nowhere.txt", { cache: "no-store" }));
  await panel(page).locator(".proof-count[data-count='1']").waitFor();
  match(await panel(page).locator("table").first().innerText(), /nowhere\.txt\s+localhost/);
});

test("a file that the kept copy answers is no request over the network", async () => {
  const host = await Host.start();
  const { page } = await open({ site: host.site, serviceWorkers: "allow" });
  await openPanel(page);
  await panel(page).getByText("is kept on this device").waitFor();
  const asked = host.asked.length;
  await page.evaluate(() => fetch("icon-192.png", { cache: "reload" }));
  await panel(page).locator("summary").click();
  await panel(page).locator("tr").filter({ hasText: "icon-192.png" }).filter({ hasText: "the page" }).filter({ hasText: "this device" }).waitFor();
  equal(await counted(page), "0");
  equal(host.asked.length, asked);
});

test("the policy is shown as it stands in the page, and one can see it at work", async () => {
  const { page } = await open();
  await openPanel(page);
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  const shown = await panel(page).locator(".policy > div").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("code")].map(({ textContent }) => textContent).join(" ")));
  deepEqual(shown.join("; "), policy);
  equal(await panel(page).locator(".proof-policy [data-count]").getAttribute("data-count"), "0");
  await panel(page).getByRole("button", { name: "Try to send something away" }).click();
  await panel(page).getByText("Stopped by connect-src: nothing was sent.").waitFor();
  equal(await panel(page).locator(".proof-policy [data-count]").getAttribute("data-count"), "1");
});

test("a page whose policy stops nothing says so", async () => {
  const { page } = await open({ bypassCSP: true });
  await page.context().route("https://somewhere-else.invalid/**", (route) => route.abort());
  await openPanel(page);
  await panel(page).getByRole("button", { name: "Try to send something away" }).click();
  await panel(page).getByText("The browser did not stop it.").waitFor();
});

test("the hashes are those of the modules that were built", async () => {
  const { page } = await open();
  await openPanel(page);
  await panel(page).locator(".hash").nth(1).waitFor();
  for (const row of await panel(page).locator(".modules > div", { has: page.locator(".hash") }).all()) {
    const [name = "", hash] = await row.locator("code").allInnerTexts();
    equal(hash, createHash("sha256").update(readFileSync(join(DIST, "assets", name))).digest("hex"));
  }
});

test("page and command line say that they are of one commit", async () => {
  const { page } = await open();
  const cli = execFileSync(fromEnvironment("LAYERWISE_CLI"), ["--version"]).toString();
  const [, version, made] = /^layerwise (\S+) \((commit \w+|built outside of git)/.exec(cli) ?? [];
  ok(made !== undefined, cli);
  const foot = await page.locator("footer").innerText();
  ok(foot.includes(`Layerwise ${version}, ${made}`), foot);
  match(foot, /Base images as of \d{4}-\d\d-\d\d/);
  await openPanel(page);
  ok((await panel(page).locator(".modules").innerText()).includes(made));
});

test("the panel follows the network", async () => {
  const { page } = await open();
  await openPanel(page);
  // The machine may have no network itself, as with `--without-network`.
  const atFirst = (await page.evaluate(() => navigator.onLine)) ? "This device is online." : "This device is offline.";
  await panel(page).getByText(atFirst).waitFor();
  await page.context().setOffline(true);
  await panel(page).getByText("This device is offline.").waitFor();
  await page.context().setOffline(false);
  await panel(page).getByText(atFirst).waitFor();
});

test("where service workers are forbidden the panel says so", async () => {
  const { page } = await open();
  await openPanel(page);
  await panel(page).getByText("This browser keeps no pages here").waitFor();
  // Nothing is promised that holds only where a copy is kept.
  await panel(page).getByText("What you open for the first time").waitFor();
  await panel(page).getByText("what was not opened before").waitFor();
});

test("the panel is worked with the keyboard, and gives the focus back", async () => {
  const { page } = await open();
  const button = page.getByRole("button", { name: "See for yourself" }).last();
  await button.focus();
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  equal(await page.evaluate(() => document.activeElement?.closest("dialog") !== null), true);
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
  ok(await button.evaluate((element) => element === document.activeElement));
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 320]) {
    test(`axe finds nothing wrong with the panel: ${colorScheme}, ${width} wide`, async () => {
      const { page } = await open({ bypassCSP: true, colorScheme, viewport: { width, height: 700 } });
      await openPanel(page);
      await panel(page).locator("summary").click();
      deepEqual(await faultsOf(page), []);
      equal(await reachesOut(page), false);
      equal(await panel(page).evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth), false);
    });
  }
}

test("the page without a script offers nothing that would not work", async () => {
  const { page } = await open();
  const plain = await (await page.context().browser()?.newContext({ javaScriptEnabled: false }))?.newPage();
  await plain?.goto(SITE);
  equal(await plain?.getByRole("button").count(), 0);
  match((await plain?.locator("footer").innerText()) ?? "", /Layerwise \d/);
});
