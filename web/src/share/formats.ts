/** What a Dockerfile and its report can be taken along as. */
export const FORMATS = [
  { id: "link", title: "Copy a link", about: "It holds the text itself: nothing is uploaded" },
  { id: "markdown", title: "Copy as Markdown", about: "The Dockerfile with its findings, for an issue or a chat" },
  { id: "text", title: "Copy the Dockerfile", about: "As it is" },
  { id: "file", title: "Download the Dockerfile", about: "As it is" },
  { id: "report", title: "Download a report", about: "Markdown, for people" },
  { id: "sarif", title: "Download SARIF", about: "For code hosts and editors" },
  { id: "json", title: "Download JSON", about: "As the command line writes it" },
] as const;

export type Format = (typeof FORMATS)[number]["id"];

const NAMES: Partial<Record<Format, string>> = { report: "layerwise.md", sarif: "layerwise.sarif", json: "layerwise.json" };

/** What a downloaded file is called. */
export function nameOf(format: Format): string {
  return NAMES[format] ?? "Dockerfile";
}
