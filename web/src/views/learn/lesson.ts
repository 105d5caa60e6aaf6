import { type Child, type VNode, exactly, h } from "../../h.ts";
import type { LearnActions, LearnState, LessonState } from "../../learn/state.ts";
import type { Lesson } from "../../learn/workshop.ts";
import type { RuleTexts } from "../../rules.ts";
import { blocks, prose } from "../prose.ts";
import { button, entries, lead, textBlocks, title } from "./parts.ts";
import { addressOf } from "../../learn/route.ts";
import { picture } from "./picture.ts";
import { pageOf } from "../../reading/address.ts";
import { plain } from "../../words.ts";
import { goals, sentenceOf } from "./goals.ts";
import { solution } from "./solution.ts";
import { texts } from "../../texts/learn.ts";

/** A lesson: its text and goals, the playground, and what there is to take home. */
export function lessonPage(state: LearnState, open: LessonState, actions: LearnActions): VNode[] {
  const { lesson, shared } = open;
  const index = state.lessons.indexOf(lesson);
  return [
    h(
      "div",
      { key: `lesson:${lesson.id}:${shared === null ? "" : shared.address}`, class: "lesson" },
      open.isPresented && presenting(state, open),
      h(
        "section",
        { key: "text", class: "lesson-text" },
        h(
          "p",
          { class: "aside" },
          h("a", { href: addressOf({ view: "list" }) }, texts.lesson.back),
          ` · ${texts.lesson.nth(index + 1, state.lessons.length)} · ${lesson.practice} · ${texts.lesson.minutes(lesson.minutes)}`,
        ),
        title(prose(lesson.title)),
        lead(lesson),
        picture(lesson, state.today),
        textBlocks(lesson.text),
      ),
      h("div", { key: "goals", class: "lesson-goals" }, goals(open, actions), outcome(state, open), golf(open), means(open, actions), presentedPicture(state, open)),
      work(state, open, actions),
      h("section", { key: "after", class: "lesson-after" }, after(state, open, actions), neighbours(state, index)),
    ),
  ];
}

/** Stands below the goals, so that who reaches the last one sees it. */
function outcome(state: LearnState, open: LessonState): Child {
  return open.judgement?.isDone === true && h("p", { key: "outcome", class: "outcome actions" }, h("b", {}, texts.lesson.done), onward(state, open, "button primary"));
}

function onward({ lessons }: LearnState, { lesson, isPresented }: LessonState, kind: string): VNode {
  const next = lessons[lessons.indexOf(lesson) + 1];
  if (next === undefined) return h("a", { class: kind, href: addressOf({ view: "finish" }) }, texts.lesson.toFinish);
  return h("a", { class: kind, href: addressOf({ view: "lesson", lesson: next.id, link: null, isPresented }) }, texts.lesson.next(plain(next.title)));
}

/** Stands above the goals and the editor while a room looks on, in place of the page around them. */
function presenting({ lessons }: LearnState, { lesson, shared }: LessonState): VNode {
  const index = lessons.indexOf(lesson);
  const to = (lesson: Lesson | undefined, label: string, key: string) =>
    lesson !== undefined &&
    h(
      "a",
      {
        key,
        class: "button",
        href: addressOf({ view: "lesson", lesson: lesson.id, link: null, isPresented: true }),
        title: texts.present.key(plain(lesson.title), key),
        "aria-keyshortcuts": texts.present.keys(key),
      },
      label,
    );
  return h(
    "header",
    { key: "presenting", class: "presenting no-print" },
    h("p", { class: "aside" }, texts.lesson.nth(index + 1, lessons.length)),
    title(prose(lesson.title)),
    h(
      "nav",
      { class: "actions", "aria-label": texts.lesson.nav },
      to(lessons[index - 1], texts.present.previous, "PageUp"),
      to(lessons[index + 1], texts.present.next, "PageDown"),
      h("a", { key: "leave", class: "button", href: addressOf({ view: "lesson", lesson: lesson.id, link: shared?.address ?? null }) }, texts.present.leave),
    ),
  );
}

/** Below the goals while a room looks on, which does not see the text. Paper has it there. */
function presentedPicture({ today }: LearnState, { lesson, isPresented }: LessonState): Child {
  const shown = isPresented && picture(lesson, today);
  return shown !== false && h("div", { class: "no-print" }, shown);
}

/** What else can be done with the text. */
function means({ lesson, shared, experiment, said }: LessonState, actions: LearnActions): VNode {
  return h(
    "p",
    { key: "means", class: "means actions" }, // what stands above it comes and goes, and may not take a button along that has the focus
    button(texts.lesson.anew, actions.beginAnew),
    button(texts.lesson.copyLink, actions.copyLink),
    h("a", { href: addressOf({ view: "lesson", lesson: lesson.id, link: shared?.address ?? null, isPresented: true }) }, texts.present.begin),
    // It has its place before it leads anywhere, so that nothing moves.
    h("a", { href: experiment ?? undefined, target: "_blank", rel: "noopener" }, texts.lesson.experiment),
    said !== "" && h("span", { class: "aside", key: "said" }, said),
  );
}

/** How far the text is, and what is next, in sight wherever the page is scrolled to. */
function bar(state: LearnState, open: LessonState, actions: LearnActions): VNode {
  const { lesson, judgement } = open;
  const next = lesson.goals.findIndex((_, index) => judgement?.goals[index]?.isMet !== true);
  const goal = lesson.goals[next];
  const met = judgement?.goals.filter(({ isMet }) => isMet).length ?? 0;
  return h(
    "div",
    { class: judgement?.isDone === true ? "standing goal-bar is-done" : "standing goal-bar" },
    h("button", { type: "button", class: "link", on: { click: actions.goToGoals } }, texts.lesson.met(met, lesson.goals.length)),
    judgement?.isDone === true
      ? onward(state, open, "")
      : h("span", { class: "goal-next" }, goal === undefined ? "" : prose(sentenceOf(goal, judgement?.goals[next]))),
  );
}

function work(state: LearnState, open: LessonState, actions: LearnActions): VNode {
  const { lesson, shared, start, isPlaygroundThere, isPresented } = open;
  const { look } = lesson;
  const change = Object.entries(look?.change ?? {})[0]?.join(":");
  const first = shared ?? start;
  return h(
    "section",
    { key: "work", class: "lesson-work", "aria-label": texts.lesson.work },
    bar(state, open, actions),
    shared !== null &&
      h("p", { class: "notice-line" }, shared.said, " ", h("a", { href: addressOf({ view: "lesson", lesson: lesson.id, link: null, isPresented }) }, texts.lesson.toOwn)),
    isPlaygroundThere === "failed" && h("p", { class: "broken" }, texts.noPlayground),
    h(
      "layerwise-playground",
      // A state that somebody shared is no draft: it must not take the place of the learner's own text.
      {
        key: "playground",
        proof: "",
        draft: shared === null ? actions.draftOf(lesson) : undefined,
        tab: look?.tab,
        change,
        only: isPresented ? "editor" : undefined,
      },
      // The element leaves the first line break away.
      exactly("pre", {}, `\n${first.dockerfile}`),
      first.dockerignore !== "" && exactly("pre", { "data-file": ".dockerignore" }, `\n${first.dockerignore}`),
    ),
  );
}

function golf({ edits, par, judgement, progress }: LessonState): Child {
  const now = judgement?.isDone === true ? texts.lesson.golfDone(edits) : texts.lesson.golfNow(edits);
  const best = progress.best === null ? "" : ` ${texts.lesson.golfBest(progress.best)}`;
  return h("p", { key: "golf", class: "golf" }, h("b", {}, texts.lesson.golf), " ", now, best, " ", texts.lesson.golfPar(par));
}

function after({ rules }: LearnState, { lesson, isSolutionOpen, judgement }: LessonState, actions: LearnActions): Child {
  const isOver = judgement?.isDone === true || isSolutionOpen;
  return [
    h("h2", {}, texts.lesson.solution),
    isSolutionOpen
      ? [solution(lesson), h("p", { class: "actions" }, button(texts.lesson.solutionUse, actions.useSolution))]
      : h("p", {}, button(texts.lesson.solutionOpen, actions.openSolution)),
    isOver && [h("h2", {}, texts.lesson.takeHome), entries(lesson.takeHome)],
    isOver && readOn(lesson.rules, rules),
  ];
}

/** What the rules of the lesson say, as it stands beside their findings too. */
function readOn(ids: readonly string[], rules: RuleTexts | null): Child {
  const known = ids.flatMap((id) => rules?.get(id) ?? []);
  if (known.length === 0) return false;
  return [
    h("h2", {}, texts.lesson.rules),
    known.map(({ id, title, why }) =>
      h("details", { key: `rule-${id}` }, h("summary", {}, prose(title), " ", h("code", { class: "aside" }, id)), blocks(why), h("p", {}, h("a", { href: pageOf(id) }, texts.lesson.rulePage))),
    ),
  ];
}

function neighbours({ lessons }: LearnState, index: number): VNode {
  const to = (lesson: { readonly id: string; readonly title: string } | undefined, label: string) =>
    lesson !== undefined &&
    h("a", { href: addressOf({ view: "lesson", lesson: lesson.id, link: null }) }, h("span", { class: "aside" }, label), " ", prose(lesson.title));
  return h(
    "nav",
    { class: "neighbours", "aria-label": texts.lesson.nav },
    to(lessons[index - 1], texts.lesson.previous),
    to(lessons[index + 1], texts.lesson.following),
  );
}
