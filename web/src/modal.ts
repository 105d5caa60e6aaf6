/** A dialog that is open as long as the state wants it, and that a person may close first. */
export class Modal {
  #dialog: HTMLDialogElement;
  /** Whether it was opened for what the state wants. The element may be closed already, which it tells a moment later. */
  #isShown = false;

  /** `left` is called when a person has closed it. */
  constructor(dialog: HTMLDialogElement, left: () => void) {
    this.#dialog = dialog;
    dialog.addEventListener("close", () => {
      if (dialog.open) return; // it was opened again meanwhile
      this.#isShown = false;
      left();
    });
  }

  follow(isWanted: boolean): void {
    if (isWanted && !this.#isShown) this.#dialog.showModal();
    if (!isWanted && this.#dialog.open) this.#dialog.close();
    this.#isShown = isWanted;
  }
}
