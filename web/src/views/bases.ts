import type { Known, Release, Report, Stage } from "../engine.ts";
import { type Child, type VNode, h } from "../h.ts";
import { fact } from "./prose.ts";
import { grouped } from "../grouped.ts";

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
      h("h2", {}, images.length === 1 ? "Base image" : `Base images (${images.length})`),
      h("span", {}, `data as of ${imageFacts.asOf}${imageFacts.areOld ? ", more than six months old" : ""}`),
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
      h("span", {}, `${lines.length === 1 ? "Line" : "Lines"} ${lines.join(", ")}`),
      first.known.kind === "official" && h("span", {}, "official image"),
    ),
    facts(first.known),
  );
}

function facts({ line, system, newer, smaller, rolling, same }: Known): VNode {
  const also = same.filter((tag) => tag !== "latest").slice(0, ALSO);
  const list = h(
    "dl",
    { class: "facts" },
    line && fact("Release", release(line)),
    system && fact("System", release(system)),
    rolling === true && also.length > 0 && fact("Same image", also.map((tag) => h("code", {}, tag))),
    newer && fact("Newer", h("code", {}, newer)),
    smaller.length > 0 &&
      fact("Smaller", h("ul", {}, smaller.map(({ image, lacks }) => h("li", {}, h("code", {}, image), ` without ${lacks}`)))),
  );
  return list.children.length > 0 ? list : h("p", { class: "aside" }, "Nothing is known of it here.");
}

function release({ title, ends, hasEnded }: Release): Child[] {
  const support = hasEnded ? `support ended${ends === null ? "" : ` on ${ends}`}` : ends !== null && `supported until ${ends}`;
  return [h("span", {}, title), support !== false && h("span", { class: hasEnded ? "ended" : "aside" }, support)];
}
