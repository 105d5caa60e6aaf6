// Every text of the page that a person reads, in English. A translation is a file like this one; `../texts.ts` says which one the page has.
//
// An area of the page is an object of its own. Values are texts, or functions from what they speak of to a text, so that each language
// has its own order of words. In a text `` `…` `` is code, and `{}` is where a view puts a node of its own (`views/prose.ts`).
//
// Not here: what rules, advice and explanations say, which is the engine's and comes with it; and the names of things that are called the
// same in every language, such as Dockerfile, FROM or .dockerignore.

import { numbersIn } from "../words.ts";

export const language = { code: "en", direction: "ltr" };

export const { number, count } = numbersIn(language.code);

const findingsOf = (of: number) => count(of, { one: "# finding", other: "# findings" });
const steps = (of: number) => count(of, { one: "# step", other: "# steps" });
const stages = (of: number) => count(of, { one: "# stage", other: "# stages" });

/** What is said in many places. */
export const common = {
  line: (line: number) => `Line ${line}`,
  tryAgain: "Try again",
  copy: "Copy",
  copied: "Copied",
  findings: findingsOf,
};

export const severities = { error: "Error", warning: "Warning", info: "Info", style: "Style" };

export const panes = { playground: "Playground", editor: "Editor", result: "Result", files: "Files" };

export const toolbar = {
  examples: "Examples",
  open: "Open\u2026",
  openHint: "Open a file of this device",
  save: "Save",
  saveHint: "Save the file to where it was opened, or where you say",
  share: "Share",
  reset: "Reset",
  theme: "Colours",
  themes: { auto: "Like the system", light: "Light", dark: "Dark" },
};

/** What a person wrote before another text took its place; `line` is its first that tells something. */
export const earlier = (line: string) => ({ title: "What you wrote before", about: `Only the last is kept: ${line}` });

export const tabs = {
  findings: "Findings",
  build: "Build",
  run: "Run",
  /** After the number of patterns in the `.dockerignore`. */
  patterns: (of: number) => count(of, { one: " pattern", other: " patterns" }),
};

export const examples = {
  node: { title: "Node web app", about: "Every edit reinstalls every package" },
  python: { title: "Python service", about: "Caches shipped, secrets written down" },
  go: { title: "Go in a single stage", about: "The compiler goes to production" },
  java: { title: "Java with Maven", about: "Deleted in a later layer, shipped all the same" },
  rust: { title: "Rust in two stages", about: "The second stage takes the source along" },
  legacy: { title: "Ubuntu, ten years on", about: "MAINTAINER, ADD, and a lone apt-get update" },
  heredoc: { title: "Scripts as heredocs", about: "RUN and COPY with the text in place" },
  fragment: { title: "A snippet from a guide", about: "No FROM, some lines left out" },
  "multi-stage": { title: "Multi-stage, done well", about: "Nothing left to mend" },
};

export const editor = {
  /** In an empty `.dockerignore`. */
  ignoreHint: `What stands here is kept out of the build, one pattern a line, such as:

.git
node_modules
**/*.log

COPY . . then leaves it behind, and a change of it rebuilds nothing.
Empty means that there is no such file.`,
  carriageReturn: "Carriage return",
  /** What a character is that turns the direction of a text; the name is the one that Unicode has for it. */
  control: (name: string) => `${name}: turns the direction of the text, so that it reads otherwise than it runs`,
  hidden: (name: string) => `${name}: nobody sees this character, and it is part of the text`,
  /** What CodeMirror says by itself, by its own words for it. */
  phrases: {
    "Control character": "Control character",
    "Selection deleted": "Selection deleted",
  },
};

export const thisLine = {
  title: "This line",
  at: (line: number, title: string) => `Line ${line}: ${title}`,
  label: "What this line does",
  nowhere: "Put the caret on an instruction to see what it does in this build.",
};

export const status = {
  lines: (of: number) => count(of, { one: "# line", other: "# lines" }),
  milliseconds: (value: string) => `Checked in ${value} ms`,
  seconds: (value: string) => `Checked in ${value} s`,
  /** `{}` is a key. */
  next: "{} next finding",
  withoutShell: "Shell checks are unavailable. ",
  /** The lines on which the scripts begin; at least one. */
  unreadScripts: (lines: readonly number[]) =>
    lines.length === 1
      ? `The script in line ${lines[0]} is too long or nested too deeply for the shell checks.`
      : `The scripts in lines ${lines.join(", ")} are too long or nested too deeply for the shell checks.`,
  refused: "Refused",
  notKept: "Not kept",
};

export const empty = {
  title: "Paste a Dockerfile",
  about: "Or drop a file here, or begin with one of these. The score comes as you type.",
};

export const score = {
  title: "Score",
  of: "of 100",
  grade: "Grade ",
  categories: "Score by category",
  notJudged: "n/a",
  notJudgedHint: "Nothing in this file to judge",
  notJudgedNote: "n/a: the file gives that category nothing to judge. It changes nothing.",
  snippet: "snippet",
  /** What a press on a bar does. */
  only: (title: string, findings: number) => `${title}: list its ${findingsOf(findings)}`,
  /** `{}` is the finding that caps the letter. */
  capped: (from: string, grade: string) => `By its number this is ${/^[AF]/.test(from) ? "an" : "a"} ${from}. This caps the letter at ${grade}: {}`,
  ignored: (of: number) => `${findingsOf(of)} ignored by comments: not counted.`,
  muted: (of: number) => `${findingsOf(of)} muted by you: counted all the same.`,
  list: "List them",
  how: "How the score is made",
  fragment:
    "There is no `FROM`, so this is judged as a snippet: nothing that only a whole file can miss is held against it. " +
    "Begin it with a base image to have all of it judged.",
  waiting: "Starting the checker\u2026",
  points: "Points of the score",
  change: (before: number, after: number) => `score ${before} \u2192 ${after}`,
};

const these = (of: number) => ["this", "this", "these two", "these three"][of] ?? "these";

/** What holds the file back most. */
export const outlook = {
  /** `{}` is the score. */
  title: (of: number) => `Mend ${these(of)} and you are at {}`,
  /** Where nobody knows what the score is then. */
  first: (of: number) => `Mend ${these(of)} first`,
  /** After a message that stands for several. */
  more: (of: number) => count(of, { one: "and # more", other: "and # more" }),
  fix: (of: number) => (of === 1 ? "Apply the safe fix" : `Apply ${number(of)} safe fixes`),
  review: (of: number) => (of === 1 ? "Review the other fix" : `Review ${number(of)} other fixes`),
  reviewOnly: (of: number) => (of === 1 ? "Review the fix" : `Review ${number(of)} fixes`),
};

/** Where BuildKit would refuse the file. */
export const refused = {
  title: "BuildKit would refuse this file",
  noScore: "There is no score until it builds. ",
  errors: (of: number) =>
    count(of, {
      one: "# error to mend first, listed below among the findings.",
      other: "# errors to mend first, listed below among the findings.",
    }),
  go: (line: number) => `Go to line ${line}`,
};

export const findings = {
  listed: (listed: number, all: number) => (listed < all ? `${number(listed)} of ${findingsOf(all)}` : all === 0 ? "No findings" : findingsOf(all)),
  more: (of: number) => `Show more of ${findingsOf(of)}`,
  fixAll: (of: number) => `Fix all safe (${number(of)})`,
  reviewAll: (of: number) => `Review all (${number(of)})`,
  /** The points of the rows that are listed. */
  sum: (points: number) => `\u2212${points} in all`,
  sumHint: "Points of the score: together they are what is missing to 100",
  fixRule: (of: number) => `Fix all ${number(of)} of this rule`,
  reviewRule: (of: number) => `Review all ${number(of)} of this rule`,
};

/** What is not listed: ignored by comments in the file, or muted by the person for the moment. */
export const quiet = {
  title: (ignored: number, muted: number) => [ignored > 0 && `${number(ignored)} ignored`, muted > 0 && `${number(muted)} muted`].filter(Boolean).join(", "),
  ignored: "Ignored by comments in the file",
  ignoredHint: "They do not count for the score.",
  muted: "Muted by you",
  mutedHint: "Until this page is loaded anew. The text is unchanged, and they count for the score.",
  /** `{}` is the comment. */
  comment: "by {}",
  commentAt: (line: number) => `Go to the comment, line ${line}`,
  remove: "Take it back",
  removeHint: "removes the comment, or this name in it",
  byHand: "This comment says more than names: change it by hand",
  unmute: "Unmute",
  unmuteAll: "Unmute all",
  rule: (rule: string) => `the whole rule \`${rule}\``,
};

export const filters = {
  label: "Severities shown",
  show: "Show these",
  hide: "Hide these",
  /** After the number of them. */
  findings: (of: number) => count(of, { one: " finding", other: " findings" }),
  hidden: (of: number) => `${findingsOf(of)} hidden: press a severity above to show ${of === 1 ? "it" : "them"}.`,
  only: (category: string) => `Only ${category}`,
  allCategories: "list all",
  groupBy: "Group by",
  groupings: { line: "Line", practice: "Practice", rule: "Rule", severity: "Severity" },
  /** The two categories that the score does not count, and therefore does not name. */
  uncounted: { style: "Style", shell: "Shell" },
};

export const finding = {
  fix: "Fix",
  review: "Review fix",
  apply: "Apply",
  leave: "Leave it",
  ignore: "Ignore it here",
  ignoreHint: "writes a comment above the instruction",
  mute: "Mute it",
  muteRule: "Mute the rule",
  muteHint: "until this page is loaded anew; the text stays as it is",
};

/** Fixes that are looked at before they are applied. */
export const review = {
  title: (of: number) => `Review ${count(of, { one: "# fix", other: "# fixes" })}`,
  /** Above the lines of a part: which fix it is, and which part of that. */
  fix: (nth: number, of: number) => `Fix ${nth} of ${of}`,
  part: (nth: number, of: number) => `part ${nth} of ${of}`,
  take: (parts: number) => (parts === 1 ? "Take it" : `Take its ${number(parts)} parts`),
  leave: (parts: number) => (parts === 1 ? "Leave it" : `Leave its ${number(parts)} parts`),
  /** Says what a button is for, after its own text. */
  forPart: (line: number, title: string) => `: line ${line}, ${title}`,
  decision: "Decision",
  left: "Left as it is",
  takeAll: "Take all",
  leaveAll: "Leave all",
  next: "Next undecided",
  apply: "Apply",
  applySome: (fixes: number) => `Apply ${number(fixes)}`,
  close: "Close",
  counts: (taken: number, left: number, open: number) =>
    [`${number(taken)} taken`, `${number(left)} left`, open > 0 && `${number(open)} undecided`].filter(Boolean).join(", "),
  stays: (total: number) => `The score stays at ${total}`,
  rises: (before: number, after: number) => `Score ${before} \u2192 ${after}`,
  refused: (message: string) => `BuildKit would refuse the file with this: ${message}`,
  judging: "Checking what comes of it\u2026",
  /** What is found then, and was not found before. */
  brought: (messages: readonly string[]) => `With what is taken, this is found: ${messages.join(" \u00b7 ")}`,
  noView: "The view of the differences could not be loaded. The changes are listed instead. ",
  overlaps: (title: string) => `Overlaps with \u201c${title}\u201d`,
  harm: (message: string) => `Left, as with the others it would bring this: ${message}`,
  undecided: "You did not decide",
  notWanted: "You left it",
  rival: (title: string) => `Cannot be together with \u201c${title}\u201d: one of the two can be taken, and the other is looked for again after it.`,
};

export const diff = {
  label: "What the fix changes",
  why: "Why each part",
  comes: "Comes: ",
  goes: "Goes: ",
};

export const explanation = {
  none: "There is no explanation for this rule yet.",
  bad: "Instead of",
  good: "Write",
  leave: "When to leave it",
  rule: "Rule",
  elsewhere: "Elsewhere",
  more: "Read more",
};

/** In the place of what is fetched. */
export const waiting = {
  fetching: {
    rules: "Fetching the explanation\u2026",
    shellRules: "Fetching the explanation\u2026",
    patterns: "Fetching the pattern\u2026",
    advice: "Fetching the advice\u2026",
  },
  failed: {
    rules: "The explanation could not be fetched. ",
    shellRules: "The explanation could not be fetched. ",
    patterns: "The pattern could not be fetched. ",
    advice: "The advice could not be fetched. ",
  },
};

/** A title that begins with an article goes on in a sentence; names stay as they are. */
const inSentence = (title: string) => title.replace(/^An? /, (article) => article.toLowerCase());

export const pattern = {
  some: "A pattern to follow",
  of: (title: string) => `A pattern for ${inSentence(title)}`,
  /** Says what a button copies. */
  copies: (title: string) => `: pattern for ${inSentence(title)}`,
};

export const clean = {
  file: "Nothing holds this file back.",
  fragment: "Nothing holds this snippet back.",
  checked: (stageCount: number, categories: number) =>
    `Checked: ${stages(stageCount)} in ${count(categories, { one: "# category", other: "# categories" })}.`,
  checkedFragment: (categories: number) =>
    `Checked: a snippet in ${count(categories, { one: "# category", other: "# categories" })}.`,
  next: "What a Dockerfile cannot show, the image does: build it, run it locked up, look into it.",
  commands: "Commands for this image",
};

export const bases = {
  title: (of: number) => (of === 1 ? "Base image" : `Base images (${of})`),
  asOf: (day: string, areOld: boolean) => `data as of ${day}${areOld ? ", more than six months old" : ""}`,
  lines: (lines: readonly number[]) => `${lines.length === 1 ? "Line" : "Lines"} ${lines.join(", ")}`,
  official: "official image",
  release: "Release",
  system: "System",
  same: "Same image",
  newer: "Newer",
  smaller: "Smaller",
  /** `{}` is an image. */
  without: (lacks: string) => `{} without ${lacks}`,
  unknown: "Nothing is known of it here.",
  ended: (day: string | null) => (day === null ? "support ended" : `support ended on ${day}`),
  supported: (day: string) => `supported until ${day}`,
};

export const notice = {
  left: (of: number) => `, left\u00a0${number(of)}`,
  undo: "Undo",
  dismiss: "Dismiss",
  applied: "What changed",
  leftOnes: "What was left, and why",
  copyChanges: "Copy as the description of a pull request",
  done: (fix: string) => `Done: ${fix}`,
  empty: "Started with an empty file",
  silenced: "Ignored with a comment",
  spoken: "It is no longer ignored",
  muted: (of: number) => `Muted ${findingsOf(of)} until this page is loaded anew`,
  unmuted: (of: number) => count(of, { one: "# finding is no longer muted", other: "# findings are no longer muted" }),
  appliedAll: (of: number) => `Applied ${count(of, { one: "# fix", other: "# fixes" })}`,
  fixing: "Trying out which fixes go together\u2026",
  noneApplied: "No safe fix could be applied",
  noneLeft: "No fix is left that is safe",
  reset: "Back to the first text",
  earlier: "Showing what you wrote before",
  example: (title: string) => `Showing \u201c${title}\u201d`,
  saved: (name: string) => `Saved ${name}`,
  /** `left` are others, of which none is shown: there is one Dockerfile here, and one `.dockerignore`. */
  opened: (names: readonly string[], left: readonly string[]) =>
    `Opened ${names.join(" and ")}${left.length === 0 ? "" : `, and not ${left.length > 3 ? `${number(left.length)} others` : left.join(", ")}`}`,
  link: "Showing what the link holds",
  own: "Showing your own text again",
  notKept: "This browser has no room for your text, or keeps nothing: it is gone when you leave the page. Save it, or copy it, before you do.",
  overtaken: (file: string) =>
    `The ${file} was changed in another tab, and a new visit begins with that text. Yours stays in this tab until you close it; write on here, and yours is kept instead.`,
  showElsewhere: "Show the other text",
  elsewhere: "Showing the text of the other tab",
};

/** What is said to a screen reader only. */
export const spoken = {
  result: (findings: number, total: number, change: number) => `${told(findings)}, score ${total}${changed(change)}`,
  refused: (findings: number) => `BuildKit would refuse this file. ${told(findings)}`,
  empty: "The Dockerfile is empty",
  after: (done: string, result: string) => `${done}. ${result}`,
  at: (line: number, message: string) => `Line ${line}: ${message}`,
};

function told(findings: number): string {
  return findings === 0 ? "No findings" : findingsOf(findings);
}

function changed(change: number): string {
  if (change === 0) return "";
  return change > 0 ? `, up ${change}` : `, down ${-change}`;
}

export const share = {
  formats: {
    link: { title: "Copy a link", about: "It holds the text itself: nothing is uploaded" },
    markdown: { title: "Copy as Markdown", about: "The Dockerfile with its findings, for an issue or a chat" },
    text: { title: "Copy the Dockerfile", about: "As it is" },
    file: { title: "Download the Dockerfile", about: "As it is" },
    report: { title: "Download a report", about: "Markdown, for people" },
    sarif: { title: "Download SARIF", about: "For code hosts and editors" },
    json: { title: "Download JSON", about: "As the command line writes it" },
  },
  copiedText: "Copied the Dockerfile",
  copiedMarkdown: (masked: string) => `Copied as Markdown${masked}`,
  copiedLink: (length: number, masked: string) =>
    `Copied a link of ${count(length, { one: "# character", other: "# characters" })}${masked}`,
  localLink: ". It leads to this file, where it lies on this device",
  longLink: ". Some programs cut a link as long as this; \u201cCopy as Markdown\u201d is safe from that",
  saved: (name: string, masked: string) => `Saved as ${name}${masked}`,
  masked: (of: number, mask: string) => `; ${count(of, { one: "# credential", other: "# credentials" })} in it became ${mask}`,
  changed: "The text changed meanwhile: try again",
};

/** The report and the list of changes, in Markdown. */
export const paper = {
  title: (verdict: string) => `Dockerfile: ${verdict}`,
  score: (total: number, grade: string) => `${total} of 100 (${grade})`,
  fragment: "a fragment",
  refused: "BuildKit would refuse it",
  nothing: "Nothing was found.",
  silenced: (of: number) =>
    count(of, { one: "# more finding is silenced by comments.", other: "# more findings are silenced by comments." }),
  severities: { error: "error", warning: "warning", info: "info", style: "style" },
  changes: (of: number) => `Mends the Dockerfile: ${count(of, { one: "# change", other: "# changes" })}.`,
  rise: (before: number, after: number) => ` Its score goes from ${before} to ${after}.`,
};

/** What went wrong, in sentences. */
export const errors = {
  unknown: "Something went wrong here. Your text is unchanged.",
  tooSlow: (seconds: number) => `The check took longer than ${seconds} seconds and was stopped. Your text is unchanged.`,
  twice: "The checker stopped twice on this text and was started again. Your text is unchanged.",
  notFixed: "To work out all fixes took too long here, and was stopped. Your text is unchanged; each fix can be applied by itself.",
  closed: "The checker has been closed.",
  notLoaded: "The checker could not be loaded. Your text is unchanged.",
  noWebAssembly:
    "This page may run no WebAssembly, and the checker is made of it: a setting of your browser, or a rule of this site, forbids it. Your text is unchanged, and can be edited all the same.",
  buildStopped: "What looks at the build did not come to an end with this text, and was stopped. Findings and fixes work all the same.",
  noBuild: "What looks at the build could not be loaded. Findings and fixes work all the same.",
  checkAgain: "Check again",
  noCopying: "Copying is not allowed here",
  largeFile: (name: string) => `${name} is larger than 5 MB, which no Dockerfile is. It was not opened.`,
  largeInput: "What was to be put in is larger than 5 MB, which no Dockerfile is. It was left out, and your text is unchanged.",
  unreadableFile: (name: string) => `${name} could not be read.`,
  noText: (name: string) => `${name} is not a text file, and was not opened.`,
  otherEncoding: (name: string, encoding: string | null) =>
    `${name} is ${encoding === null ? "not in UTF-8" : `in ${encoding}, not in UTF-8`}, and was not opened: save it as UTF-8, which is how it would be read.`,
  folder: (name: string) => `${name} is a folder: drop the Dockerfile in it.`,
  changedElsewhere: (name: string) =>
    `${name} was changed by another program since it was opened here, and was not written over. Save again to choose where yours goes.`,
  movedElsewhere: (name: string) => `${name} is no longer where it was opened. Save again to choose where it goes.`,
  notSaved: (name: string) => `${name} could not be saved: the browser or the device did not allow it. Save again to choose another place.`,
  damagedLink: "This link is damaged: a part of it is missing or was changed on its way. Ask for it again.",
  largeLink: "This link holds more than 2 MB, which no Dockerfile does. It was not opened.",
  newerLink: "This link was made by a newer version of this page. Load the page again, and then open the link.",
};

/** The report of a false positive: the button, the dialog, and what the report says. */
export const falsePositive = {
  button: "Report a false positive\u2026",
  hint: "shows you the report first; nothing is sent",
  title: "Report a false positive",
  composing: "Looking for the least of the file that shows it\u2026",
  about: "This was put together on your device, and nothing is sent. Read it, change it, leave out what others should not see.",
  masked: (of: number, mask: string) =>
    count(of, {
      one: `# credential became \`${mask}\`; names and addresses are as you wrote them.`,
      other: `# credentials became \`${mask}\`; names and addresses are as you wrote them.`,
    }),
  label: "The report, in Markdown",
  openIssue: "Open an issue",
  openHint: (site: string) => `Opens ${site} in a new tab, with the text above in the address.`,
  close: "Close",
  noCopying: "Copying is not allowed here: select the text and copy it by hand.",
  long: "The report is too long for an address. It is on your clipboard: paste it into the form.",
  issue: (rule: string) => `False positive: ${rule}`,
  found: "What is found",
  finding: (line: number, severity: string, message: string, codes: string) => `Line ${line}, ${severity}: ${message} (${codes})`,
  why: "Why it is wrong",
  yours: "Write here what this file does, and why the finding does not fit.",
  settings: "Settings",
  version: (version: string, made: string) => `Layerwise ${version}, ${made}`,
  commit: (name: string, hasChanges: boolean) => `commit ${name}${hasChanges ? " with changes" : ""}`,
  noCommit: "built outside of git",
  data: (asOf: string, today: string) => `base images as of ${asOf}, checked on ${today}`,
  shell: "with shell checks",
  noShell: "without shell checks",
};

/** That there is a newer version of the page. */
export const news = {
  ready: "A new version is ready.",
  kept: "Your text stays.",
  reload: "Reload",
  later: "Later",
  unkept: "This browser has no room to keep your text over a reload. Save it as a file first.",
  reloadAnyway: "Reload all the same",
};

/** That nothing leaves the page, and how one can see it. */
export const proof = {
  title: "Nothing leaves this page",
  close: "Close",
  askers: { page: "the page", checker: "the checker\u2019s worker", serviceWorker: "the offline copy" },
  requests: {
    title: "Requests",
    waiting: "Everything that the page works with is still arriving.",
    since: (of: number, time: string) =>
      count(of, { one: `# request since ${time}, when all had arrived`, other: `# requests since ${time}, when all had arrived` }),
    ask: "Edit your text, open explanations, apply fixes: it stays at this number.",
    /** Where no copy of the site is kept on the device. */
    askSite: "Edit your text, apply fixes: it stays at this number. What you open for the first time, such as an explanation, is fetched from this site; nothing is sent to it.",
    all: (of: number, origins: string) =>
      `${count(of, { one: "# request", other: "# requests" })} since the page was opened, ${origins}`,
    ownOrigin: (origin: string) => `all to ${origin}`,
    otherOrigins: (of: number) => count(of, { one: "# of them to another site", other: "# of them to other sites" }),
    never: "There was none since the page was opened, not even for the page: it is a file of this device.",
    columns: { time: "Time", file: "File", origin: "Site", by: "Asked by", from: "Answered by" },
    fromDevice: "this device",
    fromNetwork: "the network",
    table: "All requests",
  },
  policy: {
    title: "The policy in force",
    about: "The browser holds the page and its workers to these rules, whatever a script tries.",
    none: "This page has no policy of its own.",
    meanings: {
      "default-src": "What is not named below is forbidden.",
      "script-src": "Only scripts and WebAssembly of this site run.",
      "connect-src": "Nothing can be sent or fetched but from this site.",
      "form-action": "No form can be sent anywhere.",
      "require-trusted-types-for": "No script can be made from a text.",
    } as Readonly<Record<string, string>>,
    /** What is different in the edition in one file. */
    inOneFile: {
      "script-src": "Only the script of this file and WebAssembly in it run.",
      "connect-src": "Nothing can be sent, and nothing fetched but what is in this file.",
    },
    stopped: (of: number) => count(of, { one: "# attempt was stopped", other: "# attempts were stopped" }),
    entry: (directive: string, address: string, by: string) => `\`${directive}\` stopped ${by} at \`${address}\``,
    try: "Try to send something away",
    tried: (directive: string) => `Stopped by \`${directive}\`: nothing was sent.`,
    notStopped: "The browser did not stop it. Do not trust this page with secrets.",
  },
  program: {
    title: "The program that runs",
    version: "Version",
    engine: "Engine",
    commit: (name: string, hasChanges: boolean) => `commit \`${name}\`${hasChanges ? " with changes" : ""}`,
    noCommit: "built outside of git",
    noHash: "no hash: the browser computes one only on a secure address",
    hash: "SHA-256",
    compare: "Build it yourself and compare: the same commit gives the same bytes.",
    command: "Commands",
    copy: "Copy",
    copied: "Copied",
  },
  offline: {
    title: "Go offline and try",
    isOnline: "This device is online.",
    isOffline: "This device is offline. Paste a Dockerfile, reload the page: all works as before.",
    how: "Switch the network off, or use the aeroplane mode. Then reload this page and paste something.",
    preparing: "The page is being kept on this device\u2026",
    kept: (files: number) =>
      count(files, { one: "The page is kept on this device: # file.", other: "The page is kept on this device: # files." }),
    whole: "This is one file with all that it needs: it works wherever it lies, with or without a network.",
    forbidden:
      "This browser keeps no pages here, as in private windows and on addresses that are not secure. Offline, the open page goes on to check and to fix; what was not opened before, such as explanations, does not come. Do not reload it then.",
    failed: "The page could not be kept on this device this time; a later visit tries again. Offline, the open page goes on to check and to fix; what was not opened before, such as explanations, does not come.",
  },
};

export const build = {
  waiting: "Going through the build\u2026",
  refused: "BuildKit would refuse this file as it is. What follows is the build of all that can be read of it.",
  tooLong: "This file is too long to go through its build here. `layerwise plan` does it on the command line.",
  nothing: "There is no instruction here yet, and so nothing to build.",
};

/** What a stage is called where it has no name, and how sentences speak of it. */
export const stage = {
  snippet: "snippet",
  final: "final stage",
  numbered: (index: number) => `stage ${index}`,
  theSnippet: "the snippet",
  theFinal: "the final stage",
  named: (name: string) => `stage ${name}`,
};

/** The changes whose cost the Build tab tells. */
export const change = {
  title: "What changed?",
  label: "What changed between two builds",
  kinds: { file: "File", image: "Image", arg: "ARG", here: "This line", nothing: "Nothing" },
  nothing: "A second build of the same: what the cache gives without any change.",
  path: "Path",
  pathHint: "From the root of the build context; with a slash at its end a folder",
  noFiles: "The file takes none from the build context: type one.",
  suggestions: "Suggestions from this file",
  nowhere: "Put the caret on an instruction of a stage: it is the one that changes.",
  /** `{}` is the instruction. */
  here: (line: number) => `The text of line ${line}, where the caret is: {}`,
  outlook: "Steps that are rebuilt",
  now: "As it is",
  withSafe: (of: number) => (of === 1 ? "With the safe fix" : `With the ${number(of)} safe fixes`),
  withReview: (of: number) => (of === 1 ? "With the fix to review" : `With the ${number(of)} fixes to review`),
  withAll: "With all fixes, those to review too",
  noFix: "no fix could be applied",
  /** `{}` is how many are rebuilt. */
  rebuilt: (all: number) => `{} of ${steps(all)} rebuilt`,
};

export const graph = {
  title: "Stages",
  tooMany: (of: number) => `${stages(of)}: too many for a picture. They are listed below, one after the other.`,
  target: "Target",
  last: "the last stage",
  lastNamed: (name: string) => `${name} (last)`,
  noStage: (name: string) => `There is no stage \`${name}\` to build. What is told here is of the last one.`,
  label: "Stages, and what they are made from",
  namedContext: "context given by name",
  image: "image",
  notNeeded: "not needed",
  ships: "ships",
  andShips: ", ships",
  reads: "reads the build context",
  andReads: ", reads the build context",
  noLayer: "no layer",
  cached: "cached",
  rebuilt: (of: number) => `${number(of)} rebuilt`,
  into: {
    from: (name: string) => `starts from ${name}`,
    copy: (name: string) => `copies from ${name}`,
    mount: (name: string) => `mounts files of ${name}`,
  },
  out: {
    from: (name: string) => `is the base of ${name}`,
    copy: (name: string) => `is copied from by ${name}`,
    mount: (name: string) => `is mounted by ${name}`,
  },
};

export const stepList = {
  title: "Steps",
  more: (of: number) => `Show more of ${steps(of)}`,
  rebuilt: (rebuilt: number, all: number) => `${number(rebuilt)} of ${number(all)} rebuilt`,
  notNeeded: "not needed for this target",
  ships: "ships",
  states: { cached: "Cached", rebuilt: "Rebuilt", metadata: "No layer", skipped: "Not needed" },
  inherited: " (by ONBUILD)",
};

export const ships = {
  title: "What ships",
  from: "Starts from",
  files: "Files",
  packages: "Packages",
  /** `{}` are manifests such as package.json. */
  manifests: "all that {} installs",
  user: "Runs as",
  workdir: "Works in",
  entrypoint: "Entry point",
  command: "Command",
  ports: "Ports",
  volumes: "Volumes",
  environment: "Environment",
  labels: "Labels",
  health: "Health check",
  stopSignal: "Stops on",
  untold: "something that this file does not tell",
  scratch: "nothing (scratch)",
  text: "from a text in the Dockerfile",
  runs: (of: number, isAlone: boolean) =>
    (isAlone ? "" : "and ") + count(of, { one: "what a RUN instruction writes", other: "what # RUN instructions write" }),
  nothing: "nothing beside what it starts from",
  everything: "everything",
  to: " to ",
  downloaded: "downloaded",
  context: "from the build context",
  /** `{}` is an image or a stage. */
  origin: "from {}",
  rootUntold: "no USER says otherwise",
  nonroot: "a user without privileges, set by the base image",
  userUntold: "whom the base image says",
  shell: "through a shell",
  healthOff: "switched off",
  healthNone: "none in this file",
};

export const run = {
  waiting: "Looking at the file\u2026",
  /** `{}` is a stage. */
  target: "For the stage {}:",
  why: "Why",
  shell: "Shell",
  command: "Command",
  download: "Download",
};

/** What can be done in the page, as the palette and the list of shortcuts say it. */
export const commands = {
  groups: {
    here: "At the cursor",
    fix: "Fix",
    find: "Findings",
    filter: "Filter the findings",
    go: "Go to a finding",
    view: "View",
    build: "Build",
    share: "Share and save",
    file: "File",
    colours: "Colours",
    help: "Help",
    editor: "While you write",
  },
  fixAll: (safe: number) => `Fix all safe (${number(safe)})`,
  reviewAll: (of: number) => `Review the fixes that need a look (${number(of)})`,
  fixRule: (rule: string, safe: number) => `Fix all ${number(safe)} of \`${rule}\``,
  fix: (title: string) => title,
  look: (title: string) => `${title}: show the change first`,
  silence: (rule: string) => `Ignore \`${rule}\` here with a comment`,
  mute: (rule: string) => `Mute \`${rule}\` here for now`,
  explain: (message: string) => `Why? ${message}`,
  explainPlace: "Explain what is at the cursor",
  fixesHere: "Show what can be done at the cursor",
  next: "Next finding",
  previous: "Previous finding",
  goTo: (message: string) => message,
  line: (line: number) => `Line ${line}`,
  goLine: (line: number) => `Go to line ${line}`,
  severity: (name: string, isHidden: boolean) => `${isHidden ? "Show" : "Hide"} findings of severity ${name}`,
  group: (name: string) => `Group findings by ${name}`,
  category: (name: string) => `Show findings of ${name} alone`,
  everyCategory: "Show findings of all categories",
  quiet: "Show what is ignored and muted",
  tab: { findings: "Show the findings", build: "Show the build", run: "Show how to run it" },
  thisLine: (isOpen: boolean) => (isOpen ? "Hide what this line does" : "Show what this line does"),
  editor: "Go to the editor",
  openFile: (name: string) => `Edit ${name}`,
  target: (stage: string) => `Build up to stage \`${stage}\``,
  lastTarget: "Build up to the last stage",
  change: {
    file: "What if a file changes?",
    image: "What if a base image changes?",
    arg: "What if an ARG changes?",
    here: "What if this line changes?",
    nothing: "What if nothing changes?",
  },
  changed: (name: string) => `What if \`${name}\` changes?`,
  example: (title: string) => `Example: ${title}`,
  open: "Open a file\u2026",
  save: "Save the file",
  new: "Start with an empty file",
  reset: "Back to the first text",
  undo: "Undo",
  redo: "Redo",
  theme: { auto: "Colours like the system", light: "Light colours", dark: "Dark colours" },
  palette: "All commands",
  shortcuts: "Keyboard shortcuts",
  proof: "See that nothing leaves this page",
  /** Other words by which people look for these. */
  words: {
    fixAll: "repair mend apply autofix quick",
    fixRule: "repair mend apply every",
    report: "issue bug wrong report",
    silence: "suppress disable hadolint ignore comment mute",
    explain: "why help documentation rule",
    explainPlace: "hover what is this help documentation",
    next: "jump problem error warning",
    previous: "jump problem error warning back",
    findings: "list problems lint results",
    build: "graph layers cache stages simulate",
    run: "docker commands compose advice",
    thisLine: "explain instruction caret cursor",
    editor: "focus write",
    target: "stage --target",
    change: "simulate cache rebuild invalidate scenario",
    share: "export link permalink clipboard save download",
    open: "load file disk upload",
    save: "store write disk",
    new: "clear blank empty",
    reset: "restore beginning",
    earlier: "my own draft previous restore back",
    theme: { auto: "theme mode appearance automatic", light: "theme mode appearance day bright", dark: "theme mode appearance night" },
    shortcuts: "keys hotkeys keyboard help bindings",
    proof: "privacy private network requests policy offline hash security",
    filter: "filter severity",
  },
};

export const palette = {
  title: "All commands",
  placeholder: "Type a command, a code or a line",
  label: "Search commands",
  results: "Commands",
  count: (of: number) => count(of, { one: "# command", other: "# commands" }),
  none: (query: string) => `Nothing here is called \u201c${query}\u201d.`,
  noFinding: (code: string, title: string) => `${code} is \u201c${title}\u201d. No finding of this file is that.`,
  hint: "\u2191 \u2193 to choose, Enter to run, Escape to leave",
};

export const shortcuts = {
  title: "Keyboard shortcuts",
  close: "Close",
  about: "These work in the whole playground.",
  outside: "outside of the editor",
  toolbar: "Shortcuts",
  or: "or",
  /** What the editor does by itself. */
  editor: {
    complete: "Suggest what may come here",
    comment: "Make a comment of the line, or no longer",
    moveUp: "Move the line up",
    moveDown: "Move the line down",
    copyDown: "Copy the line down",
    deleteLine: "Delete the line",
    leave: "Leave the editor",
    dismiss: "Close what is open: a list, a menu, an explanation",
  },
  /** Keys with names. */
  keys: {
    Control: "Ctrl",
    Ctrl: "Ctrl",
    Shift: "Shift",
    Alt: "Alt",
    Space: "Space",
    Escape: "Esc",
    Tab: "Tab",
    ArrowUp: "\u2191",
    ArrowDown: "\u2193",
  } as Readonly<Record<string, string>>,
};

export const fixMenu = {
  title: "What can be done at the cursor",
  nothing: "There is no finding at the cursor. F8 goes to the next one.",
  points: (points: number) => `\u2212${points}`,
};

/** What is said of what may come next in a Dockerfile. */
export const completion = {
  label: "Suggestions",
  instructions: {
    FROM: "Begins a stage on an image, or on a stage above.",
    RUN: "Runs a command while the image is built, and keeps what it changed as a layer.",
    COPY: "Copies files of the build context, or of another stage, into the image.",
    ADD: "Copies as `COPY` does; also downloads, and unpacks local archives.",
    WORKDIR: "Sets the folder for what follows, and makes it if it is not there.",
    ENV: "Sets a variable for the steps that follow and for the container.",
    ARG: "Declares a variable that a build may be given. It is not in the container.",
    CMD: "What a container runs, unless it is started with another command.",
    ENTRYPOINT: "The program that a container runs; `CMD` then holds its arguments.",
    USER: "Who runs the steps that follow, and the container.",
    EXPOSE: "Says on which port the container listens. It opens none.",
    LABEL: "Puts a note into the image: its source, its version.",
    HEALTHCHECK: "How Docker finds out whether the container still works.",
    VOLUME: "A folder whose content is kept outside of the container.",
    SHELL: "The shell that reads the commands that follow.",
    STOPSIGNAL: "The signal that asks the container to stop.",
    ONBUILD: "An instruction for builds that start from this image.",
  },
  flags: {
    "--platform=": "The platform of the image: `$BUILDPLATFORM` is the one that builds.",
    "--mount=": "Makes something available while the command runs, without keeping it in the image: a cache, a secret, files.",
    "--network=": "Which network the command may use.",
    "--security=": "With `insecure` the command runs with all privileges, where the builder allows it.",
    "--from=": "Takes the files from a stage or an image, and not from the build context.",
    "--chown=": "Whose the files are in the image: `user:group`.",
    "--chmod=": "Who may do what with the files. It needs no `RUN chmod`, which would copy them into another layer.",
    "--link": "Makes a layer that does not depend on what lies below: it stays cached when a step above changes.",
    "--parents": "Keeps the folders that the files lie in.",
    "--exclude=": "Leaves out what fits the pattern.",
    "--checksum=": "Refuses a download that is not exactly this one: `sha256:` and its digest.",
    "--keep-git-dir=": "Whether the `.git` folder of a repository comes along.",
    "--unpack=": "Whether an archive is unpacked.",
    "--interval=": "How long to wait between two checks.",
    "--timeout=": "How long a check may take.",
    "--start-period=": "How long the container may take to start before failures count.",
    "--start-interval=": "How long to wait between two checks while it starts.",
    "--retries=": "How many checks in a row must fail.",
  },
  values: {
    $BUILDPLATFORM: "the one that builds",
    $TARGETPLATFORM: "the one that is built for",
    cache: "kept from one build to the next",
    bind: "files, without copying them",
    secret: "never in the image",
    ssh: "your SSH keys",
    tmpfs: "in memory",
    none: "no network",
    host: "that of the machine",
    default: "as without the flag",
    sandbox: "as without the flag",
    insecure: "all privileges",
    locked: "one build at a time",
    shared: "all builds at once",
    private: "one for each build",
  },
  mount: {
    "target=": "where it is",
    "source=": "what it is made from",
    "from=": "a stage or an image",
    "id=": "its name",
    "sharing=": "between builds",
    "uid=": "whose it is",
    "gid=": "whose it is",
    "mode=": "who may do what",
    "env=": "as a variable",
    "size=": "at most",
    required: "fails without it",
    ro: "cannot be written",
    rw: "can be written; lost afterwards",
  },
  stage: (base: string) => `stage from ${base}`,
  as: "gives the stage a name",
  builder: "set by the builder",
  scratch: "nothing at all",
  healthCommand: "the command that checks",
  healthNone: "none, whatever the base says",
  slim: "fewer packages",
  alpine: "musl",
  until: (day: string) => `until ${day}`,
  ended: (day: string) => (day === "0000" ? "support ended" : `support ended ${day}`),
};

export const hover = {
  points: (points: number) => count(points, { one: "# point", other: "# points" }),
  fix: "Fix",
  review: "Show the fix",
  why: "Why?",
  more: (of: number) => count(of, { one: "# more finding here", other: "# more findings here" }),
  nothing: "There is nothing to explain at the cursor.",
};

/** In somebody else's page. */
export const embed = {
  label: "Dockerfile",
  frame: "A Dockerfile, checked",
  frameScript: "If the page allows a script, this one makes the frame as high as what is in it:",
  score: (total: number, grade: string) => `Score ${total} of 100, grade ${grade}`,
  refused: "Refused",
  refusedHint: "BuildKit would refuse this file, so it has no score",
  waiting: "\u2013",
  findings: findingsOf,
  nothing: "Nothing to mend.",
  hidden: (of: number) => count(of, { one: "# finding below what is listed here", other: "# findings below what is listed here" }),
  show: "Show findings",
  hide: "Hide findings",
  edit: "Edit",
  editHint: "Edit this Dockerfile here",
  loading: "The editor is on its way\u2026",
  done: "Done",
  reset: "Reset",
  open: "Open in the playground",
  opensTab: "(opens in a new tab)",
  fix: "Fix",
  fixAll: (of: number) => count(of, { one: "Apply # safe fix", other: "Apply all # safe fixes" }),
  why: "Why?",
  fixed: (title: string) => `Done: ${title}.`,
  fixedAll: (of: number) => count(of, { one: "# fix applied.", other: "# fixes applied." }),
  fixedNone: "None of them could be applied without harm.",
  wasReset: "It is as it was.",
  unavailable: "The checks could not be loaded. The text is all here.",
  noSource: (address: string) => `The Dockerfile at ${address} could not be read. Is the address right, and may this page read it?`,
  noEditor: "The editor could not be loaded. Is there a connection?",
  snippet: "snippet",
  expectation: {
    title: "Not as its author says",
    holds: "As its author says",
    unreadable: (part: string) => `"${part}" cannot be read. An expectation is \`clean\`, \`no: rule\` or \`raises: rule\`.`,
    unknown: (name: string) => `\`${name}\` is neither a rule, a case of one, nor a code of another tool.`,
    unclean: (of: number) => count(of, { one: "It should be clean, and has # finding.", other: "It should be clean, and has # findings." }),
    raised: (name: string, line: number) => `\`${name}\` should not be found, and is, in line ${line}.`,
    missing: (name: string) => `\`${name}\` should be found, and is not.`,
    unchecked: (name: string) => `\`${name}\` could not be looked for: the shell checks could not be loaded.`,
    fragment: "It should be a whole Dockerfile, and has no \`FROM\`.",
    stage: (name: string) => `There is no stage \`${name}\` to build.`,
  },
};
