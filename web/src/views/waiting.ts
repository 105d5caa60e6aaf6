import { type VNode, h } from "../h.ts";
import type { Fetched, Loaded } from "../state.ts";
import { ask } from "../events.ts";

/** One of what is fetched, in a sentence. */
const NAMES: Readonly<Record<keyof Fetched, string>> = {
  rules: "explanation",
  shellRules: "explanation",
  patterns: "pattern",
  advice: "advice",
};

/** Stands in the place of what is still being fetched, or could not be. */
export function waiting(what: keyof Fetched, loaded: Loaded<unknown>): VNode {
  const name = NAMES[what];
  if (loaded === null || loaded === "loading") return h("p", { class: "aside" }, `Fetching the ${name}\u2026`);
  return h(
    "p",
    {},
    `The ${name} could not be fetched. `,
    h("button", { type: "button", class: "button small", on: { click: ask("fetch", { what }) } }, "Try again"),
  );
}
