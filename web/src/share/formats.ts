/** What a Dockerfile and its report can be taken along as. */
export const FORMATS = ["link", "markdown", "text", "file", "report", "sarif", "json"] as const;

export type Format = (typeof FORMATS)[number];

const NAMES: Partial<Record<Format, string>> = { report: "layerwise.md", sarif: "layerwise.sarif", json: "layerwise.json" };

/** What a downloaded file is called. */
export function nameOf(format: Format): string {
  return NAMES[format] ?? "Dockerfile";
}
