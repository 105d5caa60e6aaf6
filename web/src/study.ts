import type { Plan, Report, Simulation } from "./engine.ts";

/** What the engine says of a text and of its build. */
export interface Study {
  readonly report: Report;
  readonly plan: Plan;
  /** How many credentials stand in the Dockerfile. */
  readonly secrets: number;
  /** The build after each change that was asked about, in their order. */
  readonly simulations: readonly Simulation[];
}
