import type { FilePair, FileText, Goal, Lesson, LessonEdit } from "./workshop.ts";
import type { FileName, Files } from "../files.ts";

/** Both files of a build, as one text each. */
export type Texts = Files<string>;

export function textOf(file: FileText | undefined): string {
  if (file === undefined || typeof file === "string") return file ?? "";
  return file.map((line) => `${line}\n`).join("");
}

export function textsOf({ dockerfile, dockerignore }: FilePair): Texts {
  return { dockerfile: textOf(dockerfile), dockerignore: textOf(dockerignore) };
}

/** Where a text stands in another one, if it does so exactly once. */
export function placeOf(part: string, text: string): number | undefined {
  const at = text.indexOf(part);
  if (part === "") return text === "" ? 0 : undefined;
  return at >= 0 && text.indexOf(part, at + 1) < 0 ? at : undefined;
}

/** The file that an edit is for. */
export function fileOf({ file }: LessonEdit): FileName {
  return file === undefined ? "dockerfile" : "dockerignore";
}

/** What an edit makes of the texts; `undefined` where its place is not there, or there twice. */
export function applied(texts: Texts, edit: LessonEdit): Texts | undefined {
  const { replace, with: insert } = edit;
  const name = fileOf(edit);
  const text = texts[name];
  const part = textOf(replace);
  const at = placeOf(part, text);
  return at === undefined ? undefined : { ...texts, [name]: text.slice(0, at) + textOf(insert) + text.slice(at + part.length) };
}

/** The texts after each goal's edits, in order; `undefined` from the first edit on that has no place. */
export function stepsOf(lesson: Lesson): (Texts | undefined)[] {
  let texts: Texts | undefined = textsOf(lesson.start);
  return lesson.goals.map(({ edits }: Goal) => {
    for (const edit of edits) texts = texts && applied(texts, edit);
    return texts;
  });
}
