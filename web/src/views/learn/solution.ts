import { type VNode, h } from "../../h.ts";
import { type Texts, applied, fileOf, textsOf } from "../../learn/edits.ts";
import { SHOWN_NAMES } from "../../files.ts";
import type { Lesson } from "../../learn/workshop.ts";
import { diff } from "../diff.ts";
import { lineEdits } from "../../learn/lines.ts";
import { preview } from "../../preview.ts";
import { prose } from "../prose.ts";
import { remembered } from "../../remembered.ts";
import { texts } from "../../texts/learn.ts";

/** The way from the start to the solution, edit by edit, each with its reason. */
export const solution = remembered((lesson: Lesson): VNode => {
  let before: Texts = textsOf(lesson.start);
  const steps = lesson.goals.flatMap(({ edits }) =>
    edits.map((edit) => {
      const after = applied(before, edit) ?? before;
      const file = fileOf(edit);
      const hunks = preview(before[file], lineEdits(before[file], after[file]));
      before = after;
      return h(
        "li",
        {},
        h("p", {}, prose(edit.why)),
        file === "dockerignore" && h("p", { class: "aside" }, prose(texts.lesson.file(SHOWN_NAMES[file]))),
        diff(hunks),
      );
    }),
  );
  return h("ol", { class: "solution-steps" }, steps);
});
