import { ask } from "./events.ts";
import { h } from "./h.ts";
import { panelProps } from "./views/tabs.ts";
import { render } from "./render.ts";
import theme from "./theme.css";
import buildStyles from "./build.css";
import commandStyles from "./commands.css";
import playground from "./playground.css";

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
  /** What is put here is read out. */
  readonly spoken: HTMLElement;
  readonly file: HTMLInputElement;
  /** Lies above the page, and has the keyboard. */
  readonly dialog: HTMLDialogElement;
  /** Lies beside the caret. */
  readonly popup: HTMLElement;
}

const styles = new CSSStyleSheet();
styles.replaceSync(theme + playground + buildStyles + commandStyles);

export function buildShell(root: ShadowRoot): Shell {
  // The editor adds style sheets of its own.
  if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles);
  const frame = document.createElement("div");
  frame.className = "frame";
  render(frame, [
    h("div", { class: "toolbar", role: "group", "aria-label": "Playground" }),
    h(
      "div",
      { class: "columns" },
      h(
        "section",
        { class: "pane", "aria-label": "Editor" },
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
      h("div", { class: "results", role: "region", "aria-label": "Result" }),
    ),
    h("p", { class: "unseen", role: "status" }),
    h("dialog", { class: "dialog" }),
    h("div", { class: "popup", popover: "auto", role: "menu" }),
    h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Dockerfile, .dockerignore" }),
  ]);
  root.replaceChildren(frame);

  const place = (selector: string): HTMLElement => {
    const found = frame.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`The shell has no ${selector}.`);
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
    spoken: place("[role=status]"),
    file: place("input[type=file]") as HTMLInputElement,
    dialog: place(".dialog") as HTMLDialogElement,
    popup: place(".popup"),
  };
}
