import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";
import { LONGEST } from "../build/simulator.ts";
import { change } from "./build/change.ts";
import { ships } from "./build/ships.ts";
import { stageGraph } from "./build/graph.ts";
import { stageRows } from "../build/rows.ts";
import { steps } from "./build/steps.ts";

/** How this file is built: what a change rebuilds, its stages, its steps, and what ships. */
export function build(report: Report, state: State): VNode[] {
  const { built, shape } = state;
  if (shape.length > LONGEST) return [tooLong()];
  if (built === null) return [h("p", { key: "waiting", class: "aside" }, "Going through the build\u2026")];
  const stages = stageRows(built);
  if (stages.length === 0) return [nothing()];
  const shipped = ships(built.plan);
  return [
    ...(report.score ? [] : [refused()]),
    change(built, report, state),
    stageGraph(built),
    steps(stages, state),
    ...(shipped === null ? [] : [shipped]),
  ];
}

function refused(): VNode {
  return h(
    "p",
    { key: "refused", class: "caution" },
    "BuildKit would refuse this file as it is. What follows is the build of all that can be read of it.",
  );
}

function tooLong(): VNode {
  return h("p", { key: "long", class: "caution" }, "This file is too long to go through its build here. ", h("code", {}, "layerwise plan"), " does it on the command line.");
}

function nothing(): VNode {
  return h("p", { key: "nothing", class: "aside" }, "There is no instruction here yet, and so nothing to build.");
}
