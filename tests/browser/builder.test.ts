// What looks at the build is a module of its own, which comes after the first result.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { type Opened, editor, faultsOf, gate, open, reportOf, write } from "./site.ts";

const TEXT = "FROM node:24-slim\nWORKDIR /app\nADD . .\nRUN npm ci\nUSER node\nEXPOSE 3000\nCMD [\"node\", \"main.js\"]\n";

async function withoutModule(): Promise<Opened> {
  const opened = await open({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await opened.page.context().route("**/build_bg*.wasm", (route) => route.fulfill({ status: 404 }));
  await opened.page.reload();
  await opened.page.locator(".score .grade").waitFor();
  return opened;
}

test("the first result does not wait for the build module", async () => {
  const { page } = await open();
  const held = gate();
  await page.context().route("**/build_bg*.wasm", async (route) => {
    await held.opened;
    await route.continue();
  });
  await page.reload();
  await page.locator(".score .grade").waitFor();
  await page.getByRole("tab", { name: /^Build$/ }).click();
  match(await page.locator("#result-panel").innerText(), /Going through the build/);
  held.open();
  await page.locator(".graph").first().waitFor();
});

for (const tab of ["Build", "Run"]) {
  test(`without the module the tab ${tab} says so, all else works, and it can be fetched again`, async () => {
    const { page } = await withoutModule();
    const report = await write(page, TEXT);
    ok((report?.findings.length ?? 0) > 0, "the file is checked");
    await page.getByRole("tab", { name: new RegExp(`^${tab}$`) }).click();
    const panel = page.locator("#result-panel");
    const missing = panel.locator(".without-build");
    match(await missing.innerText(), /could not be loaded\. Findings and fixes work/);
    deepEqual(await faultsOf(page), []);
    equal(await page.locator(".mishap, [role=alert]").count(), 0, "nothing is said to be wrong with the check");

    await missing.getByRole("button", { name: "Try again" }).click();
    await missing.waitFor();
    await page.context().unroute("**/build_bg*.wasm");
    await missing.getByRole("button", { name: "Try again" }).click();
    await panel.locator(tab === "Build" ? ".graph" : ".advice").first().waitFor();
    equal(await page.locator(".without-build").count(), 0);
    ok((await reportOf(page)).score !== null);
  });
}

test("without the module the explanation of a line says so, and comes when it is there", async () => {
  const { page } = await withoutModule();
  await write(page, TEXT);
  const line = page.locator("#this-line");
  match(await line.innerText(), /could not be loaded/);
  await page.context().unroute("**/build_bg*.wasm");
  await line.getByRole("button", { name: "Try again" }).click();
  await editor(page).click();
  await line.locator("dt").first().waitFor();
});

test("where workers are forbidden, the build is looked at all the same", async () => {
  const { page, faults } = await open({
    text: TEXT,
    before: () => {
      globalThis.Worker = class {
        constructor() {
          throw new DOMException("forbidden", "SecurityError");
        }
      } as never;
    },
  });
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await page.locator(".advice").first().waitFor();
  deepEqual(faults, []);
});
