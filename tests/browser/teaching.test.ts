import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { PATTERNED, REVIEWABLE, SITE, copied, findings, open, openMenu, reportOf, rowOf, write } from "./site.ts";

async function openPatterned() {
  const opened = await open({ text: PATTERNED });
  const report = await reportOf(opened.page);
  const finding = report.findings.find(({ pattern }) => pattern !== "");
  ok(finding, "the text has a finding that names a pattern");
  const row = rowOf(opened.page, report, finding);
  return { ...opened, row };
}

test("an open row shows the pattern that it names, fetched when it is first wanted", async () => {
  const { page, requests, row, faults } = await openPatterned();
  const fetched = () => requests.filter((url) => url.includes("/patterns.")).length;
  equal(fetched(), 0);
  await row.locator(".finding-main").click();
  await row.getByText("A pattern for Go", { exact: true }).click();
  equal(fetched(), 1);
  const text = await row.locator(".pattern pre").innerText();
  ok(/^FROM golang/m.test(text) && /^COPY --from=/m.test(text), text);

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await row.getByRole("button", { name: "Copy" }).click();
  await row.getByRole("button", { name: "Copied" }).waitFor();
  equal((await copied(page)).trim(), text.trim());
  await row.locator(".finding-main").click();
  await row.locator(".finding-main").click();
  equal(await row.locator(".pattern .actions").textContent(), "Copy: pattern for Go");
  deepEqual(faults, []);
});

test("when the patterns cannot be fetched, the row says so and offers another try", async () => {
  const { page, row } = await openPatterned();
  await page.route("**/patterns.*", (route) => route.abort());
  await row.locator(".finding-main").click();
  await row.locator(".pattern summary").click();
  await row.getByText("could not be fetched").waitFor();
  await page.unroute("**/patterns.*");
  await row.getByRole("button", { name: "Try again" }).click();
  await row.getByText("A pattern for Go", { exact: true }).waitFor();
});

test("a fix of several parts says why each of them is there", async () => {
  const { page } = await open({ viewport: { width: 360, height: 700 } });
  let reasons = 0;
  for (const title of ["Go in a single stage", "Node web app", "Java with Maven", "Python service"]) {
    await openMenu(page, "Examples");
    await page.locator(".menu[open]").getByText(title, { exact: true }).click();
    const report = await reportOf(page);
    const finding = report.findings.find(({ fix }) => fix?.edits.some(({ why }) => why !== ""));
    if (finding?.fix == null) continue;
    const row = rowOf(page, report, finding);
    await row.locator(".finding-main").click();
    const wanted = new Set(finding.fix.edits.map(({ why }) => why).filter((why) => why !== ""));
    equal(await row.locator(".reasons dd").count(), wanted.size);
    reasons += wanted.size;
    const isCut = ([list]: Element[]) => (list?.scrollWidth ?? 0) > (list?.clientWidth ?? 0);
    equal(await row.locator(".fix-preview").evaluateAll(isCut), false, `${title}: all of it is in sight`);
  }
  ok(reasons > 0, "one of the examples has such a fix");
});

test("after all fixes, those that were left are told with the reason", async () => {
  const { page } = await open({ text: `${REVIEWABLE}MAINTAINER me\n` });
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  const notice = page.locator(".notice");
  await notice.getByText("What was left, and why").click();
  await notice.getByText("A person must look at it first").waitFor();
  const { findings: all } = await reportOf(page);
  equal(await notice.locator(".left li").count(), all.filter(({ fix }) => fix != null).length);
});

test("what is known of the base images is a click away", async () => {
  const { page } = await open({ text: "FROM node:18-bullseye AS build\nFROM build AS test\nFROM example.org/own/image:1\n" });
  const bases = page.locator(".bases");
  const { imageFacts } = await reportOf(page);
  ok((await bases.locator("summary").innerText()).includes(`data as of ${imageFacts.asOf}`));
  equal(await bases.locator(".facts").isVisible(), false);
  await bases.locator("summary").click();
  const [own, ...rest] = (await bases.locator("li:has(.base-name)").allInnerTexts()).reverse();
  equal(rest.length, 1);
  ok(own?.includes("Nothing is known of it"), own);
  for (const word of ["node:18-bullseye", "Line 1", "Node.js 18", "ended", "Debian 11", "Newer", "node:24", "Smaller"]) {
    ok(rest[0]?.includes(word), `${word} in ${rest[0]}`);
  }
  await write(page, "FROM scratch\n");
  equal(await bases.count(), 0);
});

test("the footer leads to the licences of the data", async () => {
  const { page } = await open();
  const address = await page.getByRole("contentinfo").getByRole("link", { name: "Licences of the data" }).getAttribute("href");
  const response = await page.request.get(new URL(address ?? "", SITE).href);
  equal(response.status(), 200);
  const text = await response.text();
  ok(text.includes("endoflife.date") && text.includes("Apache License"));
  equal(await findings(page).count() > 0, true);
});
