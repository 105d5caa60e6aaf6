import type { Extension } from "@codemirror/state";
import { highlightSpecialChars } from "@codemirror/view";
import { CONTROLS, controlName } from "../controls.ts";
import { texts } from "../texts.ts";

const CR = 13;

/** Shows what has no shape of its own. What turns the order of a text does so no longer: its name stands in its place. */
export const specialChars: Extension = highlightSpecialChars({
  addSpecialChars: new RegExp(`\\r|${CONTROLS.source}`, "g"),
  render: drawn,
});

function drawn(code: number, description: string | null, placeholder: string): HTMLElement {
  const name = code === CR ? "CR" : controlName(String.fromCodePoint(code));
  const span = document.createElement("span");
  span.className = code === CR ? "cr" : name === undefined ? "cm-specialChar" : "control";
  span.textContent = name ?? placeholder;
  span.title = titleOf(code, name) ?? description ?? texts.editor.character(code);
  return span;
}

function titleOf(code: number, name: string | undefined): string | undefined {
  if (code === CR) return texts.editor.carriageReturn;
  return name === undefined ? undefined : texts.editor.control(name);
}
