import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { editor, findings, open, reportOf, textOf, waitForText, write } from "./site.ts";

const LINES = ["FROM scratch", "# \u{1f433} caf\u00e9 \u{1f469}\u200d\u{1f680}", "MAINTAINER me", "USER 1", ""];

for (const [name, ending] of [
  ["LF", "\n"],
  ["CR LF", "\r\n"],
] as const) {
  test(`with ${name}, places are right behind emoji`, async () => {
    const text = LINES.join(ending);
    const { page } = await open({ text });
    equal(await textOf(page), text);
    const { findings: found } = await reportOf(page);
    const index = found.findIndex(({ line }) => line === 3);
    const { start, end } = found[index]?.range ?? { start: 0, end: 0 };
    await findings(page).nth(index).locator(".place").click();
    const selected = await page.evaluate(() => {
      const root = document.querySelector("layerwise-playground")?.shadowRoot as never as { getSelection(): Selection };
      return root.getSelection().toString();
    });
    equal(selected, text.slice(start, end));
    equal(text.slice(0, start).endsWith(ending), true);
  });
}

test("Enter inserts the ending that the file has", async () => {
  const { page } = await open({ text: "FROM scratch\r\nUSER 1\r\n" });
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("# new");
  await waitForText(page, "FROM scratch\r\n# new\r\nUSER 1\r\n");
});

test("a CR LF is one thing to delete and one thing to step over", async () => {
  const { page } = await open({ text: "FROM scratch\r\nUSER 1\r\n" });
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("# ");
  await waitForText(page, "FROM scratch\r\n# USER 1\r\n");
  await page.keyboard.press("Home");
  await page.keyboard.press("Backspace");
  await waitForText(page, "FROM scratch# USER 1\r\n");
});

test("a lone CR stays, and moves no place", async () => {
  const text = "FROM scratch\n# a\rb\nMAINTAINER me\n";
  const { page } = await open({ text });
  equal(await textOf(page), text);
  equal(await page.locator(".cr").count(), 1);
  const { findings: found } = await reportOf(page);
  deepEqual(found.map(({ line }) => line).includes(3), true);
});

test("undoing gives every unit of the text back", async () => {
  const text = `${LINES.join("\r\n")}a\rb\n\n\r\n`;
  const { page } = await open({ text });
  await write(page, "FROM scratch\n");
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await waitForText(page, text);
});
