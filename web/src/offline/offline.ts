import type { About, Requested, ToServiceWorker } from "./messages.ts";
import { inOneFile } from "../site.ts";
import { registerServiceWorker } from "../trusted.ts";

/** How long a visit waits for what is said of a newer version, in milliseconds. */
const PATIENCE = 5000;

/** Whether the page opens without a network. */
export type Kept =
  | { readonly state: "preparing" }
  | { readonly state: "kept"; readonly files: number }
  /** It is one file, which needs nothing else. */
  | { readonly state: "whole" }
  /** The browser offers no such thing, or its settings forbid it: the address is not secure, say, or the window is a private one. */
  | { readonly state: "forbidden" }
  /** A file could not be fetched, or is not the one that the build made. */
  | { readonly state: "failed" };

/**
 * The page's side of its service worker. Only a page asks for one, and never the element in a page of somebody else.
 *
 * It never reloads the page unasked. What is new is told in `isOld`, once all of the new version is on the device.
 */
export class Offline {
  #build: string;
  #changed: () => void;
  #registration: ServiceWorkerRegistration | undefined;
  #kept: Kept = { state: "preparing" };
  #isOld = false;

  /** `build` is the name of the build that the page is of. */
  constructor(build: string, changed: () => void) {
    this.#build = build;
    this.#changed = changed;
  }

  get kept(): Kept {
    return this.#kept;
  }

  /** Whether there is a newer version than the page's. */
  get isOld(): boolean {
    return this.#isOld;
  }

  /** Resolves once it is known whether the site is kept, and all of a newer version is there, if there is one. */
  async begin(): Promise<void> {
    const isFirst = (await workers()?.getRegistration().catch(() => undefined)) === undefined;
    this.#kept = await this.#keep();
    this.#changed();
    if (!isFirst) await this.#update();
  }

  /** What the service workers have asked the network for. */
  async requested(): Promise<readonly Requested[]> {
    const { active, waiting } = this.#registration ?? {};
    const told = await Promise.all([active, waiting].map((worker) => worker && ask(worker)));
    return told.flatMap((about) => about?.requested ?? []);
  }

  /** Goes to the newest version. */
  async reload(): Promise<void> {
    const waiting = this.#registration?.waiting;
    if (waiting) {
      const isDone = activation(waiting);
      tell(waiting, "take over");
      await isDone;
    }
    location.reload();
  }

  async #keep(): Promise<Kept> {
    if (inOneFile) return { state: "whole" };
    const container = workers();
    const registration = await Promise.resolve(container && registerServiceWorker(container)).catch(() => undefined);
    if (container === undefined || registration === undefined) return { state: "forbidden" };
    this.#registration = registration;
    registration.addEventListener("updatefound", () => void this.#look(registration.installing));
    // Another page of the site took the new version.
    container.addEventListener("controllerchange", () => void this.#compare(container.controller));
    void this.#look(registration.installing ?? registration.waiting);
    const first = registration.active ?? registration.waiting ?? registration.installing;
    if (first === null || !(await activation(first))) return { state: "failed" };
    return { state: "kept", files: (await ask(first)).files };
  }

  /** Browsers ask after a newer version when they find the time; here it is one of the requests with which a visit begins. */
  async #update(): Promise<void> {
    const looked = async () => {
      await this.#registration?.update().catch(() => {}); // there may be no network
      const { installing } = this.#registration ?? {};
      if (installing) await installation(installing);
    };
    // Some browsers put it off for as long as they like.
    await Promise.race([looked(), new Promise((late) => setTimeout(late, PATIENCE))]);
  }

  /** Looks at a version that comes, once all of it is there. */
  async #look(worker: ServiceWorker | null): Promise<void> {
    if (worker === null || this.#registration?.active === null) return; // the first one is nothing new
    if (await installation(worker)) await this.#compare(worker);
  }

  async #compare(worker: ServiceWorker | null): Promise<void> {
    if (worker === null) return;
    const { build } = await ask(worker);
    const isOwn = build === this.#build;
    if (isOwn && worker.state === "installed") tell(worker, "take over if nobody minds");
    if (this.#isOld === !isOwn) return;
    this.#isOld = !isOwn;
    this.#changed();
  }
}

/** A frame that is shut in may not even ask. */
function workers(): ServiceWorkerContainer | undefined {
  try {
    return navigator.serviceWorker as ServiceWorkerContainer | undefined;
  } catch {
    return undefined;
  }
}

function tell(worker: ServiceWorker, message: ToServiceWorker): void {
  worker.postMessage(message);
}

function ask(worker: ServiceWorker): Promise<About> {
  const { port1, port2 } = new MessageChannel();
  const question: ToServiceWorker = "about";
  return new Promise((answered) => {
    port1.onmessage = ({ data }: MessageEvent<About>) => {
      port1.close();
      answered(data);
    };
    worker.postMessage(question, [port2]);
  });
}

/** Resolves once a worker has all of its files, or with `false` when it never will. */
function installation(worker: ServiceWorker): Promise<boolean> {
  return reached(worker, ["installed", "activating", "activated"]);
}

/** Resolves once a worker is in charge, or with `false` when it never will be. */
function activation(worker: ServiceWorker): Promise<boolean> {
  return reached(worker, ["activated"]);
}

function reached(worker: ServiceWorker, states: readonly ServiceWorkerState[]): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (states.includes(worker.state)) resolve(true);
      else if (worker.state === "redundant") resolve(false);
      else return;
      worker.removeEventListener("statechange", look);
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
