import { type Notice, type Store, toggled } from "./state.ts";
import type { Checker } from "./checker.ts";
import type { AppliedFix, Edit } from "./engine.ts";
import type { Editor } from "./editor.ts";
import { count } from "./words.ts";

/** Applies fixes to the text, and says what came of it. */
export class Fixes {
  #editor: Editor;
  #checker: Checker;
  #store: Store;

  constructor(editor: Editor, checker: Checker, store: Store) {
    this.#editor = editor;
    this.#checker = checker;
    this.#store = store;
  }

  /** Applies a safe fix; a fix for review is shown first. */
  async ask(key: string): Promise<void> {
    if (this.#checker.item(key)?.fix?.applicability === "safe") return this.apply(key);
    this.show(key);
  }

  /** Shows a fix before it is applied. */
  show(key: string): void {
    this.#store.set({ previews: toggled(this.#store.state.previews, key, true), current: key });
  }

  /** Takes a preview away. */
  leave(key: string): void {
    this.#store.set({ previews: toggled(this.#store.state.previews, key, false) });
  }

  async apply(key: string): Promise<void> {
    await this.#checker.settled(); // what was typed in this very moment may have moved the place
    const fix = this.#checker.item(key)?.fix;
    if (fix === undefined || fix === null || !this.#checker.isCurrent) return;
    this.leave(key);
    await this.#change([fix.edits], { text: `Done: ${fix.title}` });
  }

  /** Applies the safe fixes of a rule, but for those that would change what another one does. */
  async applyRule(rule: string): Promise<void> {
    await this.#checker.settled();
    if (!this.#checker.isCurrent) return;
    const edits: Edit[] = [];
    const applied: AppliedFix[] = [];
    for (const { fix, line } of this.#checker.shown.filter((item) => item.rule === rule)) {
      if (fix?.applicability !== "safe" || fix.edits.some((edit) => edits.some((other) => meet(edit, other)))) continue;
      edits.push(...fix.edits);
      applied.push({ rule, title: fix.title, line });
    }
    edits.sort((one, other) => one.range.start - other.range.start);
    if (applied.length > 0) await this.#change([edits], { text: `Applied ${count(applied.length, "fix", "fixes")}`, applied });
  }

  /** Puts a comment above an instruction that silences a finding there. */
  async silence(key: string): Promise<void> {
    try {
      const edit = await this.#checker.silence(key);
      if (edit !== undefined) await this.#change([[edit]], { text: "Silenced with a comment" });
    } catch (error) {
      this.#checker.complain(error);
    }
  }

  /** Applies all safe fixes, until none is left. */
  async applyAll(): Promise<void> {
    const version = this.#editor.version;
    try {
      const { rounds, applied, left } = await this.#checker.fixAll(version);
      if (version !== this.#editor.version) return; // the person typed on meanwhile: their text goes first
      if (applied.length > 0) {
        const text = `Applied ${count(applied.length, "fix", "fixes")}`;
        return await this.#change(rounds, { text, applied, left });
      }
      const text = left.length > 0 ? "No safe fix could be applied" : "No fix is left that is safe";
      this.#store.set({ notice: { text, totals: null, canUndo: false, left } });
    } catch (error) {
      this.#checker.complain(error);
    }
  }

  /** Changes the text, and says so with the score before and after. */
  async #change(rounds: readonly (readonly Edit[])[], said: Pick<Notice, "text" | "applied" | "left">): Promise<void> {
    const before = this.#store.state.report?.score?.total;
    this.#editor.open("dockerfile");
    this.#editor.apply(rounds);
    const version = this.#editor.version;
    const notice: Notice = { ...said, totals: null, canUndo: true };
    this.#store.set({ notice });
    const after = (await this.#checker.settled())?.score?.total;
    if (before === undefined || after === undefined || version !== this.#editor.version) return;
    if (this.#store.state.notice === notice) this.#store.set({ notice: { ...notice, totals: { before, after } } });
  }
}

function meet({ range: one }: Edit, { range: other }: Edit): boolean {
  return one.start <= other.end && other.start <= one.end;
}
