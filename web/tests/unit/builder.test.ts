// The builder, as far as it needs no browser: what is in its fields and what comes of it, what is done to it, and what is suggested.

import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Changes, arranged, moved } from "../../src/builder/changes.ts";
import { KINDS, conditionOf, fieldsOf, isFirst, isWhole, partsOf, predicateOf } from "../../src/builder/conditions.ts";
import { added, copyOf, named, removed, shifted, titled, withLesson, withoutGoal } from "../../src/builder/revise.ts";
import { blocksOf, textOfBlocks } from "../../src/builder/blocks.ts";
import { changesOf, emptyLesson, emptyManuscript } from "../../src/builder/manuscript.ts";
import { manuscriptOf } from "../../src/builder/from-file.ts";
import { fileOf, lessonValue, valueOf } from "../../src/builder/to-file.ts";
import { inspected, read } from "../../src/learn/read.ts";
import { placeOf, plainer, saidAt } from "../../src/builder/faults.ts";
import { applied } from "../../src/learn/edits.ts";
import type { Answers } from "../../src/learn/goals.ts";
import type { LessonEdit, Plan } from "../../src/learn/workshop.ts";
import type { Proof } from "../../src/builder/proof.ts";
import { answersOf } from "./answers.ts";
import type { BuilderState } from "../../src/builder/state.ts";
import { suggestions } from "../../src/builder/suggest.ts";
import { summary } from "../../src/views/builder/proof.ts";
import { texts } from "../../src/texts/builder.ts";

const web = join(process.env["LAYERWISE_ROOT"] ?? "..", "web");
const { workshopFrom } = (await import(pathToFileURL(join(web, "workshop-from-folder.mjs")).href)) as { workshopFrom(folder: string): { lessons: unknown[] } };
const { EXAMPLE } = (await import(pathToFileURL(join(web, "teaching.mjs")).href)) as { EXAMPLE: { lessons: object[] } };
const COURSE = workshopFrom(join(web, "lessons"));

const asRead = (text: string): unknown => {
  const reading = read(text);
  return "workshop" in reading ? reading.workshop : reading.faults;
};

/** Lists of lines and texts are the same file, and a listing is shown without its last line's end. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name: string, part: unknown) => {
    if (name === "$schema") return undefined;
    if (!["dockerfile", "dockerignore", "code", "replace", "with"].includes(name)) return part;
    const text = Array.isArray(part) ? part.map((line) => `${line}\n`).join("") : String(part);
    return name === "code" ? text.replace(/\n$/, "") : text;
  });

const again = (value: unknown): unknown => JSON.parse(fileOf(manuscriptOf(value)));

for (const [name, workshop] of [["our own course", COURSE], ["the example of the guide", EXAMPLE]] as const) {
  test(`${name} comes out of the builder as it went in`, () => {
    deepEqual(plain(again(workshop)), plain(workshop));
    equal(fileOf(manuscriptOf(again(workshop))), fileOf(manuscriptOf(workshop)), "and a second time");
    deepEqual(plain(asRead(fileOf(manuscriptOf(workshop)))), plain(asRead(JSON.stringify(workshop))), "the page of the lessons reads the same");
  });
}

test("what is half written comes back as far as it was written", () => {
  const [lesson] = emptyManuscript().lessons;
  ok(lesson);
  const half = { ...lesson, title: "Half", minutes: "ten", why: "One.\n\nTwo.  ", text: "- \n\n```\nopen", goals: [{ ...lesson.goals[0]!, when: { kind: "score", values: { atLeast: "many" }, parts: [] } }] };
  const back = manuscriptOf(again({ ...valueOf({ ...emptyManuscript(), lessons: [half] }) })).lessons[0];
  equal(back?.minutes, "ten");
  equal(back?.why, "One.\nTwo.");
  deepEqual(back?.goals[0]?.when, { kind: "score", values: { atLeast: "many" }, parts: [] });
  const { faults } = inspected(valueOf({ ...emptyManuscript(), lessons: [half] }), 100);
  match(saidAt(faults, ["lessons", 0, "minutes"]), /whole number/);
  match(saidAt(faults, ["lessons", 0, "goals", 0, "when", "score", "atLeast"]), /whole number/);
  const negative = { ...half, minutes: "-3", goals: [{ ...half.goals[0]!, when: { kind: "score", values: { atLeast: "-3" }, parts: [] } }] };
  const { faults: ranges } = inspected(valueOf({ ...emptyManuscript(), lessons: [negative] }), 100);
  match(saidAt(ranges, ["lessons", 0, "minutes"]), /from 1 to 240/);
  match(saidAt(ranges, ["lessons", 0, "goals", 0, "when", "score", "atLeast"]), /from 1 to 100/);
});

test("anything may be opened, and comes to fields", () => {
  const odd: unknown[] = [null, 7, "x", [], {}, { lessons: null }, { lessons: [null, 1, {}, { goals: {} }, { goals: [null, { when: [] }], start: 3, text: [null, { list: 1 }, { code: {} }], keep: "x", look: [], picture: 1 }] }];
  odd.push({ plans: [1, { lessons: 3, pauses: [null] }], lessons: [{ id: "a" }] });
  for (const value of odd) {
    const manuscript = manuscriptOf(value);
    const [first] = manuscript.lessons;
    ok(inspected(valueOf(manuscript)).faults.length > 0);
    if (first !== undefined) removed(named(manuscript, first.key, "b"), first.key);
  }
  let deep: object = {};
  for (let depth = 0; depth < 5000; depth += 1) deep = { not: deep };
  const made = manuscriptOf({ plans: [deep], lessons: [{ goals: [{ when: deep }], picture: deep, look: { tab: "build", change: { file: deep } } }] });
  ok(fileOf(made).length < 10_000, "what is nested for ever ends somewhere");
  equal(manuscriptOf({ lessons: Array.from({ length: 100_000 }, () => ({})) }).lessons.length, 500);
  const halves = manuscriptOf({ plans: [{ id: "p" }], lessons: [{ picture: { flow: {} } }] });
  deepEqual([halves.plans, halves.lessons[0]?.picture], [[], undefined], "nothing is kept that nobody could mend here");
});

test("the text of a lesson is read as it is written", () => {
  const text = "One `code`\nand on.\n- first\nstill first\n- second\n\n\n\\- no list\n```\nFROM a\n\nRUN b\n```\nafter";
  deepEqual(blocksOf(text), ["One `code`\nand on.", { list: ["first still first", "second"] }, "- no list", { code: "FROM a\n\nRUN b\n" }, "after"]);
  const blocks = ["- a", "\\b", "```", "a\nb", { list: ["- x", "y\nz"] }, { code: "```\n\n" }, { code: "" }, { code: ["a", "```"] }, "<b>"];
  deepEqual(blocksOf(textOfBlocks(blocks)), ["- a", "\\b", "```", "a b", { list: ["- x", "y z"] }, { code: "```\n\n" }, { code: "" }, { code: "a\n```\n" }, "<b>"]);
});

test("every condition of the schema has fields, with labels, and each field can be filled", () => {
  for (const kind of KINDS) {
    ok(Object.hasOwn(texts.condition.kinds, kind), `a name for ${kind}`);
    ok(partsOf(kind) !== "none" || fieldsOf(kind).length > 0, `fields for ${kind}`);
    const written = fieldsOf(kind).map(({ path, schema }) => {
      ok(Object.hasOwn(texts.condition.fields, path) || Object.hasOwn(texts.condition.fields, path.split(".").at(-1) ?? ""), `a label for ${kind}.${path}`);
      return [path, schema.type === "integer" ? "7" : schema.type === "boolean" ? "false" : (schema.enum ?? schema.items?.enum ?? ["x"]).join("\n").split("\n")[0]] as const;
    });
    if (partsOf(kind) !== "none") continue;
    const predicate = predicateOf({ kind, values: Object.fromEntries(written) as Record<string, string>, parts: [] });
    ok(isWhole(predicate), JSON.stringify(predicate));
    deepEqual(predicateOf(conditionOf(predicate)), predicate);
    ok(fieldsOf(kind).some((field) => isFirst(kind, field)), `something of ${kind} is in sight`);
  }
  deepEqual(KINDS.filter((kind) => partsOf(kind) !== "none"), ["all", "any", "not"]);
  equal(isWhole({ score: {} }), false);
});

// Changes --------------------------------------------------------------------------------------------------------------------

const files = (dockerfile: string, dockerignore = "") => ({ dockerfile, dockerignore });

/** Follows the edits of all goals; `undefined` where one has no place. */
const followed = (start: ReturnType<typeof files>, changes: Changes) => changes.flat().reduce<ReturnType<typeof files> | undefined>((now, edit) => now && applied(now, edit), start);

const START = files('FROM node\nWORKDIR /app\nCOPY . .\nRUN a\nRUN a\nRUN a\nCMD ["x"]\n');
const SOLUTION = files('FROM node:22\nWORKDIR /app\nCOPY . .\nRUN a\nRUN b\nRUN a\nUSER 1000\nCMD ["x"]\n', ".git\n");

test("the changes of two files lead from one to the other, whatever goals they belong to", () => {
  const all = arranged(START, SOLUTION, [[], [], []]);
  deepEqual(followed(START, all), SOLUTION);
  equal(all.flat().length, 4);
  ok(all.every((edits) => edits.length > 0), "each goal has one, while there are as many");
  for (let from = 0; from < 3; from += 1) {
    for (let to = 0; to < 3; to += 1) deepEqual(followed(START, arranged(START, SOLUTION, moved(all, from, 0, to))), SOLUTION, `${from} to ${to}`);
  }
});

test("edits that lead to the solution stay as they are, and say the same of other texts around them", () => {
  const edits: LessonEdit[][] = [
    [{ replace: "FROM node", with: "FROM node:20", why: "pinned" }],
    [{ replace: "FROM node:20", with: "FROM node:22", why: "newer" }],
  ];
  const end = files(START.dockerfile.replace("node", "node:22"));
  equal(arranged(START, end, edits), edits);
  const more = (texts: typeof START) => files(`# note\n${texts.dockerfile}`);
  equal(arranged(more(START), more(end), edits), edits);
});

test("a reason stays with its change while the change is written on", () => {
  const first = arranged(START, files(START.dockerfile.replace("CMD", "USER 1\nCMD")), [[], []]).map((edits) => edits.map((edit) => ({ ...edit, why: "nobody" })));
  for (const line of ["USER 10", "USER 100", "# who\nUSER 1000", "USER app"]) {
    const end = files(START.dockerfile.replace("CMD", `${line}\nCMD`));
    const now = arranged(START, end, first);
    deepEqual(followed(START, now), end);
    deepEqual(now.map((edits) => edits.map(({ why }) => why)), [["nobody"], []], line);
  }
  const both = files(START.dockerfile.replace("CMD", "USER 1\nCMD").replace("node", "node:22"));
  deepEqual(arranged(START, both, first).map((edits) => edits.map(({ why }) => why)), [["nobody"], [""]], "and what is new has none yet");
});

test("texts without line ends, empty ones and the same line everywhere have their changes", () => {
  const cases: [string, string][] = [["", "FROM a"], ["FROM a", ""], ["FROM a", "FROM b\n"], ["\n\n\n", "\n\nx\n\n"], ["a\na\na\na\n", "a\na\nb\na\na\n"], ["\na", "\nb\na"], ["a\r\nb\r\n", "a\r\nc\r\nb\r\n"]];
  for (const [before, after] of cases) deepEqual(followed(files(before, after), arranged(files(before, after), files(after, before), [[], []])), files(after, before), JSON.stringify([before, after]));
});

// What is done to a manuscript -------------------------------------------------------------------------------------------------

const lessons = (...names: string[]) => ({ ...emptyManuscript(), plans: [], lessons: names.map((id) => ({ ...emptyLesson("P"), id, title: id })) });
const ids = ({ lessons }: { lessons: readonly { id: string }[] }) => lessons.map(({ id }) => id);

test("lessons are added, moved, copied and removed, and plans go along", () => {
  const plans: Plan[] = [{ id: "p", title: "P", about: "P.", lessons: ["a", "b"], pauses: [{ title: "T", minutes: 5, before: "a" }] }, { id: "q", title: "Q", about: "Q.", lessons: ["a"] }];
  const three = { ...lessons("a", "b", "c"), plans };
  const [a, b, c] = three.lessons;
  ok(a && b && c);
  deepEqual(ids({ lessons: shifted(three.lessons, c.key, -1) }), ["a", "c", "b"]);
  equal(shifted(three.lessons, c.key, 1), three.lessons);
  deepEqual(ids(added(three, copyOf(a), a.key)), ["a", "a-2", "b", "c"]);
  notEqual(copyOf(a).goals[0]?.key, a.goals[0]?.key);
  const without = removed(three, a.key);
  deepEqual(ids(without), ["b", "c"]);
  deepEqual(without.plans, [{ id: "p", title: "P", about: "P.", lessons: ["b"], pauses: [{ title: "T", minutes: 5 }] }]);
  deepEqual(three.plans, plans, "what was is still there");
  deepEqual(named(three, a.key, "z").plans.map(({ lessons }) => lessons), [["z", "b"], ["z"]]);
});

test("what was said of a goal's changes stays where the goal goes", () => {
  const [lesson] = manuscriptOf(COURSE).lessons.filter(({ goals }) => goals.length > 2);
  ok(lesson);
  const said = (goals: typeof lesson.goals) => changesOf({ ...lesson, goals }).flat().map(({ why }) => why);
  for (const { key } of lesson.goals) {
    const goals = withoutGoal(lesson, key);
    equal(goals.length, lesson.goals.length - 1);
    deepEqual(said(goals), said(lesson.goals));
  }
});

test("a name in links follows the title until it has one of its own", () => {
  const two = lessons("a", "");
  const key = two.lessons[1]?.key ?? "";
  const first = titled(titled({ ...two, lessons: two.lessons.map((lesson, at) => (at === 1 ? { ...lesson, title: "" } : lesson)) }, key, "Größe: `USER`!"), key, "A");
  equal(first.lessons[1]?.id, "a-2");
  equal(titled(first, key, "Somebody else").lessons[1]?.id, "somebody-else");
  equal(titled(withLesson(first, key, { id: "mine" }), key, "Other").lessons[1]?.id, "mine");
});

// What is said ------------------------------------------------------------------------------------------------------------------

test("what is wrong is said at its field, in the words of the fields", () => {
  const manuscript = manuscriptOf({ lessons: [{ title: "x".repeat(121), why: ["a", "b", "c", "d", "e", "f"], goals: [{ hints: ["h", "x".repeat(1201)], when: {} }] }] });
  const faults = inspected(valueOf(manuscript), 100).faults.map(plainer);
  match(saidAt(faults, ["lessons", 0, "title"]), /^This has 121 characters, and may have 120/);
  match(saidAt(faults, ["lessons", 0, "why"]), /^This has 6 entries, and may have 5/);
  match(saidAt(faults, ["lessons", 0, "goals", 0, "hints"]), /^Hint 2: This has 1201 characters/);
  equal(saidAt(faults, ["lessons", 0, "goals", 0, "when"]), texts.condition.missing);
  equal(saidAt(faults, ["lessons", 0, "practice"]), texts.toMend.empty);
  equal(placeOf(["lessons", 1, "goals", 0, "hints", 2]), "Lesson 2, Goal 1, Hints, 3");
  equal(placeOf(["lessons", 0, "constructor"]), "Lesson 1, `constructor`");
  equal(placeOf(["title"]), "Title of the workshop");
  const none = inspected(valueOf({ ...emptyManuscript(), lessons: [] }), 100).faults.map(plainer);
  equal(saidAt(none, ["lessons"]), texts.parts.none);
  equal(placeOf(["lessons", 0, "why"]), "Lesson 1, Why anybody should care");
  equal(placeOf(["lessons", 0, "goals", 0, "edits", 1, "why"]), "Lesson 1, Goal 1, Change 2, Why");
  equal(placeOf(["lessons", 0, "solution", "dockerfile"]), "Lesson 1, Dockerfile of the solution");
  equal(placeOf(["lessons", 0, "goals", 0, "when", "steps", "text", 0]), "Lesson 1, Goal 1, Condition, There are steps like these, What follows the instruction, 1");
  equal(placeOf(["lessons", 0, "goals", 0, "when", "rebuilt", "change", "files", 1]), "Lesson 1, Goal 1, Condition, A change rebuilds so many steps, Files that change, 2");
});

test("what is proved of a lesson leaves out the goals that cannot be judged yet", () => {
  const [lesson] = emptyManuscript().lessons;
  const [goal] = lesson?.goals ?? [];
  ok(lesson && goal);
  const score = { kind: "score", values: { atLeast: "90" }, parts: [] };
  const judgement = (...met: readonly boolean[]) => ({ builds: true, goals: met.map((isMet) => ({ isMet, measure: null, almost: null })), kept: [], isDone: met.every(Boolean) });
  const said = (kinds: readonly (typeof score | undefined)[], start: readonly boolean[], solution: readonly boolean[]) => {
    const answers = answersOf({ rules: [], score: 90, base: "a", user: "a", layers: 1 });
    const proof: Proof = { start: { answers, judgement: judgement(...start) }, solution: { answers, judgement: judgement(...solution) }, steps: [] };
    const state = { proofOf: () => proof, isFailed: false } as unknown as BuilderState;
    return summary(state, { ...lesson, goals: kinds.map((when) => ({ ...goal, ...(when && { when }) })) });
  };
  equal(said([score, score], [false, true], [true, true]), "The start fails 1 of 2 goals; the solution meets 2.");
  equal(said([score, undefined], [false, false], [true, false]), "The start fails 1 of 1 goal; the solution meets 1. The condition of 1 goal is not whole yet.");
  equal(said([undefined], [false], [false]), "The condition of 1 goal is not whole yet.");
  equal(said([], [], []), "No goal yet.");
});

// Suggestions -------------------------------------------------------------------------------------------------------------------

const proofOf = (start: Answers, solution: Answers): Proof => {
  const judgement = { builds: true, goals: [], kept: [], isDone: true };
  return { start: { answers: start, judgement }, solution: { answers: solution, judgement }, steps: [] };
};

test("goals are suggested of what the solution has no more, or has and the start had not", () => {
  const start = answersOf({ rules: ["a", "both"], score: 40, base: "node", user: "root", layers: 4 });
  const solution = answersOf({ rules: ["both"], score: 93, base: "node:22-slim", user: "1000", layers: 2 });
  const all = suggestions(proofOf(start, solution), new Map(), []);
  deepEqual(all.map(({ when }) => when), [
    { findings: { rules: ["a"] } },
    { score: { atLeast: 90 } },
    { base: { is: ["node:22-slim"] } },
    { user: { isRoot: false } },
    { steps: { in: "image", keyword: ["RUN", "COPY", "ADD"], atMost: 2 } },
  ]);
  ok(all.every(({ open, met }) => open !== "" && met !== ""));
  deepEqual(suggestions(proofOf(start, solution), new Map(), all.map(({ when }) => when)), [], "none that is there already");
  deepEqual(suggestions(proofOf(solution, start), new Map(), []).map(({ when }) => when), [{ base: { is: ["node"] } }], "and nothing that is worse, but for what may be either");
});

test("suggestions count one thing as one", () => {
  const of = { rules: [], score: 90, base: "node:22", user: "1000" };
  const sentences = (before: { layers: number; rebuilt?: Record<string, number> }, after: typeof before) =>
    suggestions(proofOf(answersOf({ ...of, ...before }), answersOf({ ...of, ...after })), new Map(), []).flatMap(({ open, met, shown }) => [open, met, shown]);
  deepEqual(sentences({ layers: 4 }, { layers: 1 }), ["The image has {} layers; 1 is enough.", "The image has one layer.", "The image has one layer."]);
  deepEqual(sentences({ layers: 4 }, { layers: 2 }), ["The image has {} layers; 2 are enough.", "Layers of the image: {}.", "Layers of the image: 2."]);
  match(sentences({ layers: 1, rebuilt: { ".git/HEAD": 1 } }, { layers: 1, rebuilt: { ".git/HEAD": 0 } })[0] ?? "", /rebuilds {} of the steps; none need be/);
});

test("what a change rebuilds is suggested where the solution rebuilds less, and of a file that no build needs only that it rebuilds nothing", () => {
  const of = { rules: [], score: 90, base: "node:22", user: "1000", layers: 4 };
  const suggested = (before: Record<string, number>, after: Record<string, number>) =>
    suggestions(proofOf(answersOf({ ...of, rebuilt: before }), answersOf({ ...of, rebuilt: after })), new Map(), []).map(({ when }) => when);
  deepEqual(suggested({ "src/main": 3, ".git/HEAD": 3 }, { "src/main": 1, ".git/HEAD": 1 }), [{ rebuilt: { change: { files: ["src/main"] }, atMost: 1 } }]);
  deepEqual(suggested({ "src/main": 3, ".git/HEAD": 3 }, { "src/main": 3, ".git/HEAD": 0 }), [{ rebuilt: { change: { files: [".git/HEAD"] }, atMost: 0 } }]);
  deepEqual(suggested({ "src/main": 1 }, { "src/main": 2 }), []);
});

test("a lesson that is taken from ours is one of its own", () => {
  const [first] = manuscriptOf(COURSE).lessons;
  ok(first);
  deepEqual(changesOf(first), (lessonValue(first).goals as { edits: unknown }[]).map(({ edits }) => edits));
});
