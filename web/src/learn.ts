// The page that teaches. The playground comes with the first lesson, and what keeps the site on the device after that.

import { Learning } from "./learn/learning.ts";
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

// A workshop that is dropped anywhere beside the editor, which takes Dockerfiles.
const drops = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
const leave = () => document.body.classList.remove("dropping");
// The editor keeps to itself what is over it, so the outline goes before it can; what is elsewhere brings it back.
for (const type of ["dragover", "drop"]) addEventListener(type, leave, { capture: true });
addEventListener("dragover", (event) => {
  if (!drops(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => event.relatedTarget === null && leave());
addEventListener("drop", (event) => {
  const [file] = event.dataTransfer?.files ?? [];
  if (!drops(event) || event.defaultPrevented) return;
  event.preventDefault();
  if (file !== undefined) void learning.open(file);
});

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
