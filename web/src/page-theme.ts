import { THEMES } from "./settings.ts";

/** The page, and the frame that the system draws around it, take the colours that the person chose. */
export function showPageTheme(theme: string): void {
  if (!THEMES.some((known) => known === theme)) return; // anything may be kept under that name
  document.documentElement.dataset.theme = theme;
  document.querySelector("meta[name='theme-color']:not([media])")?.remove();
  const own = document.querySelector<HTMLMetaElement>(`meta[name='theme-color'][media*='${theme}']`);
  if (own === null) return; // as the system has it
  const chosen = document.createElement("meta");
  chosen.name = own.name;
  chosen.content = own.content;
  document.head.prepend(chosen); // of several the first is taken
}
