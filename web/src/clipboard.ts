/**
 * Puts a text on the clipboard, and tells whether it could: not every page that embeds this one allows it.
 *
 * Safari allows it only in the very task in which somebody presses something. So a text that has yet to be made is handed over as the promise of
 * one; when that cannot be kept, neither is this one.
 */
export async function toClipboard(text: string | Promise<string>): Promise<boolean> {
  const isThere = await put(text).then(() => true, () => false);
  await text;
  return isThere;
}

async function put(text: string | Promise<string>): Promise<void> {
  const { clipboard } = navigator;
  if (typeof text === "string") return clipboard.writeText(text);
  const content = text.then((text) => new Blob([text], { type: "text/plain" }));
  await clipboard.write([new ClipboardItem({ "text/plain": content })]);
}
