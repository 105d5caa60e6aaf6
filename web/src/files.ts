import { type DeviceFile, droppedFiles } from "./device.ts";
import { texts } from "./texts.ts";

/** The two files of a build that the playground knows. */
export type FileName = "dockerfile" | "dockerignore";

export type Files<Value> = Readonly<Record<FileName, Value>>;

export const FILE_NAMES: readonly FileName[] = ["dockerfile", "dockerignore"];

/** As a person knows them. */
export const SHOWN_NAMES: Files<string> = { dockerfile: "Dockerfile", dockerignore: ".dockerignore" };

/** Something for each of the two. */
export function forEachFile<Value>(of: (file: FileName) => Value): Files<Value> {
  return { dockerfile: of("dockerfile"), dockerignore: of("dockerignore") };
}

/** Which of the two a file of this name is: `app.Dockerfile.dockerignore` is one beside a Dockerfile of another name. */
export function fileOf(name: string): FileName {
  return name.toLowerCase().endsWith(".dockerignore") ? "dockerignore" : "dockerfile";
}

/** Of several files the one of each kind that is opened: the first, but of those for the Dockerfile the first that is called one. */
export function chosenOf<One extends { readonly file: { readonly name: string } }>(files: readonly One[]): readonly One[] {
  return FILE_NAMES.flatMap((kind) => {
    const all = files.filter(({ file }) => fileOf(file.name) === kind);
    return (kind === "dockerfile" && all.find(({ file }) => /dockerfile|containerfile/i.test(file.name))) || (all[0] ?? []);
  });
}

/** How many patterns a `.dockerignore` holds. */
export function patternsIn(text: string): number {
  return text.split("\n").filter((line) => !line.startsWith("#") && line.trim() !== "").length;
}

/** In bytes, or UTF-16 units. No Dockerfile is larger; a browser should not be asked to show one that is. */
export const LARGEST = 5 * 1024 * 1024;

/** Rejects with a sentence for people. What is no UTF-8 is not opened: it could not be saved as it was. */
export async function readText(file: File): Promise<string> {
  if (file.size > LARGEST) throw new Error(texts.errors.largeFile(file.name));
  const bytes = await file.arrayBuffer().catch(() => {
    throw new Error(texts.errors.unreadableFile(file.name));
  });
  return textIn(new Uint8Array(bytes), file.name);
}

/** The text in the bytes of a file. Throws a sentence for people. */
export function textIn(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw new Error(texts.errors.otherEncoding(name, "UTF-16"));
  if (bytes.includes(0)) throw new Error(texts.errors.noText(name));
  try {
    // A byte order mark is part of the text: the engine knows it.
    return new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
  } catch {
    throw new Error(texts.errors.otherEncoding(name, null));
  }
}

/** Lets files be dropped on `place`, which has the class `dropping` while one is held over it. */
export function acceptDrops(place: Element, open: (files: Promise<readonly DeviceFile[]>) => void, signal: AbortSignal): void {
  const listen = (type: "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) => {
    const onlyFiles = (event: Event) => {
      if (!(event instanceof DragEvent) || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.stopPropagation();
      act(event);
    };
    // The editor has an answer of its own to a dropped file, so this one comes first.
    place.addEventListener(type, onlyFiles, { signal, capture: true });
  };
  listen("dragover", () => place.classList.add("dropping"));
  listen("dragleave", () => place.classList.remove("dropping"));
  listen("drop", (event) => {
    place.classList.remove("dropping");
    open(droppedFiles(event.dataTransfer?.items ?? []));
  });
}

/** Offers a text as a file to keep. Of another type it would be given an ending: `Dockerfile.txt`. */
export function save(name: string, text: string, type = "application/octet-stream"): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // not before the browser has taken it
}
