// The shell checks are a module of their own, which comes after the first result.

import { equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { type Opened, open, reportOf, write } from "./site.ts";

/** A script to look at, and something else to find. */
const SCRIPT = "FROM debian:13\nRUN read -r name; cat $name\nADD notes.txt /srv/\n";

const codesOf = (report: { findings: readonly { rule: string }[] } | null) =>
  report?.findings.map(({ rule }) => rule).filter((rule) => /^SC\d{4}$/.test(rule));

const nested = (open: string, close: string) => `FROM debian:13\nRUN echo ${open.repeat(1000)}x${close.repeat(1000)}\n`;

async function withoutModule(): Promise<Opened> {
  const opened = await open();
  await opened.page.context().route("**/shell_bg*.wasm", (route) => route.fulfill({ status: 404 }));
  await opened.page.reload();
  await opened.page.locator(".score .grade").waitFor();
  return opened;
}

test("findings about scripts are among the others, with a fix that wants review", async () => {
  const { page, faults } = await open({ text: SCRIPT });
  const report = await reportOf(page);
  const finding = report.findings.find(({ rule }) => rule === "SC2086");
  ok(finding, "there is one for the variable without quotes");
  equal(SCRIPT.slice(finding.range.start, finding.range.end), "$name");
  equal(finding.category, "shell");
  equal(finding.fix?.applicability, "review");
  await page.locator('[data-key="SC2086-1"]').waitFor();
  equal(faults.length, 0);
});

test("the score is the same with and without them", async () => {
  const text = "FROM debian:13\nRUN [ \"$A\" == b ] && cat $name\nRUN cd /srv; make\n";
  const { page } = await withoutModule();
  const without = await write(page, text);
  await page.context().unroute("**/shell_bg*.wasm");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator('[data-key="SC3014-1"]').waitFor();
  const report = await reportOf(page);
  equal(codesOf(without)?.length, 0);
  ok((codesOf(report)?.length ?? 0) > 0);
  equal(report.score?.total, without?.score?.total);
  equal(report.score?.grade, without?.score?.grade);
});

test("without the module a sentence says so, all else works, and it can be fetched again", async () => {
  const { page } = await withoutModule();
  const report = await write(page, SCRIPT);
  ok((report?.findings.length ?? 0) > 0);
  equal(codesOf(report)?.length, 0);
  match(await page.locator(".without-shell").innerText(), /Shell checks are unavailable/);
  await page.context().unroute("**/shell_bg*.wasm");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator('[data-key="SC2086-1"]').waitFor();
  equal(await page.locator(".without-shell").count(), 0);
});

test("an open row stays open when the findings about scripts arrive", async () => {
  const opened = await withoutModule();
  const { page } = opened;
  await write(page, SCRIPT);
  const row = page.locator(".finding").first();
  const key = await row.getAttribute("data-key");
  await row.locator(".finding-main").click();
  await page.locator(".explanation").waitFor();
  await page.context().unroute("**/shell_bg*.wasm");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator('[data-key="SC2086-1"]').waitFor();
  equal(await page.locator(`[data-key="${key}"] .explanation`).count(), 1);
});

test("where workers are forbidden, scripts are looked at all the same", async () => {
  const { page } = await open({
    before: () => {
      globalThis.Worker = class {
        constructor() {
          throw new DOMException("forbidden", "SecurityError");
        }
      } as never;
    },
  });
  ok(codesOf(await write(page, SCRIPT))?.includes("SC2086"));
});

for (const [name, text] of Object.entries({
  "substitutions": nested("$(", ")"),
  "backticks": nested("`", "`"),
  "quoted substitutions": nested('"$(', ')"'),
  "defaults of variables": nested("${a:-", "}"),
  "arithmetic": nested("$((", "))"),
  "groups": nested("{ ", "; }"),
  "subshells": nested("(", ")"),
  "conditions": nested("if ", "; then a; fi"),
  "loops": nested("while ", "; do a; done"),
  "cases": nested("case a in a) ", ";; esac"),
  "tests": nested("[[ ( ", " ) ]]"),
  "functions": nested("f() { ", "; }"),
  "timed commands": nested("time ", ""),
  "coprocesses": nested("coproc ", ""),
  "process substitutions": nested("cat <(", ")"),
})) {
  test(`${name} nested 1,000 deep do not bring the shell module down`, async () => {
    const { page, faults } = await open();
    const deep = await write(page, text.replace("debian", "fedora"));
    ok(deep !== null, "there is a report");
    ok(codesOf(await write(page, SCRIPT))?.includes("SC2086"), "the next script is looked at as ever");
    equal(await page.locator(".without-shell").count(), 0);
    equal(faults.length, 0);
  });
}
