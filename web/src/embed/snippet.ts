import { type Broken, type Expectation, broken, isNamed, namesIn, readExpectation } from "./expectation.ts";
import type { AppliedFix, Report } from "../engine.ts";
import { type Settings, settingsOf } from "../settings.ts";
import type { Editing } from "./editing.ts";
import { type Shown, snippetView } from "./snippet-view.ts";
import { Latest } from "../latest.ts";
import { Trouble } from "../engine.ts";
import { edited } from "../edited.ts";
import { encode } from "../share/link.ts";
import { engine, loadNames } from "./engine.ts";
import { items } from "../items.ts";
import { lacksStage } from "../stages.ts";
import { lengthOf } from "./length.ts";
import needs from "../theme-needs.css";
import { render } from "../render.ts";
import { requestOf } from "../request.ts";
import { settleCorner } from "./corner.ts";
import { sheetOf } from "../sheet.ts";
import signs from "../signs.css";
import { site } from "../site.ts";
import styles from "./snippet.css";
import { texts } from "../texts.ts";
import tokens from "../tokens.css";

/** What a snippet tells the page that it is in. None bubbles: a page may listen for `change` of its own fields. */
export interface SnippetEvents {
  report: { report: Report };
  change: { value: string };
  fix: { applied: readonly AppliedFix[] };
}

let sheet: CSSStyleSheet | undefined;
let editing: Promise<typeof import("./editing.ts")> | undefined;

/** The element that a snippet is in. */
export interface Host extends HTMLElement {
  /** The text before anybody changed it. */
  readonly original: string | undefined;
  /** The address that no text could be read from. */
  lost: string | undefined;
}

/** The attributes that say what is found. What only the others say is shown at once. */
const OF_CHECKS: readonly string[] = ["enable", "ignore", "target", "expect", "fragment", "src"];

/** A snippet with colours, a score and findings. Its editor comes when it is first used. */
export class Snippet {
  /** Resolves with the first report; rejects when there is none to be had. */
  readonly first: Promise<void>;

  #host: Host;
  #root: ShadowRoot;
  #scheme: CSSStyleSheet;
  #box: HTMLElement;
  #settings: Settings;
  #shown: Shown;
  #checks: Latest<string, Answered>;
  #editing: Editing | undefined;
  /** The text of which the page says what is to be expected. What a reader makes of it is another. */
  #authors: string;
  #closing = new AbortController();
  #settle = () => void requestAnimationFrame(() => settleCorner(this.#box));
  #sized = new ResizeObserver(this.#settle);
  #isFirst!: () => void;
  #isNever!: (error: unknown) => void;

  constructor(host: Host, root: ShadowRoot, scheme: CSSStyleSheet, box: HTMLElement, text: string) {
    this.#scheme = scheme;
    this.#host = host;
    this.#root = root;
    this.#box = box;
    this.#settings = settingsOf(host);
    this.#authors = text;
    this.#shown = { text, label: this.#label, settings: this.#settings, report: null, checked: null, kinds: [], broken: [], isOpen: false, isChanged: false, spot: null, said: "", trouble: null, link: site, isLoading: false };
    this.first = new Promise((resolve, reject) => {
      this.#isFirst = resolve;
      this.#isNever = reject;
    });
    this.#checks = new Latest(
      (text) => this.#ask(text),
      (answered, text) => this.#take(answered, text),
      (error) => {
        this.#judge({ report: null, broken: [] });
        this.#complain(error);
      },
    );
    sheet ??= sheetOf(needs + tokens + signs + styles, root);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.#listen();
    this.#sized.observe(box);
    this.#checks.put(text);
  }

  get value(): string {
    return this.#editing?.value ?? this.#shown.text;
  }

  set value(text: string) {
    this.#host.lost = undefined;
    this.#authors = text;
    if (this.#editing !== undefined) this.#editing.value = text;
    else this.#put(text);
  }

  async report(): Promise<Report | null> {
    if (this.#editing !== undefined) return this.#editing.report();
    await this.#checks.settled();
    return this.#shown.report;
  }

  /** An attribute of the element is another. What is edited is checked as was said when the editor was opened, until that is left. */
  changed(name: string): void {
    this.#settings = settingsOf(this.#host);
    this.#show({ settings: this.#settings, label: this.#label });
    if (this.#editing === undefined && OF_CHECKS.includes(name)) this.#checks.put(this.#shown.text);
    if (name === "readonly" && this.#settings.isReadOnly) this.#editing?.leave();
    if (name === "theme") this.#editing?.showTheme(this.#settings.theme);
  }

  /** Opens the editor, at a finding if one is named. What is shown keeps its place until the editor is there. */
  async edit(key?: string): Promise<void> {
    if (this.#settings.isReadOnly || this.#editing !== undefined || this.#shown.isLoading) return;
    this.#show({ isLoading: true, said: texts.embed.loading });
    try {
      editing ??= import("./editing.ts");
      const { Editing } = await editing;
      if (this.#closing.signal.aborted) return;
      this.#show({ isLoading: false, said: "" });
      if (this.#settings.isReadOnly) return;
      this.#editing = new Editing(this.#host, this.#root, this.#shown.text, engine, {
        done: (text) => this.#leave(text),
        scheme: this.#scheme,
        key,
      });
    } catch (error) {
      editing = undefined;
      console.warn(error);
      this.#show({ isLoading: false, said: texts.embed.noEditor });
    }
  }

  /** Applies every safe fix of what is listed or not. */
  async fixAll(): Promise<void> {
    if (this.#editing !== undefined) return this.#editing.fixAll();
    const { text } = this.#shown;
    try {
      const { rounds, applied } = await engine.fixAll(this.#request(text));
      if (text !== this.#shown.text) return;
      if (applied.length === 0) return this.#show({ said: texts.embed.fixedNone });
      this.#fixed(rounds.reduce((text, edits) => edited(text, edits), text), applied, texts.embed.fixedAll(applied.length));
    } catch (error) {
      this.#complain(error);
    }
  }

  close(): void {
    this.#closing.abort();
    this.#sized.disconnect();
    this.#checks.cancel();
    this.#editing?.close();
    this.#editing = undefined;
  }

  get #label(): string {
    return this.#host.getAttribute("label") ?? texts.embed.label;
  }

  #request(text: string) {
    return requestOf({ dockerfile: text, dockerignore: "" }, this.#settings, this.#settings.target);
  }

  async #ask(text: string): Promise<Answered> {
    const { isWhole, target } = this.#settings;
    const expect = text === this.#authors ? this.#settings.expect : null;
    const { tokenKinds } = await engine.facts();
    const [{ answer: report, hasShell }, link] = await Promise.all([this.#report(text, expect !== null), encode({ dockerfile: text, dockerignore: "", target: target ?? "" })]);
    const fragment: readonly Broken[] = isWhole && report.fragment ? [{ kind: "fragment" }] : [];
    const stage: readonly Broken[] = lacksStage(report, target) ? [{ kind: "stage", name: target }] : [];
    const found = expect === null ? [] : await brokenIn(readExpectation(expect), report, hasShell);
    return { report, kinds: tokenKinds, link: `${site}${link}`, broken: [...fragment, ...stage, ...found] };
  }

  /** What its author says of a text is held against all that is found: the shell checks have their say in it, as they have on the command line. */
  async #report(text: string, withShell: boolean): Promise<Checked> {
    const request = this.#request(text);
    const checked = await engine.check(request);
    if (checked.hasShell || !withShell) return checked;
    try {
      await engine.addShell();
    } catch (error) {
      console.warn(error);
      return checked;
    }
    return await engine.check(request);
  }

  #take(answered: Answered, text: string): void {
    const { lost } = this.#host;
    this.#judge({ ...answered, checked: text, trouble: lost === undefined || lost !== this.#host.getAttribute("src") ? null : texts.embed.noSource(lost) });
    this.#tell("report", { report: answered.report });
    this.#isFirst();
  }

  /** Shows what was found, and marks the element where that is not as its author says. */
  #judge(found: Partial<Shown> & Pick<Shown, "broken">): void {
    this.#host.toggleAttribute("data-broken", found.broken.length > 0);
    this.#show(found);
  }

  #complain(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    if (!(error instanceof Trouble)) console.error(error);
    this.#show({ trouble: error instanceof Trouble ? error.message : texts.embed.unavailable });
    this.#isNever(error);
  }

  #put(text: string, said = ""): void {
    if (text === this.#shown.text) return;
    this.#show({ text, spot: null, said });
    this.#checks.put(text);
    this.#tell("change", { value: text });
  }

  #fixed(text: string, applied: readonly AppliedFix[], said: string): void {
    this.#put(text, said);
    this.#tell("fix", { applied });
  }

  #fix(key: string): void {
    const { report, checked, text } = this.#shown;
    if (report === null || checked !== text || this.#settings.isReadOnly) return;
    const item = items(report).find((item) => item.key === key);
    if (item?.fix?.applicability !== "safe") return;
    const { rule, message, line, fix } = item;
    this.#fixed(edited(text, fix.edits), [{ rule, message, line, title: fix.title }], texts.embed.fixed(fix.title));
  }

  #leave(text: string): void {
    this.#editing = undefined;
    this.#root.replaceChildren(this.#box);
    this.#show({ text });
    this.#checks.put(text);
    this.#box.querySelector<HTMLElement>("[data-edit]")?.focus();
  }

  /** Views ask by events with the name of what is wanted. */
  #listen(): void {
    const answers: Record<string, (detail: string) => void> = {
      open: () => this.#show({ isOpen: !this.#shown.isOpen }),
      edit: () => void this.edit(),
      why: (key) => void this.edit(key),
      fix: (key) => this.#fix(key),
      fixall: () => void this.fixAll(),
      reset: () => this.#put(this.#authors, texts.embed.wasReset),
      spot: (key) => this.#show({ spot: key }),
    };
    for (const [name, answer] of Object.entries(answers)) {
      this.#box.addEventListener(`snippet-${name}`, (event) => answer((event as CustomEvent<string>).detail), { signal: this.#closing.signal });
    }
    const { signal } = this.#closing;
    const pass = (type: keyof SnippetEvents) => (event: Event) => this.#tell(type, (event as CustomEvent).detail);
    this.#host.addEventListener("layerwise-report", pass("report"), { signal });
    this.#host.addEventListener("layerwise-change", pass("change"), { signal });
    this.#host.addEventListener("layerwise-fix", pass("fix"), { signal });
  }

  #tell<Name extends keyof SnippetEvents>(name: Name, detail: SnippetEvents[Name]): void {
    this.#host.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #show(change: Partial<Shown>): void {
    const shown = { ...this.#shown, ...change };
    this.#shown = { ...shown, isChanged: shown.text !== this.#authors };
    if (this.#editing !== undefined || this.#closing.signal.aborted) return;
    const { view } = this.#settings;
    const { isOpen, isLoading } = this.#shown;
    this.#box.className = ["box", view, isOpen && "open", isLoading && "loading"].filter((name) => name !== false).join(" ");
    this.#box.style.setProperty("--height", isOpen && view === "editor" ? "auto" : lengthOf(this.#host.getAttribute("height")));
    this.#box.lang = texts.language.code;
    const focused = this.#root.activeElement;
    render(this.#box, snippetView(this.#shown));
    // What was pressed may be gone, and whoever uses the keyboard would begin again at the top of the page.
    if (focused !== null && this.#root.activeElement === null) this.#box.querySelector<HTMLElement>(".panel")?.focus({ preventScroll: true });
    this.#settle();
  }
}

type Checked = Awaited<ReturnType<typeof engine.check>>;
type Answered = Pick<Shown, "kinds" | "link" | "broken"> & { readonly report: Report };

/** What does not hold. The list of all names is fetched only where nothing was found under one, which may then be none at all. */
async function brokenIn(expectation: Expectation, report: Report, hasShell: boolean): Promise<readonly Broken[]> {
  const isFound = (name: string) => report.findings.some((finding) => isNamed(finding, name));
  const known = namesIn(expectation).every(isFound) ? null : await loadNames().catch(() => null);
  return broken(expectation, report, (name) => known === null || known.has(name), hasShell);
}
