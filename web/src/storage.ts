// A sandboxed frame has no storage, and a full one refuses to keep more: nothing here may ever throw.

const PREFIX = "layerwise:";

/** What keeps a value: the device for all pages of the site, or the tab for as long as it is open, through reloads. */
export type Place = "device" | "tab";

export function recall(name: string, place: Place = "device"): string | null {
  try {
    return storageOf(place).getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps a value, or forgets it when it is `null`. Tells whether it could. */
export function keep(name: string, value: string | null, place: Place = "device"): boolean {
  try {
    if (value === null) storageOf(place).removeItem(PREFIX + name);
    else storageOf(place).setItem(PREFIX + name, value);
    return true;
  } catch {
    // Where the new value finds no room, none is better than a stale one.
    if (value !== null) keep(name, null, place);
    return value === null; // the page works without
  }
}

/** Tells of values that another page of the site has changed. */
export function watch(tell: (name: string) => void, signal?: AbortSignal): void {
  const heard = ({ key }: StorageEvent) => {
    if (key?.startsWith(PREFIX)) tell(key.slice(PREFIX.length));
  };
  addEventListener("storage", heard, signal && { signal });
}

function storageOf(place: Place): Storage {
  return place === "device" ? localStorage : sessionStorage;
}
