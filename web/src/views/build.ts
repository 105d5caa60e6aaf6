import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";
import { LONGEST } from "../build/simulator.ts";
import { change } from "./build/change.ts";
import { prose } from "./prose.ts";
import { ships } from "./build/ships.ts";
import { stageGraph } from "./build/graph.ts";
import { stageRows } from "../build/rows.ts";
import { steps } from "./build/steps.ts";
import { texts } from "../texts.ts";
import { waitingForBuild } from "./waiting.ts";

/** How this file is built: what a change rebuilds, its stages, its steps, and what ships. */
export function build(report: Report, state: State): VNode[] {
  const { built, shape, builder } = state;
  if (shape.length > LONGEST) return [tooLong()];
  if (built === null) return [waitingForBuild(builder, texts.build.waiting)];
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
  return h("p", { key: "refused", class: "caution" }, texts.build.refused);
}

function tooLong(): VNode {
  return h("p", { key: "long", class: "caution" }, prose(texts.build.tooLong));
}

function nothing(): VNode {
  return h("p", { key: "nothing", class: "aside" }, texts.build.nothing);
}
