// The one door to CodeMirror: nothing outside of this file and its folder knows which editor this is.

import { defaultKeymap, history, historyKeymap, isolateHistory, undo } from "@codemirror/commands";
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { Annotation, ChangeSet, EditorSelection, EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { type Mark, diagnosticOf, underlines } from "./editor/marks.ts";
import { endingOf, enter, lineEndings } from "./editor/line-endings.ts";
import { type Tokens, setTokens, tokenColours } from "./editor/tokens.ts";
import { setSpot, spot } from "./editor/spot.ts";
import { editorTheme } from "./editor/theme.ts";
import type { Edit, Range } from "./engine.ts";

export type { Mark, Tokens };

/** The text at one moment; another object as soon as the text is another. */
export interface Version {
  readonly length: number;
  toString(): string;
}

/** What the editor tells. */
export interface EditorEvents {
  /** The text is another; `isTyped` says that no call of this class made it so. */
  changed(isTyped: boolean): void;
  /** The caret went to another place; `asked` says that the person looks for what is there. */
  moved(position: number, asked: boolean): void;
}

export interface Shape {
  readonly lines: number;
  readonly length: number;
  readonly ending: "LF" | "CRLF";
  readonly isBlank: boolean;
}

/** Marks changes that were not typed. */
const ours = Annotation.define<boolean>();

/** More underlines than this help nobody and cost a second. */
const MAX_MARKS = 1000;

export class Editor {
  #view: EditorView;

  constructor(parent: Element, root: ShadowRoot, text: string, events: EditorEvents) {
    const state = EditorState.create({
      doc: text,
      extensions: [
        lineEndings,
        history(),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        dropCursor(),
        tooltips({ position: "fixed" }),
        tokenColours,
        underlines,
        spot,
        editorTheme,
        EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
        // Tab is not bound: it leaves the editor.
        keymap.of([enter, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          "aria-label": "Dockerfile",
          // It is focusable without it; said so, a scrolling editor is known to be within reach of the keyboard.
          tabindex: "0",
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
          translate: "no",
        }),
        EditorView.updateListener.of(({ docChanged, selectionSet, state, transactions }) => {
          if (docChanged) events.changed(!transactions.some((transaction) => transaction.annotation(ours)));
          const asked = transactions.some((transaction) => transaction.isUserEvent("select.pointer"));
          if (docChanged || selectionSet) events.moved(state.selection.main.head, asked);
        }),
      ],
    });
    this.#view = new EditorView({ state, parent, root });
  }

  get version(): Version {
    return this.#view.state.doc;
  }

  get caret(): number {
    return this.#view.state.selection.main.head;
  }

  get shape(): Shape {
    const { doc } = this.#view.state;
    const isBlank = doc.length < 1000 && doc.toString().trim() === "";
    return { lines: doc.lines, length: doc.length, ending: endingOf(doc) === "\n" ? "LF" : "CRLF", isBlank };
  }

  /** Underlines `marks` and colours `tokens`, which both count in the text as it is now. */
  show(marks: readonly Mark[], tokens: Tokens): void {
    this.#view.dispatch(this.#underlining(marks), { effects: setTokens.of(tokens) });
  }

  /** Underlines `marks` and nothing else. */
  underline(marks: readonly Mark[]): void {
    this.#view.dispatch(this.#underlining(marks));
  }

  /** Lights a place up, without going there. */
  spot(range: Range | undefined): void {
    this.#view.dispatch({ effects: setSpot.of(range ?? null) });
  }

  /** Applies rounds of edits, each of which counts in the text that the one before it left, as one step of undo. */
  apply(rounds: readonly (readonly Edit[])[]): void {
    let length = this.#view.state.doc.length;
    let changes = ChangeSet.empty(length);
    for (const round of rounds) {
      const specs = round.map(({ range, text }) => ({ from: range.start, to: range.end, insert: text }));
      const next = ChangeSet.of(specs, length, "\n");
      changes = changes.compose(next);
      length = next.newLength;
    }
    this.#change(changes);
  }

  /** Puts another text in the place of this one, as one step of undo. */
  replace(text: string): void {
    const { length } = this.#view.state.doc;
    this.#change(ChangeSet.of({ from: 0, to: length, insert: text }, length, "\n"), 0);
  }

  undo(): void {
    undo(this.#view);
  }

  /** Goes to the next underlined place, or to the one before, and tells where the caret is then. */
  step(direction: "next" | "previous"): number {
    const command = direction === "next" ? nextDiagnostic : previousDiagnostic;
    command(this.#view);
    this.#view.focus();
    return this.#view.state.selection.main.from;
  }

  /** Selects a place and brings it into sight. */
  reveal({ start, end }: Range): void {
    const { length } = this.#view.state.doc;
    const selection = EditorSelection.single(Math.min(start, length), Math.min(end, length));
    this.#view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.main, { y: "center" }) });
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #underlining(marks: readonly Mark[]) {
    const { state } = this.#view;
    return setDiagnostics(state, marks.slice(0, MAX_MARKS).map((mark) => diagnosticOf(mark, state.doc.length)));
  }

  #change(changes: ChangeSet, caret?: number): void {
    this.#view.dispatch({
      changes,
      ...(caret === undefined ? {} : { selection: { anchor: caret }, scrollIntoView: true }),
      annotations: [isolateHistory.of("full"), ours.of(true)],
    });
  }
}
