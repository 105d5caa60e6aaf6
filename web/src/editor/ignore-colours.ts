import type { Extension } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const comment = Decoration.mark({ class: "tok-comment" });
const exception = Decoration.mark({ class: "tok-keyword" });

/** A comment begins at the first character of its line; what begins with an exclamation mark is let in again. */
const matcher = new MatchDecorator({
  regexp: /^#.*|^[ \t]*!/g,
  decoration: ([matched]) => (matched.startsWith("#") ? comment : exception),
});

/** Colours a `.dockerignore`, which is too plain to ask the engine about it. */
export const ignoreColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
