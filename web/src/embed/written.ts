// The lines that a host puts into its page, for what was said in the configurator.

import { encode } from "../share/link.ts";
import { texts } from "../texts.ts";

/** What was said: the text, and attributes of the snippet that are not empty. */
export interface Wanted {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** In pixels, as `facade.css` has them: what findings take, and a line of code; a bar to scroll long lines with, and the room above and below. */
const [PANEL, LINE, AROUND] = [208, 23.1, 40];
/** Code that is longer is scrolled. */
const HIGHEST = 480;

/**
 * With a height where findings are shown: nobody could hold the place of what is as high as its text in a wide page, and as high as its text and its
 * findings in a narrow one.
 */
export function withHeight({ text, attributes }: Wanted): Wanted {
  const { view = "split", height } = attributes;
  if (height !== undefined || view === "editor" || view === "badge") return { text, attributes };
  const room = view === "findings" ? PANEL : Math.min(PANEL + heightOf(text), HIGHEST);
  return { text, attributes: { ...attributes, height: String(room) } };
}

function heightOf(text: string): number {
  return Math.ceil(text.split("\n").length * LINE) + AROUND;
}

/** The element, which holds its place from the first moment on: its script comes later than the page. */
export function element({ text, attributes }: Wanted, site: string): string {
  const { view, height } = attributes;
  const style = view === "badge" ? "display: inline-block; inline-size: 6.25rem" : `display: block${height ? `; min-block-size: ${height}px` : ""}`;
  // Between tags of `pre` a text could not stand in the middle of a line; and a script knows no escapes, so not every text can stand in one.
  const isScript = view === "badge" && !/<\/script|<!--/i.test(text);
  const [begin, end] = isScript ? [`<script type="text/plain">`, "</script>"] : view === "badge" ? ["", ""] : [height ? `<pre style="box-sizing: border-box; max-block-size: ${height}px; margin: 0; overflow: auto">` : "<pre>", "</pre>"];
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
  const asked = new URLSearchParams(Object.entries(attributes));
  const query = asked.size > 0 ? `?${asked}` : "";
  return `${site}embed.html${query}${await encode({ dockerfile: text, dockerignore: "", target: "" })}`;
}

/** The frame; `address` is that of its page. */
export function frame(wanted: Wanted, address: string, site: string): string {
  return `<iframe data-layerwise src="${escaped(address)}" sandbox="allow-scripts" loading="lazy" title="${escaped(texts.embed.frame)}" style="width: 100%; height: ${roomOf(wanted)}px; border: 0"></iframe>\n\n<!-- ${texts.embed.frameScript} -->\n<script defer src="${site}frame-size.js"></script>`;
}

/** How high the frame is, in pixels. */
export function roomOf({ text, attributes: { view, height } }: Wanted): string {
  return height ?? String(view === "badge" ? 28 : heightOf(text));
}

function written(attributes: Readonly<Record<string, string>>): string {
  const said = Object.entries(attributes).map(([name, value]) => (value === "" ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  return said.join("");
}
