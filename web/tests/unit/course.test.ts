// Every lesson of our own course is proved with the engine itself: where it starts nothing is met, each goal's edits meet it, and the solution
// meets all. The WebAssembly modules are those of the page.

import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import type * as BuildGlue from "../../generated/build/build.js";
import type * as EngineGlue from "../../generated/engine/engine.js";
import type * as ShellGlue from "../../generated/shell/shell.js";
import { type Answers, type Judgement, changesOf, judge, keyOf } from "../../src/learn/goals.ts";
import type { Lesson, Predicate, Workshop } from "../../src/learn/workshop.ts";
import { type Texts, stepsOf, textOf, textsOf } from "../../src/learn/edits.ts";
import { type Columns, type RuleText, rowsOf } from "../../src/rules.ts";
import { read } from "../../src/learn/read.ts";

const web = join(process.env["LAYERWISE_ROOT"] ?? "..", "web");

/** The lessons speak of images as they were published on this day. Later ones must not change what is proved. */
const TODAY = "2026-11-26";

async function moduleOf<Glue extends { initSync(module: { module: BufferSource }): unknown }>(name: string, file = `${name}_bg.wasm`): Promise<Glue> {
  const folder = join(web, "generated", name);
  const glue = (await import(pathToFileURL(join(folder, `${name}.js`)).href)) as Glue;
  glue.initSync({ module: readFileSync(join(folder, file)) });
  return glue;
}

const engine = await moduleOf<typeof EngineGlue>("engine", "engine_whole.wasm");
const build = await moduleOf<typeof BuildGlue>("build");
const shell = await moduleOf<typeof ShellGlue>("shell");

const { workshopFrom } = (await import(pathToFileURL(join(web, "workshop-from-folder.mjs")).href)) as { workshopFrom(folder: string): unknown };
const reading = read(JSON.stringify(workshopFrom(join(web, "lessons"))));
const course: Workshop | undefined = "workshop" in reading ? reading.workshop : undefined;
const rules = new Set(
  ["rules.json", "shell-rules.json"].flatMap((name) => [
    ...rowsOf(JSON.parse(readFileSync(join(web, "generated", name), "utf8")) as Columns<RuleText>).keys(),
  ]),
);

/** As the page asks: an empty `.dockerignore` is none. */
function answersFor(lesson: Lesson, { dockerfile, dockerignore }: Texts): Answers {
  const request = { text: dockerfile, today: TODAY, ...(dockerignore !== "" && { dockerignore }) };
  const linter = { lint: shell.lint } as unknown as EngineGlue.ShellLinter;
  const simulations = changesOf(lesson).map((change) => [keyOf(change), build.simulate(request, change)] as const);
  return {
    report: engine.check(request, linter),
    plan: build.plan(request),
    secrets: engine.secrets(request).length / 2,
    simulations: new Map(simulations),
  };
}

function judged(lesson: Lesson, texts: Texts): Judgement {
  return judge(lesson, answersFor(lesson, texts));
}

const met = ({ goals }: Judgement): boolean[] => goals.map(({ isMet }) => isMet);

test("the course is a workshop like any other", () => {
  deepEqual("faults" in reading ? reading.faults : [], []);
});

test("the plans last as long as they say", () => {
  const lasts = (course?.plans ?? []).map(({ id, lessons, pauses = [] }) => {
    const minutes = [...pauses, ...(course?.lessons ?? []).filter((lesson) => lessons.includes(lesson.id))].reduce((sum, part) => sum + part.minutes, 0);
    return [id, minutes];
  });
  deepEqual(lasts, [["two-hours", 120], ["half-a-day", 240]]);
});

for (const lesson of course?.lessons ?? []) {
  test(`${lesson.id}: where it starts every goal is open, and nothing is broken`, () => {
    const start = judged(lesson, textsOf(lesson.start));
    ok(start.builds, "BuildKit builds it");
    deepEqual(met(start), lesson.goals.map(() => false));
    deepEqual(start.goals.map(({ almost }) => almost), lesson.goals.map(() => null), "nobody has attempted anything");
    deepEqual(start.kept, lesson.keep.map(() => true));
  });

  test(`${lesson.id}: each goal is met by its own edits, and stays met`, () => {
    const steps = stepsOf(lesson);
    for (const [index, texts] of steps.entries()) {
      ok(texts, `the edits of goal ${index + 1} have their places`);
      const step = judged(lesson, texts);
      deepEqual(met(step).slice(0, index + 1), met(step).slice(0, index + 1).map(() => true), `after goal ${index + 1}`);
      deepEqual(step.kept, lesson.keep.map(() => true), `after goal ${index + 1}`);
      const before = steps[index - 1];
      if (before !== undefined) equal(judged(lesson, before).goals[index]?.isMet, false, `goal ${index + 1} is no present of the goals before`);
    }
  });

  test(`${lesson.id}: the solution meets every goal and brings no error`, () => {
    const answers = answersFor(lesson, textsOf(lesson.solution));
    const end = judge(lesson, answers);
    ok(end.isDone, JSON.stringify(end));
    deepEqual(answers.report.findings.filter(({ severity }) => severity === "error").map(({ message }) => message), []);
    deepEqual(answers.report.suppressed, [], "nothing is silenced");
    const start = answersFor(lesson, textsOf(lesson.start));
    ok((answers.report.score?.total ?? 0) >= (start.report.score?.total ?? 0), "the score is no lower than it was");
  });

  test(`${lesson.id}: nobody gets through by deleting the program`, () => {
    for (const text of ["", "FROM scratch\n", textsOf(lesson.solution).dockerfile.split("\n").filter((line) => /^(FROM|#)/.test(line)).join("\n")]) {
      equal(judged(lesson, { dockerfile: text, dockerignore: "" }).isDone, false, text);
    }
  });

  for (const { name, texts } of attemptsAt(lesson, "also")) {
    test(`${lesson.id}: another good way is as good (${name})`, () => {
      const judgement = judged(lesson, texts);
      ok(judgement.isDone, JSON.stringify(judgement));
    });
  }

  for (const { name, texts } of attemptsAt(lesson, "never")) {
    test(`${lesson.id}: what only looks like a solution is none (${name})`, () => {
      equal(judged(lesson, texts).isDone, false);
    });
  }

  test(`${lesson.id}: what is said of an attempt is said of one that is proved to be none`, () => {
    const attempts = attemptsAt(lesson, "never").map(({ texts }) => judged(lesson, texts));
    const unsaid = lesson.goals.flatMap(({ almost = [] }, index) => almost.filter(({ say }) => !attempts.some(({ goals }) => goals[index]?.almost === say)));
    deepEqual(unsaid.map(({ say }) => say), []);
  });

  test(`${lesson.id}: it opens with a picture or the cache view`, () => {
    ok(lesson.picture !== undefined || lesson.look?.tab === "build", "neither `picture`, nor the tab `build` in `look`");
  });

  for (const { name, year, month } of lesson.picture?.support?.of ?? []) {
    test(`${lesson.id}: ${name} in its picture is supported as long as the engine says`, () => {
      const text = `FROM ${name.replaceAll("`", "")}\n`;
      const foundOn = (today: string) => engine.check({ text, today }, undefined).findings.map((finding) => `${finding.rule}/${finding.case}`);
      const day = (month: number) => `${year + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, "0")}-01`;
      // Of an image that was given up the engine knows no day.
      if (month === undefined) return ok(foundOn(TODAY).includes("deprecated-base-image/"));
      ok(!foundOn(day(month)).includes("eol-base-image/ended"), "supported when the month begins");
      ok(foundOn(day(month + 1)).includes("eol-base-image/ended"), "and no more when it is over");
    });
  }

  test(`${lesson.id}: the texts are whole`, () => {
    equal(lesson.why.length, 3, "why in three sentences");
    const said = [...lesson.why, ...lesson.takeHome, ...lesson.keep.map(({ broken }) => broken), ...lesson.goals.flatMap((goal) => [goal.open, goal.met, ...(goal.almost ?? []).map(({ say }) => say), ...goal.hints, ...goal.edits.map(({ why }) => why)])];
    const all = [...said, ...lesson.text.flatMap((block) => (typeof block === "string" ? [block] : "list" in block ? block.list : []))];
    const drawn = [...(lesson.picture?.flow?.rows.flat() ?? []).flatMap(({ text, about = "" }) => [text, about]), ...(lesson.picture?.support?.of ?? []).map(({ name }) => name)];
    all.push(...drawn, ...[lesson.picture?.flow, lesson.picture?.support].flatMap((shown) => shown?.caption ?? []));
    deepEqual(all.filter((text) => text.split("`").length % 2 === 0), [], "each backtick has its other");
    deepEqual(all.filter((text) => /<\/?[a-z]+>|https?:|\*\*|\]\(/.test(text.replaceAll(/`[^`]*`/g, ""))), [], "plain texts, without links or markup");
    deepEqual(said.filter((text) => !/[.?!:`]$/.test(text)), [], "sentences");
    for (const { open, met, almost = [], when } of lesson.goals) {
      const counts = measuresOf(when);
      ok(counts || !/\{\}/.test([open, met, ...almost.map(({ say }) => say)].join("")), `a number for: ${open}`);
    }
    for (const edit of lesson.goals.flatMap(({ edits }) => edits)) ok(textOf(edit.replace) !== textOf(edit.with), "an edit changes something");
  });

  test(`${lesson.id}: rules and categories that it names are known`, () => {
    deepEqual(lesson.rules.filter((rule) => !rules.has(rule)), []);
    ok(lesson.rules.length > 0, "there is something to read on about");
    const categories = new Set(engine.check({ text: "FROM scratch\n", today: TODAY }, undefined).score?.categories.map(({ id }) => id));
    for (const predicate of [...lesson.goals, ...lesson.goals.flatMap(({ almost = [] }) => almost), ...lesson.keep].flatMap(({ when }) => partsOf(when))) {
      deepEqual((predicate.findings?.rules ?? []).filter((rule) => !rules.has(rule)), []);
      const category = predicate.score?.category ?? predicate.findings?.category;
      ok(category === undefined || categories.has(category) || category === "shell" || category === "style", category);
    }
  });
}

/** What learners may write instead of the solution: folders in `also` or `never` beside it. */
function attemptsAt({ id }: Lesson, kind: "also" | "never"): { readonly name: string; readonly texts: Texts }[] {
  const lessons = join(web, "lessons");
  const lesson = readdirSync(lessons).find((name) => name.replace(/^\d+-/, "") === id) ?? id;
  const folder = join(lessons, lesson, kind);
  const file = (attempt: string, name: string) => (existsSync(join(folder, attempt, name)) ? readFileSync(join(folder, attempt, name), "utf8") : "");
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.map((name) => ({ name, texts: { dockerfile: file(name, "Dockerfile"), dockerignore: file(name, ".dockerignore") } }));
}

/** A predicate and all that is in it. */
function partsOf(predicate: Predicate): Predicate[] {
  const { all = [], any = [], not } = predicate;
  return [predicate, ...[...all, ...any, ...(not === undefined ? [] : [not])].flatMap(partsOf)];
}

/** Whether the predicate counts one thing. */
function measuresOf({ all, any, findings, score, stages, steps, rebuilt, secrets }: Predicate): boolean {
  const counted = [findings, score, stages, steps, rebuilt, secrets].some((part) => part !== undefined);
  return counted || [all?.[0], any?.[0]].some((part) => part !== undefined && measuresOf(part));
}
