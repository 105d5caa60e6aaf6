import type { Judgement } from "./goals.ts";
import type { Lesson, Workshop } from "./workshop.ts";
import type { LessonProgress, Progress } from "./progress.ts";
import type { RuleTexts } from "../rules.ts";
import type { Texts } from "./edits.ts";

/** What the page shows of an open workshop. */
export interface LearnState {
  readonly workshop: Workshop;
  /** Those of the chosen plan, or all. */
  readonly lessons: readonly Lesson[];
  readonly progress: Progress;
  /** Whether the browser keeps the progress. */
  readonly isKept: boolean;
  /** Whether the workshop is none of this site's. */
  readonly isOwn: boolean;
  /** What rules say, once it is there. */
  readonly rules: RuleTexts | null;
  /** On the finish page. */
  readonly name: string;
  readonly day: string;
  /** The same, `YYYY-MM-DD`. */
  readonly today: string;
  /** The address of the guide for trainers. */
  readonly guide: string;
  /** The address of the page on which workshops are written. */
  readonly builder: string;
}

/** The lesson that is open. */
export interface LessonState {
  readonly lesson: Lesson;
  readonly start: Texts;
  /** The state that somebody shared, if the address holds one. */
  readonly shared: Shared | null;
  readonly isPlaygroundThere: boolean | "failed";
  /** `null` before the engine has spoken. */
  readonly judgement: Judgement | null;
  /** The engine has spoken, and can say nothing of the text. */
  readonly isUnknown: boolean;
  readonly progress: LessonProgress;
  readonly isSolutionOpen: boolean;
  /** A room looks on: big letters, the goals, the picture and the editor alone. */
  readonly isPresented: boolean;
  /** How many lines are edited, and how many the solution edits. */
  readonly edits: number;
  readonly par: number;
  /** The address of the playground with the text as it is. */
  readonly experiment: string | null;
  /** What was just done. */
  readonly said: string;
}

export interface Shared extends Texts {
  readonly address: string;
  readonly said: string;
}

/** What a person asks for. */
export interface LearnActions {
  draftOf(lesson: Lesson): string;
  goToGoals(): void;
  judgeAgain(): void;
  openHint(goal: number): void;
  openSolution(): void;
  useSolution(): void;
  beginAnew(): void;
  copyLink(): void;
  /** To the list of what is open. */
  goBack(): void;
  askReset(): void;
  chooseFile(): void;
  leaveOwn(): void;
  nameChanged(event: Event): void;
  print(): void;
}
