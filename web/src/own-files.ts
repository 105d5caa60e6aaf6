import { type DeviceFile, type FileHandle, isCoded, pickToOpen, pickToSave, write } from "./device.ts";
import { type FileName, type Files, SHOWN_NAMES, chosenOf, fileOf, readText, save } from "./files.ts";
import type { Editor } from "./editor.ts";
import { texts } from "./texts.ts";

/** A file of the device that is in the editor. */
interface Held {
  readonly handle: FileHandle;
  /** What was in the editor before, if that was another text: once it is there again, undone, nothing is this file's any more. */
  readonly before: string | null;
  /** When the file was last written, as far as is known here. */
  readonly modified: number;
}

/** What the element does for it. */
export interface Means {
  /** Lets the person choose files where the browser has no picker that would give handles. */
  choose(): void;
  /** Puts texts in the place of those in the editor. */
  begin(files: Partial<Files<string>>, said: string): void;
  /** Tells the person something. */
  say(text: string): void;
}

/** The person's own files: opened, and saved to where they came from. What is saved is told; what cannot be is told as well, and nothing is lost. */
export class OwnFiles {
  #editor: Editor;
  #means: Means;
  #held: Partial<Files<Held>> = {};
  /** The last save. One at a time: two that write at once would leave what neither of them meant. */
  #saving: Promise<void> = Promise.resolve();

  constructor(editor: Editor, means: Means) {
    this.#editor = editor;
    this.#means = means;
  }

  /** Lets the person choose files. */
  async choose(): Promise<void> {
    const picked = await pickToOpen();
    if (picked === undefined) this.#means.choose();
    else await this.open(picked);
  }

  async open(files: readonly DeviceFile[]): Promise<void> {
    if (files.length === 0) return;
    const folder = files.find(({ isFolder }) => isFolder);
    if (folder !== undefined) return this.#means.say(texts.errors.folder(folder.file.name));
    const chosen = chosenOf(files);
    try {
      const read = await Promise.all(chosen.map(async (one) => ({ one, name: fileOf(one.file.name), text: await readText(one.file) })));
      const before = read.map(({ name }) => this.#text(name));
      this.#means.begin(Object.fromEntries(read.map(({ name, text }) => [name, text])), texts.notice.opened(namesOf(chosen), namesOf(files.filter((one) => !chosen.includes(one)))));
      read.forEach(({ one, name, text }, index) => {
        if (one.handle === null) return;
        const earlier = before[index] === text ? null : (before[index] ?? null);
        this.#held = { ...this.#held, [name]: { handle: one.handle, before: earlier, modified: one.file.lastModified } };
      });
    } catch (error) {
      if (error instanceof Error) this.#means.say(error.message);
    }
  }

  /** Saves the file that is shown: to where it was opened from, or else to where the person says. */
  save(): Promise<void> {
    const { file } = this.#editor;
    this.#saving = this.#saving.then(() => this.#save(file));
    return this.#saving;
  }

  async #save(file: FileName): Promise<void> {
    const text = this.#text(file);
    const held = this.#held[file];
    const isHeld = held !== undefined;
    const name = isHeld ? held.handle.name : SHOWN_NAMES[file];
    try {
      if (isHeld && !(await this.#isAsItWas(held))) {
        this.forget([file]);
        return this.#means.say(texts.errors.changedElsewhere(name));
      }
      const handle = isHeld ? held.handle : await pickToSave(name);
      if (handle === undefined) save(name, text);
      else await this.#write(file, handle, text, isHeld ? held.before : null);
      this.#means.say(texts.notice.saved(handle?.name ?? name));
    } catch (error) {
      if (isCoded(error, DOMException.ABORT_ERR)) return; // the person thought better of it
      this.forget([file]);
      this.#means.say(isCoded(error, DOMException.NOT_FOUND_ERR) ? texts.errors.movedElsewhere(name) : texts.errors.notSaved(name));
    }
  }

  /** A text was changed. What was there before a file was opened is not that file's, however it goes on from there. */
  changed(file: FileName): void {
    const before = this.#held[file]?.before;
    if (typeof before === "string" && before === this.#text(file)) this.forget([file]);
  }

  /** Other texts have come from elsewhere: saving them over these files would be a mishap. */
  forget(files: readonly FileName[]): void {
    this.#held = Object.fromEntries(Object.entries(this.#held).filter(([name]) => !files.some((file) => file === name)));
  }

  async #write(file: FileName, handle: FileHandle, text: string, before: string | null): Promise<void> {
    const asked = this.#held[file];
    const modified = await write(handle, text);
    // Meanwhile another text may have come, which is not this file's.
    if (this.#held[file] === asked) this.#held = { ...this.#held, [file]: { handle, before, modified } };
  }

  async #isAsItWas({ handle, modified }: Held): Promise<boolean> {
    return (await handle.getFile()).lastModified === modified;
  }

  #text(file: FileName): string {
    return this.#editor.version[file].toString();
  }
}

function namesOf(files: readonly DeviceFile[]): readonly string[] {
  return files.map(({ file }) => file.name);
}
