/** Types of fields that nothing is written into. */
const CHOICES = ["button", "checkbox", "file", "radio", "reset", "submit"];

/** Whether a key goes into a text where it was pressed, be it into the editor or into a field; or chooses in a list. */
export function isWriting(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !CHOICES.includes(target.type);
  return target.isContentEditable || target.matches("textarea, select");
}

/** Whether a dialog lies above what is in these places: then all keys are its, also when nothing in it has the focus. */
export function isBehindDialog(...places: readonly (ParentNode | null | undefined)[]): boolean {
  return places.some((place) => place?.querySelector("dialog[open]"));
}
