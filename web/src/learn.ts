// The page that teaches. The playground comes with the first lesson, and what keeps the site on the device after that.

import { Learning } from "./learn/learning.ts";
import { acceptWorkshop } from "./learn/dropped.ts";
import { recall } from "./storage.ts";
import { showPageTheme } from "./page-theme.ts";

const theme = recall("theme");
if (theme !== null) showPageTheme(theme);
document.addEventListener("layerwise-theme", ({ detail }) => showPageTheme(detail.theme));

const place = <Found extends Element>(selector: string): Found => {
  const found = document.querySelector<Found>(selector);
  if (found === null) throw new Error(`no ${selector} in the page`);
  return found;
};
const learning = new Learning({
  main: place("main"),
  spoken: place("[data-spoken]"),
  file: place("[data-workshop]"),
  dialog: place("dialog"),
});

acceptWorkshop((file) => void learning.open(file));

// Who asks for the proof before it is there gets it as soon as it is.
const early = new AbortController();
let isProofAsked = false;
for (const button of document.querySelectorAll("[data-proof]")) {
  button.addEventListener("click", () => (isProofAsked = true), { signal: early.signal });
}

await learning.begin();
const { Page } = await import("./page.ts");
const page = new Page(
  { keep: () => learning.playground?.keep() ?? true, report: async () => (await learning.playground?.report()) ?? null },
  place(".news"),
);
early.abort();
void page.begin();
if (isProofAsked) document.dispatchEvent(new CustomEvent("layerwise-proof", { detail: {} }));
