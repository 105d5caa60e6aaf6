import { recall } from "./storage.ts";

// A page that is read without scripts as well. With them it has the colours that were chosen in the playground.
const theme = recall("theme");
if (theme !== null) document.documentElement.dataset.theme = theme;
