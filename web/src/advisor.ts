import type { Editor, Version } from "./editor.ts";
import type { Checker } from "./checker.ts";
import type { Counsel } from "./engine.ts";
import { Latest } from "./latest.ts";
import type { Store } from "./state.ts";

interface Question {
  readonly version: Version;
  readonly target: string | null;
}

/** Keeps the commands for the editor's text in the store, while somebody looks at them. */
export class Advisor {
  #editor: Editor;
  #store: Store;
  #answers: Latest<Question, Counsel>;
  #advised: Question | undefined;

  constructor(editor: Editor, checker: Checker, store: Store) {
    this.#editor = editor;
    this.#store = store;
    this.#answers = new Latest(
      ({ version, target }) => checker.advice(version, target),
      (counsel, question) => {
        this.#advised = question;
        store.set({ counsel });
      },
      (error) => checker.complain(error),
    );
  }

  /** Asks for the commands of the texts as they are now, unless they are there or nobody sees them. */
  update(): void {
    const { version } = this.#editor;
    const { tab, target } = this.#store.state;
    const isKnown = this.#advised?.version === version && this.#advised.target === target;
    if (isKnown) this.#answers.cancel(); // what was asked on the way here
    else if (tab === "run") this.#answers.put({ version, target });
  }

  close(): void {
    this.#answers.cancel();
  }
}
