import { keep, recall } from "./storage.ts";

/** How long after a change the text is kept. */
const DELAY = 300;

/** Forgets what is kept under a name. */
export function forgetDraft(name: string): void {
  keep(keyOf(name), null);
  keep(keyOf(name), null, "tab");
}

/**
 * Keeps the text of an editor from one visit to the next, if it has a name to keep it under. Each tab goes on with its own text for as long as it is
 * open, and a new one begins with what was last written in any.
 */
export class Draft {
  #name: string | null;
  /** The text that needs no keeping, because it is there at every visit. */
  #first: string;
  #timer: number | undefined;
  /** Whether it was changed since it was kept. What is not may be older than what another page has kept. */
  #isDirty = false;
  #isKept = true;
  #outlivesReload = true;
  #told: () => void;

  /** Each time when it was to be kept, `told` hears of it: `isKept` says whether that could be done. */
  constructor(name: string | null, first: string, told: () => void) {
    this.#name = name;
    this.#first = first;
    this.#told = told;
  }

  restored(): string | null {
    return this.#name === null ? null : (recall(keyOf(this.#name), "tab") ?? recall(keyOf(this.#name)));
  }

  /** Whether what was written here will be there at the next visit, as far as it has been tried. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** What the next visit will begin with. */
  next(): string {
    return (this.#name === null ? null : recall(keyOf(this.#name))) ?? this.#first;
  }

  /** Whether this is the name of what is kept. */
  isAt(name: string): boolean {
    return this.#name !== null && name === keyOf(this.#name);
  }

  keepSoon(text: () => string): void {
    this.#isDirty = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.keepNow(text), DELAY);
  }

  /**
   * Keeps in this tab a text that the next visit will no longer begin with. What was never written on here is nowhere else: it came from the device,
   * or was what needed no keeping while nothing took its place.
   */
  hold(text: string): void {
    if (this.#name !== null) this.#outlivesReload = keep(keyOf(this.#name), text, "tab");
  }

  /** Tells whether the text will be there when this page is loaded anew. */
  keepNow(text: () => string): boolean {
    clearTimeout(this.#timer);
    const current = text();
    const value = current === this.#first ? null : current;
    if (this.#name === null) return value === null;
    if (!this.#isDirty) return this.#outlivesReload;
    this.#isKept = keep(keyOf(this.#name), value);
    this.#outlivesReload = keep(keyOf(this.#name), value, "tab") || this.#isKept;
    this.#isDirty = !this.#isKept;
    this.#told();
    return this.#outlivesReload;
  }
}

function keyOf(name: string): string {
  return `draft:${name}`;
}
