import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { SITE, faultsOf, findings, open, reachesOut, textOf } from "./site.ts";
import { Host } from "./host.ts";

const at = (path: string, site = SITE) => new URL(path, site).href;

/** One of each kind of page. */
const KINDS = ["rules/", "advice/", "rules/copy-not-add/", "rules/SC2086/", "advice/run-image/", "score.html"];

/** A page without scripts, as a reader or a search engine has it. */
async function withoutScripts(): Promise<{ page: Page; close(): Promise<void> }> {
  const { page } = await open();
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: false, serviceWorkers: "block" });
  ok(context);
  return { page: await context.newPage(), close: () => context.close() };
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the pages that are read in ${colorScheme} colours`, async () => {
    const { page, faults } = await open({ colorScheme, bypassCSP: true });
    for (const path of [...KINDS, "rules/InvalidBaseImagePlatform/", "rules/secret-in-arg-or-env/"]) {
      await page.goto(at(path));
      deepEqual(await faultsOf(page), [], path);
    }
    deepEqual(faults, []);
  });
}

test("the pages that are read fit a narrow screen, and print without what only a screen can use", async () => {
  const { page, faults } = await open({ viewport: { width: 320, height: 700 } });
  for (const path of [...KINDS, "rules/credential-in-run-command/"]) {
    await page.goto(at(path));
    equal(await reachesOut(page), false, path);
  }
  await page.goto(at("rules/copy-not-add/"));
  await page.emulateMedia({ media: "print" });
  equal(await page.locator(".try").first().isVisible(), false);
  equal(await page.locator(".listing").first().isVisible(), true);
  deepEqual(faults, []);
});

test("a rule's page says all of it without scripts, and its example opens in the playground", async () => {
  const { page, close } = await withoutScripts();
  await page.goto(at("rules/"));
  equal(await page.locator("[data-search]").isVisible(), false);
  ok((await page.locator(".entries li").count()) > 400);
  await page.getByRole("link", { name: "ADD where COPY is enough" }).click();
  equal(new URL(page.url()).pathname.endsWith("/rules/copy-not-add/"), true);
  for (const name of ["Why", "Example", "The fix", "When to leave it", "What other tools call it", "Read more"]) {
    ok(await page.getByRole("heading", { name, exact: true }).isVisible(), name);
  }
  equal(await page.locator(".bad mark").innerText(), "ADD");
  match(await page.locator(".diff").innerText(), /- ADD .*\n\+ COPY /);
  const shown = await page.locator(".bad .listing").innerText();
  const link = await page.locator(".bad .try a").evaluate((element) => (element as HTMLAnchorElement).href);
  await close();
  const { page: playground } = await open({ site: link });
  equal(await textOf(playground), `${shown}\n`);
  ok((await findings(playground).allInnerTexts()).some((text) => text.includes("COPY")));
});

test("a code of another tool leads to our rule, without scripts and below any path", async () => {
  const host = await Host.start("/deep/below/");
  const { page, close } = await withoutScripts();
  for (const [code, rule] of [["DL3020", "copy-not-add"], ["tally/labels/valid-key", "label-key"], ["run-using-apt", "apt-get-not-apt"]] as const) {
    await page.goto(at(`rules/${code}/`, host.site));
    await page.waitForURL(at(`rules/${rule}/`, host.site));
    equal(await page.locator(".facts").isVisible(), true, code);
    equal(await page.locator(".plain .facts").evaluate((element) => getComputedStyle(element).display), "grid", "the styles have come");
  }
  await close();
});

test("the list of rules is searched by words and by codes, and Enter opens what goes by that very name", async () => {
  const { page, faults } = await open();
  await page.goto(at("rules/"));
  const shown = page.locator(".entries li:not([hidden])");
  const search = page.getByRole("searchbox", { name: "Search" });
  const all = await shown.count();
  await search.fill("DL3020");
  equal(await shown.count(), 1);
  equal(await page.getByRole("status").innerText(), "1 is shown.");
  await search.fill("nothing of this kind");
  equal(await shown.count(), 0);
  equal(await page.locator("main > section:visible").count(), 0);
  equal(await page.getByRole("status").innerText(), "Nothing here goes by these words.");
  await search.fill("");
  equal(await shown.count(), all);
  await search.fill("trivy DS-0005");
  equal(await shown.count(), 1);
  await search.fill("SC2086");
  await search.press("Enter");
  await page.waitForURL(at("rules/SC2086/"));
  deepEqual(faults, []);
});

test("an explanation in the playground leads to the page of its rule and of each code", async () => {
  const { page } = await open({ text: "FROM alpine:3.23\nADD app.py /app.py\nUSER 1000\nCMD [\"/app.py\"]\n" });
  await page.locator(".finding", { hasText: "COPY" }).first().locator(".finding-main").click();
  await page.locator(".explanation .facts a.code").first().waitFor();
  const links = await page.locator(".explanation .facts a.code").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  ok(links.includes(at("rules/copy-not-add/")));
  ok(links.includes(at("rules/DL3020/")));
  for (const link of links) equal((await page.request.get(link)).status(), 200, link);
});

test("nothing of what is read is kept on the device, and it comes from the host though the playground is kept", async () => {
  const host = await Host.start();
  const { page } = await open({ site: host.site, serviceWorkers: "allow" });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  equal(host.asked.filter((path) => path.startsWith("rules/") || path.startsWith("advice/")).length, 0);
  await page.goto(at("rules/copy-not-add/", host.site));
  ok(host.asked.includes("rules/copy-not-add/"));
  equal(await page.locator("h1").innerText(), "ADD where COPY is enough");
});
