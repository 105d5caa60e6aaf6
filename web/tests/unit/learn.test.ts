import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Answers, changesOf, holds, judge, keyOf, matches } from "../../src/learn/goals.ts";
import { applied, placeOf, stepsOf, textOf } from "../../src/learn/edits.ts";
import { commandsOf, isCommand } from "../../src/learn/commands.ts";
import { countEdits, lineEdits } from "../../src/learn/lines.ts";
import { read, where } from "../../src/learn/read.ts";
import { addressOf, plainAddress, routeIn } from "../../src/learn/route.ts";
import type { Predicate } from "../../src/learn/workshop.ts";
import { edited } from "../../src/edited.ts";
import { keepProgress, recallProgress, withLesson } from "../../src/learn/progress.ts";
import schema from "../../static/workshop.schema.json";

const { EXAMPLE, exampleText, planTables } = (await import(pathToFileURL(join(process.env["LAYERWISE_ROOT"] ?? "..", "web/teaching.mjs")).href)) as {
  EXAMPLE: Any;
  exampleText: () => string;
  planTables: (workshop: Any) => string;
};

/** A workshop is taken apart here in ways that no type allows. */
type Any = any;

/** The example of the guide, changed. */
function changed(change: (workshop: Any) => void): string {
  const copy = structuredClone(EXAMPLE);
  change(copy);
  return JSON.stringify(copy);
}

const flowOf = (rows: Any) => ({ flow: { caption: "What leads where.", rows } });

function faultsIn(text: string): readonly string[] {
  const reading = read(text);
  return "faults" in reading ? reading.faults : [];
}

test("the example of the guide is a workshop", () => {
  deepEqual(faultsIn(JSON.stringify(EXAMPLE)), []);
  deepEqual(faultsIn(`\uFEFF${JSON.stringify(EXAMPLE)}`), []);
});

test("no text of a workshop is markup in the guide, nor a place that the build fills", () => {
  const lesson = { ...EXAMPLE.lessons[0], title: "`{root}` & <b>", practice: "{example}" };
  const tables = planTables({ plans: [{ id: "a-day", title: "{version}", about: "A {build}.", lessons: [lesson.id] }], lessons: [lesson] });
  match(tables, /<code>&#123;root}<\/code> &amp; &lt;b>/);
  for (const html of [tables, exampleText()]) equal(html.includes("{"), false);
});

test("what is wrong in a workshop is told with its place and what to do", () => {
  const cases: [(workshop: Any) => void, RegExp][] = [
    [(w) => delete w.title, /^`title`: This is missing\. Add it\.$/],
    [(w) => (w.version = 2), /^`version`: This must be 1\.$/],
    [(w) => (w.lessons = []), /^`lessons`: This needs at least one entry\.$/],
    [(w) => (w.lessons[0].minutes = "five"), /^Lesson 1, `minutes`: This must be a whole number\.$/],
    [(w) => (w.lessons[0].minutes = 0), /a number from 1 to 240/],
    [(w) => (w.lessons[0].id = "A user"), /^Lesson 1, `id`: This may hold small letters/],
    [(w) => (w.lessons[0].goals[0].hints = [""]), /^Lesson 1, goal 1, hint 1: This is empty/],
    [(w) => (w.lessons[0].goals[0].open = "x".repeat(401)), /has 401 characters, and may have 400/],
    [(w) => (w.lessons[0].goals[0].when = {}), /^Lesson 1, goal 1, `when`: One of `all`, `any`.* must be given/],
    [(w) => (w.lessons[0].goals[0].when = { healthcheck: true, user: { isRoot: false } }), /Only one of `healthcheck`, `user` may be given/],
    [(w) => (w.lessons[0].goals[0].when = { ruels: [] }), /`ruels`: Nothing is called this here\. Known are `all`/],
    [(w) => (w.lessons[0].goals[0].when = { steps: { keyword: ["FROM"] } }), /`keyword`, entry 1: This must be one of `ADD`/],
    [(w) => (w.lessons[0].goals[0].edits[0].replace = "CMD nothing"), /^Lesson 1, goal 1, `edits`: The text that an edit here replaces/],
    [(w) => (w.lessons[0].solution.dockerfile = "FROM scratch\n"), /^Lesson 1, `solution`, `dockerfile`: The edits of all goals lead/],
    [(w) => w.lessons.push(w.lessons[0]), /^Lesson 2, `id`: Another lesson is called `a-user` already/],
    [(w) => (w.plans = [{ id: "short", title: "Short", about: "Now.", lessons: ["no-such"] }]), /^Plan 1, `lessons`, entry 1|^Plan 1, lesson 1: No lesson/],
    [(w) => (w.lessons[0].text = [7]), /`text`, entry 1: This must be a text in quotes, or an object in braces/],
    [(w) => (w.lessons[0].picture = {}), /^Lesson 1, `picture`: One of `flow`, `support` must be given/],
    [(w) => (w.lessons[0].picture = flowOf([[{ text: "one" }], [{ text: "two" }, { text: "two" }], [{ text: "three" }, { text: "three" }, { text: "three" }]])), /^Lesson 1, `picture`, `flow`, row 3: The rows of a picture have one box/],
    [(w) => (w.lessons[0].picture = flowOf([[{ text: "one", is: "fine" }]])), /`is`: This must be one of `good`, `bad`/],
    [(w) => (w.lessons[0].picture = { support: { caption: "When?", of: [{ name: "`node:16`", year: 2023, month: 13 }] } }), /`month`: This must be a number from 1 to 12/],
    [(w) => (w.lessons[0].why = "a text"), /`why`: This must be a list/],
  ];
  for (const [change, wanted] of cases) {
    const [fault = "", ...others] = faultsIn(changed(change));
    match(fault, wanted);
    deepEqual(others, [], fault);
  }
});

test("several faults are told at once, and not without end", () => {
  equal(faultsIn(changed((w) => (delete w.title, delete w.about))).length, 2);
  match(faultsIn(changed((w) => (delete w.title, w.lessons.push(w.lessons[0])))).join(" "), /^Lesson 2, `id`: Another lesson.* `title`: This is missing/);
  equal(faultsIn(changed((w) => (w.lessons[0].takeHome = Array(8).fill(7)))).length, 8);
  equal(faultsIn(changed((w) => (w.lessons = Array(60).fill({})))).length, 20);
});

test("no file brings the reader down, and nothing that the schema does not know gets through", () => {
  for (const text of ["", "{", "[]", "null", "7", '"workshop"', '{"version":1', "\0", "FROM scratch\n"]) equal(faultsIn(text).length > 0, true, text);
  match(faultsIn("{")[0] ?? "", /^The file is not JSON \(/);
  match(faultsIn(" ".repeat(3 * 1024 * 1024))[0] ?? "", /larger than 2 MB/);

  const polluted = JSON.stringify(EXAMPLE).replace('"version":1', '"version":1,"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}');
  deepEqual(faultsIn(polluted).map((fault) => fault.slice(0, 15)), ["`__proto__`: No", "`constructor`: "]);
  equal(({} as Any).isAdmin, undefined);

  const when = `${'{"not":'.repeat(5000)}{"healthcheck":true}${"}".repeat(5000)}`;
  const deep = changed((w) => (w.lessons[0].goals[0].when = "deep")).replace('"deep"', when);
  match(faultsIn(deep)[0] ?? "", /nested too deeply/);
  match(faultsIn(changed((w) => (w["x".repeat(5000)] = 1)))[0] ?? "", /^`x{60}…`: Nothing is called this here/);
});

test("the published schema uses only what the validator knows", () => {
  const KNOWN = ["$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"];
  const MORE = ["items", "minItems", "maxItems", "properties", "required", "additionalProperties", "minProperties", "maxProperties"];
  const known = new Set([...KNOWN, ...MORE]);
  const look = (part: Any): void => {
    deepEqual(Object.keys(part).filter((name) => !known.has(name)), []);
    if (part.properties !== undefined) equal(part.additionalProperties, false, "what it does not know is a mistake");
    if (part.$ref !== undefined) ok(part.$ref.replace("#/$defs/", "") in schema.$defs, part.$ref);
    for (const inner of [...Object.values(part.properties ?? {}), ...Object.values(part.$defs ?? {}), ...(part.items ? [part.items] : [])]) look(inner);
  };
  look(schema);
});

test("a place in a document is named as people count", () => {
  equal(where(["lessons", 2, "goals", 0, "open"]), "lesson 3, goal 1, `open`");
  equal(where([]), "");
});

test("a command is found by its words, whatever stands between and before them", () => {
  const runs = (text: string, wanted: string) => commandsOf(text).some((words) => isCommand(words, wanted));
  const yes: [string, string][] = [
    ["--mount=type=cache,target=/root/.npm npm ci --omit=dev", "npm ci"],
    ["apt-get update && apt-get -y install --no-install-recommends curl", "apt-get install"],
    ["set -eux; /usr/bin/gcc -o a a.c", "gcc"],
    ["if true; then make install; fi", "make"],
    ["CGO_ENABLED=0 go build -o /out/app ./cmd", "go build"],
    ['["npm", "ci"]', "npm ci"],
    ['["/bin/sh", "-c", "npm ci && true"]', "npm ci"],
    ["<<EOF\nnpm ci\nEOF", "npm ci"],
    ["sudo apt-get install curl", "apt-get install"],
  ];
  const no: [string, string][] = [
    ["echo npm ci", "npm ci"],
    ["npm run ci-check", "npm ci"],
    ["apt-get install update", "apt-get update install"],
    ["rm -rf /root/.npm", "npm"],
    ["", "npm"],
    ["npm ci", ""],
  ];
  for (const [text, wanted] of yes) ok(runs(text, wanted), text);
  for (const [text, wanted] of no) ok(!runs(text, wanted), text);
});

test("a star in a pattern stands for anything, and no pattern takes long", () => {
  ok(matches("node:*-slim", "node:24-slim"));
  ok(matches("*@sha256:*", "node:24@sha256:abc"));
  ok(matches("*", ""));
  ok(!matches("node:*-slim", "node:24-slimmer"));
  ok(!matches("a*a", "a"));
  ok(!matches("node", "node:24"));
  ok(!matches(`${"*a".repeat(90)}b`, "a".repeat(100_000)));
});

const ANSWERS = {
  report: { findings: [], suppressed: [{ rule: "no-sudo", codes: ["DL3004"], category: "security", severity: "warning" }], problems: [], fragment: false, score: null },
  plan: {
    target: 1,
    stages: [
      { name: "build", isNeeded: true, steps: [{ keyword: "RUN", text: "go build ./...", reads: [], packages: ["git"] }] },
      { name: null, isNeeded: true, steps: [{ keyword: "COPY", text: "--from=build /out/app /app", reads: [{ kind: "files", from: { kind: "stage", stage: 0, name: "build" }, paths: ["/out/app"], to: "/app" }], packages: [] }] },
    ],
    ships: { stages: [1], base: { kind: "image", stage: null, name: "debian:13-slim" }, user: null, baseUser: "root", environment: [{ name: "PORT", value: "1" }], labels: [], entrypoint: null, command: { isShell: true, words: ["app"] }, healthcheck: null },
  },
  secrets: 2,
  simulations: new Map(),
} as unknown as Answers;

test("each condition is judged by what the engine says", () => {
  const yes: Predicate[] = [
    { findings: { codes: ["DL3004"], atLeast: 1 } },
    { findings: { severity: "error" } },
    { base: { is: ["debian:*"], isNot: ["*:latest"] } },
    { stages: { atLeast: 2, atMost: 2 } },
    { steps: { in: "image", runs: ["go"], atMost: 0 } },
    { steps: { in: "build", runs: ["go build"] } },
    { steps: { in: "build", installs: ["git"] } },
    { steps: { from: "build", copies: ["out/app"] } },
    { steps: { from: "stage" } },
    { user: { isRoot: true } },
    { environment: { has: ["PORT"], hasNot: ["TOKEN"] } },
    { starts: { form: "shell", program: ["app"] } },
    { healthcheck: false },
    { secrets: { atLeast: 2 } },
    { any: [{ healthcheck: true }, { not: { healthcheck: true } }] },
  ];
  const no: Predicate[] = [
    { findings: { rules: ["no-sudo"] } }, // a comment that silences it does not mend it
    { findings: { severity: "info" } },
    { score: { atLeast: 1 } },
    { base: { is: ["scratch"] } },
    { steps: { in: "image", keyword: ["RUN"] } },
    { steps: { from: "context" } },
    { user: { isRoot: false } },
    { environment: { has: ["TOKEN"] } },
    { starts: { form: "exec" } },
    { rebuilt: { change: { files: ["a"] }, atMost: 9 } }, // nobody has asked about it
    { all: [{ healthcheck: false }, { healthcheck: true }] },
    {},
  ];
  for (const predicate of yes) ok(holds(predicate, ANSWERS), JSON.stringify(predicate));
  for (const predicate of no) ok(!holds(predicate, ANSWERS), JSON.stringify(predicate));
});

test("a file that BuildKit would refuse meets no goal", () => {
  const goals = [{ open: "", met: "", when: { healthcheck: false }, hints: [], edits: [] }];
  ok(judge({ goals, keep: [] }, ANSWERS).isDone);
  const refused = { ...ANSWERS, report: { ...ANSWERS.report, problems: [{ message: "", range: { start: 0, end: 0 }, line: 1 }] } };
  deepEqual(judge({ goals, keep: [] }, refused), { builds: false, goals: [{ isMet: false, measure: null, almost: null }], kept: [], isDone: false });
});

test("of an attempt the first sentence that fits is said, and none once the goal is met", () => {
  const no = { healthcheck: true };
  const yes = { healthcheck: false };
  const goal = { open: "", met: "", hints: [], edits: [], almost: [{ say: "a", when: no }, { say: "b", when: yes }, { say: "c", when: yes }] };
  const verdicts = judge({ goals: [{ ...goal, when: no }, { ...goal, when: yes }], keep: [] }, ANSWERS).goals;
  deepEqual(verdicts.map(({ isMet, almost }) => [isMet, almost]), [[false, "b"], [true, null]]);
});

test("a change is asked about once, however many goals speak of it", () => {
  const when = { not: { rebuilt: { change: { files: ["a"] }, atMost: 1 } } };
  const goal = { open: "", met: "", hints: [], edits: [], when: { all: [when, when] } };
  const found = changesOf({ goals: [goal, goal], keep: [] });
  equal(found.length, 1);
  equal(keyOf({ files: ["a"], args: [], images: [], texts: [] }), keyOf(found[0] ?? { files: [], args: [], images: [], texts: [] }));
});

test("an edit has a place only where its text stands exactly once", () => {
  equal(placeOf("b", "abc"), 1);
  equal(placeOf("b", "abb"), undefined);
  equal(placeOf("", ""), 0);
  equal(placeOf("", "a"), undefined);
  equal(textOf(["a", "b"]), "a\nb\n");
  const texts = { dockerfile: "FROM a\n", dockerignore: "" };
  deepEqual(applied(texts, { file: ".dockerignore", replace: "", with: ".git\n", why: "" }), { ...texts, dockerignore: ".git\n" });
  equal(stepsOf({ ...EXAMPLE.lessons[0], start: { dockerfile: "FROM a\n" } })[0], undefined);
});

test("the edits between two texts lead from one to the other, and touch as few lines as possible", () => {
  const cases: [string, string, number][] = [
    ["", "", 0],
    ["a\n", "a\n", 0],
    ["", "a\n", 1],
    ["a\nb\nc\n", "a\nx\nc\n", 1],
    ["a\nb\nc\n", "b\nc\na\n", 2],
    ["a\nb\n", "", 2],
    ["a", "a\nb\n", 1],
    ["a\nb\nc\nd\n", "d\nc\nb\na\n", 6],
  ];
  for (const [before, after, count] of cases) {
    equal(edited(before, lineEdits(before, after)), after);
    equal(countEdits({ dockerfile: before, dockerignore: "" }, { dockerfile: after, dockerignore: "" }), count, `${before} -> ${after}`);
  }
  const long = Array.from({ length: 3000 }, (_, nth) => `RUN ${nth}\n`).join("");
  equal(edited(long, lineEdits(long, long.replaceAll("RUN", "run"))), long.replaceAll("RUN", "run"));
});

test("an edit in the midst of a long text counts alone", () => {
  const long = Array.from({ length: 3000 }, (_, nth) => `RUN ${nth}\n`).join("");
  const after = long.replace("RUN 1500\n", "RUN true\nRUN false\n");
  equal(countEdits({ dockerfile: long, dockerignore: "" }, { dockerfile: after, dockerignore: "" }), 2);
  equal(edited(long, lineEdits(long, after)), after);
  equal(lineEdits(long, after).length, 1);
});

test("what ends a line is no edit", () => {
  const count = (before: string, after: string) => countEdits({ dockerfile: before, dockerignore: "" }, { dockerfile: after, dockerignore: "" });
  equal(count("a\nb\n", "a\r\nb"), 0);
  equal(count("a\n", "a  \n\n"), 0);
});

test("an address of the page is read as it was written, and anything else is the list", () => {
  for (const fragment of ["#list", "#plan/two-hours", "#lesson/a-user", "#lesson/a-user/1abc", "#present/a-user", "#present/a-user/1abc", "#finish", "#handout", "#handout/solutions"]) {
    equal(addressOf(routeIn(fragment)), fragment);
  }
  for (const fragment of ["", "#", "#lesson", "#lesson/", "#present", "#present/", "#constructor", "#1abc", "#<b>"]) equal(routeIn(fragment).view, "list");
});

test("who leaves a workshop stays on the page, whatever its address is", () => {
  const leave = (search: string) => plainAddress({ pathname: "/a/learn.html", search });
  equal(leave("?workshop=own.json"), "/a/learn.html");
  equal(leave(""), "/a/learn.html");
  equal(leave("?learn.html&workshop=own.json&x=1"), "/a/learn.html?learn.html&x=1");
});

test("progress is there again, and what else stands in its place is none", () => {
  const storage = new Map<string, string>();
  const localStorage = { getItem: (name: string) => storage.get(name) ?? null, setItem: (name: string, value: string) => storage.set(name, value), removeItem: (name: string) => storage.delete(name) };
  Object.assign(globalThis, { localStorage });
  const none = { last: null, plan: null, lessons: new Map() };
  const progress = withLesson({ ...none, last: "a-user" }, "a-user", { isDone: true, best: 1, hints: [2], isGiven: true });
  ok(keepProgress("course", progress));
  deepEqual(recallProgress("course"), progress);
  deepEqual(recallProgress("another"), none);
  for (const kept of ["{", "7", "[]", '{"lessons":{"a":1}}', '{"last":7,"lessons":[null,{"id":3},{"best":-1}]}']) {
    storage.set("layerwise:learn:course", kept);
    deepEqual(recallProgress("course"), none, kept);
  }
  storage.set("layerwise:learn:course", '{"lessons":[{"id":"a","best":-1,"hints":["x",1],"isDone":"yes"}]}');
  deepEqual(recallProgress("course").lessons.get("a"), { isDone: false, best: null, hints: [0, 1], isGiven: false });
});
