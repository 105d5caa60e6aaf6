import type { Editor, Version } from "./editor.ts";
import { keep, recall } from "./storage.ts";
import type { Checker } from "./checker.ts";
import type { Explanation } from "./engine.ts";
import { Latest } from "./latest.ts";
import type { Store } from "./state.ts";

interface Spot {
  readonly version: Version;
  readonly position: number;
}

const NAME = "this-line";

/** Whether the explanation of the caret's line is shown at first: as the person left it, or else where there is room for it. */
export function isLineOpenAtFirst(): boolean {
  const kept = recall(NAME);
  return kept === null ? matchMedia("(min-width: 60rem)").matches : kept === "open";
}

/** Keeps what the instruction under the caret does in the store. */
export class ThisLine {
  #editor: Editor;
  #store: Store;
  #answers: Latest<Spot, Explanation | undefined>;
  /** The text that the explanation in the store speaks of. */
  #explained: Version | undefined;

  constructor(editor: Editor, checker: Checker, store: Store) {
    this.#editor = editor;
    this.#store = store;
    this.#answers = new Latest(
      ({ version, position }) => checker.explainAt(version, position),
      (explanation, { version }) => {
        this.#explained = version;
        store.set({ explanation: explanation ?? null });
      },
      () => store.set({ explanation: null }), // the check of the same text tells what is wrong
    );
  }

  /** Asks about the place of the caret, unless the answer is there. */
  follow(): void {
    if (!this.#store.state.isLineOpen) return;
    const { version, caret: position } = this.#editor;
    const range = this.#store.state.explanation?.range;
    const isKnown = this.#explained === version && range !== undefined && position >= range.start && position <= range.end;
    if (!isKnown) this.#answers.put({ version, position });
  }

  toggle(): void {
    const isLineOpen = !this.#store.state.isLineOpen;
    keep(NAME, isLineOpen ? "open" : "closed");
    this.#store.set({ isLineOpen });
    this.follow();
  }

  close(): void {
    this.#answers.cancel();
  }
}
