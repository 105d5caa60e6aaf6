import { keep, recall } from "./storage.ts";

/** How long after a change the text is kept. */
const DELAY = 300;

/** Forgets what is kept under a name. */
export function forgetDraft(name: string): void {
  keep(keyOf(name), null);
}

/** Keeps the text of an editor from one visit to the next, if it has a name to keep it under. */
export class Draft {
  #name: string | null;
  /** The text that needs no keeping, because it is there at every visit. */
  #first: string;
  #timer: number | undefined;
  /** Whether it was changed since it was kept. What is not may be older than what another page has kept. */
  #isDirty = false;
  #isKept = true;

  constructor(name: string | null, first: string) {
    this.#name = name;
    this.#first = first;
  }

  restored(): string | null {
    return this.#name === null ? null : recall(keyOf(this.#name));
  }

  keepSoon(text: () => string): void {
    this.#isDirty = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.keepNow(text), DELAY);
  }

  /** Tells whether the text will be there at the next visit. */
  keepNow(text: () => string): boolean {
    clearTimeout(this.#timer);
    const current = text();
    const value = current === this.#first ? null : current;
    if (this.#name === null) return value === null;
    if (this.#isDirty) this.#isKept = keep(keyOf(this.#name), value);
    this.#isDirty = !this.#isKept;
    return this.#isKept;
  }
}

function keyOf(name: string): string {
  return `draft:${name}`;
}
