import type { Change, Report } from "./engine.ts";
import type { Files } from "./files.ts";
import { Session } from "./session.ts";
import type { Study } from "./study.ts";
import { readAttributes } from "./attributes.ts";

declare global {
  interface HTMLElementTagNameMap {
    "layerwise-playground": Playground;
  }
}

/**
 * The playground: an editor, the score of what is in it, and what holds it back.
 *
 * Attributes: see `readAttributes`. Events: see `PlaygroundEvents`.
 */
export class Playground extends HTMLElement {
  static readonly observedAttributes = ["theme"];

  #root = this.attachShadow({ mode: "open" });
  #session: Session | undefined;
  /** What was in the editor when the element was last taken out of a page, or what was set before it came into one. */
  #left: Partial<Files<string>> = {};

  connectedCallback(): void {
    const attributes = readAttributes(this);
    this.setAttribute("theme", attributes.theme);
    this.#session = new Session(this, this.#root, attributes, this.#left);
  }

  disconnectedCallback(): void {
    this.#left = this.#session?.texts ?? {};
    this.#session?.close();
    this.#session = undefined;
    this.#root.replaceChildren();
  }

  attributeChangedCallback(_name: "theme", before: string | null, after: string | null): void {
    if (before !== after) this.#session?.showTheme(after);
  }

  /** The Dockerfile in the editor. Setting it can be undone. */
  get value(): string {
    return this.#texts.dockerfile;
  }

  set value(text: string) {
    this.#put({ dockerfile: text });
  }

  /** The `.dockerignore` in the editor; an empty text for none. Setting it can be undone. */
  get dockerignore(): string {
    return this.#texts.dockerignore;
  }

  set dockerignore(text: string) {
    this.#put({ dockerignore: text });
  }

  /** Puts the caret into the editor. */
  override focus(): void {
    this.#session?.focus();
  }

  /** The report of the texts as they are now, once the engine has given it; `null` when it could not. */
  async report(): Promise<Report | null> {
    return (await this.#session?.settled()) ?? null;
  }

  /**
   * What the engine says of the texts as they are now, of their build, and of the build after each of some changes; `null` when it could not, or
   * when they are others by now. Then another `layerwise-report` follows.
   */
  async study(changes: readonly Change[] = []): Promise<Study | null> {
    return (await this.#session?.study(changes)) ?? null;
  }

  /** Asks anew for what could not be had. A `layerwise-report` follows, or a `layerwise-unread`. */
  retry(): void {
    void this.#session?.retry();
  }

  /** Keeps the texts for the next visit now. Tells whether they will be there: not where the browser has no room for them, or keeps nothing. */
  keep(): boolean {
    return this.#session?.keep() ?? true;
  }

  get #texts(): Files<string> {
    return this.#session?.texts ?? { ...readAttributes(this).texts, ...this.#left };
  }

  #put(texts: Partial<Files<string>>): void {
    if (this.#session === undefined) this.#left = { ...this.#left, ...texts };
    else this.#session.replace(texts);
  }
}
