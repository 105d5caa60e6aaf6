import { type VNode, h } from "../../h.ts";
import { button } from "./parts.ts";
import { texts } from "../../texts/learn.ts";

/** Asks before all that was kept goes. */
export function reset({ reset, close }: { reset(): void; close(): void }): VNode[] {
  return [
    h("h2", { id: "reset-title", class: "dialog-head" }, texts.list.reset),
    h("p", {}, texts.list.resetAsk),
    h("p", { class: "actions" }, button(texts.list.resetNo, close, "primary"), button(texts.list.resetYes, reset)),
  ];
}
