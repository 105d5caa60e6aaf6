import type { Report } from "./engine.ts";
import { Session } from "./session.ts";
import { readAttributes } from "./attributes.ts";

declare global {
  interface HTMLElementTagNameMap {
    "layerwise-playground": Playground;
  }
}

/**
 * The playground: an editor, the score of what is in it, and what holds it back.
 *
 * Attributes: see `readAttributes`. Events: see `Told`.
 */
export class Playground extends HTMLElement {
  static readonly observedAttributes = ["theme"];

  #root = this.attachShadow({ mode: "open" });
  #session: Session | undefined;
  /** What was in the editor when the element was last taken out of a page. */
  #left: string | undefined;

  connectedCallback(): void {
    const attributes = readAttributes(this);
    this.setAttribute("theme", attributes.theme);
    this.#session = new Session(this, this.#root, attributes, this.#left);
  }

  disconnectedCallback(): void {
    this.#left = this.#session?.text;
    this.#session?.close();
    this.#session = undefined;
    this.#root.replaceChildren();
  }

  attributeChangedCallback(_name: "theme", before: string | null, after: string | null): void {
    if (before !== after) this.#session?.showTheme(after);
  }

  /** The text in the editor. Setting it can be undone. */
  get value(): string {
    return this.#session?.text ?? this.#left ?? readAttributes(this).text;
  }

  set value(text: string) {
    if (this.#session === undefined) this.#left = text;
    else this.#session.replace(text);
  }

  /** The report of the text as it is now, once the engine has given it; `null` when it could not. */
  async report(): Promise<Report | null> {
    return (await this.#session?.settled()) ?? null;
  }
}
