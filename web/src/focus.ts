/**
 * Draws, and sees to it that the focus is not lost when what had it is gone: it goes to what came in its place, and
 * else to the row that followed, or to the list's heading.
 */
export function keepingFocus(root: ShadowRoot, draw: () => void): void {
  const focused = root.activeElement;
  const row = focused?.closest("[data-key]") ?? null;
  const index = row === null ? -1 : rows(root).indexOf(row);
  const key = row?.getAttribute("data-key");

  draw();
  if (focused === null || root.activeElement !== null || focused.isConnected) return;

  const same = rows(root).find((candidate) => candidate.getAttribute("data-key") === key);
  const next = rows(root).at(Math.min(index, rows(root).length - 1));
  const target =
    same?.querySelector(".fix-preview .primary, .button.fix, .button.look") ??
    (index === -1 ? root.querySelector(".notice .undo") : next?.querySelector(".finding-main")) ??
    root.querySelector("#findings-title");
  if (target instanceof HTMLElement) target.focus();
}

function rows(root: ShadowRoot): Element[] {
  return [...root.querySelectorAll("[data-key]")];
}
