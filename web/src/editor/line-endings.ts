// The document is the text unit for unit, so a CR stays in it (CodeMirror would otherwise turn every ending into LF, and
// every offset after the first would be wrong). Here a CR LF behaves as the one thing that it is to the person who types.

import {
  EditorSelection,
  EditorState,
  type Extension,
  RangeSet,
  RangeSetBuilder,
  RangeValue,
  type Text,
} from "@codemirror/state";
import { EditorView, type KeyBinding, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const CR = "\r";

/** The ending that Enter inserts: the one that the file's first line has. */
export function endingOf(doc: Text): "\n" | "\r\n" {
  return doc.lines > 1 && doc.line(1).text.endsWith(CR) ? "\r\n" : "\n";
}

export const lineEndings: Extension = [
  EditorState.lineSeparator.of("\n"),
  EditorState.transactionFilter.of((transaction) => {
    const { selection, newDoc } = transaction;
    if (selection === undefined || !selection.ranges.some(({ head }) => isInsideCrLf(newDoc, head))) return transaction;
    const ranges = selection.ranges.map((range) => {
      if (!isInsideCrLf(newDoc, range.head)) return range;
      const head = range.head - 1;
      return EditorSelection.range(range.empty ? head : range.anchor, head);
    });
    return [transaction, { selection: EditorSelection.create(ranges, selection.mainIndex), sequential: true }];
  }),
  ViewPlugin.fromClass(
    class {
      pairs: RangeSet<Pair>;
      constructor(view: EditorView) {
        this.pairs = visiblePairs(view);
      }
      update({ docChanged, viewportChanged, view }: ViewUpdate) {
        if (docChanged || viewportChanged) this.pairs = visiblePairs(view);
      }
    },
    { provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.pairs ?? RangeSet.empty) },
  ),
];

export const enter: KeyBinding = {
  key: "Enter",
  run({ state, dispatch }) {
    if (state.readOnly) return false;
    const insert = state.toText(endingOf(state.doc));
    dispatch(state.update(state.replaceSelection(insert), { scrollIntoView: true, userEvent: "input" }));
    return true;
  },
};

function isInsideCrLf(doc: Text, position: number): boolean {
  return position > 0 && position < doc.length && doc.sliceString(position - 1, position + 1) === "\r\n";
}

class Pair extends RangeValue {}
const pair = new Pair();

/** Moving and deleting near the caret treat these as one character; far from the screen nobody can. */
function visiblePairs(view: EditorView): RangeSet<Pair> {
  const builder = new RangeSetBuilder<Pair>();
  const { doc } = view.state;
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = doc.lineAt(position);
      if (line.to < doc.length && line.text.endsWith(CR)) builder.add(line.to - 1, line.to + 1, pair);
      position = line.to + 1;
    }
  }
  return builder.finish();
}
