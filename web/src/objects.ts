/** Whether what came from outside, out of a file, a link or what the browser kept, is an object with names. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
