import { type Catalogue, type Tag, hasEnded, orderedTags } from "./images.ts";
import { CACHES, FLAGS, LABELS, MOUNT_KEYS, MOUNT_VALUES, PLATFORM_ARGS, SHELLS, SIGNALS, VALUES } from "./grammar.ts";
import type { Place, Variable } from "./place.ts";
import { texts } from "../texts.ts";

/** What may come at a place. */
export interface Suggestions {
  /** What is written of it already. */
  readonly typed: string;
  /** The best first. */
  readonly options: readonly Suggestion[];
  /** Whether they are worth showing to somebody who has not asked for them. */
  readonly isDue: boolean;
  /** Whether Enter can mean only the first of them. */
  readonly isSure?: boolean;
}

export interface Suggestion {
  readonly label: string;
  /** A few words on it. */
  readonly about?: string | undefined;
  /** Sentences on it, in which `` `…` `` is code. */
  readonly info?: string | undefined;
  /** What is written, where that is not the label. */
  readonly written?: string;
  /** Whether more can be suggested behind it. */
  readonly goesOn?: boolean;
  /** Whether it is there only for completeness. */
  readonly isFaded?: boolean;
}

/** What the suggestions are made from beside the text. */
export interface Facts {
  /** Empty where it could not be fetched. */
  readonly catalogue: Catalogue;
  readonly today: string;
}

const say = texts.completion;

/** Whether what may come at a place depends on the catalogue of images. */
export function needsImages({ kind, instruction, words, word }: Place): boolean {
  if (kind !== "argument" || word.includes("$")) return false;
  return (instruction === "FROM" && argumentsOf(words).length === 0) || word.startsWith("--from=") || /^--mount=.*from=[^,]*$/.test(word);
}

export function suggestionsAt(place: Place, facts: Facts): Suggestions | null {
  if (place.kind === "text") return null;
  if (place.kind === "keyword") return keywords(place);
  const variable = variables(place);
  if (variable !== null || place.kind === "script") return variable;
  const { instruction, words, word } = place;
  const known = FLAGS[instruction] ?? [];
  if (word.startsWith("-") && argumentsOf(words).length === 0) return known.length === 0 ? null : flags(place, known, facts);
  return argument(place, facts, argumentsOf(words));
}

function argumentsOf(words: readonly string[]): readonly string[] {
  return words.filter((word) => !word.startsWith("--"));
}

// Keywords -----------------------------------------------------------------------------------------------------------

type Instruction = keyof typeof say.instructions;

/** In the order in which they are offered. */
const IN_STAGE: readonly Instruction[] = [
  "RUN", "COPY", "FROM", "WORKDIR", "ENV", "ARG", "CMD", "ENTRYPOINT", "USER", "EXPOSE", "LABEL", "HEALTHCHECK", "ADD", "VOLUME", "SHELL", "STOPSIGNAL", "ONBUILD",
];
const AT_FIRST: readonly Instruction[] = ["FROM", "ARG", ...IN_STAGE.filter((name) => name !== "FROM" && name !== "ARG")];

function keywords({ word, stages, isLowerCase }: Place): Suggestions | null {
  const all = stages.length === 0 ? AT_FIRST : IN_STAGE;
  if (all.some((name) => name === word.toUpperCase())) return null; // it is there
  const options = all.map((name) => {
    const label = isLowerCase ? name.toLowerCase() : name;
    return { label, written: `${label} `, info: say.instructions[name], goesOn: name === "FROM" };
  });
  // No line consists of the beginning of a keyword.
  return { typed: word, options, isDue: word !== "", isSure: true };
}

// Variables ------------------------------------------------------------------------------------------------------------

function variables({ word, instruction, stages, globals }: Place): Suggestions | null {
  const found = /(?<!\\)\$(\{?)(\w*)$/.exec(word);
  if (found === null) return null;
  const [, brace, typed = ""] = found;
  const own = instruction === "FROM" ? globals : (stages.at(-1)?.variables ?? globals);
  const builders = instruction === "FROM" ? PLATFORM_ARGS.map((name) => ({ name, value: "", by: "ARG" as const })) : [];
  const options = [...own].reverse().concat(builders).map((variable) => variableOption(variable, brace === "{" ? "}" : ""));
  return options.length === 0 ? null : { typed, options, isDue: true };
}

function variableOption({ name, value, by }: Variable, end: string): Suggestion {
  return { label: name, written: name + end, about: value === "" ? by : `${by} ${value}` };
}

// Flags ------------------------------------------------------------------------------------------------------------------

/** Those that may be said more than once. */
const MANY = new Set(["--mount=", "--exclude="]);

function flags(place: Place, known: readonly string[], facts: Facts): Suggestions | null {
  const { word, words } = place;
  const equals = word.indexOf("=") + 1;
  if (equals > 0) return valuesOf(place, word.slice(0, equals), word.slice(equals), facts);
  const isThere = (flag: string) => !MANY.has(flag) && words.some((other) => other.startsWith(flag.replace("=", "")));
  const options = known.filter((flag) => !isThere(flag)).map((flag): Suggestion => {
    const wantsValue = flag.endsWith("=");
    return { label: flag, written: wantsValue ? flag : `${flag} `, info: flagInfo(flag), goesOn: wantsValue };
  });
  return options.length === 0 ? null : { typed: word, options, isDue: true };
}

/** What a flag does: one with a value is known with `=` at its end. */
function flagInfo(flag: string): string | undefined {
  return (say.flags as Readonly<Record<string, string>>)[flag];
}

function valuesOf(place: Place, flag: string, value: string, facts: Facts): Suggestions | null {
  if (flag === "--mount=") return mount(place, value, facts);
  if (flag === "--from=") return sources(place, value, facts);
  if (flag === "--chown=") return list(value, place.users.map((user) => ({ label: user })));
  return list(value, (VALUES[flag] ?? []).map((label) => ({ label, about: valueAbout(label) })));
}

function valueAbout(value: string): string | undefined {
  return (say.values as Readonly<Record<string, string>>)[value];
}

function mount(place: Place, value: string, facts: Facts): Suggestions | null {
  const parts = value.split(",");
  const part = parts.at(-1) ?? "";
  const type = /(?:^|,)type=(\w+)/.exec(value)?.[1];
  const equals = part.indexOf("=") + 1;
  const [key, given] = [part.slice(0, equals), part.slice(equals)];
  if (key === "from=") return sources(place, given, facts);
  if (key === "target=" && type === "cache") return list(given, CACHES.map(([label, about]) => ({ label, about })));
  if (key !== "") return list(given, (MOUNT_VALUES[key] ?? []).map((label) => ({ label, about: valueAbout(label) })));
  if (type === undefined) {
    return list(part, (VALUES["--mount="] ?? []).map((label) => ({ label, about: valueAbout(label.replace(/^type=|,$/g, "")), goesOn: label.endsWith(",") })));
  }
  const open = (MOUNT_KEYS[type] ?? []).filter((name) => !parts.some((other) => other.startsWith(name)));
  return list(part, open.map((label) => ({ label, about: (say.mount as Readonly<Record<string, string>>)[label], goesOn: label.endsWith("=") })));
}

/** Stages above, which can be copied from, and behind them images. */
function sources({ stages }: Place, typed: string, { catalogue, today }: Facts): Suggestions | null {
  const tagged = tagsOf(typed, catalogue, today);
  if (tagged !== undefined) return tagged;
  const above = stages.slice(0, -1).flatMap(stageOption);
  return list(typed, [...above.reverse(), ...catalogue.map(({ name }) => ({ label: name }))]);
}

function stageOption({ name, base }: Place["stages"][number]): Suggestion[] {
  return name === null ? [] : [{ label: name, about: say.stage(base) }];
}

// Arguments --------------------------------------------------------------------------------------------------------------

function argument(place: Place, facts: Facts, before: readonly string[]): Suggestions | null {
  const { instruction, word, stages, globals } = place;
  const isFirst = before.length === 0;
  switch (instruction) {
    case "FROM":
      if (isFirst) return base(place, facts);
      return before.length === 1 ? { ...list(word, [{ label: place.isLowerCase ? "as" : "AS", about: say.as }]), isDue: word !== "" } : null;
    case "ARG": {
      if (!isFirst || word.includes("=") || stages.length === 0) return null;
      const here = new Set(stages.at(-1)?.variables.map(({ name }) => name));
      const names = [...globals.map(({ name, value }) => ({ label: name, about: value })), ...PLATFORM_ARGS.map((label) => ({ label, about: say.builder }))];
      return shy(word, names.filter(({ label }) => !here.has(label)));
    }
    case "USER":
      return isFirst ? shy(word, [...new Set(place.users)].map((label) => ({ label }))) : null;
    case "STOPSIGNAL":
      return isFirst ? shy(word, SIGNALS.map((label) => ({ label }))) : null;
    case "SHELL":
      return isFirst ? shy(word, SHELLS.map((label) => ({ label }))) : null;
    case "HEALTHCHECK":
      return isFirst ? shy(word, [{ label: "CMD", about: say.healthCommand }, { label: "NONE", about: say.healthNone }]) : null;
    case "LABEL":
      return word.includes("=") ? null : shy(word, LABELS.map((label) => ({ label: `${label}=` })));
    default:
      return null;
  }
}

function base(place: Place, { catalogue, today }: Facts): Suggestions | null {
  const { word, stages } = place;
  const tagged = tagsOf(word, catalogue, today);
  if (tagged !== undefined) return tagged;
  const own = stages.flatMap(stageOption).reverse();
  const images = catalogue.map(({ name, tags }): Suggestion => ({ label: name, ...(tags.length > 0 ? { written: `${name}:`, goesOn: true } : {}) }));
  return shy(word, [...own, ...images, { label: "scratch", about: say.scratch }]);
}

/** The tags of an image that is named already; not defined where its name is still being written. */
function tagsOf(reference: string, catalogue: Catalogue, today: string): Suggestions | null | undefined {
  if (reference.includes("@")) return null;
  const colon = reference.indexOf(":", reference.lastIndexOf("/") + 1);
  if (colon === -1) return undefined;
  const [name, typed] = [reference.slice(0, colon), reference.slice(colon + 1)];
  const plain = name.replace(/^(?:docker\.io\/)?library\//, "").replace(/^docker\.io\//, "");
  const image = catalogue.find((candidate) => candidate.name === plain);
  return image === undefined ? null : list(typed, orderedTags(image, today).map((tag) => tagOption(tag, today)));
}

function tagOption(tag: Tag, today: string): Suggestion {
  const { name, about, ends } = tag;
  const isFaded = hasEnded(tag, today);
  const parts = name.split("-");
  const variants = [parts.includes("slim") && say.slim, parts.some((part) => part.startsWith("alpine")) && say.alpine];
  const support = ends === "" ? false : isFaded ? say.ended(ends) : say.until(ends);
  return { label: name, about: [about, ...variants, support].filter((part) => part !== false && part !== "").join(" \u00b7 "), isFaded };
}

/** To be shown at once: who has come here has typed a sign that asks for it. */
function list(typed: string, options: readonly Suggestion[]): Suggestions {
  return { typed, options, isDue: !isWhole(typed, options) };
}

/** To be shown to somebody who has begun to write, or has asked. */
function shy(typed: string, options: readonly Suggestion[]): Suggestions {
  return { typed, options, isDue: typed !== "" && !isWhole(typed, options) };
}

/** Whether this is one of the options, and the beginning of no other. */
function isWhole(typed: string, options: readonly Suggestion[]): boolean {
  const begun = options.filter(({ label }) => label.startsWith(typed));
  return begun.length === 1 && begun[0]?.label === typed;
}
