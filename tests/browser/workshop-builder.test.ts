// The page on which workshops are written.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { SITE, copied, faultsOf, put, reachesOut, visit } from "./site.ts";
import { Host } from "./host.ts";
import { fromEnvironment } from "./environment.ts";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const web = join(fromEnvironment("LAYERWISE_ROOT"), "web");
const BUILDER = new URL("builder.html", SITE).href;

const START = 'FROM alpine:3.22\nCOPY app /app\nCMD ["/app"]\n';
const SOLUTION = 'FROM alpine:3.22\nCOPY app /app\nUSER 1000\nCMD ["/app"]\n';

/** One lesson, of which all is whole. */
const LESSON = {
  ...{ id: "a-user", title: "Be nobody", practice: "Security", minutes: 5, why: ["Root is everybody's friend."], text: [] },
  ...{ start: { dockerfile: START }, solution: { dockerfile: SOLUTION }, takeHome: ["Be nobody."], rules: ["final-stage-runs-as-root"] },
  keep: [{ broken: "The program must still be copied.", when: { steps: { copies: ["app"] } } }],
  goals: [
    {
      ...{ open: "It runs as root.", met: "It runs as somebody.", when: { user: { isRoot: false } }, hints: ["Who?"] },
      edits: [{ replace: "CMD [", with: "USER 1000\nCMD [", why: "So that it can do little." }],
    },
  ],
};
const WORKSHOP = { version: 1, title: "One lesson", about: "To try the page.", lessons: [LESSON] };

const asFile = (value: unknown) => ({ name: "workshop.json", mimeType: "application/json", buffer: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)) });

async function openBuilder(options: Parameters<typeof visit>[1] = {}) {
  const opened = await visit(BUILDER, options);
  await opened.page.locator(".builder").waitFor();
  return opened;
}

/** Opens a workshop in the builder, and its first lesson. */
async function withWorkshop(page: Page, workshop: unknown): Promise<void> {
  await page.locator("[data-workshop]").setInputFiles(asFile(workshop));
  await page.locator(".bar-said", { hasText: /is open/ }).waitFor();
  await page.locator(".parts ol .part-choice").first().click();
}

const proofs = (page: Page, goal = 0) => page.locator(".goal-card").nth(goal).locator("> .proof-lines");
const current = (page: Page, goal = 0) => page.locator(".goal-card").nth(goal).locator("> .proof-lines[data-current]");
const field = (page: Page, label: string | RegExp) => page.getByRole("textbox", { name: label });
const proved = (page: Page) => page.locator(".bar-proof", { hasText: "This lesson is proved." }).waitFor();

/** What has the focus, in the words that a screen reader would use. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const active = document.activeElement;
    const labels = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement || active instanceof HTMLSelectElement ? active.labels : null;
    return active === document.body ? "" : (active?.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? active?.textContent ?? "");
  });

async function tabTo(page: Page, wanted: RegExp, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (wanted.test(await focused(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never comes to ${wanted}, but to ${await focused(page)}.`);
}

async function fill(page: Page, label: RegExp, text: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.insertText(text);
}

test("the whole walk by keyboard alone: from nothing to a lesson that is proved, downloaded, opened in the lessons and solved", async () => {
  const { page, faults } = await openBuilder();
  await fill(page, /^Title of the workshop$/, "Ours");
  await fill(page, /^What it is about$/, "A workshop of one lesson.");
  await tabTo(page, /^1\. Untitled lesson/, "Shift+Tab");
  await page.keyboard.press("Enter");
  match(await focused(page), /^Lesson 1: Untitled lesson$/);

  await fill(page, /^Title$/, "Be nobody");
  await fill(page, /^Practice$/, "Security");
  equal(await field(page, "Name in links").inputValue(), "be-nobody");
  await fill(page, /^Why anybody should care$/, "Root may do everything.\nSo may who breaks in.");
  await fill(page, /^Dockerfile to begin with$/, START);
  await fill(page, /^Dockerfile of the solution$/, SOLUTION);
  await tabTo(page, /^Suggest goals$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Add – The container runs as somebody else/);
  await page.keyboard.press("Enter");
  equal(await field(page, "Said while it is open – Goal 1").inputValue(), "The container runs as root.");
  equal(await page.locator(".goal-card").count(), 1, "it takes the place of the goal in which nobody has written");
  await current(page).locator(".is-right").nth(1).waitFor();
  match((await proofs(page).innerText()).replaceAll(/\s+/g, " "), /^Right: Start fails the goal, as it must\. The learner reads: The container runs as root\. Right: Solution meets the goal\./);

  await fill(page, /^Why – Change 1$/, "So that it can do little.");
  await tabTo(page, /^Hints – Goal 1$/, "Shift+Tab");
  await page.keyboard.insertText("Who runs it?\nWrite `USER 1000`.");
  await fill(page, /^Take home$/, "Be nobody.");
  await page.locator(".builder-bar", { hasText: "Nothing is missing." }).waitFor();
  await proved(page);

  await tabTo(page, /^Download$/, "Shift+Tab");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const text = readFileSync(await download.path(), "utf8");
  deepEqual(JSON.parse(text).lessons[0].goals[0].edits, [{ replace: 'CMD ["/app"]\n', with: 'USER 1000\nCMD ["/app"]\n', why: "So that it can do little." }]);

  await tabTo(page, /^Try it as a learner$/);
  const [learner] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Enter")]);
  await learner.locator(".goals[data-judged]").waitFor();
  equal(await learner.locator("h1").innerText(), "Be nobody");
  equal(await learner.locator(".goal.is-met").count(), 0);
  await put(learner, { value: SOLUTION });
  await learner.locator(".outcome").waitFor();
  await learner.getByRole("button", { name: "Show the solution" }).click();
  match(await learner.locator(".solution-steps").innerText(), /So that it can do little\./);
  deepEqual(faults, []);

  // The same file, by its own way.
  const { page: fresh } = await visit(new URL("learn.html", SITE).href);
  await fresh.locator(".lessons").first().waitFor();
  await fresh.locator("[data-workshop]").setInputFiles(asFile(text));
  await fresh.getByRole("link", { name: "Be nobody" }).waitFor();
  const { page: again } = await openBuilder();
  await withWorkshop(again, text);
  const [second] = await Promise.all([again.waitForEvent("download"), again.getByRole("button", { name: "Download" }).click()]);
  equal(readFileSync(await second.path(), "utf8"), text, "the builder makes the same of it again");
});

test("the proof follows what is written, and says what is wrong in sentences", async () => {
  const { page, faults } = await openBuilder();
  await withWorkshop(page, WORKSHOP);
  await proved(page);
  const solution = field(page, "Dockerfile of the solution");
  await solution.fill(SOLUTION.replace("USER 1000", "USER root"));
  await proofs(page).locator(".is-wrong", { hasText: "does not meet the goal. It still says: It runs as root." }).waitFor();
  match(await page.locator(".bar-proof").innerText(), /fails 1 of 1 goal; the solution meets 0/);
  const bar = await page.locator(".builder-bar").innerText();
  ok(bar.includes("No field is missing. 1 lesson is not proved: go to the first") && !bar.includes("Nothing is missing."), bar);
  match(await page.locator(".faults").innerText(), /^Lesson 1 The start fails 1 of 1 goal; the solution meets 0\. What keeps it from being proved is marked there\.$/);
  await field(page, "Dockerfile to begin with").fill(SOLUTION);
  await proofs(page).locator(".is-wrong", { hasText: "meets the goal already" }).waitFor();
  await solution.fill("FROM alpine:3.22\nUSER 1000\n");
  await page.locator(".proof-lines .is-wrong", { hasText: "is not true of the solution" }).waitFor();
  await solution.fill("FROM\n");
  await page.locator(".proof-lines .is-wrong", { hasText: "BuildKit would refuse the solution" }).first().waitFor();
  await page.getByRole("combobox", { name: "Condition – Goal 1" }).selectOption("score");
  await proofs(page).locator(".is-wrong", { hasText: "not whole yet" }).waitFor();
  await field(page, "At least – Goal 1").fill("many");
  match(await page.locator("#at-lessons-0-goals-0-when-score-atLeast-note").innerText(), /whole number/);
  equal(await field(page, "At least – Goal 1").getAttribute("aria-invalid"), "true");
  // Letter by letter: what counts is the last.
  await field(page, "Dockerfile to begin with").fill("");
  await field(page, "Dockerfile to begin with").pressSequentially("FROM alpine:3.22\nUSER 1000\n");
  await field(page, "At least – Goal 1").fill("1");
  await solution.fill(SOLUTION);
  await page.locator(".bar-proof", { hasText: "fails 0 of 1 goal; the solution meets 1" }).waitFor();
  deepEqual(faults, []);
});

test("lessons and goals change their order, are doubled, removed and brought back, and the keyboard stays where it was", async () => {
  const { page, faults } = await openBuilder();
  await withWorkshop(page, { ...WORKSHOP, lessons: [LESSON, { ...LESSON, id: "two", title: "Two" }] });
  const names = () => page.locator(".parts ol .part-choice > span:first-child").allInnerTexts();
  await page.getByRole("button", { name: "Duplicate – Be nobody" }).click();
  deepEqual(await names(), ["1. Be nobody", "2. Be nobody", "3. Two"]);
  equal(await field(page, "Name in links").inputValue(), "a-user-2");
  await page.getByRole("button", { name: "Move down – Be nobody" }).press("Enter");
  deepEqual(await names(), ["1. Be nobody", "2. Two", "3. Be nobody"]);
  match(await focused(page), /^Move down/);
  await page.keyboard.press("Enter");
  deepEqual(await names(), ["1. Be nobody", "2. Two", "3. Be nobody"], "there is no place below the last");
  await page.getByRole("button", { name: "Remove – Be nobody" }).press("Enter");
  deepEqual(await names(), ["1. Be nobody", "2. Two"]);
  equal(await focused(page), "Undo");
  await page.keyboard.press("Enter");
  deepEqual(await names(), ["1. Be nobody", "2. Two", "3. Be nobody"]);

  await page.getByRole("button", { name: "Add a goal" }).click();
  match(await focused(page), /^Said while it is open – Goal 2$/);
  await page.keyboard.insertText("Second");
  await page.getByRole("button", { name: "Move up – Goal 2" }).press("Enter");
  equal(await field(page, "Said while it is open – Goal 1").inputValue(), "Second");
  match(await focused(page), /^Move up – Goal 1$/);
  await page.getByRole("combobox", { name: "Meets the goal – Change 1" }).selectOption("Goal 1");
  equal(await page.getByRole("combobox", { name: "Meets the goal – Change 1" }).inputValue(), "0");
  await page.getByText("No change belongs to goal 2").waitFor();
  await page.getByRole("button", { name: "Remove – Goal 1" }).click();
  equal(await page.locator(".goal-card").count(), 1);
  await page.getByRole("button", { name: "Undo" }).click();
  equal(await field(page, "Said while it is open – Goal 1").inputValue(), "Second");
  deepEqual(faults, []);
});

test("a change that goes to another goal takes the focus along", async () => {
  const { page } = await openBuilder();
  const [goal] = LESSON.goals;
  const edits = [...(goal?.edits ?? []), { replace: "FROM alpine:3.22\n", with: "FROM alpine:3.22\nLABEL a=b\n", why: "So that it has a name." }];
  const solution = { dockerfile: SOLUTION.replace("COPY", "LABEL a=b\nCOPY") };
  await withWorkshop(page, { ...WORKSHOP, lessons: [{ ...LESSON, solution, goals: [{ ...goal, edits: [] }, { ...goal, edits }] }] });
  await page.getByRole("combobox", { name: "Meets the goal \u2013 Change 2" }).focus();
  await page.keyboard.press("ArrowUp");
  equal(await page.getByRole("combobox", { name: "Meets the goal \u2013 Change 1" }).inputValue(), "0");
  match(await focused(page), /^Meets the goal \u2013 Change 1$/);
  equal(await field(page, "Why \u2013 Change 1").inputValue(), "So that it has a name.");
});

test("one of our lessons can be copied as a beginning, and is proved", async () => {
  const { page, faults } = await openBuilder();
  await page.getByRole("button", { name: "Add one of ours" }).click();
  await page.locator("dialog[open] .ours button").first().click();
  await proved(page);
  equal(await page.locator(".parts ol li").count(), 1, "it takes the place of the lesson in which nobody has written");
  ok((await field(page, "Dockerfile to begin with").inputValue()).includes("FROM"));
  deepEqual(faults, []);
});

test("every lesson of our course is proved here as well", async () => {
  const { workshopFrom } = (await import(pathToFileURL(join(web, "workshop-from-folder.mjs")).href)) as { workshopFrom(folder: string): { lessons: unknown[] } };
  const course = workshopFrom(join(web, "lessons"));
  const { page, faults } = await openBuilder();
  await withWorkshop(page, course);
  await page.waitForFunction((count) => document.querySelectorAll(".mark.is-proved").length === count, course.lessons.length);
  await page.locator(".builder-bar", { hasText: "Nothing is missing." }).waitFor();
  equal(await page.locator(".left-out li").count(), 0);
  deepEqual(faults, []);
});

test("what is written is there after a reload, and where the browser keeps nothing that is said", async () => {
  const { page } = await openBuilder();
  await withWorkshop(page, WORKSHOP);
  await field(page, "Title").fill("Another title");
  await page.reload();
  await page.locator(".builder").waitFor();
  equal(await field(page, "Title").inputValue(), "Another title", "with the lesson open that was open");

  const { page: refused, faults } = await openBuilder({
    before: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
  });
  await withWorkshop(refused, WORKSHOP);
  await field(refused, "Title").fill("Another title");
  await refused.locator(".bar-said", { hasText: "This browser keeps nothing for this page" }).waitFor();
  await refused.getByRole("link", { name: "Try it as a learner" }).click();
  await refused.locator(".bar-said", { hasText: "the lessons cannot take the workshop from here" }).waitFor();
  equal(refused.context().pages().length, 1);
  deepEqual(faults, []);
});

test("of two tabs neither writes over the other's workshop without a word", async () => {
  const { page } = await openBuilder();
  await withWorkshop(page, WORKSHOP);
  await page.waitForFunction(() => Object.values(localStorage).some((kept) => String(kept).includes("Be nobody")));
  const other = await page.context().newPage();
  await other.goto(BUILDER);
  await other.locator(".parts ol .part-choice", { hasText: "Be nobody" }).waitFor();
  await field(other, "Title of the workshop").fill("Theirs");
  await page.locator(".bar-said", { hasText: "was changed in another tab" }).waitFor();
  await page.locator(".parts .part-choice").first().click();
  match(await page.locator(".bar-said").innerText(), /was changed in another tab/);
  await page.reload();
  equal(await field(page, "Title of the workshop").inputValue(), "One lesson", "it stays in its tab");
  await field(page, "Title of the workshop").fill("Ours");
  await other.locator(".bar-said", { hasText: "was changed in another tab" }).waitFor();
  equal(await field(other, "Title of the workshop").inputValue(), "Theirs");
  match(await page.locator(".bar-said").innerText(), /^Kept in this browser/);
});

test("nothing in a file becomes markup, and what no workshop has is told", async () => {
  const markup = "<img src=x onerror=globalThis.broken=1></textarea><script>broken=1</script>`\u202e{}";
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") return markup;
    if (Array.isArray(value)) return value.map(fill);
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fill(part)])) : value;
  };
  const almost = [{ say: markup, when: { all: [{ any: [{ not: { findings: { rules: [markup], category: markup } } }] }] } }];
  const whole = { ...LESSON, goals: [{ ...LESSON.goals[0], almost }], text: [markup, { list: [markup] }, { code: markup }], look: { tab: "build", change: { file: "x" } } };
  const { page, faults } = await openBuilder();
  const hostile = { ...(fill({ ...WORKSHOP, lessons: [whole, whole], plans: [{ id: "x", title: "x", about: "x", lessons: ["x"] }] }) as object), [markup]: 1, constructor: { prototype: 1 }, lessonsX: [] };
  await withWorkshop(page, JSON.stringify({ ...hostile, version: 7 }).replace("{", '{"__proto__":{"polluted":1},'));
  await page.locator(".left-out", { hasText: "Nothing is called this here" }).waitFor();
  await field(page, "Dockerfile to begin with").fill(`FROM ${markup}\n`);
  await page.getByRole("button", { name: "Suggest goals" }).click();
  for (const summary of await page.locator("summary").all()) await summary.click();
  const found = await page.evaluate(() => ({
    markup: document.querySelectorAll("main img, main script").length,
    broken: (globalThis as { broken?: number }).broken,
    polluted: ({} as { polluted?: number }).polluted,
  }));
  deepEqual(found, { markup: 0, broken: undefined, polluted: undefined });
  ok(await page.getByText("<img src=x").first().isVisible(), "it is shown as what it is");

  for (const [file, said] of [["no json", /not JSON/], ["[]", /no list of lessons/], ['{"lessons":{}}', /no list of lessons/]] as const) {
    await page.locator("[data-workshop]").setInputFiles(asFile(file));
    await page.locator(".bar-said", { hasText: said }).waitFor();
    equal(await page.locator(".goal-card").count(), 1, "what was open stays open");
  }
  deepEqual(faults, []);
});

test("what is not whole is not handed on: the lessons that are whole go, and the way leads to what is missing", async () => {
  const { page } = await openBuilder();
  await withWorkshop(page, { ...WORKSHOP, lessons: [LESSON, { ...LESSON, id: "two", title: "", takeHome: [] }], plans: [{ id: "p", title: "P", about: "P.", lessons: ["two"] }] });
  await page.locator(".parts ol .part-choice").nth(1).click();
  await page.getByRole("link", { name: "Try it as a learner" }).click();
  await page.locator(".bar-said", { hasText: "This lesson is not whole yet" }).waitFor();
  equal(await focused(page), "Title");
  await page.locator(".parts ol .part-choice").first().click();
  const [learner] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("link", { name: "Try it as a learner" }).click()]);
  await learner.locator("h1", { hasText: "Be nobody" }).waitFor();
  await page.locator(".bar-said", { hasText: "1 lesson is not whole yet" }).waitFor();
  await page.getByRole("button", { name: /things to mend: go to the first/ }).click();
  equal(await focused(page), "Title");
  match(await page.locator("#part-head").innerText(), /^Lesson 2/);
});

test("plans are taken along, and one that no longer fits can be removed", async () => {
  const plan = (id: string, lesson: string) => ({ id, title: id, about: "A way.", lessons: [lesson] });
  const { page } = await openBuilder({ permissions: ["clipboard-read", "clipboard-write"] });
  await withWorkshop(page, { ...WORKSHOP, plans: [plan("good", "a-user"), plan("odd", "nobody-knows")] });
  await field(page, "Name in links").fill("by-another-name");
  await page.getByRole("button", { name: /1 thing to mend/ }).click();
  match(await focused(page), /^odd.*No lesson has this id/);
  await page.getByRole("button", { name: "Remove \u2013 odd" }).click();
  await page.locator(".builder-bar", { hasText: "Nothing is missing." }).waitFor();
  await page.getByRole("button", { name: "Copy" }).click();
  await page.locator(".bar-said", { hasText: "is copied" }).waitFor();
  deepEqual(JSON.parse(await copied(page)).plans, [plan("good", "by-another-name")]);
});

test("the text of the file can be copied", async () => {
  const { page } = await openBuilder({ permissions: ["clipboard-read", "clipboard-write"] });
  await withWorkshop(page, WORKSHOP);
  await page.getByRole("button", { name: "Copy" }).click();
  await page.locator(".bar-said", { hasText: "is copied" }).waitFor();
  equal(JSON.parse(await copied(page)).lessons[0].title, "Be nobody");
});

test("without the engine that is said, and it can be asked for again", async () => {
  const { page } = await openBuilder({ prepare: (page) => page.context().route("**/engine_bg*.wasm", (route) => route.fulfill({ status: 404 })) });
  await withWorkshop(page, WORKSHOP);
  await page.locator(".bar-proof", { hasText: "could not be loaded" }).waitFor();
  await page.context().unroute("**/engine_bg*.wasm");
  await page.locator(".bar-proof").getByRole("button", { name: "Try again" }).click();
  await proved(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [320, 1280]) {
    test(`nothing is wrong for axe, ${colorScheme}, ${width} px wide, and nothing reaches out of the page`, async () => {
      const { page, faults } = await openBuilder({ bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
      const look = async (where: string) => {
        deepEqual(await faultsOf(page), [], where);
        equal(await reachesOut(page), false, where);
      };
      await look("an empty workshop");
      await page.locator(".parts ol .part-choice").first().click();
      await look("an empty lesson");
      await page.getByRole("button", { name: "Add one of ours" }).click();
      await look("our own lessons");
      await page.locator("dialog[open] .ours button").nth(17).click();
      await proved(page);
      await page.getByRole("button", { name: "Suggest goals" }).click();
      await page.getByRole("button", { name: "Add a goal" }).click();
      for (const summary of await page.locator("summary").all()) await summary.click();
      await page.getByRole("combobox", { name: "Condition – Goal 1", exact: true }).selectOption("steps");
      await page.getByRole("textbox", { name: "At least – Goal 1", exact: true }).fill("x");
      await look("a lesson of ours, with all that can be opened");
      deepEqual(faults, []);
    });
  }
}

for (const width of [1280, 360]) {
  test(`nothing moves while the page loads, ${width} px wide`, async () => {
    const { page } = await openBuilder({
      viewport: { width, height: 800 },
      before: () => {
        const shifts: unknown[] = [];
        Object.assign(globalThis, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as never as { value: number }).value);
        }).observe({ type: "layout-shift", buffered: true });
      },
    });
    await page.locator(".mark").first().waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shifts = await page.evaluate(() => (globalThis as never as { shifts: number[] }).shifts);
    ok(shifts.reduce((sum, value) => sum + value, 0) < 0.01, `shifts: ${shifts.join(", ")}`);
  });
}

test("after the first visit of the site workshops are written without a network", async () => {
  const host = await Host.start();
  const { page, faults } = await visit(`${host.site}builder.html`, { serviceWorkers: "allow" });
  await page.locator(".builder").waitFor();
  await page.getByRole("button", { name: "See for yourself" }).first().click();
  await page.locator(".proof-kept", { hasText: "is kept on this device" }).waitFor();
  await page.keyboard.press("Escape");
  host.goAway();
  await page.reload();
  await page.getByRole("button", { name: "Add one of ours" }).click();
  await page.locator("dialog[open] .ours button").first().click();
  await proved(page);
  deepEqual(faults, []);
});
