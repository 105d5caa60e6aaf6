import type { Editor, Version } from "./editor.ts";
import type { Report } from "./engine.ts";
import type { Checker } from "./checker.ts";
import { Latest } from "./latest.ts";
import type { Store } from "./state.ts";
import { dearest } from "./items.ts";

interface Question {
  readonly version: Version;
  readonly report: Report;
}

/** How long nothing must have changed before it is worth the work: it tries fixes out, which a check should not wait for. */
const QUIET = 200;

/** Keeps in the store what the file comes to without what holds it back most. */
export class Outlooks {
  #editor: Editor;
  #store: Store;
  #answers: Latest<Question, number | null>;
  #timer: number | undefined;

  constructor(editor: Editor, checker: Checker, store: Store) {
    this.#editor = editor;
    this.#store = store;
    this.#answers = new Latest(
      ({ version, report }) => checker.outlook(version, dearest(report).map(({ rule }) => rule)).then((total) => total ?? null, unknown),
      (total, { report }) => store.set({ outlook: { report, total } }),
      (error) => console.error(error),
    );
  }

  /** Asks about the report in the store, once nothing has changed for a moment. */
  update(): void {
    this.close();
    const { report } = this.#store.state;
    const { version } = this.#editor;
    if (report === null || !report.score || dearest(report).length === 0) return;
    this.#timer = window.setTimeout(() => {
      if (this.#store.state.report === report && this.#editor.version === version) this.#answers.put({ version, report });
    }, QUIET);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#answers.cancel();
  }
}

/** The report stands all the same. */
function unknown(error: unknown): null {
  console.warn(error);
  return null;
}
