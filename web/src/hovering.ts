import type { Editor, Known, Spot } from "./editor.ts";
import { findingsHere, flag, instruction } from "./views/hover.ts";
import type { Checker } from "./checker.ts";
import type { Range } from "./engine.ts";
import type { Store } from "./state.ts";
import type { VNode } from "./h.ts";
import { texts } from "./texts.ts";

/** Tells what is known of a place of the Dockerfile: the findings there, and what the instruction or the flag does. */
export async function known({ position, token, isBrief }: Spot, editor: Editor, checker: Checker, store: Store): Promise<Known | null> {
  if (!checker.isCurrent) return null;
  const { version } = editor;
  const here = checker.shown.filter(({ range }) => range.start <= position && position < Math.max(range.end, range.start + 1));
  here.sort((one, other) => length(one.range) - length(other.range));
  const content: VNode[] = findingsHere(here);
  let range = here[0]?.range;
  if (!isBrief && token?.kind === "flag") {
    const about = aboutFlag(token.text);
    if (about !== undefined) content.push(flag(token.text, about));
  }
  if (!isBrief && token?.kind === "keyword") {
    const explanation = await checker.explainAt(version, store.state.target, position).catch(() => undefined);
    if (version !== editor.version) return null;
    if (explanation !== undefined) content.push(instruction(explanation));
  }
  if (content.length === 0) return null;
  // Beside the narrowest of what is spoken of.
  if (token !== undefined && (range === undefined || length(token.range) < length(range))) range = token.range;
  return range === undefined ? null : { range, content };
}

function aboutFlag(text: string): string | undefined {
  const name = text.replace(/=.*$/, "");
  const flags: Readonly<Record<string, string>> = texts.completion.flags;
  return flags[`${name}=`] ?? flags[name];
}

function length({ start, end }: Range): number {
  return end - start;
}

/** What a person hears of it. */
export function spoken(nodes: readonly (VNode | string)[]): string {
  return nodes
    .map((node) => (typeof node === "string" ? node : node.tag === "button" ? "" : spoken(node.children)))
    .filter((part) => part.trim() !== "")
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/ ([.,:;])/g, "$1");
}
