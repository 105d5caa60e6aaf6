import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import { editor, findings, open, reportOf, textOf, waitForText, write } from "./site.ts";

test("the page opens with an example, its score and its findings", async () => {
  const { page, faults } = await open();
  ok((await textOf(page)).startsWith("FROM node:latest\n"));
  equal(await findings(page).count(), (await reportOf(page)).findings.length);
  equal(await page.locator(".number").innerText(), `${(await reportOf(page)).score?.total}\nof 100`);
  deepEqual(faults, []);
});

test("what is typed is checked", async () => {
  const { page } = await open({ text: "" });
  await editor(page).click();
  await page.keyboard.type("FROM scratch\nMAINTAINER me\n");
  await waitForText(page, "FROM scratch\nMAINTAINER me\n");
  const { findings: found } = await reportOf(page);
  ok(found.some(({ line }) => line === 2));
  equal(await findings(page).count(), found.length);
});

test("what is typed over several lines takes their place, in one step of undo, and the page's policy stops nothing", async () => {
  const text = "FROM scratch\n# one\nMAINTAINER me\n";
  const { page, faults } = await open({ text });
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("F");
  await waitForText(page, "F");
  await page.keyboard.press("ControlOrMeta+Z");
  await waitForText(page, text);
  deepEqual(faults, []);
});

test("what is pasted is checked, ending by ending", async () => {
  const { page } = await open({ text: "", permissions: ["clipboard-read", "clipboard-write"] });
  const text = "FROM scratch\nMAINTAINER me\n";
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+V");
  await waitForText(page, text);
  ok((await reportOf(page)).findings.length > 0);
});

test("every finding is underlined at its place", async () => {
  const { page } = await open({ text: "FROM scratch\nMAINTAINER me\n" });
  const { findings: found } = await reportOf(page);
  const [first] = found;
  const underlined = await page.locator(".cm-lintRange").first().innerText();
  equal(underlined, (await textOf(page)).slice(first?.range.start, first?.range.end));
});

test("the engine's tokens colour the text", async () => {
  const { page } = await open({ text: "FROM scratch\n" });
  const { tokens } = await reportOf(page);
  ok(tokens.length >= 3);
  const drawn = await page.locator(".cm-line span[class^=tok-]").first().innerText();
  equal(drawn, "FROM scratch\n".slice(tokens[0], tokens[1]));
});

test("clicking a place in the text marks its row, and clicking a row goes to its place", async () => {
  const { page } = await open({ text: "FROM scratch\n\n\nMAINTAINER me\n" });
  const report = await reportOf(page);
  const index = report.findings.findIndex(({ line }) => line === 4);
  await page.locator(".cm-line").nth(3).click({ position: { x: 20, y: 5 } });
  equal(await findings(page).nth(index).getAttribute("aria-current"), "true");

  await page.locator(".cm-line").nth(1).click();
  await findings(page).nth(index).locator(".place").click();
  equal(await page.locator(".cm-activeLine").innerText(), "MAINTAINER me");
});

test("a row opens to its explanation", async () => {
  const { page } = await open({ text: "FROM scratch\nMAINTAINER me\n" });
  const main = findings(page).first().locator(".finding-main");
  equal(await main.getAttribute("aria-expanded"), "false");
  await main.click();
  equal(await main.getAttribute("aria-expanded"), "true");
  await findings(page).first().locator(".explanation h4").waitFor();
  await findings(page).first().locator(".explanation .good pre").waitFor();
  await main.click();
  equal(await findings(page).first().locator(".explanation").count(), 0);
});

test("an empty editor offers examples, and one of them can be had with a click", async () => {
  const { page } = await open({ text: "" });
  await page.locator(".empty .example").nth(1).click();
  await page.locator(".score .number").waitFor();
  notEqual(await textOf(page), "");
});

test("a file without a finding is praised", async () => {
  const { page } = await open({ text: "FROM scratch\n" });
  const { findings: found, score } = await reportOf(page);
  deepEqual([found.length, score?.total], [0, 100]);
  await page.getByText("Nothing holds this file back.").waitFor();
});

test("a file that BuildKit would refuse has no score, and says why", async () => {
  const { page } = await open({ text: "FROM scratch\nCPY a /b\n" });
  await page.getByRole("heading", { name: "BuildKit would refuse this file" }).waitFor();
  equal(await page.locator(".number").count(), 0);
  const { problems, findings: found } = await reportOf(page);
  ok(problems.length > 0);
  equal(found[0]?.rule, "unknown-instruction");
});

test("a text outlives a reload, and a reset brings the first one back", async () => {
  const { page } = await open();
  const first = await textOf(page);
  await write(page, "FROM scratch\nUSER 1\n");
  await page.reload();
  await waitForText(page, "FROM scratch\nUSER 1\n");
  await page.getByRole("button", { name: "Reset" }).click();
  await waitForText(page, first);
  await page.reload();
  await waitForText(page, first);
});

test("a file that is opened is shown as it is, byte order mark included", async () => {
  // As in browsers without a picker of their own for files that can be saved again.
  const { page } = await open({ before: () => void Object.assign(globalThis, { showOpenFilePicker: undefined }) });
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open" }).click();
  const buffer = Buffer.from("\ufeffFROM scratch\r\nUSER 1\r\n");
  await (await chosen).setFiles({ name: "Dockerfile", mimeType: "text/plain", buffer });
  await waitForText(page, "\ufeffFROM scratch\r\nUSER 1\r\n");
});

test("a file that is dropped takes the place of the text", async () => {
  const { page } = await open();
  const transfer = await page.evaluateHandle(() => {
    const held = new DataTransfer();
    held.items.add(new File(["FROM scratch\n"], "Dockerfile"));
    return held;
  });
  await editor(page).dispatchEvent("drop", { dataTransfer: transfer });
  await waitForText(page, "FROM scratch\n");
});

test("the element works in another page, from its own text and without a draft", async () => {
  const { page } = await open();
  await page.evaluate(() => {
    const element = document.createElement("layerwise-playground");
    element.textContent = "FROM scratch\nMAINTAINER me\n";
    document.querySelector("main")?.replaceChildren(element);
  });
  equal(await textOf(page), "FROM scratch\nMAINTAINER me\n");
  ok((await reportOf(page)).findings.length > 0);
  await page.evaluate(() => {
    const element = document.querySelector("layerwise-playground");
    element?.remove();
    if (element) document.querySelector("main")?.append(element);
  });
  equal(await textOf(page), "FROM scratch\nMAINTAINER me\n");
  ok((await reportOf(page)).findings.length > 0);
});
