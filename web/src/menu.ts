/** Closes the open menu in `place`, unless the focus goes on to something in it. */
export function closeMenu(place: Element, goingTo: EventTarget | null): void {
  const menu = place.querySelector<HTMLDetailsElement>(".menu[open]");
  if (menu === null || (goingTo instanceof Node && menu.contains(goingTo))) return;
  const focused = menu.getRootNode() instanceof ShadowRoot ? (menu.getRootNode() as ShadowRoot).activeElement : null;
  const hadFocus = menu.contains(focused);
  menu.open = false;
  // The focus would be lost with the entry that had it.
  if (hadFocus) menu.querySelector("summary")?.focus();
}
