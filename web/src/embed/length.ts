/** A number is one of pixels. */
export function lengthOf(height: string | null): string {
  return height === null || /\D$/.test(height) ? (height ?? "") : `${height}px`;
}
