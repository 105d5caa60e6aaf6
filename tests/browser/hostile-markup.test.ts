// Markup, scripts and commands in every field that reaches the page, in every view of the playground: all of it is text, and stays text in what
// one takes along.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { HOSTILE, MARKUP, REFUSED, harmless, heed, meansNothing, onlyTo } from "./hostile.ts";
import { SITE, copied, editor, findings, open, openMenu, put, textOf, waitForText } from "./site.ts";
import type { Playground } from "../../web/src/playground.ts";
import { encode } from "../../web/src/share/link.ts";

const CLIPBOARD = ["clipboard-read", "clipboard-write"];
const NAME = `${MARKUP.replaceAll("/", "-")}\u202egpj.Dockerfile`;


const openAllRows = (page: Page) =>
  page.locator(".findings").first().evaluate((list) => {
    for (const row of list.querySelectorAll<HTMLElement>('.finding-main[aria-expanded="false"]')) row.click();
  });

const openAllFolds = (page: Page) =>
  page.locator(".results").evaluate((results) => {
    for (const fold of results.querySelectorAll("details")) fold.open = true;
  });

/** Everything that the page shows of a file, each view reached from the one before. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  findings: async (page) => {
    await openAllRows(page);
    await page.locator(".explanation h4").first().waitFor();
    await openAllFolds(page);
  },
  "findings by rule": (page) => page.locator(".results select").first().selectOption("rule"),
  "what is wrong at a place": async (page) => {
    await editor(page).focus();
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("F8");
    await page.locator(".hover").waitFor();
  },
  "what can be done there": async (page) => {
    await page.keyboard.press("ControlOrMeta+.");
    await page.getByRole("menu").waitFor();
  },
  "what an instruction does": async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+Home");
    for (let line = 0; line < 11; line += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ControlOrMeta+i");
    await page.locator(".hover").first().waitFor();
  },
  "the commands": async (page) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type(MARKUP);
  },
  "the commands, found": async (page) => {
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("final");
  },
  "the build": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: /^Build$/ }).click();
    await page.locator(".step, .refused, .empty, [data-builder], p").first().waitFor();
    await openAllFolds(page);
  },
  "commands made from it": async (page) => {
    await page.getByRole("tab", { name: /^Run$/ }).click();
    await page.locator(".advice, .no-commands").first().waitFor();
    await openAllFolds(page);
  },
  "the proof": async (page) => {
    await page.locator("[data-proof]").first().click();
    await page.locator("dialog[open]").waitFor();
  },
  "what may come next": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: /^Findings/ }).click();
    await page.locator('.cm-content[aria-autocomplete="list"]').waitFor();
    await editor(page).focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("COPY --from=");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
  },
  "the other file": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: ".dockerignore" }).click();
  },
};

for (const [what, text] of Object.entries({ "a file that is built": HOSTILE, "a file that is refused": REFUSED })) {
  test(`${what}: markup in every field stays text in every view`, async () => {
    const opened = await open({ text });
    const { page, requests } = opened;
    const { dialogs } = heed(page);
    await put(page, { dockerignore: `${MARKUP}\n# ${MARKUP} \u202e\n!${MARKUP}\n` });
    for (const [view, show] of Object.entries(VIEWS)) {
      await show(page);
      await harmless(view, opened, dialogs);
    }
    ok((await textOf(page)).startsWith(text));
    onlyTo(new URL(SITE).origin, requests);
  });
}

test("fixes of hostile text are shown, reviewed, applied and told of as text", async () => {
  const opened = await open({ text: HOSTILE, permissions: CLIPBOARD });
  const { page } = opened;
  const { dialogs } = heed(page);
  await page.getByRole("button", { name: /^Review all/ }).click();
  await page.locator("dialog.review .part-place").first().waitFor();
  await harmless("the review", opened, dialogs);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice .totals").waitFor();
  await openAllFolds(page);
  await harmless("what was fixed", opened, dialogs);
  await page.getByRole("button", { name: /pull request/ }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  meansNothing(await copied(page));
});

test("what is taken along of hostile text means nothing where it is put", async () => {
  for (const text of [HOSTILE, REFUSED]) {
    const opened = await open({ text, permissions: CLIPBOARD });
    const { page } = opened;
    const { dialogs } = heed(page);
    await openMenu(page, "Share");
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.locator(".notice").getByText("Copied as Markdown").waitFor();
    meansNothing(await copied(page));
    for (const [name, ending] of [["Download SARIF", "sarif"], ["Download JSON", "json"]] as const) {
      await openMenu(page, "Share");
      const downloading = page.waitForEvent("download");
      await page.getByRole("button", { name }).click();
      const download = await downloading;
      equal(download.suggestedFilename(), `layerwise.${ending}`);
      ok(JSON.parse(readFileSync(await download.path(), "utf8")));
    }
    await harmless("sharing", opened, dialogs);
    await findings(page).first().locator(".finding-main").click();
    await page.locator(".explanation h4").first().waitFor();
    await page.getByRole("button", { name: "Report a false positive" }).first().click();
    const paper = page.getByRole("dialog", { name: "Report a false positive" }).getByRole("textbox");
    await paper.waitFor();
    await harmless("the report of a false positive", opened, dialogs);
    meansNothing(await paper.inputValue());
  }
});

test("the commands that are offered take every word of the file for a word", async () => {
  const { page } = await open({ text: HOSTILE });
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await page.locator(".advice").first().waitFor();
  const blocks = await page.locator(".advice .block").evaluateAll((blocks) =>
    blocks.map((block) => ({ isFile: block.querySelector(".file-name, figcaption") !== null, text: block.querySelector("pre")?.textContent ?? "" })),
  );
  const commands = blocks.map(({ text }) => text).filter((text) => /^(docker|trivy|syft|cosign|dive|hadolint|layerwise|kubectl|curl)\b/m.test(text));
  ok(commands.length > 8, `${commands.length} commands`);
  ok(commands.some((text) => text.includes("pwned")), "words of the file are in them");
  for (const shell of ["sh", "bash"]) {
    for (const command of commands) {
      // No program is found there; what breaks out of its word would run this function.
      const script = `PATH=/nowhere\ncommand_not_found_handle() { :; }\npwned() { echo PWNED; echo PWNED >&2; }\n${command}`;
      const { stdout, stderr, error } = spawnSync(shell, ["-c", script], { encoding: "utf8", input: "", env: {}, cwd: "/" });
      equal(error, undefined);
      deepEqual({ command, stdout, isBroken: /PWNED|syntax|unterminated|unexpected/i.test(stderr) }, { command, stdout: "", isBroken: false });
    }
  }
});

test("a link's texts and target are text", async () => {
  const fragment = await encode({ dockerfile: HOSTILE, dockerignore: MARKUP, target: `${MARKUP}\u202e` });
  const opened = await open();
  const { page } = opened;
  const { dialogs } = heed(page);
  await page.evaluate((hash) => location.assign(hash), fragment);
  await waitForText(page, HOSTILE);
  await page.getByRole("tab", { name: /^Build$/ }).click();
  await page.locator(".results").getByText(/.+/).first().waitFor();
  await harmless("the build of a target that is none", opened, dialogs);
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await page.locator(".advice, .no-commands").first().waitFor();
  await harmless("the commands for a target that is none", opened, dialogs);
});

test("the name of a file is text, wherever it is told", async () => {
  const opened = await open();
  const { page } = opened;
  const { dialogs } = heed(page);
  const drop = async (content: string) => {
    const transfer = await page.evaluateHandle(
      ([name, content]) => {
        const held = new DataTransfer();
        held.items.add(new File([content], name));
        return held;
      },
      [NAME, content] as const,
    );
    await editor(page).dispatchEvent("drop", { dataTransfer: transfer });
  };
  await drop("FROM scratch\n");
  await waitForText(page, "FROM scratch\n");
  match(await page.locator(".notice p").innerText(), /^Opened <img src=x onerror=broken=1>.*RLO.*gpj/);
  await harmless("an opened file", opened, dialogs);
  await drop("\0");
  await page.locator(".notice").getByText("is not a text file").waitFor();
  await harmless("a file that is not opened", opened, dialogs);
});

test("what attributes of the element say is text", async () => {
  const opened = await open();
  const { page } = opened;
  const { dialogs } = heed(page);
  for (const name of ["target", "change", "tab", "example", "ignore", "enable", "hide", "theme", "label", "draft"]) {
    await page.evaluate(
      ([name, value, text]) => {
        const old = document.querySelector("layerwise-playground");
        const made = document.createElement("layerwise-playground");
        made.setAttribute(name, name === "change" ? `file:${value}` : value);
        made.textContent = text;
        old?.replaceWith(made);
      },
      [name, `${MARKUP}\u202e`, HOSTILE] as const,
    );
    await page.locator("layerwise-playground").evaluate((element) => (element as Playground).report().then(() => {}));
    await page.getByRole("tab", { name: /^Build$/ }).click();
    await page.locator(".results").getByText(/.+/).first().waitFor();
    await harmless(`the attribute ${name}`, opened, dialogs);
  }
});
