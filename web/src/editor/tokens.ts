import { type ChangeDesc, type EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Coloured ranges as a report gives them: triples of start, end and kind. */
export interface Tokens {
  readonly triples: readonly number[];
  readonly kinds: readonly string[];
}

export const setTokens = StateEffect.define<Tokens>();

interface Coloured {
  readonly tokens: Tokens;
  /** The changes since these tokens were made; until new ones come, old ones move along. */
  readonly since: ChangeDesc | undefined;
}

/** The tokens of the text, shown or not. */
const coloured = StateField.define<Coloured>({
  create: () => ({ tokens: { triples: [], kinds: [] }, since: undefined }),
  update(before, { changes, docChanged, effects }) {
    const fresh = effects.filter((effect) => effect.is(setTokens)).at(-1);
    if (fresh !== undefined) return { tokens: fresh.value, since: undefined };
    if (!docChanged) return before;
    return { ...before, since: before.since === undefined ? changes.desc : before.since.composeDesc(changes.desc) };
  },
});

/** Colours what the screen shows, from the engine's own tokens. */
export const tokenColours: Extension = [
  coloured,
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = draw(view);
      }

      update({ changes, docChanged, startState, state, view, viewportChanged }: ViewUpdate) {
        const isFresh = tokensOf(startState) !== tokensOf(state);
        if (isFresh || viewportChanged) this.decorations = draw(view);
        else if (docChanged) this.decorations = this.decorations.map(changes);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];

function tokensOf(state: EditorState): Tokens {
  return state.field(coloured).tokens;
}

function draw({ state, visibleRanges }: EditorView): DecorationSet {
  const { tokens, since } = state.field(coloured);
  const { triples, kinds } = tokens;
  const now = nowOf(since);
  const builder = new RangeSetBuilder<Decoration>();
  let drawnTo = 0;
  for (const { from, to } of visibleRanges) {
    for (let index = firstEndingAfter(triples, from, now); index < triples.length; index += 3) {
      const start = now(triples[index] ?? 0);
      const end = now(triples[index + 1] ?? 0);
      if (start > to) break;
      if (start < drawnTo || start >= end || end > state.doc.length) continue;
      builder.add(start, end, markFor(kinds[triples[index + 2] ?? 0] ?? ""));
      drawnTo = end;
    }
  }
  return builder.finish();
}

function firstEndingAfter(triples: readonly number[], position: number, now: (position: number) => number): number {
  let low = 0;
  let high = triples.length / 3;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (now(triples[middle * 3 + 1] ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low * 3;
}

const marks = new Map<string, Decoration>();

function markFor(kind: string): Decoration {
  const known = marks.get(kind) ?? Decoration.mark({ class: `tok-${kind}` });
  marks.set(kind, known);
  return known;
}

/** The token at a place of the text as it is now, shown or not. */
export function tokenAt(state: EditorState, position: number): { range: { start: number; end: number }; kind: string; text: string } | undefined {
  // The .dockerignore has none.
  const found = state.field(coloured, false);
  if (found === undefined) return undefined;
  const { tokens, since } = found;
  const { triples, kinds } = tokens;
  const now = nowOf(since);
  const index = firstEndingAfter(triples, position - 1, now);
  const [start, end] = [now(triples[index] ?? 0), now(triples[index + 1] ?? 0)];
  if (index >= triples.length || start > position || start >= end || end > state.doc.length) return undefined;
  return { range: { start, end }, kind: kinds[triples[index + 2] ?? 0] ?? "", text: state.sliceDoc(start, end) };
}

/** Where a place of the text that was checked is now. */
function nowOf(since: ChangeDesc | undefined): (position: number) => number {
  return (position) => (since === undefined ? position : since.mapPos(Math.min(position, since.length)));
}
