// The page that teaches. The playground comes with the first lesson, and what keeps the site on the device after that.

import { around, placesOf } from "./learn/around.ts";
import { Learning } from "./learn/learning.ts";
import { acceptWorkshop } from "./learn/dropped.ts";
import { showPageTheme } from "./page-theme.ts";

document.addEventListener("layerwise-theme", ({ detail }) => showPageTheme(detail.theme));

const learning = new Learning(placesOf());
acceptWorkshop((file) => void learning.open(file));
const inhabitant = { keep: () => learning.playground?.keep() ?? true, report: async () => (await learning.playground?.report()) ?? null };
await around(inhabitant, () => learning.begin());
