// The one door to CodeMirror: nothing outside of this file and its folder knows which editor this is.

import { defaultKeymap, history, historyKeymap, isolateHistory, redo, undo } from "@codemirror/commands";
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import {
  Annotation,
  ChangeSet,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  type StateEffect,
  type Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
  tooltips,
} from "@codemirror/view";
import { type Mark, diagnosticOf, underlines } from "./editor/marks.ts";
import { endingOf, enter, lineEndings } from "./editor/line-endings.ts";
import { type Tokens, setTokens, tokenColours } from "./editor/tokens.ts";
import { typedOver } from "./editor/typed-over.ts";
import { type StepSign, setStepSigns, stepSigns } from "./editor/step-signs.ts";
import { setSpot, spot } from "./editor/spot.ts";
import { type Explain, Hovers, type Known, type Spot } from "./editor/hover.ts";
import { bidi } from "./editor/bidi.ts";
import { specialChars } from "./editor/special-chars.ts";
import { editorTheme } from "./editor/theme.ts";
import { ignoreColours } from "./editor/ignore-colours.ts";
import type { Edit, Range } from "./engine.ts";
import { type FileName, type Files, LARGEST, SHOWN_NAMES } from "./files.ts";
import { texts } from "./texts.ts";

export type { Known, Mark, Spot, StepSign, Tokens };

/** Both texts at one moment; another object as soon as one of them is another. */
export type Version = Files<{ toString(): string }>;

/** What the editor tells. */
export interface EditorEvents {
  /** A text is another; `isTyped` says that no call of this class made it so. */
  changed(file: FileName, isTyped: boolean): void;
  /** The caret in the Dockerfile went to another place; `asked` says that the person looks for what is there. */
  moved(position: number, asked: boolean): void;
  /** More was to be put in than any file holds, and was left out. */
  refused(): void;
  /** This file is shown now. */
  opened(file: FileName): void;
  /** Somebody wants to know about a place of the Dockerfile. */
  asked: Explain;
}

export interface Shape {
  readonly lines: number;
  readonly length: number;
  readonly ending: "LF" | "CRLF";
  readonly isBlank: boolean;
}

/** Marks changes that were not typed. */
const ours = Annotation.define<boolean>();

/** What comes after the first result. */
const late = new Compartment();

/** Who puts in less at once is writing. */
const WRITTEN = 10_000;

/** More underlines than this help nobody and cost a second. */
const MAX_MARKS = 1000;

/** An editor of two files, one of which is shown. Each has a history, a selection and a place of its own. */
export class Editor {
  #view: EditorView;
  #events: EditorEvents;
  #file: FileName = "dockerfile";
  /** The file that is not shown, as it was left. */
  #other: { state: EditorState; scroll: StateEffect<unknown> | undefined };
  #version: Version;
  #hovers: Hovers;
  #isDestroyed = false;

  constructor(parent: Element, root: ShadowRoot, { dockerfile, dockerignore }: Files<string>, events: EditorEvents) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const common = [
      everyFile,
      EditorState.changeFilter.of((transaction) => {
        const { startState, newDoc } = transaction;
        const isTooMuch = newDoc.length > LARGEST && newDoc.length - startState.doc.length > WRITTEN && transaction.isUserEvent("input");
        if (isTooMuch) queueMicrotask(() => events.refused());
        return !isTooMuch;
      }),
      drawSelection(isCalm ? { cursorBlinkRate: 0 } : {}),
      EditorView.updateListener.of(({ transactions }) => {
        for (const transaction of transactions) this.#tell(this.#file, transaction);
      }),
    ];
    this.#hovers = new Hovers((spot) => events.asked(spot));
    // Colours come first: so an underline goes round all of what it underlines, and not round every token apart.
    const extensions = [tokenColours, late.of([]), this.#hovers.extension, common, label(SHOWN_NAMES.dockerfile)];
    const state = EditorState.create({ doc: dockerfile, extensions });
    const ofIgnore = [ignoreColours, late.of([]), common, label(SHOWN_NAMES.dockerignore), placeholder(texts.editor.ignoreHint)];
    const ignore = EditorState.create({ doc: dockerignore, extensions: ofIgnore });
    this.#events = events;
    this.#other = { state: ignore, scroll: undefined };
    this.#version = { dockerfile: state.doc, dockerignore: ignore.doc };
    this.#view = new EditorView({ state, parent, root });
  }

  get version(): Version {
    return this.#version;
  }

  /** Where the caret is in the Dockerfile. */
  get caret(): number {
    return this.#state("dockerfile").selection.main.head;
  }

  /** The line of the Dockerfile that the caret is on. */
  get caretLine(): Range {
    const { from, to } = this.#state("dockerfile").doc.lineAt(this.caret);
    return { start: from, end: to };
  }

  /** Where a line of the Dockerfile begins, by its number. */
  placeOfLine(number: number): Range {
    const { doc } = this.#state("dockerfile");
    const { from } = doc.line(Math.max(1, Math.min(number, doc.lines)));
    return { start: from, end: from };
  }

  /** Where the caret is on the screen, if it is in sight. */
  get caretPlace(): { left: number; top: number; bottom: number } | undefined {
    return this.#view.coordsAtPos(this.#view.state.selection.main.head) ?? undefined;
  }

  /** The file that is shown. */
  get file(): FileName {
    return this.#file;
  }

  /** Shows a file, where it was left. */
  open(file: FileName): void {
    if (file === this.#file) return;
    const { state, scroll } = this.#other;
    this.#other = { state: this.#view.state, scroll: this.#view.scrollSnapshot() };
    this.#file = file;
    this.#view.setState(state);
    if (scroll !== undefined) this.#view.dispatch({ effects: scroll });
    this.#events.opened(file);
  }

  shape(file: FileName): Shape {
    const { doc } = this.#state(file);
    const isBlank = doc.length < 1000 && doc.toString().trim() === "";
    return { lines: doc.lines, length: doc.length, ending: endingOf(doc) === "\n" ? "LF" : "CRLF", isBlank };
  }

  /** Underlines `marks` and colours `tokens`, which both count in the Dockerfile as it is now. */
  show(marks: readonly Mark[], tokens: Tokens): void {
    this.#dispatch("dockerfile", this.#underlining(marks), { effects: setTokens.of(tokens) });
  }

  /** Fetches what completes a Dockerfile while it is written. The editor can do without it. */
  async addCompletion(): Promise<void> {
    try {
      const { completion, noCompletion } = await import("./editor/completion.ts");
      if (this.#isDestroyed) return;
      this.#dispatch("dockerfile", { effects: late.reconfigure(completion) });
      this.#dispatch("dockerignore", { effects: late.reconfigure(noCompletion) });
    } catch (error) {
      console.warn(error);
    }
  }

  /** Underlines `marks` and nothing else. */
  underline(marks: readonly Mark[]): void {
    this.#dispatch("dockerfile", this.#underlining(marks));
  }

  /** Says beside the lines of the Dockerfile what becomes of each step. */
  showSteps(signs: readonly StepSign[]): void {
    this.#dispatch("dockerfile", { effects: setStepSigns.of(signs.slice(0, MAX_MARKS)) });
  }

  /** Lights a place of the Dockerfile up, without going there. */
  spot(range: Range | undefined): void {
    this.#dispatch("dockerfile", { effects: setSpot.of(range ?? null) });
  }

  /** Applies rounds of edits of the Dockerfile, each of which counts in the text that the one before it left, as one step of undo. */
  apply(rounds: readonly (readonly Edit[])[]): void {
    let { length } = this.#state("dockerfile").doc;
    let changes = ChangeSet.empty(length);
    for (const round of rounds) {
      const specs = round.map(({ range, text }) => ({ from: range.start, to: range.end, insert: text }));
      const next = ChangeSet.of(specs, length, "\n");
      changes = changes.compose(next);
      length = next.newLength;
    }
    this.#change("dockerfile", changes);
  }

  /** Puts another text in the place of this one, as one step of undo. */
  replace(file: FileName, text: string): void {
    const { length } = this.#state(file).doc;
    this.#change(file, ChangeSet.of({ from: 0, to: length, insert: text }, length, "\n"), 0);
  }

  undo(file: FileName): void {
    undo({ state: this.#state(file), dispatch: (transaction) => this.#take(file, transaction) });
  }

  redo(file: FileName): void {
    redo({ state: this.#state(file), dispatch: (transaction) => this.#take(file, transaction) });
  }

  /** Goes to the next underlined place, or to the one before, and tells where the caret is then. */
  step(direction: "next" | "previous"): number {
    this.open("dockerfile");
    const command = direction === "next" ? nextDiagnostic : previousDiagnostic;
    command(this.#view);
    this.#view.focus();
    this.#hovers.showFindings(this.#view);
    return this.#view.state.selection.main.from;
  }

  /** Selects a place of the Dockerfile and brings it into sight. */
  reveal(range: Range): void {
    this.select(range);
    this.#view.dispatch({ effects: EditorView.scrollIntoView(this.#view.state.selection.main, { y: "center" }) });
  }

  /** Selects a place of the Dockerfile, and leaves the page where it is. */
  select({ start, end }: Range): void {
    this.open("dockerfile");
    const { length } = this.#view.state.doc;
    this.#view.dispatch({ selection: EditorSelection.single(Math.min(start, length), Math.min(end, length)) });
  }

  focus(): void {
    this.#view.focus();
  }

  /** Shows what is known of the place of the caret, as the pointer would, and tells what that is. */
  async hover(): Promise<Known | null> {
    if (this.file !== "dockerfile") return null; // the caret is in the other file, of which nothing is known
    this.#view.focus();
    return this.#hovers.showAtCaret(this.#view);
  }

  /** Takes that away again. */
  closeHover(): void {
    this.#hovers.close(this.#view);
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#view.destroy();
  }

  #underlining(marks: readonly Mark[]): TransactionSpec {
    const state = this.#state("dockerfile");
    return setDiagnostics(state, marks.slice(0, MAX_MARKS).map((mark) => diagnosticOf(mark, state.doc.length)));
  }

  #change(file: FileName, changes: ChangeSet, caret?: number): void {
    this.#dispatch(file, {
      changes,
      ...(caret === undefined ? {} : { selection: { anchor: caret }, scrollIntoView: true }),
      annotations: [isolateHistory.of("full"), ours.of(true)],
    });
  }

  #state(file: FileName): EditorState {
    return file === this.#file ? this.#view.state : this.#other.state;
  }

  #dispatch(file: FileName, ...specs: TransactionSpec[]): void {
    this.#take(file, this.#state(file).update(...specs));
  }

  #take(file: FileName, transaction: Transaction): void {
    if (file === this.#file) return this.#view.dispatch(transaction);
    const { state, changes } = transaction;
    this.#other = { state, scroll: this.#other.scroll?.map(changes) };
    this.#tell(file, transaction);
  }

  #tell(file: FileName, transaction: Transaction): void {
    const { docChanged, selection, newDoc, newSelection } = transaction;
    if (docChanged) {
      this.#version = { ...this.#version, [file]: newDoc };
      this.#events.changed(file, !transaction.annotation(ours));
    }
    if (file !== "dockerfile" || (!docChanged && selection === undefined)) return;
    this.#events.moved(newSelection.main.head, transaction.isUserEvent("select.pointer"));
  }
}

/** What both files have in common. */
const everyFile: Extension = [
  lineEndings,
  history(),
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  dropCursor(),
  typedOver,
  tooltips({ position: "fixed" }),
  specialChars,
  bidi,
  underlines,
  stepSigns,
  spot,
  editorTheme,
  EditorState.phrases.of(texts.editor.phrases),
  EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
  // Tab is not bound: it leaves the editor. Mod-i is the page's: there is no syntax tree from which it could select.
  keymap.of([enter, ...historyKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-i")]),
];

function label(name: string): Extension {
  return EditorView.contentAttributes.of({
    "aria-label": name,
    // It is focusable without it; said so, a scrolling editor is known to be within reach of the keyboard.
    tabindex: "0",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    translate: "no",
  });
}
