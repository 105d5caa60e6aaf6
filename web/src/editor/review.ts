// The view of the differences that fixes make. It is loaded with the first of them, apart from the page.

import { Annotation, ChangeSet, EditorState, type Extension, type Range, StateEffect, StateField, Text as Doc } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType, lineNumbers } from "@codemirror/view";
import { unifiedMergeView } from "@codemirror/merge";
import type { Edit } from "../engine.ts";
import { HIDDEN } from "../controls.ts";
import { type VNode, visible } from "../h.ts";
import { bidi } from "./bidi.ts";
import { editorTheme } from "./theme.ts";
import { lineEndings } from "./line-endings.ts";
import { render } from "../render.ts";
import { specialChars } from "./special-chars.ts";
import { texts } from "../texts.ts";

/** What stands above the lines of a part: what it is, and the ways to take it or leave it. */
export interface Head {
  readonly id: number;
  /** The beginning of its lines in the text without any edit. */
  readonly position: number;
  readonly nodes: readonly VNode[];
}

/** A text as it would be after edits, with what goes shown above what comes. Nobody types in it. */
export class ReviewView {
  #view: EditorView;
  #original: Doc;
  /** The edits that are shown, in order. */
  #edits: readonly Edit[] = [];

  constructor(parent: Element, root: ShadowRoot, text: string) {
    this.#original = Doc.of(text.split("\n"));
    const merge = unifiedMergeView({ original: this.#original, mergeControls: false, syntaxHighlightDeletions: false });
    const state = EditorState.create({ doc: this.#original, extensions: [reading, merge] });
    this.#view = new EditorView({ state, parent, root });
  }

  /** Shows what edits make of the text, and heads above their places. */
  show(edits: readonly Edit[], heads: readonly Head[]): void {
    // What goes and what comes may touch each other, and so are two steps.
    this.#step(this.#edits.filter((edit) => edits.includes(edit)));
    this.#step(edits);
    const { doc } = this.#view.state;
    const widget = ({ id, nodes }: Head) => Decoration.widget({ widget: new HeadWidget(id, nodes), block: true, side: -2 });
    const placed = heads.map((head) => widget(head).range(doc.lineAt(Math.min(this.#placeOf(head.position), doc.length)).from));
    this.#view.dispatch({ effects: setHeads.of(placed) });
  }

  /** Brings a place of the text without any edit into sight. */
  scrollTo(position: number): void {
    const place = Math.min(this.#placeOf(position), this.#view.state.doc.length);
    this.#view.dispatch({ effects: EditorView.scrollIntoView(place, { y: "center" }) });
  }

  /** Brings the head of a part into sight, and gives its first control the focus. */
  reveal(id: number, position: number): void {
    this.scrollTo(position);
    this.#view.requestMeasure({
      read: (view) => view.dom.querySelector<HTMLElement>(`[data-part="${id}"] button`),
      write: (button) => button?.focus(),
    });
  }

  destroy(): void {
    this.#view.destroy();
  }

  /** Goes from the edits that are shown to others, which have all of them or are all among them. */
  #step(next: readonly Edit[]): void {
    const goes = this.#edits.filter((edit) => !next.includes(edit));
    const comes = next.filter((edit) => !this.#edits.includes(edit));
    if (goes.length === 0 && comes.length === 0) return;
    const { length } = this.#view.state.doc;
    const specs = [
      ...goes.map((edit) => {
        const from = this.#startOf(edit, this.#edits);
        const { start, end } = edit.range;
        return { from, to: from + edit.text.length, insert: this.#original.slice(start, end) };
      }),
      ...comes.map((edit) => {
        const from = this.#startOf(edit, next);
        return { from, to: from + edit.range.end - edit.range.start, insert: edit.text };
      }),
    ];
    this.#view.dispatch({ changes: ChangeSet.of(specs, length, "\n"), annotations: ours.of(true) });
    this.#edits = next;
  }

  /** Where an edit begins, or would begin, in the text as it is shown; `order` has it among all that are shown. */
  #startOf(edit: Edit, order: readonly Edit[]): number {
    // Several may insert something at one place: then their order in the list is all there is.
    const before = new Set(order.slice(0, order.indexOf(edit)));
    return this.#edits.reduce((place, other) => (before.has(other) ? place + growth(other) : place), edit.range.start);
  }

  /** Where a place of the text without any edit is in the text as it is shown. */
  #placeOf(position: number): number {
    const before = this.#edits.filter(({ range }) => range.start < position);
    return before.reduce((place, edit) => Math.max(place + growth(edit), edit.range.start), position);
  }
}

function growth({ range, text }: Edit): number {
  return text.length - (range.end - range.start);
}

/** Marks the changes that are not refused: the text is there to be read. */
const ours = Annotation.define<boolean>();

const setHeads = StateEffect.define<readonly Range<Decoration>[]>();

const heads = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects }) {
    for (const effect of effects) if (effect.is(setHeads)) return Decoration.set(effect.value, true);
    return shown.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

class HeadWidget extends WidgetType {
  readonly #id: number;
  readonly #nodes: readonly VNode[];

  constructor(id: number, nodes: readonly VNode[]) {
    super();
    this.#id = id;
    this.#nodes = nodes;
  }

  override eq(other: HeadWidget): boolean {
    return other.#id === this.#id && other.#nodes === this.#nodes;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("div");
    element.className = "part-place";
    element.dataset["part"] = String(this.#id);
    render(element, this.#nodes);
    return element;
  }

  /** The same element goes on, so that a button which was pressed keeps the focus. */
  override updateDOM(element: HTMLElement): boolean {
    if (element.dataset["part"] !== String(this.#id)) return false;
    render(element, this.#nodes);
    return true;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const reviewTheme = EditorView.theme({
  ".cm-scroller": { overflow: "auto" },
  ".cm-deletedChunk": { backgroundColor: "var(--goes)", paddingLeft: "0" },
  ".cm-deletedChunk .cm-deletedText": { background: "var(--goes-strong)" },
  "&.cm-merge-b .cm-changedLine": { backgroundColor: "var(--comes)" },
  "&.cm-merge-b .cm-changedText": { background: "var(--comes-strong)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--high)" },
  "&.cm-merge-b .cm-deletedLineGutter": { background: "var(--low)" },
  // Not by colour alone.
  ".cm-line, .cm-deletedLine": { paddingLeft: "1.6em", position: "relative" },
  ".cm-deletedLine:before, .cm-changedLine:before": { position: "absolute", insetInlineStart: "0.4em", color: "var(--muted)" },
  ".cm-deletedLine:before": { content: '"\u2212"' },
  ".cm-changedLine:before": { content: '"+"' },
});

/** What goes is drawn by the package, as it is: what nobody would see of it gets its name here. */
const hiddenInDeletions: Extension = EditorView.updateListener.of(({ view }) => {
  view.requestMeasure({
    key: hiddenInDeletions,
    read: ({ dom }) => [...dom.querySelectorAll(".cm-deletedChunk")].flatMap(textsIn).filter(({ data }) => HIDDEN.test(data)),
    write: (hidden) => {
      for (const text of hidden) {
        const holder = document.createElement("span");
        render(holder, visible(text.data));
        text.replaceWith(...holder.childNodes);
      }
    },
  });
});

function textsIn(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode() !== null) found.push(walker.currentNode as Text);
  return found;
}

const reading: Extension = [
  lineEndings,
  specialChars,
  hiddenInDeletions,
  bidi,
  lineNumbers(),
  EditorView.editable.of(false),
  EditorState.readOnly.of(true),
  EditorState.transactionFilter.of((transaction) =>
    transaction.docChanged && !transaction.annotation(ours) ? [] : transaction,
  ),
  heads,
  // Nothing is out of sight to the right, where a button could be.
  EditorView.lineWrapping,
  reviewTheme,
  editorTheme,
  EditorView.contentAttributes.of({ "aria-label": texts.diff.label, "aria-readonly": "true", tabindex: "0", spellcheck: "false", translate: "no" }),
];
