import type { Checker } from "../checker.ts";
import type { Editor } from "../editor.ts";
import type { Finding, Range, Report } from "../engine.ts";
import type { Store } from "../state.ts";
import { Modal } from "../modal.ts";
import { issueAt, paperOf, titleOf } from "./paper.ts";
import { pieces, smallest } from "./smallest.ts";
import { lineAt } from "../lines.ts";
import { cleaner, masked } from "../share/secrets.ts";
import { repository } from "../facts.ts";
import { today } from "../today.ts";

/** A report of a false positive, as it is shown before it goes anywhere. */
export interface FalsePositive {
  readonly title: string;
  /** Nothing while it is being composed. */
  readonly text: string | null;
  /** How many credentials were left out. */
  readonly masked: number;
  readonly isCopied: boolean;
  /** A sentence about what could not be done. */
  readonly trouble: "none" | "copying" | "long";
}

/** What the element does for it. */
export interface Means {
  readonly dialog: HTMLDialogElement;
  /** Puts a text on the clipboard, and tells whether it could. */
  copy(text: string): Promise<boolean>;
}

/** Composes reports of false positives, here and alone: a person reads and changes them, and takes them along or not. */
export class FalsePositives {
  #editor: Editor;
  #checker: Checker;
  #store: Store;
  #means: Means;
  #modal: Modal;

  constructor(editor: Editor, checker: Checker, store: Store, means: Means) {
    this.#editor = editor;
    this.#checker = checker;
    this.#store = store;
    this.#means = means;
    this.#modal = new Modal(means.dialog, () => this.leave());
  }

  /** Shows a report about a row. */
  async begin(key: string): Promise<void> {
    await this.#checker.settled();
    const { report } = this.#store.state;
    const finding = report?.findings[this.#checker.item(key)?.index ?? -1];
    if (finding === undefined || report === null || !this.#checker.isCurrent) return;
    const falsePositive: FalsePositive = { title: "", text: null, masked: 0, isCopied: false, trouble: "none" };
    this.#store.set({ falsePositive });
    try {
      const composed = await this.#compose(finding, report, falsePositive);
      if (this.#isWanted(falsePositive)) this.#store.set({ falsePositive: { ...falsePositive, ...composed } });
    } catch (error) {
      if (!this.#isWanted(falsePositive)) return; // it was left, and another may be open
      this.leave();
      this.#checker.complain(error);
    }
  }

  /** The text is another than the one that was copied. */
  changed(): void {
    const { falsePositive } = this.#store.state;
    if (falsePositive?.isCopied) this.#store.set({ falsePositive: { ...falsePositive, isCopied: false } });
  }

  async copy(): Promise<void> {
    const isCopied = await this.#means.copy(this.#text);
    const { falsePositive } = this.#store.state;
    if (falsePositive !== null) this.#store.set({ falsePositive: { ...falsePositive, isCopied, trouble: isCopied ? "none" : "copying" } });
  }

  /** Opens the project's form for a new issue, with the text as it stands in the dialog now. */
  async openIssue(): Promise<void> {
    const { falsePositive } = this.#store.state;
    if (falsePositive === null || repository === null) return;
    const { address, hasBody } = issueAt(repository, falsePositive.title, this.#text);
    if (!hasBody) {
      await this.copy();
      const now = this.#store.state.falsePositive;
      if (now?.isCopied) this.#store.set({ falsePositive: { ...now, trouble: "long" } });
    }
    open(address, "_blank", "noopener,noreferrer");
  }

  /** Whether it is open: a person may have closed it a moment ago. */
  get isOpen(): boolean {
    this.#modal.notice();
    return this.#store.state.falsePositive !== null;
  }

  leave(): void {
    this.#store.set({ falsePositive: null });
    this.#modal.follow(false);
  }

  draw(): void {
    this.#modal.follow(this.#store.state.falsePositive !== null);
  }

  get #text(): string {
    return this.#means.dialog.querySelector("textarea")?.value ?? "";
  }

  #isWanted(falsePositive: FalsePositive): boolean {
    return this.#store.state.falsePositive === falsePositive;
  }

  async #compose(finding: Finding, report: Report, wanted: FalsePositive): Promise<Pick<FalsePositive, "title" | "text" | "masked">> {
    const version = this.#editor.version;
    const text = version.dockerfile.toString();
    const ignore = version.dockerignore.toString();
    const all = pieces(text, { triples: report.tokens, kinds: this.#checker.tokenKinds });
    const own = all.findLastIndex(({ start }) => start <= finding.range.start);
    // What a stage starts from tells the reader where the instruction stands.
    const from = report.stages.findLastIndex(({ line }) => line <= finding.line);
    const line = this.#editor.placeOfLine(report.stages[from]?.line ?? 1);
    const stage = from === -1 ? -1 : all.findLastIndex(({ start }) => start <= line.start);
    const joined = (kept: readonly number[]) => kept.map((index) => slice(text, all[index])).join("");
    const holds = async (dockerfile: string, dockerignore: string, at: number) => {
      if (!this.#isWanted(wanted)) return false; // nobody waits for it any more
      const other = await this.#checker.report({ dockerfile, dockerignore });
      return other.problems.length <= report.problems.length && other.findings.some((one) => isSame(one, finding) && one.range.start === at);
    };
    /** Where the finding is in a text of some pieces. */
    const placeIn = (kept: readonly number[]) => joined(kept.filter((index) => index < own)).length + finding.range.start - (all[own]?.start ?? 0);

    const kept = await smallest(all.length, new Set([own, stage]), (kept) => holds(joined(kept), ignore, placeIn(kept)));
    const dockerignore = (await holds(joined(kept), "", placeIn(kept))) ? "" : ignore;

    // A credential is known by what stands around it as well, so the whole file is asked, and then what is left of it.
    const secrets = await this.#checker.secrets(version);
    const inPieces = kept.map((index) => ({ piece: slice(text, all[index]), own: inside(secrets, all[index]) }));
    const once = inPieces.map(({ piece, own }) => masked(piece, own)).join("");
    const rest = await this.#checker.secrets({ dockerfile: once, dockerignore });
    const dockerfile = masked(once, rest);
    const evidence = {
      finding: { ...finding, message: cleaner(text, secrets)(finding.message) },
      line: lineAt(joined(kept), placeIn(kept)),
      dockerfile,
      dockerignore,
      today: today(),
      hasShell: this.#store.state.shell === "there",
    };
    const count = inPieces.reduce((sum, { own }) => sum + own.length, rest.length);
    return { title: titleOf(evidence), text: paperOf(evidence), masked: count };
  }
}

function isSame(one: Finding, other: Finding): boolean {
  return one.rule === other.rule && one.case === other.case && one.message === other.message;
}

function slice(text: string, piece: Range | undefined): string {
  return piece === undefined ? "" : text.slice(piece.start, piece.end);
}

/** What of some ranges lies in a piece, counted from its start. */
function inside(ranges: readonly Range[], piece: Range | undefined): Range[] {
  if (piece === undefined) return [];
  const cut = ranges.map(({ start, end }) => ({ start: Math.max(start, piece.start), end: Math.min(end, piece.end) }));
  return cut.filter(({ start, end }) => start < end).map(({ start, end }) => ({ start: start - piece.start, end: end - piece.start }));
}
