import { type VNode, h } from "../h.ts";
import type { Notice, State } from "../state.ts";
import { ask } from "../events.ts";
import { prose } from "./prose.ts";

/** What was just done, and the way back. */
export function notice({ notice }: State): VNode | null {
  if (notice === null) return null;
  const { text, totals, canUndo, applied = [] } = notice;
  return h(
    "div",
    { key: "notice", class: "notice" },
    h("p", {}, text, totals !== null && h("span", { class: "totals" }, ` \u00b7 ${rise(totals)}`)),
    canUndo && h("button", { type: "button", class: "button small undo", on: { click: ask("undo", {}) } }, "Undo"),
    h("button", { type: "button", class: "button small plain", on: { click: ask("dismiss", {}) } }, "Dismiss"),
    applied.length > 0 &&
      h(
        "details",
        { class: "applied" },
        h("summary", {}, "What changed"),
        h("ol", {}, applied.map(({ line, title }) => h("li", {}, h("span", {}, `Line ${line}`), prose(title)))),
      ),
  );
}

function rise({ before, after }: NonNullable<Notice["totals"]>): string {
  return `score ${before} \u2192 ${after}`;
}
