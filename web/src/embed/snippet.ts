import { type Broken, broken, isNamed, namesIn, readExpectation } from "./expectation.ts";
import type { AppliedFix, Edit, Report } from "../engine.ts";
import { type Settings, settingsOf } from "../settings.ts";
import type { Editing } from "./editing.ts";
import { type Shown, snippetView } from "./snippet-view.ts";
import { Latest } from "../latest.ts";
import { Trouble } from "../engine.ts";
import { edited } from "../edited.ts";
import { encode } from "../share/link.ts";
import { engine, loadNames } from "./engine.ts";
import { items } from "../items.ts";
import { lengthOf } from "./length.ts";
import needs from "../theme-needs.css";
import { render } from "../render.ts";
import { requestOf } from "../request.ts";
import { sheetOf } from "../sheet.ts";
import { site } from "../site.ts";
import styles from "./snippet.css";
import { texts } from "../texts.ts";
import tokens from "../tokens.css";

/** What a snippet tells the page that it is in. None bubbles: a page may listen for `change` of its own fields. */
export interface Told {
  report: { report: Report };
  change: { value: string };
  fix: { applied: readonly AppliedFix[] };
}

let sheet: CSSStyleSheet | undefined;
let editing: Promise<typeof import("./editing.ts")> | undefined;

/** A snippet with colours, a score and findings. Its editor comes when it is first used. */
export class Snippet {
  /** Resolves with the first report; rejects when there is none to be had. */
  readonly first: Promise<void>;

  #host: HTMLElement;
  #root: ShadowRoot;
  #scheme: CSSStyleSheet;
  #box: HTMLElement;
  #original: string;
  #settings: Settings;
  #shown: Shown;
  #checks: Latest<string, Answered>;
  #editing: Editing | undefined;
  #closing = new AbortController();
  #isFirst!: () => void;
  #isNever!: (error: unknown) => void;

  constructor(host: HTMLElement, root: ShadowRoot, scheme: CSSStyleSheet, box: HTMLElement, text: string) {
    this.#scheme = scheme;
    this.#host = host;
    this.#root = root;
    this.#box = box;
    this.#original = text;
    this.#settings = settingsOf(host);
    this.#shown = { text, label: this.#label, settings: this.#settings, report: null, kinds: [], broken: [], isOpen: false, spot: null, said: "", trouble: null, link: site, isLoading: false };
    this.first = new Promise((resolve, reject) => {
      this.#isFirst = resolve;
      this.#isNever = reject;
    });
    this.#checks = new Latest(
      (text) => this.#ask(text),
      (answered, text) => this.#take(answered, text),
      (error) => this.#complain(error),
    );
    sheet ??= sheetOf(needs + tokens + styles, root);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.#listen();
    this.#checks.put(text);
  }

  get value(): string {
    return this.#editing?.value ?? this.#shown.text;
  }

  set value(text: string) {
    if (this.#editing !== undefined) this.#editing.value = text;
    else this.#put(text);
  }

  async report(): Promise<Report | null> {
    if (this.#editing !== undefined) return this.#editing.report();
    await this.#checks.settled();
    return this.#shown.report;
  }

  /** An attribute of the element is another. */
  changed(): void {
    this.#settings = settingsOf(this.#host);
    this.#show({ settings: this.#settings, label: this.#label });
    this.#checks.put(this.#shown.text);
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
      this.#editing = new Editing(this.#host, this.#root, this.#shown.text, engine, {
        done: (text) => this.#leave(text),
        scheme: this.#scheme,
        original: this.#original,
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
    const { text } = this.#shown;
    try {
      const { rounds, applied } = await engine.fixAll(this.#request(text));
      if (text !== this.#shown.text || applied.length === 0) return;
      this.#fixed(rounds.reduce((text, edits) => edited(text, edits), text), applied, texts.embed.fixedAll(applied.length));
    } catch (error) {
      this.#complain(error);
    }
  }

  noSource(address: string): void {
    this.#show({ trouble: texts.embed.noSource(address) });
  }

  close(): void {
    this.#closing.abort();
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
    const { tokenKinds } = await engine.facts();
    const { answer: report } = await engine.check(this.#request(text));
    return { report, kinds: tokenKinds, link: `${site}${await encode({ dockerfile: text, dockerignore: "", target: this.#settings.target ?? "" })}` };
  }

  #take({ report, kinds, link }: Answered, text: string): void {
    if (text !== this.#shown.text) return;
    this.#show({ report, kinds, link, trouble: null });
    this.#tell("report", { report });
    this.#isFirst();
    void this.#judge(report);
  }

  /** Holds the text to what its author says. The shell checks have their say in that, as they have on the command line. */
  async #judge(report: Report): Promise<void> {
    const { expect, isWhole } = this.#settings;
    const fragment: Broken[] = isWhole && report.fragment ? [{ kind: "fragment" }] : [];
    const expectation = readExpectation(expect);
    if (expectation.claims.length + expectation.unreadable.length === 0) return this.#show({ broken: fragment });
    const { text } = this.#shown;
    await engine.addShell().catch((error: unknown) => console.warn(error));
    const { answer } = await engine.check(this.#request(text)).catch(() => ({ answer: report }));
    const isFound = (name: string) => answer.findings.some((finding) => isNamed(finding, name));
    const known = namesIn(expectation).every(isFound) ? null : await loadNames().catch(() => null);
    if (text !== this.#shown.text || this.#closing.signal.aborted) return;
    const isKnown = (name: string) => known === null || known.has(name.split("/")[0] ?? name) || known.has(name);
    const found = [...fragment, ...broken(expectation, answer.findings, isKnown)];
    this.#show({ report: answer, broken: found });
    this.#host.toggleAttribute("data-broken", found.length > 0);
  }

  #complain(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    if (!(error instanceof Trouble)) console.error(error);
    this.#show({ trouble: error instanceof Trouble ? error.message : texts.embed.unavailable });
    this.#isNever(error);
  }

  #put(text: string): void {
    if (text === this.#shown.text) return;
    this.#show({ text, spot: null });
    this.#checks.put(text);
    this.#tell("change", { value: text });
  }

  #fixed(text: string, applied: readonly AppliedFix[], said: string): void {
    this.#put(text);
    this.#show({ said });
    this.#tell("fix", { applied });
  }

  #fix(key: string): void {
    const { report, text } = this.#shown;
    const item = report === null ? undefined : items(report).find((item) => item.key === key);
    if (item?.fix?.applicability !== "safe" || this.#settings.isReadOnly) return;
    const { rule, message, line, fix } = item;
    this.#fixed(edited(text, fix.edits as readonly Edit[]), [{ rule, message, line, title: fix.title }], texts.embed.fixed(fix.title));
  }

  #leave(text: string): void {
    this.#editing = undefined;
    this.#root.replaceChildren(this.#box);
    this.#show({ text, report: text === this.#shown.text ? this.#shown.report : null });
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
      spot: (key) => this.#show({ spot: key }),
      reset: () => this.#put(this.#original),
    };
    for (const [name, answer] of Object.entries(answers)) {
      this.#box.addEventListener(`snippet-${name}`, (event) => answer((event as CustomEvent<string>).detail), { signal: this.#closing.signal });
    }
    const { signal } = this.#closing;
    const pass = (type: keyof Told) => (event: Event) => this.#tell(type, (event as CustomEvent).detail);
    this.#host.addEventListener("layerwise-report", pass("report"), { signal });
    this.#host.addEventListener("layerwise-change", pass("change"), { signal });
    this.#host.addEventListener("layerwise-fix", pass("fix"), { signal });
  }

  #tell<Name extends keyof Told>(name: Name, detail: Told[Name]): void {
    this.#host.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #show(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change };
    if (this.#editing !== undefined || this.#closing.signal.aborted) return;
    const { view } = this.#settings;
    const { isOpen, isLoading } = this.#shown;
    this.#box.className = ["box", view, isOpen && "open", isLoading && "loading"].filter((name) => name !== false).join(" ");
    this.#box.style.blockSize = isOpen && view === "editor" ? "auto" : lengthOf(this.#host.getAttribute("height"));
    this.#box.lang = texts.language.code;
    render(this.#box, snippetView(this.#shown));
  }
}

interface Answered {
  readonly report: Report;
  readonly kinds: readonly string[];
  readonly link: string;
}
