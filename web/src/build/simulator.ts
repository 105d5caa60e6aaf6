import type { FixRun, Plan, Simulation } from "../engine.ts";
import { type Suggestions, type WhatChanged, afterFixes, asked, placeAt, whatChanged } from "./change.ts";
import type { Checker } from "../checker.ts";
import type { Editor, Version } from "../editor.ts";
import { Latest } from "../latest.ts";
import type { Store } from "../state.ts";
import { edited } from "../edited.ts";
import { signs } from "./rows.ts";
import { suggestions } from "./suggestions.ts";

/** How a build goes after a change. */
export interface Built {
  readonly version: Version;
  readonly target: string | null;
  readonly plan: Plan;
  readonly suggestions: Suggestions;
  readonly what: WhatChanged;
  readonly simulation: Simulation;
}

/** The same change, after fixes; `null` where none could be applied. */
export interface Mended {
  readonly safe: Outlook | null;
  readonly all: Outlook | null;
}

export interface Outlook {
  /** How many fixes were applied. */
  readonly fixes: number;
  readonly rebuilt: number;
  readonly cached: number;
}

/** What the fixes make of a text: the safe ones, and those for review too. */
interface FixRuns {
  readonly safe: FixRun;
  readonly all: FixRun;
}

interface Fixed {
  readonly version: Version;
  readonly runs: Promise<FixRuns | null>;
}

/** Nobody writes a Dockerfile that is longer; one that was made to be would keep checks waiting. In UTF-16 units. */
export const LONGEST = 300_000;

/** How long nothing must change before fixes are tried out: that is the one thing here that takes its time. */
const QUIET = 200;

/** Keeps the build of the editor's texts in the store while somebody looks at it. */
export class Simulator {
  #editor: Editor;
  #checker: Checker;
  #store: Store;
  #fixed: Fixed | undefined;
  #builds: Latest<Version, Built>;
  #mends: Latest<Built, Mended | null>;
  #say: (sentence: string) => void;
  #timer: number | undefined;

  constructor(editor: Editor, checker: Checker, store: Store, say: (sentence: string) => void) {
    this.#say = say;
    this.#editor = editor;
    this.#checker = checker;
    this.#store = store;
    const fail = (error: unknown) => checker.complain(error);
    this.#builds = new Latest((version) => this.#simulate(version), (built) => this.#take(built), fail);
    this.#mends = new Latest((built) => this.#mend(built), (mended) => store.set({ mended }), fail);
  }

  /** Goes through the build of the texts as they are now, if it is shown. */
  run(): void {
    this.#stop();
    const { tab, shape } = this.#store.state;
    if (tab === "build" && shape.length <= LONGEST) this.#builds.put(this.#editor.version);
  }

  /** Takes the signs out of the editor, when the build is no longer shown. */
  hide(): void {
    this.close();
    this.#editor.showSteps([]);
  }

  /** The caret may be on another step now, and what changed may be that step. */
  follow(): void {
    const here = this.#here;
    if (here === this.#store.state.here || !this.isCurrent) return;
    this.#store.set({ here });
    if (this.#store.state.chosen.kind === "here") this.run();
  }

  close(): void {
    this.#stop();
    this.#builds.cancel();
  }

  /** Whether places of the plan are places of the text. */
  get isCurrent(): boolean {
    return this.#store.state.built?.version === this.#editor.version;
  }

  /** The instruction at the caret, by its id in the plan. */
  get #here(): string | null {
    const { built } = this.#store.state;
    return (built !== null && this.isCurrent && placeAt(built.plan, this.#editor.caret)) || null;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#mends.cancel();
  }

  async #simulate(version: Version): Promise<Built> {
    const { target, chosen } = this.#store.state;
    const plan = await this.#checker.plan(version, target);
    const suggested = suggestions(plan);
    const what = whatChanged(chosen, suggested, placeAt(plan, this.#editor.caret));
    const simulation = await this.#checker.simulate(version, target, asked(what));
    return { version, target, plan, suggestions: suggested, what, simulation };
  }

  #take(built: Built): void {
    const before = this.#store.state.built;
    const isSame = before !== null && isSameQuestion(before, built);
    this.#store.set({ built, ...(isSame ? {} : { mended: null }) });
    this.#store.set({ here: this.#here });
    if (this.isCurrent) this.#editor.showSteps(signs(built));
    clearTimeout(this.#timer);
    if (isSame && this.#store.state.mended !== null) return;
    this.#timer = window.setTimeout(() => {
      this.#mends.put(built);
      // After a change of the text there is a result to be read out, and this would take its place.
      if (!isSame && before?.version === built.version) this.#say(built.simulation.spoken);
    }, QUIET);
  }

  /** `null` once the text is another: then nobody waits for the answer any more. */
  async #mend(built: Built): Promise<Mended | null> {
    const { version, what } = built;
    // An instruction has another place, or is gone, after fixes.
    if (what.kind === "here" || what.kind === "nothing") return { safe: null, all: null };
    const runs = await this.#fixes(version);
    if (runs === null || version !== this.#editor.version) return null;
    const safe = await this.#outlook(built, runs.safe);
    if (version !== this.#editor.version) return null;
    return { safe, all: await this.#outlook(built, runs.all) };
  }

  /** What the fixes make of a text, whatever changes in its build. After a failure they are tried out anew. */
  #fixes(version: Version): Promise<FixRuns | null> {
    if (this.#fixed?.version !== version) {
      const runs = this.#fix(version).catch((error: unknown) => {
        this.#fixed = undefined;
        throw error;
      });
      this.#fixed = { version, runs };
    }
    return this.#fixed.runs;
  }

  async #fix(version: Version): Promise<FixRuns | null> {
    const safe = await this.#checker.fixAll(version);
    return version === this.#editor.version ? { safe, all: await this.#checker.fixAll(version, { withReview: true }) } : null;
  }

  async #outlook({ version, target, plan, what }: Built, run: FixRun): Promise<Outlook | null> {
    if (run.applied.length === 0) return null;
    const dockerfile = run.rounds.reduce((text, edits) => edited(text, edits), version.dockerfile.toString());
    const mended = { ...version, dockerfile };
    const same = what.kind === "image" ? afterFixes(what, plan, await this.#checker.planOnce(mended, target)) : what;
    const { rebuilt, cached } = await this.#checker.simulate(mended, target, asked(same));
    return { fixes: run.applied.length, rebuilt, cached };
  }
}

function isSameQuestion(one: Built, other: Built): boolean {
  const isSame = one.version === other.version && one.target === other.target;
  return isSame && one.what.kind === other.what.kind && one.what.name === other.what.name;
}
