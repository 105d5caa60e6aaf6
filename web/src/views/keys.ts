import { type VNode, h } from "../h.ts";
import { type Shortcut, namesOf } from "../commands/shortcut.ts";

/** A shortcut, as its keys are written. */
export function keys(shortcut: Shortcut): VNode {
  return h("span", { class: "keys" }, namesOf(shortcut).map((name) => h("kbd", {}, name)));
}
