import type { AppliedFix, Finding, Report } from "../engine.ts";
import { SEVERITY_NAMES } from "../groups.ts";
import { count, shortCodes } from "../words.ts";

/** The Dockerfile and what holds it back, for an issue or a chat. */
export function report({ score, problems, findings, suppressed, fragment }: Report, text: string): string {
  return paragraphs([
    `## Dockerfile: ${score ? `${score.total} of 100 (${score.grade})` : fragment ? "a fragment" : "BuildKit would refuse it"}`,
    problems.map(({ line, message }) => `- **Line ${line}**: ${sentence(message)}`).join("\n"),
    findings.length === 0 ? "Nothing was found." : findings.map(entry).join("\n"),
    suppressed.length > 0 && `${count(suppressed.length, "more finding")} ${suppressed.length === 1 ? "is" : "are"} silenced by comments.`,
    fenced(text, "dockerfile"),
  ]);
}

/** What fixes changed, as the description of a pull request. */
export function changes(applied: readonly AppliedFix[], totals: { before: number; after: number } | null): string {
  const rise = totals === null ? "" : ` Its score goes from ${totals.before} to ${totals.after}.`;
  return paragraphs([
    `Mends the Dockerfile: ${count(applied.length, "change")}.${rise}`,
    applied.map(({ line, title, rule }) => `- Line ${line}: ${sentence(title)} (\`${rule}\`)`).join("\n"),
  ]);
}

function entry({ line, severity, message, rule, codes }: Finding): string {
  const names = [rule, ...shortCodes(codes)].map((name) => `\`${name}\``);
  return `- **Line ${line}**, ${SEVERITY_NAMES[severity].toLowerCase()}: ${sentence(message)} (${names.join(", ")})`;
}

/** A listing whose fence is longer than every row of backticks in it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((row) => row.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}

/** A sentence of the engine, in which `` `…` `` is code and everything else means itself. */
function sentence(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  const parts = line.split("`");
  // Without a partner the last backtick opens nothing.
  if (parts.length % 2 === 0) return escaped(line);
  return parts.map((part, index) => (index % 2 === 0 ? escaped(part) : part && `\`${part}\``)).join("");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>&#|~]/g, (sign) => `\\${sign}`);
}

function paragraphs(all: readonly (string | false)[]): string {
  return `${all.filter((one) => one !== false && one !== "").join("\n\n")}\n`;
}
