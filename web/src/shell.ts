import { ask } from "./events.ts";
import { h } from "./h.ts";
import { SHOWN_NAMES } from "./files.ts";
import { panelProps } from "./views/tabs.ts";
import { render } from "./render.ts";
import { sheetOf } from "./sheet.ts";
import theme from "./theme.css";
import buildStyles from "./build.css";
import commandStyles from "./commands.css";
import diff from "./diff.css";
import everyone from "./everyone.css";
import paper from "./false-positive.css";
import mending from "./mending.css";
import needs from "./theme-needs.css";
import rest from "./theme-rest.css";
import playground from "./playground.css";
import signs from "./signs.css";
import tokens from "./tokens.css";
import { texts } from "./texts.ts";

/** The fixed places of the element, into which the views are rendered. */
export interface Shell {
  readonly frame: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly files: HTMLElement;
  readonly summary: HTMLElement;
  readonly editor: HTMLElement;
  readonly line: HTMLElement;
  readonly status: HTMLElement;
  readonly results: HTMLElement;
  /** Where fixes are looked at: a view, the differences, which no view draws, and another view. */
  readonly review: HTMLDialogElement;
  readonly reviewHead: HTMLElement;
  readonly reviewDiff: HTMLElement;
  readonly reviewFoot: HTMLElement;
  /** Where a report of a false positive is read before it goes anywhere. */
  readonly falsePositive: HTMLDialogElement;
  /** What is put here is read out. */
  readonly spoken: HTMLElement;
  readonly file: HTMLInputElement;
  /** Lies above the page, and has the keyboard. */
  readonly dialog: HTMLDialogElement;
  /** Lies beside the caret. */
  readonly popup: HTMLElement;
}

let styles: CSSStyleSheet | undefined;

export function buildShell(root: ShadowRoot): Shell {
  styles ??= sheetOf(theme + rest + needs + playground + signs + tokens + diff + buildStyles + mending + paper + commandStyles + everyone, root);
  // The editor adds style sheets of its own.
  if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles);
  const frame = document.createElement("div");
  frame.className = "frame";
  // The words in it are those of the catalogue, whatever language the page around it speaks.
  frame.lang = texts.language.code;
  frame.dir = texts.language.direction;
  render(frame, [
    h("div", { class: "toolbar", role: "group", "aria-label": texts.panes.playground }),
    h(
      "div",
      { class: "columns" },
      h(
        "section",
        { class: "pane", "aria-label": texts.panes.editor },
        h(
          "div",
          { class: "pane-head" },
          h("div", { class: "files" }),
          h("button", { type: "button", class: "summary", on: { click: ask("result", {}) } }),
        ),
        h("div", { class: "editor", ...panelProps("file", "dockerfile") }),
        h("div", { class: "line" }),
        h("div", { class: "pane-foot" }),
      ),
      h("div", { class: "results", role: "region", "aria-label": texts.panes.result }),
    ),
    h(
      "dialog",
      { class: "review", "aria-labelledby": "review-title" },
      h("div", { class: "review-head" }),
      h("div", { class: "review-diff" }),
      h("div", { class: "review-foot" }),
    ),
    h("dialog", { class: "false-positive", "aria-labelledby": "false-positive-title" }),
    h("p", { class: "unseen", role: "status" }),
    h("dialog", { class: "dialog" }),
    h("div", { class: "popup", popover: "auto", role: "menu" }),
    h("input", { type: "file", multiple: true, hidden: true, "aria-label": Object.values(SHOWN_NAMES).join(", ") }),
  ]);
  root.replaceChildren(frame);

  const place = (selector: string): HTMLElement => {
    const found = root.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`no ${selector} in the shell`);
    return found;
  };
  return {
    frame,
    toolbar: place(".toolbar"),
    files: place(".files"),
    summary: place(".summary"),
    editor: place(".editor"),
    line: place(".line"),
    status: place(".pane-foot"),
    results: place(".results"),
    review: place(".review") as HTMLDialogElement,
    reviewHead: place(".review-head"),
    reviewDiff: place(".review-diff"),
    reviewFoot: place(".review-foot"),
    falsePositive: place(".false-positive") as HTMLDialogElement,
    spoken: place(".frame > [role=status]"),
    file: place("input[type=file]") as HTMLInputElement,
    dialog: place(".dialog") as HTMLDialogElement,
    popup: place(".popup"),
  };
}
