import type { ChangeKind, NamedKind } from "./build/change.ts";
import type { Asked } from "./commands/table.ts";
import type { Decision } from "./review/review.ts";
import type { FileName } from "./files.ts";
import type { Fetched, ResultTab } from "./state.ts";
import type { Format } from "./share/formats.ts";
import type { Grouping } from "./groups.ts";
import type { Range, Severity } from "./engine.ts";

/** What views ask of the element that composes them, by name, with what they say along with it. */
export interface Requests {
  /** Show the explanation of a finding, or hide it, and show its place. */
  toggle: { key: string };
  /** Go to a place in the editor. */
  go: { key: string };
  /** Apply a finding's fix. */
  apply: { key: string };
  /** Silence a finding with a comment. */
  silence: { key: string };
  /** Compose a report of a false positive, and show it. */
  falsepositive: { key: string };
  /** It was changed by hand. */
  falsepositivechanged: Record<never, never>;
  copyfalsepositive: Record<never, never>;
  openissue: Record<never, never>;
  leavefalsepositive: Record<never, never>;
  /** Show the text that another tab keeps. */
  elsewhere: { file: FileName };
  /** Take the Dockerfile or its report along. */
  share: { format: Format };
  /** Take back what silences a finding: the `index`th of those that are suppressed. */
  unsilence: { index: number };
  /** Neither list nor underline a rule, or what has a message, for now. */
  mute: { what: string };
  /** List it again; `null` for everything. */
  unmute: { what: string | null };
  /** List what is ignored and muted, or no longer. */
  quiet: { isOpen: boolean };
  /** List the findings of one category alone, or with `null` all. */
  category: { category: string | null };
  /** Bring a row into sight, whatever hides it. */
  row: { key: string };
  /** Apply all safe fixes: of some rules, if any are named. */
  fixall: { rules: readonly string[] };
  /** Look at the fixes of rows before they are applied. */
  review: { keys: readonly string[] };
  /** Take a part of a fix, or leave it. */
  decide: { proposal: number; decision: Decision };
  takeall: Record<never, never>;
  leaveall: Record<never, never>;
  /** Go to the next part that is not decided. */
  nextpart: Record<never, never>;
  /** Apply what is taken. */
  applyreview: Record<never, never>;
  /** Go without applying anything. */
  leavereview: Record<never, never>;
  /** Load the view of the differences again after a mishap. */
  loadreview: Record<never, never>;
  undo: Record<never, never>;
  dismiss: Record<never, never>;
  example: { id: string };
  open: Record<never, never>;
  /** Save the file that is shown. */
  save: Record<never, never>;
  earlier: Record<never, never>;
  reset: Record<never, never>;
  theme: { theme: string };
  /** Show the other file in the editor. */
  file: { file: FileName };
  /** Show something else below the score. */
  tab: { tab: ResultTab };
  /** Check again after a mishap. */
  retry: Record<never, never>;
  /** Fetch the shell checks again after a mishap. */
  shell: Record<never, never>;
  /** Fetch what looks at the build again after a mishap. */
  builder: Record<never, never>;
  /** Fetch explanations or patterns again after a mishap. */
  fetch: { what: keyof Fetched };
  /** Show what the caret's line does, or no longer. */
  line: Record<never, never>;
  /** Keep a listing as a file. */
  download: { name: string; text: string };
  /** Put a listing on the clipboard. */
  copy: { text: string };
  /** Bring the result into sight. */
  result: Record<never, never>;
  /** List and underline a severity, or no longer. */
  severity: { severity: Severity };
  /** Put the rows together by something else. */
  group: { grouping: Grouping };
  /** Show in the editor where a row's place is, or no longer. */
  spot: { key: string | null };
  /** Say what kind of thing changed between two builds. */
  changekind: { kind: ChangeKind };
  /** Say which one it is that changed. */
  changename: { kind: NamedKind; name: string };
  /** Build up to a stage, or with `null` up to the last one. */
  target: { target: string | null };
  /** Go to a place that the report tells of. */
  reveal: { range: Range };
  /** Go to a place that the plan of the build tells of. */
  place: { range: Range };
  /** Light a place up in the editor, or no longer. */
  light: { range: Range | null };
  /** Show more of a long list. */
  more: Record<never, never>;
  /** Open the explanation of a finding, and go there. */
  explain: { key: string };
  /** Go to the next underlined place, or to the one before. */
  step: { to: "next" | "previous" };
  /** Go to a line of the Dockerfile, by its number; behind the last one, to that. */
  goline: { line: number };
  /** Go to the editor. */
  focus: Record<never, never>;
  /** Begin with nothing. */
  new: Record<never, never>;
  redo: Record<never, never>;
  /** Show what is known of the place of the caret. */
  hover: Record<never, never>;
  /** Show all commands. */
  palette: Record<never, never>;
  /** Show the commands that have a name or a code like this. */
  search: { query: string };
  /** Choose the command that Enter would run. */
  choose: { index: number };
  /** Show what the page asks the network for. */
  proof: Record<never, never>;
  /** Show the shortcuts. */
  shortcuts: Record<never, never>;
  /** Show what can be done about the findings at the caret. */
  fixmenu: Record<never, never>;
  /** Leave what lies above the page. */
  leave: Record<never, never>;
  /** Leave what lies above the page, and ask for these. */
  run: { asks: readonly Asked[] };
}

/** A handler that sends a request up from the node that it is bound to. */
export function ask<Name extends keyof Requests>(name: Name, detail: Requests[Name]): (event: Event) => void {
  return (event) => event.currentTarget?.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

/** Listens for the requests of every view below `container`. */
export function answer(
  container: EventTarget,
  answers: { [Name in keyof Requests]: (detail: Requests[Name]) => void },
): void {
  for (const [name, act] of Object.entries(answers)) {
    container.addEventListener(name, (event) => {
      if (event instanceof CustomEvent) (act as (detail: unknown) => void)(event.detail);
    });
  }
}
