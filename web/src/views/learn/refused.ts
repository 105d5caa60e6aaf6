import { type VNode, h } from "../../h.ts";
import type { LearnActions } from "../../learn/state.ts";
import { button, title } from "./parts.ts";
import { prose } from "../prose.ts";
import { texts } from "../../texts/learn.ts";

/** What is wrong with a workshop, all of it at once. */
export function refused(faults: readonly string[], actions: LearnActions): VNode[] {
  return [
    h(
      "div",
      { key: "refused", class: "reading" },
      title(texts.refused.title),
      h("p", {}, texts.refused.about(faults.length)),
      h("ul", { class: "faults" }, faults.map((fault) => h("li", {}, prose(fault)))),
      h("p", { class: "actions" }, button(texts.own.open, actions.chooseFile, "primary"), button(texts.refused.course, actions.leaveOwn)),
    ),
  ];
}
