// Judges goals: pure functions over what the engine answers. Which rules and images a goal speaks of stands in the lesson.

import type { Change, Outcome, Plan, PlannedStep, Report, Simulation } from "../engine.ts";
import type { Bounds, FindingSelector, Goal, Lesson, Predicate, Prose, Selector, Settings, WhatChanges } from "./workshop.ts";
import { commandsOf, isCommand } from "./commands.ts";

/** What the engine says of one text. */
export interface Answers {
  readonly report: Report;
  readonly plan: Plan;
  /** How many credentials stand in the Dockerfile. */
  readonly secrets: number;
  /** By `keyOf` their change: those of `changesOf` the lesson. */
  readonly simulations: ReadonlyMap<string, Simulation>;
}

export interface Verdict {
  readonly isMet: boolean;
  /** What the goal counts, if it counts something. */
  readonly measure: number | null;
  /** What there is to say of this attempt, if it is one of those that the lesson knows. */
  readonly almost: Prose | null;
}

export interface Judgement {
  /** BuildKit builds this, so that goals can be met. */
  readonly builds: boolean;
  readonly goals: readonly Verdict[];
  /** For each of `keep`, whether it is still true. */
  readonly kept: readonly boolean[];
  /** All goals are met, and all is kept. */
  readonly isDone: boolean;
}

export function judge(lesson: Pick<Lesson, "goals" | "keep">, answers: Answers): Judgement {
  const { report, plan } = answers;
  const builds = report.problems.length === 0 && !report.fragment && plan.ships !== null;
  const goals = lesson.goals.map((goal) => (builds ? verdictOn(goal, answers) : UNJUDGED));
  const kept = lesson.keep.map(({ when }) => builds && holds(when, answers));
  return { builds, goals, kept, isDone: goals.every(({ isMet }) => isMet) && kept.every(Boolean) };
}

const UNJUDGED: Verdict = { isMet: false, measure: null, almost: null };

function verdictOn({ when, almost = [] }: Goal, answers: Answers): Verdict {
  const isMet = holds(when, answers);
  const known = isMet ? undefined : almost.find(({ when }) => holds(when, answers));
  return { isMet, measure: counted(when, answers), almost: known?.say ?? null };
}

/** The changes whose builds a lesson asks about, each once. */
export function changesOf({ goals, keep }: Pick<Lesson, "goals" | "keep">): Change[] {
  const found = new Map<string, Change>();
  const look = ({ all, any, not, rebuilt }: Predicate): void => {
    for (const part of [...(all ?? []), ...(any ?? []), ...(not === undefined ? [] : [not])]) look(part);
    if (rebuilt !== undefined) found.set(keyOf(changeOf(rebuilt.change)), changeOf(rebuilt.change));
  };
  for (const { when } of [...goals, ...goals.flatMap(({ almost = [] }) => almost), ...keep]) look(when);
  return [...found.values()];
}

export function keyOf({ files, args, images, texts }: Change): string {
  return JSON.stringify([files, args, images, texts]);
}

function changeOf({ files, args, images }: WhatChanges): Change {
  return { files: [...(files ?? [])], args: [...(args ?? [])], images: [...(images ?? [])], texts: [] };
}

/** Whether a predicate is true. One that says nothing is not. */
export function holds(predicate: Predicate, answers: Answers): boolean {
  const { all, any, not, base, user, environment, labels, starts, healthcheck } = predicate;
  const { ships } = answers.plan;
  if (all !== undefined) return all.every((part) => holds(part, answers));
  if (any !== undefined) return any.some((part) => holds(part, answers));
  if (not !== undefined) return !holds(not, answers);
  const count = measured(predicate, answers);
  if (count !== null) return isWithin(count, boundsOf(predicate));
  if (ships === null) return false;
  if (base !== undefined) return isBase(answers.plan, base);
  if (user !== undefined) return isRoot(ships.user, ships.baseUser) === user.isRoot;
  if (environment !== undefined) return hasSettings(ships.environment, environment);
  if (labels !== undefined) return hasSettings(ships.labels, labels);
  if (starts !== undefined) return isStarted(answers.plan, starts);
  if (healthcheck !== undefined) return (ships.healthcheck !== null) === healthcheck;
  return false;
}

/** What a goal's sentence counts: of several conditions the first says it. */
function counted(predicate: Predicate, answers: Answers): number | null {
  const [first] = predicate.all ?? predicate.any ?? [];
  return first === undefined ? measured(predicate, answers) : counted(first, answers);
}

/** What a predicate counts; `null` where it counts nothing, or where there is nothing to count by. */
function measured(predicate: Predicate, answers: Answers): number | null {
  const { findings, score, stages, steps, rebuilt, secrets } = predicate;
  if (findings !== undefined) return countFindings(answers.report, findings);
  if (score !== undefined) return scoreOf(answers.report, score.category);
  if (stages !== undefined) return answers.plan.stages.filter(({ isNeeded }) => isNeeded).length;
  if (steps !== undefined) return stepsOf(answers.plan, steps).length;
  if (rebuilt !== undefined) return countRebuilt(answers, rebuilt);
  if (secrets !== undefined) return answers.secrets;
  return null;
}

function boundsOf({ findings, score, stages, steps, rebuilt, secrets }: Predicate): Bounds {
  if (findings !== undefined) return isBounded(findings) ? findings : { atMost: 0 };
  if (steps !== undefined) return isBounded(steps) ? steps : { atLeast: 1 };
  return score ?? stages ?? rebuilt ?? secrets ?? {};
}

function isBounded({ atLeast, atMost }: Bounds): boolean {
  return atLeast !== undefined || atMost !== undefined;
}

function isWithin(count: number, { atLeast = -Infinity, atMost = Infinity }: Bounds): boolean {
  return count >= atLeast && count <= atMost;
}

const SEVERITIES = ["style", "info", "warning", "error"] as const;

/** What a comment silences is still there. */
function countFindings({ findings, suppressed }: Report, { rules, codes, category, severity }: FindingSelector): number {
  const least = severity === undefined ? 0 : SEVERITIES.indexOf(severity);
  return [...findings, ...suppressed].filter(
    (finding) =>
      (rules?.includes(finding.rule) ?? true) &&
      (codes === undefined || finding.codes.some((code) => codes.includes(code))) &&
      (category === undefined || finding.category === category) &&
      SEVERITIES.indexOf(finding.severity) >= least,
  ).length;
}

function scoreOf({ score }: Report, category: string | undefined): number | null {
  if (score === null || category === undefined) return score?.total ?? null;
  return score.categories.find(({ id }) => id === category)?.total ?? null;
}

function isBase({ ships }: Plan, { is, isNot }: NonNullable<Predicate["base"]>): boolean {
  const base = ships?.base;
  if (base === null || base === undefined || base.kind === "unknown") return false;
  const name = base.kind === "scratch" ? "scratch" : base.name;
  return (is === undefined || matchesAny(is, name)) && (isNot === undefined || !matchesAny(isNot, name));
}

/** `null` where nobody knows. */
function isRoot(user: string | null, baseUser: "root" | "nonroot" | null): boolean | null {
  if (user === null) return baseUser === null ? null : baseUser === "root";
  const [name] = user.split(":");
  return name === "root" || /^0+$/.test(name ?? "");
}

function hasSettings(settings: readonly { readonly name: string }[], { has = [], hasNot = [] }: Settings): boolean {
  const names = new Set(settings.map(({ name }) => name));
  return has.every((name) => names.has(name)) && !hasNot.some((name) => names.has(name));
}

function isStarted({ ships }: Plan, { form, program }: NonNullable<Predicate["starts"]>): boolean {
  const programs = [ships?.entrypoint, ships?.command].filter((found) => found !== null && found !== undefined);
  if (programs.length === 0) return false;
  const words = programs.flatMap(({ words }) => words).join(" ");
  const isForm = form === undefined || programs.every(({ isShell }) => isShell === (form === "shell"));
  return isForm && (program === undefined || matchesAny(program, words));
}

/** Steps of the plan with what becomes of them. */
interface Placed {
  readonly step: PlannedStep;
  readonly stage: number;
  readonly nth: number;
}

function stepsOf(plan: Plan, selector: Selector): Placed[] {
  const { in: where = "needed" } = selector;
  return plan.stages.flatMap((stage, index) => {
    const ships = plan.ships?.stages.includes(index) ?? false;
    const isIn = { needed: stage.isNeeded, image: ships, build: stage.isNeeded && !ships };
    if (!(Object.hasOwn(isIn, where) ? isIn[where as keyof typeof isIn] : stage.name === where)) return [];
    return stage.steps.map((step, nth) => ({ step, stage: index, nth })).filter(({ step }) => isSelected(plan, step, selector));
  });
}

function isSelected(plan: Plan, step: PlannedStep, { keyword, runs, copies, from, mounts, installs, text }: Selector): boolean {
  if (keyword !== undefined && !keyword.includes(step.keyword)) return false;
  if (runs !== undefined) {
    if (step.keyword !== "RUN") return false;
    const commands = commandsOf(step.text);
    if (!runs.some((wanted) => commands.some((words) => isCommand(words, wanted)))) return false;
  }
  const read = step.reads.filter(({ kind }) => kind === "files");
  if (copies !== undefined && !read.some(({ paths }) => paths.some((path) => matchesAny(copies.map(plainPath), plainPath(path))))) return false;
  if (from !== undefined) {
    const isFrom = step.reads.some(({ from: origin }) => {
      if (origin === null) return false;
      const stage = origin.stage === null ? null : (plan.stages[origin.stage]?.name ?? null);
      return origin.kind === from || stage === from || (origin.kind !== "stage" && matches(from, origin.name));
    });
    if (!isFrom) return false;
  }
  if (mounts !== undefined && !step.reads.some(({ kind }) => mounts.some((mount) => mount === kind))) return false;
  if (installs !== undefined && !step.packages.some((name) => matchesAny(installs, name))) return false;
  return text === undefined || matchesAny(text, step.text);
}

/** `./src/`, `/src` and `src` are the same folder of a build context. */
function plainPath(path: string): string {
  return path.replace(/^(\.?\/)+/, "").replace(/\/+$/, "") || ".";
}

function countRebuilt({ plan, simulations }: Answers, { change, among }: NonNullable<Predicate["rebuilt"]>): number | null {
  const simulation = simulations.get(keyOf(changeOf(change)));
  if (simulation === undefined) return null;
  if (among === undefined) return simulation.rebuilt;
  const outcome = ({ stage, nth }: Placed): Outcome | undefined => simulation.stages[stage]?.steps[nth];
  return stepsOf(plan, among).filter((placed) => outcome(placed)?.state === "rebuilt").length;
}

function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matches(pattern, text));
}

/** A star stands for anything. Each part is taken at the first place where it fits, so no pattern takes long. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
