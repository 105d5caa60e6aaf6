// The text of a lesson as somebody writes it, and as the learner gets it: an empty line ends a paragraph, a line that begins with `- ` is an entry of a
// list, and what stands between lines of three backticks is a listing. What is read from such a text is written as it again.

import type { Block } from "../learn/workshop.ts";
import { textOf } from "../learn/edits.ts";

const FENCE = "```";

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const fence = /^`{3,}$/.exec(line)?.[0];
    if (fence !== undefined) {
      const end = lines.indexOf(fence, at + 1);
      const code = lines.slice(at + 1, end < 0 ? lines.length : end);
      blocks.push({ code: code.map((line) => `${line}\n`).join("") });
      at = end < 0 ? lines.length : end + 1;
    } else if (line.startsWith("- ")) {
      const end = endOf(lines, at, (line) => line.trim() === "" || isFence(line));
      blocks.push({ list: entriesOf(lines.slice(at, end)) });
      at = end;
    } else if (line.trim() === "") {
      at += 1;
    } else {
      const end = endOf(lines, at + 1, (line) => line.trim() === "" || line.startsWith("- ") || isFence(line));
      blocks.push(lines.slice(at, end).join("\n").replace(/^\\/, ""));
      at = end;
    }
  }
  return blocks;
}

export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks.map(written).join("\n\n");
}

function written(block: Block): string {
  if (typeof block === "string") return protectedFrom(oneLine(block));
  if ("list" in block) return block.list.map((entry) => `- ${oneLine(entry)}`).join("\n");
  const code = textOf(block.code);
  const fence = fenceFor(code);
  return `${fence}\n${code.endsWith("\n") || code === "" ? code : `${code}\n`}${fence}`;
}

/** A paragraph that looks like something else says with a backslash that it is none. */
function protectedFrom(paragraph: string): string {
  return paragraph.startsWith("- ") || paragraph.startsWith("\\") || isFence(paragraph) ? `\\${paragraph}` : paragraph;
}

/** Longer than any that stands in the listing. */
function fenceFor(code: string): string {
  const lengths = code.split("\n").filter(isFence).map(({ length }) => length);
  return "`".repeat(Math.max(FENCE.length - 1, ...lengths) + 1);
}

function isFence(line: string): boolean {
  return /^`{3,}$/.test(line);
}

function entriesOf(lines: readonly string[]): string[] {
  const entries: string[] = [];
  for (const line of lines) {
    if (line.startsWith("- ")) entries.push(line.slice(2));
    else entries[entries.length - 1] += ` ${line.trim()}`;
  }
  return entries;
}

function endOf(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  const end = lines.findIndex((line, at) => at >= from && isEnd(line));
  return end < 0 ? lines.length : end;
}

/** Where the learner reads it, a line break is a blank. */
export function oneLine(sentence: string): string {
  return sentence.replaceAll(/\s*[\r\n]+\s*/g, " ");
}
