// A shortcut is written as its keys with `-` between them: `Mod-k`. `Mod` is Command on a Mac, and Control elsewhere.

import { texts } from "../texts.ts";

export type Shortcut = string;

interface Keys {
  readonly key: string;
  readonly isMod: boolean;
  readonly isShift: boolean;
  readonly isAlt: boolean;
}

/** Whether this is a Mac, or something else with a Command key. */
function isMac(platform = navigator.platform): boolean {
  return /Mac|iP(hone|ad|od)/.test(platform);
}

function keysOf(shortcut: Shortcut): Keys {
  const parts = shortcut.split("-");
  const has = (name: string) => parts.includes(name);
  return { key: parts.at(-1) ?? "", isMod: has("Mod"), isShift: has("Shift"), isAlt: has("Alt") };
}

/** Whether these keys were pressed. */
export function isPressed(shortcut: Shortcut, event: KeyboardEvent, mac = isMac()): boolean {
  const { key, isMod, isShift, isAlt } = keysOf(shortcut);
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  // Where a sign needs Shift is up to the keyboard.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  if (mod !== isMod || other || event.altKey !== isAlt || (!isSign && event.shiftKey !== isShift)) return false;
  return key.toLowerCase() === latin(event).toLowerCase();
}

/** The key that was pressed. A keyboard for another alphabet has Latin letters in the same places. */
function latin({ key, code }: KeyboardEvent): string {
  const isOther = !/^[\x20-\x7e]+$/.test(key);
  return (isOther && /^Key([A-Z])$/.exec(code)?.[1]) || key;
}

const MAC: Readonly<Record<string, string>> = { Mod: "\u2318", Shift: "\u21e7", Alt: "\u2325", Ctrl: "\u2303" };

/** The keys as people know them: `Ctrl`, `K`; on a Mac `⌘`, `K`. */
export function namesOf(shortcut: Shortcut, mac = isMac()): readonly string[] {
  const names = texts.shortcuts.keys;
  return shortcut.split("-").map((part) => {
    const known = mac ? MAC[part] : names[part === "Mod" ? "Control" : part];
    return known ?? names[part] ?? part.toUpperCase();
  });
}

/** As `aria-keyshortcuts` has it. */
export function ariaOf(shortcut: Shortcut, mac = isMac()): string {
  return shortcut.replace("Mod", mac ? "Meta" : "Control").replaceAll("-", "+");
}
