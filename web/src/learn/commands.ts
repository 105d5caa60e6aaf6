// Which commands a RUN runs, as far as a goal of a lesson asks: by their first words. What a shell would really do is the engine's business.

/** Words that stand in front of a command and are none themselves. */
const BEFORE = new Set(["!", "{", "if", "then", "elif", "else", "while", "until", "do", "sudo", "exec", "command", "env", "time"]);

/** Between two commands. */
const BETWEEN = /&&|\|\||[;|&()\n]/;

/** The commands of a RUN, each as its words, from what follows the keyword. */
export function commandsOf(text: string): string[][] {
  const script = withoutFlags(text);
  return wordsOfJson(script) ?? script.split(BETWEEN).map(wordsOf).filter((words) => words.length > 0);
}

/**
 * Whether a command begins with the first of the words that are looked for, and holds the others in their order: `apt-get install` is in
 * `/usr/bin/apt-get -y install curl`.
 */
export function isCommand(words: readonly string[], wanted: string): boolean {
  const [program = "", ...rest] = wanted.split(" ").filter((word) => word !== "");
  const [first = "", ...others] = words;
  if (program === "" || (first !== program && first.slice(first.lastIndexOf("/") + 1) !== program)) return false;
  let from = 0;
  return rest.every((word) => {
    const at = others.indexOf(word, from);
    from = at + 1;
    return at >= 0;
  });
}

/** `--mount=…` and its like, which the builder reads and no shell. */
function withoutFlags(text: string): string {
  let rest = text.trimStart();
  while (rest.startsWith("--")) rest = rest.replace(/^\S+\s*/, "");
  return rest;
}

function wordsOfJson(text: string): string[][] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    if (!Array.isArray(words) || !words.every((word) => typeof word === "string")) return undefined;
    const isShell = /(^|\/)(ba|da|a)?sh$/.test(words[0] ?? "") && words[1] === "-c";
    return isShell ? commandsOf(words[2] ?? "") : [words];
  } catch {
    return undefined; // as the builder does, it is read as a shell's
  }
}

function wordsOf(command: string): string[] {
  const words = command.split(/\s+/).map((word) => word.replaceAll(/^["']|["']$/g, "")).filter((word) => word !== "");
  const first = words.findIndex((word) => !BEFORE.has(word) && !/^[A-Za-z_]\w*=/.test(word));
  return first < 0 ? [] : words.slice(first);
}
