import type { Edit } from "../engine.ts";

/** Whether two edits of two fixes cannot both be there: they touch, and neither are lines that both come at one place nor an image and a name behind it. */
export function doTouch(text: string, one: Edit, other: Edit): boolean {
  const meet = one.range.start <= other.range.end && other.range.start <= one.range.end;
  if (!meet || isNamed(one, other) || isNamed(other, one)) return false;
  return !(bringsLines(text, one) && bringsLines(text, other) && !makesStage(one) && !makesStage(other));
}

/** Whether one edit puts the name of a stage behind an image that the other writes. */
function isNamed(image: Edit, { range, text }: Edit): boolean {
  return image.text !== "" && image.range.start < range.start && image.range.end === range.start && range.start === range.end && NAME.test(text);
}

/**
 * Edits by their places. Of lines that come at one place, those that name a user come last: what is run above them still needs its rights.
 * Where two bring the same lines there, one does.
 */
export function inOrder(text: string, edits: readonly Edit[]): readonly Edit[] {
  const isUser = (edit: Edit) => Number(bringsLines(text, edit) && USER.test(edit.text));
  const isSame = (one: Edit, other: Edit) => one.text === other.text && one.range.start === other.range.start && bringsLines(text, other);
  return [...edits]
    .sort((one, other) => one.range.start - other.range.start || one.range.end - other.range.end || isUser(one) - isUser(other))
    .filter((edit, index, all) => !bringsLines(text, edit) || all.findIndex((other) => isSame(edit, other)) === index);
}

/** Whether an edit brings a stage, after which nothing is what it was before. */
export function makesStage({ text }: Edit): boolean {
  return STAGE.test(text);
}

/** Whether an edit only brings lines between others. */
function bringsLines(text: string, { range: { start, end }, text: insert }: Edit): boolean {
  return start === end && insert.endsWith("\n") && (start === 0 || text[start - 1] === "\n");
}

const NAME = /^ AS \S+$/i;
const USER = /^\s*USER\s/im;
const STAGE = /^\s*FROM\s/im;
