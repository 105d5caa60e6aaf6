import { type VNode, exactly, h } from "../h.ts";
import type { FalsePositive } from "../false-positive/false-positives.ts";
import { MASK } from "../share/secrets.ts";
import { ask } from "../events.ts";
import { prose } from "./prose.ts";
import { repository } from "../facts.ts";
import { texts } from "../texts.ts";

const of = texts.falsePositive;

/** The report of a false positive, whole, before it goes anywhere. */
export function falsePositive({ text, masked, isCopied, trouble }: FalsePositive): VNode {
  return h(
    "div",
    { class: "paper" },
    h(
      "div",
      { class: "paper-head" },
      h("h2", { id: "false-positive-title" }, of.title),
      h("button", { type: "button", class: "button small plain", on: { click: ask("leavefalsepositive", {}) } }, of.close),
    ),
    text === null ? h("p", { key: "composing", class: "aside", role: "status" }, of.composing) : paper(text, masked, isCopied, trouble),
  );
}

function paper(text: string, masked: number, isCopied: boolean, trouble: FalsePositive["trouble"]): VNode {
  return h(
    "div",
    { key: "paper", class: "paper-body" },
    h("p", {}, of.about),
    masked > 0 && h("p", { class: "masked" }, prose(of.masked(masked, MASK))),
    exactly(
      "textarea",
      { "aria-label": of.label, rows: 18, spellcheck: "true", on: { input: ask("falsepositivechanged", {}) } },
      text,
    ),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "button primary", on: { click: ask("copyfalsepositive", {}) } }, isCopied ? texts.common.copied : texts.common.copy),
      repository !== null &&
        h("button", { type: "button", class: "button", on: { click: ask("openissue", {}) } }, of.openIssue),
      repository !== null && h("span", { class: "aside" }, of.openHint(new URL(repository).hostname)),
    ),
    h("p", { role: "status" }, trouble === "copying" && of.noCopying, trouble === "long" && of.long),
  );
}
