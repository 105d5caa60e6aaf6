import type { Known, Release, Report, Stage } from "../engine.ts";
import { type VNode, h } from "../h.ts";

/** Kinds of base that are images. */
const IMAGES: readonly string[] = ["official", "known", "other"];

/** How many other tags of an image are named. */
const ALSO = 4;

/** What is known of the images that a file starts from, folded away: it is knowledge, and no fault. */
export function bases({ stages, imageFacts }: Report): VNode | null {
  const images = together(stages.filter(({ known }) => IMAGES.includes(known.kind)));
  if (images.length === 0) return null;
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

/** Stages that start from the same image are told of once. */
function together(stages: readonly Stage[]): Stage[][] {
  const found = new Map<string, Stage[]>();
  for (const stage of stages) {
    const name = nameOf(stage);
    found.set(name, [...(found.get(name) ?? []), stage]);
  }
  return [...found.values()];
}

function nameOf({ known, base }: Stage): string {
  return known.image ?? base;
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
      h("code", {}, nameOf(first)),
      h("span", {}, `${lines.length === 1 ? "Line" : "Lines"} ${lines.join(", ")}`),
      first.known.kind === "official" && h("span", {}, "official image"),
    ),
    first.known.kind === "other" ? h("p", { class: "aside" }, "Nothing is known of it here.") : facts(first.known),
  );
}

function facts({ image, line, system, newer, smaller, rolling, same }: Known): VNode {
  const also = same.filter((tag) => tag !== "latest").slice(0, ALSO);
  const isLater = newer && !same.includes(newer);
  return h(
    "dl",
    { class: "facts" },
    line && fact("Release", release(line)),
    system && fact("System", release(system)),
    rolling === true && also.length > 0 && fact("Same image", also.map((tag) => h("code", {}, tag))),
    isLater && fact("Newer", h("code", {}, withTag(image ?? "", newer))),
    smaller.length > 0 &&
      fact(
        "Smaller",
        h("ul", {}, smaller.map(({ image, lacks }) => h("li", {}, h("code", {}, image), lacks !== "" && ` without ${lacks}`))),
      ),
  );
}

/** The same image under another tag. */
function withTag(image: string, tag: string): string {
  return image.replace(/(:[^/:@]*)?(@.*)?$/, `:${tag}`);
}

function fact(name: string, ...value: Parameters<typeof h>[2][]): VNode {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

function release({ title, ends, hasEnded }: Release): VNode[] {
  const day = ends ?? null;
  const support = hasEnded ? `support ended${day === null ? "" : ` on ${day}`}` : day !== null && `supported until ${day}`;
  return [h("span", {}, title), ...(support === false ? [] : [h("span", { class: hasEnded ? "ended" : "aside" }, support)])];
}
