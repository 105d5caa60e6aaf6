import { equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { open, reportOf, textOf, write } from "./site.ts";
import { passOver, seen, withWorkers } from "./workers.ts";

const GOOD = "FROM scratch\nMAINTAINER me\n";

test("a worker that is killed in mid-check is started again, and the text is kept", async () => {
  const { page } = await open({ before: withWorkers("vanishes", "# kill", 2) });
  await page.clock.install();
  const text = `${GOOD}# kill\n`;
  const answered = write(page, text);
  // The first time the shell checks are thought to hang, and the text is checked again without.
  for (const lost of [1, 2]) await passOver(page, lost);
  equal(await answered, null);
  await page.getByText("took longer than 10 seconds").waitFor();
  equal(await textOf(page), text);

  await page.getByRole("button", { name: "Check again" }).click();
  await page.locator(".finding").first().waitFor();
  ok((await reportOf(page)).findings.length > 0);
  equal((await seen(page)).made, 3);
});

test("a crash is met with a new worker and another try, and nobody notices", async () => {
  const { page } = await open({ before: withWorkers("dies", "# kill", 1) });
  ok(((await write(page, `${GOOD}# kill\n`))?.findings.length ?? 0) > 0);
  equal(await page.getByRole("alert").count(), 0);
  equal((await seen(page)).made, 2);
});

test("a text that crashes the checker twice is kept, and told of in a sentence", async () => {
  const { page } = await open({ before: withWorkers("dies", "# kill", 4) });
  const text = `${GOOD}# kill\n`;
  equal(await write(page, text), null);
  match(await page.getByRole("alert").innerText(), /stopped twice on this text/);
  equal(await textOf(page), text);
  ok(((await write(page, GOOD))?.findings.length ?? 0) > 0);
  equal(await page.getByRole("alert").count(), 0);
});

test("where workers are forbidden, the page checks by itself", async () => {
  const { page, faults } = await open({
    before: () => {
      globalThis.Worker = class {
        constructor() {
          throw new DOMException("forbidden", "SecurityError");
        }
      } as never;
    },
  });
  ok(((await write(page, GOOD))?.findings.length ?? 0) > 0);
  equal(faults.length, 0);
});

test("where storage is forbidden, the page works without", async () => {
  const { page, faults } = await open({
    before: () => {
      const refuse = () => {
        throw new DOMException("forbidden", "SecurityError");
      };
      Object.defineProperty(globalThis, "localStorage", { get: refuse });
    },
  });
  ok(((await write(page, GOOD))?.findings.length ?? 0) > 0);
  await page.locator(".theme-segments .segment").nth(2).click();
  equal(faults.length, 0);
});

test("where the engine cannot be fetched, a sentence says so, and trying again helps", async () => {
  const { page } = await open();
  await page.context().route("**/*.wasm", (route) => route.abort());
  await page.reload();
  await page.getByText("The checker could not be loaded.").waitFor();
  await page.context().unroute("**/*.wasm");
  await page.getByRole("button", { name: "Check again" }).click();
  await page.locator(".score .grade").waitFor();
});

const junk = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3)) % 256)).toString("utf8");

const hostile: Record<string, string> = {
  "an empty file": "",
  "blanks alone": " \t\r\n \u00a0\ufeff",
  "binary junk": junk,
  "lone surrogates": "FROM scratch\nLABEL a=\ud800 b=\udc00\n",
  "a line of 1 MB": `FROM scratch\nRUN ${"x ".repeat(500_000)}\n`,
  "a file of 5 MB": `FROM scratch\n${"ENV NAME=value\n".repeat(340_000)}`,
  "unclosed quotes and heredocs": "FROM scratch\nRUN echo \"a 'b\nCOPY <<EOF /a\nLABEL x=\"\n",
  "a continuation without an end": `FROM scratch\nRUN a ${"\\\n".repeat(20_000)}`,
  "substitutions nested 1,000 deep": `FROM debian:13\nRUN echo ${"$(".repeat(1000)}x${")".repeat(1000)}\n`,
  "subshells nested 1,000 deep": `FROM debian:13\nRUN ${"(".repeat(1000)}x${")".repeat(1000)}\n`,
  "substitutions never closed": `FROM debian:13\nRUN echo ${"$(".repeat(1000)}\n`,
  "ifs nested 1,000 deep": `FROM debian:13\nRUN ${"if a; then ".repeat(1000)}b${"; fi".repeat(1000)}\n`,
  "variables nested 1,000 deep": `FROM debian:13\nENV A=${"${a:-".repeat(1000)}x${"}".repeat(1000)}\n`,
};

for (const [name, text] of Object.entries(hostile)) {
  test(`${name}: an answer or a sentence, and the text is kept`, async () => {
    const { page } = await open();
    const report = await write(page, text);
    if (report === null) await page.getByRole("alert").waitFor();
    equal((await textOf(page)) === text, true);
    ok(((await write(page, GOOD))?.findings.length ?? 0) > 0, "the next text is checked as ever");
  });
}
