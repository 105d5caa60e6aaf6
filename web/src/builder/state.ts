import type { Fault } from "../learn/schema.ts";
import type { LessonDraft, Manuscript } from "./manuscript.ts";
import type { Proof } from "./proof.ts";
import type { RuleTexts } from "../rules.ts";
import type { Suggestion } from "./suggest.ts";

/** What the page shows of a workshop that is being written. */
export interface BuilderState {
  readonly manuscript: Manuscript;
  /** The key of the lesson that is open; `null` where it is the workshop's own title and text. */
  readonly chosen: string | null;
  readonly faults: readonly Fault[];
  /** The newest proof of a lesson, which may be one of how it was a moment ago. */
  proofOf(lesson: LessonDraft): Proof | undefined;
  /** Whether that proof is of the lesson as it is. */
  isCurrent(lesson: LessonDraft): boolean;
  /** The engine can say nothing of what is open. */
  readonly isFailed: boolean;
  readonly hasNoShell: boolean;
  /** What rules say, once it is there. */
  readonly rules: RuleTexts | null;
  /** Whether the browser keeps what is written. */
  readonly isKept: boolean;
  /** What was just done. */
  readonly said: string;
  readonly canUndo: boolean;
  /** What an opened file held that no workshop has. */
  readonly leftOut: readonly string[];
  /** The keys of the lessons whose `.dockerignore` is shown. */
  readonly withIgnore: ReadonlySet<string>;
  readonly isSuggesting: boolean;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** What becomes of a manuscript. */
export type Revise = (manuscript: Manuscript) => Manuscript;

/** What a person does. */
export interface BuilderActions {
  /** Writes in a field. */
  write(revise: Revise): void;
  /** Does what is told, and can be undone; then the focus goes to the field or button of this id. */
  act(said: string, focus: string, revise: Revise): void;
  /** Opens a lesson, or the workshop's own part. */
  choose(key: string | null): void;
  addLesson(): void;
  duplicate(lesson: LessonDraft): void;
  remove(lesson: LessonDraft): void;
  take(suggestion: Suggestion): void;
  askOurs(): void;
  suggest(isOpen: boolean): void;
  showIgnore(lesson: LessonDraft, isShown: boolean): void;
  goTo(fault: Fault): void;
  /** Moves the focus to what has this id, once all is drawn. */
  focus(id: string): void;
  proveAgain(): void;
  undo(): void;
  anew(): void;
  chooseFile(): void;
  download(): void;
  copy(): void;
  /** Hands the workshop to the page of the lessons; tells whether that can be opened. */
  hand(): boolean;
}
