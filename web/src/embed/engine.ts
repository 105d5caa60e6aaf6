import { Engine } from "../engine.ts";
import { fetched } from "../fetched.ts";
import { ruleNames } from "../../generated/assets.ts";

/** The one engine of a page, however many snippets there are. */
export const engine = new Engine();

/** Every rule, every case of one (`rule/case`), and every code of another tool that is one of them. */
export const loadNames = fetched(ruleNames, (text: string): ReadonlySet<string> => new Set(text.split("\n")), (response) => response.text());
