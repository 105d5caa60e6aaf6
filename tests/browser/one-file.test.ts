// The edition in one file, alone in a folder, opened as a file: what a room without a network has.

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { MENDABLE, type Opened, copied, faultsOf, findings, open, openMenu, textOf, visit, waitForText, write } from "./site.ts";
import { fromEnvironment } from "./environment.ts";
import { after, test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { tmpdir } from "node:os";

const folder = mkdtempSync(join(tmpdir(), "layerwise one file "));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, "Layerwise (copy) 100%.html");
copyFileSync(join(fromEnvironment("LAYERWISE_ROOT"), "web/dist/layerwise.html"), path);
const FILE = pathToFileURL(path).href;

/** Nothing went wrong, and nothing was asked for but the file itself. */
function holds({ requests, faults }: Opened): void {
  deepEqual(faults, []);
  deepEqual(requests.filter((address) => !/^(blob|data):/.test(address) && address.split(/[?#]/)[0] !== FILE), []);
}

test("the playground checks, looks into scripts, mends, explains and shows the build", async () => {
  const opened = await open({ site: FILE });
  const { page } = opened;
  const report = await write(page, MENDABLE.replace("CMD", "RUN cat $HOME | grep x\nCMD"));
  ok(report?.findings.some(({ codes }) => codes.some((code) => String(code).includes("SC2086"))), "the shell module is there");
  await findings(page).first().locator(".finding-main").click();
  await page.locator(".explanation h4").first().waitFor();
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice").getByText("\u2192").waitFor();
  ok(!(await textOf(page)).includes("MAINTAINER"));
  await page.getByRole("tab", { name: "Build" }).click();
  await page.locator(".graph svg, .graph").first().waitFor();
  await page.getByRole("tab", { name: "Run" }).click();
  await page.getByText("docker build").first().waitFor();
  holds(opened);
});

test("a link to a text opens it in the file", async () => {
  const opened = await open({ site: FILE, permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = opened;
  await write(page, MENDABLE);
  await openMenu(page, "Share");
  await page.getByRole("button", { name: "Copy a link" }).click();
  await page.locator(".notice", { hasText: "where it lies on this device" }).waitFor();
  const link = await copied(page);
  ok(link.startsWith(`${FILE}?#1`), link);
  const again = await visit(link);
  await waitForText(again.page, MENDABLE);
  holds(again);
});

test("lessons open, are judged, and lead back to the playground", async () => {
  const opened = await visit(`${FILE}?learn.html`);
  const { page } = opened;
  await page.locator("main a[href^='#lesson/']").first().click();
  await page.locator("layerwise-playground").waitFor();
  await page.locator(".goal, [data-goal]").first().waitFor();
  await page.reload();
  await page.locator("layerwise-playground").waitFor();
  await page.locator(".page-head .site a").click();
  await page.getByRole("button", { name: "All commands" }).waitFor();
  equal(page.url(), `${FILE}?`);
  holds(opened);
});

test("what is read is there, under the codes of other tools too, and leads into the playground", async () => {
  const opened = await visit(`${FILE}?rules/DL3008/`);
  const { page } = opened;
  await page.getByRole("heading", { level: 1, name: "Packages without a version" }).waitFor();
  match(page.url(), /\?rules\/pin-os-packages\/$/);
  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Rules" }).click();
  await page.getByRole("searchbox").fill("DL3007");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Open in the playground" }).first().click();
  await page.locator(".results [aria-labelledby]").first().waitFor();
  ok((await textOf(page)).length > 0);
  holds(opened);
});

test("what nobody has written leads to the playground, and an address with markup stays an address", async () => {
  for (const asked of ["nothing.html", "<img src=x onerror=alert(1)>", "%E0%A4%A", "__proto__", "constructor"]) {
    const opened = await visit(`${FILE}?${asked}`);
    await opened.page.getByRole("button", { name: "All commands" }).waitFor();
    holds(opened);
  }
});

test("the proof says that there was no request, and that the file holds all", async () => {
  const opened = await open({ site: FILE });
  const { page } = opened;
  await page.getByRole("button", { name: "See for yourself" }).first().click();
  const panel = page.getByRole("dialog", { name: "Nothing leaves this page" });
  await panel.locator(".proof-count[data-count='0']").waitFor();
  await panel.getByText("There was none since the page was opened").waitFor();
  await panel.getByText("This is one file with all that it needs").waitFor();
  await panel.getByText("engineWasm").waitFor();
  holds(opened);
  await panel.getByRole("button", { name: "Try to send something away" }).click();
  await panel.getByText("Stopped by").waitFor();
});

test("a workshop is written, proved, and tried as a learner in the same file", async () => {
  const opened = await visit(`${FILE}?builder.html`);
  const { page } = opened;
  await page.getByRole("button", { name: "Add one of ours" }).click();
  await page.locator("dialog[open] .ours button").first().click();
  await page.locator(".bar-proof", { hasText: "This lesson is proved." }).waitFor();
  await page.getByRole("button", { name: /things to mend: go to the first/ }).click();
  await page.getByRole("textbox", { name: "Title of the workshop" }).fill("In a file");
  await page.getByRole("textbox", { name: "What it is about" }).fill("All of it.");
  const [learner] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("link", { name: "Try it as a learner" }).click()]);
  await learner.locator(".reading h1", { hasText: "In a file" }).waitFor();
  holds(opened);
});

for (const address of ["", "?learn.html", "?builder.html", "?rules/", "?score.html", "?assets/licences.txt"]) {
  test(`axe finds nothing in the page ${address || "that comes first"}`, async () => {
    const { page } = await visit(`${FILE}${address}`, { bypassCSP: true });
    await page.locator("main h1, main h2, .results [aria-labelledby]").first().waitFor();
    deepEqual(await faultsOf(page), []);
  });
}
