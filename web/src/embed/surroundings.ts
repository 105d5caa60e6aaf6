// Whether the page around is light or dark. Sites have switches of their own, each by other means, so what counts is what they look like.

/** Of an element: by the nearest background behind it, or else by what its page says of itself. */
export function schemeAround(element: Element): "light" | "dark" {
  for (let at: Element | null = element; at !== null; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
    if (alpha > 0.5) return 0.3 * red + 0.59 * green + 0.11 * blue < 128 ? "dark" : "light";
  }
  const said = getComputedStyle(document.documentElement).colorScheme;
  const isDark = said.includes("light") ? said.includes("dark") && dark.matches : said.includes("dark");
  return isDark ? "dark" : "light";
}

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
