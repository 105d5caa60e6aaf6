import type { Built, Mended } from "./build/simulator.ts";
import { type Chosen, NOTHING_CHOSEN } from "./build/change.ts";
import type { Shape } from "./editor.ts";
import type { AppliedFix, Counsel, Explanation, LeftFix, Report, Score, Severity } from "./engine.ts";
import type { FalsePositive } from "./false-positive/false-positives.ts";
import type { FileName } from "./files.ts";
import type { AdviceTexts } from "./advice.ts";
import type { Grouping } from "./groups.ts";
import type { Patterns } from "./patterns.ts";
import type { Review } from "./review/review.ts";
import type { RuleTexts } from "./rules.ts";
import type { Theme } from "./settings.ts";

/** Everything the page shows, but for the texts: their one truth is the editor's documents. */
export interface State extends Fetched {
  /** The file that is shown. */
  readonly file: FileName;
  /** Of the Dockerfile. */
  readonly shape: Shape;
  /** Of the `.dockerignore`. */
  readonly ignore: Ignore;
  readonly theme: Theme;
  readonly tab: ResultTab;
  /** The report of the text as it was last checked. */
  readonly report: Report | null;
  /** Its score, where that alone is known yet. */
  readonly firstScore: Score | null;
  /** What there is to do with the text beside writing it; `null` before it was first asked for. */
  readonly counsel: Counsel | null;
  /** What the instruction under the caret does; `null` where there is none. */
  readonly explanation: Explanation | null;
  /** Whether that is shown. */
  readonly isLineOpen: boolean;
  /** Whether the page around shows what it asks the network for. */
  readonly hasProof: boolean;
  /** What the score was before the last change of it. */
  readonly change: number;
  /** The row of the place where the caret stands. */
  readonly current: string | null;
  /** Rows whose explanation is open. */
  readonly open: ReadonlySet<string>;
  /** Severities that are neither listed nor underlined. */
  readonly hidden: ReadonlySet<Severity>;
  /** Rules, by their ids, and messages that are neither listed nor underlined until the page is loaded anew. They count all the same. */
  readonly muted: ReadonlySet<string>;
  /** The category that alone is listed; `null` for all. */
  readonly category: string | null;
  /** Whether what is ignored and muted is listed. */
  readonly isQuietOpen: boolean;
  /** What the file comes to without what holds it back most, once that is known. */
  readonly outlook: Outlook | null;
  /** The fixes that are looked at, one after the other. */
  readonly review: Review | null;
  readonly grouping: Grouping;
  /** How many rows are shown at most. */
  readonly limit: number;
  /** The listing that was last copied, until a row is opened or closed. */
  readonly copied: string | null;
  readonly notice: Notice | null;
  /** Whether what was written will be there at the next visit. */
  readonly isKept: boolean;
  /** What the text begins with that was written before another took its place; `null` where there is none. */
  readonly earlier: string | null;
  /** The build as it was last gone through. */
  readonly built: Built | null;
  /** What it is after fixes, once that is known. */
  readonly mended: Mended | null;
  /** What changed between two builds. */
  readonly chosen: Chosen;
  /** The stage that is built, by its name; `null` is the last one. */
  readonly target: string | null;
  /** The instruction at the caret, by its id in the plan. */
  readonly here: string | null;
  /** The report of a false positive that is shown. */
  readonly falsePositive: FalsePositive | null;
  /** A sentence about what went wrong. */
  readonly trouble: string | null;
  /** What lies above the page. */
  readonly overlay: Overlay | null;
  /** Whether shell scripts are looked at: not before that module has arrived. */
  readonly shell: "waiting" | "there" | "unavailable";
  /** Whether the build can be looked at: not before that module has arrived, and no more once it did not come to an end. */
  readonly builder: "waiting" | "there" | "unavailable" | "stopped";
}

/** Something above the page that has the keyboard until it is left; `here` are the rows that the caret was on. */
export type Overlay =
  | { readonly kind: "palette"; readonly here: readonly string[]; readonly query: string; readonly chosen: number }
  | { readonly kind: "fixes"; readonly here: readonly string[] }
  | { readonly kind: "shortcuts" };

/** What stands below the score. */
export type ResultTab = "findings" | "build" | "run";

/** The score of a report's file once it is mended in part. */
export interface Outlook {
  readonly report: Report;
  /** `null` where nobody could work it out. */
  readonly total: number | null;
}

export interface Ignore {
  readonly shape: Shape;
  readonly patterns: number;
}

/** What is fetched when it is first needed. */
export interface Fetched {
  readonly rules: Loaded<RuleTexts>;
  readonly shellRules: Loaded<RuleTexts>;
  readonly patterns: Loaded<Patterns>;
  readonly advice: Loaded<AdviceTexts>;
}

/** `null` before it was first needed. */
export type Loaded<Value> = Value | "loading" | "failed" | null;

/** What was just done. */
export interface Notice {
  readonly text: string;
  /** The score before and after. */
  readonly totals: { readonly before: number; readonly after: number } | null;
  readonly canUndo: boolean;
  /** The files in which this was done: the Dockerfile alone, if nothing is said. */
  readonly files?: readonly FileName[];
  /** The fixes that were applied, when there were several at once. */
  readonly applied?: readonly AppliedFix[];
  /** The fixes that were left then. */
  readonly left?: readonly LeftFix[];
  /** The file of which another tab keeps another text. */
  readonly elsewhere?: FileName;
}

/** How many rows a list grows by. */
export const PAGE = 100;

export function initial(shape: Shape, ignore: Ignore, theme: Theme): State {
  return {
    file: "dockerfile",
    shape,
    ignore,
    theme,
    tab: "findings",
    report: null,
    firstScore: null,
    counsel: null,
    explanation: null,
    isLineOpen: false,
    hasProof: false,
    change: 0,
    current: null,
    open: new Set(),
    hidden: new Set(),
    muted: new Set(),
    category: null,
    isQuietOpen: false,
    outlook: null,
    review: null,
    grouping: "line",
    limit: PAGE,
    rules: null,
    shellRules: null,
    patterns: null,
    advice: null,
    copied: null,
    notice: null,
    isKept: true,
    earlier: null,
    built: null,
    mended: null,
    chosen: NOTHING_CHOSEN,
    target: null,
    here: null,
    falsePositive: null,
    trouble: null,
    overlay: null,
    shell: "waiting",
    builder: "waiting",
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
