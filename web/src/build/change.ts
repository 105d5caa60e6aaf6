import type { Change, Plan, PlannedStage, Range } from "../engine.ts";

/** Kinds of what may change between two builds; `here` is the instruction at the caret. */
export type ChangeKind = "file" | "arg" | "image" | "here" | "nothing";

/** The kinds of which a person says which one it is. */
export type NamedKind = Extract<ChangeKind, "file" | "arg" | "image">;

/** What a person chose; where it is `null`, the first that the file suggests stands for it. */
export interface Chosen {
  readonly kind: ChangeKind | null;
  readonly names: Readonly<Record<NamedKind, string | null>>;
}

export const NOTHING_CHOSEN: Chosen = { kind: null, names: { file: null, arg: null, image: null } };

/** What changed, for certain. */
export interface WhatChanged {
  readonly kind: ChangeKind;
  /** The path or the name; of an instruction its id in the plan. Empty where there is none. */
  readonly name: string;
}

export type Suggestions = Readonly<Record<NamedKind, readonly string[]>>;

export function whatChanged(chosen: Chosen, suggestions: Suggestions, here: string | undefined): WhatChanged {
  const kind = chosen.kind ?? firstKind(suggestions);
  if (kind === "nothing") return { kind, name: "" };
  if (kind === "here") return { kind, name: here ?? "" };
  return { kind, name: chosen.names[kind] ?? suggestions[kind][0] ?? "" };
}

function firstKind(suggestions: Suggestions): ChangeKind {
  const kinds: readonly NamedKind[] = ["file", "image", "arg"];
  return kinds.find((kind) => suggestions[kind].length > 0) ?? "nothing";
}

/** As the engine wants to hear it. */
export function asked({ kind, name }: WhatChanged): Change {
  const list = (wanted: ChangeKind) => (kind === wanted && name.trim() !== "" ? [name.trim()] : []);
  return { files: list("file"), args: list("arg"), images: list("image"), texts: list("here") };
}

/** The same change after fixes: where they have moved a stage to another image, it is that one which changes. */
export function afterFixes(what: WhatChanged, before: Plan, after: Plan): WhatChanged {
  if (what.kind !== "image") return what;
  const isIt = ({ from }: PlannedStage) => from.kind === "image" && from.name === what.name;
  if (after.stages.some(isIt)) return what;
  const from = after.stages[before.stages.findIndex(isIt)]?.from;
  return from?.kind === "image" ? { ...what, name: from.name } : what;
}

/** The instruction at an offset of the text, a step or the `FROM` of a stage, by its id. */
export function placeAt({ stages }: Plan, position: number): string | undefined {
  const holds = ({ range: { start, end } }: { range: Range }) => position >= start && position <= end && start < end;
  for (const [index, stage] of stages.entries()) {
    if (holds(stage)) return String(index);
    const step = stage.steps.find(holds);
    if (step !== undefined) return step.id;
  }
  return undefined;
}
