import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";

/** How this file is built: its stages, its steps, what a change rebuilds and what ships. */
export function build(_report: Report, _state: State): VNode[] {
  return [h("p", { class: "aside" }, "The build will stand here.")];
}
