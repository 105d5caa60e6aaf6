import type { Engine, Report } from "../engine.ts";
import { Session } from "../session.ts";
import embedded from "./embedded.css";
import type { Host } from "./snippet.ts";
import { readAttributes } from "../attributes.ts";
import { render } from "../render.ts";
import { small } from "../views/small.ts";
import { sheetOf } from "../sheet.ts";
import { texts } from "../texts.ts";

interface Asked {
  /** The person is done; the text is what they made of it. */
  done(text: string): void;
  /** Says whether it is light or dark. */
  readonly scheme: CSSStyleSheet;
  /** The finding that was asked about. */
  readonly key: string | undefined;
}

/** A snippet while its text is edited: the whole playground in its place, with the page's one engine. */
export class Editing {
  #session: Session;
  #root: ShadowRoot;
  #sheets: CSSStyleSheet[];
  #asked: Asked;

  constructor(host: Host, root: ShadowRoot, text: string, engine: Engine, asked: Asked) {
    this.#root = root;
    this.#asked = asked;
    this.#sheets = [...root.adoptedStyleSheets];
    // The snippet's own would speak of what the playground has under the same names. The editor measures itself as it is made.
    root.adoptedStyleSheets = [asked.scheme, sheetOf(embedded, root)];
    const read = readAttributes(host);
    // Nothing of somebody else's site is kept, and no link of it is ours.
    const attributes = { ...read, theme: read.settings.theme, draft: null, opensLinks: false, hasProof: false, texts: { ...read.texts, dockerfile: host.original ?? "" } };
    this.#session = new Session(host, root, attributes, { dockerfile: text }, engine);
    const frame = root.querySelector<HTMLElement>(".frame");
    frame?.classList.add("embedded");
    const bar = document.createElement("div");
    bar.className = "editing-bar";
    render(bar, [
      small(texts.embed.reset, () => (this.value = host.original ?? "")),
      small(texts.embed.done, () => this.leave()),
    ]);
    frame?.prepend(bar);
    root.querySelector<HTMLElement>(".cm-content")?.focus({ preventScroll: true });
    if (asked.key !== undefined) void this.#explain(asked.key);
  }

  get value(): string {
    return this.#session.texts.dockerfile;
  }

  set value(text: string) {
    this.#session.replace({ dockerfile: text });
  }

  report(): Promise<Report | null> {
    return this.#session.settled();
  }

  fixAll(): Promise<void> {
    return this.#session.fixAll();
  }

  showTheme(theme: string): void {
    this.#session.showTheme(theme);
  }

  close(): void {
    this.#session.close();
    this.#root.replaceChildren();
    this.#root.adoptedStyleSheets = this.#sheets;
  }

  /** Closes, and hands the text back. */
  leave(): void {
    const text = this.value;
    this.close();
    this.#asked.done(text);
  }

  /** Opens the explanation of a finding, once the findings are there. */
  async #explain(key: string): Promise<void> {
    await this.#session.reported();
    this.#session.explain(key);
  }
}
