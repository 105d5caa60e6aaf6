// The texts of the pages that teach. They are a catalogue of their own, so that nobody loads them who is not there.

import { count, number } from "./en.ts";

const edits = (of: number) => count(of, { one: "# line", other: "# lines" });

/** To the quarter of an hour, once it is more than one: nobody knows better. */
const lasting = (minutes: number) => {
  const quarters = Math.round(minutes / 15);
  if (quarters < 5) return count(minutes, { one: "# minute", other: "# minutes" });
  const [hours, rest] = [Math.floor(quarters / 4), ["", "\u00bc", "\u00bd", "\u00be"][quarters % 4]];
  return hours === 1 && rest === "" ? "1 hour" : `${number(hours)}${rest} hours`;
};

const month = ({ year, month }: { readonly year: number; readonly month?: number }) => (month === undefined ? String(year) : `${MONTHS[month - 1]}\u00a0${year}`);
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
const types: Readonly<Record<string, string>> = {
  string: "a text in quotes",
  array: "a list in square brackets",
  object: "an object in braces",
  integer: "a whole number",
  boolean: "true or false",
};
const lists: Readonly<Record<string, string>> = { lessons: "lesson", goals: "goal", hints: "hint", edits: "edit", rows: "row", plans: "plan", pauses: "pause" };

const en = {
  title: (of: string) => `${of} – Layerwise`,
  /** Before anything has arrived. */
  loading: "The lessons are on their way…",
  noPlayground: "The playground could not be loaded. Is there a network? Reload the page to try again.",
  list: {
    all: "All lessons",
    minutes: (of: number) => count(of, { one: "# minute", other: "# minutes" }),
    about: (lessons: number, minutes: number) =>
      `${count(lessons, { one: "# lesson", other: "# lessons" })}, about ${lasting(minutes)}`,
    progress: (done: number, of: number) => `${number(done)} of ${number(of)} done`,
    begin: "Begin",
    resume: (title: string) => `Go on with “${title}”`,
    plans: "How much time is there?",
    done: "Done",
    begun: "Begun",
    reset: "Forget my progress",
    resetAsk: "All texts, hints and results of this workshop on this device go. There is no way back.",
    resetYes: "Forget it",
    resetNo: "Keep it",
    finish: "To the finish page",
    unkept: "This browser keeps nothing for this page: your progress is gone when it is closed.",
  },
  lesson: {
    nth: (nth: number, of: number) => `Lesson ${number(nth)} of ${number(of)}`,
    back: "All lessons",
    minutes: (of: number) => `about ${count(of, { one: "# minute", other: "# minutes" })}`,
    goals: "Goals",
    met: (met: number, of: number) => `${number(met)} of ${count(of, { one: "# goal", other: "# goals" })} met`,
    isMet: "Met:",
    isOpen: "Open:",
    judging: "The engine is on its way…",
    unjudged: "A part of the engine could not be loaded, or was stopped at this text: so nobody knows which goals are met.",
    refused: "BuildKit would refuse the file as it stands, so no goal can be met. The findings say why.",
    hint: "Hint",
    nextHint: (nth: number, of: number) => `Next hint (${number(nth)} of ${number(of)})`,
    hintFor: (goal: string) => ` for: ${goal}`,
    work: "Your Dockerfile",
    anew: "Begin this lesson anew",
    anewSaid: "The lesson begins anew. Undo brings your text back.",
    experiment: "Try things in the playground",
    copyLink: "Copy a link to this state",
    copied: "The link is copied.",
    notYet: "The engine has not read this text yet. Try again in a moment.",
    notCopied: "The browser does not let this page copy. The link is in the address now.",
    shared: "This is a state that somebody shared. Your own text is kept.",
    toOwn: "Back to my own text",
    damaged: "The link to this state is damaged, perhaps cut off. Here is the lesson from its start.",
    done: "Done",
    doneSaid: (title: string) => `Lesson done: ${title}.`,
    goalSaid: (sentence: string) => `Goal met: ${sentence}`,
    lostSaid: (sentence: string) => `Open again: ${sentence}`,
    /** After what is said of goals. */
    metSaid: (met: number, of: number) => `${number(met)} of ${number(of)}.`,
    next: (title: string) => `Next: ${title}`,
    toFinish: "To the finish page",
    takeHome: "Take home",
    solution: "Solution",
    solutionOpen: "Show the solution",
    solutionUse: "Put the solution into the editor",
    solutionUsed: "The solution is in the editor. Undo brings your text back.",
    file: (name: string) => `In \`${name}\``,
    rules: "Read on",
    rulePage: "The page of this rule, with examples",
    golf: "Golf",
    golfNow: (of: number) => `All goals with as few edited lines as possible. So far: ${edits(of)}.`,
    golfDone: (of: number) => `All goals with ${edits(of)} edited.`,
    golfBest: (of: number) => `Your best: ${edits(of)}.`,
    golfPar: (of: number) => `The solution edits ${edits(of)}.`,
    previous: "Previous lesson",
    following: "Next lesson",
    nav: "Lessons before and after",
  },
  picture: {
    good: "Good: ",
    bad: "Bad: ",
    about: ": ",
    then: "; then ",
    today: "today",
    over: (end: { readonly year: number; readonly month?: number }) => `unmended since ${month(end)}`,
    ahead: (end: { readonly year: number; readonly month?: number }) => `mended until ${month(end)}`,
  },
  present: {
    begin: "Present",
    previous: "Previous",
    next: "Next",
    /** `key` as browsers name it. */
    key: (title: string, key: string) => `${title} (${key === "PageUp" ? "Page Up" : "Page Down"}; in the editor with Alt)`,
    /** In the form of `aria-keyshortcuts`. */
    keys: (key: string) => `${key} Alt+${key}`,
    leave: "End the presentation",
  },
  finish: {
    title: "Finish",
    all: (title: string) => `All lessons of “${title}” are done.`,
    some: (done: number, of: number) => `${number(done)} of ${number(of)} lessons ${done === 1 ? "is" : "are"} done.`,
    name: "Your name, for the printed page",
    by: (name: string, day: string) => (name === "" ? day : `${name}, ${day}`),
    print: "Print this page",
    lesson: "Lesson",
    result: "Result",
    edited: "Lines edited",
    par: "Solution",
    done: "done",
    open: "open",
    kept: "This page knows only what this browser has kept; it is sent nowhere.",
    back: "Back to the lessons",
  },
  handout: {
    title: "Handout",
    plain: "Without solutions",
    solved: "With solutions",
    print: "Print",
    goals: "Goals",
    start: "Dockerfile to begin with",
    ignore: ".dockerignore to begin with",
    solution: "Solution",
    notes: "Notes",
    back: "Back to the lessons",
    nav: "Handout",
  },
  own: {
    title: "A workshop of your own",
    about: "Open a workshop of your own from this device, or drop its file here. It is read in this page and sent nowhere.",
    open: "Open a workshop…",
    write: "Write a workshop",
    guide: "Guide for trainers",
    handout: "Handout to print",
    leave: "Back to the course of this site",
    drop: "Drop the workshop's file here",
    opened: (title: string) => `The workshop “${title}” is open.`,
  },
  refused: {
    title: "This workshop cannot be opened",
    about: (count: number) => (count === 1 ? "Mend this in its file, and open it again:" : "Mend these in its file, and open it again:"),
    course: "To the course of this site",
    back: (title: string) => `Back to \u201c${title}\u201d`,
    noLesson: "There is no lesson of this name here",
    noLessonIn: (workshop: string) => `\u201c${workshop}\u201d has none. Perhaps it has another name by now, or is a lesson of another workshop.`,
  },
  source: {
    noAddress: (asked: string) => `“${asked}” is no address. Write the path of a JSON file of this site behind \`workshop=\`.`,
    otherSite: (origin: string) =>
      `This page opens workshops of its own site alone, and this one lies at ${origin}. Put the file beside the page, or open it from your device.`,
    offline: (address: string) => `${address} could not be fetched. Is there a network, and is the address right?`,
    answered: (address: string, status: number) => `${address} answered with ${status}. Is the address right?`,
    large: (name: string) => `${name} is too large for a workshop. Is this the right file?`,
  },
  faults: {
    at: (where: string, text: string) => (where === "" ? text : `${where.charAt(0).toUpperCase()}${where.slice(1)}: ${text}`),
    nth: (name: string, nth: number) => (Object.hasOwn(lists, name) ? `${lists[name]} ${nth}` : `\`${name}\`, entry ${nth}`),
    named: (name: string) => `\`${name.replaceAll("`", "'")}\``,
    large: (megabytes: number) => `The file is larger than ${megabytes} MB. A workshop is a small text: is this the right file?`,
    noJson: (why: string) => `The file is not JSON${why === "" ? "" : ` (${why})`}. Mend it there, or let an editor that knows JSON show the place.`,
    deep: "This is nested too deeply. Put fewer conditions into each other.",
    constant: (value: string) => `This must be ${value}.`,
    oneOf: (names: readonly string[]) => `This must be one of ${list(names)}.`,
    type: (wanted: readonly string[]) => `This must be ${wanted.map((name) => types[name] ?? name).join(", or ")}.`,
    empty: "This is empty. Write what the learner is to read, or take it out if it may be absent.",
    long: (most: number, is: number) => `This has ${is} characters, and may have ${most}. Make it shorter.`,
    pattern: "This may hold small letters, digits, and single hyphens between them.",
    range: (least: number, most: number) => `This must be a number from ${least} to ${most}.`,
    few: (least: number) => `This needs at least ${least === 1 ? "one entry" : `${least} entries`}.`,
    many: (most: number, is: number) => `This has ${is} entries, and may have ${most}. Take some out.`,
    unknown: (names: readonly string[]) => `Nothing is called this here. Known are ${list(names)}.`,
    missing: "This is missing. Add it.",
    noneOf: (names: readonly string[]) => `One of ${list(names)} must be given.`,
    severalOf: (names: readonly string[]) => `Only one of ${list(names)} may be given. Put several conditions into \`all\` or \`any\`.`,
    doubleId: (id: string) => `Another lesson is called \`${id}\` already. Give this one a name of its own.`,
    noLesson: "No lesson has this id. Write the id of one, as it stands in `lessons`.",
    oddRow: "The rows of a picture have one box, or all the same number. Make this row as wide as the one with several before it.",
    noPlanLesson: "This plan has no lesson of this id. Name the lesson of the plan that follows, or leave `before` out for a pause at the end.",
    lostEdit:
      "The text that an edit here replaces does not stand exactly once in the file as the goals before have left it. Compare `replace` with the file, blanks and line ends included.",
    otherEnd: "The edits of all goals lead from the start to another text than this. Change the edits or the solution, until both are the same.",
  },
};

export const texts = en;
