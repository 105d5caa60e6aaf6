import type { Outcome, Plan, PlannedStage, Range } from "../engine.ts";
import type { Built } from "./simulator.ts";
import type { StepSign } from "../editor.ts";
import { plain } from "../words.ts";
import { remembered } from "../remembered.ts";
import { texts } from "../texts.ts";

/** An instruction with what becomes of it. */
export interface Row {
  readonly id: string;
  readonly keyword: string;
  readonly text: string;
  readonly range: Range;
  readonly line: number;
  readonly outcome: Outcome;
  /** It stands in another stage, as `ONBUILD`, and runs here. */
  readonly isInherited: boolean;
}

/** A stage with what becomes of it. */
export interface StageRows {
  readonly index: number;
  readonly stage: PlannedStage;
  readonly title: string;
  readonly isTarget: boolean;
  /** Its `FROM` first, if it has one. */
  readonly rows: readonly Row[];
}

const UNTOLD: Outcome = { state: "metadata", because: "", dependsOnContent: false };

export const stageRows = remembered(({ plan, simulation }: Pick<Built, "plan" | "simulation">): readonly StageRows[] =>
  plan.stages.map((stage, index) => {
    const outcome = simulation.stages[index];
    const parent = stage.from.stage === null ? undefined : plan.stages[stage.from.stage];
    const triggers = parent?.steps.filter(({ isTrigger }) => isTrigger) ?? [];
    const from: Row = {
      id: String(index),
      keyword: "FROM",
      text: fromText(stage),
      range: stage.range,
      line: stage.line,
      outcome: outcome?.from ?? UNTOLD,
      isInherited: false,
    };
    const rowOf = (step: PlannedStage["steps"][number], outcome: Outcome | undefined, isInherited: boolean): Row => {
      const { id, keyword, text, range, line, isTrigger } = step;
      const shown = isTrigger && !isInherited ? { keyword: "ONBUILD", text: `${keyword} ${text}` } : { keyword, text };
      return { id: isInherited ? `${index}+${id}` : id, ...shown, range, line, outcome: outcome ?? UNTOLD, isInherited };
    };
    return {
      index,
      stage,
      title: stageTitle(plan, index),
      isTarget: plan.target === index,
      rows: [
        ...(isWritten(stage.range) ? [from] : []),
        ...triggers.map((step, nth) => rowOf(step, outcome?.triggers[nth], true)),
        // What is no instruction, such as a misspelt one, has no keyword.
        ...stage.steps.map((step, nth) => rowOf(step, outcome?.steps[nth], false)).filter(({ keyword }) => keyword !== ""),
      ],
    };
  }),
);

/** What people call a stage. */
export function stageTitle({ stages, target }: Plan, index: number): string {
  const stage = stages[index];
  if (stage?.name) return stage.name;
  if (stage !== undefined && !isWritten(stage.range)) return texts.stage.snippet;
  return isFinal({ stages, target }, index) ? texts.stage.final : texts.stage.numbered(index);
}

export function stageInSentence(plan: Plan, index: number): string {
  const stage = plan.stages[index];
  if (stage?.name) return texts.stage.named(stage.name);
  if (stage !== undefined && !isWritten(stage.range)) return texts.stage.theSnippet;
  return isFinal(plan, index) ? texts.stage.theFinal : texts.stage.numbered(index);
}

function isFinal({ stages, target }: Pick<Plan, "stages" | "target">, index: number): boolean {
  return index === target && stages.length > 1;
}

/** Signs for the editor: of every step that is built or not. */
export function signs(built: Built): StepSign[] {
  const rows = stageRows(built).flatMap(({ rows }) => rows.filter(({ isInherited }) => !isInherited));
  return rows.flatMap(({ range, outcome: { state, because } }) =>
    state === "metadata" ? [] : [{ range, state, title: `${texts.stepList.states[state]}: ${plain(because)}` }],
  );
}

/** How many steps of a stage become what. To start from a stage, or from nothing, is no step of its own to the builder. */
export function counts({ rows, stage }: StageRows): Readonly<Record<Outcome["state"], number>> {
  const found = { cached: 0, rebuilt: 0, metadata: 0, skipped: 0 };
  const isCounted = stage.from.kind !== "stage" && stage.from.kind !== "scratch";
  for (const { outcome, keyword } of rows) if (isCounted || keyword !== "FROM") found[outcome.state] += 1;
  return found;
}

/** What follows the keyword; its name stands above it. */
function fromText({ from, platform }: PlannedStage): string {
  return [platform === null ? "" : `--platform=${platform}`, from.kind === "scratch" ? "scratch" : from.name].filter((part) => part !== "").join(" ");
}

function isWritten({ start, end }: Range): boolean {
  return start < end;
}
