import { type Requested, requestedOf } from "../offline/messages.ts";

/** Who asked for something: the page itself, the worker in which the checker runs, or the service worker. */
export type Asker = "page" | "checker" | "serviceWorker";

export interface Loaded extends Requested {
  readonly by: Asker;
}

/** What the security policy stopped. */
export interface Refusal {
  readonly by: Asker;
  readonly directive: string;
  readonly address: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** A WebAssembly module that runs here. */
export interface Module {
  readonly address: string;
  /** Of the bytes that were compiled; nothing where the browser computes none, because the address is not secure. */
  readonly sha256: string | null;
}

/**
 * What this page and its workers asked the network for, what was refused, and which modules run. Of these there is one for a page, however
 * many elements it has.
 */
class Witness {
  #loaded: Loaded[] = [];
  #refused: Refusal[] = [];
  #modules = new Map<string, Module>();
  #settledAt: number | null = null;
  #isWatching = false;
  /** Called when there is something new. */
  changed = () => {};

  /** Everything since the page was opened, in the order of time. */
  get loaded(): readonly Loaded[] {
    return this.#loaded;
  }

  get refused(): readonly Refusal[] {
    return this.#refused;
  }

  get modules(): readonly Module[] {
    return [...this.#modules.values()];
  }

  /** When all had arrived that the page works with, in milliseconds since 1970. */
  get settledAt(): number | null {
    return this.#settledAt;
  }

  /** Whether there is a page that shows any of this. An element in somebody else's page is not watched. */
  get isWatching(): boolean {
    return this.#isWatching;
  }

  /** Watches the page itself; what was before is seen too. */
  begin(): void {
    this.#isWatching = true;
    const observer = new PerformanceObserver((list) => {
      this.sawRequests("page", list.getEntries().map((entry) => requestedOf(entry as PerformanceResourceTiming)));
    });
    for (const type of ["navigation", "resource"]) observer.observe({ type, buffered: true });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      this.sawRefusal("page", effectiveDirective, blockedURI);
    });
  }

  settle(): void {
    this.#settledAt = Date.now();
    this.changed();
  }

  sawRequests(by: Asker, requested: readonly Requested[]): void {
    // A blob is a piece of memory, and a file one of this device; and of the page itself the browser tells twice, when it begins and when it is whole.
    const isKnown = ({ address, at }: Requested) => this.#loaded.some((one) => one.by === by && one.at === at && one.address === address);
    const real = requested.filter((one) => !/^(blob|data|file):/.test(one.address) && !isKnown(one));
    if (real.length === 0) return;
    this.#loaded = [...this.#loaded, ...real.map((one) => ({ ...one, by }))].sort((one, other) => one.at - other.at);
    this.changed();
  }

  sawRefusal(by: Asker, directive: string, address: string): void {
    this.#refused = [...this.#refused, { by, directive, address, at: Date.now() }];
    this.changed();
  }

  /** `bytes` are those that are compiled. */
  async sawModule(address: string, bytes: Promise<ArrayBuffer>): Promise<void> {
    // There is none where the address is not secure.
    const subtle = crypto.subtle as SubtleCrypto | undefined;
    const digest = await subtle?.digest("SHA-256", await bytes);
    this.#modules.set(address, { address, sha256: digest ? hexadecimal(new Uint8Array(digest)) : null });
    this.changed();
  }
}

export const witness = new Witness();

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
