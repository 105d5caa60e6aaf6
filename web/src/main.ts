import { Page } from "./page.ts";
import { underWay } from "./engine/starting.ts";
import { Playground } from "./playground.ts";
import { showPageTheme } from "./page-theme.ts";

// What comes now takes this thread for a while.
await underWay();

document.addEventListener("layerwise-theme", ({ detail }) => showPageTheme(detail.theme));

customElements.define("layerwise-playground", Playground);

// What stands around the element in our own page, and in no other.
const playground = document.querySelector("layerwise-playground");
const news = document.querySelector(".news");
if (playground !== null && news !== null) {
  const page = new Page(playground, news);
  document.querySelector("[data-skip]")?.addEventListener("click", () => playground.focus());
  void page.begin();
}
