import type { FilePair, FileText, Goal, Lesson, LessonEdit } from "./workshop.ts";

/** Both files of a build, as one text each. */
export interface Texts {
  readonly dockerfile: string;
  readonly dockerignore: string;
}

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

/** What an edit makes of the texts; `undefined` where its place is not there, or there twice. */
export function applied(texts: Texts, { file, replace, with: insert }: LessonEdit): Texts | undefined {
  const name = file === undefined ? "dockerfile" : "dockerignore";
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
