/** No Dockerfile is larger; a browser should not be asked to show one that is. */
const LARGEST = 16 * 1024 * 1024;

/** Rejects with a sentence for people. */
export async function readText(file: File): Promise<string> {
  if (file.size > LARGEST) throw new Error(`${file.name} is larger than 16 MB; no Dockerfile is.`);
  try {
    // A byte order mark is part of the text: the engine knows it.
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} could not be read.`);
  }
}

/** Lets files be dropped on `place`, which has the class `dropping` while one is held over it. */
export function acceptDrops(place: Element, open: (file: File) => void, signal: AbortSignal): void {
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
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) open(file);
  });
}
