import { type VNode, h } from "../h.ts";

/** A button within a text or beside others. */
export function small(label: string, click: (event: Event) => void): VNode {
  return h("button", { type: "button", class: "button small", on: { click } }, label);
}
