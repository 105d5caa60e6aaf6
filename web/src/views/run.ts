import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";

/** How to build and run this image, and what to look at next. */
export function run(_report: Report, _state: State): VNode[] {
  return [h("p", { class: "aside" }, "Commands for this image will stand here.")];
}
