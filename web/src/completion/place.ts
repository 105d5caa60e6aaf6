// Where in a Dockerfile a caret is, read line by line from the beginning: while somebody types, the engine's own tokens are those of the
// text a moment ago.

/** What stands before a place of a Dockerfile. */
export interface Place {
  readonly kind: PlaceKind;
  /** The instruction, in capitals; empty where there is none yet. */
  readonly instruction: string;
  /** The words of the instruction before the one at the caret, without the keyword. */
  readonly words: readonly string[];
  /** What is written of the word at the caret. */
  readonly word: string;
  /** The stages above and the one around the place, in order. */
  readonly stages: readonly Stage[];
  /** The `ARG`s before the first `FROM`. */
  readonly globals: readonly Variable[];
  /** Users that `USER` names above. */
  readonly users: readonly string[];
  /** Whether instructions are written in small letters here. */
  readonly isLowerCase: boolean;
}

/** `script` is the text of a `RUN`, `CMD` and the like, and of heredocs that a shell reads; in `text` nothing can be completed. */
export type PlaceKind = "keyword" | "argument" | "script" | "text";

export interface Stage {
  readonly name: string | null;
  readonly base: string;
  readonly variables: Variable[];
}

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly by: "ARG" | "ENV";
}

interface Heredoc {
  readonly end: string;
  readonly isStripped: boolean;
  readonly isQuoted: boolean;
}

/** Instructions whose text a shell reads. */
const SCRIPTS = new Set(["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"]);

/** Instructions that may have heredocs. */
const WITH_HEREDOCS = new Set(["RUN", "COPY", "ADD"]);

export function placeAt(text: string, position: number): Place {
  const reader = new Reader(escapeOf(text));
  let start = 0;
  for (;;) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    if (position <= end) return reader.placeIn(text.slice(start, position));
    reader.take(text.slice(start, end).replace(/\r$/, ""));
    start = end + 1;
  }
}

/** The character that continues lines: directives stand before everything else. */
function escapeOf(text: string): string {
  for (const line of text.replace(/^\ufeff/, "").split("\n", 20)) {
    const directive = /^\s*#\s*([a-z]+)\s*=\s*(\S+)\s*$/i.exec(line);
    if (directive === null) break;
    if (directive[1]?.toLowerCase() === "escape" && directive[2] === "`") return "`";
  }
  return "\\";
}

class Reader {
  #escape: string;
  /** What was read of the instruction that goes on; `null` between two. */
  #before: string | null = null;
  #heredocs: Heredoc[] = [];
  #heredocOf = "";
  #stages: Stage[] = [];
  #globals: Variable[] = [];
  #users: string[] = [];
  #isLowerCase: boolean | undefined;

  constructor(escape: string) {
    this.#escape = escape;
  }

  /** Takes a whole line. */
  take(line: string): void {
    const [heredoc] = this.#heredocs;
    if (heredoc !== undefined) {
      if ((heredoc.isStripped ? line.replace(/^\t+/, "") : line) === heredoc.end) this.#heredocs.shift();
      return;
    }
    // Comments and blank lines may stand in the midst of an instruction, and do not end it.
    if (/^\s*(#|$)/.test(line)) return;
    const text = (this.#before ?? "") + line;
    if (this.#goesOn(line)) this.#before = text.slice(0, text.trimEnd().length - 1);
    else this.#end(text);
  }

  placeIn(line: string): Place {
    const [heredoc] = this.#heredocs;
    if (heredoc !== undefined) {
      const isScript = this.#heredocOf === "RUN" ? !/^\s*#/.test(line) : !heredoc.isQuoted;
      return this.#place(isScript ? "script" : "text", this.#heredocOf, [], lastWord(line));
    }
    if (/^\s*#/.test(line)) return this.#place("text", "", [], "");
    const text = (this.#before ?? "") + line;
    const all = text.trimStart().split(/\s+/);
    let [keyword = "", ...rest] = all;
    if (keyword.toUpperCase() === "ONBUILD" && rest.length > 0) [keyword = "", ...rest] = rest;
    const word = rest.at(-1);
    if (word === undefined) return this.#place("keyword", "", [], keyword);
    const words = rest.slice(0, -1);
    const instruction = keyword.toUpperCase();
    return this.#place(isInScript(instruction, words, word) ? "script" : "argument", instruction, words, word);
  }

  #place(kind: PlaceKind, instruction: string, words: readonly string[], word: string): Place {
    const isLowerCase = this.#isLowerCase ?? false;
    return { kind, instruction, words, word, stages: this.#stages, globals: this.#globals, users: this.#users, isLowerCase };
  }

  /** Two escape characters at the end of a line mean one that continues nothing. */
  #goesOn(line: string): boolean {
    const end = line.trimEnd();
    return end.endsWith(this.#escape) && !end.endsWith(this.#escape + this.#escape);
  }

  #end(text: string): void {
    this.#before = null;
    let [keyword = "", ...words] = text.trim().split(/\s+/);
    this.#isLowerCase ??= keyword === keyword.toLowerCase();
    let rest = text.trim().slice(keyword.length).trim();
    if (keyword.toUpperCase() === "ONBUILD") {
      [keyword = "", ...words] = words;
      rest = rest.slice(keyword.length).trim();
    }
    const instruction = keyword.toUpperCase();
    if (instruction === "FROM") this.#from(words.filter((word) => !word.startsWith("--")));
    if (instruction === "ARG" || instruction === "ENV") this.#set(instruction, rest);
    if (instruction === "USER" && words[0] !== undefined) this.#users.push(words[0]);
    if (!WITH_HEREDOCS.has(instruction)) return;
    this.#heredocs = heredocsIn(text);
    this.#heredocOf = instruction;
  }

  #from([base = "", as = "", name]: readonly string[]): void {
    const parent = this.#stages.find((stage) => stage.name?.toLowerCase() === base.toLowerCase());
    const variables = (parent?.variables ?? []).filter(({ by }) => by === "ENV");
    this.#stages.push({ base, name: as.toUpperCase() === "AS" && name !== undefined ? name : null, variables: [...variables] });
  }

  #set(by: "ARG" | "ENV", rest: string): void {
    const stage = this.#stages.at(-1);
    const pairs = [...rest.matchAll(/([A-Za-z_][\w.-]*)(?:=("[^"]*"|'[^']*'|\S*))?/g)];
    const old = by === "ENV" && /^[A-Za-z_]\w*\s/.test(rest) && !/^\S*=/.test(rest);
    const declared = old ? [[rest, rest.split(/\s/)[0], rest.replace(/^\S+\s+/, "")]] : pairs;
    for (const [, name = "", given] of declared) {
      const value = (given ?? this.#globals.find((global) => global.name === name)?.value ?? "").replace(/^(["'])(.*)\1$/, "$2");
      const list = stage?.variables ?? this.#globals;
      const before = list.findIndex((variable) => variable.name === name);
      if (before !== -1) list.splice(before, 1);
      list.push({ name, value, by });
    }
  }
}

/** Whether a shell reads what stands here, rather than the builder: behind the flags it does. */
function isInScript(instruction: string, words: readonly string[], word: string): boolean {
  if (!SCRIPTS.has(instruction)) return false;
  if (words.some((one) => !one.startsWith("--"))) return true;
  return instruction !== "HEALTHCHECK" && word !== "" && !word.startsWith("-");
}

function lastWord(line: string): string {
  return /\S*$/.exec(line)?.[0] ?? "";
}

function heredocsIn(text: string): Heredoc[] {
  const found = text.matchAll(/(?<![<\w"'])\d*<<(-?)(["']?)([A-Za-z_][\w.]*)\2(?=[\s;|&)<>]|$)/g);
  return [...found].map(([, dash, quote, end = ""]) => ({ end, isStripped: dash === "-", isQuoted: quote !== "" }));
}
