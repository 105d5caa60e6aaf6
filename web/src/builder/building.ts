import type { BuilderActions, BuilderState, Revise } from "./state.ts";
import type { Fault, Path } from "../learn/schema.ts";
import { type LessonDraft, type Manuscript, emptyGoal, emptyLesson, emptyManuscript, freshKey } from "./manuscript.ts";
import { manuscriptOf } from "./from-file.ts";
import { fileOf, lessonValue, valueOf } from "./to-file.ts";
import { conditionOf } from "./conditions.ts";
import { isObject } from "../objects.ts";
import { type Proof, proofOf } from "./proof.ts";
import { fetchCourse, keepSource, openFile } from "../learn/source.ts";
import { added, copyOf, removed, withLesson } from "./revise.ts";
import { builder, ours } from "../views/builder/builder.ts";
import { idOf, isWithin, plainer } from "./faults.ts";
import { inspected, parse, read, where } from "../learn/read.ts";
import { keep, recall, watch } from "../storage.ts";
import { Draft } from "../draft.ts";
import { Engine } from "../engine.ts";
import { Latest } from "../latest.ts";
import type { Places } from "../learn/around.ts";
import type { RuleTexts } from "../rules.ts";
import type { Workshop } from "../learn/workshop.ts";
import { plain } from "../words.ts";
import { render } from "../render.ts";
import { save } from "../files.ts";
import { summary } from "../views/builder/proof.ts";
import { texts as learn } from "../texts/learn.ts";
import { texts } from "../texts/builder.ts";
import { toClipboard } from "../clipboard.ts";
import { today } from "../today.ts";

/** How long the person must pause before it is read out how far the proof is. */
const QUIET = 700;
/** So much is wrong at once only in what was made to be. */
const MOST_FAULTS = 500;
const MOST_STEPS_BACK = 100;

/** Under which the tab keeps which part is open. */
const PART = "builder-part";

interface Before {
  readonly manuscript: Manuscript;
  readonly chosen: string | null;
}

/** The page on which a workshop is written: it brings what is written, its proof and its file together. Only this acts; views ask. */
export class Building {
  #places: Places;
  #manuscript: Manuscript;
  #faults: readonly Fault[] = [];
  #chosen: string | null = null;
  #history: Before[] = [];
  /** Where was written last: what is written there on and on is one step back. */
  #field: string | undefined;
  #said = "";
  #leftOut: readonly string[] = [];
  #withIgnore: ReadonlySet<string> = new Set();
  #isSuggesting = false;
  #rules: RuleTexts | null = null;
  #engine = new Engine();
  #hasNoShell = false;
  #isFailed = false;
  /** By the lesson as it was proved; and the newest for each key, which is shown until there is a newer one. */
  #proofs = new WeakMap<LessonDraft, Proof>();
  #newest = new Map<string, Proof>();
  #proving = new Latest<LessonDraft, Proof>(
    (lesson) => proofOf(this.#engine, lesson),
    (proof, lesson) => this.#proved(lesson, proof),
    (error) => this.#failed(error),
  );
  #told = "";
  #timer: number | undefined;
  #draft: Draft;
  /** Whether another tab keeps another workshop than the one that is open here. */
  #isOvertaken = false;
  #actions: BuilderActions = {
    write: (revise) => this.#write(revise),
    act: (said, focus, revise) => this.#act(said, focus, revise),
    choose: (key) => this.#choose(key),
    addLesson: () => this.#add(emptyLesson(this.#lesson?.practice ?? this.#manuscript.lessons.at(-1)?.practice ?? ""), texts.parts.lessonAdded, "title"),
    duplicate: (lesson) => this.#add(copyOf(lesson), texts.parts.copied(lesson.title), "title"),
    remove: (lesson) => this.#remove(lesson),
    take: (suggestion) => this.#takeGoal(suggestion),
    askOurs: () => void this.#askOurs(),
    suggest: (isOpen) => this.#set(() => (this.#isSuggesting = isOpen)),
    showIgnore: ({ key }, isShown) => this.#set(() => (this.#withIgnore = new Set([...this.#withIgnore].filter((other) => other !== key).concat(isShown ? key : [])))),
    goTo: (fault) => this.#goTo(fault.path),
    focus: (id) => this.#focus(id),
    proveAgain: () => this.#proveAgain(),
    undo: () => this.#undo(),
    anew: () => this.#replace(emptyManuscript(), texts.tools.anewSaid, []),
    chooseFile: () => this.#places.file.click(),
    download: () => this.#download(),
    copy: () => void this.#copy(),
    hand: () => this.#hand(),
  };

  constructor(places: Places) {
    this.#places = places;
    const empty = emptyManuscript();
    this.#draft = new Draft("workshop", fileOf(empty), () => this.#draw());
    this.#manuscript = keptIn(this.#draft.restored()) ?? empty;
    this.#faults = faultsIn(this.#manuscript);
    const part = recall(PART, "tab");
    this.#chosen = this.#manuscript.lessons[part === null || part === "" ? -1 : Number(part)]?.key ?? null;
    watch((name) => this.#changedElsewhere(name));
    addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.keep());
    places.file.addEventListener("change", () => {
      const [file] = places.file.files ?? [];
      places.file.value = ""; // so that choosing the same file again is a change
      if (file !== undefined) void this.open(file);
    });
  }

  begin(): void {
    this.#draw();
    this.#prove();
    this.#addShell();
    void this.#fetchRules();
  }

  /** Keeps what is written for the next visit now. Tells whether it will be there. */
  keep(): boolean {
    return this.#draft.keepNow(() => fileOf(this.#manuscript));
  }

  /** Resolves once the engine has said all that it was asked. */
  async settled(): Promise<void> {
    await this.#proving.settled();
  }

  /** Opens a workshop of the device's. What is open stays open where that one cannot be, and is a step back where it can. */
  async open(file: File): Promise<void> {
    try {
      const { text } = await openFile(file);
      const reading = read(text);
      const value: unknown = "workshop" in reading ? reading.workshop : parsed(text);
      if (!isObject(value) || !Array.isArray(value["lessons"])) throw new Error("faults" in reading && value === undefined ? reading.faults.join(" ") : texts.tools.noWorkshop);
      const manuscript = manuscriptOf(value);
      // What is wrong and can be mended here is said at its field; what has no place here is said now, since it is not taken along.
      const left = new Set(faultsIn(manuscript).map(sentenceOf));
      const lost = "workshop" in reading ? [] : inspected(value).faults.map(plainer).map(sentenceOf).filter((sentence) => !left.has(sentence));
      this.#replace(manuscript, texts.tools.opened(plain(manuscript.title)), lost);
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  // What is written -------------------------------------------------------------------------------------------------------

  get #lesson(): LessonDraft | undefined {
    return this.#manuscript.lessons.find(({ key }) => key === this.#chosen);
  }

  #write(revise: Revise): void {
    const field = document.activeElement?.id ?? "";
    if (field === "" || field !== this.#field) this.#remember();
    this.#field = field;
    this.#take(revise(this.#manuscript));
    this.#said = "";
    this.#draw();
  }

  #act(said: string, focus: string, revise: Revise): void {
    this.#remember();
    this.#take(revise(this.#manuscript));
    this.#say(said);
    this.#focus(focus);
  }

  #remember(): void {
    this.#field = undefined;
    this.#history = [...this.#history.slice(1 - MOST_STEPS_BACK), { manuscript: this.#manuscript, chosen: this.#chosen }];
  }

  /** All that is written goes through here. */
  #take(manuscript: Manuscript): void {
    this.#manuscript = manuscript;
    this.#isFailed = false; // of other files there may be something to say
    this.#isOvertaken = false;
    this.#faults = faultsIn(manuscript);
    this.#draft.keepSoon(() => fileOf(this.#manuscript));
    this.#prove();
  }

  #undo(): void {
    const before = this.#history.at(-1);
    if (before === undefined) return;
    this.#history = this.#history.slice(0, -1);
    this.#field = undefined;
    this.#chosen = before.chosen;
    this.#take(before.manuscript);
    this.#keepPart();
    this.#say(texts.undone);
    if (this.#history.length === 0) this.#focus("part-head");
  }

  #replace(manuscript: Manuscript, said: string, leftOut: readonly string[]): void {
    this.#remember();
    this.#leftOut = leftOut;
    this.#chosen = null;
    this.#keepPart();
    this.#take(manuscript);
    this.#say(said);
    this.#focus("part-head");
  }

  /** Puts a lesson behind the one that is open, or in the place of one in which nobody has written yet. */
  #add(lesson: LessonDraft, said: string, focus: string): void {
    const { lessons } = this.#manuscript;
    const [only] = lessons;
    const isBlank = lessons.length === 1 && only !== undefined && JSON.stringify(lessonValue(only)) === JSON.stringify(lessonValue(emptyLesson(only.practice)));
    this.#remember();
    const manuscript = added(this.#manuscript, lesson, this.#chosen ?? undefined);
    this.#chosen = lesson.key;
    this.#take(isBlank && lesson.title !== "" ? removed(manuscript, only.key) : manuscript);
    this.#keepPart();
    this.#say(said);
    this.#focus(idOf(["lessons", this.#manuscript.lessons.findIndex(({ key }) => key === lesson.key), focus]));
  }

  #remove(lesson: LessonDraft): void {
    const index = this.#manuscript.lessons.findIndex(({ key }) => key === lesson.key);
    this.#remember();
    this.#take(removed(this.#manuscript, lesson.key));
    this.#chosen = (this.#manuscript.lessons[index] ?? this.#manuscript.lessons.at(-1))?.key ?? null;
    this.#keepPart();
    this.#say(texts.parts.removed(lesson.title === "" ? texts.parts.untitled : plain(lesson.title)));
    this.#focus("undo");
  }

  /** Into the goal in which nobody has written yet, if the last one is such a one. */
  #takeGoal({ open, met, hint, when }: Parameters<BuilderActions["take"]>[0]): void {
    const lesson = this.#lesson;
    if (lesson === undefined) return;
    const last = lesson.goals.at(-1);
    const isBlank = last !== undefined && last.open === "" && last.met === "" && last.hints === "" && last.when.kind === "";
    const goal = { ...(isBlank ? last : emptyGoal()), key: freshKey(), open, met, hints: hint, when: conditionOf(when) };
    const goals = [...(isBlank ? lesson.goals.slice(0, -1) : lesson.goals), goal];
    this.#act(texts.goal.taken(plain(met)), "suggest", (manuscript) => withLesson(manuscript, lesson.key, { goals }));
  }

  async #askOurs(): Promise<void> {
    const { dialog } = this.#places;
    const close = () => dialog.close();
    try {
      const reading = read(await fetchCourse());
      const lessons: Workshop["lessons"] = "workshop" in reading ? reading.workshop.lessons : [];
      const take = (id: string) => {
        close();
        const [lesson] = manuscriptOf({ lessons: lessons.filter((lesson) => lesson.id === id) }).lessons;
        if (lesson !== undefined) this.#add(lesson, texts.parts.copied(plain(lesson.title)), "title");
      };
      render(dialog, ours(lessons, take, close));
      dialog.showModal();
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  // Where the page is -----------------------------------------------------------------------------------------------------

  #choose(key: string | null): void {
    this.#chosen = key;
    this.#isSuggesting = false;
    this.#keepPart();
    this.#prove();
    this.#set(() => (this.#said = this.#isOvertaken ? texts.overtaken : ""));
    this.#focus("part-head");
  }

  /** Neither tab writes over what the other has without a word. */
  #changedElsewhere(name: string): void {
    const file = fileOf(this.#manuscript);
    if (!this.#draft.isAt(name) || this.#isOvertaken || this.#draft.next() === file) return;
    this.#isOvertaken = true;
    this.#draft.hold(file);
    this.#say(texts.overtaken);
  }

  #keepPart(): void {
    const index = this.#manuscript.lessons.findIndex(({ key }) => key === this.#chosen);
    keep(PART, index < 0 ? null : String(index), "tab");
  }

  /** To the field in which something is wrong, or to what stands nearest to it. */
  #goTo(path: Path): void {
    const [list, index] = path;
    const key = list === "lessons" && typeof index === "number" ? (this.#manuscript.lessons[index]?.key ?? null) : null;
    if (key !== this.#chosen) this.#choose(key);
    for (let length = path.length; length > 0; length -= 1) {
      const place = document.getElementById(idOf(path.slice(0, length)));
      if (place === null) continue;
      for (let around = place.closest("details"); around !== null; around = around.parentElement?.closest("details") ?? null) around.open = true;
      place.scrollIntoView({ block: "center" });
      return place.focus({ preventScroll: true });
    }
    this.#focus(path[2] === "goals" ? "goals-head" : "part-head");
  }

  #focus(id: string): void {
    document.getElementById(id)?.focus();
  }

  // The proof -------------------------------------------------------------------------------------------------------------

  /** First the lesson that is open, then the others, one by one. */
  #prove(): void {
    const { lessons } = this.#manuscript;
    const next = [this.#lesson, ...lessons].find((lesson) => lesson !== undefined && !this.#proofs.has(lesson));
    if (next !== undefined && !this.#isFailed) this.#proving.put(next);
  }

  #proved(lesson: LessonDraft, proof: Proof): void {
    this.#proofs.set(lesson, proof);
    this.#newest.set(lesson.key, proof);
    this.#draw();
    if (lesson.key === this.#chosen) this.#tellSoon();
    this.#prove();
  }

  #failed(error: unknown): void {
    console.error(error);
    this.#isFailed = true;
    this.#draw();
  }

  #proveAgain(): void {
    this.#focus("part-head"); // what was pressed goes
    this.#isFailed = false;
    void this.#engine.addBuild(true).catch(() => {}); // a proof tells of it
    this.#addShell();
    this.#prove();
    this.#draw();
  }

  /** The checks of scripts come after the first proofs, for which nobody should wait; with them all is proved anew. */
  #addShell(): void {
    this.#engine.addShell().then(
      () => {
        this.#hasNoShell = false;
        this.#proofs = new WeakMap();
        this.#prove();
      },
      () => this.#set(() => (this.#hasNoShell = true)),
    );
  }

  #tellSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const lesson = this.#lesson;
      const said = lesson === undefined ? "" : summary(this.#state, lesson);
      if (said === this.#told) return;
      // How it is at first is no news.
      if (this.#told !== "") this.#places.spoken.textContent = said;
      this.#told = said;
    }, QUIET);
  }

  async #fetchRules(): Promise<void> {
    const { loadRules, loadShellRules } = await import("../rules.ts");
    const all = await Promise.all([loadRules(), loadShellRules()]).catch(() => null);
    if (all !== null) this.#set(() => (this.#rules = new Map(all.flatMap((rules) => [...rules]))));
  }

  // What goes out ---------------------------------------------------------------------------------------------------------

  #download(): void {
    save(texts.tools.fileName, fileOf(this.#manuscript));
    this.#say(texts.tools.downloaded(texts.tools.fileName));
  }

  async #copy(): Promise<void> {
    this.#say((await toClipboard(fileOf(this.#manuscript))) ? texts.tools.copied : texts.tools.notCopied);
  }

  /** The lessons that are whole go to the page that teaches, by what the browser keeps for the site. */
  #hand(): boolean {
    const { lessons } = this.#manuscript;
    const faultOf = (lesson: LessonDraft) => this.#faults.find(({ path }) => isWithin(path, ["lessons", lessons.indexOf(lesson)]));
    const odd = lessons.filter((lesson) => faultOf(lesson) !== undefined);
    const lesson = this.#lesson;
    const wanted = lesson === undefined ? undefined : faultOf(lesson);
    const left = odd.reduce((manuscript, { key }) => removed(manuscript, key), this.#manuscript);
    const [first] = faultsIn(left);
    if (wanted !== undefined || first !== undefined) {
      this.#say(wanted === undefined ? texts.tools.notTried : texts.tools.notTriedThis);
      this.#goTo((wanted ?? this.#faults[0])?.path ?? []);
      return false;
    }
    const isHanded = keepSource({ name: "", text: fileOf(left), isOwn: true });
    this.#say(!isHanded ? texts.tools.notHanded : odd.length === 0 ? texts.tools.tried : texts.tools.triedSome(odd.length));
    return isHanded;
  }

  // What is shown ---------------------------------------------------------------------------------------------------------

  #say(sentence: string): void {
    this.#said = sentence;
    this.#places.spoken.textContent = sentence;
    this.#draw();
  }

  #set(change: () => void): void {
    change();
    this.#draw();
  }

  get #state(): BuilderState {
    return {
      manuscript: this.#manuscript,
      chosen: this.#chosen,
      faults: this.#faults,
      proofOf: (lesson) => this.#proofs.get(lesson) ?? this.#newest.get(lesson.key),
      isCurrent: (lesson) => this.#proofs.has(lesson),
      isFailed: this.#isFailed,
      hasNoShell: this.#hasNoShell,
      rules: this.#rules,
      isKept: this.#draft.isKept,
      said: this.#said,
      canUndo: this.#history.length > 0,
      leftOut: this.#leftOut,
      withIgnore: this.#withIgnore,
      isSuggesting: this.#isSuggesting,
      today: today(),
    };
  }

  #draw(): void {
    const focused = document.activeElement;
    render(this.#places.main, builder(this.#state, this.#actions));
    // What is moved loses the focus, though it is still there.
    if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
    document.title = texts.title(plain(this.#manuscript.title));
  }
}

function faultsIn(manuscript: Manuscript): readonly Fault[] {
  return inspected(valueOf(manuscript), MOST_FAULTS).faults.map(plainer);
}

function sentenceOf({ path, text }: Fault): string {
  return learn.faults.at(where(path), text);
}

/** Anything may be kept under the name of the draft. */
function keptIn(text: string | null): Manuscript | undefined {
  const value = text === null ? undefined : parsed(text);
  return isObject(value) ? manuscriptOf(value) : undefined;
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

