import { type Child, type VNode, h } from "../../h.ts";
import type { BuilderActions, BuilderState, Revise } from "../../builder/state.ts";
import { type GoalDraft, type LessonDraft, emptyGoal } from "../../builder/manuscript.ts";
import { lessonValue } from "../../builder/to-file.ts";
import { action, faultOf, field } from "./fields.ts";
import { changed, shifted, withLesson, withoutGoal } from "../../builder/revise.ts";
import type { Path } from "../../learn/schema.ts";
import { conditionFields } from "./condition.ts";
import { goalProof } from "./proof.ts";
import { idOf } from "../../builder/faults.ts";
import { button } from "../learn/parts.ts";
import { plain } from "../../words.ts";
import { prose } from "../prose.ts";
import { sentences } from "./sentences.ts";
import { suggestions } from "../../builder/suggest.ts";
import { texts } from "../../texts/builder.ts";

/** The goals of a lesson, each with its proof, and those that its two files suggest. */
export function goalFields(state: BuilderState, lesson: LessonDraft, path: Path, actions: BuilderActions): VNode {
  const { goals } = lesson;
  const add = () => actions.act(texts.goal.added, idOf([...path, "goals", goals.length, "open"]), withGoals(lesson, [...goals, emptyGoal()]));
  return h(
    "section",
    { class: "section", "aria-labelledby": "goals-head" },
    h("h3", { id: "goals-head", tabindex: -1 }, texts.sections.goals),
    faultOf(state.faults, [...path, "goals"]),
    h("ol", { class: "goal-cards" }, goals.map((goal, nth) => card(state, lesson, goal, nth, [...path, "goals", nth], actions))),
    h("p", { class: "actions" }, button(texts.goal.add, add)),
    suggested(state, lesson, actions),
  );
}

function withGoals({ key }: LessonDraft, goals: readonly GoalDraft[]): Revise {
  return (manuscript) => withLesson(manuscript, key, { goals });
}

function card(state: BuilderState, lesson: LessonDraft, goal: GoalDraft, nth: number, path: Path, actions: BuilderActions): VNode {
  const { goals } = lesson;
  const { faults, rules } = state;
  const of = texts.goal.nth(nth + 1);
  const put = (change: Partial<GoalDraft>) => actions.write(withGoals(lesson, changed(goals, goal.key, change)));
  const move = (by: number, id: string) => actions.act(texts.goal.moved(nth + 1 + by, goals.length), id, withGoals(lesson, shifted(goals, goal.key, by)));
  return h(
    "li",
    { key: goal.key, class: "goal-card" },
    h("h4", {}, of),
    goalProof(state, lesson, nth),
    h(
      "div",
      { class: "beside" },
      field({ path: [...path, "open"], ...texts.fields.open, of, faults, value: goal.open, rows: 2, put: (open) => put({ open }) }),
      field({ path: [...path, "met"], ...texts.fields.met, of, faults, value: goal.met, rows: 2, put: (met) => put({ met }) }),
    ),
    conditionFields({ condition: goal.when, path: [...path, "when"], of, faults, rules, put: (when) => put({ when }), focus: actions.focus }),
    field({ path: [...path, "hints"], ...texts.fields.hints, of, faults, value: goal.hints, rows: 3, put: (hints) => put({ hints }) }),
    h(
      "details",
      {},
      h("summary", {}, texts.goal.almost(goal.almost.length), h("span", { class: "unseen" }, texts.of(of))),
      h("p", { class: "note" }, texts.goal.almostAbout),
      sentences(
        state,
        {
          ...{ parts: goal.almost, path: [...path, "almost"], name: "say", of },
          texts: { add: texts.goal.almostAdd, removed: texts.goal.almostRemoved, nth: texts.goal.almostNth },
          revise: (almost) => withGoals(lesson, changed(goals, goal.key, { almost })),
        },
        actions,
      ),
    ),
    h(
      "p",
      { class: "actions" },
      action(texts.parts.up, of, () => move(-1, `up-${goal.key}`), { id: `up-${goal.key}`, isOff: nth === 0 }),
      action(texts.parts.down, of, () => move(1, `down-${goal.key}`), { id: `down-${goal.key}`, isOff: nth === goals.length - 1 }),
      action(texts.parts.remove, of, () => actions.act(texts.goal.removed(nth + 1), "undo", withGoals(lesson, withoutGoal(lesson, goal.key)))),
    ),
  );
}

/** What the engine says of the start and no longer of the solution, to pick from. */
function suggested(state: BuilderState, lesson: LessonDraft, actions: BuilderActions): VNode {
  const { isSuggesting } = state;
  return h(
    "div",
    { class: "suggested" },
    h(
      "button",
      { type: "button", class: "button", id: "suggest", "aria-expanded": String(isSuggesting), on: { click: () => actions.suggest(!isSuggesting) } },
      texts.goal.suggest,
    ),
    isSuggesting && suggestionList(state, lesson, actions),
  );
}

function suggestionList(state: BuilderState, lesson: LessonDraft, actions: BuilderActions): Child {
  const proof = state.proofOf(lesson);
  if (proof === undefined || !state.isCurrent(lesson)) return h("p", { class: "note" }, texts.goal.suggestWait);
  if (!proof.start.judgement.builds || !proof.solution.judgement.builds) return h("p", { class: "note" }, texts.goal.suggestRefused);
  const all = suggestions(proof, state.rules ?? new Map(), lessonValue(lesson).goals.map(({ when }) => when));
  if (all.length === 0) return h("p", { class: "note" }, texts.goal.suggestNone);
  return [
    h("p", { class: "note" }, texts.goal.suggestAbout),
    h(
      "ul",
      { class: "suggestions" },
      all.map((suggestion) =>
        h("li", { key: JSON.stringify(suggestion.when) }, action(texts.goal.take, plain(suggestion.shown), () => actions.take(suggestion)), h("span", { "aria-hidden": "true" }, prose(suggestion.shown))),
      ),
    ),
  ];
}
