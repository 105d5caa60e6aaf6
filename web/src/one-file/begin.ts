// The first script of the edition in one file. All pages of the site are in it as templates; the one that the address asks for is opened.

import { scripts } from "../../generated/scripts.ts";

/** `?learn.html&workshop=…` asks for `learn.html`; without anything it is the playground. No page's name has letters that an address cannot have. */
const [asked = ""] = location.search.slice(1).split("&");

const templates = new Map([...document.querySelectorAll("template")].map((template) => [template.dataset["page"], template]));
const onward: Record<string, string> = JSON.parse(document.querySelector("[data-onward]")?.textContent ?? "{}");
const leadsTo = new Map(Object.entries(onward)).get(asked);

if (leadsTo !== undefined) {
  location.replace(`?${leadsTo}`);
} else {
  const page = templates.get(asked) ?? templates.get("");
  if (page !== undefined) await show(page);
}

async function show({ content, dataset }: HTMLTemplateElement): Promise<void> {
  const { title = "", kind = "", styles = "", entries = "" } = dataset;
  for (const style of document.querySelectorAll<HTMLStyleElement>("style[data-style]")) {
    if (styles.split(" ").includes(style.dataset["style"] ?? "")) style.media = "all";
  }
  document.title = title;
  document.body.className = kind;
  for (const other of document.querySelectorAll("template, noscript")) other.remove();
  document.body.prepend(document.importNode(content, true));
  // The browser looked for this place before it was there.
  if (location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
  for (const entry of entries.split(" ").filter((name) => name !== "")) await scripts[entry]?.();
}
