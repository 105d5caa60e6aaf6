// Files of the device, as browsers give them: some give a handle with which a file can be written back.

/** A file that was chosen or dropped. */
export interface DeviceFile {
  readonly file: File;
  /** Nothing where the browser gives none. */
  readonly handle: FileHandle | null;
  readonly isFolder: boolean;
}

export type FileHandle = FileSystemFileHandle;

interface Pickers {
  showOpenFilePicker?(options: { id: string; multiple: boolean }): Promise<FileHandle[]>;
  showSaveFilePicker?(options: { id: string; suggestedName: string }): Promise<FileHandle>;
}

interface Dropped {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** By which the browser remembers the folder that was last chosen. */
const ID = "layerwise";

const pickers = globalThis as Pickers;

/** What the person chooses, which may be nothing; `undefined` where the browser offers no such picker, or forbids it, as in a frame. */
export async function pickToOpen(): Promise<readonly DeviceFile[] | undefined> {
  try {
    const handles = await pickers.showOpenFilePicker?.({ id: ID, multiple: true });
    return handles && (await Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle, isFolder: false }))));
  } catch (error) {
    return isCoded(error, DOMException.ABORT_ERR) ? [] : undefined;
  }
}

/** Where the person wants a file to be; `undefined` where the browser offers no such picker, or forbids it. Rejects when they think better of it. */
export async function pickToSave(suggestedName: string): Promise<FileHandle | undefined> {
  try {
    return await pickers.showSaveFilePicker?.({ id: ID, suggestedName });
  } catch (error) {
    if (isCoded(error, DOMException.SECURITY_ERR)) return undefined;
    throw error;
  }
}

/** Writes all of a file, or leaves it as it is. Tells when it was written, in milliseconds since 1970. */
export async function write(handle: FileHandle, text: string): Promise<number> {
  const stream = await handle.createWritable();
  try {
    await stream.write(text);
  } catch (error) {
    await stream.abort().catch(() => {});
    throw error;
  }
  await stream.close();
  return (await handle.getFile()).lastModified;
}

/** Whether an error of the browser is the one of a code, such as `DOMException.ABORT_ERR`. */
export function isCoded(error: unknown, code: number): boolean {
  return error instanceof DOMException && error.code === code;
}

export function withoutHandles(files: Iterable<File>): DeviceFile[] {
  return Array.from(files, (file) => ({ file, handle: null, isFolder: false }));
}

/** What was dropped. It must be asked for before the event is over. */
export async function droppedFiles(items: Iterable<DataTransferItem>): Promise<readonly DeviceFile[]> {
  const found = Array.from(items, (item) => {
    const file = item.getAsFile();
    const isFolder = item.webkitGetAsEntry()?.isDirectory === true;
    const handle = (item as Dropped).getAsFileSystemHandle?.().catch(() => null);
    return file === null ? null : Promise.resolve(handle).then((handle) => ({ file, handle: isFile(handle) ? handle : null, isFolder }));
  });
  return Promise.all(found.filter((one) => one !== null));
}

function isFile(handle: FileSystemHandle | null | undefined): handle is FileHandle {
  return handle?.kind === "file";
}
