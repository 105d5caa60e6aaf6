import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Range } from "../engine.ts";

/** Lights a place up; `null` puts the light out. */
export const setSpot = StateEffect.define<Range | null>();

const light = Decoration.mark({ class: "cm-spot" });

/** The place of the row that the pointer is on. */
export const spot: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lit, { changes, effects, newDoc }) {
    let next = lit.map(changes);
    for (const effect of effects) {
      if (effect.is(setSpot)) next = lightsAt(effect.value, newDoc.length);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function lightsAt(range: Range | null, length: number): DecorationSet {
  if (range === null) return Decoration.none;
  const end = Math.min(range.end, length);
  return range.start < end ? Decoration.set([light.range(range.start, end)]) : Decoration.none;
}
