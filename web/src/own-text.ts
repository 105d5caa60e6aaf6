/** Where an element has its `.dockerignore`. */
export const IGNORE = "[data-file='.dockerignore']";

/** The text of `<script type="text/plain">` or `<pre>`; of the element itself when it holds no other element. */
export function ownText(element: HTMLElement): string | undefined {
  const holder = element.querySelector(`:is(script[type='text/plain'], pre):not(${IGNORE})`) ?? element;
  if (holder === element && element.childElementCount > 0) return undefined;
  return textOf(holder);
}

export function textOf(holder: Element | null): string | undefined {
  const text = (holder?.textContent ?? "").replace(/^\r?\n/, "");
  return text.trim() === "" ? undefined : text;
}
