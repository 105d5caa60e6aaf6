// The page for hosts that allow no scripts: what is asked for stands in its address, the text in the fragment, which no server sees.

import { SNIPPET_ATTRIBUTES } from "./attributes.ts";
import { decode, isLink } from "../share/link.ts";
import { answerAround } from "./frame-size.ts";

const asked = new URLSearchParams(location.search);

// The page around may ask before the text is there.
const measure = answerAround(asked.get("origin"));

async function fill(): Promise<void> {
  const snippet = document.createElement("layerwise-playground");
  for (const name of SNIPPET_ATTRIBUTES) if (asked.has(name)) snippet.setAttribute(name, asked.get(name) ?? "");
  const theme = asked.get("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
  snippet.textContent = await textIn(location.hash);
  document.body.replaceChildren(snippet);
  measure(snippet);
}

/** A damaged link says of itself what is wrong with it, as a comment. */
async function textIn(fragment: string): Promise<string> {
  if (!isLink(fragment)) return "";
  return decode(fragment).then(({ dockerfile }) => dockerfile, ({ message }: Error) => `# ${message}`);
}

addEventListener("hashchange", () => void fill());
void fill();
