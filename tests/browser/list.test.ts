import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { MENDABLE, findings, open, openMenu, reportOf, rowOf, waitForText, write } from "./site.ts";

test("a severity is hidden and shown with its chip, in the list and in the text", async () => {
  const { page } = await open({ text: MENDABLE });
  const report = await reportOf(page);
  const infos = report.findings.filter(({ severity }) => severity === "info").length;
  ok(infos > 0 && infos < report.findings.length, "the text has findings of more than one severity");
  const chip = page.locator(".chip", { hasText: "Info" });
  await chip.click();
  equal(await chip.getAttribute("aria-pressed"), "false");
  equal(await findings(page).count(), report.findings.length - infos);
  equal(await page.locator(".cm-lintRange-info").count(), 0);
  ok((await page.locator("#findings-title").innerText()).startsWith(`${report.findings.length - infos} of`));
  await chip.click();
  equal(await findings(page).count(), report.findings.length);
  ok((await page.locator(".cm-lintRange-info").count()) > 0);
});

test("when every severity is hidden, the page says how to show them", async () => {
  const { page } = await open({ text: MENDABLE });
  for (const chip of await page.locator(".chip").all()) await chip.click();
  equal(await findings(page).count(), 0);
  ok(await page.getByText("press a severity above").isVisible());
});

test("findings are put together by practice, rule and severity, the costliest first", async () => {
  const { page } = await open({ text: MENDABLE });
  const { findings: all, score } = await reportOf(page);
  const titles = () => page.locator(".group-head b").allInnerTexts();
  const choose = (grouping: string) => page.getByLabel("Group by").selectOption(grouping);

  await choose("practice");
  const practices = await titles();
  const names = new Map(score?.categories.map(({ id, title }) => [id, title]));
  deepEqual(new Set(practices), new Set(all.map(({ category }) => names.get(category) ?? "Style")));
  const points = practices.map((title) =>
    all.filter(({ category }) => names.get(category) === title).reduce((sum, finding) => sum + finding.points, 0),
  );
  deepEqual(points, [...points].sort((one, other) => other - one));
  equal(await findings(page).count(), all.length);

  await choose("severity");
  const wanted = ["error", "warning", "info", "style"].filter((name) => all.some(({ severity }) => severity === name));
  deepEqual((await titles()).map((title) => title.toLowerCase()), wanted);

  await choose("rule");
  await page.locator(".group-head").getByText("MAINTAINER").waitFor(); // its title, and not its id
  equal(await page.locator(".group").count(), new Set(all.map(({ rule }) => rule)).size);

  await choose("line");
  equal(await page.locator(".group-head").count(), 0);
});

test("the row under the pointer lights its place up, and only as long", async () => {
  const { page } = await open({ text: MENDABLE });
  const report = await reportOf(page);
  const finding = report.findings.find(({ rule }) => rule === "maintainer-deprecated");
  ok(finding);
  await rowOf(page, report, finding).hover();
  const { start, end } = finding.range;
  equal((await page.locator(".cm-spot").allInnerTexts()).join(""), MENDABLE.slice(start, end));
  await page.locator("#findings-title").hover();
  equal(await page.locator(".cm-spot").count(), 0);
});

test("an open row shows what its fix would change, whichever kind it is", async () => {
  const { page } = await open({ text: MENDABLE });
  await page.locator(".finding").filter({ hasText: "MAINTAINER" }).locator(".finding-main").click();
  const row = page.locator(".finding").filter({ has: page.locator(".explanation") });
  ok((await row.locator(".diff del").first().innerText()).includes("MAINTAINER"));
  ok((await row.locator(".diff ins").first().innerText()).includes("LABEL"));
  await row.getByRole("button", { name: "Apply" }).click();
  await page.locator(".notice").waitFor();
});

test("every example opens, is checked, and says what its title promises", async () => {
  const { page } = await open();
  await openMenu(page, "Examples");
  const titles = await page.locator(".menu[open] .example-title").allInnerTexts();
  await page.keyboard.press("Escape");
  ok(titles.length >= 8);
  for (const title of titles) {
    await openMenu(page, "Examples");
    await page.locator(".menu[open]").getByText(title, { exact: true }).click();
    const report = await reportOf(page);
    equal(report.fragment, title === "A snippet from a guide", title);
    equal(report.findings.length === 0, title === "Multi-stage, done well", title);
    ok(report.score, title);
  }
});

test("a file that is refused leads to its first fault", async () => {
  const { page } = await open({ text: "FROM scratch\nCOPPY a b\n" });
  await page.getByRole("button", { name: "Go to line 2" }).click();
  await page.keyboard.type("COPY"); // the fault is selected, and what is typed takes its place
  await waitForText(page, "FROM scratch\nCOPY a b\n");
});

test("an empty editor is no fault", async () => {
  const { page } = await open();
  await write(page, "\n");
  equal(await page.locator(".cm-lint-marker").count(), 0);
});
