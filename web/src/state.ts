import type { Shape } from "./editor.ts";
import type { AppliedFix, LeftFix, Report, Severity } from "./engine.ts";
import type { Grouping } from "./groups.ts";
import type { Patterns } from "./patterns.ts";
import type { RuleTexts } from "./rules.ts";
import type { Theme } from "./attributes.ts";

/** Everything the page shows, but for the text: its one truth is the editor's document. */
export interface State extends Fetched {
  readonly shape: Shape;
  readonly theme: Theme;
  /** The report of the text as it was last checked. */
  readonly report: Report | null;
  /** What the score was before the last change of it. */
  readonly change: number;
  /** The row of the place where the caret stands. */
  readonly current: string | null;
  /** Rows whose explanation is open. */
  readonly open: ReadonlySet<string>;
  /** Rows whose fix is shown before it is applied. */
  readonly previews: ReadonlySet<string>;
  /** Severities that are neither listed nor underlined. */
  readonly hidden: ReadonlySet<Severity>;
  readonly grouping: Grouping;
  /** How many rows are shown at most. */
  readonly limit: number;
  /** The listing that was last copied, until a row is opened or closed. */
  readonly copied: string | null;
  readonly notice: Notice | null;
  /** A sentence about what went wrong. */
  readonly trouble: string | null;
  /** Whether shell scripts are looked at: not before that module has arrived. */
  readonly shell: "waiting" | "there" | "unavailable";
}

/** What is fetched when it is first needed. */
export interface Fetched {
  readonly rules: Loaded<RuleTexts>;
  readonly patterns: Loaded<Patterns>;
}

/** `null` before it was first needed. */
export type Loaded<Value> = Value | "loading" | "failed" | null;

/** What was just done. */
export interface Notice {
  readonly text: string;
  /** The score before and after. */
  readonly totals: { readonly before: number; readonly after: number } | null;
  readonly canUndo: boolean;
  /** The fixes that were applied, when there were several at once. */
  readonly applied?: readonly AppliedFix[];
  /** The fixes that were left then. */
  readonly left?: readonly LeftFix[];
}

/** How many rows a list grows by. */
export const PAGE = 100;

export function initial(shape: Shape, theme: Theme): State {
  return {
    shape,
    theme,
    report: null,
    change: 0,
    current: null,
    open: new Set(),
    previews: new Set(),
    hidden: new Set(),
    grouping: "line",
    limit: PAGE,
    rules: null,
    patterns: null,
    copied: null,
    notice: null,
    trouble: null,
    shell: "waiting",
  };
}

export class Store {
  #state: State;
  #listener: (state: State) => void;

  constructor(state: State, listener: (state: State) => void) {
    this.#state = state;
    this.#listener = listener;
  }

  get state(): State {
    return this.#state;
  }

  set(change: Partial<State>): void {
    const isNew = Object.entries(change).some(([name, value]) => this.#state[name as keyof State] !== value);
    if (!isNew) return;
    this.#state = { ...this.#state, ...change };
    this.#listener(this.#state);
  }
}

/** A set with `value` in it, or without. */
export function toggled<Value>(set: ReadonlySet<Value>, value: Value, isIn = !set.has(value)): ReadonlySet<Value> {
  const copy = new Set(set);
  if (isIn) copy.add(value);
  else copy.delete(value);
  return copy;
}
