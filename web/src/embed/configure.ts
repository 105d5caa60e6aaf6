import { type Wanted, addressOf, block, element, frame, roomOf, withHeight } from "./written.ts";
import { SNIPPET_ATTRIBUTES } from "./attributes.ts";
import { loadNames } from "./engine.ts";
import { site } from "../site.ts";
import { texts } from "../texts.ts";
import { toClipboard } from "../clipboard.ts";

const place = <E extends Element>(selector: string): E => {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`no ${selector} in the page`);
  return found;
};
const form = place<HTMLFormElement>("form");
const preview = place<HTMLElement>(".preview");
const lines = place<HTMLElement>(".lines code");
const copied = place<HTMLElement>(".copied");
const unknown = place<HTMLElement>(".unknown");

/** What was last asked for: an answer that comes late is none. */
let turn = 0;

async function show(): Promise<void> {
  turn += 1;
  const mine = turn;
  const said = new FormData(form);
  const field = (name: string) => String(said.get(name) ?? "").trim();
  const as = field("as");
  const isValid = (name: string) => place<HTMLInputElement>(`[name=${name}]`).validity.valid;
  const isSaid = (name: string) => (name === "readonly" ? said.has(name) : field(name) !== "") && (name !== "view" || field(name) !== "split" || as === "block");
  const isWanted = (name: string) => isSaid(name) && isValid(name);
  const attributes = Object.fromEntries(SNIPPET_ATTRIBUTES.filter(isWanted).map((name) => [name, field(name)]));
  const text = String(said.get("text") ?? "").replaceAll("\r\n", "\n").replace(/\n+$/, "");
  // A block has the height that it has in the page.
  const wanted = as === "block" ? { text, attributes } : withHeight({ text, attributes });
  const address = as === "frame" ? await addressOf(wanted, site) : "";
  if (mine !== turn) return;
  lines.textContent = as === "frame" ? frame(wanted, address, site) : as === "block" ? block(wanted, site) : element(wanted, site);
  copied.textContent = "";
  preview.replaceChildren(as === "frame" ? framed(address, roomOf(wanted)) : snippet(wanted, as));
  const names = await unknownIn(`${field("enable")} ${field("ignore")}`);
  if (mine === turn) unknown.textContent = names.map(texts.embed.expectation.unknown).join(" ").replaceAll("`", "");
}

/** The names that are none of a rule. Where the list of all cannot be loaded, nobody says so. */
async function unknownIn(text: string): Promise<readonly string[]> {
  const names = text.split(/[\s,]+/).filter((name) => name !== "");
  const known = names.length === 0 ? null : await loadNames().catch(() => null);
  return known === null ? [] : names.filter((name) => !known.has(name));
}

function snippet({ text, attributes }: Wanted, as: string): HTMLElement {
  const made = document.createElement("layerwise-playground");
  for (const [name, value] of Object.entries(as === "block" ? { view: "editor", ...attributes } : attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

function framed(address: string, height: string): HTMLElement {
  const made = document.createElement("iframe");
  made.src = address;
  made.title = texts.embed.frame;
  made.height = height;
  return made;
}

form.addEventListener("input", () => void show());
form.addEventListener("submit", (event) => event.preventDefault());
place(".copy").addEventListener("click", async () => {
  copied.textContent = (await toClipboard(lines.textContent ?? "")) ? texts.common.copied : texts.errors.noCopying;
});
void show();
