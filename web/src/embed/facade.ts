import { schemeAround, watchSurroundings } from "./surroundings.ts";
import type { Report } from "../engine.ts";
import type { Snippet } from "./snippet.ts";
import facade from "./facade.css";
import { lengthOf } from "./length.ts";
import { ownText } from "../own-text.ts";
import { sheetOf } from "../sheet.ts";
import theme from "../theme.css";

/** How far below the screen a snippet may be when the engine is fetched for it, and for all others along with it. */
const NEAR = "400px 0px";

const all = new Set<Facade>();
let sheet: CSSStyleSheet | undefined;
let live: Promise<typeof import("./live.ts")> | undefined;

const near = new IntersectionObserver(
  (entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) wake();
  },
  { rootMargin: NEAR },
);

/** Brings the checks to every snippet of the page. A failure is not for ever: the next snippet that nears the screen tries again. */
function wake(): void {
  live ??= import("./live.ts");
  for (const element of all) {
    near.unobserve(element);
    live.then(
      ({ Snippet }) => element.begin(Snippet),
      (error) => element.fail(error),
    );
  }
  live.catch(() => (live = undefined));
}

/**
 * `<layerwise-playground>` in somebody else's page: its text, until the checks are there, and then a snippet with colours, a score and an
 * editor that comes when it is first used.
 */
export class Facade extends HTMLElement {
  static readonly observedAttributes = ["height", "theme", "view", "readonly", "enable", "ignore", "severity", "target", "src", "fragment", "expect", "label"];

  /** Resolves once the first report is shown; rejects when the checks cannot be had. */
  readonly ready: Promise<void>;

  #root = this.attachShadow({ mode: "open" });
  #box = document.createElement("div");
  #scheme = new CSSStyleSheet();
  #text: string | undefined;
  #snippet: Snippet | undefined;
  #isReady!: () => void;
  #isNotReady!: (error: unknown) => void;

  constructor() {
    super();
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isNotReady = reject;
    });
    this.ready.catch(() => {}); // nobody need ask
  }

  connectedCallback(): void {
    sheet ??= sheetOf(theme + facade, this.#root);
    this.#root.adoptedStyleSheets = [sheet, this.#scheme];
    this.#root.replaceChildren(this.#box);
    this.#text ??= ownText(this) ?? "";
    this.showSurroundings();
    this.#draw();
    void this.#read();
    if (all.size === 0) watchSurroundings(() => all.forEach((element) => element.showSurroundings()));
    all.add(this);
    if (live === undefined) near.observe(this);
    else wake();
  }

  disconnectedCallback(): void {
    this.#text = this.value;
    this.#snippet?.close();
    this.#snippet = undefined;
    near.unobserve(this);
    all.delete(this);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === "src") void this.#read();
    else if (this.#snippet === undefined) this.#draw();
    else this.#snippet.changed();
  }

  /** The Dockerfile. */
  get value(): string {
    return this.#snippet?.value ?? this.#text ?? "";
  }

  set value(text: string) {
    this.#text = text;
    if (this.#snippet !== undefined) this.#snippet.value = text;
    else if (this.isConnected) this.#draw();
  }

  get view(): string {
    return this.getAttribute("view") ?? "split";
  }

  set view(view: string) {
    this.setAttribute("view", view);
  }

  get theme(): string {
    return this.getAttribute("theme") ?? "auto";
  }

  set theme(theme: string) {
    this.setAttribute("theme", theme);
  }

  get readOnly(): boolean {
    return this.hasAttribute("readonly");
  }

  set readOnly(isReadOnly: boolean) {
    this.toggleAttribute("readonly", isReadOnly);
  }

  /** The report of the text as it is now; `null` when there is none to be had. Fetches the checks, however far the snippet is. */
  async report(): Promise<Report | null> {
    return (await this.#live())?.report() ?? null;
  }

  /** Opens the editor. */
  async edit(): Promise<void> {
    await (await this.#live())?.edit();
  }

  /** Applies every safe fix. */
  async fixAll(): Promise<void> {
    await (await this.#live())?.fixAll();
  }

  begin(Live: typeof Snippet): void {
    if (!this.isConnected || this.#snippet !== undefined) return;
    this.#snippet = new Live(this, this.#root, this.#scheme, this.#box, this.#text ?? "");
    this.#snippet.first.then(this.#isReady, this.#isNotReady);
  }

  fail(error: unknown): void {
    this.#isNotReady(error);
  }

  showSurroundings(): void {
    const said = this.getAttribute("theme");
    const rule = said === "light" || said === "dark" ? "" : `:host(:not([x])){color-scheme:${schemeAround(this)}}`;
    this.#scheme.replaceSync(rule);
  }

  async #live(): Promise<Snippet | undefined> {
    if (this.#snippet === undefined) {
      if (!this.isConnected) return undefined;
      wake();
      await live?.catch(() => {});
    }
    return this.#snippet;
  }

  /** What stands here until the checks are there has the form that it will have, so that nothing moves. */
  #draw(): void {
    const view = this.view;
    this.#box.className = `box ${view}`;
    this.#box.style.blockSize = lengthOf(this.getAttribute("height"));
    const code = document.createElement("pre");
    code.className = "code";
    code.tabIndex = 0;
    code.role = "group";
    code.ariaLabel = this.getAttribute("label") ?? "Dockerfile";
    code.textContent = this.value;
    const panel = document.createElement("div");
    panel.className = "panel";
    this.#box.replaceChildren(...(view === "badge" ? [] : view === "findings" ? [panel] : view === "editor" ? [code] : [code, panel]));
  }

  async #read(): Promise<void> {
    const address = this.getAttribute("src");
    if (address === null) return;
    try {
      const response = await fetch(new URL(address, document.baseURI));
      if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
      this.value = await response.text();
    } catch (error) {
      console.warn(error);
      (await this.#live())?.noSource(address);
    }
  }
}
