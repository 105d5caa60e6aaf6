import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { copied, editor, faultsOf, findings, open, reachesOut, reportOf, textOf, waitForText, write } from "./site.ts";
import { Host } from "./host.ts";

/** One finding of a rule, and one about the script. */
const SHELLED = "FROM debian:13-slim\nADD app /app\nRUN cp $SOURCE /app\nUSER 1000\n";

const openAt = ({ site }: Host) => open({ site, serviceWorkers: "allow" });

/** Waits until the site is kept on the device. */
async function kept(page: Page): Promise<void> {
  await page.getByRole("button", { name: "See for yourself" }).first().click();
  await page.locator(".proof-kept", { hasText: "is kept on this device" }).waitFor();
  await page.keyboard.press("Escape");
}

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

const buildOf = (page: Page) => page.evaluate(() => document.documentElement.dataset["build"]);

const news = (page: Page) => page.locator(".news");

/** Waits until `count` caches are there. */
async function waitForCaches(page: Page, count: number): Promise<void> {
  await page.waitForFunction(async (count) => (await caches.keys()).length === count, count);
}

test("after the first visit the page opens without a network, and checks scripts too", async () => {
  const host = await Host.start();
  const { page, faults } = await openAt(host);
  await kept(page);
  await write(page, SHELLED);
  host.goAway();
  await page.reload();
  await waitForText(page, SHELLED);
  const { findings: found } = await reportOf(page);
  ok(found.some(({ rule }) => rule.startsWith("SC")), "the shell checks are there");
  ok(found.some(({ rule }) => !rule.startsWith("SC")), "the rules are there");
  await findings(page).first().locator(".finding-main").click();
  await page.locator(".explanation h4").waitFor();
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await page.locator(".advice").first().waitFor();
  await page.locator("footer a", { hasText: "How the score is made" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.goBack();
  await waitForText(page, SHELLED);
  deepEqual(faults, []);
});

test("once all has arrived nothing more is asked of the host, explanations included", async () => {
  const host = await Host.start();
  const { page } = await openAt(host);
  await kept(page);
  const before = host.asked.length;
  await write(page, SHELLED);
  for (const row of await findings(page).all()) await row.locator(".finding-main").click();
  await page.locator(".explanation h4").nth(1).waitFor();
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await page.locator(".advice").first().waitFor();
  await editor(page).click();
  await page.keyboard.type("# more\n");
  await reportOf(page);
  deepEqual(host.asked.slice(before), []);
});

test("where the host is away or in trouble, the kept page comes, and a page that it has comes from the host", async () => {
  const host = await Host.start();
  const { page } = await openAt(host);
  await kept(page);
  const before = host.asked.length;
  await page.reload();
  await reportOf(page);
  equal(host.asked.slice(before).filter((path) => path === "").length, 1, "the page itself is asked for anew");
  host.status = 503;
  await page.reload();
  await reportOf(page);
  host.status = 404;
  match((await page.goto(`${host.site}nothing-here`))?.status().toString() ?? "", /404/);
});

test("a new version is told of, waits for the person, keeps the text and takes the old copy away", async () => {
  const host = await Host.start();
  const { page } = await openAt(host);
  await kept(page);
  const first = await buildOf(page);
  const [oldCache] = await cacheNames(page);
  await write(page, SHELLED);

  host.build = "2";
  const other = await page.context().newPage();
  await other.goto(host.site); // the visit with which it is seen that there is something new
  await news(page).getByText("A new version is ready.").waitFor();
  equal(await buildOf(page), first, "it has not been reloaded");
  equal(await textOf(page), SHELLED);
  equal(await buildOf(other), `${first}2`, "who comes now has the new version at once");
  equal(await news(other).innerText(), "");
  equal((await cacheNames(page)).length, 2);

  await news(page).getByRole("button", { name: "Reload" }).click();
  await page.waitForFunction((build) => document.documentElement.dataset["build"] === build, `${first}2`);
  await waitForText(page, SHELLED);
  await waitForCaches(page, 1);
  ok(!(await cacheNames(page)).includes(oldCache ?? ""), "the old copy is gone");
  equal(await news(page).innerText(), "");

  host.goAway();
  await page.reload();
  await reportOf(page);
  equal(await buildOf(page), `${first}2`);
});

test("a page that is new already brings its own copy in without a word, when no other page is open", async () => {
  const host = await Host.start();
  const { page } = await openAt(host);
  await kept(page);
  const [first] = await cacheNames(page);
  host.build = "2";
  await page.reload();
  await reportOf(page);
  await page.waitForFunction(async (first) => !(await caches.keys()).includes(first ?? ""), first);
  await waitForCaches(page, 1);
  equal(await news(page).innerText(), "");
});

test("a notice that is put off stays away, and a text that cannot be kept is spoken of before it would be lost", async () => {
  const host = await Host.start();
  const { page } = await openAt(host);
  await kept(page);
  host.build = "2";
  await (await page.context().newPage()).goto(host.site);
  await news(page).getByText("A new version is ready.").waitFor();
  await write(page, SHELLED);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  const build = await buildOf(page);
  await news(page).getByRole("button", { name: "Reload" }).click();
  await news(page).getByText("Save it as a file first").waitFor();
  equal(await buildOf(page), build);
  equal(await textOf(page), SHELLED);
  await news(page).getByRole("button", { name: "Later" }).click();
  equal(await news(page).innerText(), "");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing wrong with the notice: ${colorScheme}, 320 wide`, async () => {
    const host = await Host.start();
    const { page } = await open({ site: host.site, serviceWorkers: "allow", bypassCSP: true, colorScheme, viewport: { width: 320, height: 700 } });
    await kept(page);
    host.build = "2";
    await (await page.context().newPage()).goto(host.site);
    await news(page).getByText("A new version is ready.").waitFor();
    deepEqual(await faultsOf(page), []);
    equal(await reachesOut(page), false);
  });
}

test("the frame that the system draws around the page takes the colour that the person chose", async () => {
  const { page } = await open({ colorScheme: "light" });
  const colour = () =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLMetaElement>("meta[name='theme-color']")];
      return all.find(({ media }) => media === "" || matchMedia(media).matches)?.content;
    });
  const light = await colour();
  await page.locator(".theme-segments .segment").nth(2).click();
  const dark = await colour();
  ok(light !== undefined && dark !== undefined && light !== dark);
  await page.locator(".theme-segments .segment").nth(0).click();
  equal(await colour(), light);
});

test("a file that is not the one that was built is never kept, and the page works all the same", async () => {
  const host = await Host.start();
  host.damaged = "assets/rules";
  const { page } = await openAt(host);
  await page.getByRole("button", { name: "See for yourself" }).first().click();
  await page.locator(".proof-kept", { hasText: "could not be kept" }).waitFor();
  await page.keyboard.press("Escape");
  await write(page, SHELLED);
  ok((await reportOf(page)).findings.length > 0);
});

test("two sites of one host keep their copies apart", async () => {
  const host = await Host.start("/");
  const { page } = await openAt(host);
  await kept(page);
  await page.evaluate(() => caches.open("layerwise /elsewhere/ 0123"));
  host.build = "2";
  await page.reload();
  await reportOf(page);
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.endsWith("2")));
  await page.waitForFunction(async () => (await caches.keys()).length === 2);
  ok((await cacheNames(page)).includes("layerwise /elsewhere/ 0123"));
});

test("a link outlives the reload into a new version", async () => {
  const host = await Host.start();
  const { page } = await openAt(host);
  await kept(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await write(page, SHELLED);
  await page.locator("summary.button", { hasText: "Share" }).click();
  await page.getByRole("button", { name: /^Copy a link/ }).click();
  await page.locator(".notice", { hasText: "Copied a link" }).waitFor();
  const link = await copied(page);
  const { hash } = new URL(link);
  const shown = await page.context().newPage();
  await shown.goto(host.site + hash);
  await waitForText(shown, SHELLED);
  host.build = "2";
  await page.reload();
  await news(shown).getByRole("button", { name: "Reload" }).click();
  await shown.waitForFunction(() => document.documentElement.dataset["build"]?.endsWith("2") ?? false);
  await waitForText(shown, SHELLED);
});

test("only the page keeps a copy: the element in somebody else's page asks for no service worker", async () => {
  const host = await Host.start();
  const { page, faults } = await open({ site: `${host.site}element.html`, serviceWorkers: "allow" });
  ok((await reportOf(page)).findings.length > 0);
  equal((await page.evaluate(() => navigator.serviceWorker.getRegistrations())).length, 0);
  deepEqual(faults, []);
});

test("the page can be installed: its manifest names icons that are there", async () => {
  const host = await Host.start();
  const { page } = await openAt(host);
  const session = await page.context().newCDPSession(page);
  const { errors, url } = (await session.send("Page.getAppManifest")) as { errors: unknown[]; url: string };
  deepEqual(errors, []);
  equal(url, `${host.site}manifest.webmanifest`);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
});
