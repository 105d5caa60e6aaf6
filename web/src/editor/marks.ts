import { type Action, type Diagnostic, lintGutter, linter } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { nodesOf } from "../h.ts";
import { prose } from "../views/prose.ts";
import { render } from "../render.ts";
import type { Range, Severity } from "../engine.ts";

/** A place that the editor underlines. */
export interface Mark {
  readonly range: Range;
  readonly severity: Severity;
  readonly message: string;
  /** What a button at the place does. */
  readonly action?: { readonly title: string; run(): void } | undefined;
}

/** Underlines and gutter signs. The panel of this package is not used: our own list is its better; nor is its tooltip (`hover.ts`). */
export const underlines: Extension = [linter(null, { tooltipFilter: () => [] }), lintGutter()];

export function diagnosticOf({ range, severity, message, action }: Mark, length: number): Diagnostic {
  const actions: Action[] = action === undefined ? [] : [{ name: action.title, apply: () => action.run() }];
  return {
    from: Math.min(range.start, length),
    to: Math.min(range.end, length),
    severity: severity === "style" ? "hint" : severity,
    message,
    actions,
    renderMessage() {
      const element = document.createElement("span");
      render(element, nodesOf(prose(message)));
      return element;
    },
  };
}
