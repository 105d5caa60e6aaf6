import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { editor, notice, open, textOf, waitForText, write } from "./site.ts";

/** In the page: pickers that choose files of the browser's own file system, which are written and read as those of a disk. */
function stubPickers(): void {
  const folder = navigator.storage.getDirectory();
  const chosen = { open: ["Dockerfile"], save: "saved.Dockerfile" };
  const asked: string[] = [];
  const handle = async (name: string) => (await folder).getFileHandle(name, { create: true });
  Object.assign(globalThis, {
    chosen,
    asked,
    showOpenFilePicker: () => {
      asked.push("open");
      if (chosen.open.length === 0) throw new DOMException("nothing was chosen", "AbortError");
      return Promise.all(chosen.open.map(handle));
    },
    showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => {
      asked.push(`save ${suggestedName}`);
      return handle(chosen.save);
    },
  });
}

const withPickers = () => open({ before: stubPickers });

/** What was asked of the pickers. */
const asked = (page: Page) => page.evaluate(() => (globalThis as never as { asked: string[] }).asked);

const choose = (page: Page, chosen: { open?: string[]; save?: string }) =>
  page.evaluate((chosen) => Object.assign((globalThis as never as { chosen: object }).chosen, chosen), chosen);

/** Writes a file as another program would. */
async function put(page: Page, name: string, content: string | number[]): Promise<void> {
  await page.evaluate(
    async ([name, content]) => {
      const folder = await navigator.storage.getDirectory();
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(typeof content === "string" ? content : new Uint8Array(content));
      await stream.close();
    },
    [name, content] as const,
  );
}

/** What a file holds; `null` while it is not there, as in the moment in which what was written takes its place. */
const contentOf = (page: Page, name: string) =>
  page.evaluate(async (name) => {
    const folder = await navigator.storage.getDirectory();
    try {
      const file = await (await folder.getFileHandle(name)).getFile();
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());
    } catch (error) {
      if (error instanceof DOMException && ["NotFoundError", "NotReadableError"].includes(error.name)) return null;
      throw error;
    }
  }, name);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function openFile(page: Page, name: string, content: string): Promise<void> {
  await put(page, name, content);
  await choose(page, { open: [name] });
  await button(page, "Open\u2026").click();
  await waitForText(page, content);
}


async function save(page: Page): Promise<void> {
  await button(page, "Save").click();
}

test("a file is opened, changed and saved to where it was, as it was but for the change", async () => {
  const { page } = await withPickers();
  await openFile(page, "Dockerfile", "\ufeffFROM scratch\r\nUSER 1\r\n");
  await editor(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# end");
  await page.keyboard.press("Control+s");
  await notice(page, "Saved Dockerfile").waitFor();
  equal(await contentOf(page, "Dockerfile"), "\ufeffFROM scratch\r\nUSER 1\r\n# end");
  await page.keyboard.type("ing");
  await save(page);
  await notice(page, "Saved Dockerfile").waitFor();
  equal((await asked(page)).join(), "open");
});

test("a text of no file is saved where the person says, and goes there again", async () => {
  const { page } = await withPickers();
  await write(page, "FROM scratch\n");
  await save(page);
  await notice(page, "Saved saved.Dockerfile").waitFor();
  equal(await contentOf(page, "saved.Dockerfile"), "FROM scratch\n");
  await editor(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("USER 1");
  await page.keyboard.press("Control+s");
  await notice(page, "Saved saved.Dockerfile").waitFor();
  equal(await contentOf(page, "saved.Dockerfile"), "FROM scratch\nUSER 1");
  equal((await asked(page)).join(), "save Dockerfile");
});

test("both files are opened at once, and each is saved to its own place", async () => {
  const { page } = await withPickers();
  await put(page, "app.Dockerfile.dockerignore", ".git\n");
  await put(page, "app.Dockerfile", "FROM scratch\n");
  await choose(page, { open: ["app.Dockerfile.dockerignore", "app.Dockerfile"] });
  await button(page, "Open\u2026").click();
  await waitForText(page, "FROM scratch\n");
  await page.getByRole("tab", { name: /dockerignore/ }).click();
  await page.getByRole("textbox", { name: ".dockerignore" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("*.log");
  await page.keyboard.press("Control+s");
  await notice(page, "Saved app.Dockerfile.dockerignore").waitFor();
  equal(await contentOf(page, "app.Dockerfile.dockerignore"), ".git\n*.log");
  equal(await contentOf(page, "app.Dockerfile"), "FROM scratch\n");
});

test("what another program wrote meanwhile is not written over", async () => {
  const { page } = await withPickers();
  await openFile(page, "Dockerfile", "FROM scratch\n");
  await put(page, "Dockerfile", "FROM alpine\n");
  await editor(page).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# mine ");
  await save(page);
  await notice(page, "was changed by another program").waitFor();
  equal(await contentOf(page, "Dockerfile"), "FROM alpine\n");
  equal(await textOf(page), "# mine FROM scratch\n");
  await save(page);
  await notice(page, "Saved saved.Dockerfile").waitFor();
});

test("two saves one upon the other both arrive, and the second does not take the first for another program", async () => {
  const { page } = await withPickers();
  await openFile(page, "Dockerfile", "FROM scratch\n");
  await editor(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("USER 1\n");
  await button(page, "Save").evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
  await notice(page, /^Saved/).waitFor();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# end");
  await save(page);
  // The notice may still be that of the second.
  while ((await contentOf(page, "Dockerfile")) !== "FROM scratch\nUSER 1\n# end") await page.waitForTimeout(20);
  deepEqual(await asked(page), ["open"]);
});

test("an example that is shown, or a text that comes back by undo, is never saved over the opened file", async () => {
  const { page } = await withPickers();
  const first = await textOf(page);
  await openFile(page, "Dockerfile", "FROM scratch\n");
  await editor(page).click();
  await page.keyboard.press("Control+z");
  await waitForText(page, first);
  await save(page);
  await notice(page, "Saved saved.Dockerfile").waitFor();
  await openFile(page, "Dockerfile", "FROM scratch\n");
  await button(page, "Reset").click();
  await waitForText(page, first);
  await save(page);
  await notice(page, "Saved saved.Dockerfile").waitFor();
  equal(await contentOf(page, "Dockerfile"), "FROM scratch\n");
});

test("a choice that is left changes nothing and says nothing", async () => {
  const { page } = await withPickers();
  const first = await textOf(page);
  await choose(page, { open: [] });
  await button(page, "Open\u2026").click();
  await page.evaluate(() => {
    Object.assign(globalThis, { showSaveFilePicker: () => Promise.reject(new DOMException("nothing was chosen", "AbortError")) });
  });
  await save(page);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  equal(await textOf(page), first);
  equal(await page.locator(".notice").count(), 0);
});

test("a file that is gone, or may not be written, is told of, and the text stays", async () => {
  const { page } = await withPickers();
  await openFile(page, "Dockerfile", "FROM scratch\n");
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry("Dockerfile"));
  await save(page);
  await notice(page, "is no longer where it was opened").waitFor();
  await page.evaluate(() => {
    FileSystemFileHandle.prototype.createWritable = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await save(page);
  await notice(page, "could not be saved").waitFor();
  equal(await textOf(page), "FROM scratch\n");
});

test("where the browser has no picker a file is downloaded, and opened as ever", async () => {
  const { page } = await open({
    before: () => {
      Object.assign(globalThis, { showOpenFilePicker: undefined, showSaveFilePicker: undefined });
    },
  });
  const coming = page.waitForEvent("download");
  await save(page);
  equal((await coming).suggestedFilename(), "Dockerfile");
  await notice(page, "Saved Dockerfile").waitFor();
});

test("what is opened of several files is the Dockerfile, and the others are told of", async () => {
  const { page } = await open();
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.locator("input[type=file]").setInputFiles([file("README.md", "# Read me\n"), file("Dockerfile", "FROM scratch\n")]);
  await notice(page, "Opened Dockerfile, and not README.md").waitFor();
  await waitForText(page, "FROM scratch\n");
});

test("in a frame, where pickers are forbidden, files are opened and saved all the same", async () => {
  const { page } = await open({
    before: () => {
      const forbidden = () => Promise.reject(new DOMException("cross-origin frame", "SecurityError"));
      Object.assign(globalThis, { showOpenFilePicker: forbidden, showSaveFilePicker: forbidden });
    },
  });
  const chosen = page.waitForEvent("filechooser");
  await button(page, "Open\u2026").click();
  await (await chosen).setFiles({ name: "Dockerfile", mimeType: "text/plain", buffer: Buffer.from("FROM scratch\n") });
  await waitForText(page, "FROM scratch\n");
  const coming = page.waitForEvent("download");
  await save(page);
  equal((await coming).suggestedFilename(), "Dockerfile");
});

const unreadable: Record<string, [content: number[], said: RegExp]> = {
  "an image": [[0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13], /is not a text file/],
  "a text in UTF-16": [[0xff, 0xfe, 0x46, 0, 0x52, 0], /is in UTF-16, not in UTF-8/],
  "a text in Latin-1": [[0x46, 0x52, 0x4f, 0x4d, 0x20, 0xe9], /is not in UTF-8/],
};

for (const [name, [content, said]] of Object.entries(unreadable)) {
  test(`${name} is not opened, a sentence says so, and the text stays`, async () => {
    const { page } = await withPickers();
    const first = await textOf(page);
    await put(page, "file", content);
    await choose(page, { open: ["file"] });
    await button(page, "Open\u2026").click();
    await notice(page, said).waitFor();
    match(await page.locator(".notice").innerText(), /^file /);
    equal(await textOf(page), first);
  });
}

test("files that are dropped are read before the drop is over, and a folder is told of", async () => {
  const { page } = await open();
  const transfer = await page.evaluateHandle(() => {
    const held = new DataTransfer();
    held.items.add(new File([".git\n"], ".dockerignore"));
    held.items.add(new File(["FROM scratch\n"], "Dockerfile"));
    return held;
  });
  await editor(page).dispatchEvent("drop", { dataTransfer: transfer });
  await waitForText(page, "FROM scratch\n");
  await notice(page, "Opened Dockerfile and .dockerignore").waitFor();
  await page.evaluate(() => {
    DataTransferItem.prototype.webkitGetAsEntry = () => ({ isDirectory: true }) as FileSystemEntry;
  });
  const folder = await page.evaluateHandle(() => {
    const held = new DataTransfer();
    held.items.add(new File([], "project"));
    return held;
  });
  await editor(page).dispatchEvent("drop", { dataTransfer: folder });
  await notice(page, "project is a folder").waitFor();
  ok((await textOf(page)).startsWith("FROM scratch"));
});
