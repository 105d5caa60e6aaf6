import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, faultsOf, findings, open, reachesOut, reportOf, rowOf, textOf, waitForText } from "./site.ts";

const IGNORING = MENDABLE.replace("RUN", "# hadolint ignore=DL3008,DL3015 for the demo\nRUN");

/** Opens the list of what is ignored and muted. */
async function openQuiet(page: Page): Promise<void> {
  await page.locator(".score-notes").getByRole("button", { name: "List them" }).click();
  await page.locator(".quiet ul").first().waitFor();
}

/** Mutes the first finding of a rule, or the rule, and returns the rule. */
async function mute(page: Page, name: "Mute it" | "Mute the rule", rule: string): Promise<void> {
  const report = await reportOf(page);
  const finding = report.findings.find((one) => one.rule === rule);
  ok(finding, `there is a finding of ${rule}`);
  const row = rowOf(page, report, finding);
  await row.locator(".finding-main").click();
  await row.locator(".explanation h4").waitFor(); // it comes above the button, which then stands elsewhere
  await row.getByRole("button", { name, exact: true }).click();
  await page.locator(".notice", { hasText: /^Muted/ }).waitFor();
}

test("what a comment ignores is counted beside the score, listed when asked with its comment, and taken back", async () => {
  const { page } = await open({ text: IGNORING });
  const { suppressed } = await reportOf(page);
  ok(suppressed.length >= 1);
  ok((await page.locator(".score-notes").innerText()).includes(`${suppressed.length} finding`));
  equal(await page.locator(".quiet ul").count(), 0);
  await openQuiet(page);
  const entries = page.locator(".quiet li");
  equal(await entries.count(), suppressed.length);
  ok((await entries.first().innerText()).includes("# hadolint ignore=DL3008,DL3015 for the demo"));

  const [first] = suppressed;
  ok(first);
  await entries.first().getByRole("button", { name: "Take it back" }).click();
  await page.locator(".notice", { hasText: "no longer ignored" }).waitFor();
  const after = await reportOf(page);
  ok(after.findings.some(({ rule }) => rule === first.rule));
  ok((await textOf(page)).includes("for the demo") || !(await textOf(page)).includes("hadolint"));
  await page.getByRole("button", { name: "Undo" }).click();
  await waitForText(page, IGNORING);
});

test("a comment goes as a whole when it names nothing else", async () => {
  const { page } = await open({ text: MENDABLE.replace("RUN", "# hadolint ignore=DL3008\nRUN") });
  await openQuiet(page);
  await page.locator(".quiet").getByRole("button", { name: "Take it back" }).click();
  await waitForText(page, MENDABLE);
});

test("a comment that says more than names is left to the person, who is told so", async () => {
  const text = "# check=skip=JSONArgsRecommended;error=true\nFROM alpine:3.23\nUSER 1000\nCMD a\n";
  const { page } = await open({ text });
  await openQuiet(page);
  await page.locator(".quiet").getByRole("button", { name: "Take it back" }).click();
  await page.locator(".notice", { hasText: "by hand" }).waitFor();
  await page.locator(".frame > [role=status]", { hasText: "by hand" }).waitFor({ state: "attached" });
  equal(await textOf(page), text);
});

test("a muted finding is neither listed nor underlined, counts all the same, and comes back", async () => {
  const { page } = await open({ text: MENDABLE });
  const before = await reportOf(page);
  const marks = await page.locator(".cm-lint-marker").count();
  await mute(page, "Mute it", "maintainer-deprecated");
  equal(await findings(page).count(), before.findings.length - 1);
  ok((await page.locator(".cm-lint-marker").count()) < marks);
  const after = await reportOf(page);
  equal(after.score?.total, before.score?.total);
  equal(await textOf(page), MENDABLE);
  ok((await page.locator(".score-notes").innerText()).includes("1 finding muted by you: counted all the same."));
  await openQuiet(page);
  await page.locator(".quiet").getByRole("button", { name: "Unmute" }).click();
  equal(await findings(page).count(), before.findings.length);
  equal(await page.locator(".cm-lint-marker").count(), marks);
  // What was said of it is no longer so.
  equal(await page.locator(".notice p").innerText(), "1 finding is no longer muted");
});

test("a muted rule is silent for all that it finds, until the page is loaded anew", async () => {
  const { page } = await open({ text: MENDABLE });
  const { findings: all } = await reportOf(page);
  const own = all.filter(({ rule }) => rule === "copy-not-add").length;
  ok(own > 1);
  await mute(page, "Mute the rule", "copy-not-add");
  equal(await findings(page).count(), all.length - own);
  ok((await page.locator(".score-notes").innerText()).includes(`${own} findings muted`));
  await page.reload();
  await page.locator(".findings").waitFor();
  await reportOf(page);
  equal(await findings(page).count(), all.length);
});

test("what is muted is not mended along with the rest", async () => {
  const { page } = await open({ text: MENDABLE });
  await mute(page, "Mute it", "maintainer-deprecated");
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice .totals").waitFor();
  const text = await textOf(page);
  ok(text.includes("MAINTAINER ops@example.org"), text);
  ok(text.includes("COPY app.py"), text);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the list of what is ignored and muted in ${colorScheme} colours`, async () => {
    const { page } = await open({ colorScheme, bypassCSP: true, text: IGNORING });
    await mute(page, "Mute the rule", "copy-not-add");
    await openQuiet(page);
    deepEqual(await faultsOf(page), []);
  });
}

test("the list of what is ignored and muted fits a narrow screen", async () => {
  const { page } = await open({ viewport: { width: 320, height: 700 }, text: IGNORING.replace("for the demo", "x".repeat(120)) });
  await openQuiet(page);
  equal(await reachesOut(page), false);
});
