import type { Plan, Range, Report, Simulation } from "./engine.ts";

/** What the engine says of a text and of its build. */
export interface Study {
  readonly report: Report;
  readonly plan: Plan;
  /** Where the Dockerfile holds credentials. */
  readonly secrets: readonly Range[];
  /** The build after each change that was asked about, in their order. */
  readonly simulations: readonly Simulation[];
}
