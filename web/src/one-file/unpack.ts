// What the edition in one file brings along, packed as text in elements that no browser runs.

/** Returns an address from which the content of a file can be fetched. Its fragment is the file's name. */
export async function unpacked(name: string): Promise<string> {
  const element = document.querySelector(`script[data-file="${name}"]`);
  if (!(element instanceof HTMLScriptElement)) throw new Error(`no ${name} in this file`);
  const bytes = Uint8Array.from(atob(element.text), (letter) => letter.charCodeAt(0));
  element.remove(); // its text is as long as all else in the page
  const content = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const headers = { "content-type": element.dataset["type"] ?? "" };
  return `${URL.createObjectURL(await new Response(content, { headers }).blob())}#${name}`;
}
