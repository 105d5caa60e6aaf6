import { schemeAround, watchSurroundings } from "./surroundings.ts";
import type { Report } from "../engine.ts";
import { SNIPPET_ATTRIBUTES } from "./attributes.ts";
import type { Snippet } from "./snippet.ts";
import facade from "./facade.css";
import { lengthOf } from "./length.ts";
import { ownText } from "../own-text.ts";
import { sheetOf } from "../sheet.ts";
import theme from "../theme.css";

/** How far below the screen a snippet may be when the engine is fetched for it, and for all others along with it. */
const NEAR = "400px 0px";

const all = new Set<Facade>();
/** Where `live.ts` lies, from this script: `build.mjs` says it. */
declare const LIVE: string;

/** Many browsers never ask again for a script that could not be had; by another fragment it is another one to them. */
let again = "";
let sheet: CSSStyleSheet | undefined;
let live: Promise<typeof import("./live.ts")> | undefined;

/** A snippet is among these until it has its checks: after a failure, the next that nears the screen tries again. */
const near = new IntersectionObserver(
  (entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) void bring();
  },
  { rootMargin: NEAR },
);

/** The checks. With the first who asks, every snippet of the page gets them. */
function bring(): Promise<typeof import("./live.ts")> {
  if (live === undefined) {
    const address = LIVE + again; // a sum in there would be a pattern to esbuild
    live = import(address) as Promise<typeof import("./live.ts")>;
    live.catch(() => {
      live = undefined;
      again += "#1";
    });
    for (const element of all) void element.begin();
  }
  return live;
}

/**
 * `<layerwise-playground>` in somebody else's page: its text, until the checks are there, and then a snippet with colours, a score and an
 * editor that comes when it is first used.
 */
export class Facade extends HTMLElement {
  static readonly observedAttributes = [...SNIPPET_ATTRIBUTES, "src"];

  /** Resolves once the first report is shown; rejects when the checks cannot be had. */
  readonly ready: Promise<void>;

  /** The text before anybody changed it. */
  original: string | undefined;

  /** The address that no text could be read from. */
  lost: string | undefined;

  #root = this.attachShadow({ mode: "open" });
  #box = document.createElement("div");
  #scheme = new CSSStyleSheet();
  #around: string | undefined;
  #text: string | undefined;
  #address: string | null = null;
  #reading: Promise<void> | undefined;
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
    if (sheet === undefined) {
      sheet = sheetOf(theme + facade, this.#root);
      // All is read before anything is changed, so that the page's styles are computed once.
      watchSurroundings(() => {
        const schemes = [...all].map(schemeAround);
        for (const element of all) element.show(schemes.shift());
      });
    }
    this.#root.adoptedStyleSheets = [sheet, this.#scheme];
    this.#root.replaceChildren(this.#box);
    this.original ??= this.#text ??= ownText(this) ?? "";
    this.show(schemeAround(this));
    this.#draw();
    this.#follow();
    all.add(this);
    near.observe(this);
    if (live !== undefined) void this.begin();
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
    if (name === "src") return this.#follow();
    if (this.#snippet === undefined) this.#draw();
    else this.#snippet.changed(name);
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
    return (await this.begin())?.report() ?? null;
  }

  /** Opens the editor. */
  async edit(): Promise<void> {
    await (await this.begin())?.edit();
  }

  /** Applies every safe fix. */
  async fixAll(): Promise<void> {
    await (await this.begin())?.fixAll();
  }

  /** Turns into a snippet, once the checks are there, and the text where that is elsewhere. */
  async begin(): Promise<Snippet | undefined> {
    if (!this.isConnected) return undefined;
    try {
      const { Snippet } = await bring();
      await this.#reading;
      if (this.isConnected && this.#snippet === undefined) {
        near.unobserve(this);
        this.#snippet = new Snippet(this, this.#root, this.#scheme, this.#box, this.value);
        this.#snippet.first.then(this.#isReady, this.#isNotReady);
      }
    } catch (error) {
      this.#isNotReady(error);
    }
    return this.#snippet;
  }

  /** Shows it light or dark, like the page around. */
  show(scheme: string | undefined): void {
    if (scheme !== this.#around) this.#scheme.replaceSync(`:host(:not([theme=light],[theme=dark])){color-scheme:${(this.#around = scheme)}}`);
  }

  /** What stands here until the checks are there has the form that it will have, so that nothing moves. */
  #draw(): void {
    const view = this.view;
    this.#box.className = `box ${view}`;
    this.#box.style.setProperty("--height", lengthOf(this.getAttribute("height")));
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

  /** Reads the text from where `src` says, once: an element that is moved keeps what was made of it. */
  #follow(): void {
    const address = this.getAttribute("src");
    if (address === this.#address) return;
    this.#address = address;
    if (address !== null) this.#reading = this.#read(address);
  }

  async #read(address: string): Promise<void> {
    try {
      const response = await fetch(address);
      if (!response.ok) throw response;
      const text = await response.text();
      if (address === this.#address) this.value = this.original = text;
    } catch (error) {
      console.warn(error);
      if (address === this.#address) this.lost = address;
      this.#snippet?.changed("src");
    }
  }
}
