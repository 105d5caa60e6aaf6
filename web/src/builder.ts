// The page on which workshops are written. What keeps the site on the device comes once the fields are there.

import { around, placesOf } from "./learn/around.ts";
import { Building } from "./builder/building.ts";
import { acceptWorkshop } from "./learn/dropped.ts";

const building = new Building(placesOf());
acceptWorkshop((file) => void building.open(file));
await around({ keep: () => building.keep(), report: () => building.settled().then(() => null) }, async () => building.begin());
