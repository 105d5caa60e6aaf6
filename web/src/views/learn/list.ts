import { type VNode, h } from "../../h.ts";
import type { LearnActions, LearnState } from "../../learn/state.ts";
import { button, practices, title } from "./parts.ts";
import type { Lesson } from "../../learn/workshop.ts";
import { addressOf } from "../../learn/route.ts";
import { plain } from "../../words.ts";
import { prose } from "../prose.ts";
import { texts } from "../../texts/learn.ts";

/** All lessons with what is done of them, the ways through them, and what a trainer needs. */
export function list(state: LearnState, actions: LearnActions): VNode[] {
  const { workshop, lessons, progress, isKept } = state;
  const done = lessons.filter(({ id }) => progress.lessons.get(id)?.isDone === true).length;
  const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return [
    h(
      "div",
      { key: "list", class: "reading overview" },
      title(workshop.title),
      h("p", { class: "lead" }, prose(workshop.about)),
      plans(state),
      h(
        "p",
        { class: "actions" },
        next(state),
        h("span", { class: "aside" }, texts.list.about(lessons.length, minutes), " · ", texts.list.progress(done, lessons.length)),
      ),
      h("progress", { max: lessons.length, value: done, "aria-label": texts.list.progress(done, lessons.length) }),
      isKept ? false : h("p", { class: "aside" }, texts.list.unkept),
      h(
        "div",
        { class: "practices" },
        practices(lessons).map(({ practice, lessons }) =>
          h(
            "section",
            { class: "practice" },
            h("h2", {}, practice),
            h("ol", { class: "lessons" }, lessons.map((lesson) => entry(lesson, state))),
          ),
        ),
      ),
      h(
        "p",
        { class: "actions" },
        h("a", { href: addressOf({ view: "finish" }) }, texts.list.finish),
        progress.lessons.size > 0 && button(texts.list.reset, actions.askReset),
      ),
      own(state, actions),
    ),
  ];
}

function next({ lessons, progress }: LearnState): VNode | false {
  const last = lessons.find(({ id }) => id === progress.last);
  const isOpen = ({ id }: Lesson) => progress.lessons.get(id)?.isDone !== true;
  const lesson = last !== undefined && isOpen(last) ? last : lessons.find(isOpen);
  if (lesson === undefined) return false;
  const isFirst = progress.lessons.size === 0;
  const href = addressOf({ view: "lesson", lesson: lesson.id, link: null });
  return h("a", { class: "button primary", href }, isFirst ? texts.list.begin : texts.list.resume(plain(lesson.title)));
}

function plans({ workshop, progress }: LearnState): VNode | false {
  const { plans = [] } = workshop;
  if (plans.length === 0) return false;
  const way = (id: string, title: string, about: string) =>
    h(
      "li",
      {},
      h("a", { href: addressOf({ view: "plan", plan: id }), "aria-current": (progress.plan ?? "all") === id ? "true" : undefined }, h("b", {}, title)),
      about !== "" && [" ", h("span", { class: "aside" }, prose(about))],
    );
  const all = way("all", texts.list.all, "");
  return h("nav", { class: "plans", "aria-label": texts.list.plans }, h("h2", {}, texts.list.plans), h("ul", {}, plans.map(({ id, title, about }) => way(id, title, about)), all));
}

function entry({ id, title, minutes }: Lesson, { progress, lessons }: LearnState): VNode {
  const kept = progress.lessons.get(id);
  const nth = lessons.findIndex((lesson) => lesson.id === id) + 1;
  const mark = kept === undefined ? "" : kept.isDone ? texts.list.done : texts.list.begun;
  return h(
    "li",
    { class: kept?.isDone === true ? "entry is-done" : "entry", value: nth },
    h("a", { href: addressOf({ view: "lesson", lesson: id, link: null }) }, prose(title)),
    h("span", { class: "aside" }, texts.list.minutes(minutes)),
    mark !== "" && h("span", { class: "mark" }, mark),
  );
}

function own({ isOwn, guide, builder }: LearnState, actions: LearnActions): VNode {
  return h(
    "section",
    { class: "own" },
    h("h2", {}, texts.own.title),
    h("p", {}, texts.own.about),
    h(
      "p",
      { class: "actions" },
      button(texts.own.open, actions.chooseFile),
      h("a", { href: builder }, texts.own.write),
      h("a", { href: addressOf({ view: "handout", hasSolutions: false }) }, texts.own.handout),
      h("a", { href: guide }, texts.own.guide),
      isOwn && button(texts.own.leave, actions.leaveOwn),
    ),
  );
}
