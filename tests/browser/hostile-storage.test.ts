// What is kept on the device: full, forbidden, damaged by others, and shared by two tabs. No text is lost without a word.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { harmless, heed } from "./hostile.ts";
import { type Opened, SITE, editor, ignoreOf, notice, open, put, textOf, visit, waitForText } from "./site.ts";


async function type(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Backspace"); // or else Chromium would carry the look of what was there over to what comes, by a style of its own
  await page.keyboard.type(text);
}

/** Waits until the device keeps a text. */
const kept = (page: Page, text: string) =>
  page.waitForFunction((text) => localStorage.getItem("layerwise:draft:playground") === text, text);

/** Another tab of the same browser. */
async function another({ page }: Opened): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(SITE);
  await other.locator(".results [aria-labelledby]").first().waitFor();
  return other;
}

for (const [what, before] of [
  [
    "full",
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    },
  ],
  [
    "forbidden",
    () => {
      const refuse = () => {
        throw new DOMException("forbidden", "SecurityError");
      };
      for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { get: refuse });
    },
  ],
] as const) {
  test(`where storage is ${what} it is told once, and stays in sight, that what one writes is not kept`, async () => {
    const { page, faults } = await open({ before });
    equal(await page.getByText("Not kept").count(), 0, "nothing was written yet");
    await type(page, "FROM mine");
    await notice(page).getByText("This browser has no room for your text, or keeps nothing").waitFor();
    match(await page.locator(".frame > [role=status]").innerText(), /it is gone when you leave the page/);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.keyboard.type(" ");
    await editor(page).click();
    await page.keyboard.press("End");
    await page.keyboard.type("# on");
    equal(await page.locator(".pane-foot").getByText("Not kept").count(), 1);
    equal(await textOf(page), "FROM mine# on");
    deepEqual(faults, []);
  });
}

test("once there is room again, what one writes is kept, and nothing says that it is not", async () => {
  const { page } = await open();
  await page.evaluate(() => {
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) {
      if (this === localStorage) throw new DOMException("no room", "QuotaExceededError");
      real.call(this, name, value);
    };
    Object.assign(globalThis, { makeRoom: () => (Storage.prototype.setItem = real) });
  });
  await type(page, "FROM mine");
  await page.locator(".pane-foot").getByText("Not kept").waitFor();
  await page.evaluate(() => void (globalThis as never as { makeRoom(): void }).makeRoom());
  await page.keyboard.type("x");
  await kept(page, "FROM minex");
  await page.locator(".pane-foot").getByText("Not kept").waitFor({ state: "detached" });
});

test("where the device has no room a reload has the text all the same", async () => {
  const { page } = await open({
    before: () => {
      const real = Storage.prototype.setItem;
      Storage.prototype.setItem = function (name, value) {
        if (this === localStorage) throw new DOMException("no room", "QuotaExceededError");
        real.call(this, name, value);
      };
    },
  });
  await type(page, "FROM mine");
  await page.locator(".pane-foot").getByText("Not kept").waitFor();
  await page.reload();
  await waitForText(page, "FROM mine");
});

test("two tabs keep their own texts through reloads, each is told when the other's is kept, and a new one has what was written last", async () => {
  const opened = await open();
  const { page: one, faults } = opened;
  const first = await textOf(one);
  const two = await another(opened);
  await type(one, "FROM one");
  await kept(one, "FROM one");
  // The second tab has written nothing, and still shows the text from before.
  await notice(two).getByText("The Dockerfile was changed in another tab").waitFor();
  equal(await textOf(two), first);
  await type(two, "FROM two");
  await kept(two, "FROM two");
  await notice(one).getByText("The Dockerfile was changed in another tab").waitFor();
  match(await notice(one).innerText(), /Yours stays in this tab until you close it; write on here, and yours is kept instead/);
  await one.reload();
  await waitForText(one, "FROM one");
  await two.reload();
  await waitForText(two, "FROM two");
  const three = await another(opened);
  await waitForText(three, "FROM two");

  // Who writes on is kept again, and the other is told.
  await editor(one).click();
  await one.keyboard.press("ControlOrMeta+End");
  await one.keyboard.type("!");
  await kept(one, "FROM one!");
  await notice(two).getByText("The Dockerfile was changed in another tab").waitFor();
  await two.getByRole("button", { name: "Show the other text" }).click();
  await waitForText(two, "FROM one!");
  await two.getByRole("button", { name: "Undo" }).click();
  await waitForText(two, "FROM two");
  deepEqual(faults, []);
});

test("a tab that was overtaken, and in which nothing was written, has its text when it is loaded anew", async () => {
  const opened = await open();
  const { page: writing } = opened;
  const untouched = await another(opened); // whose text needs no keeping, as long as nothing is kept
  const first = await textOf(untouched);
  await type(writing, "FROM mine");
  await kept(writing, "FROM mine");
  const reading = await another(opened); // whose text is the device's
  await waitForText(reading, "FROM mine");
  await type(writing, "FROM other");
  await kept(writing, "FROM other");
  for (const [tab, text] of [[untouched, first], [reading, "FROM mine"]] as const) {
    await notice(tab).getByText("changed in another tab").waitFor();
    await tab.reload();
    await waitForText(tab, text);
  }
});

test("a notice that another tab writes on is given once, and not again while one reads or writes here", async () => {
  const opened = await open();
  const { page: one } = opened;
  const two = await another(opened);
  await type(two, "FROM two");
  await notice(one).getByText("changed in another tab").waitFor();
  await one.getByRole("button", { name: "Dismiss" }).click();
  await two.keyboard.type("!");
  await kept(one, "FROM two!");
  await one.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  equal(await notice(one).count(), 0);
});

test("the two files of a text are kept apart from those of another tab, too", async () => {
  const opened = await open();
  const { page: one } = opened;
  const two = await another(opened);
  const ignore = ".git\n";
  await put(two, { dockerignore: ignore });
  await notice(one).getByText("The .dockerignore was changed in another tab").waitFor();
  await one.getByRole("button", { name: "Show the other text" }).click();
  await one.waitForFunction((wanted) => document.querySelector("layerwise-playground")?.dockerignore === wanted, ignore);
  equal(await ignoreOf(one), ignore);
});

/** What another version, another page of the host, or a person may have left under our names. */
const DAMAGED: readonly string[] = [
  "",
  "\u0000",
  "null",
  "{",
  "[]",
  "'\"] </style><img src=x onerror=broken=1>",
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"lessons":[{"id":"__proto__","isDone":true,"hints":[1e99,-1,"x",null],"best":{}}],"last":{},"plan":["__proto__"]}',
  '{"lessons":{"length":4294967295},"last":"__proto__","plan":"constructor"}',
  `{"lessons":${"[".repeat(50_000)}`,
  "x".repeat(100_000),
];

const KEYS = ["theme", "this-line", "draft:playground.dockerignore", "earlier:playground", "learn:course", "learn-file", "learn-name", "draft:workshop", "builder-part"];

test("whatever stands under the names of what is kept, each page opens, works, and takes nothing from there that it should not", async () => {
  // Pages that are read look at nothing but the colours that were chosen.
  const [, , , , , markup = ""] = DAMAGED;
  for (const [path, values] of [["", DAMAGED], ["learn.html", DAMAGED], ["builder.html", DAMAGED], ["score.html", [markup]], ["rules/", [markup]]] as const) {
    for (const value of values) {
      const before = new Function(
        `for (const name of ${JSON.stringify(KEYS)}) for (const place of [localStorage, sessionStorage]) place.setItem("layerwise:" + name, ${JSON.stringify(value)})`,
      ) as () => void;
      const opened = await visit(`${SITE}${path}`, { before });
      const { page } = opened;
      const { dialogs } = heed(page);
      await page.locator("h1").first().waitFor();
      if (path === "") {
        await page.locator(".results [aria-labelledby], .results [role=alert]").first().waitFor();
        await page.locator(".theme-segments .segment").first().click();
      }
      if (path === "builder.html") {
        await page.locator("#ours").waitFor();
        for (const part of await page.locator(".part-choice").all()) await part.click();
      }
      if (path === "learn.html") await page.locator("main a, main button").first().waitFor();
      equal(await page.evaluate(() => ({}) as { polluted?: number }).then(({ polluted }) => polluted), undefined);
      await harmless(`${path}: ${value.slice(0, 60)}`, opened, dialogs);
      await page.close();
    }
  }
});

test("a draft of any content is shown as it is", async () => {
  for (const draft of ["</pre><script>broken=1</script>", "\u0000\u202e\ud800", "x".repeat(1_000_000)]) {
    const before = new Function(`sessionStorage.length === 0 && localStorage.setItem("layerwise:draft:playground", ${JSON.stringify(draft)})`) as () => void;
    const opened = await open({ before });
    const { dialogs } = heed(opened.page);
    ok((await textOf(opened.page)) === draft);
    await harmless(draft.slice(0, 40), opened, dialogs);
  }
});
