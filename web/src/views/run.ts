import type { Advised, Listing } from "../engine.ts";
import { type Child, type VNode, h } from "../h.ts";
import { blocks, filled, listing, prose } from "./prose.ts";
import type { AdviceText } from "../advice.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { chevron } from "./icons.ts";
import { grouped } from "../grouped.ts";
import { lacksStage } from "../stages.ts";
import { sources } from "./explanation.ts";
import { waiting, waitingForBuild } from "./waiting.ts";
import { texts } from "../texts.ts";

/** How to build, run, look into and ship this image, in commands made from the file. */
export function run({ counsel, advice, copied, target, builder, report }: State): VNode[] {
  if (counsel === null) return [waitingForBuild(builder, texts.run.waiting)];
  if (counsel.silence !== null) return [h("p", { class: "no-commands" }, prose(counsel.silence))];
  if (!(advice instanceof Map)) return [waiting("advice", advice)];
  const moments = [...grouped(counsel.advised, ({ moment }) => moment)].map(([moment, all]) =>
    h(
      "section",
      { key: moment, class: "moment", "aria-label": moment },
      h("h2", {}, moment),
      h(
        "ul",
        { class: "list" },
        // The first of each says all in one; the others are for whoever wants to know more.
        all.map((advised, index) => entry(advised, advice.get(advised.id), index === 0, copied)),
      ),
    ),
  );
  // Chosen among the stages of the build.
  return target === null || (report !== null && lacksStage(report, target)) ? moments : [h("p", { key: "target", class: "aside" }, filled(texts.run.target, h("code", {}, target))), ...moments];
}

function entry(advised: Advised, text: AdviceText | undefined, isOpen: boolean, copied: string | null): VNode | false {
  if (text === undefined) return false;
  const { listings, notes } = advised;
  return h(
    "li",
    { key: text.id },
    h(
      "details",
      { class: "advice", open: isOpen },
      h("summary", {}, h("h3", {}, prose(text.title)), chevron),
      h(
        "div",
        { class: "advice-body" },
        listings.map((own) => block(own, text.title, copied)),
        notes.map((note) => h("p", { class: "aside" }, prose(note))),
        h("details", { class: "why" }, h("summary", {}, texts.run.why, h("span", { class: "unseen" }, `: ${text.title}`)), reasons(text)),
      ),
    ),
  );
}

function reasons(text: AdviceText): VNode {
  return h("div", { class: "explanation" }, blocks(text.why), h("dl", { class: "facts" }, sources(text)));
}

function block({ file, text }: Listing, title: string, copied: string | null): VNode {
  const name = file ?? texts.run.command;
  return h(
    "figure",
    { class: "block" },
    h(
      "figcaption",
      {},
      h("span", {}, file === null ? texts.run.shell : h("code", {}, file)),
      file !== null && button(texts.run.download, `: ${file}`, ask("download", { name: file, text })),
      button(text === copied ? texts.common.copied : texts.common.copy, `: ${file ?? title}`, ask("copy", { text })),
    ),
    listing(text, name),
  );
}

function button(title: string, about: string, click: (event: Event) => void): Child {
  return h("button", { type: "button", class: "button small", on: { click } }, title, h("span", { class: "unseen" }, about));
}
