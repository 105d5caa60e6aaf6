// Whether the page around is light or dark. Sites have switches of their own, each by other means, so what counts is what they look like.

/** Of an element: by the nearest background behind it, or else by what its page says of itself. */
export function schemeAround(element: Element): "light" | "dark" {
  for (let at: Element | null = element; at !== null; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
    const color = getComputedStyle(at).backgroundColor;
    const [first = 0, second = 0, third = 0, alpha = 1] = (color.match(/(?<=[ (])[-\d.eno]+/g) ?? []).map((part) => Number(part) || 0);
    const middle = MIDDLES[color[0] ?? ""] ?? 0;
    if (alpha > 0.5) return (/^[lo]/.test(color) ? first : first + 2 * second + third) < middle ? "dark" : "light";
  }
  const said = getComputedStyle(document.documentElement).colorScheme;
  const isDark = said.includes("light") ? said.includes("dark") && dark.matches : said.includes("dark");
  return isDark ? "dark" : "light";
}

/**
 * A grey halfway between light and dark in each form that browsers say a colour in, by its first letter: `rgb`, `color`, `oklab` and `oklch`, `lab`
 * and `lch`. The last four begin with their lightness.
 */
const MIDDLES: Readonly<Record<string, number>> = { r: 512, c: 2, o: 0.6, l: 54 };

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Calls back whenever it may be another. */
export function watchSurroundings(changed: () => void): void {
  dark.addEventListener("change", changed);
  document.addEventListener("transitionend", ({ target }) => {
    if (target === document.body || target === document.documentElement) changed();
  });
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true });
}
