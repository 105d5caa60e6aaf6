// The blocks of Dockerfiles as generators of sites and their highlighters write them, and what becomes of them.

import { allReady, escaped, pageOf, visit } from "./embedding.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";

const TEXT = "FROM debian:13 AS base\n\nRUN echo \"<a>\" && \\\n    true";
const html = escaped(TEXT);
const lines = html.split("\n");

/** Each as the tool itself writes it, shortened where it repeats. */
const FORMS: Record<string, string> = {
  plain: `<pre><code class="language-dockerfile">${html}\n</code></pre>`,
  "plain, named docker": `<pre class="lang-docker">${html}</pre>`,
  "mdBook, with its buttons and attributes": `<pre><div class="buttons"><button class="clip-button" title="Copy to clipboard" aria-label="Copy"><i class="tooltiptext"></i></button></div><code class="language-dockerfile hljs ignore"><span class="hljs-keyword">FROM</span>${html.slice(4)}\n</code></pre>`,
  Docusaurus: `<div class="language-dockerfile codeBlockContainer_Ckt0 theme-code-block"><div class="codeBlockContent_QJqH"><pre tabindex="0" class="prism-code language-dockerfile codeBlock_bY9V thin-scrollbar"><code class="codeBlockLines_e6Vv">${lines.map((line) => `<span class="token-line" style="color:#393A34"><span class="token plain">${line}</span><br></span>`).join("")}</code></pre><div class="buttonGroup_M5ko"><button type="button" aria-label="Copy code to clipboard"><span aria-hidden="true"></span></button></div></div></div>`,
  "MkDocs Material": `<div class="language-dockerfile highlight"><pre id="__code_0"><span></span><nav class="md-code__nav"><button class="md-code__button" title="Copy to clipboard"></button></nav><code>${lines.map((line, index) => `<span id="__span-0-${index}"><a id="__codelineno-0-${index}" name="__codelineno-0-${index}" href="#__codelineno-0-${index}"></a>${line}\n</span>`).join("")}</code></pre></div>`,
  "MkDocs Material, with numbers of lines": `<div class="language-dockerfile highlight"><table class="highlighttable"><tbody><tr><td class="linenos"><div class="linenodiv"><pre><span></span><span class="normal">1</span>\n<span class="normal">2</span></pre></div></td><td class="code"><div><pre id="__code_1"><span></span><code>${html}\n</code></pre></div></td></tr></tbody></table></div>`,
  Hugo: `<div class="highlight"><pre tabindex="0" class="chroma"><code class="language-dockerfile" data-lang="dockerfile">${lines.map((line) => `<span class="line"><span class="cl">${line}\n</span></span>`).join("")}</code></pre></div>`,
  "Hugo, with a table of line numbers": `<div class="highlight"><div class="chroma"><table class="lntable"><tbody><tr><td class="lntd"><pre tabindex="0" class="chroma"><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre></td><td class="lntd"><pre tabindex="0" class="chroma"><code class="language-dockerfile" data-lang="dockerfile">${html}</code></pre></td></tr></tbody></table></div></div>`,
  Sphinx: `<div class="highlight-dockerfile notranslate"><div class="highlight"><pre><span></span><span class="k">FROM</span>${html.slice(4)}\n</pre></div></div>`,
  "Jekyll, with Rouge": `<div class="language-dockerfile highlighter-rouge"><div class="highlight"><pre class="highlight"><code><span class="k">FROM</span>${html.slice(4)}\n</code></pre></div></div>`,
  "Jekyll, with its highlight tag": `<figure class="highlight"><pre><code class="language-dockerfile" data-lang="dockerfile">${html}</code></pre></figure>`,
  "VitePress and Shiki": `<div class="language-dockerfile vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">dockerfile</span><pre class="shiki vp-code" tabindex="0"><code>${lines.map((line) => `<span class="line"><span>${line}</span></span>`).join("\n")}</code></pre></div>`,
  "Starlight and Expressive Code": `<div class="expressive-code"><figure class="frame"><pre data-language="dockerfile"><code>${lines.map((line) => `<div class="ec-line"><div class="code"><span>${line}</span></div></div>`).join("")}</code></pre></figure></div>`,
};

test("every generator's form of a block becomes one snippet with exactly its text, of exactly its height", async () => {
  const style = `<style>pre { padding: 12px; margin: 16px 0; font-size: 14px } code { font: 14px/20px monospace }</style>`;
  const body = Object.values(FORMS).map((form) => `<section>${form}</section>`).join("");
  const script = `${style}<script type="module" src="{embed}" data-upgrade></script>`;
  const { page } = await visit({ html: pageOf(body, script) });
  const { page: bare } = await visit({ html: pageOf(body, style) });
  await allReady(page);
  const found = await page.locator("section").evaluateAll((all) => all.map((section) => [...section.querySelectorAll("layerwise-playground")].map((snippet) => snippet.value)));
  deepEqual(Object.fromEntries(Object.keys(FORMS).map((name, index) => [name, found[index]])), Object.fromEntries(Object.keys(FORMS).map((name) => [name, [TEXT]])));
  const heights = (where: typeof page) => where.locator("section").evaluateAll((all) => all.map((section) => section.getBoundingClientRect().height));
  deepEqual(await heights(page), await heights(bare));
  const seen = await page.evaluate(() => [...document.querySelectorAll("section pre")].filter((pre) => pre.getClientRects().length > 0).length);
  equal(seen, 0, "what was there is hidden");
});

test("the buttons of a block have room, also where that had one line and no padding", async () => {
  const style = `<style>pre { padding: 0; margin: 0 } code { font: 14px/16px monospace }</style>`;
  const body = `<pre><code class="language-dockerfile">FROM debian:13</code></pre>`;
  const { page } = await visit({ html: pageOf(body, `${style}<script type="module" src="{embed}" data-upgrade></script>`) });
  await allReady(page);
  const snippet = await page.locator("layerwise-playground").boundingBox();
  const buttons = await page.locator("layerwise-playground button").all();
  equal(buttons.length, 2);
  for (const button of buttons) {
    const box = await button.boundingBox();
    ok(snippet && box && box.y >= snippet.y && box.y + box.height <= snippet.y + snippet.height, `${JSON.stringify([snippet, box])}`);
  }
});

test("blocks of other languages, blocks that are left out, and what can be edited stay as they were", async () => {
  const others = [
    `<pre><code class="language-bash">FROM x</code></pre>`,
    `<pre><code>FROM x</code></pre>`,
    `<pre><code class="language-dockerfile-like">FROM x</code></pre>`,
    `<div data-layerwise="off"><pre><code class="language-dockerfile">FROM x</code></pre></div>`,
    `<pre><code class="language-dockerfile no-layerwise">FROM x</code></pre>`,
    `<pre><code class="language-dockerfile layerwise-off">FROM x</code></pre>`,
    `<div class="no-layerwise language-dockerfile highlight"><pre><code>FROM x</code></pre></div>`,
    `<pre contenteditable><code class="language-dockerfile">FROM x</code></pre>`,
    `<div class="language-docker-compose highlight"><pre>services:</pre></div>`,
    `<div class="language-dockerfile"><pre>one</pre><pre>two</pre></div>`,
  ];
  const { page } = await visit({ html: pageOf(`${others.join("")}<pre><code class="language-dockerfile">FROM last</code></pre>`) });
  await allReady(page);
  deepEqual(await page.locator("layerwise-playground").evaluateAll((all) => all.map((snippet) => (snippet as HTMLElement & { value: string }).value)), ["FROM last"]);
});

test("a caption that stands in a block's frame is still there, and what a tag or block says is heeded", async () => {
  const block = `<div class="language-dockerfile highlight"><span class="filename">api/Dockerfile</span><pre data-view="split" data-ignore="DL3007"><code>FROM node:latest\n</code></pre></div>`;
  const { page } = await visit({ html: pageOf(block, `<script type="module" src="{embed}" data-upgrade data-readonly data-ignore="no-such"></script>`) });
  await allReady(page);
  equal(await page.getByText("api/Dockerfile").isVisible(), true);
  const snippet = page.locator("layerwise-playground");
  deepEqual(await snippet.evaluate((one) => ["view", "ignore", "readonly"].map((name) => one.getAttribute(name))), ["split", "DL3007", ""]);
});

test("a page that a site brings later is upgraded too, and one that it draws anew loses no block", async () => {
  const { page } = await visit({ html: pageOf(`<div id="here">${FORMS["plain"]}</div>`) });
  await allReady(page);
  await page.evaluate(() => {
    const here = document.querySelector("#here");
    const block = here?.querySelector("pre")?.cloneNode(true) as HTMLElement;
    block.removeAttribute("style");
    delete block.dataset["layerwise"];
    here?.replaceChildren(block);
  });
  await page.waitForFunction(() => document.querySelectorAll("#here > layerwise-playground").length === 1);
  await page.evaluate(() => document.querySelector("#here > layerwise-playground")?.remove());
  await page.waitForFunction(() => document.querySelectorAll("#here > layerwise-playground").length === 1);
  equal(await page.locator("#here > *").count(), 2);
});
