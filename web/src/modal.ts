/** A dialog that is open as long as the state wants it, and that a person may close first. */
export class Modal {
  #dialog: HTMLDialogElement;
  #left: () => void;
  /** Whether it was opened for what the state wants. The element may be closed already, which it tells a moment later. */
  #isShown = false;

  /** `left` is called when a person has closed it. */
  constructor(dialog: HTMLDialogElement, left: () => void) {
    this.#dialog = dialog;
    this.#left = left;
    dialog.addEventListener("close", () => this.notice());
  }

  /** Tells at once that a person has closed it, if one has: the next key may be pressed before the element tells. */
  notice(): void {
    if (!this.#isShown || this.#dialog.open) return;
    this.#isShown = false;
    this.#left();
  }

  follow(isWanted: boolean): void {
    if (isWanted && !this.#isShown) this.#dialog.showModal();
    if (!isWanted && this.#dialog.open) this.#dialog.close();
    this.#isShown = isWanted;
  }
}
