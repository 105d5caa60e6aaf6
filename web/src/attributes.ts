import { examples } from "./examples.ts";
import { recall } from "./storage.ts";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export interface Attributes {
  /** `theme`: `auto` (the default), `light` or `dark`. What the person chose on this site goes first. */
  readonly theme: Theme;
  /** `draft`: a name under which the text is kept from one visit to the next; without it, it is not kept. */
  readonly draft: string | null;
  /** The first text: the element's own, or else the example that `example` names, or else nothing. */
  readonly text: string;
}

export function readAttributes(element: HTMLElement): Attributes {
  const example = examples.find(({ id }) => id === element.getAttribute("example"));
  return {
    theme: themeOf(recall("theme")) ?? themeOf(element.getAttribute("theme")) ?? "auto",
    draft: element.getAttribute("draft"),
    text: ownText(element) ?? example?.text ?? "",
  };
}

export function themeOf(name: string | null): Theme | undefined {
  return THEMES.find((theme) => theme === name);
}

/** The text of `<script type="text/plain">` or `<pre>`; of the element itself when it holds no other element. */
function ownText(element: HTMLElement): string | undefined {
  const holder = element.querySelector("script[type='text/plain'], pre") ?? element;
  if (holder === element && element.childElementCount > 0) return undefined;
  const text = (holder.textContent ?? "").replace(/^\r?\n/, "");
  return text.trim() === "" ? undefined : text;
}
