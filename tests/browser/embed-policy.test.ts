// What a page must allow, and what happens where it does not: `embedding.html` says these sentences.

import { type Snippet, allReady, pageOf, visit } from "./embedding.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";

const BLOCK = `<pre id="block"><code class="language-dockerfile">FROM node:latest\nRUN npm i</code></pre>`;

/** The whole policy that `embedding.html` gives, but for what is left out or said otherwise. `{site}` has no place in a header, so hosts are named by scheme. */
function policy(other: Record<string, string> = {}): Record<string, string> {
  const lines = {
    "default-src": "'none'",
    "img-src": "data:",
    "script-src": "http://localhost:* 'wasm-unsafe-eval'",
    "connect-src": "http://localhost:*",
    "worker-src": "blob:",
    "require-trusted-types-for": "'script'",
    "trusted-types": "layerwise",
    ...other,
  };
  return { "content-security-policy": Object.entries(lines).map(([name, value]) => `${name} ${value}`).join("; ") };
}

test("with the lines that are listed, and no others, all of it works: the editor as well, and no violation is told of", async () => {
  const { page, faults } = await visit({ html: pageOf(BLOCK), headers: policy() });
  await allReady(page);
  await page.locator("layerwise-playground").evaluate((snippet) => (snippet as Snippet).edit());
  await page.locator(".cm-content .tok-keyword").first().waitFor();
  deepEqual(faults, []);
});

test("the policy that is there to be copied is enough", async () => {
  const { page: guide, host } = await visit({ html: pageOf("", "<!-- -->") });
  await guide.goto(`${host.site}embedding.html`);
  const written = await guide.getByLabel("A security policy").textContent();
  const lines = written?.replace(/\s+/g, " ").replaceAll("https://where Layerwise is", "http://localhost:*") ?? "";
  const { page, faults } = await visit({ html: pageOf(BLOCK), headers: { "content-security-policy": `default-src 'none'; img-src data:; ${lines}` } });
  await allReady(page);
  await page.locator("layerwise-playground").evaluate((snippet) => (snippet as Snippet).edit());
  await page.locator(".cm-content .tok-keyword").first().waitFor();
  deepEqual(faults, []);
});

for (const [name, other] of Object.entries({ "worker-src": { "worker-src": "'none'" }, "the trusted type": { "trusted-types": "another" } })) {
  test(`without ${name} checks run in the page, and everything works`, async () => {
    const { page } = await visit({ html: pageOf(BLOCK), headers: policy(other) });
    await allReady(page);
    ok(await page.locator(".tok-keyword").first().isVisible());
  });
}

for (const [name, other] of Object.entries({ "'wasm-unsafe-eval'": { "script-src": "http://localhost:*" }, "connect-src": { "connect-src": "'none'" } })) {
  test(`without ${name} the text is there without colours, says so, and can be edited`, async () => {
    const { page } = await visit({ html: pageOf(BLOCK), headers: policy(other) });
    const snippet = page.locator("layerwise-playground");
    await snippet.locator(".chip.broken").click();
    await snippet.getByRole("alert").waitFor();
    equal(await snippet.locator(".code").textContent(), "FROM node:latest\nRUN npm i");
    await snippet.getByRole("button", { name: "Edit this Dockerfile here" }).click();
    await snippet.locator(".cm-content").waitFor();
  });
}

test("where the script may not run, or its host does not let other origins read it, every block stays as it was", async () => {
  for (const kind of [{ headers: policy({ "script-src": "'self'" }) }, { ours: {} }]) {
    const { page } = await visit({ html: pageOf(BLOCK), ...kind });
    await page.waitForLoadState("load");
    ok(await page.locator("#block").isVisible());
    equal(await page.locator("layerwise-playground").count(), 0);
  }
});

test("a page that isolates itself from other origins shows snippets as any page does", async () => {
  const { page } = await visit({ html: pageOf(BLOCK), headers: { "cross-origin-embedder-policy": "require-corp", "cross-origin-opener-policy": "same-origin" } });
  await allReady(page);
  ok(await page.locator(".chip b").isVisible());
});
