// Goals that a lesson's two files come to: what the engine says of the start and no longer, or otherwise, of the solution. Each is one that the start
// fails and the solution meets.

import { type Answers, holds, judge } from "../learn/goals.ts";
import type { Finding } from "../engine.ts";
import type { Predicate } from "../learn/workshop.ts";
import { PROBES, type Proof } from "./proof.ts";
import type { RuleTexts } from "../rules.ts";
import { texts as common } from "../texts.ts";
import { texts } from "../texts/builder.ts";

export interface Suggestion {
  readonly open: string;
  readonly met: string;
  readonly hint: string;
  readonly when: Predicate;
}

/** One with its sentence as the learner will read it, numbers and all. */
export interface Shown extends Suggestion {
  readonly shown: string;
}

/** Nobody reads more. */
const MOST_FINDINGS = 12;
/** The score of a goal is a round one, where there is one between the two. */
const ROUND = 5;

const LAYERS = ["RUN", "COPY", "ADD"] as const;

/** `taken` are the conditions that are goals already. */
export function suggestions({ start, solution }: Proof, rules: RuleTexts, taken: readonly object[]): Shown[] {
  if (!start.judgement.builds || !solution.judgement.builds) return [];
  const [before, after] = [start.answers, solution.answers];
  const all = [...ofFindings(before, rules), ...ofScore(before, after), ...ofPlan(before, after), ...ofCache(before, after)];
  const known = new Set(taken.map((when) => JSON.stringify(when)));
  const proved = all.filter(({ when }) => !holds(when, before) && holds(when, after) && !known.has(JSON.stringify(when)));
  return proved.map((one) => ({ ...one, shown: one.met.replaceAll("{}", common.number(counted(one.when, after))) }));
}

function ofFindings({ report }: Answers, rules: RuleTexts): Suggestion[] {
  const firsts = new Map<string, Finding>();
  for (const finding of report.findings) if (!firsts.has(finding.rule)) firsts.set(finding.rule, finding);
  return [...firsts.values()].slice(0, MOST_FINDINGS).map(({ rule, message, fix }) => ({
    open: texts.suggest.finding.open(message),
    met: texts.suggest.finding.met(rules.get(rule)?.title ?? rule),
    hint: fix === null ? "" : texts.suggest.finding.hint(fix.title),
    when: { findings: { rules: [rule] } },
  }));
}

function ofScore(before: Answers, after: Answers): Suggestion[] {
  const total = after.report.score?.total ?? 0;
  const round = Math.floor(total / ROUND) * ROUND;
  const atLeast = round > (before.report.score?.total ?? 0) ? round : total;
  return [{ ...texts.suggest.score(atLeast), hint: "", when: { score: { atLeast } } }];
}

function ofPlan(before: Answers, after: Answers): Suggestion[] {
  const { base } = after.plan.ships ?? {};
  const name = base?.kind === "scratch" ? base.kind : base?.kind === "unknown" ? undefined : base?.name;
  const stages = counted({ stages: {} }, after);
  const steps = { in: "image", keyword: LAYERS };
  const layers = counted({ steps }, after);
  const added = (kind: "environment" | "labels", from: Answers, to: Answers) => namesOf(kind, to).filter((name) => !namesOf(kind, from).includes(name));
  const suggestion = (said: { readonly open: string; readonly met: string }, when: Predicate) => ({ ...said, hint: "", when });
  const named = (kind: "environment" | "labels", names: readonly string[], when: Predicate) =>
    names.length === 0 ? [] : [suggestion(texts.suggest[kind](names), when)];
  return [
    ...(name === undefined ? [] : [suggestion(texts.suggest.base(name), { base: { is: [name] } })]),
    suggestion(texts.suggest.user, { user: { isRoot: false } }),
    suggestion(texts.suggest.moreStages(stages), { stages: { atLeast: stages } }),
    suggestion(texts.suggest.fewerLayers(layers), { steps: { ...steps, atMost: layers } }),
    suggestion(texts.suggest.secrets, { secrets: { atMost: 0 } }),
    suggestion(texts.suggest.exec, { starts: { form: "exec" } }),
    suggestion(texts.suggest.healthcheck, { healthcheck: true }),
    ...named("environment", added("environment", before, after), { environment: { has: added("environment", before, after) } }),
    ...added("environment", after, before).map((name) => suggestion(texts.suggest.unset(name), { environment: { hasNot: [name] } })),
    ...named("labels", added("labels", before, after), { labels: { has: added("labels", before, after) } }),
  ];
}

/** What a change rebuilds. Of a file that no build needs only that it rebuilds nothing. */
function ofCache(before: Answers, after: Answers): Suggestion[] {
  return PROBES.flatMap((file, nth) => {
    const rebuilt = (answers: Answers) => counted({ rebuilt: { change: { files: [file] } } }, answers);
    const atMost = rebuilt(after);
    const isOdd = rebuilt(before) <= atMost || (nth > 0 && atMost > 0);
    return isOdd ? [] : [{ ...texts.suggest.rebuilt(file, atMost), hint: "", when: { rebuilt: { change: { files: [file] }, atMost } } }];
  });
}

function namesOf(kind: "environment" | "labels", { plan }: Answers): readonly string[] {
  return plan.ships?.[kind].map(({ name }) => name) ?? [];
}

function counted(when: Predicate, answers: Answers): number {
  const goal = { open: "", met: "", hints: [], edits: [], when };
  return judge({ goals: [goal], keep: [] }, answers).goals[0]?.measure ?? 0;
}
