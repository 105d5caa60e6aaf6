import type { Extension } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, MatchDecorator, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import { HIDDEN, controlName } from "../controls.ts";
import { aboutHidden } from "../h.ts";
import { texts } from "../texts.ts";

/** Stands in the place of a character: so one that would turn the order of a text does so no longer. */
class Sign extends WidgetType {
  readonly #character: string;

  constructor(character: string) {
    super();
    this.#character = character;
  }

  override eq(other: Sign): boolean {
    return other.#character === this.#character;
  }

  override toDOM(): HTMLElement {
    const isEnding = this.#character === "\r";
    const span = document.createElement("span");
    span.className = isEnding ? "cr" : "control";
    span.textContent = isEnding ? "CR" : controlName(this.#character);
    span.title = isEnding ? texts.editor.carriageReturn : aboutHidden(this.#character);
    return span;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

// A line is looked at as a whole: what a character belongs to stands before it.
const signs = new MatchDecorator({
  regexp: new RegExp(`\\r|${HIDDEN.source}`, "gu"),
  decoration: ([character]) => Decoration.replace({ widget: new Sign(character) }),
});

/** Shows what has no shape of its own by its name. */
export const specialChars: Extension = ViewPlugin.fromClass(
  class {
    shown: DecorationSet;
    constructor(view: EditorView) {
      this.shown = signs.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.shown = signs.updateDeco(update, this.shown);
    }
  },
  { decorations: ({ shown }) => shown },
);
