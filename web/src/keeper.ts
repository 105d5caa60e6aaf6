import { FILE_NAMES, type FileName, type Files, forEachFile } from "./files.ts";
import { type Shared, decode, isLink } from "./share/link.ts";
import { Draft, forgetDraft } from "./draft.ts";
import { Earlier, areSame, forgetEarlier } from "./earlier.ts";
import { texts } from "./texts.ts";

const NOTHING: Shared = { dockerfile: "", dockerignore: "", target: "" };

/** What the address holds, or nothing where its link is damaged, and a sentence about it. */
export interface Opened {
  readonly shared: Shared;
  readonly said: string;
}

/** What becomes of drafts. */
export interface KeeperEvents {
  /** A draft was to be kept: whether it will be there at the next visit. */
  kept(isKept: boolean): void;
  /** Another page keeps another text from now on than the one that is shown here. */
  overtaken(file: FileName): void;
  /** What was written is set aside, as other texts take its place. */
  setAside(): void;
}

/**
 * Where the texts are kept: in the address, as long as they are those of its link, or else as drafts from one visit to
 * the next.
 */
export class Keeper {
  #drafts: Files<Draft>;
  #earlier: Earlier;
  #text: (file: FileName) => string;
  #told: KeeperEvents;
  #link: "none" | "opening" | "shown" = "none";
  /** What was there before the link that is shown. */
  #behindLink: Files<string> = { dockerfile: "", dockerignore: "" };
  /** What has been told to be overtaken, and was not written on since. */
  #overtaken = new Set<FileName>();

  /** `draft` is the name to keep drafts under; `first` needs no keeping, and neither does a Dockerfile that `isAtHand`. */
  constructor(
    draft: string | null,
    first: Files<string>,
    text: (file: FileName) => string,
    told: KeeperEvents,
    isAtHand: (text: string) => boolean = () => false,
  ) {
    this.#told = told;
    const isKept = () => FILE_NAMES.every((file) => this.#drafts[file].isKept);
    this.#drafts = forEachFile((file) => new Draft(draft === null ? null : nameOf(draft, file), first[file], () => told.kept(isKept())));
    this.#earlier = new Earlier(draft, (text, file) => text === first[file] || (file === "dockerfile" && isAtHand(text)));
    this.#text = text;
  }

  restored(file: FileName): string | null {
    return this.#drafts[file].restored();
  }

  /** What the next visit will begin with. */
  next(file: FileName): string {
    return this.#drafts[file].next();
  }

  /** What the person wrote before other texts took its place, unless it is what is shown. */
  get earlier(): Files<string> | null {
    const earlier = this.#earlier.files();
    return earlier === null || areSame(earlier, this.#shown) ? null : earlier;
  }

  /** Other texts are about to take the place of those that are shown. */
  replaced(): void {
    if (this.#link !== "none") return; // the draft is another, and stays it until the link's texts are edited
    this.#setAside(this.#shown);
  }

  /** Another page has changed what is kept under a name. */
  changedElsewhere(name: string): void {
    const file = FILE_NAMES.find((file) => this.#drafts[file].isAt(name));
    if (file === undefined || this.#link === "shown" || this.#overtaken.has(file) || this.next(file) === this.#text(file)) return;
    this.#overtaken.add(file);
    this.#drafts[file].hold(this.#text(file));
    this.#told.overtaken(file);
  }

  /** Reads the link in the address, if there is one. */
  async readLink(): Promise<Opened | undefined> {
    const { hash } = location;
    if (!isLink(hash)) return undefined;
    const opened = decode(hash).then((shared) => ({ shared, said: texts.notice.link }));
    return opened.catch(({ message }: Error) => ({ shared: NOTHING, said: message }));
  }

  /** What `put` makes of the texts is what the link holds, and no draft: that is what they were until now. */
  showLink(put: () => void): void {
    if (this.#link === "none") this.#behindLink = this.#shown;
    this.keepNow();
    this.#link = "opening";
    put();
    this.#link = "shown";
  }

  /** Where the address holds no link any more, as after a step back, `put` is handed what the link took the place of. */
  leaveLink(put: (files: Files<string>) => void): void {
    if (this.#link !== "shown" || isLink(location.hash)) return;
    this.#link = "opening";
    put(this.#behindLink);
    this.#link = "none";
  }

  /** A text was changed: it is another than that of the address from now on. */
  changed(file: FileName): void {
    if (this.#link === "opening") return;
    const wasShown = this.#link === "shown";
    this.#overtaken.delete(file);
    if (wasShown) history.replaceState(history.state, "", location.pathname + location.search);
    // The draft that was there until now is nowhere else.
    if (wasShown) this.#setAside(forEachFile((name) => this.next(name)));
    this.#link = "none";
    // The link's texts are the person's from now on, the other file's as well.
    for (const name of wasShown ? FILE_NAMES : [file]) this.#drafts[name].keepSoon(() => this.#text(name));
  }

  /** Keeps what is not kept yet, since the page may be gone soon. Tells whether all of it will be there when the page is loaded anew. */
  keepNow(): boolean {
    if (this.#link === "shown") return true;
    return FILE_NAMES.map((file) => this.#drafts[file].keepNow(() => this.#text(file))).every((isKept) => isKept);
  }

  get #shown(): Files<string> {
    return forEachFile(this.#text);
  }

  #setAside(files: Files<string>): void {
    this.#earlier.setAside(files);
    this.#told.setAside();
  }
}

/** Forgets the drafts that are kept under a name. */
export function forgetDrafts(draft: string): void {
  for (const file of FILE_NAMES) forgetDraft(nameOf(draft, file));
  forgetEarlier(draft);
}

function nameOf(draft: string, file: FileName): string {
  return file === "dockerfile" ? draft : `${draft}.dockerignore`;
}
