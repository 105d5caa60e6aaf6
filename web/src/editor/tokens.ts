import { type ChangeDesc, type Extension, RangeSetBuilder, StateEffect } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Coloured ranges as a report gives them: triples of start, end and kind. */
export interface Tokens {
  readonly triples: readonly number[];
  readonly kinds: readonly string[];
}

export const setTokens = StateEffect.define<Tokens>();

/** Colours what the screen shows, from the engine's own tokens. */
export const tokenColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet = Decoration.none;
    #tokens: Tokens = { triples: [], kinds: [] };
    /** The changes since these tokens were made; until new ones come, old ones move along. */
    #since: ChangeDesc | undefined;

    update(update: ViewUpdate) {
      if (update.docChanged) {
        this.#since = this.#since === undefined ? update.changes.desc : this.#since.composeDesc(update.changes.desc);
        this.decorations = this.decorations.map(update.changes);
      }
      const fresh = update.transactions.flatMap(({ effects }) => effects).filter((effect) => effect.is(setTokens)).at(-1);
      if (fresh !== undefined) {
        this.#tokens = fresh.value;
        this.#since = undefined;
      }
      if (fresh !== undefined || update.viewportChanged) this.decorations = this.#draw(update.view);
    }

    #draw(view: EditorView): DecorationSet {
      const { triples, kinds } = this.#tokens;
      const builder = new RangeSetBuilder<Decoration>();
      let drawnTo = 0;
      for (const { from, to } of view.visibleRanges) {
        for (let index = this.#firstEndingAfter(from); index < triples.length; index += 3) {
          const start = this.#now(triples[index] ?? 0);
          const end = this.#now(triples[index + 1] ?? 0);
          if (start > to) break;
          if (start < drawnTo || start >= end || end > view.state.doc.length) continue;
          builder.add(start, end, markFor(kinds[triples[index + 2] ?? 0] ?? ""));
          drawnTo = end;
        }
      }
      return builder.finish();
    }

    #now(position: number): number {
      if (this.#since === undefined) return position;
      return this.#since.mapPos(Math.min(position, this.#since.length));
    }

    #firstEndingAfter(position: number): number {
      const { triples } = this.#tokens;
      let low = 0;
      let high = triples.length / 3;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (this.#now(triples[middle * 3 + 1] ?? 0) > position) high = middle;
        else low = middle + 1;
      }
      return low * 3;
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const marks = new Map<string, Decoration>();

function markFor(kind: string): Decoration {
  const known = marks.get(kind) ?? Decoration.mark({ class: `tok-${kind}` });
  marks.set(kind, known);
  return known;
}
