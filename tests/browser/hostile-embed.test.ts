// Markup and hidden characters in snippets of others' pages, in frames, in the lines that the configurator writes, and in lessons.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { HOSTILE, MARKUP, REFUSED, harmless, heed, onlyTo } from "./hostile.ts";
import { type Snippet, allReady, escaped, pageOf, visit } from "./embedding.ts";
import { SITE, put, textOf, visit as visitAlone } from "./site.ts";
import { encode } from "../../web/src/share/link.ts";


const SAID: Readonly<Record<string, string>> = {
  label: `${MARKUP}\u202e`,
  expect: `raises: ${MARKUP}; no: <img/src=x/onerror=broken=1>`,
  target: `${MARKUP}\u202e`,
  ignore: MARKUP,
  enable: MARKUP,
  severity: MARKUP,
  theme: MARKUP,
  height: `9px;background:url(//evil.example/x)`,
};

const VIEWS = ["split", "editor", "findings", "badge"];

test("in snippets of every view the text, and all that is said of it, stays text", async () => {
  const said = Object.entries(SAID).map(([name, value]) => `${name}="${escaped(value)}"`).join(" ");
  const texts = [HOSTILE, REFUSED];
  const body = VIEWS.flatMap((view) => texts.map((text) => `<p>One.</p><layerwise-playground view="${view}" ${said}><pre>\n${escaped(text)}</pre></layerwise-playground>`)).join("");
  const opened = await visit({ html: pageOf(body) });
  const { page, origin, host, requests } = opened;
  const { dialogs } = heed(page);
  await allReady(page);
  await harmless("the snippets", opened, dialogs);
  for (const chip of await page.locator("layerwise-playground .corner .chip").all()) await chip.click();
  await harmless("the snippets, open", opened, dialogs);
  const second = page.locator("layerwise-playground").nth(1);
  await second.evaluate((snippet) => (snippet as Snippet).edit());
  await second.locator(".cm-content").waitFor();
  await second.locator(".finding-main").first().click();
  await second.locator(".explanation h4").first().waitFor();
  await harmless("a snippet that is edited", opened, dialogs);
  equal(await second.evaluate((snippet) => (snippet as Snippet).value), REFUSED);
  deepEqual(requests.filter((url) => !url.startsWith(host.site) && !url.startsWith(origin) && !/^(blob|data):/.test(url)), []);
});

test("in a frame all that its address says stays text", async () => {
  const query = new URLSearchParams({ ...SAID, view: "split", origin: MARKUP, src: "javascript:broken=1", onclick: "broken=1", style: "background:url(//evil.example/x)" });
  const fragment = await encode({ dockerfile: HOSTILE, dockerignore: MARKUP, target: MARKUP });
  const opened = await visitAlone(`${SITE}embed.html?${query}${fragment}`);
  const { page, requests } = opened;
  const { dialogs } = heed(page);
  await page.locator("layerwise-playground .chip").first().waitFor();
  await harmless("the frame", opened, dialogs);
  equal(await page.locator("layerwise-playground").getAttribute("onclick"), null);
  equal(await page.locator("layerwise-playground").getAttribute("src"), null);
  onlyTo(new URL(SITE).origin, requests);
});

test("a frame heeds no message that is more than a question", async () => {
  const opened = await visitAlone(`${SITE}embed.html${await encode({ dockerfile: "FROM scratch\n", dockerignore: "", target: "" })}`);
  const { page } = opened;
  const { dialogs } = heed(page);
  await page.locator("layerwise-playground .chip").first().waitFor();
  await page.evaluate(() => {
    const messages = [null, 0, "size?", [], { layerwise: { toString: "size?" } }, JSON.parse('{"__proto__":{"layerwise":"size?","polluted":1}}'), { layerwise: "size?", constructor: { prototype: { polluted: 1 } } }];
    for (const message of messages) postMessage(message, "*");
    return new Promise((resolve) => setTimeout(resolve));
  });
  equal(await page.evaluate(() => ({}) as { polluted?: number }).then(({ polluted }) => polluted), undefined);
  await harmless("after the messages", opened, dialogs);
});

test("the lines that the configurator writes bring the text into a page as it is, and nothing else", async () => {
  const { page, host } = await visit({ html: pageOf("", "<!-- -->") });
  await page.goto(`${host.site}configure.html`);
  await allReady(page);
  // What an editor for forms would have changed is left out: these are the person's own words.
  const text = `FROM scratch\n# ${MARKUP} <!--<script> </pre></code></layerwise-playground> &lt; "'\nLABEL a="</script>"`;
  await page.locator("textarea[name=text]").fill(text);
  await page.getByLabel("What you expect of it").fill(`no: ${MARKUP}`);
  for (const as of ["element", "block", "frame"]) {
    await page.locator("select[name=as]").selectOption(as);
    for (const view of VIEWS) {
      if (as === "block" && view === "badge") continue;
      await page.locator("select[name=view]").selectOption(view);
      await page.waitForFunction(
        ([as, view]) => {
          const lines = document.querySelector(".lines code")?.textContent ?? "";
          const isAs = as === "frame" ? lines.includes("<iframe") : as === "block" ? lines.includes("language-dockerfile") : lines.includes("<layerwise-playground");
          return isAs && (view === "split" ? !/view[="]+(editor|findings|badge)/.test(lines) : lines.includes(view));
        },
        [as, view] as const,
      );
      const lines = (await page.locator(".lines code").textContent()) ?? "";
      const pasted = await visit({ html: `<!doctype html><title>x</title><link rel="icon" href="data:,"><${view === "badge" ? "p" : "div"}>${lines} <b id="after">after` });
      const { dialogs } = heed(pasted.page);
      const inner = as === "frame" ? pasted.page.frameLocator("iframe").locator("layerwise-playground") : pasted.page.locator("layerwise-playground");
      await inner.locator(".chip, .badge, b").first().waitFor();
      equal(await inner.evaluate((snippet) => (snippet as Snippet).value.trimEnd()), text, `${as}, ${view}`);
      await pasted.page.locator("#after").waitFor();
      await harmless(`${as}, ${view}`, pasted, dialogs);
    }
  }
});

test("in lessons hidden characters of a workshop and of a learner's text have their names", async () => {
  const { page: course } = await visitAlone(`${SITE}learn.html`);
  await course.locator("main a").first().waitFor();
  const address = await course.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).find((name) => /course/.test(name)));
  ok(address !== undefined);
  const workshop = await (await fetch(address)).json();
  const turned = "\u202e<img src=x onerror=broken=1>\u2066";
  const [first] = workshop.lessons;
  const sign = "# \u202e\u200b sign\n";
  const signed = (files: { dockerfile: string }) => ({ ...files, dockerfile: sign + files.dockerfile });
  const hostile = { ...workshop, title: turned, about: turned, plans: [], lessons: [{ ...first, start: signed(first.start), solution: signed(first.solution), title: turned, practice: turned, why: [turned], text: [turned, { code: turned }], takeHome: [turned] }] };
  const opened = await visitAlone(`${SITE}learn.html?workshop=own.json#lesson/${first.id}`, { prepare: (page) => page.route("**/own.json", (route) => route.fulfill({ body: JSON.stringify(hostile) })) });
  const { page } = opened;
  const { dialogs } = heed(page);
  await page.locator(".goals[data-judged]").waitFor();
  match(await page.locator("h1").innerText(), /RLO<img src=x/);
  match(await page.title(), /\[RLO\]<img|RLO<img/);
  ok((await textOf(page)).startsWith(sign), "what a lesson begins with is as its author wrote it");
  await put(page, { value: HOSTILE });
  await page.locator("layerwise-playground").evaluate((element) => (element as Snippet).report().then(() => {}));
  await harmless("a lesson", opened, dialogs);
  for (const hash of ["#list", "#finish", "#handout/solutions", `#lesson/${encodeURIComponent(turned)}`, `#plan/${turned}`]) {
    await page.evaluate((hash) => location.assign(hash), hash);
    await page.locator("h1").waitFor();
    await harmless(hash, opened, dialogs);
  }
});
