import type { Outcome, Plan, PlannedStage, PlannedStep, Simulation } from "../../src/engine.ts";

type Origin = PlannedStage["from"];

export const CONTEXT: Origin = { kind: "context", stage: null, name: "" };

export function image(name: string): Origin {
  return { kind: "image", stage: null, name };
}

export function ofStage(stage: number, name = String(stage)): Origin {
  return { kind: "stage", stage, name };
}

/** A step, of which a test says only what it is about. */
export function step(text: string, change: Partial<PlannedStep> = {}): PlannedStep {
  return {
    id: "0.0",
    keyword: "RUN",
    text,
    range: { start: 0, end: 0 },
    line: 1,
    isTrigger: false,
    reads: [],
    writes: [],
    packages: [],
    manifestInstalls: [],
    ...change,
  };
}

export function copies(from: Origin, ...paths: string[]): PlannedStep {
  return step(paths.join(" "), { keyword: "COPY", reads: [{ kind: "files", from, paths, to: "/app" }] });
}

export function plannedStage(from: Origin, steps: readonly PlannedStep[] = [], change: Partial<PlannedStage> = {}): PlannedStage {
  return { name: null, from, platform: null, range: { start: 0, end: 4 }, line: 1, isNeeded: true, steps: [...steps], ...change };
}

/** A plan whose last stage is built, and whose steps have their ids. */
export function plan(stages: readonly PlannedStage[], mayChange: Partial<Plan["mayChange"]> = {}): Plan {
  const numbered = stages.map((stage, index) => ({
    ...stage,
    steps: stage.steps.map((step, nth) => ({ ...step, id: `${index}.${nth}` })),
  }));
  return { target: stages.length - 1, stages: numbered, ships: null, mayChange: { files: [], args: [], images: [], ...mayChange } };
}

/** A build in which the same becomes of everything. */
export function simulation({ stages }: Plan, outcome: Outcome): Simulation {
  const triggers = (stage: PlannedStage) => stages[stage.from.stage ?? -1]?.steps.filter(({ isTrigger }) => isTrigger) ?? [];
  return {
    stages: stages.map((stage) => ({
      from: outcome,
      triggers: triggers(stage).map(() => outcome),
      steps: stage.steps.map(() => outcome),
    })),
    rebuilt: 0,
    cached: 0,
    spoken: "",
    notes: [],
  };
}
