// The page that teaches, in a real browser: with a workshop of its own, so that nothing here depends on what our course says.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Playground } from "../../web/src/playground.ts";
import { SITE, copied, faultsOf, gate, put, reachesOut, visit, waitForText } from "./site.ts";
import { Host } from "./host.ts";

const LEARN = new URL("learn.html", SITE).href;
const OWN = `${LEARN}?workshop=own.json`;

const USER = {
  id: "a-user",
  title: "Somebody else than `root`",
  practice: "Security",
  minutes: 5,
  why: ["A container runs as root unless its image says otherwise.", "Who breaks in is root as well.", "`USER` costs one line."],
  picture: {
    flow: {
      caption: "Who is `root`?",
      rows: [
        [{ text: "Whoever breaks in" }],
        [{ text: "Without `USER`" }, { text: "`USER 1000`", about: "by its number" }, { text: "Production" }],
        [{ text: "root", is: "bad" }, { text: "somebody", is: "good" }, { text: "nobody", is: "good" }],
      ],
    },
  },
  text: ["Where would you put it?", { list: ["Above", "Below"] }, { code: "USER name\n" }],
  start: { dockerfile: ["FROM alpine:3.22", "COPY . /app", 'CMD ["/app"]'] },
  solution: { dockerfile: ["FROM alpine:3.22", "COPY . /app", "USER 1000", 'CMD ["/app"]'], dockerignore: ".git\n" },
  keep: [{ broken: "The program must still be copied.", when: { steps: { copies: ["."] } } }],
  goals: [
    {
      open: "The container runs as root.",
      met: "It runs as somebody else.",
      when: { user: { isRoot: false } },
      almost: [{ say: "`root` by another name is still root.", when: { steps: { keyword: ["USER"], text: ["0"] } } }],
      hints: ["Which instruction says who?", "Write `USER 1000`."],
      edits: [{ replace: "CMD [", with: "USER 1000\nCMD [", why: "What is above belongs to root." }],
    },
    {
      open: "A change of `.git/HEAD` rebuilds {} steps.",
      met: "The history stays where it is.",
      when: { rebuilt: { change: { files: [".git/HEAD"] }, atMost: 0 } },
      hints: ["There is a second file."],
      edits: [{ file: ".dockerignore", replace: "", with: ".git\n", why: "It is not sent." }],
    },
  ],
  takeHome: ["Be nobody."],
  rules: ["final-stage-runs-as-root"],
};
const HEALTH = {
  ...USER,
  id: "health",
  title: "How are you?",
  picture: { support: { caption: "How long?", of: [{ name: "`alpine:3.22`", year: 2027, month: 5 }, { name: "`openjdk:17`", year: 2022 }] } },
  practice: "Configuration",
  start: { dockerfile: 'FROM alpine:3.22\nCMD ["/app"]\n' },
  solution: { dockerfile: 'FROM alpine:3.22\nHEALTHCHECK CMD ["/app", "check"]\nCMD ["/app"]\n' },
  keep: [],
  goals: [
    {
      open: "Nobody asks how it is.",
      met: "Somebody asks.",
      when: { healthcheck: true },
      hints: ["`HEALTHCHECK`"],
      edits: [{ replace: "CMD [", with: 'HEALTHCHECK CMD ["/app", "check"]\nCMD [', why: "So it is known." }],
    },
  ],
};
const WORKSHOP = {
  version: 1,
  title: "Two lessons",
  about: "To try the page.",
  plans: [{ id: "short", title: "Five minutes", about: "The last one alone.", lessons: ["health"] }],
  lessons: [USER, HEALTH],
};

const serving = (workshop: unknown) => (page: Page) =>
  page.route("**/own.json", (route) => route.fulfill({ body: typeof workshop === "string" ? workshop : JSON.stringify(workshop) }));

const openOwn = (hash = "", options: Parameters<typeof visit>[1] = {}) => visit(OWN + hash, { prepare: serving(WORKSHOP), ...options });

const goals = (page: Page) => page.locator(".goal");
const met = (page: Page, count: number) => page.waitForFunction((count) => document.querySelectorAll(".goal.is-met").length === count, count);

/** Waits until the engine has judged the lesson. */
const judged = (page: Page) => page.locator(".goals[data-judged]").waitFor();

const set = (page: Page, dockerfile: string, dockerignore = "") => put(page, { value: dockerfile, dockerignore });

/** What has the focus, in the words that a screen reader would use. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const active = document.querySelector("layerwise-playground")?.shadowRoot?.activeElement ?? document.activeElement;
    return active?.getAttribute("aria-label") ?? active?.textContent ?? "";
  });

async function tabTo(page: Page, wanted: RegExp, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (wanted.test(await focused(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never comes to ${wanted}, but to ${await focused(page)}.`);
}

test("the whole walk by keyboard alone: list, hints, both files, the next lesson, the finish page", async () => {
  const { page, faults } = await openOwn();
  await tabTo(page, /^Begin$/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  equal(await focused(page), "Somebody else than root");
  equal(await page.title(), "Somebody else than root \u2013 Layerwise");
  await judged(page);
  equal(await page.locator(".goal.is-met").count(), 0);

  await tabTo(page, /^Hint for: The container/);
  await page.keyboard.press("Enter");
  equal(await page.locator(".hints li").count(), 1);
  match(await focused(page), /^Next hint \(2 of 2\)/);
  await page.keyboard.press("Enter");
  deepEqual(await page.locator(".hints li").allInnerTexts(), ["Which instruction says who?", "Write USER 1000."]);
  equal(await focused(page), "Write USER 1000.", "the focus is not lost with the button");

  await tabTo(page, /^Dockerfile$/);
  await page.keyboard.press("Tab");
  await tabTo(page, /^Dockerfile$/);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await page.keyboard.insertText("USER 1000\n");
  await met(page, 1);
  await tabTo(page, /^Dockerfile$/, "Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await tabTo(page, /^Dockerfile$/, "Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await tabTo(page, /^\.dockerignore$/);
  await page.keyboard.press("Tab");
  await tabTo(page, /^\.dockerignore$/);
  await page.keyboard.insertText(".git\n");
  await met(page, 2);
  await page.locator(".outcome").waitFor();

  await tabTo(page, /^Next: How are you\?$/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.tagName === "H1" && document.activeElement.textContent === "How are you?");
  await judged(page);
  await tabTo(page, /^Show the solution$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Put the solution into the editor$/);
  await page.keyboard.press("Enter");
  await met(page, 1);
  await tabTo(page, /^To the finish page$/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByText("All lessons of \u201cTwo lessons\u201d are done.").waitFor();
  deepEqual(await page.locator("tbody td").allInnerTexts(), ["done", "2", "2", "done", "\u2013", "1"], "what was put there is nobody's best");
  deepEqual(faults, []);
});

test("goals are judged as one types, and said once the person pauses", async () => {
  const { page } = await openOwn("#lesson/a-user");
  await judged(page);
  match(await goals(page).nth(1).innerText(), /HEAD rebuilds 1 steps/);
  const [start] = USER.start.dockerfile;
  await set(page, `${start}\nCOPY . /app\nUSER 1000\nCMD ["/app"]\n`);
  await met(page, 1);
  await page.locator("[data-spoken]", { hasText: "Goal met: It runs as somebody else. 1 of 2." }).waitFor({ state: "attached" });
  await set(page, `${start}\nCOPY . /app\nCMD ["/app"]\n`);
  await page.locator("[data-spoken]", { hasText: "Open again: The container runs as root. 0 of 2." }).waitFor({ state: "attached" });
  await set(page, `${start}\nUSER 1000\n`, ".git\n");
  await page.locator(".broken", { hasText: "The program must still be copied." }).waitFor();
  equal(await page.locator(".outcome").count(), 0, "nobody gets through by deleting the program");
  await set(page, "FROM\n");
  await page.locator(".broken", { hasText: "BuildKit would refuse" }).waitFor();
  equal(await page.locator(".goal.is-met").count(), 0);
});

test("of an attempt that the lesson knows it is said what is still missing", async () => {
  const { page } = await openOwn("#lesson/a-user");
  await judged(page);
  await set(page, `${USER.start.dockerfile.slice(0, 2).join("\n")}\nUSER 0\n`);
  await goals(page).first().locator("p", { hasText: "root by another name is still root." }).waitFor();
  equal(await goals(page).getByText("The container runs as root.").count(), 0);
  await page.locator("[data-spoken]", { hasText: "root by another name is still root." }).waitFor({ state: "attached" });
});

test("a room sees the goals, the picture and the editor alone, in large letters, and nothing of it is printed or kept", async () => {
  const { page, faults } = await openOwn("#lesson/a-user", { viewport: { width: 1280, height: 720 } });
  await judged(page);
  const pictures = page.locator(".picture:visible");
  equal(await pictures.count(), 1);
  await page.getByRole("button", { name: /^Hint for: The container/ }).click();
  const text = `${USER.start.dockerfile.slice(0, 2).join("\n")}\nUSER 1000\n`;
  await set(page, text);
  await met(page, 1);
  await page.getByRole("link", { name: "Present", exact: true }).click();
  await page.getByRole("link", { name: "End the presentation" }).waitFor();
  match(page.url(), /#present\/a-user$/);
  equal(await focused(page), "Somebody else than root");
  await waitForText(page, text);
  equal(await page.locator(".goal.is-met").count(), 1, "the goals are as they were");
  equal(await page.locator(".hints li").count(), 0, "the room has asked for no hint");
  for (const [what, wanted] of [[".cm-content", true], [".goals", true], [".toolbar", false], [".results", false], [".page-head", false], [".page-foot", false], [".lesson-text", false], [".lesson-after", false]] as const) {
    equal(await page.locator(what).first().isVisible(), wanted, what);
  }
  equal(await pictures.count(), 1);
  const sizes = await page.locator(".cm-line, .goal p").evaluateAll((texts) => texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize)));
  ok(Math.min(...sizes) >= 20, `letters of ${Math.min(...sizes)} pixels`);
  const [left, right] = await Promise.all([".goals", ".cm-editor"].map((place) => page.locator(place).first().boundingBox()));
  ok(left !== null && right !== null && left !== undefined && right !== undefined && left.x + left.width <= right.x && right.y + right.height <= 720, "side by side, and no line of the editor below the screen");

  await page.getByRole("button", { name: /^Hint for: A change/ }).click();
  equal(await page.locator(".hints li").count(), 1);
  await page.emulateMedia({ media: "print" });
  ok(await page.locator(".lesson-text").isVisible(), "paper gets the lesson as it is");
  equal(await page.locator(".presenting").isVisible(), false);
  equal(await pictures.count(), 1, "and its picture once");
  await page.emulateMedia({ media: "screen" });

  await page.getByRole("link", { name: "End the presentation" }).click();
  await page.getByText("Begin this lesson anew").waitFor();
  match(page.url(), /#lesson\/a-user$/);
  await waitForText(page, text);
  deepEqual(await page.locator(".hints li").allInnerTexts(), ["Which instruction says who?"], "what the learner had opened");
  deepEqual(faults, []);
});

test("who presents goes from lesson to lesson with the keys of a remote, and writes in peace", async () => {
  const { page } = await openOwn("#present/a-user");
  await judged(page);
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageDown");
  await page.locator("h1:visible", { hasText: "How are you?" }).waitFor();
  match(page.url(), /#present\/health$/);
  await judged(page);
  const editor = page.getByRole("textbox", { name: "Dockerfile" });
  await editor.focus();
  await page.keyboard.press("PageUp");
  await page.keyboard.insertText("# mine\n");
  await waitForText(page, `# mine\n${HEALTH.start.dockerfile}`);
  match(page.url(), /#present\/health$/);
  await page.keyboard.press("Alt+PageUp");
  await page.locator("h1:visible", { hasText: "Somebody else" }).waitFor();
  await page.getByRole("tab", { name: "Dockerfile" }).focus();
  await page.keyboard.press("?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await shortcuts.waitFor();
  for (const key of ["PageDown", "Alt+PageDown"]) await page.keyboard.press(key);
  match(page.url(), /#present\/a-user$/, "the keys are the dialog's");
  await shortcuts.locator("h2").click(); // where nothing takes the focus
  await page.keyboard.press("PageDown");
  match(page.url(), /#present\/a-user$/);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Next" }).click();
  await page.locator("h1:visible", { hasText: "How are you?" }).waitFor();
  await waitForText(page, `# mine\n${HEALTH.start.dockerfile}`);
  await page.getByRole("link", { name: "End the presentation" }).click();
  await page.getByText("Begin this lesson anew").waitFor();
  await page.keyboard.press("PageUp");
  match(page.url(), /#lesson\/health$/, "elsewhere the keys scroll");
});

test("the solution that was put there is nobody's best, until its text is edited", async () => {
  const { page } = await openOwn("#lesson/a-user");
  await judged(page);
  await page.getByRole("button", { name: "Show the solution" }).click();
  await page.getByRole("button", { name: "Put the solution into the editor" }).click();
  await met(page, 2);
  equal(await page.locator(".golf", { hasText: "Your best" }).count(), 0);
  await page.reload();
  await met(page, 2);
  equal(await page.locator(".golf", { hasText: "Your best" }).count(), 0);
  await set(page, 'FROM alpine:3.22\n# mine\nCOPY . /app\nUSER 1000\nCMD ["/app"]\n', ".git\n");
  await page.locator(".golf", { hasText: "Your best: 3 lines." }).waitFor();
});

test("progress, hints, the best of golf and the text are there again after a reload, until they are forgotten", async () => {
  const { page } = await openOwn("#lesson/a-user");
  await judged(page);
  await page.getByRole("button", { name: /^Hint for: The container/ }).click();
  const text = 'FROM alpine:3.22\n# mine\nCOPY . /app\nUSER 1000\nCMD ["/app"]\n';
  await set(page, text, ".git\n");
  await page.locator(".golf", { hasText: "Your best: 3 lines." }).waitFor();
  await set(page, text.replace("# mine\n", ""), ".git\n");
  await page.locator(".golf", { hasText: "Your best: 2 lines." }).waitFor();
  await set(page, text, ".git\n");
  await page.reload();
  await waitForText(page, text);
  await met(page, 2);
  equal(await page.locator(".hints li").count(), 1);
  match(await page.locator(".golf").innerText(), /All goals with 3 lines edited\. Your best: 2 lines\./);

  await page.goto(OWN);
  match(await page.locator(".entry").first().innerText(), /Done$/);
  await page.getByRole("link", { name: "Go on with \u201cHow are you?\u201d" }).waitFor();
  await page.getByRole("button", { name: "Forget my progress" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  equal(await page.locator(".entry.is-done").count(), 1);
  await page.getByRole("button", { name: "Forget my progress" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await page.getByRole("link", { name: "Begin" }).click();
  await judged(page);
  await waitForText(page, USER.start.dockerfile.map((line) => `${line}\n`).join(""));
  equal(await page.locator(".hints li").count(), 0);
});

test("where nothing can be kept the lessons work all the same, and the page says so", async () => {
  const { page, faults } = await openOwn("#lesson/health", {
    before: () =>
      Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      }),
  });
  await judged(page);
  await page.getByRole("button", { name: "Show the solution" }).click();
  await page.getByRole("button", { name: "Put the solution into the editor" }).click();
  await met(page, 1);
  await page.getByRole("link", { name: "All lessons" }).click();
  await page.getByText("This browser keeps nothing").waitFor();
  deepEqual(faults, []);
});

for (const [what, before] of [
  ["has no copies of sites", () => Object.defineProperty(globalThis, "caches", { value: undefined })],
  [
    "keeps its copies of sites from this page",
    () =>
      Object.defineProperty(globalThis, "caches", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      }),
  ],
] as const) {
  test(`our course opens where the browser ${what}`, async () => {
    const { page, faults } = await visit(LEARN, { before });
    await page.locator(".lessons").first().waitFor();
    deepEqual(faults, []);
  });
}

test("where what looks at the build cannot be had the goals say so, and are judged once it is there", async () => {
  const { page } = await openOwn("#lesson/a-user", {
    prepare: async (page) => {
      await serving(WORKSHOP)(page);
      await page.route("**/build_bg*.wasm", (route) => route.fulfill({ status: 404 }));
    },
  });
  const unjudged = page.locator(".goals .broken", { hasText: "A part of the engine could not be loaded" });
  await unjudged.waitFor();
  equal(await page.getByText("The engine is on its way").count(), 0);
  await page.locator("[data-spoken]", { hasText: "A part of the engine could not be loaded" }).waitFor({ state: "attached" });
  const tryAgain = (place: string) => page.locator(place).getByRole("button", { name: "Try again" });
  await tryAgain(".goals").click();
  equal(await focused(page), "Goals");
  await unjudged.waitFor();
  await page.unroute("**/build_bg*.wasm");
  await page.getByRole("tab", { name: /^Build$/ }).click();
  await tryAgain("#result-panel").click();
  await judged(page);
  await page.locator(".goals-head", { hasText: "0 of 2 goals met" }).waitFor();
  equal(await unjudged.count(), 0);
});

test("a lesson begins anew, and an undo brings the text back", async () => {
  const { page } = await openOwn("#lesson/health");
  await judged(page);
  await set(page, "FROM scratch\n");
  await page.getByRole("button", { name: "Begin this lesson anew" }).click();
  await waitForText(page, HEALTH.start.dockerfile);
  await page.getByRole("textbox", { name: "Dockerfile" }).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await waitForText(page, "FROM scratch\n");
});

test("who begins a lesson anew that was done keeps the focus, and nothing is said any more that typing made untrue", async () => {
  const { page } = await openOwn("#lesson/health");
  await judged(page);
  await set(page, HEALTH.solution.dockerfile);
  await met(page, 1);
  await page.getByRole("button", { name: "Begin this lesson anew" }).focus();
  await page.keyboard.press("Enter");
  await met(page, 0);
  equal(await focused(page), "Begin this lesson anew");
  const said = page.locator(".means", { hasText: "Undo brings your text back." });
  await said.waitFor();
  await set(page, "FROM scratch\n");
  await said.waitFor({ state: "detached" });
});

test("goals that are met at once are counted once", async () => {
  const { page } = await openOwn("#lesson/a-user");
  await judged(page);
  await set(page, `${USER.solution.dockerfile.join("\n")}\n`, USER.solution.dockerignore);
  const said = "Goal met: It runs as somebody else. Goal met: The history stays where it is. 2 of 2. Lesson done: Somebody else than root.";
  await page.locator("[data-spoken]", { hasText: said }).waitFor({ state: "attached" });
});

test("a title loses its marks of code where only text can stand", async () => {
  const { page } = await openOwn("#lesson/a-user");
  await judged(page);
  await page.getByRole("link", { name: "All lessons" }).first().click();
  await page.getByRole("link", { name: "Go on with \u201cSomebody else than root\u201d" }).click();
  await judged(page);
  await page.getByRole("button", { name: "Show the solution" }).click();
  await page.getByRole("button", { name: "Put the solution into the editor" }).click();
  await page.locator("[data-spoken]", { hasText: "Lesson done: Somebody else than root." }).waitFor({ state: "attached" });
});

test("the solution shows what comes and goes, each with its reason", async () => {
  const { page } = await openOwn("#lesson/a-user");
  await judged(page);
  equal(await page.getByText("Take home").count(), 0);
  await page.getByRole("button", { name: "Show the solution" }).click();
  deepEqual(await page.locator(".solution-steps > li > p:first-child").allInnerTexts(), ["What is above belongs to root.", "It is not sent."]);
  deepEqual(await page.locator(".solution-steps ins code").allInnerTexts(), ["USER 1000", ".git"]);
  equal(await page.locator(".solution-steps del").count(), 0);
  await page.getByText("Be nobody.").waitFor();
  await page.locator("details summary").first().click();
  ok((await page.locator("details p").first().innerText()).length > 20, "what the rule says");
});

test("a link to a state opens it, and leaves the learner's own text alone", async () => {
  const { page } = await openOwn("#lesson/health");
  await judged(page);
  const shared = 'FROM alpine:3.22\nRUN true\nCMD ["/app"]\n';
  await set(page, shared);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy a link to this state" }).click();
  await page.locator(".means", { hasText: "The link is copied." }).waitFor();
  const link = await copied(page);
  match(link, /learn\.html\?workshop=own\.json#lesson\/health\/1[\w-]+$/);
  await set(page, "FROM busybox:1\n");
  await page.evaluate((link) => location.assign(link), link);
  await waitForText(page, shared);
  await page.getByText("This is a state that somebody shared.").waitFor();
  await set(page, "FROM scratch\n");
  await page.getByRole("link", { name: "Back to my own text" }).click();
  await waitForText(page, "FROM busybox:1\n");
  await page.evaluate(() => location.assign("#lesson/health/1AAAA"));
  await page.getByText("The link to this state is damaged").waitFor();
  await waitForText(page, HEALTH.start.dockerfile);
});

test("a link to a solution of somebody else's is none of the learner's own", async () => {
  const { page } = await openOwn("#lesson/health");
  await judged(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await set(page, HEALTH.solution.dockerfile);
  await met(page, 1);
  await page.getByRole("button", { name: "Copy a link to this state" }).click();
  await page.locator(".means", { hasText: "The link is copied." }).waitFor();
  const link = await copied(page);
  const { page: other } = await visit(link, { prepare: serving(WORKSHOP) });
  await met(other, 1);
  await other.locator(".outcome").waitFor();
  equal(await other.locator(".golf", { hasText: "Your best" }).count(), 0);
  await other.getByRole("link", { name: "All lessons" }).first().click();
  await other.locator(".lessons").first().waitFor();
  equal(await other.locator(".entry.is-done").count(), 0);
});

test("a link to a state leaves the learner's own credentials behind, and keeps those that the lesson is about", async () => {
  const brought = "ENV API_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345";
  const own = "ENV PASSWORD=S3cret-of-my-own";
  const lesson = { ...HEALTH, start: { dockerfile: `FROM alpine:3.22\n${brought}\nCMD ["/app"]\n` }, solution: { dockerfile: `FROM alpine:3.22\n${brought}\nHEALTHCHECK CMD ["/app", "check"]\nCMD ["/app"]\n` } };
  const { page } = await visit(`${OWN}#lesson/health`, { prepare: serving({ ...WORKSHOP, lessons: [USER, lesson] }) });
  await judged(page);
  await set(page, `${lesson.start.dockerfile}${own}\n`);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy a link to this state" }).click();
  await page.locator(".means", { hasText: "The link is copied." }).waitFor();
  const link = await copied(page);
  await page.evaluate((link) => location.assign(link), link);
  await waitForText(page, `${lesson.start.dockerfile}ENV PASSWORD=REPLACE_ME\n`);
});

test("a plan shows its lessons alone, and what follows a lesson is what follows there", async () => {
  const { page } = await openOwn("#plan/short");
  const hasEntries = (count: number) => page.waitForFunction((count) => document.querySelectorAll(".entry").length === count, count);
  await hasEntries(1);
  await page.getByRole("link", { name: "Begin" }).click();
  await judged(page);
  match(await page.locator(".lesson-text .aside").first().innerText(), /Lesson 1 of 1/);
  await page.getByRole("link", { name: "All lessons" }).first().click();
  await hasEntries(1);
  await page.locator(".plans").getByRole("link", { name: "All lessons" }).click();
  await hasEntries(2);
});

test("a file of the device is a workshop too, dropped or chosen, and a reload goes on with it", async () => {
  const { page, faults } = await visit(LEARN);
  await page.locator(".lessons").first().waitFor();
  const buffer = Buffer.from(JSON.stringify(WORKSHOP));
  await page.locator("[data-workshop]").setInputFiles({ name: "own.json", mimeType: "application/json", buffer });
  await page.getByRole("heading", { name: "Two lessons" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Two lessons" }).waitFor();
  await page.locator("[data-workshop]").setInputFiles({ name: "broken.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.locator(".faults li", { hasText: "lessons: This is missing." }).waitFor();
  await page.locator("[data-workshop]").setInputFiles({ name: "wide.json", mimeType: "application/json", buffer: Buffer.from("\ufeff{}", "utf16le") });
  await page.locator(".faults li", { hasText: "wide.json is in UTF-16, not in UTF-8" }).waitFor();
  await page.getByRole("button", { name: "Back to \u201cTwo lessons\u201d" }).click();
  await page.getByRole("heading", { name: "Two lessons" }).waitFor();
  await page.getByRole("button", { name: "Back to the course of this site" }).click();
  await page.getByRole("heading", { name: "Two lessons" }).waitFor({ state: "detached" });
  await page.locator(".lessons").first().waitFor();

  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "own.json"));
    document.querySelector("main")?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, JSON.stringify(WORKSHOP));
  await page.getByRole("heading", { name: "Two lessons" }).waitFor();
  deepEqual(faults, []);
});

test("the outline of a drop is where the drop would go, and gone after it", async () => {
  const { page } = await openOwn("#lesson/health");
  await judged(page);
  const drag = (type: string, isOverEditor: boolean) =>
    page.evaluate(
      ([type, isOverEditor]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["FROM scratch\n"], "Dockerfile"));
        const over = isOverEditor ? document.querySelector("layerwise-playground")?.shadowRoot?.querySelector(".cm-content") : document.querySelector("main");
        over?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
        return document.body.classList.contains("dropping");
      },
      [type, isOverEditor] as const,
    );
  equal(await drag("dragover", false), true);
  equal(await drag("dragover", true), false, "the editor has an outline of its own");
  equal(await drag("dragover", false), true);
  equal(await drag("drop", true), false);
  await waitForText(page, "FROM scratch\n");
});

test("a hostile workshop runs nothing, breaks nothing, and is told of in sentences", async () => {
  const markup = "<img src=x onerror=broken=1><script>broken=1</script>";
  const { page, faults } = await visit(`${OWN}#lesson/a-user`, {
    prepare: serving({ ...WORKSHOP, plans: [], title: markup, lessons: [{ ...USER, title: markup, practice: markup, why: [markup], text: [markup, { code: markup }], takeHome: [markup] }] }),
  });
  await judged(page);
  equal(await page.locator("h1").innerText(), markup);
  for (const hash of ["#list", "#finish", "#handout/solutions"]) {
    await page.evaluate((hash) => location.assign(hash), hash);
    await page.locator("h1", { hasText: "<img" }).waitFor();
  }
  equal(await page.evaluate(() => (globalThis as { broken?: number }).broken), undefined);
  equal(await page.locator("main img, main script").count(), 0);
  deepEqual(faults, []);

  const polluted = JSON.stringify(WORKSHOP).replace('"version":1', '"version":1,"__proto__":{"polluted":1}');
  const cases: [string, RegExp][] = [
    [polluted, /`__proto__`: Nothing is called this here/],
    ["{", /The file is not JSON/],
    ["[".repeat(100_000), /The file is not JSON/],
    ["x".repeat(3 * 1024 * 1024), /larger than 2 MB/],
    ["x".repeat(9 * 1024 * 1024), /too large for a workshop/],
    [JSON.stringify({ ...WORKSHOP, plans: [], lessons: [{ ...USER, minutes: "5" }] }), /Lesson 1, `minutes`: This must be a whole number\./],
  ];
  for (const [body, wanted] of cases) {
    const { page } = await visit(OWN, { prepare: serving(body) });
    await page.getByRole("heading", { name: "This workshop cannot be opened" }).waitFor();
    equal(await page.getByText("in its file").count(), body.length > 8_000_000 ? 0 : 1);
    match(((await page.locator(".faults").innerText()) as string).replaceAll(/(__proto__|minutes)/g, "`$1`"), wanted);
    equal(await page.evaluate(() => ({}) as { polluted?: number }).then(({ polluted }) => polluted), undefined);
  }
});

test("a workshop of another site is not asked for, and one that is not there is told of", async () => {
  const { page, requests } = await visit(`${LEARN}?workshop=https://example.org/own.json`);
  await page.getByText("opens workshops of its own site alone").waitFor();
  deepEqual(requests.filter((url) => url.startsWith("https://example.org")), []);
  for (const [asked, said] of [["none-such.json", "answered with 404"], ["javascript:alert(1)", "of its own site alone"], ["http://[", "is no address"]] as const) {
    const { page } = await visit(`${LEARN}?workshop=${encodeURIComponent(asked)}`);
    await page.getByText(said).waitFor();
    equal(await page.getByText("in its file").count(), 0, "there is no file to mend");
    await page.getByRole("button", { name: "To the course of this site" }).click();
    await page.locator(".lessons").first().waitFor();
  }
});

test("a lesson that is not there is no workshop that cannot be opened, and one gets on from there", async () => {
  const { page } = await openOwn("#lesson/none-such");
  await page.getByRole("heading", { name: "There is no lesson of this name here" }).waitFor();
  equal(await page.getByText("cannot be opened").count(), 0);
  await page.getByRole("button", { name: "All lessons" }).click();
  await page.locator(".lessons").first().waitFor();
  equal(await page.title(), "Two lessons \u2013 Layerwise");
  await page.goBack();
  await page.getByRole("button", { name: "Back to the course of this site" }).click();
  await page.getByText("Images that build fast").first().waitFor();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [320, 360, 1280]) {
    test(`axe finds nothing in any view, in ${colorScheme} colours, ${width} px wide, and nothing reaches out`, async () => {
      const { page, faults } = await openOwn("", { colorScheme, viewport: { width, height: 740 }, bypassCSP: true });
      const look = async (name: string) => {
        deepEqual({ name, faults: await faultsOf(page) }, { name, faults: [] });
        deepEqual({ name, reachesOut: await reachesOut(page) }, { name, reachesOut: false });
      };
      await page.locator(".lessons").first().waitFor();
      await look("the list");
      await page.evaluate(() => location.assign("#lesson/a-user"));
      await judged(page);
      await page.getByRole("button", { name: /^Hint for: The container/ }).click();
      await look("a lesson");
      await page.evaluate(() => location.assign("#present/a-user"));
      await page.locator(".presenting").waitFor();
      await page.getByRole("button", { name: /^Hint for: The container/ }).click();
      await look("a lesson that is presented");
      await page.evaluate(() => location.assign("#lesson/a-user"));
      await page.locator(".presenting").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Show the solution" }).click();
      await page.getByRole("button", { name: "Put the solution into the editor" }).click();
      await met(page, 2);
      await page.locator("details summary").first().click();
      await look("a lesson that is done");
      await set(page, `FROM alpine:3.22\nUSER 1000\n`, ".git\n");
      await page.locator(".broken").waitFor();
      await look("a program that was deleted");
      for (const [hash, wait] of [["#finish", "table"], ["#handout", ".sheet"], ["#handout/solutions", ".solution-steps"], ["#lesson/none", "text=There is no lesson"]] as const) {
        await page.evaluate((hash) => location.assign(hash), hash);
        await page.locator(wait).first().waitFor();
        await look(hash);
      }
      await page.evaluate(() => location.assign("#list"));
      await page.getByRole("button", { name: "Forget my progress" }).click();
      await look("the question before all is forgotten");
      deepEqual(faults, []);
      await page.goto(new URL("teaching.html", SITE).href);
      await look("the guide for trainers");
    });
  }
}

for (const [width, height] of [[1280, 900], [360, 740]] as const) {
  test(`nothing moves while a lesson loads, ${width} px wide`, async () => {
    const { page } = await openOwn("#lesson/a-user", {
      viewport: { width, height },
      before: () => {
        const shifts: unknown[] = [];
        Object.assign(globalThis, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as never as { value: number }).value);
        }).observe({ type: "layout-shift", buffered: true });
      },
    });
    await judged(page);
    await page.locator("layerwise-playground").evaluate((element) => (element as Playground).report().then(() => {}));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shifts = await page.evaluate(() => (globalThis as never as { shifts: number[] }).shifts);
    ok(shifts.reduce((sum, value) => sum + value, 0) < 0.01, `shifts: ${shifts.join(", ")}`);
  });
}

test("who asks for the proof before its script is there gets it as soon as it is", async () => {
  const held = gate();
  // The list needs the course, and what comes after the list needs the scripts that are asked for after that.
  let isListThere = false;
  const { page } = await visit(`${SITE}learn.html`, {
    prepare: (page) =>
      page.route(/\.js$/, async (route) => {
        if (isListThere) await held.opened;
        await route.continue();
      }).then(() => page.route(/course\.[^/]*\.json$/, async (route) => {
        isListThere = true;
        await route.continue();
      })),
  });
  await page.locator(".lessons").first().waitFor();
  await page.getByRole("button", { name: "See for yourself" }).first().click();
  equal(await page.locator("dialog.proof").count(), 0);
  held.open();
  await page.locator("dialog.proof[open]").waitFor();
});

test("after the first visit the lessons open without a network", async () => {
  const host = await Host.start();
  const { page, faults } = await visit(`${host.site}learn.html`, { serviceWorkers: "allow" });
  await page.locator(".lessons").first().waitFor();
  await page.getByRole("button", { name: "See for yourself" }).first().click();
  await page.locator(".proof-kept", { hasText: "is kept on this device" }).waitFor();
  await page.keyboard.press("Escape");
  host.goAway();
  await page.reload();
  await page.getByRole("link", { name: "Begin" }).click();
  await judged(page);
  ok((await goals(page).count()) > 0);
  await page.goto(`${host.site}teaching.html`);
  await page.getByRole("heading", { name: "Guide for trainers" }).waitFor();
  deepEqual(faults, []);
});

test("every lesson of our course begins with all goals open and ends with all of them met, in the page too", async () => {
  const { page, faults } = await visit(LEARN);
  await page.locator(".lessons").first().waitFor();
  const lessons = await page.locator(".entry a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  ok(lessons.length > 0);
  for (const lesson of lessons) {
    await page.evaluate((hash) => location.assign(hash), lesson);
    await page.waitForFunction((hash) => location.hash === hash && document.querySelector(".goals[data-judged]") !== null && document.querySelector(".solution-steps") === null, lesson);
    const count = await goals(page).count();
    equal(await page.locator(".goal.is-met").count(), 0, lesson);
    await page.getByRole("button", { name: "Show the solution" }).click();
    await page.getByRole("button", { name: "Put the solution into the editor" }).click();
    await met(page, count);
    await page.locator(".outcome").waitFor();
  }
  await page.evaluate(() => location.assign("#finish"));
  await page.getByText(/^All lessons of/).waitFor();
  deepEqual(faults, []);
});
