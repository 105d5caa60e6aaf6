import { type VNode, h } from "../../h.ts";
import type { BuilderActions, BuilderState } from "../../builder/state.ts";
import { type LessonDraft, changesOf } from "../../builder/manuscript.ts";
import { type Texts, applied, fileOf, textOf } from "../../learn/edits.ts";
import { choice, field } from "./fields.ts";
import { type Changes, moved } from "../../builder/changes.ts";
import type { LessonEdit } from "../../learn/workshop.ts";
import type { Path } from "../../learn/schema.ts";
import { SHOWN_NAMES } from "../../files.ts";
import { diff } from "../diff.ts";
import { lineEdits } from "../../learn/lines.ts";
import { preview } from "../../preview.ts";
import { prose } from "../prose.ts";
import { remembered } from "../../remembered.ts";
import { texts as learn } from "../../texts/learn.ts";
import { texts } from "../../texts/builder.ts";
import { withLesson } from "../../builder/revise.ts";

/** What differs between the two files, made of them: each change with its goal and its reason. */
export function changeFields(state: BuilderState, lesson: LessonDraft, path: Path, actions: BuilderActions): VNode {
  const shown = steps(lesson);
  const empty = changesOf(lesson).flatMap((edits, goal) => (edits.length === 0 ? [goal] : []));
  return h(
    "section",
    { class: "section", "aria-labelledby": "changes-head" },
    h("h3", { id: "changes-head" }, texts.sections.changes),
    h("p", { class: "note" }, texts.sections.changesAbout),
    lesson.goals.length === 0 ? h("p", {}, texts.sections.changesNoGoal) : shown.length === 0 && h("p", {}, texts.sections.changesNone),
    h("ol", { class: "parts-list" }, shown.map((step, nth) => change(state, lesson, step, nth, path, actions))),
    shown.length > 0 && empty.map((goal) => h("p", { class: "note" }, texts.sections.noChange(goal + 1))),
  );
}

interface Step {
  readonly goal: number;
  readonly nth: number;
  readonly edit: LessonEdit;
  readonly drawn: VNode;
  /** Tells it apart while its reason is written, and where it goes to another goal. */
  readonly key: string;
}

/** The edits in their order, each drawn as what it changes where those before have been made. */
const steps = remembered((lesson: LessonDraft): readonly Step[] => {
  let before: Texts = lesson.start;
  const keys = new Map<string, number>();
  return changesOf(lesson).flatMap((edits, goal) =>
    edits.map((edit, nth) => {
      const after = applied(before, edit) ?? before;
      const file = fileOf(edit);
      const drawn = diff(preview(before[file], lineEdits(before[file], after[file])));
      before = after;
      const what = `${file} ${textOf(edit.replace)} ${textOf(edit.with)}`;
      keys.set(what, (keys.get(what) ?? 0) + 1);
      return { goal, nth, edit, drawn, key: `${keys.get(what)} ${what}` };
    }),
  );
});

function change({ faults }: BuilderState, lesson: LessonDraft, { goal, nth, edit, drawn, key }: Step, index: number, path: Path, actions: BuilderActions): VNode {
  const of = texts.sections.changeNth(index + 1);
  const place = [...path, "goals", goal, "edits", nth];
  const file = fileOf(edit);
  const put = (changes: Changes) => actions.write((manuscript) => withLesson(manuscript, lesson.key, { goals: lesson.goals.map((one, at) => ({ ...one, edits: changes[at] ?? [] })) }));
  const explain = (why: string) => put(changesOf(lesson).map((edits, at) => (at === goal ? edits.map((other, at) => (at === nth ? { ...other, why } : other)) : edits)));
  const options = lesson.goals.map((_, at) => [String(at), texts.goal.nth(at + 1)] as const);
  return h(
    "li",
    { class: "part", key },
    h("p", { class: "part-name" }, of, file === "dockerignore" && [" ", h("span", { class: "aside" }, prose(learn.lesson.file(SHOWN_NAMES[file])))]),
    drawn,
    h(
      "div",
      { class: "beside" },
      field({ path: [...place, "why"], ...texts.fields.reason, of, faults, value: edit.why, rows: 2, put: explain }),
      options.length > 1 &&
        choice({
          ...{ path: [...place, "goal"], label: texts.fields.goalOf, of, faults: [], value: String(goal), options },
          put: (to) => put(moved(changesOf(lesson), goal, nth, Number(to))),
        }),
    ),
  );
}
