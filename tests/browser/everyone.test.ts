// The page for everyone: few colours or many, large letters, little room, a keyboard, a finger, and text that runs the other way.

import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, REVIEWABLE, editor, faultsOf, findings, open, openMenu, reachesOut, reportOf, textOf, write } from "./site.ts";

const SHIPPED = `FROM golang:1.25-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /out/app ./cmd/app

FROM build AS test
RUN go test ./...

FROM alpine:3.22 AS final
COPY --from=build /out/app /usr/bin/app
USER 1000
EXPOSE 8080
ENTRYPOINT ["app"]
`;

const HEBREW = "FROM alpine:3.23\n# \u05d4\u05e2\u05e8\u05d4, a note\nCOPY \u05d0\u05d1\u05d2 \u05d3\u05d4\u05d5 /srv/\n";

/** Everything that the page can show, each put there from what was there before. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  findings: async (page) => {
    await write(page, MENDABLE);
    await findings(page).first().locator(".finding-main").click();
    await page.locator(".explanation h4").waitFor();
  },
  "a preview": async (page) => {
    await write(page, REVIEWABLE);
    await findings(page).first().locator(".finding-main").click();
    await page.locator(".fix-preview").first().waitFor();
  },
  "a review": async (page) => {
    await findings(page).first().locator(".finding-main").click();
    await page.getByRole("button", { name: /^Review fix/ }).first().click();
    await page.locator("dialog.review .cm-deletedChunk").first().waitFor();
  },
  "a notice": async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("dialog.review").waitFor({ state: "hidden" });
    await write(page, MENDABLE);
    await page.getByRole("button", { name: /^Fix all safe/ }).click();
    await page.locator(".notice summary").first().click();
  },
  "the build": async (page) => {
    await write(page, SHIPPED);
    await page.getByRole("tab", { name: "Build" }).click();
    await page.locator(".step").first().waitFor();
  },
  "the commands": async (page) => {
    await write(page, SHIPPED);
    await page.getByRole("tab", { name: "Run" }).click();
    await page.locator(".advice").first().waitFor();
  },
  "the proof": async (page) => {
    await page.locator("[data-proof]").first().click();
    await page.locator("dialog[open]").waitFor();
  },
  "the shortcuts": async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await page.locator(".result-tabs .tab[aria-selected=true]").focus();
    await page.keyboard.press("?");
    await page.locator("dialog[open]").waitFor();
  },
  "a snippet": async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await page.getByRole("tab", { name: /^Findings/ }).click();
    await write(page, "RUN apt-get update\nCOPY . .\n");
  },
  "a file that is refused": (page) => write(page, "FROM scratch\nCPY a b\nRUN\n").then(() => {}),
  "a clean file": async (page) => {
    await openMenu(page, "Examples");
    await page.locator(".menu[open] .example").last().click();
    await page.locator(".clean").waitFor();
  },
  "no file": (page) => write(page, "").then(() => {}),
  "the .dockerignore": (page) => page.getByRole("tab", { name: ".dockerignore" }).click(),
  "a menu": async (page) => {
    await page.getByRole("tab", { name: "Dockerfile", exact: true }).click();
    await openMenu(page, "Share");
  },
  "what is wrong at the caret": async (page) => {
    await page.keyboard.press("Escape");
    await write(page, MENDABLE);
    await editor(page).focus();
    await page.keyboard.press("F8");
    await page.locator(".hover").waitFor();
  },
  "what can be done there": async (page) => {
    await page.keyboard.press("ControlOrMeta+.");
    await page.getByRole("menu").waitFor();
  },
  "what may come next": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "hidden" });
    await page.locator('.cm-content[aria-autocomplete="list"]').waitFor();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("COPY --");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
    await page.keyboard.press("ArrowDown");
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing in any view, in ${colorScheme} colours, ${width} px wide, and nothing reaches out`, async () => {
      const { page, faults } = await open({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      for (const [name, show] of Object.entries(VIEWS)) {
        await show(page);
        deepEqual({ name, faults: await faultsOf(page) }, { name, faults: [] });
        deepEqual({ name, reachesOut: await reachesOut(page) }, { name, reachesOut: false });
      }
      deepEqual(faults, []);
    });
  }

  test(`who asks for more contrast has seven to one in every view, in ${colorScheme} colours`, async () => {
    const { page } = await open({ colorScheme, contrast: "more", bypassCSP: true });
    for (const [name, show] of Object.entries(VIEWS)) {
      await show(page);
      deepEqual({ name, faults: await faultsOf(page, ["color-contrast-enhanced"]) }, { name, faults: [] });
    }
  });
}

test("in the system's own colours, what is chosen is told from what is not", async () => {
  const { page } = await open({ forcedColors: "active", text: MENDABLE });
  const look = (selector: string, property: string) =>
    page.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  notEqual(await look(".tab[aria-selected=true]", "border-block-end-color"), await look(".tab[aria-selected=false]", "border-block-end-color"));
  notEqual(
    await look("input:checked + .segment", "background-color"),
    await look("input:not(:checked) + .segment", "background-color"),
  );
  await findings(page).first().locator(".place").click();
  equal(await look(".finding[aria-current=true]", "outline-style"), "solid");
  equal(await look(".finding:not([aria-current])", "outline-style"), "none");
  await page.getByRole("tab", { name: "Build" }).click();
  await page.locator(".change .chip[aria-pressed=true]").waitFor();
  notEqual(await look(".change .chip[aria-pressed=true]", "background-color"), await look(".pane", "background-color"));
});

test("who wants less motion has none", async () => {
  const { page } = await open({ reducedMotion: "reduce", text: MENDABLE });
  await editor(page).focus();
  await findings(page).first().locator(".finding-main").click();
  const moving = await page.evaluate(() => {
    const root = document.querySelector("layerwise-playground")?.shadowRoot;
    return [...(root?.querySelectorAll("*") ?? [])].flatMap((element) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
      const hasTransition = transitionDuration.split(", ").some((duration) => duration !== "0s");
      const hasAnimation = animationName !== "none" && animationDuration !== "0s";
      return hasTransition || hasAnimation ? [element.className] : [];
    });
  });
  deepEqual(moving, []);
});

test("at 200 percent nothing reaches out, whether the page is zoomed or only its letters are", async () => {
  const zoomed = await open({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  const large = await open({ viewport: { width: 1280, height: 800 } });
  await large.page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  for (const { page } of [zoomed, large]) {
    for (const [name, show] of Object.entries(VIEWS)) {
      await show(page);
      deepEqual({ name, reachesOut: await reachesOut(page) }, { name, reachesOut: false });
    }
  }
});

test("whatever can be pressed is at least 24 pixels wide and high", async () => {
  const { page } = await open({ viewport: { width: 390, height: 844 } });
  for (const [name, show] of Object.entries(VIEWS)) {
    await show(page);
    deepEqual({ name, small: await smallTargets(page) }, { name, small: [] });
  }
});

/** What can be pressed and is smaller. A link in the middle of a sentence may be. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector("layerwise-playground")?.shadowRoot;
    const inside = [...(root?.querySelectorAll("button, summary, select, input, a, [role=tab], label:has(input)") ?? [])];
    const all = [...inside, ...document.querySelectorAll("footer a, footer button, header a")];
    return all.flatMap((element) => {
      // A button that is drawn by the label around it has the size of that.
      if (element instanceof HTMLInputElement && element.closest("label") !== null && element.type === "radio") return [];
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0 || !element.checkVisibility({ visibilityProperty: true })) return [];
      return width < 24 || height < 24 ? [`${element.tagName} ${element.className} ${element.textContent?.slice(0, 30)}: ${width} x ${height}`] : [];
    });
  });
}

for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }] as const) {
  test(`every stop of the Tab key shows that it has the focus: ${Object.values(look)[0]}`, async () => {
    const { page } = await open({ ...look, text: MENDABLE });
    await findings(page).first().locator(".finding-main").click();
    await page.locator(".explanation h4").waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const stops: string[] = [];
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press("Tab");
      const stop = await focused(page);
      if (stop === undefined) break;
      if (!stop.isShown) stops.push(stop.name);
    }
    deepEqual(stops, []);
  });
}

/** What has the focus, and whether one sees it; nothing at the end of the page. */
function focused(page: Page): Promise<{ name: string; isShown: boolean } | undefined> {
  return page.evaluate(() => {
    const outer = document.activeElement;
    const element = outer?.shadowRoot?.activeElement ?? outer;
    if (element === null || element === document.body) return undefined;
    // A radio button is drawn by what follows it, and the editor by the pane around it.
    const drawn = element.matches("input[type=radio]") ? element.nextElementSibling : (element.closest(".editor .cm-editor") ?? element);
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn ?? element);
    const pane = element.closest(".pane");
    const isFramed = pane !== null && drawn !== element && getComputedStyle(pane).borderColor !== getComputedStyle(pane.parentElement as Element).borderColor;
    const hasOutline = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    return { name: `${element.tagName} ${element.className}`, isShown: hasOutline || isFramed };
  });
}

test("two arguments that run from right to left stay in their order, and a comment is read its own way", async () => {
  const { page } = await open({ text: HEBREW });
  const places = await page.locator(".cm-line").nth(2).evaluate((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const found: Record<string, number> = {};
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const word of ["\u05d0\u05d1\u05d2", "\u05d3\u05d4\u05d5", "/srv/"]) {
        const at = (node.nodeValue ?? "").indexOf(word);
        if (at === -1) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        found[word] = range.getBoundingClientRect().left;
      }
    }
    return found;
  });
  const order = Object.entries(places).sort(([, one], [, other]) => one - other).map(([word]) => word);
  deepEqual(order, ["\u05d0\u05d1\u05d2", "\u05d3\u05d4\u05d5", "/srv/"]);
  equal(await page.locator(".cm-line").nth(1).locator("[dir=auto]").first().innerText(), "\u05d4\u05e2\u05e8\u05d4, a note");

  // The caret goes through it letter by letter, and what is typed lands where it stands.
  await editor(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  equal(await textOf(page), HEBREW.replace("/srv/", "/srv/x"));
});

test("a character that turns the order of a text is shown by its name, is a finding, and stays in the file", async () => {
  const text = "FROM alpine:3.23\nRUN rm \u202e/tmp/\u2066x && true\n";
  const { page } = await open({ text });
  deepEqual(await page.locator(".cm-line .control").allInnerTexts(), ["RLO", "LRI"]);
  ok((await reportOf(page)).findings.some(({ severity, line }) => severity === "error" && line === 2));
  equal(await textOf(page), text);
  await page.getByRole("tab", { name: "Build" }).click();
  await page.locator(".step .control").first().waitFor();
  deepEqual(await page.locator(".step .control").allInnerTexts(), ["RLO", "LRI"]);
});

test("in a language that runs from right to left the page is mirrored, and the file is not", async () => {
  const { page } = await open({ viewport: { width: 1280, height: 800 }, text: MENDABLE });
  await page.locator(".frame").evaluate((frame) => frame.setAttribute("dir", "rtl"));
  const left = (selector: string) => page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().left);
  ok((await left(".pane")) > (await left(".results")));
  ok((await left(".layer-title")) > (await left(".layer-total")));
  ok((await left(".cm-gutters")) < (await left(".cm-line")));
  for (const [name, show] of Object.entries(VIEWS)) {
    await show(page);
    deepEqual({ name, reachesOut: await reachesOut(page) }, { name, reachesOut: false });
  }
});

test("on paper there is the file, its score and its findings, and nothing to press", async () => {
  const { page } = await open({ colorScheme: "dark", text: `${MENDABLE}${"# filler\n".repeat(200)}USER app\n` });
  await page.emulateMedia({ media: "print" });
  const isShown = (selector: string) => page.locator(selector).first().isVisible();
  deepEqual(await Promise.all([".toolbar", ".tabs", ".finding .button", ".pane-foot"].map(isShown)), [false, false, false, false]);
  deepEqual(await Promise.all([".score", ".finding .message", ".cm-line"].map(isShown)), [true, true, true]);
  await page.getByText("USER app").first().waitFor(); // the editor draws all lines, not those of a screen
  equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
});

test("line numbers stay beside their lines when another kind of pointer changes the size of letters", async () => {
  const { page } = await open({ text: SHIPPED });
  const size = () => page.locator(".cm-content").first().evaluate((content) => getComputedStyle(content).fontSize);
  const before = await size();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 1 });
  await page.waitForFunction((before) => {
    const root = document.querySelector("layerwise-playground")?.shadowRoot;
    const content = root?.querySelector(".cm-content");
    if (!root || !content || getComputedStyle(content).fontSize === before) return false;
    const numbers = [...root.querySelectorAll(".cm-lineNumbers .cm-gutterElement")].filter((one) => one.clientHeight > 0);
    const lines = [...root.querySelectorAll(".cm-line")];
    const top = (element: Element | undefined) => Math.round(element?.getBoundingClientRect().top ?? 0);
    return numbers.length === lines.length && Math.abs(top(numbers.at(-1)) - top(lines.at(-1))) <= 1;
  }, before);
});

test("where the findings lie below the editor, a row that is opened stays under the finger, and its explanation in sight", async () => {
  const { page } = await open({ viewport: { width: 390, height: 844 }, text: MENDABLE });
  const row = page.locator(".finding-main").nth(2);
  await row.scrollIntoViewIfNeeded();
  const top = () => row.evaluate((button) => Math.round(button.getBoundingClientRect().top));
  const before = await top();
  await row.click();
  await page.locator(".explanation h4").first().waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  equal(await top(), before);
  // What holds the file back leads to its row, and not to the editor above.
  await page.locator(".cause").nth(1).click();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const place = await page.locator(".finding-main:focus").evaluate((button) => button.getBoundingClientRect().top);
  equal(place > 0 && place < 844, true, `the row is at ${place}`);
});
