import { type Asked, type Command, about, commands, keyed } from "./table.ts";
import { type Item, itemsAround } from "../items.ts";
import type { Overlay, State, Store } from "../state.ts";
import type { Checker } from "../checker.ts";
import type { Editor } from "../editor.ts";
import type { Shell } from "../shell.ts";
import { Modal } from "../modal.ts";
import { fixMenu } from "../views/fix-menu.ts";
import { found } from "./found.ts";
import { isPressed } from "./shortcut.ts";
import { isWriting } from "../writing.ts";
import { load } from "../load.ts";
import { palette } from "../views/palette.ts";
import { render } from "../render.ts";
import { shortcuts } from "../views/shortcuts.ts";
import { texts } from "../texts.ts";

/** What lies above the page: the palette, the menu at the caret, the list of shortcuts; and the keys of all commands. */
export class Overlays {
  #root: ShadowRoot;
  #shell: Shell;
  #editor: Editor;
  #checker: Checker;
  #store: Store;
  #say: (text: string) => void;
  #modal: Modal;
  /** What had the focus before the menu did. Browsers do not give it back into an editor that can be edited. */
  #origin: Element | null = null;
  /** Whether the menu is about to be closed: browsers warn of who closes it in the midst of that. */
  #isClosing = false;

  constructor(root: ShadowRoot, shell: Shell, editor: Editor, checker: Checker, store: Store, say: (text: string) => void) {
    this.#root = root;
    this.#shell = shell;
    this.#editor = editor;
    this.#checker = checker;
    this.#store = store;
    this.#say = say;
    const { dialog, popup } = shell;
    this.#modal = new Modal(dialog, () => this.#left("palette", "shortcuts"));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) this.leave(); // beside what is in it
    });
    // Before it closes: the event after it comes when the next key may have been pressed, or the page been drawn with it open, already.
    popup.addEventListener("beforetoggle", (event) => {
      if (!(event instanceof ToggleEvent) || event.newState !== "closed") return;
      this.#isClosing = true;
      this.#left("fixes");
      this.#giveBack();
    });
    popup.addEventListener("toggle", () => (this.#isClosing = false));
  }

  openPalette(): void {
    this.#modal.notice();
    if (this.#store.state.overlay?.kind === "palette") return this.leave();
    void load(this.#store, "rules"); // they tell what a code is that this file does not have
    // Who is elsewhere does not think of the caret.
    const here = this.#shell.editor.contains(this.#root.activeElement) || this.#row !== null ? this.#here : [];
    this.#store.set({ overlay: { kind: "palette", here: here.map(({ key }) => key), query: "", chosen: 0 } });
  }

  search(query: string): void {
    const { overlay } = this.#store.state;
    if (overlay?.kind === "palette") this.#store.set({ overlay: { ...overlay, query, chosen: 0 } });
  }

  choose(chosen: number): void {
    const { overlay } = this.#store.state;
    if (overlay?.kind === "palette") this.#store.set({ overlay: { ...overlay, chosen } });
  }

  openShortcuts(): void {
    this.#store.set({ overlay: { kind: "shortcuts" } });
  }

  openFixes(): void {
    this.#editor.closeHover();
    const here = this.#here;
    if (here.length === 0) this.#say(texts.fixMenu.nothing);
    else this.#store.set({ overlay: { kind: "fixes", here: here.map(({ key }) => key) } });
  }

  /** Closes what is open. The focus goes back to where it was. */
  leave(): void {
    this.#store.set({ overlay: null });
    this.#follow(null);
  }

  /** What a press of keys asks for, if it is the shortcut of a command. */
  askedBy(event: KeyboardEvent): readonly Asked[] | undefined {
    this.#modal.notice();
    const { state } = this.#store;
    const isTyping = isWriting(event);
    const fits = ({ keys = [], isOutside, isEditors, can }: Command) =>
      can !== false && !(isOutside && isTyping) && !(isEditors && (event.defaultPrevented || isTyping)) && keys.some((shortcut) => isPressed(shortcut, event));
    if (event.isComposing || (state.overlay !== null && !isPressed("Mod-k", event))) return undefined;
    return keyed(state).find(fits)?.asks;
  }

  draw(state: State): void {
    const { overlay } = state;
    const { dialog, popup } = this.#shell;
    dialog.setAttribute("aria-label", overlay?.kind === "shortcuts" ? texts.shortcuts.title : texts.palette.title);
    if (overlay?.kind === "palette") {
      const all = commands(state, this.#items(overlay.here));
      render(dialog, palette(overlay, found(all, overlay.query), state));
    } else if (overlay?.kind === "shortcuts") {
      render(dialog, shortcuts(keyed(state)));
    } else {
      render(dialog, []);
    }
    const items = overlay?.kind === "fixes" ? this.#items(overlay.here) : [];
    render(popup, fixMenu(items, (item) => about(item, state)));
    popup.setAttribute("aria-label", texts.fixMenu.title);
    if (overlay?.kind === "fixes" && items.length === 0) return this.leave(); // the text is another by now
    this.#follow(overlay);
    dialog.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  /** Opens and closes the elements as the state has it. */
  #follow(overlay: Overlay | null): void {
    const { popup } = this.#shell;
    this.#modal.follow(overlay?.kind === "palette" || overlay?.kind === "shortcuts");
    const isPopup = overlay?.kind === "fixes";
    if (isPopup && !popup.matches(":popover-open")) this.#showPopup();
    if (!isPopup && popup.matches(":popover-open") && !this.#isClosing) popup.hidePopover();
  }

  /** Gives the focus back to what had it before the menu, if it is lost with that. */
  #giveBack(): void {
    const { activeElement } = this.#root;
    const isLost = activeElement === null || this.#shell.popup.contains(activeElement);
    if (isLost && this.#origin instanceof HTMLElement) this.#origin.focus({ preventScroll: true });
    this.#origin = null;
  }

  #showPopup(): void {
    const { popup } = this.#shell;
    const at = this.#anchor();
    this.#origin = this.#root.activeElement;
    this.#isClosing = false;
    popup.showPopover();
    const { width, height } = popup.getBoundingClientRect();
    const below = at.bottom + height <= innerHeight ? at.bottom : Math.max(0, at.top - height);
    popup.style.setProperty("--x", `${Math.max(0, Math.min(at.left, innerWidth - width))}px`);
    popup.style.setProperty("--y", `${Math.max(0, Math.min(below, innerHeight - height))}px`);
    popup.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }

  /** Where the menu belongs: at the row that has the focus, or else at the caret. */
  #anchor(): { left: number; top: number; bottom: number } {
    const row = this.#row;
    return row?.getBoundingClientRect() ?? this.#editor.caretPlace ?? this.#shell.editor.getBoundingClientRect();
  }

  #left(...kinds: Overlay["kind"][]): void {
    const { overlay } = this.#store.state;
    if (overlay !== null && kinds.includes(overlay.kind)) this.#store.set({ overlay: null });
  }

  /** The findings that a person means: that of the row with the focus, or else those at the caret. */
  get #here(): readonly Item[] {
    const key = this.#row?.getAttribute("data-key");
    if (key) return this.#items([key]);
    if (!this.#checker.isCurrent || this.#editor.file !== "dockerfile") return [];
    return itemsAround(this.#checker.shown, this.#editor.caret, this.#editor.caretLine);
  }

  get #row(): Element | null {
    return this.#root.activeElement?.closest("[data-key]") ?? null;
  }

  #items(keys: readonly string[]): readonly Item[] {
    return keys.flatMap((key) => this.#checker.item(key) ?? []);
  }
}
