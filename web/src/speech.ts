import type { Report } from "./engine.ts";
import { announcement } from "./announce.ts";
import { plain } from "./words.ts";

/** How long the person must pause before a new result is read out. */
const QUIET = 700;

/** Tells a screen reader what changed, and remembers what it last told. */
export class Speech {
  #place: Element;
  #timer: number | undefined;
  #total: number | undefined;
  /** What was done and is not said yet: it comes with what came of it. */
  #done = "";

  constructor(place: Element) {
    this.#place = place;
  }

  /** By how much the score differs from the one that was last told. */
  changeOf({ score }: Report): number {
    return !score || this.#total === undefined ? 0 : score.total - this.#total;
  }

  /** Another file is there now, with which the last score has nothing to do. */
  forget(): void {
    this.#total = undefined;
  }

  /** Says this with the next result. */
  did(sentence: string): void {
    this.#done = sentence;
  }

  /** `isBlank`: a beginning, whatever the report says of it. */
  tell(report: Report, isBlank: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#put(announcement(isBlank ? null : report, this.#total, this.#done));
      this.#total = report.score?.total;
      this.#done = "";
    }, QUIET);
  }

  /** Says something at once, in the place of what was still to be told. */
  say(sentence: string): void {
    this.stop();
    this.#put(sentence);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#done = "";
  }

  /** The marks of code in a sentence would be read out as well. */
  #put(sentence: string): void {
    this.#place.textContent = plain(sentence);
  }
}
