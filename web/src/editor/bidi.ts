// Text that runs from right to left, in a file that runs from left to right. Browsers order a line as a whole, so that the two
// arguments of `COPY` would change places on the screen when both are Hebrew. Here each argument, string and comment is ordered by itself.

import { type Extension, Prec, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const isolate = Decoration.mark({ attributes: { dir: "auto" }, bidiIsolate: null });

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

export const bidi: Extension = ViewPlugin.fromClass(
  class {
    isolates: DecorationSet;
    constructor(view: EditorView) {
      this.isolates = isolatesOf(view);
    }
    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.isolates = isolatesOf(view);
    }
  },
  {
    provide(plugin) {
      const isolates = (view: EditorView) => view.plugin(plugin)?.isolates ?? Decoration.none;
      // Around all other marks, or one of these would be cut in two.
      return Prec.lowest([EditorView.decorations.of(isolates), EditorView.bidiIsolatedRanges.of(isolates)]);
    },
  },
);

function isolatesOf({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = state.doc.lineAt(position);
      const start = Math.max(line.from, from);
      const text = line.text.slice(start - line.from, Math.min(line.to, to) - line.from);
      if (RIGHT_TO_LEFT.test(text)) {
        for (const [begin, end] of units(text)) {
          if (RIGHT_TO_LEFT.test(text.slice(begin, end))) builder.add(start + begin, start + end, isolate);
        }
      }
      position = line.to + 1;
    }
  }
  return builder.finish();
}

/** Where the parts of a line are that are read each by itself: what a comment says, what stands in quotes, and words. */
function units(line: string): [number, number][] {
  const comment = /^\s*#\s*/.exec(line);
  if (comment !== null) return [[comment[0].length, line.length]];
  return [...line.matchAll(/(["'])(?:\\.|(?!\1)[^\\])*\1?|[^\s"']+/g)].map(({ index, 0: unit }) => {
    const isQuoted = /^["']/.test(unit);
    const end = index + unit.length - (isQuoted && unit.length > 1 && unit.endsWith(unit.charAt(0)) ? 1 : 0);
    return [index + (isQuoted ? 1 : 0), end];
  });
}
