import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type EditorView, type Tooltip, activateHover, closeHoverTooltips, hasHoverTooltips, hoverTooltip, keymap } from "@codemirror/view";
import type { Range } from "../engine.ts";
import type { VNode } from "../h.ts";
import { render } from "../render.ts";
import { tokenAt } from "./tokens.ts";

/** What is known of a place of the Dockerfile. */
export interface Known {
  readonly range: Range;
  readonly content: readonly VNode[];
}

/** A place that somebody wants to know about, with the token there. */
export interface Spot {
  readonly position: number;
  readonly token: Token | undefined;
  /** Whether only what is wrong there is wanted. */
  readonly isBrief: boolean;
}

export interface Token {
  readonly range: Range;
  readonly kind: string;
  readonly text: string;
}

export type Explain = (spot: Spot) => Promise<Known | null>;

/** How long the pointer must rest, in milliseconds. */
const REST = 400;

/** Shows what is known of the place under the pointer. It stays while the pointer is on it, and Escape takes it away. */
export class Hovers {
  readonly extension: Extension;
  #explain: Explain;
  #tooltip: ReturnType<typeof hoverTooltip>;
  #isBrief = false;
  /** How often it was closed: what was asked for before the last time is not wanted any more when its answer comes. */
  #closings = 0;

  constructor(explain: Explain) {
    this.#explain = explain;
    const source = async (view: EditorView, position: number): Promise<Tooltip | null> => {
      const { doc } = view.state;
      const closings = this.#closings;
      const known = await explain(spotAt(view.state, position, this.#isBrief));
      return known === null || view.state.doc !== doc || closings !== this.#closings ? null : tooltipOf(known, doc.length);
    };
    this.#tooltip = hoverTooltip(source, { hoverTime: REST, hideOnChange: true });
    this.extension = [this.#tooltip, Prec.high(keymap.of([{ key: "Escape", run: (view) => this.close(view) }]))];
  }

  /** Shows what is known of the place of the caret, until that goes on, and tells what it is. */
  async showAtCaret(view: EditorView): Promise<Known | null> {
    const { head } = view.state.selection.main;
    const closings = this.#closings;
    const known = await this.#explain(spotAt(view.state, head, false));
    if (known !== null && closings === this.#closings) this.#show(view, head);
    return known;
  }

  /** Shows what is wrong where the caret has just been led to. */
  showFindings(view: EditorView): void {
    this.#isBrief = true;
    this.#show(view, view.state.selection.main.from);
    this.#isBrief = false;
  }

  /** Takes away what is shown, and tells whether there was anything. */
  close(view: EditorView): boolean {
    this.#closings += 1;
    // What belongs to a sign in the gutter goes only when the pointer does, so it is told that it has gone.
    if (view.dom.querySelector(".cm-tooltip-lint") !== null) dispatchEvent(new MouseEvent("mousemove", { clientX: -1000, clientY: -1000 }));
    if (!hasHoverTooltips(view.state)) return false;
    view.dispatch({ effects: closeHoverTooltips });
    return true;
  }

  #show(view: EditorView, position: number): void {
    activateHover(view, position, 1, { tooltip: this.#tooltip, until: ({ docChanged, selection }) => docChanged || selection !== undefined });
  }
}

function spotAt(state: EditorState, position: number, isBrief: boolean): Spot {
  return { position, token: tokenAt(state, position), isBrief };
}

function tooltipOf({ range, content }: Known, length: number): Tooltip {
  return {
    pos: Math.min(range.start, length),
    end: Math.min(range.end, length),
    above: true,
    create() {
      const dom = document.createElement("div");
      dom.className = "hover";
      render(dom, content);
      return { dom };
    },
  };
}
