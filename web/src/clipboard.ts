/** Puts a text on the clipboard, and tells whether it could: not every page that embeds this one allows it. */
export async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
