import { EditorView } from "@codemirror/view";

/**
 * A letter that takes the place of several lines. Left to itself Chromium writes styles into what remains of them, before the editor mends that:
 * the page's policy stops it, and the page would have to tell that something was stopped.
 */
export const typedOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data, isComposing }, view) {
    const { state } = view;
    const { from, to } = state.selection.main;
    const isOver = inputType === "insertText" && data !== null && !isComposing && !state.readOnly && state.doc.lineAt(from).to < to;
    if (isOver) view.dispatch(state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    return isOver;
  },
});
