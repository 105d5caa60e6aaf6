import { type Row, type StageRows, counts } from "../../build/rows.ts";
import { type VNode, h } from "../../h.ts";
import type { State } from "../../state.ts";
import { ask } from "../../events.ts";
import { prose } from "../prose.ts";
import { stateIcon } from "../icons.ts";
import { texts } from "../../texts.ts";

/** Every step in its order, with what becomes of it and why. */
export function steps(stages: readonly StageRows[], { here, limit }: State): VNode {
  const total = stages.reduce((sum, { rows }) => sum + rows.length, 0);
  let left = limit;
  const shown = stages.flatMap((stage) => {
    const rows = stage.rows.slice(0, left);
    left -= rows.length;
    return rows.length > 0 ? [stageSteps(stage, rows, here)] : [];
  });
  return h(
    "section",
    { key: "steps", class: "steps", "aria-labelledby": "steps-title" },
    h("h2", { id: "steps-title" }, texts.stepList.title),
    shown,
    total > limit && h("button", { type: "button", class: "button", on: { click: ask("more", {}) } }, texts.stepList.more(total)),
  );
}

/** The steps of a stage; folded away when nothing of it is built. */
function stageSteps(stage: StageRows, rows: readonly Row[], here: string | null): VNode {
  const { index, title, isTarget } = stage;
  const { rebuilt, cached } = counts(stage);
  const { isNeeded } = stage.stage;
  const head = h(
    isNeeded ? "h3" : "span",
    { class: "group-head" },
    h("b", {}, title),
    h("span", {}, isNeeded ? texts.stepList.rebuilt(rebuilt, rebuilt + cached) : texts.stepList.notNeeded),
    isTarget && h("span", {}, texts.stepList.ships),
  );
  const list = h("ol", { class: "list" }, rows.map((row) => step(row, row.id === here)));
  return isNeeded
    ? h("div", { key: `stage ${index}`, class: "stage-steps" }, head, list)
    : h("details", { key: `unneeded ${index}`, class: "stage-steps" }, h("summary", {}, head), list);
}

function step({ id, keyword, text, range, line, outcome: { state, because }, isInherited }: Row, isHere: boolean): VNode {
  const [first = "", ...more] = text.split("\n");
  return h(
    "li",
    {
      key: id,
      class: `step state-${state}`,
      "aria-current": isHere ? "step" : undefined,
      on: { pointerenter: ask("light", { range }), pointerleave: ask("light", { range: null }) },
    },
    h(
      "button",
      { type: "button", class: because === "" ? "step-main brief" : "step-main", on: { click: ask("place", { range }) } },
      stateIcon(state),
      h(
        "span",
        { class: "step-text" },
        h("span", { class: "step-keyword" }, keyword),
        " ",
        first,
        more.length > 0 && "\u2026",
      ),
      h("span", { class: "step-state" }, h("span", { class: "unseen" }, ": "), texts.stepList.states[state]),
      h(
        "span",
        { class: "step-why" },
        h("span", { class: "unseen" }, ". "),
        h("span", { class: "step-line" }, texts.common.line(line)),
        because !== "" && h("span", {}, " \u00b7 ", prose(because)),
        isInherited && texts.stepList.inherited,
      ),
    ),
  );
}
