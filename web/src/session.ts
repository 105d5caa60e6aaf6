import { type Attributes, themeOf } from "./attributes.ts";
import { type Item, SHELL, isMuted, itemAt, items } from "./items.ts";
import { type Ignore, PAGE, type ResultTab, type State, Store, initial, toggled } from "./state.ts";
import { type Requests, answer } from "./events.ts";
import { type Shell, buildShell } from "./shell.ts";
import { FILE_NAMES, type FileName, type Files, SHOWN_NAMES, acceptDrops, forEachFile, patternsIn, save } from "./files.ts";
import { OwnFiles } from "./own-files.ts";
import { toClipboard } from "./clipboard.ts";
import { withoutHandles } from "./device.ts";
import { ThisLine, isLineOpenAtFirst } from "./this-line.ts";
import { fileTabs } from "./views/file-tabs.ts";
import { status, summary } from "./views/status.ts";
import type { Chosen } from "./build/change.ts";
import { Advisor } from "./advisor.ts";
import { Checker } from "./checker.ts";
import { Editor } from "./editor.ts";
import { Engine } from "./engine.ts";
import { Fixes } from "./fixes.ts";
import type { Format } from "./share/formats.ts";
import type { Grouping } from "./groups.ts";
import { FalsePositives } from "./false-positive/false-positives.ts";
import { Keeper } from "./keeper.ts";
import { Overlays } from "./commands/overlays.ts";
import type { Asked } from "./commands/table.ts";
import type { AppliedFix, Change, Range, Report } from "./engine.ts";
import { Outlooks } from "./outlooks.ts";
import { Reviewing } from "./review/reviewing.ts";
import { Sharing } from "./share/sharing.ts";
import { Simulator } from "./build/simulator.ts";
import { Speech } from "./speech.ts";
import type { Study } from "./study.ts";
import { closeMenu } from "./menu.ts";
import { examples, isExample } from "./examples.ts";
import { gist } from "./earlier.ts";
import { keep, watch } from "./storage.ts";
import { known, spoken } from "./hovering.ts";
import { keepingFocus } from "./focus.ts";
import { isBehindDialog } from "./writing.ts";
import { load } from "./load.ts";
import { render } from "./render.ts";
import { requestOf } from "./request.ts";
import { tabId } from "./views/tabs.ts";
import { results } from "./views/results.ts";
import { reviewFoot, reviewHead } from "./views/review.ts";
import { falsePositive } from "./views/false-positive.ts";
import { thisLine } from "./views/this-line.ts";
import { toolbar } from "./views/toolbar.ts";
import { texts } from "./texts.ts";

/** What an element tells the page that it is in, as events that bubble. */
export interface PlaygroundEvents {
  "layerwise-ready": CustomEvent<{ version: string }>;
  "layerwise-report": CustomEvent<{ report: Report }>;
  /** There is no report of the texts as they are. */
  "layerwise-unread": CustomEvent<Record<never, never>>;
  /** The Dockerfile is another. */
  "layerwise-change": CustomEvent<{ value: string }>;
  /** Fixes were applied. */
  "layerwise-fix": CustomEvent<{ applied: readonly AppliedFix[] }>;
  "layerwise-theme": CustomEvent<{ theme: string }>;
  /** The person wants to see what the page asks the network for. */
  "layerwise-proof": CustomEvent<Record<never, never>>;
}

declare global {
  interface DocumentEventMap extends PlaygroundEvents {}
}

/** What an element is while it is in a page: it brings editor, checker and views together. Only this acts; views ask. */
export class Session {
  #host: HTMLElement;
  #root: ShadowRoot;
  #first: Files<string>;
  #firstChosen: Chosen;
  #shell: Shell;
  #editor: Editor;
  #store: Store;
  #checker: Checker;
  #fixes: Fixes;
  #reviewing: Reviewing;
  #outlooks: Outlooks;
  #simulator: Simulator;
  #advisor: Advisor;
  #line: ThisLine;
  #speech: Speech;
  #keeper: Keeper;
  #sharing: Sharing;
  #ownFiles: OwnFiles;
  #overlays: Overlays;
  /** Whether the keys of the page are the element's where nothing else has the focus. */
  #isPageOwner: boolean;
  #falsePositives: FalsePositives;
  #version = "";
  #willDraw = false;
  /** Whether what completes the Dockerfile has been asked for: it comes after the first result, for which nobody should wait. */
  #hasCompletion = false;
  #closing = new AbortController();

  /** `left` goes before the first texts. An engine that is `shared` is somebody else's, who closes it. */
  constructor(host: HTMLElement, root: ShadowRoot, attributes: Attributes, left: Partial<Files<string>>, shared?: Engine) {
    const { texts: first, draft, theme, opensLinks, hasProof, chosen, settings } = attributes;
    this.#host = host;
    this.#root = root;
    this.#first = first;
    this.#firstChosen = chosen;
    // It needs the network, and nothing that is made here.
    const engine = shared ?? new Engine();
    engine.begin();
    if (shared === undefined) this.#closing.signal.addEventListener("abort", () => engine.close());
    this.#shell = buildShell(root);
    this.#speech = new Speech(this.#shell.spoken);
    const told = {
      kept: (isKept: boolean) => this.#keptAs(isKept),
      overtaken: (file: FileName) => this.#overtaken(file),
      setAside: () => this.#showEarlier(),
    };
    this.#keeper = new Keeper(draft, first, (file) => this.#text(file), told, isExample);
    const files = forEachFile((file) => left[file] ?? this.#keeper.restored(file) ?? first[file]);
    // Asked before the editor is made, which takes longer than the answer. What a link brings is not there yet.
    const isLinked = opensLinks && location.hash.length > 1;
    const firstScore = isLinked ? undefined : engine.firstScore(requestOf(files, settings, settings.target));
    this.#editor = new Editor(this.#shell.editor, root, files, {
      changed: (file, isTyped) => this.#textChanged(file, isTyped),
      moved: (position, asked) => this.#caretMoved(position, asked),
      refused: () => this.#say(texts.errors.largeInput),
      opened: (file) => this.#store.set({ file }),
      asked: (spot) => known(spot, this.#editor, this.#checker, this.#store),
    });
    const state = initial(this.#editor.shape("dockerfile"), this.#ignore, theme);
    const { hidden, target } = settings;
    const isLineOpen = shared === undefined && isLineOpenAtFirst();
    this.#store = new Store({ ...state, chosen, hidden, target, isLineOpen, hasProof }, () => this.#drawSoon());
    this.#checker = new Checker(engine, settings, this.#editor, this.#store, {
      ready: ({ version }) => {
        this.#version = version;
        this.#tell("layerwise-ready", { version });
      },
      reported: (report) => this.#reported(report),
      failed: () => this.#tell("layerwise-unread", {}),
      fixAsked: (key) => void this.#fixes.apply(key),
    });
    if (firstScore !== undefined) void this.#checker.expect(firstScore);
    this.#simulator = new Simulator(this.#editor, this.#checker, this.#store, (sentence) => this.#speech.say(sentence));
    this.#fixes = new Fixes(this.#editor, this.#checker, this.#store, {
      applied: (applied) => this.#tell("layerwise-fix", { applied }),
      did: (sentence) => this.#speech.did(sentence),
      say: (sentence) => this.#speech.say(sentence),
    });
    const { review: dialog, reviewDiff: diff } = this.#shell;
    this.#reviewing = new Reviewing(this.#editor, this.#checker, this.#fixes, this.#store, { dialog, diff, root }, (text) => this.#say(text));
    this.#outlooks = new Outlooks(this.#editor, this.#checker, this.#store);
    this.#sharing = new Sharing(this.#editor, this.#checker, this.#store, {
      copy: (text) => this.#copy(text),
      say: (text) => this.#say(text),
      version: () => this.#version,
    });
    this.#falsePositives = new FalsePositives(this.#editor, this.#checker, this.#store, {
      dialog: this.#shell.falsePositive,
      copy: toClipboard,
    });
    this.#ownFiles = new OwnFiles(this.#editor, {
      choose: () => this.#shell.file.click(),
      begin: (files, said) => this.#begin(files, said),
      say: (text) => this.#say(text),
    });
    this.#advisor = new Advisor(this.#editor, this.#checker, this.#store);
    this.#line = new ThisLine(this.#editor, this.#checker, this.#store);
    this.#overlays = new Overlays(root, this.#shell, this.#editor, this.#checker, this.#store, (text) => this.#say(text));
    this.#isPageOwner = opensLinks;
    this.#listen();
    if (opensLinks) {
      addEventListener("hashchange", () => void this.#addressChanged(), { signal: this.#closing.signal });
      void this.#openLink();
    }
    this.#showEarlier();
    this.#draw();
    this.showTheme(theme);
    this.#checker.check();
    this.#show(attributes.tab);
  }

  get texts(): Files<string> {
    return forEachFile((file) => this.#text(file));
  }

  replace(files: Partial<Files<string>>): void {
    this.#put(files);
    this.#store.set({ notice: null });
  }

  /** Keeps the texts for the next visit, and tells whether it could. */
  keep(): boolean {
    return this.#keeper.keepNow();
  }

  settled(): Promise<Report | null> {
    return this.#checker.complete();
  }

  /** What the engine says of the texts as they are now; `null` when it could not say it, or when they are others by now. */
  async study(changes: readonly Change[]): Promise<Study | null> {
    const { version } = this.#editor;
    const report = await this.#checker.settled();
    if (report === null || version !== this.#editor.version) return null;
    try {
      const plan = await this.#checker.plan(version, null);
      const secrets = await this.#checker.secrets(version);
      const simulations = await Promise.all(changes.map((change) => this.#checker.simulate(version, null, change)));
      return version === this.#editor.version ? { report, plan, secrets, simulations } : null;
    } catch (error) {
      this.#checker.complain(error);
      return null;
    }
  }

  /** Resolves once the text as it is now is checked. */
  async reported(): Promise<void> {
    await this.#checker.settled();
  }

  /** Asks anew for what could not be had. */
  async retry(): Promise<void> {
    const { builder } = this.#store.state;
    if (builder === "stopped" || builder === "unavailable") await this.#fetchBuilder();
    else this.#retry();
  }

  /** Opens the explanation of a finding, and goes there. */
  explain(key: string): void {
    this.#explain(key);
  }

  /** Applies every safe fix of what is not muted. */
  fixAll(): Promise<void> {
    return this.#fixes.applyAll([]);
  }

  showTheme(name: string | null): void {
    const theme = themeOf(name) ?? "auto";
    this.#store.set({ theme });
    this.#tell("layerwise-theme", { theme });
  }

  focus(): void {
    this.#editor.focus();
  }

  close(): void {
    this.#keeper.keepNow();
    this.#closing.abort();
    this.#speech.stop();
    this.#simulator.close();
    this.#advisor.close();
    this.#outlooks.close();
    this.#reviewing.leave();
    this.#falsePositives.leave();
    this.#line.close();
    this.#checker.close();
    this.#editor.destroy();
  }

  // What the person does -----------------------------------------------------------------------------------------------

  #listen(): void {
    const { frame, file, toolbar } = this.#shell;
    const { signal } = this.#closing;
    answer(frame, this.#answers());
    acceptDrops(frame, async (dropped) => this.#ownFiles.open(await dropped), signal);
    frame.addEventListener("keydown", (event) => this.#keyPressed(event), { signal });
    document.addEventListener("keydown", (event) => this.#keyPressedOutside(event), { signal });
    frame.addEventListener("focusout", ({ relatedTarget }) => closeMenu(toolbar, relatedTarget), { signal });
    file.addEventListener("change", () => this.#filesChosen(), { signal });
    watch((name) => this.#keeper.changedElsewhere(name), signal);
    addEventListener("pagehide", () => this.#keeper.keepNow(), { signal });
  }

  #answers(): { [Name in keyof Requests]: (detail: Requests[Name]) => void } {
    return {
      toggle: ({ key }) => this.#toggle(key),
      go: ({ key }) => this.#go(key),
      row: ({ key }) => this.#reach(key),
      apply: ({ key }) => void this.#fixes.apply(key),
      silence: ({ key }) => void this.#fixes.silence(key),
      unsilence: ({ index }) => void this.#fixes.unsilence(index),
      mute: ({ what }) => this.#mute(what),
      unmute: ({ what }) => this.#unmute(what),
      quiet: ({ isOpen }) => this.#showQuiet(isOpen),
      category: ({ category }) => this.#showCategory(category),
      review: ({ keys }) => void this.#reviewing.begin(keys),
      decide: ({ proposal, decision }) => this.#reviewing.decide(proposal, decision),
      takeall: () => void this.#reviewing.takeAll(),
      leaveall: () => this.#reviewing.leaveAll(),
      nextpart: () => this.#reviewing.next(),
      applyreview: () => void this.#reviewing.apply(),
      leavereview: () => this.#reviewing.leave(),
      loadreview: () => void this.#reviewing.load(),
      falsepositive: ({ key }) => void this.#falsePositives.begin(key),
      falsepositivechanged: () => this.#falsePositives.changed(),
      copyfalsepositive: () => void this.#falsePositives.copy(),
      openissue: () => void this.#falsePositives.openIssue(),
      leavefalsepositive: () => this.#falsePositives.leave(),
      elsewhere: ({ file }) => this.#begin({ [file]: this.#keeper.next(file) }, texts.notice.elsewhere),
      share: ({ format }) => this.#share(format),
      fixall: ({ rules }) => void this.#fixes.applyAll(rules),
      undo: () => this.#undo(),
      dismiss: () => this.#store.set({ notice: null }),
      example: ({ id }) => this.#showExample(id),
      open: () => void this.#ownFiles.choose(),
      save: () => void this.#ownFiles.save(),
      reset: () => this.#begin(this.#first, texts.notice.reset),
      earlier: () => this.#beginEarlier(),
      theme: ({ theme }) => this.#chooseTheme(theme),
      file: ({ file }) => this.#editor.open(file),
      tab: ({ tab }) => this.#show(tab),
      line: () => this.#line.toggle(),
      download: ({ name, text }) => save(name, `${text}\n`),
      changekind: ({ kind }) => this.#choose({ kind }),
      changename: ({ kind, name }) => this.#choose({ kind, names: { ...this.#store.state.chosen.names, [kind]: name } }),
      target: ({ target }) => this.#build({ target }),
      proof: () => this.#tell("layerwise-proof", {}),
      place: ({ range }) => this.#goTo(range),
      reveal: ({ range }) => this.#goToFound(range),
      light: ({ range }) => this.#editor.spot(this.#simulator.isCurrent ? (range ?? undefined) : undefined),
      retry: () => this.#retry(),
      shell: () => this.#checker.addShell(),
      builder: () => void this.#fetchBuilder(),
      fetch: ({ what }) => void load(this.#store, what),
      copy: ({ text }) => void this.#copyListing(text),
      result: () => this.#shell.results.scrollIntoView({ block: "start" }),
      severity: ({ severity }) => this.#checker.show({ hidden: toggled(this.#store.state.hidden, severity) }),
      group: ({ grouping }) => this.#group(grouping),
      spot: ({ key }) => this.#spot(key),
      more: () => this.#store.set({ limit: this.#store.state.limit + PAGE }),
      explain: ({ key }) => this.#explain(key),
      step: ({ to }) => this.#step(to),
      goline: ({ line }) => this.#goToLine(line),
      focus: () => this.#editor.focus(),
      new: () => this.#begin({ dockerfile: "", dockerignore: "" }, texts.notice.empty),
      redo: () => this.#editor.redo(this.#editor.file),
      hover: () => void this.#hover(),
      palette: () => this.#overlays.openPalette(),
      search: ({ query }) => this.#overlays.search(query),
      choose: ({ index }) => this.#overlays.choose(index),
      shortcuts: () => this.#overlays.openShortcuts(),
      fixmenu: () => this.#overlays.openFixes(),
      leave: () => this.#overlays.leave(),
      run: ({ asks }) => {
        this.#overlays.leave();
        this.#perform(asks);
      },
    };
  }

  /** Asks itself, as a view would. */
  #perform(asks: readonly Asked[]): void {
    for (const [name, detail] of asks) this.#shell.frame.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #keyPressed(event: KeyboardEvent): void {
    if (this.#reviewing.isOpen || this.#falsePositives.isOpen) return; // what is behind the dialog waits
    if (event.key === "Escape") closeMenu(this.#shell.toolbar, null);
    const asks = this.#overlays.askedBy(event);
    if (asks === undefined) return;
    event.preventDefault();
    this.#perform(asks);
  }

  /** Keys that are pressed beside the element belong to it where the page is there for it. */
  #keyPressedOutside(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#editor.closeHover(); // wherever the focus is, while the pointer is on it
    // What is within the element comes by its frame.
    if (this.#isPageOwner && event.target !== this.#host && !isBehindDialog(document)) this.#keyPressed(event);
  }

  #explain(key: string): void {
    if (!this.#store.state.open.has(key)) this.#toggle(key);
    this.#reach(key);
  }

  /** Shows what the pointer would show at the caret, and reads it out. */
  async #hover(): Promise<void> {
    const found = await this.#editor.hover();
    this.#speech.say(found === null ? texts.hover.nothing : spoken(found.content));
  }

  #goToLine(line: number): void {
    this.#editor.reveal(this.#editor.placeOfLine(line));
    this.#editor.focus();
  }

  #step(to: "next" | "previous"): void {
    const position = this.#editor.step(to);
    const item = this.#caretMoved(position, true);
    const { shown } = this.#checker;
    if (item !== undefined) this.#speech.say(texts.spoken.at(item.line, item.message));
    else if (shown.length === 0) this.#speech.say(texts.findings.listed(0, this.#store.state.report?.findings.length ?? 0));
  }

  /** Takes back what the notice tells of, or else the last change of the file that is shown. */
  #undo(): void {
    const { notice } = this.#store.state;
    const files = notice?.canUndo === true ? (notice.files ?? ["dockerfile"]) : [this.#editor.file];
    for (const file of files) this.#editor.undo(file);
    if (!files.includes(this.#editor.file)) this.#editor.open(files[0] ?? "dockerfile");
    this.#store.set({ notice: null });
  }

  #showExample(id: string): void {
    const example = examples.find((candidate) => candidate.id === id);
    if (example === undefined) return;
    closeMenu(this.#shell.toolbar, null);
    this.#begin({ dockerfile: example.text, dockerignore: "" }, texts.notice.example(texts.examples[example.id].title));
  }

  /** Brings back what was written before; what is shown takes its place, if it is the person's. */
  #beginEarlier(): void {
    closeMenu(this.#shell.toolbar, null);
    const { earlier } = this.#keeper;
    if (earlier !== null) this.#begin(earlier, texts.notice.earlier);
  }

  #showEarlier(): void {
    const { earlier } = this.#keeper;
    this.#store.set({ earlier: earlier === null ? null : gist(earlier) });
  }

  #filesChosen(): void {
    const { file } = this.#shell;
    const chosen = withoutHandles(file.files ?? []);
    file.value = ""; // so that choosing the same file again is a change
    void this.#ownFiles.open(chosen);
  }

  /** Puts other files in the place of these. */
  #begin(next: Partial<Files<string>>, said: string): void {
    const [first] = FILE_NAMES.filter((file) => next[file] !== undefined);
    if (first !== undefined) this.#editor.open(first);
    this.#keeper.replaced();
    const files = this.#put(next);
    if (files.length === 0) {
      // A press that changes nothing is answered as well; a second one leaves the way back of the first.
      return this.#store.state.notice?.text === said ? this.#speech.say(said) : this.#say(said);
    }
    this.#speech.forget();
    this.#speech.did(said);
    const notice = { text: said, totals: null, canUndo: true, files };
    const anew = { open: new Set<string>(), category: null, limit: PAGE, copied: null };
    this.#store.set({ ...anew, chosen: this.#firstChosen, target: null, notice });
    this.#showEarlier();
  }

  /** Puts texts in the place of those that are others, and says which these were. */
  #put(next: Partial<Files<string>>): FileName[] {
    const changed: FileName[] = [];
    for (const file of FILE_NAMES) {
      const text = next[file];
      if (text === undefined || text === this.#text(file)) continue;
      this.#editor.replace(file, text);
      changed.push(file);
    }
    this.#ownFiles.forget(changed);
    return changed;
  }

  get #ignore(): Ignore {
    return { shape: this.#editor.shape("dockerignore"), patterns: patternsIn(this.#text("dockerignore")) };
  }

  #text(file: FileName): string {
    return this.#editor.version[file].toString();
  }

  #chooseTheme(theme: string): void {
    keep("theme", theme === "auto" ? null : theme);
    this.#host.setAttribute("theme", theme);
  }

  #toggle(key: string): void {
    const item = this.#checker.item(key);
    if (item === undefined) return;
    const open = toggled(this.#store.state.open, key);
    if (this.#checker.isCurrent) this.#mark(item.range);
    this.#store.set({ open, current: key, copied: null });
    if (!open.has(key)) return;
    void load(this.#store, item.category === SHELL ? "shellRules" : "rules");
    if (item.pattern !== "") void load(this.#store, "patterns");
  }

  #go(key: string): void {
    const item = this.#checker.item(key);
    if (item === undefined || !this.#checker.isCurrent) return;
    this.#editor.reveal(item.range);
    this.#editor.focus();
    this.#store.set({ current: key });
  }

  /** Brings a row into sight, whatever hides it, and its place with it. What is muted has a place alone. */
  #reach(key: string): void {
    const item = this.#checker.item(key);
    if (item === undefined) return;
    const { hidden, muted } = this.#store.state;
    if (isMuted(item, muted)) return this.#go(key);
    this.#show("findings");
    if (!this.#checker.shown.includes(item)) this.#checker.show({ hidden: toggled(hidden, item.severity, false), category: null });
    const place = this.#checker.shown.indexOf(item);
    if (this.#checker.isCurrent) this.#mark(item.range);
    this.#store.set({ current: key, limit: Math.max(this.#store.state.limit, place + 1) });
    this.#draw();
    const row = this.#shell.results.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] .finding-main`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "center" });
  }

  #mute(what: string): void {
    const before = this.#heard;
    this.#checker.show({ muted: toggled(this.#store.state.muted, what, true) });
    this.#say(texts.notice.muted(before - this.#heard));
  }

  /** `null` is all that is muted. */
  #unmute(what: string | null): void {
    const { muted } = this.#store.state;
    const before = this.#heard;
    this.#checker.show({ muted: what === null ? new Set() : toggled(muted, what, false) });
    this.#say(texts.notice.unmuted(this.#heard - before));
  }

  /** How many findings are not muted. */
  get #heard(): number {
    const { report, muted } = this.#store.state;
    return report === null ? 0 : items(report).filter((item) => !isMuted(item, muted)).length;
  }

  #showQuiet(isOpen: boolean): void {
    this.#show("findings");
    this.#store.set({ isQuietOpen: isOpen });
    if (!isOpen) return;
    this.#draw();
    const title = this.#shell.results.querySelector<HTMLElement>("#quiet-title");
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "center" });
  }

  #showCategory(category: string | null): void {
    if (category !== null) this.#show("findings");
    this.#checker.show({ category });
    this.#speech.say(texts.findings.listed(this.#checker.shown.length, this.#store.state.report?.findings.length ?? 0));
  }

  #goToFound(range: Range): void {
    if (!this.#checker.isCurrent) return;
    this.#editor.reveal(range);
    this.#editor.focus();
  }

  #retry(): void {
    this.#checker.check();
    this.#simulator.run();
  }

  async #fetchBuilder(): Promise<void> {
    await this.#checker.addBuild(true);
    this.#checker.check(); // so that all who follow the reports ask again what they could not be told
    this.#build({});
  }

  #show(tab: ResultTab): void {
    if (tab === this.#store.state.tab) return;
    this.#simulator.hide();
    this.#store.set({ tab });
    this.#simulator.run();
    this.#advisor.update();
    if (tab === "run") void load(this.#store, "advice");
  }

  #choose(choice: Partial<Chosen>): void {
    this.#build({ chosen: { ...this.#store.state.chosen, ...choice } });
  }

  /** Goes through the build once more, with another question. */
  #build(question: Partial<Pick<State, "chosen" | "target">>): void {
    this.#store.set(question);
    this.#simulator.run();
    this.#advisor.update();
    this.#line.follow();
  }

  /** Goes to a place of the plan. */
  #goTo(range: Range): void {
    if (!this.#simulator.isCurrent) return;
    this.#editor.reveal(range);
    this.#editor.focus();
  }

  #group(grouping: Grouping): void {
    this.#store.set({ grouping });
    if (grouping !== "rule") return;
    void load(this.#store, "rules"); // they hold the titles
    if (this.#checker.shown.some(({ category }) => category === SHELL)) void load(this.#store, "shellRules");
  }

  #spot(key: string | null): void {
    const item = key === null ? undefined : this.#checker.item(key);
    this.#editor.spot(this.#checker.isCurrent ? item?.range : undefined);
  }

  #share(format: Format): void {
    closeMenu(this.#shell.toolbar, null);
    void this.#sharing.share(format);
  }

  async #copyListing(text: string): Promise<void> {
    if (!(await this.#copy(text))) return;
    this.#store.set({ copied: text });
    this.#speech.say(texts.common.copied);
  }

  /** Puts a text on the clipboard, and tells whether it could. */
  async #copy(text: string | Promise<string>): Promise<boolean> {
    if (await toClipboard(text)) return true;
    // The text can still be selected.
    const said = texts.errors.noCopying;
    if (this.#store.state.notice?.canUndo) this.#speech.say(said);
    else this.#say(said);
    return false;
  }

  /** Somebody follows a link, or goes back from one. */
  async #addressChanged(): Promise<void> {
    this.#keeper.leaveLink((files) => {
      this.#begin(files, texts.notice.own);
      this.#say(texts.notice.own); // the way back to the link is a step forward
    });
    await this.#openLink();
  }

  /** Shows what the address holds. What was in the editor comes back with one step of undo, and stays the draft until this is edited. */
  async #openLink(): Promise<void> {
    const opened = await this.#keeper.readLink();
    if (opened === undefined || this.#closing.signal.aborted) return;
    const { shared, said } = opened;
    this.#keeper.showLink(() => this.#begin(shared, said));
    this.#build({ target: shared.target || null });
    if (this.#store.state.notice?.text !== said) this.#say(said);
  }

  /** Tells of something that needs no way back. */
  #say(text: string): void {
    this.#speech.say(text);
    this.#store.set({ notice: { text, totals: null, canUndo: false } });
  }

  // What comes back --------------------------------------------------------------------------------------------------------

  #textChanged(file: FileName, isTyped: boolean): void {
    const { notice, review } = this.#store.state;
    if (review !== null) this.#reviewing.leave(); // it speaks of another text
    const shape = file === "dockerfile" ? { shape: this.#editor.shape(file) } : { ignore: this.#ignore };
    this.#store.set({ ...shape, notice: isTyped ? null : notice });
    this.#checker.check();
    this.#simulator.run();
    this.#keeper.changed(file);
    if (file === "dockerfile") this.#tellChange();
    this.#ownFiles.changed(file);
  }

  /** What will be gone is told once, and stays in sight. */
  #keptAs(isKept: boolean): void {
    const wasKept = this.#store.state.isKept;
    this.#store.set({ isKept });
    if (wasKept && !isKept) this.#say(texts.notice.notKept);
  }

  /** Neither tab writes over the other's text without a word. */
  #overtaken(file: FileName): void {
    const text = texts.notice.overtaken(SHOWN_NAMES[file]);
    this.#speech.say(text);
    this.#store.set({ notice: { text, totals: null, canUndo: false, elsewhere: file } });
  }

  /** The text is written out for who listens, and not at each press of a key. */
  #tellChange(): void {
    const { dockerfile } = this.#editor.version;
    const detail = {
      get value() {
        return dockerfile.toString();
      },
    };
    this.#tell("layerwise-change", detail);
  }

  #caretMoved(position: number, asked: boolean): Item | undefined {
    this.#simulator.follow();
    const { report } = this.#store.state;
    if (report === null || !this.#checker.isCurrent) return undefined;
    this.#line.follow();
    const item = itemAt(this.#checker.shown, position);
    this.#store.set({ current: item?.key ?? null });
    if (asked && item !== undefined) this.#showRow(item.key);
    return item;
  }

  /** Brings a row into sight where it lies beside the editor; below it, that would take the editor away. */
  #showRow(key: string): void {
    const row = this.#shell.results.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (this.#isBeside) row?.scrollIntoView({ block: "nearest" });
  }

  /** Selects the place of a row that one looks at, and brings it into sight where that does not take the row away. */
  #mark(range: Range): void {
    if (this.#isBeside) this.#editor.reveal(range);
    else this.#editor.select(range);
  }

  /** Whether the results lie beside the editor, and not below it. */
  get #isBeside(): boolean {
    const { results, editor } = this.#shell;
    return results.getBoundingClientRect().left >= editor.getBoundingClientRect().right;
  }

  #reported(report: Report): void {
    if (!this.#hasCompletion) void this.#editor.addCompletion();
    this.#hasCompletion = true;
    this.#store.set({ change: this.#speech.changeOf(report) });
    this.#advisor.update();
    this.#outlooks.update();
    this.#caretMoved(this.#editor.caret, false);
    this.#speech.tell(report, this.#store.state.shape.isBlank);
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
    render(this.#shell.files, [fileTabs(state)]);
    this.#shell.editor.setAttribute("aria-labelledby", tabId("file", state.file));
    render(this.#shell.summary, summary(state));
    render(this.#shell.line, thisLine(state));
    render(this.#shell.status, status(state));
    render(this.#shell.reviewHead, state.review === null ? [] : reviewHead(state.review));
    render(this.#shell.reviewFoot, state.review === null ? [] : reviewFoot(state.review));
    this.#reviewing.draw(state);
    this.#overlays.draw(state);
    render(this.#shell.falsePositive, state.falsePositive === null ? [] : [falsePositive(state.falsePositive)]);
    this.#falsePositives.draw();
    keepingFocus(this.#root, () => render(this.#shell.results, results(state, () => this.#checker.text)));
  }

  #tell<Name extends keyof PlaygroundEvents>(name: Name, detail: PlaygroundEvents[Name]["detail"]): void {
    this.#host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
