import type { Known, Release, Report, Stage } from "../engine.ts";
import { type Child, type VNode, h } from "../h.ts";
import { fact, filled } from "./prose.ts";
import { grouped } from "../grouped.ts";
import { texts } from "../texts.ts";

/** How many other tags of an image are named. */
const ALSO = 4;

/** What is known of the images that a file starts from, folded away: it is knowledge, and no fault. */
export function bases({ stages, imageFacts }: Report): VNode | null {
  const onImages = stages.filter(({ known }) => known.image !== null);
  if (onImages.length === 0) return null;
  // Stages that start from the same image are told of once.
  const images = [...grouped(onImages, ({ known }) => String(known.image)).values()];
  return h(
    "details",
    { key: "bases", class: "bases" },
    h(
      "summary",
      {},
      h("h2", {}, texts.bases.title(images.length)),
      h("span", {}, texts.bases.asOf(imageFacts.asOf, imageFacts.areOld)),
    ),
    h("ul", {}, images.map(base)),
  );
}

function base(stages: readonly Stage[]): VNode | false {
  const [first] = stages;
  if (first === undefined) return false;
  const lines = stages.map(({ line }) => line);
  return h(
    "li",
    {},
    h(
      "p",
      { class: "base-name" },
      h("code", {}, first.known.image),
      h("span", {}, texts.bases.lines(lines)),
      first.known.kind === "official" && h("span", {}, texts.bases.official),
    ),
    facts(first.known),
  );
}

function facts({ line, system, newer, smaller, rolling, same }: Known): VNode {
  const also = same.filter((tag) => tag !== "latest").slice(0, ALSO);
  const list = h(
    "dl",
    { class: "facts" },
    line && fact(texts.bases.release, release(line)),
    system && fact(texts.bases.system, release(system)),
    rolling === true && also.length > 0 && fact(texts.bases.same, also.map((tag) => h("code", {}, tag))),
    newer && fact(texts.bases.newer, h("code", {}, newer)),
    smaller.length > 0 &&
      fact(texts.bases.smaller, h("ul", {}, smaller.map(({ image, lacks }) => h("li", {}, filled(texts.bases.without(lacks), h("code", {}, image)))))),
  );
  return list.children.length > 0 ? list : h("p", { class: "aside" }, texts.bases.unknown);
}

function release({ title, ends, hasEnded }: Release): Child[] {
  const support = hasEnded ? texts.bases.ended(ends) : ends !== null && texts.bases.supported(ends);
  return [h("span", {}, title), support !== false && h("span", { class: hasEnded ? "ended" : "aside" }, support)];
}
