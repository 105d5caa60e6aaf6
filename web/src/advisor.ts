import type { Editor, Version } from "./editor.ts";
import type { Checker } from "./checker.ts";
import type { Counsel } from "./engine.ts";
import { Latest } from "./latest.ts";
import type { Store } from "./state.ts";

/** Keeps the commands for the editor's text in the store, while somebody looks at them. */
export class Advisor {
  #editor: Editor;
  #store: Store;
  #answers: Latest<Version, Counsel>;
  #advised: Version | undefined;

  constructor(editor: Editor, checker: Checker, store: Store) {
    this.#editor = editor;
    this.#store = store;
    this.#answers = new Latest(
      (version) => checker.advice(version),
      (counsel, version) => {
        this.#advised = version;
        store.set({ counsel });
      },
      (error) => checker.complain(error),
    );
  }

  /** Asks for the commands of the text as it is now, unless they are there or nobody sees them. */
  update(): void {
    const { version } = this.#editor;
    if (this.#store.state.tab === "run" && this.#advised !== version) this.#answers.put(version);
  }

  close(): void {
    this.#answers.cancel();
  }
}
