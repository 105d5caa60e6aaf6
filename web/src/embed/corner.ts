/** Room around the corner, in pixels. */
const GAP = 6;

/**
 * Puts what lies above the code beside the first lines that leave it room. Where none do, the code can be scrolled until nothing of it lies beneath:
 * otherwise nobody could read the end of a line that is as long as the place is wide.
 */
export function settleCorner(box: HTMLElement): void {
  const [code, corner] = [".code", ".corner"].map((name) => box.querySelector<HTMLElement>(name));
  if (code === null || code === undefined || corner === null || corner === undefined) return;
  const { left, width, height } = corner.getBoundingClientRect();
  const area = code.getBoundingClientRect();
  const text = document.createRange();
  text.selectNodeContents(code);
  let top = GAP;
  for (const line of text.getClientRects()) {
    const [above, below] = [line.top, line.bottom].map((place) => place - area.top + code.scrollTop) as [number, number];
    if (line.right + code.scrollLeft > left - GAP && above < top + height && below > top) top = below;
  }
  const fits = top + height <= area.height;
  corner.style.insetBlockStart = `${fits ? top : GAP}px`;
  code.style.paddingInlineEnd = fits ? "" : `${width + 3 * GAP}px`;
}
