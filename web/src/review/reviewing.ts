import type { Editor, Version } from "../editor.ts";
import type { Head, ReviewView } from "../editor/review.ts";
import { type Decision, type Outcome, type Review, account, brought, decide, decideAll, editsOf, propose, takeAll } from "./review.ts";
import type { Checker } from "../checker.ts";
import type { Fixes } from "../fixes.ts";
import { Latest } from "../latest.ts";
import type { State, Store } from "../state.ts";
import { Modal } from "../modal.ts";
import { edited } from "../edited.ts";
import { lineStart } from "../lines.ts";
import { partHead } from "../views/review.ts";
import { texts } from "../texts.ts";

/** Where fixes are looked at. */
export interface Place {
  readonly dialog: HTMLDialogElement;
  readonly diff: HTMLElement;
  readonly root: ShadowRoot;
}

/** Shows fixes before they are applied, and applies what a person takes of them. */
export class Reviewing {
  #editor: Editor;
  #checker: Checker;
  #fixes: Fixes;
  #store: Store;
  #place: Place;
  #say: (text: string) => void;
  #modal: Modal;
  #version: Version | undefined;
  #view: ReviewView | undefined;
  /** What was decided when the view was last brought up to date. */
  #drawn: Review["decisions"] | undefined;
  #outcomes: Latest<Review, Outcome>;

  constructor(editor: Editor, checker: Checker, fixes: Fixes, store: Store, place: Place, say: (text: string) => void) {
    this.#editor = editor;
    this.#checker = checker;
    this.#fixes = fixes;
    this.#store = store;
    this.#place = place;
    this.#say = say;
    this.#outcomes = new Latest(
      (review) => this.#judge(review),
      (outcome, of) => {
        const { review } = this.#store.state;
        if (review?.decisions === of.decisions) this.#store.set({ review: { ...review, outcome } });
      },
      (error) => this.#fail(error),
    );
    this.#modal = new Modal(place.dialog, () => this.leave());
  }

  /** Shows the fixes of rows. */
  async begin(keys: readonly string[]): Promise<void> {
    await this.#checker.settled(); // what was typed in this very moment may have moved the places
    const rows = keys.map((key) => this.#checker.item(key)).filter((row) => row !== undefined);
    const review = propose(rows, this.#checker.text);
    if (!this.#checker.isCurrent || review.parts.length === 0) return;
    this.#version = this.#editor.version;
    this.#set(review);
    await this.load();
  }

  /** Loads the view of the differences. Without it, they are listed. */
  async load(): Promise<void> {
    const { review } = this.#store.state;
    if (review === null || this.#view !== undefined) return;
    try {
      const { ReviewView } = await import("../editor/review.ts");
      const now = this.#store.state.review;
      if (now?.proposals !== review.proposals || this.#view !== undefined) return;
      this.#view = new ReviewView(this.#place.diff, this.#place.root, review.text);
      this.#store.set({ review: { ...now, hasView: true } });
      this.draw(this.#store.state);
      const [first] = review.parts;
      if (first !== undefined) this.#view.scrollTo(startOf(first.edits, review.text));
    } catch (error) {
      console.warn(error);
      const now = this.#store.state.review;
      if (now !== null) this.#store.set({ review: { ...now, hasView: false } });
    }
  }

  decide(proposal: number, decision: Decision): void {
    const { review } = this.#store.state;
    if (review !== null) this.#set(decide(review, proposal, decision));
  }

  leaveAll(): void {
    const { review } = this.#store.state;
    if (review !== null) this.#set(decideAll(review, "left"));
  }

  /** Takes all fixes that do no harm together. What is decided meanwhile goes first. */
  async takeAll(): Promise<void> {
    const { review } = this.#store.state;
    if (review === null) return;
    try {
      const taken = await takeAll(review, (tried) => this.#judge(tried));
      const now = this.#store.state.review;
      if (now?.proposals === review.proposals && now.decisions === review.decisions) this.#set({ ...taken, hasView: now.hasView });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Goes to the next part of a fix that is not decided, after the one that has the focus. */
  next(): void {
    const { review } = this.#store.state;
    if (review === null) return;
    const focused = this.#place.root.activeElement?.closest<HTMLElement>("[data-part]")?.dataset["part"];
    const open = review.parts.filter(({ proposal }) => review.decisions[proposal] === "open");
    const part = open.find(({ id }) => id > Number(focused ?? -1)) ?? open[0];
    if (part !== undefined) this.#view?.reveal(part.id, startOf(part.edits, review.text));
  }

  /** Applies what is taken, as one step of undo, once it is known that BuildKit would take it. */
  async apply(): Promise<void> {
    await this.#outcomes.settled();
    const { review } = this.#store.state;
    if (review === null || review.outcome === null || review.outcome.refused !== null) return;
    const edits = editsOf(review, ["taken"]);
    const isCurrent = this.#version === this.#editor.version;
    this.leave();
    if (!isCurrent) return this.#say(texts.share.changed);
    if (edits.length === 0) return;
    const { applied, left } = account(review);
    await this.#fixes.change([edits], { text: texts.notice.appliedAll(applied.length), applied, left });
  }

  /** Whether it is open: a person may have closed it a moment ago. */
  get isOpen(): boolean {
    this.#modal.notice();
    return this.#store.state.review !== null;
  }

  /** Goes without applying anything. */
  leave(): void {
    this.#outcomes.cancel();
    this.#view?.destroy();
    this.#view = undefined;
    this.#drawn = undefined;
    this.#version = undefined;
    this.#store.set({ review: null });
    this.#modal.follow(false);
  }

  /** Brings the view of the differences up to date. */
  draw({ review }: State): void {
    if (review === null) return;
    this.#modal.follow(true);
    // The verdict changes nothing of what is shown there.
    if (this.#view === undefined || this.#drawn === review.decisions) return;
    this.#drawn = review.decisions;
    this.#view.show(editsOf(review, ["open", "taken"]), headsOf(review));
  }

  #set(review: Review): void {
    this.#store.set({ review });
    this.#outcomes.put(review);
  }

  async #judge(review: Review): Promise<Outcome> {
    const version = { dockerfile: review.text, dockerignore: this.#version?.dockerignore ?? "" };
    const before = this.#store.state.report ?? (await this.#checker.report(version));
    const taken = editsOf(review, ["taken"]);
    const after = taken.length === 0 ? before : await this.#checker.report({ ...version, dockerfile: edited(review.text, taken) });
    const isWorse = after.problems.length > before.problems.length;
    const refused = isWorse ? (after.problems[0]?.message ?? "") : null;
    return { before: before.score?.total ?? null, after: after.score?.total ?? null, refused, brought: brought(before, after) };
  }

  #fail(error: unknown): void {
    this.leave();
    this.#checker.complain(error);
  }
}

function headsOf(review: Review): readonly Head[] {
  return review.parts.map((part) => ({ id: part.id, position: startOf(part.edits, review.text), nodes: partHead(review, part) }));
}

/** Where the lines of edits begin. */
function startOf([first]: Review["parts"][number]["edits"], text: string): number {
  return lineStart(text, first?.range.start ?? 0);
}
