/** What stands on the lines of a field, each by itself; nothing for an empty line. */
export function linesIn(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}
