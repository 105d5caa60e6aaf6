import { type Judgement, changesOf, judge, keyOf } from "./goals.ts";
import { type Texts, textsOf } from "./edits.ts";
import type { Lesson } from "./workshop.ts";
import type { Playground } from "../playground.ts";
import type { Range } from "../engine.ts";
import { countEdits } from "./lines.ts";
import { encode } from "../share/link.ts";
import { masked } from "../share/secrets.ts";

/** How far texts are in a lesson, and the fragment that shares them. */
export interface Standing {
  readonly texts: Texts;
  readonly judgement: Judgement;
  /** How many lines are edited. */
  readonly edits: number;
  readonly fragment: string;
  /** How many credentials the fragment leaves behind. */
  readonly masked: number;
}

/** What the engine says of the texts as they are now: `"unknown"` when it can say nothing, `"overtaken"` when they are others by now. */
export async function standingOf(playground: Playground, lesson: Lesson): Promise<Standing | "unknown" | "overtaken"> {
  const texts = textsIn(playground);
  const changes = changesOf(lesson);
  const study = await playground.study(changes);
  if (study === null) return isSame(texts, textsIn(playground)) ? "unknown" : "overtaken";
  const { report, plan, secrets } = study;
  const simulations = new Map(study.simulations.flatMap((simulation, index) => (changes[index] === undefined ? [] : [[keyOf(changes[index]), simulation] as const])));
  const judgement = judge(lesson, { report, plan, secrets: secrets.length, simulations });
  const own = ownSecrets(texts.dockerfile, secrets, lesson);
  const fragment = await encode({ ...texts, dockerfile: masked(texts.dockerfile, own), target: "" });
  return { texts, judgement, edits: countEdits(textsOf(lesson.start), texts), fragment, masked: own.length };
}

export function textsIn({ value, dockerignore }: Playground): Texts {
  return { dockerfile: value, dockerignore };
}

export function isSame(one: Texts, other: Texts): boolean {
  return one.dockerfile === other.dockerfile && one.dockerignore === other.dockerignore;
}

/** Credentials stay behind, but for those that the lesson itself has brought, and is about. */
function ownSecrets(text: string, secrets: readonly Range[], { start, solution }: Lesson): readonly Range[] {
  const known = textsOf(start).dockerfile + textsOf(solution).dockerfile;
  return secrets.filter(({ start, end }) => !known.includes(text.slice(start, end)));
}
