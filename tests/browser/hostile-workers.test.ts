// A worker that is killed, or hangs, in the middle of anything; and hosts that refuse WebAssembly. The text stays, and the person is told.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { type Snippet, pageOf, visit } from "./embedding.ts";
import { SITE, editor, findings, open, put, reportOf, textOf, visit as visitAlone, waitForText, write } from "./site.ts";
import { Host } from "./host.ts";
import { passOver, seen, withWorkers } from "./workers.ts";

const GOOD = "FROM alpine:latest\nMAINTAINER me\nRUN echo $HOME\n";

for (const [fate, times] of [["hangs", 1], ["dies", 2]] as const) {
  test(`a plan that ${fate} is told of where the build is shown; the findings stay, and it is there once it is asked for anew`, async () => {
    const { page } = await open({ before: withWorkers(fate, "simulate", times) });
    await write(page, GOOD);
    const { made } = await seen(page);
    await page.clock.install();
    await page.getByRole("tab", { name: /^Build$/ }).click();
    if (fate === "hangs") await passOver(page, 1);
    const stopped = page.locator("#result-panel .without-build");
    match(await stopped.innerText(), /did not come to an end with this text, and was stopped\. Findings and fixes work/);
    equal(await page.locator(".mishap, [role=alert]").count(), 0, "nothing is said to be wrong with the check");
    ok((await seen(page)).made > made, "there is another worker");
    equal(await textOf(page), GOOD);
    await page.getByRole("tab", { name: /^Findings/ }).click();
    ok((await findings(page).count()) > 0);
    // A later text is checked, and the build rests until somebody asks for it.
    ok(((await write(page, `${GOOD}USER 1\n`))?.findings.length ?? 0) > 0);
    await page.getByRole("tab", { name: /^Build$/ }).click();
    await stopped.getByRole("button", { name: "Try again" }).click();
    await page.locator(".step").first().waitFor();
  });
}

test("an advice that hangs is told of where it stands, and is there once it is asked for anew", async () => {
  const { page } = await open({ before: withWorkers("hangs", "advice", 1) });
  await page.clock.install();
  await write(page, GOOD);
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await passOver(page, 1);
  const stopped = page.locator("#result-panel .without-build");
  await stopped.getByRole("button", { name: "Try again" }).click();
  await page.locator(".advice").first().waitFor();
  equal(await textOf(page), GOOD);
});

test("fixes that take long are waited for in sight, and where they come to no end the findings stay", async () => {
  const { page } = await open({ before: withWorkers("hangs", "fixAll", 2) });
  await write(page, GOOD);
  const { length } = await findings(page).all();
  await page.clock.install();
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.clock.runFor(1000);
  await page.locator(".notice", { hasText: "Trying out which fixes go together" }).waitFor();
  await passOver(page, 1);
  await passOver(page, 2);
  await page.locator(".notice", { hasText: "took too long" }).waitFor();
  equal(await page.locator(".mishap").count(), 0);
  equal(await findings(page).count(), length);
  equal(await textOf(page), GOOD);
});

for (const [what, meant] of [["the shell module", "shell"], ["the build module", "build"]] as const) {
  test(`${what} that never comes up holds nothing else up, and is told of`, async () => {
    const { page } = await visitAlone(SITE, { before: withWorkers("hangs", meant, 1), prepare: (page) => page.clock.install() });
    await page.locator(".finding").first().waitFor();
    await passOver(page, 1);
    if (meant === "shell") {
      await page.locator(".without-shell").getByRole("button", { name: "Try again" }).click();
      await page.locator(".without-shell").waitFor({ state: "detached" });
      await put(page, { value: "FROM debian:13\nRUN echo $a\n" });
      await page.locator('[data-key^="SC2086"]').first().waitFor();
    } else {
      await page.getByRole("tab", { name: /^Build$/ }).click();
      const missing = page.locator("#result-panel .without-build");
      await missing.getByRole("button", { name: "Try again" }).click();
      await page.locator(".step").first().waitFor();
    }
  });
}

test("a check that hangs with the shell checks is done without them, which is told, and they come back when they are asked for", async () => {
  const { page } = await open({ before: withWorkers("hangs", "# hang", 1) });
  await page.clock.install();
  const text = `${GOOD}# hang\n`;
  const answered = write(page, text);
  await passOver(page, 1);
  ok(((await answered)?.findings.length ?? 0) > 0);
  match(await page.locator(".without-shell").innerText(), /Shell checks are unavailable/);
  equal(await textOf(page), text);
  await page.locator(".without-shell").getByRole("button", { name: "Try again" }).click();
  await page.locator(".without-shell").waitFor({ state: "detached" });
});

const block = (text: string) => `<pre><code class="language-dockerfile">${text}</code></pre>`;

test("of several snippets in a page the one whose check brings the worker down says so, and the others have their scores", async () => {
  const texts = ["FROM node:latest\n", "FROM node:22\n# kill\n", "FROM scratch\nCOPY a /a\n"];
  const { page } = await visit({ html: pageOf(texts.map(block).join("")), before: withWorkers("dies", "# kill", 2) });
  const snippets = page.locator("layerwise-playground");
  await snippets.nth(1).locator(".chip.broken").waitFor();
  for (const index of [0, 2]) await snippets.nth(index).locator(".chip b").waitFor();
  equal((await seen(page)).lost, 2);
  for (const [index, text] of texts.entries()) {
    equal(await snippets.nth(index).evaluate((snippet) => (snippet as Snippet).value.trimEnd()), text.trimEnd());
  }
  await snippets.nth(1).locator(".chip.broken").click();
  match(await snippets.nth(1).getByRole("alert").innerText(), /stopped twice on this text/);
  // It can be mended here, by the same page's checker.
  await snippets.nth(1).evaluate((snippet) => Object.assign(snippet, { value: "FROM node:22\n" }) && undefined);
  await snippets.nth(1).locator(".chip b").waitFor();
});

test("in a lesson a worker that hangs is told of, the learner's text stays, and the goals are judged once it is mended", async () => {
  const { page } = await visitAlone(`${SITE}learn.html`, { before: withWorkers("hangs", "# hang", 2) });
  await page.locator("main a[href*='#lesson/']").first().click();
  await page.locator(".goals[data-judged]").waitFor();
  await page.clock.install();
  const playground = page.locator("layerwise-playground");
  const text = `${GOOD}# hang\n`;
  await put(page, { value: text });
  await passOver(page, 1);
  await passOver(page, 2);
  await playground.getByText("took longer than 10 seconds").waitFor();
  equal(await textOf(page), text);
  await put(page, { value: GOOD });
  await page.locator(".goals[data-judged]").waitFor();
  equal(await playground.getByText("took longer than 10 seconds").count(), 0);
});

for (const [what, meant, times] of [["a build", "plan", 1], ["a check", "# hang", 2]] as const) {
  test(`in a lesson that is presented ${what} that hangs leaves the goals unjudged, and can be asked for anew`, async () => {
    const { page } = await visitAlone(`${SITE}learn.html#present/dependencies-first`, {
      before: withWorkers("hangs", meant, times),
      prepare: (page) => page.clock.install(),
    });
    if (meant === "# hang") {
      await page.locator(".goals[data-judged]").waitFor();
      await put(page, { value: `${GOOD}# hang\n` });
    }
    for (let lost = 1; lost <= times; lost += 1) await passOver(page, lost);
    await page.locator(".goals", { hasText: "nobody knows which goals are met" }).getByRole("button", { name: "Try again" }).click();
    await page.locator(".goals[data-judged]").waitFor();
    await page.locator(".goals-head", { hasText: /of \d+ goals met/ }).waitFor();
  });
}

/** Whether one can write, save and undo, though nothing is checked. */
async function works(page: Page): Promise<void> {
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("FROM mine");
  equal(await textOf(page), "FROM mine");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  equal((await saving).suggestedFilename(), "Dockerfile");
  await page.reload();
  await waitForText(page, "FROM mine");
}

function withoutPickers(): void {
  Object.assign(globalThis, { showSaveFilePicker: undefined });
}

test("in a browser without WebAssembly a sentence says so, and one can write, save and come back", async () => {
  const { page } = await visitAlone(SITE, {
    before: () => {
      Object.assign(globalThis, { WebAssembly: undefined, showSaveFilePicker: undefined });
    },
  });
  match(await page.locator("layerwise-playground").getByRole("alert").innerText(), /may run no WebAssembly.*Your text is unchanged/s);
  await works(page);
});

test("on a host whose policy refuses WebAssembly a sentence says so, in the playground and in a lesson, and one can write", async () => {
  const host = await Host.start();
  host.headers = { "content-security-policy": "script-src 'self' blob:" };
  const { page } = await visitAlone(host.site, { before: withoutPickers });
  match(await page.locator("layerwise-playground").getByRole("alert").innerText(), /may run no WebAssembly/);
  await works(page);
  await page.goto(`${host.site}learn.html`);
  await page.locator("main a[href*='#lesson/']").first().click();
  await page.locator("layerwise-playground").getByText("may run no WebAssembly").waitFor();
  await put(page, { value: "FROM mine" });
  equal(await textOf(page), "FROM mine");
});

test("an answer of another kind than was asked for is a failure, and no text is lost", async () => {
  const { page } = await open({
    before: () => {
      const Real = Worker;
      globalThis.Worker = class extends Real {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          Object.assign(globalThis, { theWorker: this });
        }
      };
    },
  });
  // Messages that no worker of ours sends.
  await page.evaluate(() => {
    const { theWorker } = globalThis as never as { theWorker: Worker };
    for (const data of [{ kind: "answer", id: 99, answer: null }, { kind: "answer", id: "__proto__", answer: { polluted: 1 } }, { kind: "crash", id: -1, reason: "x" }]) {
      theWorker.onmessage?.(new MessageEvent("message", { data }));
    }
  });
  ok(((await write(page, GOOD))?.findings.length ?? 0) > 0);
  deepEqual((await reportOf(page)).problems, []);
});
