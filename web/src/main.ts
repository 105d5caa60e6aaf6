import { Playground } from "./playground.ts";

document.addEventListener("layerwise-theme", ({ detail }) => {
  document.documentElement.dataset.theme = detail.theme;
});

document.addEventListener("layerwise-ready", ({ detail }) => {
  for (const place of document.querySelectorAll("[data-version]")) place.textContent = detail.version;
});

customElements.define("layerwise-playground", Playground);
