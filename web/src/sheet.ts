/** The size of text that the person has set, in pixels. */
let medium: number | undefined;

/**
 * A style sheet for a shadow root. A `rem` in it is the size of text that the person has set: many sites set another one on their root
 * element, which would make what stands in them larger or smaller than all it was made for.
 */
export function sheetOf(css: string, root: ShadowRoot): CSSStyleSheet {
  medium ??= mediumIn(root);
  const isSame = `${medium}px` === getComputedStyle(document.documentElement).fontSize;
  const sheet = new CSSStyleSheet();
  const pixels = (_: string, number: string) => `${Number(number) * (medium ?? 16)}px`;
  sheet.replaceSync(isSame ? css : css.replace(/(?<![\w.-])(\d*\.?\d+)rem\b/g, pixels));
  return sheet;
}

function mediumIn(root: ShadowRoot): number {
  const probe = document.createElement("span");
  probe.style.fontSize = "medium";
  root.append(probe);
  const size = Number.parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return size > 0 ? size : 16;
}
