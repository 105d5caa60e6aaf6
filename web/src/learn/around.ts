// What the pages of workshops have around what is in them.

import type { Inhabitant } from "../page.ts";
import { recall } from "../storage.ts";
import { showPageTheme } from "../page-theme.ts";

/** The fixed places of such a page. */
export interface Places {
  readonly main: Element;
  /** What is put here is read out. */
  readonly spoken: Element;
  readonly file: HTMLInputElement;
  readonly dialog: HTMLDialogElement;
}

export function placesOf(): Places {
  return { main: place("main"), spoken: place("[data-spoken]"), file: place("[data-workshop]"), dialog: place("dialog") };
}

/** Shows the page in the colours that were chosen. What keeps the site on the device comes once `begin` has come to its end. */
export async function around(inhabitant: Inhabitant, begin: () => Promise<void>): Promise<void> {
  const theme = recall("theme");
  if (theme !== null) showPageTheme(theme);
  // Who asks for the proof before it is there gets it as soon as it is.
  const early = new AbortController();
  let isProofAsked = false;
  for (const button of document.querySelectorAll("[data-proof]")) {
    button.addEventListener("click", () => (isProofAsked = true), { signal: early.signal });
  }
  await begin();
  const { Page } = await import("../page.ts");
  const page = new Page(inhabitant, place(".news"));
  early.abort();
  void page.begin();
  if (isProofAsked) document.dispatchEvent(new CustomEvent("layerwise-proof", { detail: {} }));
}

function place<Found extends Element>(selector: string): Found {
  const found = document.querySelector<Found>(selector);
  if (found === null) throw new Error(`no ${selector} in the page`);
  return found;
}
