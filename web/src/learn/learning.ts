import type { LearnActions, LearnState, LessonState, Shared } from "./state.ts";
import { type LessonProgress, NOTHING, NOT_BEGUN, type Progress, keepProgress, recallProgress, withLesson } from "./progress.ts";
import { type LessonRoute, type Route, addressOf, plainAddress, routeIn } from "./route.ts";
import { type Source, fetchSource, forgetSource, keepSource, openFile } from "./source.ts";
import { type Standing, isSame, standingOf, textsIn } from "./standing.ts";
import { type Texts, textsOf } from "./edits.ts";
import type { Lesson, Workshop } from "./workshop.ts";
import type { Judgement, Verdict } from "./goals.ts";
import { MASK } from "../share/secrets.ts";
import { decode } from "../share/link.ts";
import { keep, recall } from "../storage.ts";
import { forgetDrafts } from "../keeper.ts";
import { finish, parOf } from "../views/learn/finish.ts";
import { handout } from "../views/learn/handout.ts";
import { lessonPage } from "../views/learn/lesson.ts";
import { list } from "../views/learn/list.ts";
import { type Refusal, missing, refused } from "../views/learn/refused.ts";
import { reset } from "../views/learn/reset.ts";
import { sentenceOf } from "../views/learn/goals.ts";
import { Latest } from "../latest.ts";
import type { Places } from "./around.ts";
import type { Playground } from "../playground.ts";
import type { RuleTexts } from "../rules.ts";
import type { VNode } from "../h.ts";
import { plain } from "../words.ts";
import { isBehindDialog, isWriting } from "../writing.ts";
import { read } from "./read.ts";
import { render } from "../render.ts";
import { site } from "../site.ts";
import { texts as common } from "../texts.ts";
import { texts } from "../texts/learn.ts";
import { toClipboard } from "../clipboard.ts";
import { today } from "../today.ts";

/** How long the person must pause before a goal is read out, so that what was met in passing is not. */
const QUIET = 700;

/** The lesson that is open, without what is the same for all lessons. */
interface Open {
  readonly lesson: Lesson;
  readonly shared: Shared | null;
  /** `null` before the engine has spoken, `"unknown"` when it can say nothing. */
  readonly standing: Standing | "unknown" | null;
  readonly isSolutionOpen: boolean;
  readonly isPresented: boolean;
  /** How many hints of each goal the room has seen: not those that whoever presents has opened before. */
  readonly asked: readonly number[];
  readonly said: string;
}

/** What the engine is asked. */
interface Question {
  readonly playground: Playground;
  readonly lesson: Lesson;
}

/** The page that teaches: it brings workshop, progress and playground together. Only this acts; views ask. */
export class Learning {
  #places: Places;
  #source: Source | undefined;
  #workshop: Workshop | undefined;
  #refusal: Refusal | null = null;
  #progress: Progress = NOTHING;
  #isKept = true;
  #open: Open | undefined;
  #rules: RuleTexts | null = null;
  #name = recall("learn-name") ?? "";
  #isPlaygroundThere: boolean | "failed" = false;
  #studies = new Latest<Question, Standing | "unknown" | "overtaken">(
    ({ playground, lesson }) => standingOf(playground, lesson),
    (standing, { lesson }) => standing !== "overtaken" && this.#studied(standing, lesson),
    (error) => console.error(error),
  );
  /** How the goals were when something was last said of them. */
  #told: readonly Verdict[] | undefined;
  #timer: number | undefined;
  #actions: LearnActions = {
    draftOf: (lesson) => this.#draftOf(lesson),
    goToGoals: () => {
      const goals = this.#places.main.querySelector<HTMLElement>("#goals-title");
      goals?.scrollIntoView({ block: "center" });
      goals?.focus({ preventScroll: true });
    },
    judgeAgain: () => this.#judgeAgain(),
    openHint: (goal) => this.#openHint(goal),
    openSolution: () => this.#change({ isSolutionOpen: true }),
    useSolution: () => this.#useSolution(),
    beginAnew: () => this.#beginAnew(),
    copyLink: () => void this.#copyLink(),
    goBack: () => void this.#goTo({ view: "list" }),
    askReset: () => this.#askReset(),
    chooseFile: () => this.#places.file.click(),
    leaveOwn: () => this.#leaveOwn(),
    nameChanged: ({ target }) => this.#rename(target instanceof HTMLInputElement ? target.value : ""),
    print: () => print(),
  };

  constructor(places: Places) {
    this.#places = places;
    addEventListener("hashchange", () => void this.#go(true));
    addEventListener("keydown", (event) => this.#pressed(event));
    for (const said of ["layerwise-report", "layerwise-unread"] as const) document.addEventListener(said, () => this.#study());
    // What was said of the text was said of another.
    document.addEventListener("layerwise-change", () => {
      if (this.#open !== undefined && this.#open.said !== "") this.#change({ said: "" });
    });
    places.file.addEventListener("change", () => {
      const [file] = places.file.files ?? [];
      places.file.value = ""; // so that choosing the same file again is a change
      if (file !== undefined) void this.open(file);
    });
  }

  /** The playground that is open, if one is. */
  get playground(): Playground | null {
    const element = document.querySelector("layerwise-playground");
    return this.#isPlaygroundThere === true ? element : null;
  }

  async begin(): Promise<void> {
    try {
      this.#take(await fetchSource(location.search));
    } catch (error) {
      this.#refusal = unread(error);
    }
    await this.#go(false);
  }

  /** Opens a workshop of the device's. What is open stays open where that one cannot be. */
  async open(file: File): Promise<void> {
    try {
      const source = await openFile(file);
      const workshop = this.#take(source);
      if (workshop === undefined) return this.#showFaults();
      this.#isKept = keepSource(source);
      if (location.search !== "") history.replaceState(null, "", plainAddress(location));
      this.#say(texts.own.opened(workshop.title));
      await this.#goTo({ view: "list" });
    } catch (error) {
      this.#refusal = unread(error);
      this.#showFaults();
    }
  }

  // Where the page is -------------------------------------------------------------------------------------------------

  /** Opens a workshop. What is open stays open where that one cannot be. */
  #take(source: Source): Workshop | undefined {
    const reading = read(source.text);
    this.#refusal = "faults" in reading ? { faults: reading.faults, isRead: true } : null;
    if ("faults" in reading) return undefined;
    this.#source = source;
    this.#workshop = reading.workshop;
    this.#open = undefined;
    this.#progress = recallProgress(source.name);
    return reading.workshop;
  }

  #showFaults(): void {
    this.#draw();
    this.#focusTitle();
  }

  #focusTitle(): void {
    scrollTo(0, 0);
    this.#places.main.querySelector<HTMLElement>("[data-title]")?.focus({ preventScroll: true });
  }

  async #goTo(route: Route): Promise<void> {
    if (location.hash === addressOf(route)) return this.#go(true);
    location.hash = addressOf(route); // which goes there
  }

  async #go(isMove: boolean): Promise<void> {
    const route = routeIn(location.hash);
    if (route.view === "lesson" && this.#isOpen(route)) {
      // The lesson stays as it is, and is only shown in another way.
      this.#change({ isPresented: route.isPresented === true, asked: [] });
      return this.#focusTitle();
    }
    this.#stop();
    this.#open = undefined;
    if (isMove && this.#workshop !== undefined) this.#refusal = null;
    if (route.view === "plan" && this.#workshop !== undefined) this.#keep({ ...this.#progress, plan: route.plan === "all" ? null : route.plan });
    if (route.view === "lesson") await this.#openLesson(route);
    this.#draw();
    if (isMove) this.#focusTitle();
  }

  #isOpen({ lesson, link, isPresented }: LessonRoute): boolean {
    const open = this.#open;
    return open?.lesson.id === lesson && (open.shared?.address ?? null) === link && open.isPresented !== isPresented;
  }

  async #openLesson({ lesson: id, link, isPresented = false }: LessonRoute): Promise<void> {
    const lesson = this.#workshop?.lessons.find((lesson) => lesson.id === id);
    if (lesson === undefined) return;
    const { hash } = location;
    const shared = link === null ? null : await sharedIn(link, lesson);
    if (location.hash !== hash) return; // the person is elsewhere by now
    this.#told = undefined;
    this.#open = { lesson, shared, standing: null, isSolutionOpen: false, isPresented, asked: [], said: "" };
    this.#keep({ ...withLesson(this.#progress, id, {}), last: id });
    void this.#fetchPlayground();
    void this.#fetchRules();
  }

  async #fetchPlayground(): Promise<void> {
    if (this.#isPlaygroundThere === true) return;
    try {
      const { Playground } = await import("../playground.ts");
      if (customElements.get("layerwise-playground") === undefined) customElements.define("layerwise-playground", Playground);
      this.#isPlaygroundThere = true;
    } catch (error) {
      console.error(error);
      this.#isPlaygroundThere = "failed";
    }
    this.#draw();
  }

  async #fetchRules(): Promise<void> {
    if (this.#rules !== null) return;
    const { loadRules, loadShellRules } = await import("../rules.ts");
    const [rules, shellRules] = await Promise.all([loadRules(), loadShellRules()]).catch(() => [new Map(), new Map()]);
    this.#rules = new Map([...rules, ...shellRules]);
    this.#draw();
  }

  // What the engine says -----------------------------------------------------------------------------------------------

  get #lesson(): Lesson | undefined {
    return this.#open?.lesson;
  }

  /** What is open in the playground, if anything is. */
  get #question(): Question | undefined {
    const { playground } = this;
    return playground === null || this.#open === undefined ? undefined : { playground, lesson: this.#open.lesson };
  }

  #study(): void {
    const question = this.#question;
    if (question !== undefined) this.#studies.put(question);
  }

  #studied(standing: Standing | "unknown", lesson: Lesson): void {
    if (this.#open === undefined) return;
    const { shared, standing: before } = this.#open;
    if (standing === "unknown") {
      clearTimeout(this.#timer);
      if (before !== "unknown") this.#say(texts.lesson.unjudged);
      return this.#change({ standing });
    }
    const { judgement, edits } = standing;
    if (judgement.isDone && shared === null) this.#done(lesson, edits); // what somebody shared is not what the learner has done
    this.#change({ standing });
    this.#tellSoon(lesson, judgement);
  }

  #done(lesson: Lesson, edits: number): void {
    const { best, isDone, isGiven: wasGiven } = this.#lessonProgress(lesson.id);
    const isGiven = wasGiven && this.#isSolution(lesson);
    const least = isGiven ? best : Math.min(best ?? edits, edits);
    if (isDone && least === best && isGiven === wasGiven) return;
    this.#keep(withLesson(this.#progress, lesson.id, { isDone: true, best: least, isGiven }));
  }

  #isSolution({ solution }: Lesson): boolean {
    const { dockerfile, dockerignore } = textsOf(solution);
    return this.playground?.value === dockerfile && this.playground.dockerignore === dockerignore;
  }

  #tellSoon(lesson: Lesson, judgement: Judgement): void {
    clearTimeout(this.#timer);
    // How it is at first is no news.
    if (this.#told === undefined) this.#tell(lesson, judgement);
    else this.#timer = window.setTimeout(() => this.#tell(lesson, judgement), QUIET);
  }

  /** Tells of the goals that are met now and were not before, or the other way round, and what an attempt still misses. */
  #tell(lesson: Lesson, judgement: Judgement): void {
    const before = this.#told;
    this.#told = judgement.goals;
    if (before === undefined) return;
    const changed: string[] = [];
    const missing: string[] = [];
    judgement.goals.forEach((verdict, index) => {
      const goal = lesson.goals[index];
      const was = before[index];
      if (goal === undefined || was === undefined) return;
      const sentence = plain(sentenceOf(goal, verdict));
      if (verdict.isMet !== was.isMet) changed.push(verdict.isMet ? texts.lesson.goalSaid(sentence) : texts.lesson.lostSaid(sentence));
      else if (verdict.almost !== null && verdict.almost !== was.almost) missing.push(sentence);
    });
    const met = judgement.goals.filter(({ isMet }) => isMet).length;
    if (changed.length > 0) changed.push(texts.lesson.metSaid(met, lesson.goals.length));
    const said = [...changed, ...missing];
    if (said.length > 0) this.#say([...said, ...(judgement.isDone ? [texts.lesson.doneSaid(plain(lesson.title))] : [])].join(" "));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#studies.cancel();
  }

  // What the person does ------------------------------------------------------------------------------------------------

  #draftOf({ id }: Lesson): string {
    return `${this.#source?.name ?? "course"}:${id}`;
  }

  #openHint(goal: number): void {
    if (this.#open === undefined) return;
    const { lesson, isPresented, asked } = this.#open;
    const { id, goals } = lesson;
    const hints = isPresented ? asked : this.#lessonProgress(id).hints;
    const shown = hints[goal] ?? 0;
    const opened = goals.map((_, index) => (index === goal ? shown + 1 : (hints[index] ?? 0)));
    if (!isPresented) this.#keep(withLesson(this.#progress, id, { hints: opened }));
    this.#change({ asked: opened });
    const all = goals[goal]?.hints ?? [];
    if (shown + 1 < all.length) return this.#say(plain(all[shown] ?? ""));
    // What was pressed is gone with the last hint, which is read out where the focus goes.
    this.#places.main.querySelectorAll(".goal")[goal]?.querySelector<HTMLElement>(".hints li:last-child")?.focus();
  }

  /** The keys of a presenter's remote go from lesson to lesson, but where somebody writes; with Alt there as well. */
  #pressed(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented } = event;
    const by = key === "PageDown" ? 1 : key === "PageUp" ? -1 : 0;
    if (by === 0 || this.#open?.isPresented !== true || this.#workshop === undefined || defaultPrevented || ctrlKey || metaKey || shiftKey) return;
    if (isBehindDialog(document, this.playground?.shadowRoot) || (isWriting(event) && !altKey)) return;
    const lessons = this.#lessonsOf(this.#workshop);
    const lesson = lessons[lessons.indexOf(this.#open.lesson) + by];
    if (lesson === undefined) return;
    event.preventDefault();
    void this.#goTo({ view: "lesson", lesson: lesson.id, link: null, isPresented: true });
  }

  /** What could not be had is asked for anew; until then it is as before the engine had spoken. */
  #judgeAgain(): void {
    this.#places.main.querySelector<HTMLElement>("#goals-title")?.focus(); // what was pressed goes
    this.#change({ standing: null });
    this.playground?.retry();
  }

  #useSolution(): void {
    if (this.#lesson === undefined) return;
    this.#keep(withLesson(this.#progress, this.#lesson.id, { isGiven: true }));
    this.#put(textsOf(this.#lesson.solution), texts.lesson.solutionUsed);
  }

  #beginAnew(): void {
    if (this.#lesson === undefined) return;
    this.#keep(withLesson(this.#progress, this.#lesson.id, { isDone: false, hints: [], isGiven: false }));
    this.#told = undefined;
    this.#change({ isSolutionOpen: false });
    this.#put(textsOf(this.#lesson.start), texts.lesson.anewSaid);
  }

  /** Puts texts into the editor, from which an undo leads back. */
  #put({ dockerfile, dockerignore }: Texts, said: string): void {
    const { playground } = this;
    if (playground === null) return;
    if (playground.value !== dockerfile) playground.value = dockerfile;
    if (playground.dockerignore !== dockerignore) playground.dockerignore = dockerignore;
    this.#said(said);
  }

  /** Shows what was done, and has it read out. */
  #said(said: string): void {
    this.#change({ said });
    this.#say(said);
  }

  async #copyLink(): Promise<void> {
    const question = this.#question;
    if (question === undefined) return;
    const { lesson } = question;
    const standing = this.#judged(lesson);
    const address = standing.then(({ fragment }) => new URL(addressOf({ view: "lesson", lesson: lesson.id, link: fragment.slice(1) }), location.href).href);
    try {
      // Asked for at once: a moment later some browsers no longer give it.
      const isCopied = await toClipboard(address);
      if (this.#lesson !== lesson) return;
      if (!isCopied) history.replaceState(null, "", await address);
      const { masked } = await standing;
      const said = isCopied ? texts.lesson.copied : texts.lesson.notCopied;
      this.#said(masked === 0 ? said : `${said} ${common.share.masked(masked, MASK)}`);
    } catch {
      if (this.#lesson === lesson) this.#said(texts.lesson.notYet);
    }
  }

  /** How far the texts are, once that is known; rejects when it cannot be, or when another lesson is open by then. */
  async #judged(lesson: Lesson): Promise<Standing> {
    if (this.#standing === undefined) {
      this.#study();
      await this.#studies.settled();
    }
    if (this.#standing === undefined || this.#lesson !== lesson) throw new Error(texts.lesson.notYet);
    return this.#standing;
  }

  /** How far the texts are, if that is known of them as they are now. */
  get #standing(): Standing | undefined {
    const { playground } = this;
    const standing = this.#open?.standing ?? "unknown";
    return standing !== "unknown" && playground !== null && isSame(standing.texts, textsIn(playground)) ? standing : undefined;
  }

  #askReset(): void {
    const { dialog } = this.#places;
    const close = () => dialog.close();
    render(dialog, reset({ reset: () => (close(), this.#reset()), close }));
    dialog.showModal();
  }

  #reset(): void {
    for (const lesson of this.#workshop?.lessons ?? []) forgetDrafts(this.#draftOf(lesson));
    this.#keep(NOTHING);
    void this.#goTo({ view: "list" });
  }

  #leaveOwn(): void {
    forgetSource();
    location.assign(plainAddress(location));
  }

  #rename(name: string): void {
    this.#name = name;
    keep("learn-name", name === "" ? null : name);
    this.#draw();
  }

  // What is kept and shown ------------------------------------------------------------------------------------------------

  #lessonProgress(id: string): LessonProgress {
    return this.#progress.lessons.get(id) ?? NOT_BEGUN;
  }

  #keep(progress: Progress): void {
    this.#progress = progress;
    if (this.#source !== undefined) this.#isKept = keepProgress(this.#source.name, progress);
  }

  #change(change: Partial<Open>): void {
    if (this.#open === undefined) return;
    this.#open = { ...this.#open, ...change };
    this.#draw();
  }

  #say(sentence: string): void {
    this.#places.spoken.textContent = sentence;
  }

  #draw(): void {
    const nodes = this.#view();
    document.documentElement.toggleAttribute("data-presented", this.#open?.isPresented === true);
    render(this.#places.main, nodes);
    const heading = this.#places.main.querySelector("[data-title]")?.textContent ?? "";
    if (heading !== "") document.title = texts.title(heading);
  }

  #view(): VNode[] {
    if (this.#workshop === undefined || this.#refusal !== null) return refused(this.#refusal ?? { faults: [], isRead: false }, this.#workshop?.title ?? null, this.#actions);
    const state = this.#state(this.#workshop);
    const route = routeIn(location.hash);
    if (route.view === "finish") return finish(state, this.#actions);
    if (route.view === "handout") return handout(state, route.hasSolutions, this.#actions);
    if (route.view !== "lesson") return list(state, this.#actions);
    return this.#open === undefined ? missing(state.workshop.title, state.isOwn, this.#actions) : lessonPage(state, this.#lessonState(this.#open), this.#actions);
  }

  /** Those of the chosen plan, or all. */
  #lessonsOf({ plans, lessons }: Workshop): readonly Lesson[] {
    const plan = plans?.find(({ id }) => id === this.#progress.plan);
    const chosen = plan?.lessons.flatMap((id) => lessons.find((lesson) => lesson.id === id) ?? []) ?? lessons;
    // A lesson that is open stands in the list, whatever plan was chosen.
    return this.#lesson === undefined || chosen.includes(this.#lesson) ? chosen : lessons;
  }

  #state(workshop: Workshop): LearnState {
    return {
      workshop,
      lessons: this.#lessonsOf(workshop),
      progress: this.#progress,
      isKept: this.#isKept,
      isOwn: this.#source?.isOwn ?? false,
      rules: this.#rules,
      name: this.#name,
      today: today(),
      day: new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }),
      guide: `${site}teaching.html`,
      builder: `${site}builder.html`,
    };
  }

  #lessonState(open: Open): LessonState {
    const { lesson, standing } = open;
    const { judgement = null, edits = 0, fragment = null } = standing === null || standing === "unknown" ? {} : standing;
    return {
      ...open,
      start: textsOf(lesson.start),
      judgement,
      isUnknown: standing === "unknown",
      edits,
      experiment: fragment === null ? null : `${site}${fragment}`,
      isPlaygroundThere: this.#isPlaygroundThere,
      progress: { ...this.#lessonProgress(lesson.id), ...(open.isPresented && { hints: open.asked }) },
      par: parOf(lesson),
    };
  }
}

/** It could not be had, of which its file is no cause. */
function unread(error: unknown): Refusal {
  return { faults: [error instanceof Error ? error.message : String(error)], isRead: false };
}

/** The texts of a link, or where it is damaged those of the lesson. */
async function sharedIn(link: string, lesson: Lesson): Promise<Shared> {
  try {
    const { dockerfile, dockerignore } = await decode(link);
    return { dockerfile, dockerignore, address: link, said: texts.lesson.shared };
  } catch {
    return { ...textsOf(lesson.start), address: link, said: texts.lesson.damaged };
  }
}
