// `<script type="module" src="…/embed.js" data-upgrade>` makes the Dockerfiles of a page live: what highlighters and generators of sites have
// made of them is hidden, and a snippet stands in its place with the same size, letters and margins. Without scripts, all is as it was.

import { SNIPPET_ATTRIBUTES } from "./attributes.ts";

/** Classes that say the language: of mdBook, Docusaurus, MkDocs, Jekyll, Hugo, Sphinx, and others. */
const LANGUAGE = /(?:^|\s)(?:language|lang|highlight|highlight-source|brush:)[-\s]?(?:dockerfile|docker|containerfile)(?:\s|,|$)/i;

/** Words that leave a block out: mdBook makes classes of what stands behind the language, and `layerwise check --markdown` reads them there. */
const OFF = /(?:^|\s)(?:no-layerwise|layerwise-off)(?:\s|$)/;

const NAME = /^(?:dockerfile|docker|containerfile)$/i;

/** What highlighters put around a block. */
const WRAPPER = /(?:^|[\s_-])(?:highlight\w*|highlighter-rouge|codehilite|chroma|lntable|rouge-table|codeBlock\w*|language-\w+|expressive-code)/i;

interface Block {
  readonly pre: HTMLElement;
  /** What is hidden. */
  readonly outer: HTMLElement;
}

/** Upgrades the blocks of the page, and those that come later. `said` is what the script's own tag says of all of them. */
export function upgrade(said: DOMStringMap): void {
  const defaults = { ...said };
  upgradeIn(document, defaults);
  // Some sites bring their next page into this one, or draw the whole page anew.
  let isDue = false;
  new MutationObserver((records) => {
    if (isDue || !(records.some(addsBlock) || [...upgraded].some(isGone))) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      upgradeIn(document, defaults);
    });
  }).observe(document.body, { childList: true, subtree: true });
}

/** What was hidden, and the snippet that stands in its place. */
const upgraded = new Map<HTMLElement, HTMLElement>();

/** Whether one of the two is no longer in the page. */
function isGone([outer, snippet]: readonly [HTMLElement, HTMLElement]): boolean {
  return !outer.isConnected || !snippet.isConnected;
}

/** Whether a block came into the page, or something into a block: pages change often, and mostly elsewhere. */
function addsBlock({ addedNodes }: MutationRecord): boolean {
  return [...addedNodes].some((node) => node instanceof Element && (node.closest("pre") ?? node.querySelector("pre")) !== null);
}

function upgradeIn(place: ParentNode, defaults: DOMStringMap): void {
  for (const [outer, snippet] of [...upgraded].filter(isGone)) {
    snippet.remove();
    show(outer);
    upgraded.delete(outer);
  }
  const blocks = [...place.querySelectorAll("pre")].filter((pre) => isLive(pre)).map((pre) => ({ pre, outer: outerOf(pre) }));
  // All is measured before anything is changed, so that the page is laid out once.
  const made = blocks.map((block) => snippetOf(block, defaults));
  blocks.forEach(({ outer }, index) => {
    const snippet = made[index] as HTMLElement;
    outer.before(snippet);
    outer.style.setProperty("display", "none", "important"); // their style sheet may say otherwise than `hidden`
    outer.dataset["layerwise"] = "upgraded";
    upgraded.set(outer, snippet);
  });
}

function show(outer: HTMLElement): void {
  outer.style.removeProperty("display");
  delete outer.dataset["layerwise"];
}

/** Whether a block holds a Dockerfile, is shown, and was not left out with `data-layerwise="off"` (on it or around it) or `layerwise=off`. */
function isLive(pre: HTMLElement): boolean {
  const left = pre.closest("[data-layerwise]");
  if (left !== null || pre.closest("layerwise-playground") !== null || pre.isContentEditable) return false;
  const code = pre.querySelector("code");
  if ([...wrappersOf(pre), pre, code].some((part) => OFF.test(part?.className ?? ""))) return false;
  if (code?.dataset["layerwise"] === "off" || isGutter(pre)) return false;
  let at: Element | null = code ?? pre;
  for (let steps = 0; at !== null && at !== document.body && steps < 8; steps += 1, at = at.parentElement) {
    const { lang = "", language = "" } = (at as HTMLElement).dataset;
    if (LANGUAGE.test(at.className) || NAME.test(lang) || NAME.test(language)) return isOnly(pre, at);
    if (code?.classList.contains("dockerfile") && at === code) return true; // highlight.js of old
  }
  return false;
}

/** A class far up may say the language of one block, not of a page of them. */
function isOnly(pre: HTMLElement, around: Element): boolean {
  return [...around.querySelectorAll("pre")].filter((other) => !isGutter(other) && other !== pre).length === 0;
}

/** The column of line numbers in a table. */
function isGutter(pre: HTMLElement): boolean {
  const cell = pre.closest("td");
  return cell !== null && cell !== cell.parentElement?.lastElementChild;
}

/** What a highlighter put around a block, from outside to inside: some generators write there what was said of the block. */
function wrappersOf(pre: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  let up = pre.parentElement;
  for (let steps = 0; up !== null && up !== document.body && steps < 8; steps += 1, up = up.parentElement) {
    if (WRAPPER.test(up.className) && isOnly(pre, up)) found.unshift(up);
  }
  return found;
}

/** The block with all that its highlighter put around it, but for captions and what else says something. */
function outerOf(pre: HTMLElement): HTMLElement {
  const table = pre.closest<HTMLElement>("td")?.closest("table");
  let outer: HTMLElement = table ?? pre;
  const text = wordsOf(outer);
  for (let up = outer.parentElement; up !== null && WRAPPER.test(up.className) && wordsOf(up) === text; up = up.parentElement) outer = up;
  return outer;
}

/** What a person reads in an element, but for its buttons. */
function wordsOf(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const control of copy.querySelectorAll("button, nav, style, script, .lang")) control.remove();
  return (copy.textContent ?? "").replace(/\s+/g, "");
}

/** The text of a block: some highlighters end their lines with `<br>`, or make each a block of its own. */
function textOf(pre: HTMLElement): string {
  const copy = (pre.querySelector("code") ?? pre).cloneNode(true) as HTMLElement;
  for (const other of copy.querySelectorAll("button, nav, style, script, .ln, .lineno, .linenos, .gutter, .line-number")) other.remove();
  for (const end of copy.querySelectorAll("br")) end.replaceWith("\n");
  if (!copy.textContent?.includes("\n")) for (const line of [...copy.querySelectorAll(".line, .ec-line, .token-line")].slice(0, -1)) line.append("\n");
  return (copy.textContent ?? "").replace(/\u200b|\ufeff/g, "").replace(/^\n/, "");
}

/** How far a line is from the next: more than the code's own `line-height` says where the block around it has a larger one. */
function lineHeightOf(pre: HTMLElement, text: string, { fontSize, lineHeight, whiteSpace }: CSSStyleDeclaration): string {
  const { paddingTop, paddingBottom } = getComputedStyle(pre);
  const code = pre.querySelector("code");
  const { paddingTop: above, paddingBottom: below } = getComputedStyle(code ?? pre);
  const inner = code !== null && getComputedStyle(code).display !== "inline" ? Number.parseFloat(above) + Number.parseFloat(below) : 0;
  const room = pre.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom) - inner;
  const pitch = room / text.split("\n").length;
  const ratio = pitch / Number.parseFloat(fontSize);
  const isSeen = whiteSpace === "pre" && ratio > 0.9 && ratio < 2.5;
  return isSeen ? `${pitch}px` : lineHeight === "normal" ? "1.4" : lineHeight;
}

/** In pixels: what the buttons need, also where a block of one line had no padding. */
const ROOM = 40;

function snippetOf({ pre, outer }: Block, defaults: DOMStringMap): HTMLElement {
  const code = pre.querySelector("code") ?? pre;
  const snippet = document.createElement("layerwise-playground");
  const parts = [...wrappersOf(pre), pre, code].map(({ dataset }) => ({ ...dataset }));
  const said: DOMStringMap = Object.assign({ view: "editor" }, defaults, ...parts);
  for (const name of SNIPPET_ATTRIBUTES) if (said[name] !== undefined) snippet.setAttribute(name, said[name]);
  snippet.textContent = textOf(pre).replace(/\n+$/, "");

  const [around, within, ofOuter] = [getComputedStyle(pre), getComputedStyle(code), getComputedStyle(outer)];
  const isInline = within.display === "inline";
  const side = (name: "top" | "right" | "bottom" | "left") => {
    const room = (style: CSSStyleDeclaration) => Number.parseFloat(style.getPropertyValue(`padding-${name}`));
    const hasOwn = code !== pre && !(isInline && (name === "top" || name === "bottom"));
    return `${room(around) + (hasOwn ? room(within) : 0)}px`;
  };
  const { style } = snippet;
  style.margin = ofOuter.margin;
  style.setProperty("--code-size", within.fontSize);
  style.setProperty("--code-line", lineHeightOf(pre, snippet.textContent, within));
  if (/mono|code|courier|consol|menlo/i.test(within.fontFamily)) style.setProperty("--mono", within.fontFamily);
  style.setProperty("--code-padding", `${side("top")} ${side("right")} ${side("bottom")} ${side("left")}`);
  style.setProperty("--code-wrap", within.whiteSpace);
  style.setProperty("--radius", around.borderStartStartRadius || ofOuter.borderStartStartRadius);
  const { height } = outer.getBoundingClientRect();
  if (height > 0 && said["view"] === "editor") style.setProperty("--height", `${Math.max(height, ROOM)}px`);
  // Where lines are broken, another width makes it another height.
  if (/wrap|break/.test(within.whiteSpace)) addEventListener("resize", () => style.removeProperty("--height"), { once: true });
  return snippet;
}
