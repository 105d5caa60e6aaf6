import { Facade } from "./facade.ts";

if (customElements.get("layerwise-playground") === undefined) customElements.define("layerwise-playground", Facade);

// The tag that this script is asked for with says whether the blocks of the page are to become snippets as well.
const tag = [...document.scripts].find(({ src, dataset }) => src === import.meta.url && "upgrade" in dataset);
if (tag !== undefined) void import("./upgrade.ts").then(({ upgrade }) => upgrade(tag.dataset));
