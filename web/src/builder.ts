// The page on which workshops are written. What keeps the site on the device comes once the fields are there.

import { Building } from "./builder/building.ts";
import { acceptWorkshop } from "./learn/dropped.ts";
import { recall } from "./storage.ts";
import { showPageTheme } from "./page-theme.ts";

const theme = recall("theme");
if (theme !== null) showPageTheme(theme);

const place = <Found extends Element>(selector: string): Found => {
  const found = document.querySelector<Found>(selector);
  if (found === null) throw new Error(`no ${selector} in the page`);
  return found;
};
const building = new Building({
  main: place("main"),
  spoken: place("[data-spoken]"),
  file: place("[data-workshop]"),
  dialog: place("dialog"),
});
acceptWorkshop((file) => void building.open(file));

// Who asks for the proof before it is there gets it as soon as it is.
const early = new AbortController();
let isProofAsked = false;
for (const button of document.querySelectorAll("[data-proof]")) {
  button.addEventListener("click", () => (isProofAsked = true), { signal: early.signal });
}

building.begin();
const { Page } = await import("./page.ts");
const page = new Page({ keep: () => building.keep(), report: () => building.settled().then(() => null) }, place(".news"));
early.abort();
void page.begin();
if (isProofAsked) document.dispatchEvent(new CustomEvent("layerwise-proof", { detail: {} }));
