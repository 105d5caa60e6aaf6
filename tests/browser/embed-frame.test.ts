// Snippets in frames, for hosts that allow no script, and the page that writes the lines for a host.

import { allReady, pageOf, visit } from "./embedding.ts";
import { element, withHeight } from "../../web/src/embed/written.ts";
import { faultsOf } from "./site.ts";
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { encode } from "../../web/src/share/link.ts";
import type { Page } from "playwright-core";
import { test } from "node:test";

const link = (dockerfile: string) => encode({ dockerfile, dockerignore: "", target: "" });

async function framed(attributes: string, query = "", script = `<script defer src="{site}frame-size.js"></script>`) {
  const address = `{site}embed.html?view=editor${query}${await link("FROM node:latest\nRUN npm i\nRUN npm test\nCMD npm start")}`;
  return visit({ html: pageOf(`<iframe data-layerwise title="A Dockerfile" src="${address}" style="height: 300px" ${attributes}></iframe>`, script) });
}

test("a frame in a sandbox has its colours and its score, keeps nothing, and sends its text to nobody", async () => {
  const { page, host, faults, requests } = await framed(`sandbox="allow-scripts"`);
  const frame = page.frameLocator("iframe");
  await frame.locator(".chip b").waitFor();
  equal(await frame.locator(".code").textContent(), "FROM node:latest\nRUN npm i\nRUN npm test\nCMD npm start");
  ok((await frame.locator(".tok-keyword").count()) >= 4);
  ok(requests.every((address) => !decodeURIComponent(new URL(address).search).includes("npm")));
  ok(host.asked.some((path) => path.includes("engine_bg")));
  deepEqual(faults, []);
});

for (const sandbox of [`sandbox="allow-scripts"`, ""]) {
  test(`a frame gets the height of what is in it, ${sandbox === "" ? "without" : "in"} a sandbox, and grows when its findings are shown`, async () => {
    const { page } = await framed(sandbox);
    const frame = page.frameLocator("iframe");
    await frame.locator(".chip b").waitFor();
    const isSized = () => page.waitForFunction(() => {
      const height = document.querySelector("iframe")?.getBoundingClientRect().height ?? 300;
      return height > 40 && height < 200;
    });
    await isSized();
    await frame.locator(".corner .chip").click();
    await page.waitForFunction(() => (document.querySelector("iframe")?.getBoundingClientRect().height ?? 0) > 250);
  });
}

test("the score alone is whole in a frame of the height that the configurator writes", async () => {
  const address = `{site}embed.html?view=badge${await link("FROM node:latest\n")}`;
  const { page } = await visit({ html: pageOf(`<iframe title="A score" src="${address}" style="height: 28px; border: 0"></iframe>`, "<!-- -->") });
  await page.frameLocator("iframe").locator(".chip b").waitFor();
  const { top, bottom } = await page.frameLocator("iframe").locator("layerwise-playground").evaluate((snippet) => {
    const { top, bottom } = snippet.getBoundingClientRect();
    return { top, bottom };
  });
  ok(top >= 0 && bottom <= 28, `it lies from ${top} to ${bottom}`);
});

test("a frame answers only the page around, and only from the origin that its address names", async () => {
  const { page } = await framed("", "&origin=https://elsewhere.example", "<!-- -->");
  await page.frameLocator("iframe").locator(".chip b").waitFor();
  const answers = await page.evaluate(async () => {
    const answers: unknown[] = [];
    addEventListener("message", ({ data }) => answers.push(data));
    const frame = document.querySelector("iframe")?.contentWindow;
    frame?.postMessage({ layerwise: "size?" }, "*");
    // A second question that is answered by the browser itself, after the first.
    const channel = new MessageChannel();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => { channel.port1.onmessage = resolve; channel.port2.postMessage(turn); });
    await new Promise(requestAnimationFrame);
    return answers;
  });
  deepEqual(answers, []);
});

test("the page around heeds no height that comes from anywhere but the frame's own origin", async () => {
  const { page } = await visit({ html: pageOf(`<iframe data-layerwise title="x" srcdoc="<script>parent.postMessage({ layerwise: 'size', height: 77 }, '*'); parent.postMessage('done', '*')</script>" src="{site}embed.html" style="height: 300px"></iframe>`, `<script>addEventListener("message", ({ data }) => { if (data === "done") document.body.dataset.done = "" })</script><script src="{site}frame-size.js"></script>`) });
  await page.locator("body[data-done]").waitFor();
  equal(await page.locator("iframe").evaluate((frame) => frame.style.height), "300px");
});

test("a damaged link says so in the frame", async () => {
  const { page } = await visit({ html: pageOf(`<iframe title="x" src="{site}embed.html#1abc"></iframe>`, "<!-- -->") });
  match((await page.frameLocator("iframe").locator(".code").textContent()) ?? "", /^# .+/);
});

test("what the configurator writes has its height from the first moment on, in a narrow page and in a wide one", async () => {
  const long = Array.from({ length: 40 }, (_, index) => `RUN echo ${index} ${"and on ".repeat(20)}`).join("\n");
  const kinds: Record<string, string>[] = [{}, { view: "findings" }, { height: "120" }, { height: "60" }, { view: "findings", height: "90" }];
  const elements = kinds.flatMap((attributes) => ["FROM a", long].map((text) => element(withHeight({ text, attributes }), "{site}")));
  const columns = [360, 900].map((width) => `<div style="width: ${width}px">${elements.join("")}</div>`).join("");
  const html = pageOf(columns, "<style>pre { padding: 20px; font: 20px/2 monospace }</style>");
  const heights = (page: Page) => page.locator("layerwise-playground").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  const bare = await heights((await visit({ html, javaScriptEnabled: false })).page);
  const { page } = await visit({ html });
  await allReady(page);
  deepEqual(await heights(page), bare);
  deepEqual(bare.slice(0, 10), [272, 480, 208, 208, 120, 120, 60, 60, 90, 90]);
  const cut = await page.locator("layerwise-playground .panel").evaluateAll((panels) => panels.filter((panel) => panel.getBoundingClientRect().bottom > (panel.parentElement?.getBoundingClientRect().bottom ?? 0) + 1).length);
  equal(cut, 0, "findings that are longer than their place can be scrolled to the end");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the configurator shows what it writes, and axe finds nothing there, ${colorScheme}`, async () => {
    const { page, host, faults } = await visit({ html: pageOf("", "<!-- -->"), colorScheme, bypassCSP: true });
    await page.goto(`${host.site}configure.html`);
    await allReady(page);
    await page.getByLabel("View").selectOption("editor");
    await page.getByLabel("What you expect of it").fill("raises: DL3007");
    const lines = page.locator(".lines code");
    await page.waitForFunction(() => document.querySelector(".lines code")?.textContent?.includes("raises: DL3007"));
    match((await lines.textContent()) ?? "", /<layerwise-playground view="editor" expect="raises: DL3007" style="display: block"><pre>/);
    await allReady(page);
    match(await page.getByLabel("Dockerfile", { exact: true }).first().evaluate((field) => getComputedStyle(field).fontFamily), /mono/);
    deepEqual(await faultsOf(page), []);
    const [before] = (await lines.textContent())?.split("<pre>") ?? [];
    for (const [name, value] of Object.entries({ enable: "copy-not-add/any", ignore: "DL3008", target: "build", label: "An image", height: "300" })) await page.locator(`[name=${name}]`).fill(value);
    for (const name of ["fragment", "readonly"]) await page.locator(`[name=${name}]`).check();
    const all = `view="editor" readonly enable="copy-not-add/any" ignore="DL3008" target="build" fragment="no" expect="raises: DL3007" height="300" label="An image"`;
    await page.waitForFunction((all) => document.querySelector(".lines code")?.textContent?.includes(all), all);
    equal(await page.locator(".unknown").textContent(), "");
    await page.locator("[name=ignore]").fill("DL3008, no-such-rule");
    await page.getByText("no-such-rule is neither a rule").waitFor();
    await page.locator("[name=ignore]").fill("DL3008");
    await page.locator(".unknown").getByText("no-such-rule").waitFor({ state: "detached" });
    await page.locator("[name=height]").fill("99999");
    await page.locator("[name=text]").fill("FROM a\n\n");
    await page.waitForFunction(() => /label="An image" style="display: block"><pre>\nFROM a\n<\/pre>/.test(document.querySelector(".lines code")?.textContent ?? ""));
    await page.locator("form").evaluate((form) => (form as HTMLFormElement).reset());
    await page.getByLabel("View").selectOption("editor");
    await page.getByLabel("What you expect of it").fill("raises: DL3007");
    await page.waitForFunction((before) => document.querySelector(".lines code")?.textContent?.startsWith(before ?? ""), before);
    await page.getByLabel("How it stands in the page").selectOption("frame");
    await page.frameLocator(".preview iframe").locator(".chip b").waitFor();
    match((await lines.textContent()) ?? "", /<iframe data-layerwise src="http[^"]+embed\.html\?view=editor&amp;expect=[^"]+#1[^"]+" sandbox="allow-scripts"/);
    deepEqual(faults, []);
    await page.goto(`${host.site}embedding.html`);
    deepEqual(await faultsOf(page), []);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const name of ["configure.html", "embedding.html"]) {
        await page.goto(`${host.site}${name}`);
        equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name} at ${width}`);
        const spoilt = await page.evaluate(() => [
          ...[...document.querySelectorAll(".wide:has(table)")].filter((place) => place.scrollWidth > place.clientWidth).map(() => "a table is cut"),
          ...[...document.querySelectorAll("th code")].filter((code) => /^\w+$/.test(code.textContent ?? "") && code.getClientRects().length > 1).map((code) => `${code.textContent} is broken`),
        ]);
        deepEqual(spoilt, [], `${name} at ${width}`);
      }
    }
  });
}
