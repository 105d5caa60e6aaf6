import { HIDDEN, controlName, isTurning } from "./controls.ts";
import { texts } from "./texts.ts";

/** What a view returns: a plain description of nodes, which `render` brings to the page. */
export interface VNode {
  readonly tag: string;
  readonly props: Props;
  readonly children: readonly (VNode | string)[];
}

export interface Props {
  /** Tells siblings apart from one rendering to the next, so that a node keeps its focus when others come and go. */
  readonly key?: string;
  /** Custom properties for the style sheet, such as the length of a bar. */
  readonly vars?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  /** Everything else is an attribute; `false` and `undefined` mean that it is absent. */
  readonly [attribute: string]: unknown;
}

export type Child = VNode | string | false | null | undefined | readonly Child[];

/** Longer names are nobody's, and nobody reads them. */
const LONGEST = 2000;

/** Text goes in as children, so there is nothing to escape. What nobody would see of it is shown by its name, and what nobody would read is cut. */
export function h(tag: string, props: Props = {}, ...children: Child[]): VNode {
  return { tag, props, children: nodesOf(children) };
}

/** A text that is shown as long as it is. */
export function listed(tag: string, props: Props, text: string): VNode {
  return { tag, props, children: visible(text) };
}

/** A text that is taken along from where it stands, and so is there as it is. */
export function exactly(tag: string, props: Props, text: string): VNode {
  return { tag, props, children: [text] };
}

/** What children come to, be it in an element or in a place that is none of a view's. */
export function nodesOf(children: readonly Child[]): (VNode | string)[] {
  return children.flatMap((child) => {
    if (child === false || child === null || child === undefined || child === "") return [];
    if (typeof child === "string") return visible(cut(child, LONGEST));
    return "tag" in child ? [child] : nodesOf(child);
  });
}

/** The beginning of a text, if all of it would be too long. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}\u2026` : text;
}

/** More names in one text help nobody, and would take long to draw. */
const MOST_NAMES = 500;

/** A text with names in the place of characters that nobody sees. */
export function visible(text: string): (VNode | string)[] {
  if (!HIDDEN.test(text)) return [text];
  const parts = text.split(HIDDEN); // every second one is such a character
  const shown = parts.slice(0, 2 * MOST_NAMES).flatMap((part, index): (VNode | string)[] => {
    if (index % 2 === 0) return part === "" ? [] : [part];
    return [{ tag: "span", props: { class: "control", title: aboutHidden(part) }, children: [controlName(part)] }];
  });
  const rest = parts.slice(2 * MOST_NAMES).map((part, index) => (index % 2 === 0 ? part : "\ufffd")).join("");
  return rest === "" ? shown : [...shown, rest];
}

/** What a hidden character does, as a sentence. */
export function aboutHidden(character: string): string {
  const name = controlName(character);
  return isTurning(character) ? texts.editor.control(name) : texts.editor.hidden(name);
}
