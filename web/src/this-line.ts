import type { Editor, Version } from "./editor.ts";
import { keep, recall } from "./storage.ts";
import type { Checker } from "./checker.ts";
import type { Explanation } from "./engine.ts";
import { Latest } from "./latest.ts";
import type { Store } from "./state.ts";

interface Spot {
  readonly version: Version;
  readonly target: string | null;
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
  /** What the explanation in the store answers. */
  #explained: Spot | undefined;

  constructor(editor: Editor, checker: Checker, store: Store) {
    this.#editor = editor;
    this.#store = store;
    this.#answers = new Latest(
      ({ version, target, position }) => checker.explainAt(version, target, position),
      (explanation, spot) => {
        this.#explained = spot;
        store.set({ explanation: explanation ?? null });
      },
      () => store.set({ explanation: null }), // the check of the same text tells what is wrong
    );
  }

  /** Asks about the place of the caret, unless the answer is there. */
  follow(): void {
    const { isLineOpen, target, explanation } = this.#store.state;
    if (!isLineOpen) return;
    const { version, caret: position } = this.#editor;
    const isSame = this.#explained?.version === version && this.#explained.target === target;
    const range = explanation?.range;
    const isInside = range !== undefined && position >= range.start && position <= range.end;
    if (isSame && isInside) this.#answers.cancel(); // what was asked on the way here
    else this.#answers.put({ version, target, position });
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
