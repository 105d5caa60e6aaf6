// Workers that die or hang in the middle of something.

import type { Page } from "playwright-core";
import { bound } from "./site.ts";

/** It never answers; or its end is never told of; or the page hears of its end. */
type Fate = "hangs" | "vanishes" | "dies";

/** In the page: the first `times` messages of a kind, for a method, or with a comment in their text meet with `fate`. */
function stubWorkers(fate: Fate, meant: string, times: number): void {
  const Real = Worker;
  let left = times;
  const seen = { lost: 0, made: 0, before: 0 };
  Object.assign(globalThis, { seen });
  globalThis.Worker = class extends Real {
    /** How many messages it still has to answer before the one that it meets with its fate at; what comes behind that is never looked at. */
    #before = 0;
    #isLost = false;

    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      seen.made += 1;
      this.addEventListener("message", ({ data }: MessageEvent<{ kind: string }>) => {
        if (!["alive", "ready", "answer", "crash"].includes(data.kind)) return;
        this.#before -= 1;
        if (this.#isLost) seen.before = this.#before;
        setTimeout(() => this.#meet()); // the page hears of the answer first
      });
    }

    override postMessage(message: { kind: string; method?: string; asked?: { text?: string }[] }): void {
      if (this.#isLost) return;
      const isMeant = meant === message.kind || meant === message.method || (meant.startsWith("#") && message.asked?.[0]?.text?.includes(meant));
      if (left === 0 || !isMeant) {
        this.#before += 1;
        super.postMessage(message);
        return;
      }
      left -= 1;
      seen.lost += 1;
      seen.before = this.#before;
      this.#isLost = true;
      this.#meet();
    }

    #meet(): void {
      if (!this.#isLost || this.#before > 0 || fate === "hangs") return;
      this.terminate();
      if (fate === "dies") this.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
    }
  };
}

/** What a page runs before its own scripts, so that its workers meet with that. */
export function withWorkers(fate: Fate, meant: string, times: number): () => void {
  return bound(stubWorkers, fate, meant, times);
}

/** How many messages were lost, and how many workers made. */
export function seen(page: Page): Promise<{ lost: number; made: number }> {
  return page.evaluate(() => (globalThis as never as { seen: { lost: number; made: number } }).seen);
}

/** Waits until so many messages were lost and what came before the last is answered, and lets the time of the watchdog of that one pass. */
export async function passOver(page: Page, lost: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const { lost, before } = (globalThis as never as { seen: { lost: number; before: number } }).seen;
    return lost >= wanted && before === 0;
  }, lost);
  await page.clock.fastForward(11_000);
}
