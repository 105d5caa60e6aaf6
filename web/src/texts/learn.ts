// The texts of the pages that teach. They are a catalogue of their own, so that nobody loads them who is not there.

const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
const types: Readonly<Record<string, string>> = {
  string: "a text in quotes",
  array: "a list in square brackets",
  object: "an object in braces",
  integer: "a whole number",
  boolean: "true or false",
};
const lists: Readonly<Record<string, string>> = { lessons: "lesson", goals: "goal", hints: "hint", edits: "edit", plans: "plan" };

const en = {
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
    lostEdit:
      "The text that an edit here replaces does not stand exactly once in the file as the goals before have left it. Compare `replace` with the file, blanks and line ends included.",
    otherEnd: "The edits of all goals lead from the start to another text than this. Change the edits or the solution, until both are the same.",
  },
};

export const texts = en;
