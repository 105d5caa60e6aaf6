import type { Extension } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";

/** WebKit takes no more than the line from the property that stands for all of these. */
const wavy = (colour: string) => ({
  backgroundImage: "none",
  paddingBottom: "0",
  textDecorationLine: "underline",
  textDecorationStyle: "wavy",
  textDecorationColor: colour,
  textDecorationThickness: "1px",
  textUnderlineOffset: "3px",
  textDecorationSkipInk: "none",
});

/** Shape as well as colour tells the severity. */
const sign = (colour: string, shape: string) => ({
  content: "normal",
  background: colour,
  clipPath: shape,
  forcedColorAdjust: "none",
});

const coarse = matchMedia("(pointer: coarse)");

/** With another kind of pointer the letters have another size, which an editor is to be told of: its lines are then as high as its line numbers. */
const followPointer = ViewPlugin.define((view) => {
  const measure = () => view.requestMeasure();
  coarse.addEventListener("change", measure);
  return { destroy: () => coarse.removeEventListener("change", measure) };
});

/** Only what CodeMirror's own rules would otherwise decide; colours come from the custom properties of the element. */
const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "var(--code-size)", lineHeight: "1.65", overflow: "auto" },
  ".cm-content": { padding: "var(--space-3) 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 var(--space-4) 0 var(--space-2)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 var(--space-1) 0 var(--space-3)", minWidth: "2.5ch" },
  ".cm-activeLine": { backgroundColor: "var(--active-line)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  ".cr": { color: "var(--faint)", fontSize: "0.6em", marginLeft: "0.25em", letterSpacing: "0.05em" },

  ".cm-lintRange-error": wavy("var(--error)"),
  ".cm-lintRange-warning": wavy("var(--warning)"),
  ".cm-lintRange-info": wavy("var(--info)"),
  ".cm-lintRange-hint": wavy("var(--style)"),
  ".cm-lintRange-active": { backgroundColor: "var(--selection)" },
  ".cm-spot": { backgroundColor: "var(--selection)", borderRadius: "2px" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--error)" },

  ".cm-gutter-lint": { width: "1.1em" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0", display: "flex", justifyContent: "center" },
  // On the first line of one that wraps.
  ".cm-lint-marker": { width: "0.6em", height: "0.6em", marginBlockStart: "0.55em" },
  ".cm-lint-marker-error": sign("var(--error)", "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)"),
  ".cm-lint-marker-warning": sign("var(--warning)", "polygon(50% 8%, 100% 95%, 0 95%)"),
  ".cm-lint-marker-info": sign("var(--info)", "circle(46%)"),
  ".cm-lint-marker-hint": sign("var(--style)", "inset(18%)"),

  ".cm-gutter-step": { width: "1.1em" },
  ".cm-gutter-step .cm-gutterElement": { padding: "0" },
  ".cm-step": {
    display: "flex",
    justifyContent: "center",
    blockSize: "100%",
    paddingBlockStart: "0.45em",
    borderInlineEnd: "2px solid var(--state-colour)",
    color: "var(--state-colour)",
  },
  ".cm-step-more": { paddingBlockStart: "0" },

  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-small)",
    boxShadow: "var(--shadow)",
    maxWidth: "min(32rem, 90vw)",
    zIndex: "20",
  },
  ".cm-tooltip-autocomplete": { overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    font: "var(--text-small)",
    minWidth: "14rem",
    maxWidth: "min(30rem, 92vw)",
    maxHeight: "15rem",
    padding: "var(--space-1)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    gap: "var(--space-3)",
    alignItems: "baseline",
    minHeight: "1.75rem",
    padding: "0.1rem var(--space-2)",
    lineHeight: "1.5",
    borderRadius: "var(--radius-small)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected], .cm-tooltip-autocomplete-disabled ul li[aria-selected]": {
    background: "var(--selection)",
    color: "var(--ink)",
  },
  ".cm-completionLabel": { fontFamily: "var(--mono)", whiteSpace: "nowrap" },
  ".cm-completionDetail": {
    flex: "1 1 auto",
    minWidth: "0",
    marginInlineStart: "0",
    overflow: "hidden",
    textOverflow: "ellipsis",
    textAlign: "end",
    fontStyle: "normal",
    color: "var(--muted)",
  },
  "li[aria-selected] .cm-completionDetail": { color: "var(--ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  ".cm-completion-faded .cm-completionLabel": { textDecoration: "line-through", color: "var(--muted)" },
  ".cm-tooltip.cm-completionInfo": { font: "var(--text-small)", padding: "var(--space-2) var(--space-3)", maxWidth: "18rem" },

  ".cm-diagnostic": {
    font: "var(--text-small)",
    padding: "var(--space-2) var(--space-3)",
    marginLeft: "0",
    borderLeftWidth: "3px",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
  ".cm-diagnostic-hint": { borderLeftColor: "var(--style)" },
  ".cm-diagnosticText code": { fontFamily: "var(--mono)", fontSize: "0.92em" },
  ".cm-diagnosticAction": {
    font: "var(--text-small)",
    fontWeight: "600",
    color: "var(--on-accent)",
    backgroundColor: "var(--accent)",
    borderRadius: "var(--radius-small)",
    padding: "2px var(--space-2)",
    marginLeft: "var(--space-3)",
  },
});

export const editorTheme: Extension = [theme, followPointer];
