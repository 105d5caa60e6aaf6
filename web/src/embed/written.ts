// The lines that a host puts into its page, for what was said in the configurator.

import { encode } from "../share/link.ts";
import { texts } from "../texts.ts";

/** What was said: the text, and attributes of the snippet that are not empty. */
export interface Wanted {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** How much room each view takes where nobody says a height, in pixels. */
const ROOM: Readonly<Record<string, number>> = { split: 240, findings: 208, editor: 0, badge: 28 };

/** The element, which holds its place from the first moment on: its script comes later than the page. */
export function element({ text, attributes }: Wanted, site: string): string {
  const { view = "split", height } = attributes;
  const room = height === undefined ? ROOM[view] : Number(height);
  const style = view === "badge" ? "display: inline-block; inline-size: 6.25rem" : `display: block${room ? `; min-block-size: ${room}px` : ""}`;
  // Between tags of `pre` a text could not stand in the middle of a line; and a script knows no escapes, so not every text can stand in one.
  const isScript = view === "badge" && !/<\/script|<!--/i.test(text);
  const [begin, end] = isScript ? [`<script type="text/plain">`, "</script>"] : view === "badge" ? ["", ""] : ["<pre>", "</pre>"];
  const content = isScript ? text : escaped(text);
  return `<script type="module" src="${site}embed.js"></script>\n\n<layerwise-playground${written(attributes)} style="${style}">${begin}\n${content}\n${end}</layerwise-playground>`;
}

/** The block that highlighters make, with what is said of it. */
export function block({ text, attributes }: Wanted, site: string): string {
  const said = Object.entries(attributes).map(([name, value]) => ` data-${name}="${escaped(value)}"`);
  return `<script type="module" src="${site}embed.js" data-upgrade></script>\n\n<pre${said.join("")}><code class="language-dockerfile">${escaped(text)}\n</code></pre>`;
}

/** The address of the frame's page. */
export async function addressOf({ text, attributes }: Wanted, site: string): Promise<string> {
  const asked = new URLSearchParams(Object.entries(attributes).filter(([name]) => name !== "height"));
  const query = asked.size > 0 ? `?${asked}` : "";
  return `${site}embed.html${query}${await encode({ dockerfile: text, dockerignore: "", target: "" })}`;
}

/** The frame; `address` is that of its page. */
export function frame({ attributes }: Wanted, address: string, site: string): string {
  const { view = "split", height } = attributes;
  const room = height ?? (view === "badge" ? "28" : "240");
  return `<iframe data-layerwise src="${escaped(address)}" sandbox="allow-scripts" loading="lazy" title="${escaped(texts.embed.frame)}" style="width: 100%; height: ${room}px; border: 0"></iframe>\n\n<!-- ${texts.embed.frameScript} -->\n<script defer src="${site}frame-size.js"></script>`;
}

function written(attributes: Readonly<Record<string, string>>): string {
  const said = Object.entries(attributes).map(([name, value]) => (value === "" ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  return said.join("");
}
