import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { REVIEWABLE, copied, editor, faultsOf, open, reachesOut, reportOf, textOf, waitForText } from "./site.ts";
import { edited } from "../../web/src/edited.ts";

/** A Dockerfile with several fixes that a person must look at: each `ADD` may unpack what it takes. */
const SEVERAL = `FROM ubuntu:24.04
ADD data /srv/
USER 1000
ENV A=1
ADD more /opt/
ENV B=2
ADD rest /usr/
`;

const review = (page: Page) => page.locator("dialog.review");

async function reviewAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Review all \(\d+\)/ }).click();
  await review(page).locator(".cm-changedLine").first().waitFor();
}

/** The fixes for review of what is in the editor, in the order of the file. */
async function reviewable(page: Page) {
  const { findings } = await reportOf(page);
  return findings.flatMap(({ fix }) => (fix?.applicability === "review" ? [fix] : []));
}

test("all fixes for review are walked through in one view, and what is taken is one step of undo", async () => {
  const { page } = await open({ text: SEVERAL });
  const fixes = await reviewable(page);
  ok(fixes.length >= 3);
  const before = (await reportOf(page)).score?.total;
  await reviewAll(page);
  const parts = review(page).locator(".part-place");
  equal(await parts.count(), fixes.length);
  const apply = review(page).getByRole("button", { name: /^Apply/ });
  ok(await apply.isDisabled(), "nothing is taken before somebody has decided");

  await parts.nth(0).getByRole("button", { name: /^Take it/ }).click();
  await parts.nth(1).getByRole("button", { name: /^Leave it/ }).click();
  await parts.nth(2).getByRole("button", { name: /^Take it/ }).click();
  await review(page).getByText(/2 taken, 1 left/).waitFor();
  equal(await textOf(page), SEVERAL, "nothing is applied yet");
  await apply.click();
  const [first, , third] = fixes;
  ok(first && third);
  const wanted = edited(SEVERAL, [...first.edits, ...third.edits]);
  await waitForText(page, wanted);
  equal(await review(page).isVisible(), false);

  const notice = page.locator(".notice");
  await notice.getByText("\u2192").waitFor();
  const after = (await reportOf(page)).score?.total;
  const said = await notice.innerText();
  ok(said.includes("Applied 2 fixes, left\u00a01") && said.includes(`score ${before} \u2192 ${after}`), said);
  await notice.getByText("What was left, and why").click();
  ok(await notice.getByText("You left it:").isVisible());
  await notice.getByRole("button", { name: "Undo" }).click();
  await waitForText(page, SEVERAL);
});

test("what is taken is what the description of a pull request holds, with the reason", async () => {
  const { page } = await open({ text: SEVERAL, permissions: ["clipboard-read", "clipboard-write"] });
  await reviewAll(page);
  await review(page).locator(".part-place").nth(1).getByRole("button", { name: /^Take it/ }).click();
  await review(page).getByRole("button", { name: /^Apply/ }).click();
  await page.locator(".notice .totals").waitFor();
  await page.getByText("What changed").click();
  await page.getByRole("button", { name: /pull request/ }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const text = await copied(page);
  match(text, /^Mends the Dockerfile: 1 change\. Its score goes from \d+ to \d+\.\n\n- Line 5: .+\. .*more.* \(`copy-not-add`\)\.\n$/);
});

test("a decision changes the view at once, keeps the focus and can be taken back", async () => {
  const { page } = await open({ text: SEVERAL });
  await reviewAll(page);
  const part = review(page).locator(".part-place").first();
  const chunks = review(page).locator(".cm-deletedChunk");
  const before = await chunks.count();
  const leave = part.getByRole("button", { name: /^Leave it/ });
  await leave.focus();
  await page.keyboard.press("Enter");
  equal(await leave.getAttribute("aria-pressed"), "true");
  equal(await chunks.count(), before - 1);
  ok(await leave.evaluate((button) => button.matches(":focus")));
  await page.keyboard.press("Enter");
  equal(await leave.getAttribute("aria-pressed"), "false");
  equal(await chunks.count(), before);
  await review(page).getByRole("button", { name: "Take all" }).click();
  await review(page).getByText(`${before} taken`).waitFor();
  equal(await review(page).locator('.taken[aria-pressed="true"]').count(), before);
  await review(page).getByRole("button", { name: "Leave all" }).click();
  equal(await chunks.count(), 0);
});

test("all that is taken at once builds: fixes come whole, and none that breaks another", async () => {
  const text = 'FROM golang:1.18\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nEXPOSE 8080\nCMD ["/app"]\n';
  const { page } = await open({ text });
  await reviewAll(page);
  const stages = review(page).locator(".part", { hasText: "second stage" });
  ok((await stages.count()) >= 2, "this fix has several parts");
  await review(page).getByRole("button", { name: "Take all" }).click();
  await review(page).getByRole("button", { name: /^Apply [1-9]/ }).click();
  await page.locator(".notice").waitFor();
  const after = await textOf(page);
  ok(/^FROM golang:1\.26 AS build$/m.test(after) && after.includes("COPY --from=build"), after);
  ok(!after.includes("useradd"), after);
  deepEqual((await reportOf(page)).problems, []);
});

test("parts of a fix are decided about together, at any of them", async () => {
  const text = 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n';
  const { page } = await open({ text });
  await reviewAll(page);
  const leave = review(page).getByRole("button", { name: /^Leave its \d parts/ });
  const parts = await leave.count();
  ok(parts >= 2, `${parts}`);
  await leave.nth(1).click();
  equal(await leave.and(page.locator('[aria-pressed="true"]')).count(), parts);
});

test("lines of two fixes that come at one place are no conflict", async () => {
  const { page } = await open({ text: 'FROM python:3.14-slim\nCMD ["python3", "-m", "http.server"]\n' });
  await reviewAll(page);
  await review(page).getByText(/^0 taken, 0 left, [23] undecided$/).waitFor();
  await review(page).getByRole("button", { name: "Take all" }).click();
  await review(page).getByRole("button", { name: /^Apply [23]/ }).click();
  await page.locator(".notice").waitFor();
  ok(/ENV PYTHON[^]*\nUSER /.test(await textOf(page)), await textOf(page));
});

test("the next part that is not decided gets the focus", async () => {
  const { page } = await open({ text: SEVERAL });
  await reviewAll(page);
  await review(page).locator(".part-place").first().getByRole("button", { name: /^Take it/ }).click();
  await review(page).getByRole("button", { name: "Next undecided" }).click();
  const focused = review(page).locator("[data-part='1'] button:focus");
  await focused.waitFor();
});

test("Escape leaves everything as it is, and the focus comes back to where it was", async () => {
  const { page } = await open({ text: REVIEWABLE });
  const button = page.getByRole("button", { name: /^Review fix/ }).first();
  await button.click();
  await review(page).locator(".cm-deletedChunk").first().waitFor();
  await page.keyboard.press("Escape");
  await review(page).waitFor({ state: "hidden" });
  equal(await textOf(page), REVIEWABLE);
  ok(await button.evaluate((node) => node.matches(":focus")));
  await editor(page).click();
  await page.keyboard.type("#");
  ok((await textOf(page)).includes("#"), "the editor is the person's again");
});

test("where the view cannot be had, the changes are listed with the same choices", async () => {
  const { page } = await open({ text: SEVERAL });
  const scripts = /\/assets\/review\.[^/]*\.js$/;
  await page.context().route(scripts, (route) => route.abort());
  await page.getByRole("button", { name: /^Review all/ }).click();
  await review(page).getByText("could not be loaded").waitFor();
  equal(await review(page).locator(".parts .diff").count(), 3);
  await review(page).getByRole("button", { name: /^Take it/ }).first().click();
  await review(page).getByRole("button", { name: /^Apply/ }).click();
  await page.locator(".notice").waitFor();
  equal((await textOf(page)).includes("COPY data"), true);
});

test("a fix of a file with CR LF keeps them, in the view and in the text", async () => {
  const text = SEVERAL.replaceAll("\n", "\r\n");
  const { page } = await open({ text });
  await reviewAll(page);
  equal(await review(page).locator(".cm-deletedChunk").count(), (await reviewable(page)).length);
  await review(page).getByRole("button", { name: "Take all" }).click();
  await review(page).getByRole("button", { name: /^Apply [1-9]/ }).click();
  await page.locator(".notice").waitFor();
  equal((await textOf(page)).replaceAll("\r\n", "").search(/[\r\n]/), -1);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the review in ${colorScheme} colours`, async () => {
    const { page, faults } = await open({ colorScheme, bypassCSP: true, text: SEVERAL });
    await reviewAll(page);
    await review(page).locator(".part-place").first().getByRole("button", { name: /^Take it/ }).click();
    await review(page).locator(".part-place").nth(1).getByRole("button", { name: /^Leave it/ }).click();
    await review(page).getByText(/Score \d+|stays at/).waitFor();
    deepEqual(await faultsOf(page), []);
    deepEqual(faults, []);
  });
}

test("the review breaks no rule of the security policy and fits a narrow screen", async () => {
  const { page, faults } = await open({ viewport: { width: 320, height: 640 }, text: `${SEVERAL}ENV C=${"x".repeat(200)}\n` });
  await reviewAll(page);
  equal(await reachesOut(page), false);
  const { left, right } = await review(page).evaluate((dialog) => {
    const { left, right } = dialog.getBoundingClientRect();
    return { left, right };
  });
  ok(left >= 0 && right <= 320, `${left} to ${right}`);
  equal(await review(page).evaluate((dialog) => dialog.scrollWidth > dialog.clientWidth), false);
  deepEqual(faults, []);
});
