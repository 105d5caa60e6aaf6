// The first script of a page with a playground in it: the engine comes up in other threads while this one has the rest of the page to do.

import { startAhead } from "./engine/starting.ts";
import { witness } from "./proof/witness.ts";

// Where it is shown what the page asks the network for, this is seen as well.
if (document.querySelector("layerwise-playground[proof]") !== null) witness.begin();
startAhead();
