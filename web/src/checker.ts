import type { Editor, Mark, Version } from "./editor.ts";
import {
  type Change,
  type Counsel,
  type Edit,
  type Engine,
  type Explanation,
  type Facts,
  type FixRun,
  NoBuild,
  type Plan,
  type Range,
  type Report,
  type Request,
  type Score,
  type Simulation,
  Trouble,
  type Which,
} from "./engine.ts";
import { type Item, items, shown } from "./items.ts";
import { Latest } from "./latest.ts";
import { PAGE, type State, type Store } from "./state.ts";
import { type Asking, requestOf } from "./request.ts";
import { texts } from "./texts.ts";

interface Checked {
  readonly report: Report;
  readonly hasShell: boolean;
  readonly facts: Facts;
}

interface Planned {
  readonly version: Version;
  readonly target: string | null;
  readonly plan: Promise<Plan>;
}

/** What a checker tells of what it did. */
export interface CheckerEvents {
  ready(facts: Facts): void;
  reported(report: Report): void;
  /** There is no report of the texts as they are. */
  failed(): void;
  /** Someone asked for the fix of a row, at its place in the text. */
  fixAsked(key: string): void;
}

/** Keeps the report of the editor's texts in the store, and its places in the editor. */
export class Checker {
  #editor: Editor;
  #store: Store;
  #events: CheckerEvents;
  #engine: Engine;
  #asking: Asking;
  #isReady = false;
  #tokenKinds: readonly string[] = [];
  /** The arrival of the shell module and of the build module, once they are under way. */
  #shell: Promise<void> | undefined;
  #build: Promise<void> | undefined;
  #checks: Latest<Version, Checked>;
  /** The texts that the report in the store speaks of. */
  #checked: Version | undefined;
  #planned: Planned | undefined;

  constructor(engine: Engine, asking: Asking, editor: Editor, store: Store, events: CheckerEvents) {
    this.#engine = engine;
    this.#asking = asking;
    this.#editor = editor;
    this.#store = store;
    this.#events = events;
    this.#checks = new Latest(
      (version) => this.#ask(version),
      (checked, version) => this.#take(checked, version),
      (error) => this.complain(error),
    );
  }

  /** Shows the score of the texts as they are now once it comes, unless they are others by then, or more is known. */
  async expect(score: Promise<Score | undefined>): Promise<void> {
    const { version } = this.#editor;
    const firstScore = await score;
    const { report, trouble } = this.#store.state;
    const isWanted = report === null && trouble === null && version === this.#editor.version;
    if (firstScore !== undefined && isWanted) this.#store.set({ firstScore });
  }

  /** Checks the texts as they are now. */
  check(): void {
    this.#checks.put(this.#editor.version);
  }

  /** The report of the text as it is now, once it is there; `null` when the engine could not give it. */
  async settled(): Promise<Report | null> {
    await this.#checks.settled();
    return this.isCurrent ? this.#store.state.report : null;
  }

  /** As `settled`, once all has arrived that the page works with: with what the shell checks say where they can be had. */
  async complete(): Promise<Report | null> {
    await this.#checks.settled();
    await Promise.all([this.#shell, this.#build]);
    return this.settled();
  }

  /** Fetches the shell checks; they come after the first result, for which nobody should wait. */
  addShell(): void {
    this.#store.set({ shell: "waiting" });
    this.#shell = this.#engine.addShell().then(
      () => this.check(),
      (error: unknown) => {
        console.warn(error);
        this.#store.set({ shell: "unavailable" });
      },
    );
  }

  /** Fetches what looks at the build; that too comes after the first result. */
  addBuild(isAnew = false): Promise<void> {
    this.#store.set({ builder: "waiting" });
    this.#build = this.#engine.addBuild(isAnew).then(
      () => this.#store.set({ builder: "there" }),
      () => this.#store.set({ builder: "unavailable" }), // the engine has told why
    );
    return this.#build;
  }

  /** Whether places of the report are places of the text. */
  get isCurrent(): boolean {
    return this.#checked === this.#editor.version;
  }

  /** The kinds that the tokens of reports are of. */
  get tokenKinds(): readonly string[] {
    return this.#tokenKinds;
  }

  /** The Dockerfile that the report speaks of. */
  get text(): string {
    return (this.#checked ?? this.#editor.version).dockerfile.toString();
  }

  item(key: string): Item | undefined {
    const { report } = this.#store.state;
    return report === null ? undefined : items(report).find((item) => item.key === key);
  }

  /** The rows that are listed. */
  get shown(): readonly Item[] {
    const { report, hidden, muted, category } = this.#store.state;
    return report === null ? [] : shown(items(report), hidden, muted, category);
  }

  /** Lists and underlines something else of what was found. */
  show(wanted: Partial<Pick<State, "hidden" | "muted" | "category">>): void {
    this.#store.set({ ...wanted, limit: PAGE });
    if (this.isCurrent) this.#editor.underline(this.#marks());
  }

  /** Applies the safe fixes, or those for review as well. */
  fixAll(version: Version, which?: Which): Promise<FixRun> {
    return this.#engine.fixAll(this.#request(version), which);
  }

  /** The report of a text that nobody sees. */
  async report(version: Version): Promise<Report> {
    return (await this.#engine.check(this.#request(version))).answer;
  }

  /** The total once nothing is left that some rules find; nothing where there is no score. */
  outlook(version: Version, rules: readonly string[]): Promise<number | undefined> {
    return this.#engine.outlook(this.#request(version), rules);
  }

  /** What a build does: of the last stage, or of the one that `target` names. Only another text or target makes another; after a failure it is asked for anew. */
  plan(version: Version, target: string | null): Promise<Plan> {
    if (this.#planned?.version !== version || this.#planned.target !== target) {
      const plan = this.planOnce(version, target).catch((error: unknown) => {
        if (this.#planned?.plan === plan) this.#planned = undefined;
        throw error;
      });
      this.#planned = { version, target, plan };
    }
    return this.#planned.plan;
  }

  /** As `plan`, of a text that nobody asks of again: the plan that is known stays so. */
  planOnce(version: Version, target: string | null): Promise<Plan> {
    return this.#afterCheck(() => this.#engine.plan(this.#request(version, target)));
  }

  simulate(version: Version, target: string | null, change: Change): Promise<Simulation> {
    return this.#afterCheck(() => this.#engine.simulate(this.#request(version, target), change));
  }

  /** Where a Dockerfile holds credentials. */
  secrets(version: Version): Promise<Range[]> {
    return this.#engine.secrets(this.#request(version));
  }

  /** The change of the text that silences a row with a comment; nothing when the text is another by now. */
  async silence(key: string): Promise<Edit | undefined> {
    await this.settled();
    return this.#edit(this.item(key)?.index, (request, index) => this.#engine.silence(request, index));
  }

  /** The change of the text that takes back what silences a finding: the `index`th of those that are suppressed. */
  async unsilence(index: number): Promise<Edit | undefined> {
    return this.#edit(index, (request, index) => this.#engine.unsilence(request, index));
  }

  async #edit(
    index: number | undefined,
    ask: (request: Request, index: number) => Promise<Edit | undefined>,
  ): Promise<Edit | undefined> {
    const version = this.#checked;
    if (version === undefined || index === undefined || !this.isCurrent) return undefined;
    const edit = await ask(this.#request(version), index);
    return this.isCurrent ? edit : undefined;
  }

  advice(version: Version, target: string | null): Promise<Counsel> {
    return this.#afterCheck(() => this.#engine.advice(this.#request(version, target)));
  }

  explainAt(version: Version, target: string | null, position: number): Promise<Explanation | undefined> {
    return this.#afterCheck(() => this.#engine.explainAt(this.#request(version, target), position));
  }

  /** Nothing that is asked about the build, and no module for it, goes before a check. */
  async #afterCheck<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    await this.#checks.settled();
    return ask();
  }

  complain(error: unknown): void {
    if (error instanceof NoBuild) {
      // What it said before was about another text.
      this.#store.set(error.isStopped ? { builder: "stopped", built: null, counsel: null, explanation: null } : { builder: "unavailable" });
      return;
    }
    if (!(error instanceof Trouble)) console.error(error);
    const trouble = error instanceof Trouble ? error.message : texts.errors.unknown;
    this.#checked = undefined;
    this.#store.set({ trouble, report: null, firstScore: null, current: null });
    this.#editor.show([], { triples: [], kinds: [] });
    this.#events.failed();
  }

  close(): void {
    this.#checks.cancel();
  }

  async #ask(version: Version): Promise<Checked> {
    const facts = await this.#engine.facts();
    if (!this.#isReady) this.#events.ready(facts);
    this.#isReady = true;
    const { answer: report, hasShell } = await this.#engine.check(this.#request(version));
    return { report, hasShell, facts };
  }

  #take({ report, hasShell, facts }: Checked, version: Version): void {
    this.#checked = version;
    this.#tokenKinds = facts.tokenKinds;
    this.#store.set({ report, firstScore: null, trouble: null });
    if (hasShell) this.#store.set({ shell: "there" });
    else if (this.#store.state.shell === "there") this.#store.set({ shell: "unavailable" });
    if (this.#shell === undefined) this.addShell();
    if (this.#build === undefined) void this.addBuild();
    this.#editor.show(this.#marks(), { triples: report.tokens, kinds: facts.tokenKinds });
    this.#events.reported(report);
  }

  #request({ dockerfile, dockerignore }: Version, target = this.#asking.target): Request {
    return requestOf({ dockerfile: dockerfile.toString(), dockerignore: dockerignore.toString() }, this.#asking, target);
  }

  #marks(): Mark[] {
    // An empty editor is a beginning, not a fault.
    return this.#editor.shape("dockerfile").isBlank ? [] : this.shown.map((item) => this.#markOf(item));
  }

  #markOf({ key, range, severity, message, fix }: Item): Mark {
    const isSafe = fix?.applicability === "safe";
    const action = isSafe ? { title: fix.title, run: () => this.#events.fixAsked(key) } : undefined;
    return { range, severity, message, action };
  }
}
