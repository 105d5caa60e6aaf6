import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, type Options, SITE, copied, gate, ignoreOf, notice, open, openMenu, put, reportOf, rowOf, textOf, waitForText, write } from "./site.ts";

const CLIPBOARD = ["clipboard-read", "clipboard-write"];
const SECRET = "Tr0ub4dor3";
const SECRETIVE = `FROM alpine:3.23\nRUN login --password ${SECRET}\nUSER 1000\n`;


async function share(page: Page, name: string): Promise<void> {
  await openMenu(page, "Share");
  await page.getByRole("button", { name }).click();
}

/** The link for a text. */
async function linkTo(text: string): Promise<string> {
  const { page } = await open({ text, permissions: CLIPBOARD });
  await share(page, "Copy a link");
  await notice(page, /^Copied a link/).waitFor();
  return copied(page);
}

/** The page as somebody finds it who follows a link. */
async function follow(link: string, options: Options = {}): Promise<Page> {
  const { page } = await open(options);
  await page.goto("about:blank");
  await page.goto(link);
  await page.locator(".notice").waitFor();
  return page;
}

test("a link brings both files to somebody else, and sends them nowhere", async () => {
  const { page, requests } = await open({ text: MENDABLE, permissions: CLIPBOARD });
  await put(page, { dockerignore: "*\n!app.py\n" });
  await reportOf(page);
  const before = requests.length;
  await share(page, "Copy a link");
  await notice(page, /^Copied a link of \d+ characters/).waitFor();
  equal(requests.length, before);
  const link = await copied(page);
  ok(link.startsWith(`${SITE.replace(/index\.html$/, "")}#1`), link);

  const other = await follow(link);
  equal(await textOf(other), MENDABLE);
  equal(await ignoreOf(other), "*\n!app.py\n");
});

test("a link stays in the address until its text is edited, and the draft stays until then", async () => {
  const link = await linkTo(MENDABLE);
  const page = await follow(link, { text: "FROM scratch\n" });
  await notice(page, /what the link holds/).waitFor();
  equal(page.url(), link);
  await page.goto(SITE);
  await waitForText(page, "FROM scratch\n");

  await page.goto("about:blank");
  await page.goto(link);
  await notice(page, /what the link holds/).waitFor();
  await write(page, `${MENDABLE}USER app\n`);
  equal(new URL(page.url()).hash, "");
  await page.reload();
  await waitForText(page, `${MENDABLE}USER app\n`);
});

test("the text of somebody who edits a link is set aside, and comes back also after a reload", async () => {
  const link = await linkTo(MENDABLE);
  const page = await follow(link, { text: "FROM mine:1\n" });
  await notice(page, /what the link holds/).waitFor();
  await write(page, `${MENDABLE}USER app\n`);
  await page.reload();
  await waitForText(page, `${MENDABLE}USER app\n`);
  await page.getByText("Examples", { exact: true }).click();
  await page.getByRole("button", { name: /What you wrote before.*FROM mine:1/ }).click();
  await waitForText(page, "FROM mine:1\n");
  // What was written on the link is not lost either.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("wrote before");
  await page.keyboard.press("Enter");
  await waitForText(page, `${MENDABLE}USER app\n`);
});

test("one step of undo brings back what a link took the place of", async () => {
  const link = await linkTo(MENDABLE);
  const { page } = await open({ text: "FROM scratch\n" });
  await page.evaluate((hash) => location.assign(hash), new URL(link).hash);
  await waitForText(page, MENDABLE);
  await page.getByRole("button", { name: "Undo" }).click();
  await waitForText(page, "FROM scratch\n");
});

test("a step back from a link brings back what was there before it, as a reload would", async () => {
  const link = await linkTo(MENDABLE);
  const { page } = await open({ text: "FROM scratch\n" });
  await page.evaluate((hash) => location.assign(hash), new URL(link).hash);
  await waitForText(page, MENDABLE);
  await page.goBack();
  await waitForText(page, "FROM scratch\n");
  await notice(page, "Showing your own text again").waitFor();
  await page.goForward();
  await waitForText(page, MENDABLE);
  equal(page.url(), link);
  await page.goBack();
  await page.reload();
  await waitForText(page, "FROM scratch\n");
});

test("the commands that are shown follow a link to another stage of the same file", async () => {
  const { page } = await open({ text: "FROM node:24 AS build\nRUN make\nFROM node:24\nCOPY --from=build /a /a\n", permissions: CLIPBOARD });
  const choose = async (target: string) => {
    await page.getByRole("tab", { name: /^Build$/ }).click();
    await page.getByLabel("Target").selectOption(target);
  };
  await choose("build");
  await share(page, "Copy a link");
  await notice(page, /^Copied a link/).waitFor();
  await choose("");
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await page.locator(".block pre").first().waitFor();
  equal(await page.locator(".block pre", { hasText: "--target build" }).count(), 0);
  await page.evaluate((hash) => location.assign(hash), new URL(await copied(page)).hash);
  await page.locator(".block pre", { hasText: "--target build" }).first().waitFor();
});

test("a damaged link says so and leaves the editor empty", async () => {
  const link = await linkTo(MENDABLE);
  for (const damaged of [link.slice(0, -5), `${SITE}#1%00<img>`, `${SITE}#1`]) {
    const page = await follow(damaged);
    match(await page.locator(".notice").innerText(), /This link is damaged/);
    equal(await textOf(page), "");
  }
  match(await (await follow(`${SITE}#9abc`)).locator(".notice").innerText(), /newer version/);
});

test("the name of a place in the page is no link", async () => {
  const { page } = await open();
  const text = await textOf(page);
  await page.evaluate(() => location.assign("#findings"));
  equal(await page.locator(".notice").count(), 0);
  equal(await textOf(page), text);
});

test("credentials stay behind, whatever is shared", async () => {
  const { page } = await open({ text: SECRETIVE, permissions: CLIPBOARD });
  await share(page, "Copy a link");
  await notice(page, /1 credential in it became REPLACE_ME/).waitFor();
  const link = await copied(page);
  equal(await textOf(await follow(link)), SECRETIVE.replace(SECRET, "REPLACE_ME"));
  for (const name of ["Download a report", "Download SARIF", "Download JSON"]) {
    const downloading = page.waitForEvent("download");
    await share(page, name);
    const text = readFileSync(await (await downloading).path(), "utf8");
    ok(text.includes("secret-value-in-dockerfile") && !text.includes(SECRET), name);
  }
  await share(page, "Copy as Markdown");
  await notice(page, /Copied as Markdown/).waitFor();
  ok(!(await copied(page)).includes(SECRET));
  equal(await textOf(page), SECRETIVE);
});

test("SARIF has the title of every rule, whether its explanation was there before or is still on its way", async () => {
  const { page } = await open({ text: "FROM debian:13\nRUN read -r name; cat $name\n" });
  await page.locator('[data-key="SC2086-1"]').waitFor();
  const arrival = gate();
  await page.context().route(/\/(shell-)?rules[^/]*\.json$/, (route) => arrival.opened.then(() => route.continue()));
  await page.locator(".finding-main").first().click();
  const downloading = page.waitForEvent("download");
  await share(page, "Download SARIF");
  arrival.open();
  const [run] = JSON.parse(readFileSync(await (await downloading).path(), "utf8")).runs;
  const rules: { id: string; shortDescription?: { text: string } }[] = run.tool.driver.rules;
  ok(rules.some(({ id }) => id === "SC2086"));
  deepEqual(rules.filter(({ shortDescription }) => shortDescription === undefined), []);
});

test("the Dockerfile can be taken along as it is", async () => {
  const { page } = await open({ text: "FROM alpine:3.23\r\n# caf\u00e9\r\n", permissions: CLIPBOARD });
  const downloading = page.waitForEvent("download");
  await share(page, "Download the Dockerfile");
  const download = await downloading;
  equal(download.suggestedFilename(), "Dockerfile");
  equal(readFileSync(await download.path(), "utf8"), "FROM alpine:3.23\r\n# caf\u00e9\r\n");
});

test("a finding is ignored with the comment that other tools heed too, and that can be undone", async () => {
  const { page } = await open({ text: MENDABLE });
  const report = await reportOf(page);
  const finding = report.findings.find(({ codes }) => codes.includes("DL3008"));
  ok(finding !== undefined, "apt-get installs without versions");
  const row = rowOf(page, report, finding);
  await row.locator(".finding-main").click();
  await row.getByRole("button", { name: "Ignore it here" }).click();
  await waitForText(page, MENDABLE.replace("RUN", "# hadolint ignore=DL3008\nRUN"));
  await notice(page, "Ignored with a comment").waitFor(); // as the button has it
  const after = await reportOf(page);
  equal(after.findings.some(({ codes }) => codes.includes("DL3008")), false);
  deepEqual(after.suppressed.map(({ rule }) => rule), [finding.rule]);
  await page.getByRole("button", { name: "Undo" }).click();
  await waitForText(page, MENDABLE);
});

test("what the fixes changed can be copied as the description of a pull request", async () => {
  const { page } = await open({ text: MENDABLE, permissions: CLIPBOARD });
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice .totals").waitFor();
  await page.getByText("What changed").click();
  await page.getByRole("button", { name: /pull request/ }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const text = await copied(page);
  match(text, /^Mends the Dockerfile: \d+ changes\. Its score goes from \d+ to \d+\.\n\n- Line \d+: /);
  ok(text.includes("(`copy-not-add`)"), text);
});
