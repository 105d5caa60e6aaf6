import { type VNode, h } from "../../h.ts";
import type { LearnActions, LessonState } from "../../learn/state.ts";
import type { Goal } from "../../learn/workshop.ts";
import type { Verdict } from "../../learn/goals.ts";
import { button } from "./parts.ts";
import { icon } from "../icons.ts";
import { texts as common } from "../../texts.ts";
import { plain } from "../../words.ts";
import { prose } from "../prose.ts";
import { texts } from "../../texts/learn.ts";

/** A goal's sentence as it is now, with what is counted in it. */
export function sentenceOf({ open, met }: Goal, verdict: Verdict | undefined): string {
  const measure = verdict?.measure ?? null;
  const sentence = verdict?.isMet === true ? met : (verdict?.almost ?? open);
  return sentence.replaceAll("{}", measure === null ? "\u2026" : common.number(measure));
}

/** What is to be reached, and how far the text is: it follows every keystroke. */
export function goals({ lesson, judgement, isUnknown, progress }: LessonState, actions: LearnActions): VNode {
  const met = judgement?.goals.filter(({ isMet }) => isMet).length ?? 0;
  const opened = progress.hints;
  const broken = lesson.keep.filter((_, index) => judgement?.builds === true && judgement.kept[index] === false);
  return h(
    "section",
    { class: "goals", "aria-labelledby": "goals-title", "data-judged": judgement !== null },
    h("div", { class: "goals-head" }, h("h2", { id: "goals-title", tabindex: -1 }, texts.lesson.goals), !isUnknown && h("span", { class: "aside" }, judgement === null ? texts.lesson.judging : texts.lesson.met(met, lesson.goals.length))),
    isUnknown && h("p", { class: "broken" }, texts.lesson.unjudged, " ", button(common.common.tryAgain, actions.judgeAgain)),
    judgement?.builds === false && h("p", { class: "broken" }, texts.lesson.refused),
    h("ol", {}, lesson.goals.map((goal, index) => entry(goal, index, judgement?.goals[index], opened[index] ?? 0, actions))),
    broken.map(({ broken }) => h("p", { class: "broken" }, prose(broken))),
  );
}

function entry(goal: Goal, index: number, verdict: Verdict | undefined, opened: number, actions: LearnActions): VNode {
  const isMet = verdict?.isMet === true;
  const shown = goal.hints.slice(0, opened);
  const isMore = opened < goal.hints.length;
  const label = opened === 0 ? texts.lesson.hint : texts.lesson.nextHint(opened + 1, goal.hints.length);
  return h(
    "li",
    { key: `goal-${index}`, class: isMet ? "goal is-met" : "goal" },
    isMet ? met : open,
    h(
      "div",
      {},
      h("p", {}, h("span", { class: "unseen" }, isMet ? texts.lesson.isMet : texts.lesson.isOpen, " "), prose(sentenceOf(goal, verdict))),
      shown.length > 0 && h("ul", { class: "hints" }, shown.map((hint) => h("li", { tabindex: -1 }, prose(hint)))),
      !isMet &&
        isMore &&
        h(
          "button",
          { type: "button", class: "link", on: { click: () => actions.openHint(index) } },
          label,
          h("span", { class: "unseen" }, texts.lesson.hintFor(plain(sentenceOf(goal, verdict)))),
        ),
    ),
  );
}

const met = icon("icon goal-icon", h("circle", { cx: 8, cy: 8, r: 7 }), h("path", { class: "stroke", d: "M4.5 8.3l2.4 2.4 4.6-5" }));
const open = icon("icon goal-icon", h("circle", { class: "stroke", cx: 8, cy: 8, r: 6.2 }));
