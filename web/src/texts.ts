import * as en from "./texts/en.ts";

/** What a translation has to say. */
export type Texts = typeof en;

/** The texts in the language of the page. This is the one place that says which language that is. */
export const texts: Texts = en;
