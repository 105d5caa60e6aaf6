import { type VNode, h } from "../../h.ts";
import type { BuilderActions, BuilderState, Revise } from "../../builder/state.ts";
import type { LessonDraft } from "../../builder/manuscript.ts";
import { lessonValue } from "../../builder/to-file.ts";
import { action, choice, field } from "./fields.ts";
import { fileProof, keptProof } from "./proof.ts";
import { named, shifted, titled, withLesson } from "../../builder/revise.ts";
import type { FileName } from "../../files.ts";
import { button } from "../learn/parts.ts";
import { changeFields } from "./changes.ts";
import { goalFields } from "./goals.ts";
import type { Path } from "../../learn/schema.ts";
import { plain } from "../../words.ts";
import { preview } from "./preview.ts";
import { prose } from "../prose.ts";
import { sentences } from "./sentences.ts";
import { texts } from "../../texts/builder.ts";

const FEWEST_LINES = 8;
const MOST_LINES = 24;

/** All fields of a lesson. */
export function lessonFields(state: BuilderState, lesson: LessonDraft, index: number, actions: BuilderActions): VNode {
  const { faults } = state;
  const { key } = lesson;
  const path = ["lessons", index];
  const revise = (change: Partial<LessonDraft>): Revise => (manuscript) => withLesson(manuscript, key, change);
  const put = (change: Partial<LessonDraft>) => actions.write(revise(change));
  const at = (name: string) => ({ path: [...path, name], faults });
  return h(
    "div",
    { key, class: "lesson-fields" },
    head(state, lesson, index, actions),
    h(
      "section",
      { class: "section beside", "aria-labelledby": "about-head" },
      h(
        "div",
        {},
        h("h3", { id: "about-head" }, texts.sections.about),
        field({ ...at("title"), ...texts.fields.title, value: lesson.title, put: (title) => actions.write((manuscript) => titled(manuscript, key, title)) }),
        h(
          "div",
          { class: "row-of-fields" },
          field({ ...at("practice"), ...texts.fields.practice, value: lesson.practice, put: (practice) => put({ practice }) }),
          field({ ...at("minutes"), ...texts.fields.minutes, value: lesson.minutes, isNumber: true, put: (minutes) => put({ minutes }) }),
        ),
        field({ ...at("id"), ...texts.fields.id, value: lesson.id, isCode: true, put: (id) => actions.write((manuscript) => named(manuscript, key, id)) }),
        field({ ...at("why"), ...texts.fields.why, value: lesson.why, rows: 4, put: (why) => put({ why }) }),
        lesson.picture !== undefined &&
          h(
            "p",
            { class: "actions" },
            h("span", { class: "note" }, texts.sections.picture),
            button(texts.sections.pictureRemove, () => actions.act(texts.sections.pictureRemoved, "undo", revise({ picture: undefined }))),
          ),
        field({ ...at("text"), ...texts.fields.text, value: lesson.text, rows: 12, put: (text) => put({ text }) }),
      ),
      preview(state, lesson, path),
    ),
    files(state, lesson, path, put, actions),
    goalFields(state, lesson, path, actions),
    changeFields(state, lesson, path, actions),
    h(
      "section",
      { class: "section", "aria-labelledby": "keep-head" },
      h("h3", { id: "keep-head" }, texts.sections.keep),
      h("p", { class: "note" }, texts.sections.keepAbout),
      sentences(
        state,
        {
          ...{ parts: lesson.keep, path: [...path, "keep"], name: "broken", of: "" },
          texts: { add: texts.sections.keepAdd, removed: texts.sections.keepRemoved, nth: texts.sections.keepNth },
          beside: (nth) => keptProof(state, lesson, nth),
          revise: (keep) => revise({ keep }),
        },
        actions,
      ),
    ),
    end(state, lesson, path, put),
  );
}

function head({ manuscript }: BuilderState, lesson: LessonDraft, index: number, actions: BuilderActions): VNode {
  const of = lesson.title === "" ? texts.parts.untitled : plain(lesson.title);
  const { lessons } = manuscript;
  const move = (by: number, id: string) =>
    actions.act(texts.parts.moved(index + 1 + by, lessons.length), id, (manuscript) => ({ ...manuscript, lessons: shifted(manuscript.lessons, lesson.key, by) }));
  return h(
    "div",
    { class: "lesson-head" },
    h("h2", { tabindex: -1, id: "part-head" }, texts.parts.nth(index + 1), ": ", prose(lesson.title === "" ? texts.parts.untitled : lesson.title)),
    h(
      "div",
      { class: "actions", role: "group", "aria-label": texts.parts.actions },
      action(texts.parts.up, of, () => move(-1, "lesson-up"), { id: "lesson-up", isOff: index === 0 }),
      action(texts.parts.down, of, () => move(1, "lesson-down"), { id: "lesson-down", isOff: index === lessons.length - 1 }),
      action(texts.parts.duplicate, of, () => actions.duplicate(lesson)),
      action(texts.parts.remove, of, () => actions.remove(lesson)),
    ),
  );
}

/** Both files, beside each other, each with what the engine says of it. */
function files(state: BuilderState, lesson: LessonDraft, path: Path, put: (change: Partial<LessonDraft>) => void, actions: BuilderActions): VNode {
  const { start, solution } = lesson;
  const hasIgnore = start.dockerignore !== "" || solution.dockerignore !== "";
  const isShown = hasIgnore || state.withIgnore.has(lesson.key);
  const file = (which: "start" | "solution", name: FileName) => {
    const { [which]: label, help } = texts.fields[name];
    const rows = Math.min(MOST_LINES, Math.max(name === "dockerfile" ? FEWEST_LINES : 3, ...[start, solution].map((texts) => texts[name].split("\n").length + 1)));
    const value = lesson[which][name];
    return field({ path: [...path, which, name], label, help: help[which], faults: state.faults, value, rows, isCode: true, put: (text) => put({ [which]: { ...lesson[which], [name]: text } }) });
  };
  const column = (which: "start" | "solution") => h("div", {}, file(which, "dockerfile"), isShown && file(which, "dockerignore"), fileProof(state, lesson, which));
  return h(
    "section",
    { class: "section", "aria-labelledby": "files-head" },
    h("h3", { id: "files-head" }, texts.sections.files),
    h("div", { class: "beside" }, column("start"), column("solution")),
    h(
      "label",
      { class: "check" },
      h("input", {
        type: "checkbox",
        checked: isShown,
        disabled: hasIgnore,
        on: { change: ({ target }) => actions.showIgnore(lesson, target instanceof HTMLInputElement && target.checked) },
      }),
      texts.sections.ignore,
    ),
  );
}

/** What comes at the end of a lesson, and what the playground shows at its beginning. */
function end({ faults, rules }: BuilderState, lesson: LessonDraft, path: Path, put: (change: Partial<LessonDraft>) => void): VNode {
  const { takeHome, look } = lesson;
  const at = (...names: readonly string[]) => ({ path: [...path, ...names], faults });
  const unknown = rules === null ? [] : lessonValue(lesson).rules.filter((rule) => !rules.has(rule));
  const doubt = unknown.length === 0 ? "" : texts.fields.unknownRules(unknown);
  const options = (names: Readonly<Record<string, string>>) => Object.entries(names);
  return h(
    "section",
    { class: "section", "aria-labelledby": "end-head" },
    h("h3", { id: "end-head" }, texts.sections.end),
    field({ ...at("takeHome"), ...texts.fields.takeHome, value: takeHome, rows: 3, put: (takeHome) => put({ takeHome }) }),
    field({ ...at("rules"), ...texts.fields.rules, value: lesson.rules, rows: 2, isCode: true, doubt, put: (rules) => put({ rules }) }),
    h(
      "div",
      { class: "row-of-fields" },
      choice({ ...at("look", "tab"), ...texts.fields.lookTab, value: look.tab, options: options(texts.fields.lookTabs), put: (tab) => put({ look: { ...look, tab } }) }),
      look.tab === "build" &&
        choice({ ...at("look", "change"), ...texts.fields.lookChange, value: look.change, options: options(texts.fields.lookChanges), put: (change) => put({ look: { ...look, change } }) }),
      look.tab === "build" &&
        look.change !== "" &&
        field({ ...at("look", "change", look.change), ...texts.fields.lookName, value: look.name, isCode: true, put: (name) => put({ look: { ...look, name } }) }),
    ),
  );
}
