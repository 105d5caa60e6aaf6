import { type VNode, h } from "../h.ts";
import type { Fetched, Loaded, State } from "../state.ts";
import { ask } from "../events.ts";
import { texts } from "../texts.ts";

/** Stands in the place of what is still being fetched, or could not be. */
export function waiting(what: keyof Fetched, loaded: Loaded<unknown>): VNode {
  if (loaded === null || loaded === "loading") return h("p", { class: "aside" }, texts.waiting.fetching[what]);
  return h(
    "p",
    {},
    texts.waiting.failed[what],
    h("button", { type: "button", class: "button small", on: { click: ask("fetch", { what }) } }, texts.common.tryAgain),
  );
}

/** Stands in the place of what is still being made out about the build, or cannot be. */
export function waitingForBuild(builder: State["builder"], text: string): VNode {
  if (builder === "waiting" || builder === "there") return h("p", { key: "waiting", class: "aside" }, text);
  return h(
    "p",
    { key: "without-build", class: "without-build" },
    `${builder === "stopped" ? texts.errors.buildStopped : texts.errors.noBuild} `,
    h("button", { type: "button", class: "button small", on: { click: ask("builder", {}) } }, texts.common.tryAgain),
  );
}
