import { type Item, isMuted } from "../items.ts";
import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { chevron } from "./icons.ts";
import { filled, prose } from "./prose.ts";
import { lineAt } from "../lines.ts";
import { texts } from "../texts.ts";

/** What is not listed although it was found: what comments ignore, and what the person muted. Nothing of it is hidden from who asks. */
export function quiet(report: Report, all: readonly Item[], { muted, isQuietOpen }: State, text: () => string): VNode | false {
  const silent = all.filter((item) => isMuted(item, muted));
  const { suppressed } = report;
  if (silent.length === 0 && suppressed.length === 0) return false;
  return h(
    "section",
    { key: "quiet", class: "quiet", "aria-labelledby": "quiet-title" },
    h(
      "h2",
      {},
      h(
        "button",
        {
          type: "button",
          id: "quiet-title",
          class: "quiet-main",
          "aria-expanded": String(isQuietOpen),
          on: { click: ask("quiet", { isOpen: !isQuietOpen }) },
        },
        texts.quiet.title(suppressed.length, silent.length),
        chevron,
      ),
    ),
    isQuietOpen && suppressed.length > 0 && ignored(report, text()),
    isQuietOpen && silent.length > 0 && mutedOnes(silent, muted),
  );
}

function ignored({ suppressed }: Report, text: string): VNode {
  const row = ({ line, message, silencedBy, range }: Report["suppressed"][number], index: number) =>
    h(
      "li",
      { key: `ignored-${index}` },
      h("p", {}, place(line, range), " ", prose(message)),
      silencedBy && comment(text.slice(silencedBy.start, silencedBy.end), lineAt(text, silencedBy.start), silencedBy),
      h(
        "p",
        {},
        h("button", { type: "button", class: "button small", title: texts.quiet.removeHint, on: { click: ask("unsilence", { index }) } }, texts.quiet.remove),
      ),
    );
  return h("div", {}, h("h3", {}, texts.quiet.ignored), h("p", { class: "aside" }, texts.quiet.ignoredHint), h("ul", {}, suppressed.map(row)));
}

function comment(words: string, line: number, range: { start: number; end: number }): VNode {
  const go = { type: "button", class: "place", title: texts.quiet.commentAt(line), on: { click: ask("reveal", { range }) } };
  return h("p", { class: "aside" }, filled(texts.quiet.comment, h("button", go, h("code", {}, words.trim()))));
}

function mutedOnes(silent: readonly Item[], muted: ReadonlySet<string>): VNode {
  const row = (item: Item) => {
    const what = muted.has(item.rule) ? item.rule : item.message;
    return h(
      "li",
      { key: `muted-${item.key}` },
      h("p", {}, place(item.line, item.range), " ", prose(item.message)),
      h(
        "p",
        {},
        h("button", { type: "button", class: "button small", on: { click: ask("unmute", { what }) } }, texts.quiet.unmute),
        muted.has(item.rule) && h("span", { class: "aside" }, " ", prose(texts.quiet.rule(item.rule))),
      ),
    );
  };
  return h(
    "div",
    {},
    h("h3", {}, texts.quiet.muted),
    h("p", { class: "aside" }, texts.quiet.mutedHint),
    h("ul", {}, silent.map(row)),
    silent.length > 1 && h("p", {}, h("button", { type: "button", class: "button small", on: { click: ask("unmute", { what: null }) } }, texts.quiet.unmuteAll)),
  );
}

function place(line: number, range: { start: number; end: number }): VNode {
  return h("button", { type: "button", class: "place", on: { click: ask("reveal", { range }) } }, texts.common.line(line));
}
