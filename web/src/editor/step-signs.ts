import { type Extension, RangeSet, RangeSetBuilder, StateEffect, StateField, type Text } from "@codemirror/state";
import { GutterMarker, gutter } from "@codemirror/view";
import type { Outcome, Range } from "../engine.ts";
import { render } from "../render.ts";
import { stateIcon } from "../views/icons.ts";

/** What becomes of a step. */
export interface StepSign {
  readonly range: Range;
  readonly state: Outcome["state"];
  readonly title: string;
}

export const setStepSigns = StateEffect.define<readonly StepSign[]>();

/** A sign at the first line of a step, and a rail down the others. */
class Sign extends GutterMarker {
  #state: Outcome["state"];
  /** Empty on all lines but the first. */
  #title: string;

  constructor(state: Outcome["state"], title: string) {
    super();
    this.#state = state;
    this.#title = title;
  }

  override eq(other: Sign): boolean {
    return other.#state === this.#state && other.#title === this.#title;
  }

  override toDOM(): Node {
    const element = document.createElement("span");
    element.className = `cm-step state-${this.#state} ${this.#title === "" ? "cm-step-more" : ""}`;
    element.title = this.#title;
    if (this.#title !== "") render(element, [stateIcon(this.#state)]);
    return element;
  }
}

const signs = StateField.define<RangeSet<Sign>>({
  create: () => RangeSet.empty,
  update(before, { changes, effects, newDoc }) {
    const fresh = effects.filter((effect) => effect.is(setStepSigns)).at(-1);
    return fresh === undefined ? before.map(changes) : signsAt(fresh.value, newDoc);
  },
});

/** Beside the lines; without a sign there is no such column. */
export const stepSigns: Extension = [signs, gutter({ class: "cm-gutter-step", markers: ({ state }) => state.field(signs) })];

function signsAt(all: readonly StepSign[], doc: Text): RangeSet<Sign> {
  const builder = new RangeSetBuilder<Sign>();
  for (const { range, state, title } of all) {
    if (range.start >= range.end || range.end > doc.length) continue;
    const last = doc.lineAt(range.end - 1).number;
    for (let line = doc.lineAt(range.start).number; line <= last; line += 1) {
      const { from } = doc.line(line);
      builder.add(from, from, new Sign(state, from <= range.start ? title : ""));
    }
  }
  return builder.finish();
}
