// A sandboxed frame has no storage, and a full one refuses to keep more: nothing here may ever throw.

const PREFIX = "layerwise:";

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps a value, or forgets it when it is `null`. Tells whether it could. */
export function keep(name: string, value: string | null): boolean {
  try {
    // First of all the old value goes: where the new one finds no room, none is better than a stale one.
    localStorage.removeItem(PREFIX + name);
    if (value !== null) localStorage.setItem(PREFIX + name, value);
    return true;
  } catch {
    return value === null; // the page works without
  }
}
