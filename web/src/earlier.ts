import { FILE_NAMES, type FileName, type Files } from "./files.ts";
import { keep, recall } from "./storage.ts";

/** What a person wrote before other texts took its place: the last of it, from one visit to the next, if there is a name to keep it under. */
export class Earlier {
  #name: string | null;
  /** Whether a file's text is one that is there anyway, as an example is. */
  #isAtHand: (text: string, file: FileName) => boolean;

  constructor(name: string | null, isAtHand: (text: string, file: FileName) => boolean) {
    this.#name = name;
    this.#isAtHand = isAtHand;
  }

  /** Keeps texts that another is about to take the place of. */
  setAside(files: Files<string>): void {
    const isOwn = FILE_NAMES.some((file) => files[file].trim() !== "" && !this.#isAtHand(files[file], file));
    if (this.#name !== null && isOwn) keep(keyOf(this.#name), JSON.stringify(files));
  }

  files(): Files<string> | null {
    const kept = this.#name === null ? null : recall(keyOf(this.#name));
    return kept === null ? null : parsed(kept);
  }
}

/** Forgets what is kept under a name. */
export function forgetEarlier(name: string): void {
  keep(keyOf(name), null);
}

/** Anything may stand in the storage. */
function parsed(kept: string): Files<string> | null {
  try {
    const { dockerfile, dockerignore } = JSON.parse(kept) as Partial<Record<string, unknown>>;
    const isWhole = typeof dockerfile === "string" && typeof dockerignore === "string";
    return isWhole ? { dockerfile, dockerignore } : null;
  } catch {
    return null;
  }
}

/** The line by which a person knows texts again: the first image, or else what they begin with. */
export function gist({ dockerfile, dockerignore }: Files<string>): string {
  const lines = `${dockerfile}\n${dockerignore}`.split("\n").map((line) => line.trim());
  const line = lines.find((line) => /^from\s/i.test(line)) ?? lines.find((line) => line !== "") ?? "";
  return line.length > 60 ? `${line.slice(0, 59)}\u2026` : line;
}

/** Whether two pairs of files hold the same. */
export function areSame(one: Files<string>, other: Files<string>): boolean {
  return FILE_NAMES.every((file) => one[file] === other[file]);
}

function keyOf(name: string): string {
  return `earlier:${name}`;
}
