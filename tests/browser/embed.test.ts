// What a page of somebody else gets with `embed.js`.

import { type Snippet, SITES, allReady, pageOf, plainPage, visit } from "./embedding.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { faultsOf } from "./site.ts";
import { join } from "node:path";
import { test } from "node:test";

const PLAIN = join(SITES, "plain");

const block = (text: string, attributes = "") => `<pre ${attributes}><code class="language-dockerfile">${text}\n</code></pre>`;

/** The plain site, with enough blocks that there are 30. */
async function manySnippets(): Promise<string> {
  const more = Array.from({ length: 24 }, (_, index) => `<p>Step ${index}.</p>${block(`FROM debian:${index}\nRUN apt-get update\nADD app /app`)}`);
  return (await plainPage()).replace("{more}", more.join(""));
}

/** Keeps every shift of the page's layout in `window.shifts`. */
function watchShifts(): void {
  interface Shift {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
  }
  const shifts: string[] = ((globalThis as never as { shifts: string[] }).shifts = []);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput, sources } = entry as never as Shift;
      const place = (node: Node | null) => (node instanceof Element ? `${node.localName}.${node.className}` : String(node?.parentElement?.localName));
      if (!hadRecentInput) shifts.push(`${value}: ${sources.map(({ node, previousRect: from, currentRect: to }) => `${place(node)} ${JSON.stringify(from)} ${JSON.stringify(to)}`).join(", ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

const shiftsOf = (page: Page) => page.evaluate(() => (globalThis as never as { shifts: string[] }).shifts);

test("thirty snippets load the engine once, ask no third party, move nothing, and have a score each", async () => {
  const { page, origin, host, requests, faults } = await visit({ html: await manySnippets(), folder: PLAIN, before: watchShifts });
  await allReady(page);
  const chips = await page.evaluate(() =>
    [...document.querySelectorAll("layerwise-playground")].map((snippet) => snippet.shadowRoot?.querySelector(".chip b")?.textContent ?? ""),
  );
  equal(chips.length, 30);
  ok(chips.every((chip) => /^\d+$/.test(chip)), chips.join(" "));
  const asked = (name: string) => requests.filter((address) => address.includes(name)).length;
  equal(asked("/engine_bg."), 1);
  equal(asked("/embed.js"), 1);
  const others = requests.filter((address) => !address.startsWith(host.site) && !address.startsWith(origin) && !/^(blob|data):/.test(address));
  deepEqual(others, []);
  deepEqual(await shiftsOf(page), []);
  deepEqual(faults, []);
});

test("the editor is loaded once, for the first who uses it, and moves nothing after that press", async () => {
  const { page, requests, faults } = await visit({ html: await manySnippets(), folder: PLAIN, before: watchShifts });
  await allReady(page);
  const scripts = () => requests.filter((address) => address.endsWith(".js"));
  const before = scripts().length;
  const edit = (index: number) => page.locator("layerwise-playground").nth(index).getByRole("button", { name: "Edit this Dockerfile here" }).click();
  await edit(1);
  await page.locator("layerwise-playground").nth(1).locator(".cm-content").waitFor();
  await page.locator("layerwise-playground").nth(1).locator(".results .number").waitFor();
  const loaded = scripts().slice(before);
  ok(loaded.length > 0);
  await edit(2);
  await page.locator("layerwise-playground").nth(2).locator(".cm-content").waitFor();
  const again = scripts().slice(before + loaded.length).filter((address) => loaded.includes(address));
  deepEqual(again, []);
  equal(requests.filter((address) => address.includes("/engine_bg.")).length, 1);
  deepEqual(await shiftsOf(page), []);
  deepEqual(faults, []);
});

test("no more than the text is there until a snippet nears the screen", async () => {
  const far = `<div style="height: 4000px"></div>${block("FROM debian:13\nRUN apt-get update")}`;
  const { page, host } = await visit({ html: pageOf(far) });
  const snippet = page.locator("layerwise-playground");
  await snippet.waitFor({ state: "attached" });
  equal(await snippet.locator(".code").textContent(), "FROM debian:13\nRUN apt-get update");
  deepEqual(host.asked.filter((path) => /live|engine/.test(path)), []);
  await snippet.scrollIntoViewIfNeeded();
  await snippet.locator(".chip b").waitFor();
  equal(host.asked.filter((path) => path.includes("engine_bg")).length, 1);
});

test("nothing is drawn while the page is scrolled", async () => {
  const { page, requests } = await visit({ html: await manySnippets(), folder: PLAIN });
  await allReady(page);
  // What their authors say of them is judged last, with the shell checks.
  await page.locator("layerwise-playground[data-broken]").waitFor({ state: "attached" });
  const before = requests.length;
  const changes = await page.evaluate(async () => {
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    const all = { childList: true, subtree: true, attributes: true, characterData: true };
    for (const { shadowRoot } of document.querySelectorAll("layerwise-playground")) if (shadowRoot !== null) observer.observe(shadowRoot, all);
    observer.observe(document, all);
    for (let top = 0; top < document.body.scrollHeight; top += 200) {
      scrollTo({ top, behavior: "instant" });
      await new Promise(requestAnimationFrame);
    }
    return changes;
  });
  equal(changes, 0);
  equal(requests.length, before);
});

/** What an element of the page looks like, by every property that it has. */
const looksOf = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => Object.fromEntries([...getComputedStyle(element)].map((name) => [name, getComputedStyle(element).getPropertyValue(name)]))),
  );

test("the host's own elements look as they do without it, and its document gets no style sheet", async () => {
  const html = await manySnippets();
  const bare = await visit({ html: html.replace(/<script.*<\/script>/, "").replaceAll(/<layerwise-playground[^]*?<\/layerwise-playground>/g, ""), folder: PLAIN });
  const { page } = await visit({ html, folder: PLAIN });
  await allReady(page);
  for (const selector of ["h1", "h2", "main > p:first-of-type", "#left", "#left code", "#shell", "footer button"]) {
    const [with_, without] = [await looksOf(page, selector), await looksOf(bare.page, selector)];
    deepEqual(with_, without, selector);
  }
  equal(await page.evaluate(() => document.adoptedStyleSheets.length + document.styleSheets.length + document.querySelectorAll("style").length), 1);
});

test("a snippet looks the same in a page that styles everything as in one that styles nothing", async () => {
  const element = `<layerwise-playground view="split" theme="light" style="width: 900px"><pre>FROM node:latest\nRUN npm i</pre></layerwise-playground>`;
  const head = (css: string) => `${css}<script type="module" src="{embed}"></script>`;
  const styled = await visit({ html: pageOf(element, head(`<link rel="stylesheet" href="site.css">`)), folder: PLAIN });
  const plain = await visit({ html: pageOf(element, head("<!-- -->")) });
  const looks = async (page: Page) => {
    await allReady(page);
    return page.locator("layerwise-playground").evaluate((snippet) =>
      [...(snippet.shadowRoot?.querySelectorAll("*") ?? [])].map((element) => {
        const style = getComputedStyle(element);
        const seen = [...style].filter((name) => !name.startsWith("--"));
        return [element.tagName, ...seen.map((name) => `${name}: ${style.getPropertyValue(name)}`)];
      }),
    );
  };
  deepEqual(await looks(styled.page), await looks(plain.page));
  await styled.page.locator("layerwise-playground").evaluate((snippet) => (snippet as Snippet).edit());
  const letters = styled.page.locator("layerwise-playground .cm-content");
  equal(await letters.evaluate((content) => getComputedStyle(content).letterSpacing), "normal");
  equal(await letters.evaluate((content) => getComputedStyle(content).fontSize), "14px");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in a page with snippets of every view, ${colorScheme}, shut and open and edited`, async () => {
    const html = (await plainPage()).replace("{more}", `<layerwise-playground view="findings"><pre>FROM node</pre></layerwise-playground>`);
    const { page } = await visit({ html: colorScheme === "dark" ? html.replace("<html ", '<html class="dark" ') : html, folder: PLAIN, colorScheme, bypassCSP: true });
    await allReady(page);
    deepEqual(await faultsOf(page), []);
    for (const chip of await page.locator(".corner .chip").all()) await chip.click();
    await page.locator("layerwise-playground").first().evaluate((snippet) => (snippet as Snippet).edit());
    await page.locator(".cm-content").waitFor();
    await page.locator("layerwise-playground").first().locator(".results .number").waitFor();
    deepEqual(await faultsOf(page), []);
    const background = await page.locator("layerwise-playground").nth(1).locator(".box").evaluate((box) => getComputedStyle(box).backgroundColor);
    equal(background, colorScheme === "dark" ? "rgb(27, 33, 36)" : "rgb(255, 253, 248)");
  });
}

test("a switch of the site between light and dark is followed, whatever the system says", async () => {
  const { page } = await visit({ html: (await plainPage()).replace("{more}", ""), folder: PLAIN, colorScheme: "dark" });
  await allReady(page);
  const background = () => page.locator("layerwise-playground .box").first().evaluate((box) => getComputedStyle(box).backgroundColor);
  equal(await background(), "rgb(255, 253, 248)");
  await page.evaluate(() => document.documentElement.classList.add("dark"));
  await page.waitForFunction(() => getComputedStyle(document.querySelector("layerwise-playground")?.shadowRoot?.querySelector(".box") as Element).backgroundColor === "rgb(27, 33, 36)");
});

test("a snippet is light or dark as the background behind it is, in whatever form that is said", async () => {
  const light = ["#eee", "hsl(60 50% 90%)", "oklch(0.98 0.01 240)", "oklch(none 0 0 / 0.1)", "oklab(0.9 -1e-7 0)", "lab(97 0 0)", "lch(90 10 none)", "color(srgb 1 1 1)", "color(display-p3 0.9 0.95 0.9)", "color-mix(in oklab, white 80%, black)"];
  const dark = ["#112", "rgb(0 0 0 / 0.9)", "oklch(0.2 0.01 240)", "oklab(0.3 0.1 -0.1 / 0.8)", "lab(20 -10 10)", "lch(none 0 0)", "color(srgb 0.1 0.1 0.1)", "color(display-p3 none 0 0.2)", "color-mix(in oklab, white 20%, black)"];
  const places = [...light, ...dark].map((background) => `<div style="background: ${background}"><layerwise-playground><pre>FROM a</pre></layerwise-playground></div>`);
  const { page } = await visit({ html: pageOf(places.join("")), colorScheme: "light" });
  await allReady(page);
  const schemes = await page.locator("layerwise-playground").evaluateAll((snippets) => snippets.map((snippet) => getComputedStyle(snippet).colorScheme));
  deepEqual(schemes, [...light.map(() => "light"), ...dark.map(() => "dark")]);
});

test("where lines of the page are close together, underlines do not lie in the next line", async () => {
  const heights = ["1.6", "normal", "1"];
  const places = heights.map((height) => `<div style="font: 14px/${height} monospace"><pre style="font: inherit"><code style="font: inherit" class="language-dockerfile">FROM node:latest\nCOPY . .\n</code></pre></div>`);
  const { page } = await visit({ html: pageOf(places.join("")) });
  await allReady(page);
  const offsets = await page.locator("layerwise-playground").evaluateAll((snippets) => snippets.map((snippet) => {
    const found = snippet.shadowRoot?.querySelector(".found") ?? snippet;
    const probe = document.createElement("span");
    probe.style.cssText = `position: absolute; width: ${getComputedStyle(found).textUnderlineOffset}`;
    found.append(probe);
    return probe.getBoundingClientRect().width;
  }));
  equal(offsets[0], 3);
  ok(offsets.slice(1).every((offset) => offset < 2), offsets.join());
});

test("a custom property and a part of the host reach into a snippet", async () => {
  const style = `<style>layerwise-playground { --panel: rgb(1, 2, 3) } layerwise-playground::part(code) { font-size: 20px }</style>`;
  const { page } = await visit({ html: pageOf(`<layerwise-playground><pre>FROM a</pre></layerwise-playground>`, `${style}<script type="module" src="{embed}"></script>`) });
  await allReady(page);
  equal(await page.locator(".box").evaluate((box) => getComputedStyle(box).backgroundColor), "rgb(1, 2, 3)");
  equal(await page.locator(".code").evaluate((code) => getComputedStyle(code).fontSize), "20px");
});

test("without scripts every block and element stays as it was", async () => {
  const { page, host } = await visit({ html: (await plainPage()).replace("{more}", ""), folder: PLAIN, javaScriptEnabled: false });
  ok(await page.getByText("RUN pip install flask").isVisible());
  ok(await page.getByText("RUN npm install").isVisible());
  deepEqual(host.asked, []);
});

test("what the author says of a snippet is marked when it no longer holds, and not when it does", async () => {
  const { page } = await visit({ html: (await plainPage()).replace("{more}", block("FROM debian:13\nCMD [\"a\"]", `data-expect="no: no-such-rule; raises: CKV_DOCKER_3; tidy"`)), folder: PLAIN });
  await allReady(page);
  await page.locator("layerwise-playground[data-broken]").nth(1).waitFor({ state: "attached" });
  deepEqual(await page.locator("layerwise-playground[expect]").evaluateAll((all) => all.map((snippet) => snippet.hasAttribute("data-broken"))), [false, true, true]);
  const rotten = page.locator("layerwise-playground[data-broken]");
  await rotten.first().getByRole("button", { name: "Not as its author says" }).click();
  const said = await rotten.first().locator(".failed li").allTextContents();
  deepEqual(said, ["DL3006 should be found, and is not.", "maintainer-deprecated should not be found, and is, in line 2."]);
  await rotten.nth(1).getByRole("button", { name: "Not as its author says" }).click();
  const other = await rotten.nth(1).locator(".failed li").allTextContents();
  deepEqual(other, [
    "\"tidy\" cannot be read. An expectation is clean, no: rule or raises: rule.",
    "no-such-rule is neither a rule, a case of one, nor a code of another tool.",
  ]);
});

test("attributes switch rules off, hide what is below a severity, name the target, and keep the text from being changed", async () => {
  const snippet = (attributes: string) => `<layerwise-playground view="findings" ${attributes}><pre>FROM node:latest AS build\nRUN npm i\nUSER 1000\nFROM node:latest AS other\nMAINTAINER me\nCMD [\"node\"]</pre></layerwise-playground>`;
  const { page } = await visit({ html: pageOf([snippet(""), snippet(`ignore="pin-base-image-tag, maintainer-deprecated"`), snippet(`severity="error"`), snippet("readonly"), snippet(`target="build"`)].join("")) });
  await allReady(page);
  const reports = await page.locator("layerwise-playground").evaluateAll((all) => Promise.all(all.map(async (one) => (await (one as Snippet).report())?.findings.map(({ rule }) => rule) ?? [])));
  ok(reports[0]?.includes("pin-base-image-tag") && reports[0].includes("maintainer-deprecated"));
  ok(!reports[1]?.includes("pin-base-image-tag") && !reports[1]?.includes("maintainer-deprecated"));
  deepEqual(reports[2], reports[0]);
  equal(await page.locator("layerwise-playground").nth(2).locator(".row").count(), 0);
  ok((await page.locator("layerwise-playground").nth(0).getByRole("button", { name: /^Fix/ }).count()) > 0);
  equal(await page.locator("layerwise-playground").nth(3).getByRole("button", { name: /Fix|Edit|Apply/ }).count(), 0);
  ok(reports[0]?.includes("unreachable-stage") && !reports[4]?.includes("unreachable-stage"));
});

test("rules and cases that are off are switched on by their names: in a snippet, in a block, in the editor, and when a script says so later", async () => {
  const text = "FROM debian:13\nRUN git clone --depth 1 -b v1.4.2 https://github.com/example/tool /opt/tool\nADD rootfs.tar.xz /\nUSER 1000";
  const snippet = (attributes: string) => `<layerwise-playground ${attributes}><pre>${text}</pre></layerwise-playground>`;
  const { page } = await visit({ html: pageOf([snippet(""), snippet(`enable="git-clone-in-run/prefer-add, copy-not-add/any"`), block(text, `data-enable="copy-not-add/any"`)].join("")) });
  await allReady(page);
  const named = ["git-clone-in-run/prefer-add", "copy-not-add/any"];
  const foundIn = (index: number) =>
    page.locator("layerwise-playground").nth(index).evaluate(async (one, named) => {
      const findings = (await (one as Snippet).report())?.findings ?? [];
      return named.filter((name) => findings.some(({ rule, case: part }) => `${rule}/${part}` === name));
    }, named);
  deepEqual([await foundIn(0), await foundIn(1), await foundIn(2)], [[], named, ["copy-not-add/any"]]);
  const second = page.locator("layerwise-playground").nth(1);
  const lines = () => second.locator(".row, .finding").evaluateAll((rows) => rows.filter((row) => row.textContent?.includes("ADD")).length);
  ok((await lines()) > 0, "it is listed");
  await second.evaluate((one) => (one as Snippet).edit());
  await second.locator(".finding").first().waitFor();
  deepEqual(await foundIn(1), named);
  ok((await lines()) > 0, "it is listed while the text is edited");
  await page.locator("layerwise-playground").first().evaluate((one) => one.setAttribute("enable", "git-clone-in-run/prefer-add"));
  deepEqual(await foundIn(0), named.slice(0, 1));
});

test("a text without FROM is a snippet, and is marked where its author says that it is a whole file: in every view, and without a FROM alone", async () => {
  const snippet = (attributes: string, text = "RUN make") => `<layerwise-playground ${attributes}><pre>${text}</pre></layerwise-playground>`;
  const all = [
    snippet(""),
    snippet(`fragment="auto"`),
    snippet(`fragment="no" view="split"`),
    snippet(`fragment="no" view="findings"`),
    snippet(`fragment="no" view="badge"`),
    block("RUN make", `data-fragment="no"`),
    snippet(`fragment="no"`, "FROM debian:13\nRUN make"),
  ];
  const { page } = await visit({ html: pageOf(all.join("")) });
  await allReady(page);
  const snippets = page.locator("layerwise-playground");
  deepEqual(await snippets.evaluateAll((all) => all.map((one) => one.hasAttribute("data-broken"))), [false, false, true, true, true, true, false]);
  deepEqual(await snippets.evaluateAll((all) => Promise.all(all.map(async (one) => (await (one as Snippet).report())?.fragment))), [true, true, true, true, true, true, false]);
  const sentence = "It should be a whole Dockerfile, and has no FROM.";
  for (const index of [2, 3]) deepEqual(await snippets.nth(index).locator(".failed li").allTextContents(), [sentence]);
  equal(await snippets.nth(0).locator(".failed").count(), 0);
  deepEqual(await snippets.locator(".kind").allTextContents(), ["snippet", "snippet"], "what its author calls a whole file is not called a snippet");
  await snippets.nth(4).getByRole("link", { name: /^Not as its author says/ }).waitFor();
  await snippets.nth(5).getByRole("button", { name: /^Not as its author says/ }).click();
  deepEqual(await snippets.nth(5).locator(".failed li").allTextContents(), [sentence]);
  await snippets.nth(6).evaluate((one) => ((one as Snippet).value = "RUN make"));
  await snippets.nth(6).locator(".failed").waitFor();
});

test("a page hears of reports, changes and fixes, and may ask for all of these", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground><pre>FROM debian:13\nMAINTAINER me</pre></layerwise-playground>`) });
  await allReady(page);
  const told = await page.locator("layerwise-playground").evaluate(async (element) => {
    const snippet = element as Snippet;
    const told: string[] = [];
    for (const type of ["report", "change", "fix"]) snippet.addEventListener(type, ({ detail }: Event & { detail?: Record<string, unknown> }) => told.push(`${type} ${Object.keys(detail ?? {})}`));
    document.addEventListener("change", () => told.push("it bubbled"));
    await snippet.fixAll();
    await snippet.report();
    const mended = snippet.value;
    snippet.value = "FROM scratch";
    await snippet.report();
    await snippet.edit();
    snippet.value = "FROM busybox";
    const edited = await snippet.report();
    return { told, mended, value: snippet.value, fragment: edited?.fragment };
  });
  ok(!told.mended.includes("MAINTAINER") && told.mended.includes("LABEL"), told.mended);
  deepEqual([told.value, told.fragment], ["FROM busybox", false]);
  ok(["fix applied", "change value", "report report"].every((one) => told.told.includes(one)), told.told.join());
  ok(!told.told.includes("it bubbled"));
});

test("what is edited stays when the editor is left, and Reset brings the page's own text back", async () => {
  const { page } = await visit({ html: pageOf(block("FROM debian:13")) });
  await allReady(page);
  const snippet = page.locator("layerwise-playground");
  await snippet.getByRole("button", { name: "Edit this Dockerfile here" }).click();
  await snippet.locator(".cm-content").waitFor();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("\nUSER 1000");
  await snippet.getByRole("button", { name: "Done" }).click();
  equal(await snippet.locator(".code").textContent(), "FROM debian:13\nUSER 1000");
  await snippet.getByRole("button", { name: "Edit this Dockerfile here" }).click();
  await snippet.getByRole("button", { name: "Reset" }).click();
  await snippet.getByRole("button", { name: "Done" }).click();
  equal(await snippet.locator(".code").textContent(), "FROM debian:13");
});

test("what a reader mends is not held against what the author said, and can be taken back where it was done", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground view="findings" expect="raises: DL3020"><pre>FROM alpine:3.23\nADD a /a\nUSER 1000\n</pre></layerwise-playground>`) });
  await allReady(page);
  const snippet = page.locator("layerwise-playground");
  const reset = snippet.getByRole("button", { name: "Reset" });
  equal(await reset.count(), 0);
  await snippet.getByRole("button", { name: /^Fix/ }).click();
  await snippet.locator(".said", { hasText: "Done" }).waitFor();
  await snippet.evaluate((element) => (element as Snippet).report());
  equal(await snippet.locator(".failed").count(), 0);
  equal(await snippet.getAttribute("data-broken"), null);
  await reset.focus();
  await page.keyboard.press("Enter");
  await snippet.locator(".said", { hasText: "It is as it was." }).waitFor();
  equal(await snippet.evaluate((element) => (element as Snippet).value), "FROM alpine:3.23\nADD a /a\nUSER 1000\n");
  equal(await reset.count(), 0);
  equal(await snippet.evaluate((element) => element.shadowRoot?.activeElement?.className), "panel");
  // What the page itself puts there is its author's.
  await snippet.evaluate((element) => ((element as Snippet).value = "FROM scratch\n"));
  await snippet.locator(".failed").waitFor();
  equal(await reset.count(), 0);
});

test("where no fix does good a press says so", async () => {
  const { page } = await visit({
    html: pageOf(`<layerwise-playground view="findings"><pre>FROM alpine:3.23\nADD a /a\nUSER 1000\n</pre></layerwise-playground>`),
    before: () => {
      // The engine answers that it has left all of them.
      const Real = Worker;
      globalThis.Worker = class extends Real {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener("message", ({ data }: MessageEvent<{ answer?: { answer?: { applied?: unknown } } | null }>) => {
            const run = data.answer?.answer;
            if (run?.applied !== undefined) Object.assign(run, { rounds: [], applied: [] });
          });
        }
      };
    },
  });
  await allReady(page);
  const snippet = page.locator("layerwise-playground");
  await snippet.getByRole("button", { name: /^Apply/ }).click();
  await snippet.locator(".said", { hasText: "None of them" }).waitFor();
});

test("a text from another address is read, and one that is not there is told of", async () => {
  const two = `<layerwise-playground src="site.css"></layerwise-playground><layerwise-playground src="nowhere"></layerwise-playground>`;
  const { page } = await visit({ html: pageOf(two), folder: PLAIN });
  await page.getByText("The Dockerfile at nowhere could not be read").first().waitFor();
  ok((await page.locator(".code").first().textContent())?.startsWith("/* Somebody's style sheet"));
  const [, lost] = await page.locator(".panel").allInnerTexts();
  ok(!lost?.includes("BuildKit") && !/finding|found/.test(lost ?? ""), lost);
});

test("an element that is moved or taken out keeps its text, and nothing of it stays behind", async () => {
  const { page, faults } = await visit({ html: pageOf(`<layerwise-playground><pre>FROM a</pre></layerwise-playground><div id="there"></div>`) });
  await allReady(page);
  const value = await page.locator("layerwise-playground").evaluate(async (element) => {
    const snippet = element as Snippet;
    snippet.value = "FROM b";
    document.querySelector("#there")?.append(snippet);
    await snippet.report();
    snippet.remove();
    document.querySelector("main")?.append(snippet);
    await snippet.edit();
    snippet.remove();
    return snippet.value;
  });
  equal(value, "FROM b");
  deepEqual(faults, []);
});

test("what is made of a text from another address stays when the element is moved, and Reset brings that text back", async () => {
  const { page, requests } = await visit({ html: pageOf(`<layerwise-playground src="site.css"></layerwise-playground><div id="there"></div>`), folder: PLAIN });
  const outcome = await page.locator("layerwise-playground").evaluate(async (element) => {
    const snippet = element as Snippet;
    const reports: number[] = [];
    snippet.addEventListener("report", () => reports.push(snippet.value.length));
    await snippet.ready;
    const read = snippet.value;
    snippet.value = "FROM b";
    document.querySelector("#there")?.append(snippet);
    await snippet.report();
    await snippet.edit();
    return { read, reports, moved: snippet.value };
  });
  ok(outcome.read.startsWith("/* Somebody's style sheet"), outcome.read);
  ok(!outcome.reports.includes(0), "no empty text is checked");
  equal(outcome.moved, "FROM b");
  equal(requests.filter((address) => address.endsWith("site.css")).length, 1);
  await page.getByRole("button", { name: "Reset" }).click();
  equal(await page.locator("layerwise-playground").evaluate((snippet) => (snippet as Snippet).value), outcome.read);
});

test("of two addresses the last one counts, whichever is read first", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground><pre>FROM a</pre></layerwise-playground>`) });
  await allReady(page);
  await page.route("**/slow", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.fulfill({ body: "FROM slow" });
  });
  await page.route("**/fast", (route) => route.fulfill({ body: "FROM fast" }));
  const value = await page.locator("layerwise-playground").evaluate(async (snippet) => {
    snippet.setAttribute("src", "slow");
    snippet.setAttribute("src", "fast");
    await new Promise((resolve) => setTimeout(resolve, 600));
    return (snippet as Snippet).value;
  });
  equal(value, "FROM fast");
});

test("a fix that is pressed twice is applied once, and no place of one text is lit in another", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground><pre>FROM debian:13\nMAINTAINER me\nUSER 1000</pre></layerwise-playground>`) });
  await allReady(page);
  const { text, colours } = await page.locator("layerwise-playground").evaluate(async (element) => {
    const root = element.shadowRoot;
    const fix = [...(root?.querySelectorAll<HTMLElement>(".row .link") ?? [])].find(({ title }) => title !== "");
    fix?.click();
    fix?.click();
    const { value: text } = element as Snippet;
    (element as Snippet).value = "# another";
    return { text, colours: root?.querySelectorAll(".code [class^=tok-], .code .found").length };
  });
  equal(text.match(/LABEL/g)?.length, 1, text);
  ok(!text.includes("MAINTAINER") && text.endsWith("\nUSER 1000"), text);
  equal(colours, 0);
});

test("a theme that a script says later is shown", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground><pre>FROM a</pre></layerwise-playground>`) });
  await allReady(page);
  const background = () => page.locator(".box").evaluate((box) => getComputedStyle(box).backgroundColor);
  equal(await background(), "rgb(255, 253, 248)");
  await page.locator("layerwise-playground").evaluate((snippet) => snippet.setAttribute("theme", "dark"));
  equal(await background(), "rgb(27, 33, 36)");
  await page.locator("layerwise-playground").evaluate((snippet) => snippet.setAttribute("theme", "auto"));
  equal(await background(), "rgb(255, 253, 248)");
});

test("every report has the shell checks' part where something is expected, and the mark goes with what was expected", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground fragment="no" expect="raises: SC2086"><pre>FROM debian:13\nRUN echo $A</pre></layerwise-playground>`) });
  await allReady(page);
  const told = await page.locator("layerwise-playground").evaluate(async (element) => {
    const snippet = element as Snippet;
    const told: string[] = [];
    snippet.addEventListener("report", () => told.push("report"));
    const hasShell = (await snippet.report())?.findings.some(({ codes }) => codes.includes("SC2086"));
    const states = [snippet.hasAttribute("data-broken")];
    snippet.value = "RUN true";
    await snippet.report();
    states.push(snippet.hasAttribute("data-broken"));
    snippet.removeAttribute("expect");
    await snippet.report();
    states.push(snippet.hasAttribute("data-broken"));
    snippet.removeAttribute("fragment");
    await snippet.report();
    states.push(snippet.hasAttribute("data-broken"));
    for (const name of ["height", "label", "severity", "theme"]) snippet.setAttribute(name, "1");
    await snippet.report();
    return { hasShell, states, reports: told.length };
  });
  deepEqual(told, { hasShell: true, states: [false, true, true, false], reports: 3 });
});

test("while a text is edited, fixes go to the editor, and no report is told of what it was before", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground><pre>FROM debian:13</pre></layerwise-playground>`) });
  await allReady(page);
  const value = await page.locator("layerwise-playground").evaluate(async (element) => {
    const snippet = element as Snippet;
    await snippet.edit();
    snippet.value = "FROM debian:13\nMAINTAINER me";
    await snippet.report();
    await snippet.fixAll();
    snippet.readOnly = true;
    return snippet.value;
  });
  ok(value.includes("LABEL"), value);
  equal(await page.locator(".code").textContent(), value);
});

test("where the checks could not be had at first, a snippet that nears the screen later has them", async () => {
  const far = `<div style="height: 4000px"></div>`;
  const { page } = await visit({ html: pageOf(`${far}<layerwise-playground><pre>FROM a</pre></layerwise-playground>${far}`) });
  await page.route("**/live.*.js", (route) => route.abort());
  await page.evaluate(() => customElements.whenDefined("layerwise-playground").then(() => {}));
  const failed = page.locator("layerwise-playground").evaluate((element) => {
    element.scrollIntoView();
    return (element as Snippet).ready.then(() => "ready", () => "not ready");
  });
  equal(await failed, "not ready");
  await page.unroute("**/live.*.js");
  await page.evaluate(() => new Promise((resolve) => { scrollTo(0, 0); setTimeout(resolve, 200); }));
  await page.locator("layerwise-playground").scrollIntoViewIfNeeded();
  await page.locator(".chip b").first().waitFor();
});

test("where the checks cannot be had the text stays, and a page that waits hears of it", async () => {
  const { page, host } = await visit({ html: pageOf(`<div style="height: 4000px"></div><layerwise-playground><pre>FROM a</pre></layerwise-playground>`) });
  await page.evaluate(() => customElements.whenDefined("layerwise-playground").then(() => {}));
  host.goAway();
  const outcome = await page.locator("layerwise-playground").evaluate((element) => {
    element.scrollIntoView();
    return (element as Snippet).ready.then(() => "ready", () => "not ready");
  });
  equal(outcome, "not ready");
  equal(await page.locator(".code").textContent(), "FROM a");
});
