// What completes a Dockerfile while it is written. It is fetched after the first result, for which nobody should wait.

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  currentCompletions,
  moveCompletionSelection,
  pickedCompletion,
  selectedCompletionIndex,
  setSelectedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type Suggestion, needsImages, suggestionsAt } from "../completion/suggestions.ts";
import { loadImages } from "../completion/images.ts";
import { placeAt } from "../completion/place.ts";
import { nodesOf } from "../h.ts";
import { prose } from "../views/prose.ts";
import { render } from "../render.ts";
import { today } from "../today.ts";

/** In a longer file every key would be waited for. In UTF-16 units. */
const LONGEST = 300_000;

interface Option extends Completion {
  readonly order: number;
  readonly isSure: boolean;
  readonly isFaded: boolean;
}

async function source({ state, pos, explicit }: CompletionContext): Promise<CompletionResult | null> {
  if (state.doc.length > LONGEST || !state.selection.main.empty) return null;
  const place = placeAt(state.sliceDoc(0, pos), pos);
  const catalogue = needsImages(place) ? await loadImages().catch(() => []) : [];
  const found = suggestionsAt(place, { catalogue, today: today() });
  if (found === null || !(explicit || found.isDue)) return null;
  const isSure = found.isSure === true;
  return { from: pos - found.typed.length, options: found.options.map((suggestion, order) => optionOf(suggestion, order, isSure)) };
}

function optionOf({ label, about, info, written, goesOn = false, isFaded = false }: Suggestion, order: number, isSure: boolean): Option {
  return {
    label,
    order,
    isFaded,
    // The first of a list about which there is no doubt can be taken with Enter at once.
    isSure,
    ...(about === undefined ? {} : { detail: about }),
    ...(info === undefined ? {} : { info: () => shown(info) }),
    apply(view, completion, from, to) {
      write(view, completion, from, to, written ?? label);
      if (goesOn) startCompletion(view);
    },
  };
}

/** Writes a suggestion. A blank that is there already is not written twice. */
function write(view: EditorView, completion: Completion, from: number, to: number, written: string): void {
  const isThere = written.endsWith(" ") && view.state.sliceDoc(to, to + 1) === " ";
  const insert = isThere ? written.slice(0, -1) : written;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + written.length },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function shown(info: string): Node {
  const element = document.createElement("p");
  render(element, nodesOf(prose(info)));
  return element;
}

function isOption(completion: Completion): completion is Option {
  return "order" in completion;
}

const orderOf = (completion: Completion) => (isOption(completion) ? completion.order : 0);

/** Enter, and Tab, take what somebody has chosen, or what is chosen for them where there is no doubt; else they do what they always do. */
function take(view: EditorView): boolean {
  const index = selectedCompletionIndex(view.state);
  return index !== null && index >= 0 && acceptCompletion(view);
}

/** Tab leaves the editor, and leaves no list behind. */
function takeOrLeave(view: EditorView): boolean {
  if (take(view)) return true;
  closeCompletion(view);
  return false;
}

/** For the other file: what was about to be looked up when one goes there asks its state, too. */
export const noCompletion: Extension = autocompletion({ override: [], defaultKeymap: false });

export const completion: Extension = [
  autocompletion({
    override: [source],
    defaultKeymap: false,
    selectOnOpen: false,
    icons: false,
    maxRenderedOptions: 80,
    // Nothing is chosen before somebody chooses it, so no key is lost on a list that has just opened.
    interactionDelay: 0,
    compareCompletions: (one, other) => orderOf(one) - orderOf(other),
    optionClass: (completion) => (isOption(completion) && completion.isFaded ? "cm-completion-faded" : ""),
  }),
  EditorView.updateListener.of(({ state, startState, view }) => {
    if (completionStatus(state) !== "active") return;
    // It scrolls, so it must be within reach; Tab closes it before it would get there.
    view.dom.querySelector(".cm-tooltip-autocomplete > ul")?.setAttribute("tabindex", "0");
    if (completionStatus(startState) === "active") return;
    const [first] = currentCompletions(state);
    if (first !== undefined && isOption(first) && first.isSure) view.dispatch({ effects: setSelectedCompletion(0) });
  }),
  Prec.highest(
    keymap.of([
      { key: "Ctrl-Space", run: startCompletion },
      { mac: "Alt-`", run: startCompletion },
      { mac: "Alt-i", run: startCompletion },
      { key: "Escape", run: closeCompletion },
      { key: "ArrowDown", run: moveCompletionSelection(true) },
      { key: "ArrowUp", run: moveCompletionSelection(false) },
      { key: "PageDown", run: moveCompletionSelection(true, "page") },
      { key: "PageUp", run: moveCompletionSelection(false, "page") },
      { key: "Enter", run: take },
      { key: "Tab", run: takeOrLeave },
    ]),
  ),
];
