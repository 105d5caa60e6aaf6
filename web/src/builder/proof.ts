// What the engine says of a lesson: whether the start fails its goals and the solution meets them, judged as a learner's text is.

import { type Answers, type Judgement, changesOf as whatChanges, judge, keyOf } from "../learn/goals.ts";
import type { LessonDraft } from "./manuscript.ts";
import { lessonValue } from "./to-file.ts";
import type { Goal, Kept, Lesson } from "../learn/workshop.ts";
import { type Texts, stepsOf } from "../learn/edits.ts";
import type { Engine } from "../engine.ts";
import { isWhole } from "./conditions.ts";
import { remembered } from "../remembered.ts";
import { requestOf } from "../request.ts";

export interface Proof {
  readonly start: Proved;
  readonly solution: Proved;
  /** After the changes of each goal; `undefined` where they have no place. */
  readonly steps: readonly (Judgement | undefined)[];
}

export interface Proved {
  readonly answers: Answers;
  readonly judgement: Judgement;
}

/** The engine, as far as a proof asks it. */
export type Asked = Pick<Engine, "check" | "plan" | "secrets" | "simulate">;

/** Files whose changes are tried, whatever goals there are: one of the program, and one that no build needs. */
export const PROBES = ["src/main", ".git/HEAD"] as const;

const ASKING = { enable: "", ignore: "", target: "" };

/** The goals that can be judged as they are: a condition that is not whole is never true. */
const judged = remembered((lesson: LessonDraft): Pick<Lesson, "goals" | "keep"> => {
  const { goals, keep } = lessonValue(lesson);
  const whole = <Part extends { readonly when: object }>(part: Part) => ({ ...part, when: isWhole(part.when) ? part.when : {} });
  return {
    goals: goals.map((goal) => ({ ...whole(goal), almost: (goal.almost ?? []).map(whole) })) as readonly Goal[],
    keep: keep.map(whole) as readonly Kept[],
  };
});

export async function proofOf(engine: Asked, lesson: LessonDraft): Promise<Proof> {
  const { start, solution } = lesson;
  const goals = judged(lesson);
  const prove = async (texts: Texts): Promise<Proved> => {
    const answers = await answersOf(engine, texts, goals);
    return { answers, judgement: judge(goals, answers) };
  };
  const atStart = await prove(start);
  const atEnd = await prove(solution);
  const steps: (Judgement | undefined)[] = [];
  for (const texts of stepsOf({ ...(lessonValue(lesson) as unknown as Lesson), start, solution })) {
    const isEnd = texts?.dockerfile === solution.dockerfile && texts.dockerignore === solution.dockerignore;
    steps.push(texts === undefined ? undefined : isEnd ? atEnd.judgement : (await prove(texts)).judgement);
  }
  return { start: atStart, solution: atEnd, steps };
}

async function answersOf(engine: Asked, texts: Texts, goals: Pick<Lesson, "goals" | "keep">): Promise<Answers> {
  const request = requestOf(texts, ASKING, null);
  const { answer: report } = await engine.check(request);
  const plan = await engine.plan(request);
  const secrets = await engine.secrets(request);
  const simulations = new Map<string, Awaited<ReturnType<Asked["simulate"]>>>();
  const probes = PROBES.map((file) => ({ files: [file], args: [], images: [], texts: [] }));
  for (const change of [...whatChanges(goals), ...probes]) simulations.set(keyOf(change), await engine.simulate(request, change));
  return { report, plan, secrets: secrets.length, simulations };
}

/** Whether everything is as it must be before learners get the lesson. */
export function isProved(lesson: LessonDraft, { start, solution, steps }: Proof): boolean {
  const isOpen = start.judgement.builds && start.judgement.goals.every(({ isMet }) => !isMet) && start.judgement.kept.every(Boolean);
  const ownWay = steps.every((step, index) => step?.goals[index]?.isMet === true);
  return lesson.goals.length > 0 && isOpen && solution.judgement.isDone && ownWay;
}

