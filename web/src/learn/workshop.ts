// What a workshop is: one JSON document, as `workshop.schema.json` has it. Our own course is one, and so is a trainer's file.

/** A text in which `` `…` `` is code. */
export type Prose = string;

/** The text of a file: whole, or line by line. */
export type FileText = string | readonly string[];

export interface Workshop {
  readonly version: 1;
  readonly title: string;
  readonly about: Prose;
  /** Ways through the lessons for the time that there is. */
  readonly plans?: readonly Plan[];
  readonly lessons: readonly Lesson[];
}

export interface Plan {
  readonly id: string;
  readonly title: string;
  readonly about: Prose;
  /** The lessons by their ids, in this order. */
  readonly lessons: readonly string[];
  /** What there is time for besides lessons. */
  readonly pauses?: readonly Pause[];
}

/** A welcome, a break, questions. */
export interface Pause {
  readonly title: string;
  readonly minutes: number;
  /** The lesson of this plan that follows; without it the pause is at the end. */
  readonly before?: string;
}

export interface Lesson {
  /** Names the lesson in links and in what is kept of a learner's progress. */
  readonly id: string;
  readonly title: string;
  /** Lessons of one practice stand together in the list. */
  readonly practice: string;
  /** How long most people take. */
  readonly minutes: number;
  /** Why anybody should care, in three sentences. */
  readonly why: readonly Prose[];
  /** Stands below that, where the cache view of the playground is not what shows it. */
  readonly picture?: Picture;
  readonly text: readonly Block[];
  readonly start: FilePair;
  readonly solution: FilePair;
  /** What must stay true, so that nobody reaches the goals by deleting the program. */
  readonly keep: readonly Kept[];
  readonly goals: readonly Goal[];
  readonly takeHome: readonly Prose[];
  /** Rules to read on about, by their ids. */
  readonly rules: readonly string[];
  /** What the playground shows first. */
  readonly look?: Look;
}

export type Block = Prose | { readonly list: readonly Prose[] } | { readonly code: FileText };

/** Exactly one of these. */
export interface Picture {
  readonly flow?: Flow;
  readonly support?: Support;
}

/** What leads to what. */
export interface Flow {
  readonly caption: Prose;
  /** From above to below. A row has one box, or as many as the others that have several: what stands below another follows from it. */
  readonly rows: readonly (readonly { readonly text: Prose; readonly about?: Prose; readonly is?: "good" | "bad" }[])[];
}

/** Until when releases are supported, as it is today. */
export interface Support {
  readonly caption: Prose;
  readonly of: readonly { readonly name: Prose; readonly year: number; readonly month?: number }[];
}

export interface FilePair {
  readonly dockerfile: FileText;
  readonly dockerignore?: FileText;
}

export interface Kept {
  /** Said when it is no longer true. */
  readonly broken: Prose;
  readonly when: Predicate;
}

export interface Goal {
  /** Said while it is open. `{}` stands for what is counted. */
  readonly open: Prose;
  /** Said once it is met. */
  readonly met: Prose;
  /** Said instead of `open` where a text is on the way, or on a wrong one: the first that is true. */
  readonly almost?: readonly Almost[];
  readonly when: Predicate;
  /** Opened one by one. */
  readonly hints: readonly Prose[];
  /** What leads from where the goals before are met to where this one is; all together lead from the start to the solution. */
  readonly edits: readonly LessonEdit[];
}

/** What a tutor says of an attempt that does not meet the goal yet. */
export interface Almost {
  readonly say: Prose;
  readonly when: Predicate;
}

export interface LessonEdit {
  readonly file?: ".dockerignore";
  /** A text that the file holds exactly once; empty for a file that is empty as yet. */
  readonly replace: FileText;
  readonly with: FileText;
  readonly why: Prose;
}

export interface Look {
  readonly tab: "findings" | "build" | "run";
  readonly change?: { readonly file?: string; readonly arg?: string; readonly image?: string };
}

export interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Steps of the plan: all that is said must be true of a step. */
export interface Selector {
  /** `needed` (the default): what the image needs; `image`: whose layers ship; `build`: needed and not shipped; or a stage's name. */
  readonly in?: string;
  readonly keyword?: readonly string[];
  /** The step runs one of these commands: `apt-get install`. */
  readonly runs?: readonly string[];
  /** It copies one of these paths, as written; a star stands for anything. */
  readonly copies?: readonly string[];
  /** …from there: `context`, `stage`, `image`, `named-context`, or the name of a stage or an image. */
  readonly from?: string;
  readonly mounts?: readonly ("bind" | "cache" | "tmpfs" | "secret" | "ssh")[];
  /** It installs one of these packages by name. */
  readonly installs?: readonly string[];
  /** What follows the keyword; a star stands for anything. */
  readonly text?: readonly string[];
}

export interface FindingSelector extends Bounds {
  readonly rules?: readonly string[];
  /** What other tools call it. */
  readonly codes?: readonly string[];
  readonly category?: string;
  /** This severe, or more. */
  readonly severity?: "error" | "warning" | "info" | "style";
}

export interface WhatChanges {
  readonly files?: readonly string[];
  readonly args?: readonly string[];
  readonly images?: readonly string[];
}

export interface Settings {
  readonly has?: readonly string[];
  readonly hasNot?: readonly string[];
}

/** Exactly one of these. */
export interface Predicate {
  readonly all?: readonly Predicate[];
  readonly any?: readonly Predicate[];
  readonly not?: Predicate;
  /** How many findings there are, those that a comment silences included: none, where no bound is given. */
  readonly findings?: FindingSelector;
  readonly score?: { readonly category?: string; readonly atLeast: number };
  /** What the image starts from, below all stages. */
  readonly base?: { readonly is?: readonly string[]; readonly isNot?: readonly string[] };
  /** How many stages the image needs. */
  readonly stages?: Bounds;
  /** How many steps there are: at least one, where no bound is given. */
  readonly steps?: Selector & Bounds;
  /** How many steps a change rebuilds, among all that the builder numbers or among some. */
  readonly rebuilt?: Bounds & { readonly change: WhatChanges; readonly among?: Selector };
  readonly user?: { readonly isRoot: boolean };
  readonly environment?: Settings;
  readonly labels?: Settings;
  readonly starts?: { readonly form?: "exec" | "shell"; readonly program?: readonly string[] };
  readonly healthcheck?: boolean;
  /** How many credentials stand in the file. */
  readonly secrets?: Bounds;
}
