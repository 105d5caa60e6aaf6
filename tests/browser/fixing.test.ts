import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { MENDABLE, REVIEWABLE, firstSafe, open, reportOf, rowOf, textOf, waitForText } from "./site.ts";
import { edited } from "../../web/src/edited.ts";

test("a safe fix is applied with one click, and undone with one", async () => {
  const { page } = await open({ text: MENDABLE });
  const report = await reportOf(page);
  const { finding, fix } = firstSafe(report);
  await rowOf(page, report, finding).getByRole("button", { name: /^Fix/ }).click();
  await waitForText(page, edited(MENDABLE, fix.edits));
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await waitForText(page, MENDABLE);
});

test("a fix for review is shown before it is applied", async () => {
  const { page } = await open({ text: REVIEWABLE });
  const report = await reportOf(page);
  const finding = report.findings.find(({ fix }) => fix?.applicability === "review");
  ok(finding?.fix, "the text has a finding with a fix for review");
  const row = rowOf(page, report, finding);
  await row.getByRole("button", { name: /^Review fix/ }).click();
  equal(await textOf(page), REVIEWABLE);
  const review = page.locator("dialog.review");
  await review.locator(".cm-deletedChunk").first().waitFor();
  ok((await review.locator(".cm-changedLine").first().innerText()).includes("COPY"));
  await review.getByRole("button", { name: "Apply" }).click();
  await waitForText(page, edited(REVIEWABLE, finding.fix.edits));
});

test("a fix for review can be left", async () => {
  const { page } = await open({ text: REVIEWABLE });
  await page.getByRole("button", { name: /^Review fix/ }).first().click();
  await page.getByRole("button", { name: "Leave it" }).click();
  await page.locator("dialog.review").waitFor({ state: "hidden" });
  equal(await page.locator(".fix-preview").count(), 0);
  equal(await textOf(page), REVIEWABLE);
});

test("all safe fixes are one step of undo, and the score before and after is told", async () => {
  const { page } = await open({ text: MENDABLE });
  const before = (await reportOf(page)).score?.total;
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  const notice = page.locator(".notice");
  await notice.getByText("\u2192").waitFor();
  const { score, findings } = await reportOf(page);
  ok((score?.total ?? 0) > (before ?? 0));
  deepEqual(findings.filter(({ fix }) => fix?.applicability === "safe"), []);
  ok((await notice.innerText()).includes(`score ${before} \u2192 ${score?.total}`));
  await page.keyboard.press("ControlOrMeta+Z");
  await waitForText(page, MENDABLE);
});

test("a fix is applied where the place is now, however fast one typed", async () => {
  const { page } = await open({ text: MENDABLE });
  const report = await reportOf(page);
  const { finding, fix } = firstSafe(report);
  const button = rowOf(page, report, finding).getByRole("button", { name: /^Fix/ });
  await button.evaluate((node) => {
    const playground = document.querySelector("layerwise-playground");
    if (playground === null) return;
    playground.value = `# one more line\n${playground.value}`;
    (node as HTMLElement).click(); // before any check of the new text can have answered
  });
  await waitForText(page, `# one more line\n${edited(MENDABLE, fix.edits)}`);
});

test("typing after a fix takes the notice away", async () => {
  const { page } = await open({ text: MENDABLE });
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice").waitFor();
  await page.getByRole("textbox", { name: "Dockerfile" }).click();
  await page.keyboard.type("#");
  await page.locator(".notice").waitFor({ state: "detached" });
});

test("fixes keep the line endings of the file", async () => {
  const { page } = await open({ text: MENDABLE.replaceAll("\n", "\r\n") });
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice").waitFor();
  await reportOf(page);
  const text = await textOf(page);
  equal(text.replaceAll("\r\n", "").search(/[\r\n]/), -1);
});

test("all safe fixes of one rule are applied at once, and those of others are not", async () => {
  const { page } = await open({ text: MENDABLE });
  const report = await reportOf(page);
  const finding = report.findings.find(({ rule }) => rule === "copy-not-add");
  ok(finding);
  const row = rowOf(page, report, finding);
  await row.locator(".finding-main").click();
  await row.getByRole("button", { name: "Fix all 2 of this rule" }).click();
  await waitForText(page, MENDABLE.replaceAll("ADD", "COPY"));
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click();
  await waitForText(page, MENDABLE);
});
