import type { Edit } from "./engine.ts";
import { grouped } from "./grouped.ts";
import { lineAt, lineStart } from "./lines.ts";

/** A stretch of a line; `changed` tells that the edit takes it away, or brings it. */
export interface Piece {
  readonly text: string;
  readonly changed: boolean;
}

/** Lines that an edit touches, before and after it. */
export interface Hunk {
  /** The number of the first line, from 1. */
  readonly line: number;
  readonly before: readonly (readonly Piece[])[];
  readonly after: readonly (readonly Piece[])[];
}

/** What `edits` (in order, without overlap) change in `text`, by whole lines. */
export function preview(text: string, edits: readonly Edit[]): Hunk[] {
  return hunksOf(text, edits).map(({ start, end, edits }) => {
    const before: Piece[] = [];
    const after: Piece[] = [];
    let position = start;
    for (const { range, text: insert } of edits) {
      const same = { text: text.slice(position, range.start), changed: false };
      before.push(same, { text: text.slice(range.start, range.end), changed: true });
      after.push(same, { text: insert, changed: true });
      position = range.end;
    }
    const rest = { text: text.slice(position, end), changed: false };
    return {
      line: lineAt(text, start),
      before: start === end && before.every(isEmpty) ? [] : lines([...before, rest]),
      after: lines([...after, rest]),
    };
  });
}

/** Why parts of a large change are there. */
export interface Reason {
  readonly why: string;
  readonly parts: readonly Part[];
}

export interface Part {
  /** Whether its edit brings anything; if not, something only goes. */
  readonly comes: boolean;
  /** The first line of what comes, or goes. */
  readonly text: string;
}

/** The reasons of a fix, in the order of its edits; edits with the same one are named together. */
export function reasons(text: string, edits: readonly Edit[]): Reason[] {
  const explained = edits.filter(({ why }) => why !== "");
  const part = ({ range, text: insert }: Edit): Part => {
    const comes = insert.trim() !== "";
    const shown = comes ? insert : text.slice(range.start, range.end);
    return { comes, text: shown.trim().split("\n")[0] ?? "" };
  };
  return [...grouped(explained, ({ why }) => why)].map(([why, edits]) => ({ why, parts: edits.map(part) }));
}

/** Lines that edits touch. */
export interface Touched {
  readonly start: number;
  end: number;
  readonly edits: Edit[];
}

/** Edits that touch the same or neighbouring lines are shown together. */
export function hunksOf(text: string, edits: readonly Edit[]): Touched[] {
  const found: Touched[] = [];
  for (const edit of edits) {
    const start = lineStart(text, edit.range.start);
    const end = endOfLine(text, edit.range.end, edit.text);
    const last = found.at(-1);
    if (last !== undefined && start <= last.end + 1) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else {
      found.push({ start, end, edits: [edit] });
    }
  }
  return found;
}

/** An edit that ends with its line takes or brings whole lines, so the line after it is not touched. */
function endOfLine(text: string, position: number, insert: string): number {
  const isAtStart = position > 0 && text[position - 1] === "\n";
  if (isAtStart && (insert === "" || insert.endsWith("\n"))) return position;
  const end = text.indexOf("\n", position);
  return end === -1 ? text.length : end;
}

function lines(pieces: readonly Piece[]): Piece[][] {
  const all: Piece[][] = [[]];
  for (const { text, changed } of pieces) {
    text.split("\n").forEach((part, index) => {
      if (index > 0) all.push([]);
      const shown = part.endsWith("\r") ? part.slice(0, -1) : part;
      if (shown !== "") all.at(-1)?.push({ text: shown, changed });
    });
  }
  // The last line break of whole lines begins no further line.
  if (all.at(-1)?.length === 0) all.pop();
  return all;
}

function isEmpty({ text }: Piece): boolean {
  return text === "";
}
