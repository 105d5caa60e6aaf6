import { type Attributes, themeOf } from "./attributes.ts";
import { type Item, itemAt } from "./items.ts";
import { type Fetched, PAGE, Store, initial, toggled } from "./state.ts";
import { type Requests, answer } from "./events.ts";
import { type Shell, build } from "./shell.ts";
import { acceptDrops, readText } from "./files.ts";
import { status, summary } from "./views/status.ts";
import { Checker } from "./checker.ts";
import { Draft } from "./draft.ts";
import { Editor } from "./editor.ts";
import { Fixes } from "./fixes.ts";
import type { Grouping } from "./groups.ts";
import type { Report } from "./engine.ts";
import { Speech } from "./speech.ts";
import { closeMenu } from "./menu.ts";
import { examples } from "./examples.ts";
import { keep } from "./storage.ts";
import { keepingFocus } from "./focus.ts";
import { loadPatterns } from "./patterns.ts";
import { loadRules } from "./rules.ts";
import { render } from "./render.ts";
import { results } from "./views/results.ts";
import { toolbar } from "./views/toolbar.ts";

/** What an element tells the page that it is in, as events that bubble. */
export interface Told {
  "layerwise-ready": CustomEvent<{ version: string }>;
  "layerwise-report": CustomEvent<{ report: Report }>;
  "layerwise-theme": CustomEvent<{ theme: string }>;
}

declare global {
  interface DocumentEventMap extends Told {}
}

const LOADERS = { rules: loadRules, patterns: loadPatterns };

/** What an element is while it is in a page: it brings editor, checker and views together. Only this acts; views ask. */
export class Session {
  #host: HTMLElement;
  #root: ShadowRoot;
  #first: string;
  #shell: Shell;
  #editor: Editor;
  #store: Store;
  #checker: Checker;
  #fixes: Fixes;
  #speech: Speech;
  #draft: Draft;
  #willDraw = false;
  #closing = new AbortController();

  constructor(host: HTMLElement, root: ShadowRoot, { text: first, draft, theme }: Attributes, left: string | undefined) {
    this.#host = host;
    this.#root = root;
    this.#first = first;
    this.#shell = build(root);
    this.#speech = new Speech(this.#shell.spoken);
    this.#draft = new Draft(draft, first);
    this.#editor = new Editor(this.#shell.editor, root, left ?? this.#draft.restored() ?? first, {
      changed: (isTyped) => this.#textChanged(isTyped),
      moved: (position, asked) => this.#caretMoved(position, asked),
    });
    this.#store = new Store(initial(this.#editor.shape, theme), () => this.#drawSoon());
    this.#checker = new Checker(this.#editor, this.#store, {
      ready: ({ version }) => this.#tell("layerwise-ready", { version }),
      reported: (report) => this.#reported(report),
      fixAsked: (key) => void this.#fixes.ask(key),
    });
    this.#fixes = new Fixes(this.#editor, this.#checker, this.#store);
    this.#listen();
    this.#draw();
    this.showTheme(theme);
    this.#checker.check();
  }

  get text(): string {
    return this.#editor.version.toString();
  }

  replace(text: string): void {
    this.#editor.replace(text);
    this.#store.set({ notice: null });
  }

  settled(): Promise<Report | null> {
    return this.#checker.complete();
  }

  showTheme(name: string | null): void {
    const theme = themeOf(name) ?? "auto";
    this.#store.set({ theme });
    this.#tell("layerwise-theme", { theme });
  }

  close(): void {
    this.#draft.keepNow(() => this.text);
    this.#closing.abort();
    this.#speech.stop();
    this.#checker.close();
    this.#editor.destroy();
  }

  // What the person does -----------------------------------------------------------------------------------------------

  #listen(): void {
    const { frame, file, toolbar } = this.#shell;
    const { signal } = this.#closing;
    answer(frame, this.#answers());
    acceptDrops(frame, (dropped) => void this.#open(dropped), signal);
    frame.addEventListener("keydown", (event) => this.#keyPressed(event), { signal });
    frame.addEventListener("focusout", ({ relatedTarget }) => closeMenu(toolbar, relatedTarget), { signal });
    file.addEventListener("change", () => void this.#open(file.files?.[0]), { signal });
    addEventListener("pagehide", () => this.#draft.keepNow(() => this.text), { signal });
  }

  #answers(): { [Name in keyof Requests]: (detail: Requests[Name]) => void } {
    return {
      toggle: ({ key }) => this.#toggle(key),
      go: ({ key }) => this.#go(key),
      fix: ({ key }) => void this.#fixes.ask(key),
      apply: ({ key }) => void this.#fixes.apply(key),
      cancel: ({ key }) => this.#fixes.leave(key),
      fixall: () => void this.#fixes.applyAll(),
      undo: () => this.#undo(),
      dismiss: () => this.#store.set({ notice: null }),
      example: ({ id }) => this.#showExample(id),
      open: () => this.#shell.file.click(),
      reset: () => this.#begin(this.#first, "Back to the first text"),
      theme: ({ theme }) => this.#chooseTheme(theme),
      retry: () => this.#checker.check(),
      shell: () => this.#checker.addShell(),
      fetch: ({ what }) => void this.#fetch(what),
      copy: ({ text }) => void this.#copy(text),
      result: () => this.#shell.results.scrollIntoView({ block: "start" }),
      severity: ({ severity }) => this.#checker.hide(toggled(this.#store.state.hidden, severity)),
      group: ({ grouping }) => this.#group(grouping),
      spot: ({ key }) => this.#spot(key),
      more: () => this.#store.set({ limit: this.#store.state.limit + PAGE }),
    };
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key === "F8") {
      event.preventDefault();
      const position = this.#editor.step(event.shiftKey ? "previous" : "next");
      const item = this.#caretMoved(position, true);
      if (item !== undefined) this.#speech.say(`Line ${item.line}: ${item.message}`);
    } else if (event.key === "Escape") {
      closeMenu(this.#shell.toolbar, null);
    } else if (isUndo(event) && !event.defaultPrevented) {
      event.preventDefault();
      this.#undo();
    }
  }

  #undo(): void {
    this.#editor.undo();
    this.#store.set({ notice: null });
  }

  #showExample(id: string): void {
    const example = examples.find((candidate) => candidate.id === id);
    if (example === undefined) return;
    closeMenu(this.#shell.toolbar, null);
    this.#begin(example.text, `Showing \u201c${example.title}\u201d`);
  }

  async #open(file: File | undefined): Promise<void> {
    this.#shell.file.value = ""; // so that choosing the same file again is a change
    if (file === undefined) return;
    try {
      this.#begin(await readText(file), `Opened ${file.name}`);
    } catch (error) {
      if (error instanceof Error) this.#store.set({ notice: { text: error.message, totals: null, canUndo: false } });
    }
  }

  /** Puts another file in the place of this one. */
  #begin(text: string, said: string): void {
    if (text === this.text) return;
    this.#speech.forget();
    this.#editor.replace(text);
    const notice = { text: said, totals: null, canUndo: true };
    this.#store.set({ open: new Set(), previews: new Set(), limit: PAGE, copied: null, notice });
  }

  #chooseTheme(theme: string): void {
    keep("theme", theme === "auto" ? null : theme);
    this.#host.setAttribute("theme", theme);
  }

  #toggle(key: string): void {
    const item = this.#checker.item(key);
    if (item === undefined) return;
    const open = toggled(this.#store.state.open, key);
    if (this.#checker.isCurrent) this.#editor.reveal(item.range);
    this.#store.set({ open, current: key, copied: null });
    if (!open.has(key)) return;
    void this.#fetch("rules");
    if (item.pattern !== "") void this.#fetch("patterns");
  }

  #go(key: string): void {
    const item = this.#checker.item(key);
    if (item === undefined || !this.#checker.isCurrent) return;
    this.#editor.reveal(item.range);
    this.#editor.focus();
    this.#store.set({ current: key });
  }

  #group(grouping: Grouping): void {
    this.#store.set({ grouping });
    if (grouping === "rule") void this.#fetch("rules"); // they hold the titles
  }

  #spot(key: string | null): void {
    const item = key === null ? undefined : this.#checker.item(key);
    this.#editor.spot(this.#checker.isCurrent ? item?.range : undefined);
  }

  /** Fetches what is there neither now nor soon. */
  async #fetch(what: keyof Fetched): Promise<void> {
    const loaded = this.#store.state[what];
    if (loaded !== null && loaded !== "failed") return;
    this.#store.set({ [what]: "loading" });
    this.#store.set({ [what]: await LOADERS[what]().catch(() => "failed" as const) });
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#store.set({ copied: text });
      this.#speech.say("Copied");
    } catch {
      // Not every page that embeds this one allows it; the text can still be selected.
      const text = "Copying is not allowed here";
      this.#speech.say(text);
      const { notice } = this.#store.state;
      if (!notice?.canUndo) this.#store.set({ notice: { text, totals: null, canUndo: false } });
    }
  }

  // What comes back --------------------------------------------------------------------------------------------------------

  #textChanged(isTyped: boolean): void {
    const { notice } = this.#store.state;
    this.#store.set({ shape: this.#editor.shape, notice: isTyped ? null : notice });
    this.#checker.check();
    this.#draft.keepSoon(() => this.text);
  }

  #caretMoved(position: number, asked: boolean): Item | undefined {
    const { report } = this.#store.state;
    if (report === null || !this.#checker.isCurrent) return undefined;
    const item = itemAt(this.#checker.shown, position);
    this.#store.set({ current: item?.key ?? null });
    if (asked && item !== undefined) this.#showRow(item.key);
    return item;
  }

  /** Brings a row into sight where it lies beside the editor; below it, that would take the editor away. */
  #showRow(key: string): void {
    const { results, editor } = this.#shell;
    const row = results.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const isBeside = results.getBoundingClientRect().left >= editor.getBoundingClientRect().right;
    if (isBeside) row?.scrollIntoView({ block: "nearest" });
  }

  #reported(report: Report): void {
    this.#store.set({ change: this.#speech.changeOf(report) });
    this.#caretMoved(this.#editor.caret, false);
    this.#speech.tell(report);
    this.#tell("layerwise-report", { report });
  }

  /** Several changes of the state in one go are drawn once. */
  #drawSoon(): void {
    if (this.#willDraw) return;
    this.#willDraw = true;
    queueMicrotask(() => this.#draw());
  }

  #draw(): void {
    this.#willDraw = false;
    if (this.#closing.signal.aborted) return;
    const { state } = this.#store;
    render(this.#shell.toolbar, toolbar(state));
    render(this.#shell.summary, summary(state));
    render(this.#shell.status, status(state));
    keepingFocus(this.#root, () => render(this.#shell.results, results(state, () => this.#checker.text)));
  }

  #tell<Name extends keyof Told>(name: Name, detail: Told[Name]["detail"]): void {
    this.#host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function isUndo({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey && !altKey;
}
