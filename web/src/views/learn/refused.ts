import { type VNode, h } from "../../h.ts";
import type { LearnActions } from "../../learn/state.ts";
import { button, title } from "./parts.ts";
import { prose } from "../prose.ts";
import { texts } from "../../texts/learn.ts";

/** Why there is no workshop. */
export interface Refusal {
  readonly faults: readonly string[];
  /** Whether its file was read, and they are to be mended there. */
  readonly isRead: boolean;
}

/** What is wrong with a workshop, all of it at once; `open` is the title of the one that stays open. */
export function refused({ faults, isRead }: Refusal, open: string | null, actions: LearnActions): VNode[] {
  return [
    h(
      "div",
      { key: "refused", class: "reading" },
      title(texts.refused.title),
      isRead && h("p", {}, texts.refused.about(faults.length)),
      h("ul", { class: "faults" }, faults.map((fault) => h("li", {}, prose(fault)))),
      h("p", { class: "actions" }, button(texts.own.open, actions.chooseFile, "primary"), open === null ? button(texts.refused.course, actions.leaveOwn) : button(texts.refused.back(open), actions.goBack)),
    ),
  ];
}

/** The address names a lesson that the workshop has not; `isOwn` where that is none of ours. */
export function missing(workshop: string, isOwn: boolean, actions: LearnActions): VNode[] {
  return [
    h(
      "div",
      { key: "missing", class: "reading" },
      title(texts.refused.noLesson),
      h("p", {}, texts.refused.noLessonIn(workshop)),
      h("p", { class: "actions" }, button(texts.list.all, actions.goBack, "primary"), isOwn && button(texts.own.leave, actions.leaveOwn)),
    ),
  ];
}
