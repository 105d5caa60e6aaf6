// Documentation sites as their generators make them, with one line for our snippets: MkDocs Material always, mdBook with `cargo xtask test --full`.

import { type Visited, allReady, visit } from "./embedding.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { builtBook, builtDocs, isFull } from "./generators.ts";
import { faultsOf } from "./site.ts";
import { test } from "node:test";

/** The texts of a page's snippets. */
const textsOf = ({ page }: Visited) => page.locator("layerwise-playground").evaluateAll((all) => all.map((snippet) => (snippet as HTMLElement & { value: string }).value));

const backgroundOf = ({ page }: Visited) => page.locator("layerwise-playground .box").first().evaluate((box) => getComputedStyle(box).backgroundColor);

const LIGHT = "rgb(255, 253, 248)";
const DARK = "rgb(27, 33, 36)";

for (const colorScheme of ["light", "dark"] as const) {
  test(`blocks of MkDocs Material are live, of the site's own height, ${colorScheme} as the site is, and axe finds nothing in them`, async (test) => {
    const folder = await builtDocs(test);
    if (folder === null) return;
    const site = await visit({ folder, path: "index.html", colorScheme, bypassCSP: true });
    const { page, host, origin, requests, faults } = site;
    await allReady(page);
    const texts = await textsOf(site);
    equal(texts.length, 4);
    equal(texts[2], "FROM node:latest\nRUN npm install");
    ok(await page.getByText("api/Dockerfile").isVisible());
    ok(await page.getByText("services:").isVisible() && await page.getByText("FROM scratch").isVisible());
    equal(await backgroundOf(site), colorScheme === "light" ? LIGHT : DARK);
    equal(await page.locator("layerwise-playground[expect]").getAttribute("data-broken"), null);
    const bare = await visit({ folder, path: "index.html", colorScheme, javaScriptEnabled: false });
    const height = ({ page }: Visited) => page.locator("article").evaluate((article) => article.getBoundingClientRect().height);
    ok(Math.abs((await height(site)) - (await height(bare))) < 1, `${await height(site)} and ${await height(bare)}`);
    for (const chip of await page.locator(".corner .chip").all()) await chip.click();
    const ours = (await faultsOf(page)).filter((fault) => /layerwise|class="(box|code|chip|panel|corner|row|head)/.test(fault));
    deepEqual(ours, []);
    const others = requests.filter((address) => !address.startsWith(host.site) && !address.startsWith(origin) && !/^(blob|data):/.test(address));
    deepEqual(others, []);
    deepEqual(faults, []);
  });
}

test("the switch of MkDocs Material changes the snippets along, and a page that it brings later is live too", async (test) => {
  const folder = await builtDocs(test);
  if (folder === null) return;
  const site = await visit({ folder, path: "index.html", colorScheme: "light" });
  const { page } = site;
  await allReady(page);
  equal(await backgroundOf(site), LIGHT);
  await page.locator("label[title='To dark colours']").click();
  await page.waitForFunction((dark) => getComputedStyle(document.querySelector("layerwise-playground")?.shadowRoot?.querySelector(".box") as Element).backgroundColor === dark, DARK);
  await page.getByRole("link", { name: "the next page", exact: true }).click();
  await page.getByRole("heading", { name: "The next page" }).waitFor();
  await page.waitForFunction(() => document.querySelector("layerwise-playground")?.shadowRoot?.textContent?.includes("apk add curl"));
  await page.locator("layerwise-playground .chip b").first().waitFor();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`blocks of mdBook are live, ${colorScheme} as the book is`, { skip: isFull ? false : "mdBook is compiled for it: cargo xtask test --full" }, async () => {
    const site = await visit({ folder: await builtBook(), path: "index.html", colorScheme });
    const { page, faults } = site;
    await allReady(page);
    deepEqual(await textsOf(site), ["FROM python:3.9\nCOPY . /app\nCMD python /app/main.py"]);
    ok(await page.getByText("FROM scratch").isVisible());
    equal(await backgroundOf(site), colorScheme === "light" ? LIGHT : DARK);
    await page.locator("layerwise-playground .chip").click();
    await page.locator("layerwise-playground .row").first().waitFor();
    deepEqual(faults, []);
  });
}
