import type { Notice, Store } from "./state.ts";
import type { Checker } from "./checker.ts";
import { type AppliedFix, type Edit, Trouble } from "./engine.ts";
import type { Editor } from "./editor.ts";
import { texts } from "./texts.ts";

/** After how long it is told that fixes are worked out, in milliseconds. */
const PATIENCE = 700;

/** Whom is told of it. */
export interface FixEvents {
  applied(applied: readonly AppliedFix[]): void;
  /** For a screen reader: what was done, to be said with what comes of it. */
  did(sentence: string): void;
  /** For a screen reader: what was not done, of which nothing comes. */
  say(sentence: string): void;
}

/** Applies fixes to the text, and says what came of it. */
export class Fixes {
  #editor: Editor;
  #checker: Checker;
  #store: Store;
  #told: FixEvents;

  constructor(editor: Editor, checker: Checker, store: Store, told: FixEvents) {
    this.#told = told;
    this.#editor = editor;
    this.#checker = checker;
    this.#store = store;
  }

  async apply(key: string): Promise<void> {
    await this.#checker.settled(); // what was typed in this very moment may have moved the place
    const item = this.#checker.item(key);
    if (item === undefined || item.fix === null || !this.#checker.isCurrent) return;
    const { rule, message, line, fix } = item;
    const applied = [{ rule, message, line, title: fix.title }];
    await this.change([fix.edits], { text: texts.notice.done(fix.title), applied });
  }

  /** Puts a comment above an instruction that silences a finding there. */
  async silence(key: string): Promise<void> {
    await this.#comment(this.#checker.silence(key), texts.notice.silenced);
  }

  /** Takes back what silences a finding, as far as a comment only names it. */
  async unsilence(index: number): Promise<void> {
    await this.#comment(this.#checker.unsilence(index), texts.notice.spoken);
  }

  async #comment(asked: Promise<Edit | undefined>, text: string): Promise<void> {
    try {
      const edit = await asked;
      if (edit !== undefined) await this.change([[edit]], { text });
      else if (this.#checker.isCurrent) this.#undone({ text: texts.quiet.byHand });
    } catch (error) {
      this.#checker.complain(error);
    }
  }

  /** Applies all safe fixes, or those of some rules, until none is left. What is muted stays as it is. */
  async applyAll(only: readonly string[]): Promise<void> {
    const version = this.#editor.version;
    const waiting = window.setTimeout(() => {
      if (version === this.#editor.version) this.#undone({ text: texts.notice.fixing });
    }, PATIENCE);
    try {
      const { rounds, applied, left } = await this.#checker.fixAll(version, { only, except: this.#store.state.muted });
      if (version !== this.#editor.version) return; // the person typed on meanwhile: their text goes first
      if (applied.length > 0) {
        const text = texts.notice.appliedAll(applied.length);
        return await this.change(rounds, { text, applied, left });
      }
      const text = left.length > 0 ? texts.notice.noneApplied : texts.notice.noneLeft;
      this.#undone({ text, left });
    } catch (error) {
      // What was found stands all the same.
      if (error instanceof Trouble && this.#checker.isCurrent) this.#undone({ text: texts.errors.notFixed });
      else this.#checker.complain(error);
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Changes the text, and says so with the score before and after. */
  async change(rounds: readonly (readonly Edit[])[], said: Pick<Notice, "text" | "applied" | "left">): Promise<void> {
    const before = this.#store.state.report?.score?.total;
    this.#editor.open("dockerfile");
    this.#editor.apply(rounds);
    if (said.applied !== undefined) this.#told.applied(said.applied);
    this.#told.did(heard(said));
    const version = this.#editor.version;
    const notice: Notice = { ...said, totals: null, canUndo: true };
    this.#store.set({ notice });
    const after = (await this.#checker.settled())?.score?.total;
    if (before === undefined || after === undefined || version !== this.#editor.version) return;
    if (this.#store.state.notice === notice) this.#store.set({ notice: { ...notice, totals: { before, after } } });
  }

  /** Says why nothing was changed. */
  #undone(said: Pick<Notice, "text" | "left">): void {
    this.#told.say(heard(said));
    this.#store.set({ notice: { ...said, totals: null, canUndo: false } });
  }
}

function heard({ text, left = [] }: Pick<Notice, "text" | "left">): string {
  return text + (left.length > 0 ? texts.notice.left(left.length) : "");
}
