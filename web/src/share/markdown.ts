import type { AppliedFix, Finding, Report } from "../engine.ts";
import { named } from "../controls.ts";
import { shortCodes } from "../words.ts";
import { texts } from "../texts.ts";

const { paper } = texts;

/** The Dockerfile and what holds it back, for an issue or a chat. */
export function report({ score, problems, findings, suppressed, fragment }: Report, text: string): string {
  return paragraphs([
    `## ${paper.title(score ? paper.score(score.total, score.grade) : fragment ? paper.fragment : paper.refused)}`,
    problems.map(({ line, message }) => `- **${texts.common.line(line)}**: ${sentence(message)}`).join("\n"),
    findings.length === 0 ? paper.nothing : findings.map(entry).join("\n"),
    suppressed.length > 0 && paper.silenced(suppressed.length),
    fenced(text, "dockerfile"),
  ]);
}

/** What fixes changed, as the description of a pull request. */
export function changes(applied: readonly AppliedFix[], totals: { before: number; after: number } | null): string {
  const rise = totals === null ? "" : paper.rise(totals.before, totals.after);
  return paragraphs([
    paper.changes(applied.length) + rise,
    applied.map(done).join("\n"),
  ]);
}

/** What was done, and why. */
function done({ line, title, message, rule }: AppliedFix): string {
  return `- ${texts.common.line(line)}: ${sentence(title)}. ${sentence(message)} (\`${rule}\`).`;
}

function entry({ line, severity, message, rule, codes }: Finding): string {
  const names = [...new Set([rule, ...shortCodes(codes)])].map((name) => `\`${name}\``);
  return `- **${texts.common.line(line)}**, ${paper.severities[severity]}: ${sentence(message)} (${names.join(", ")})`;
}

/** A listing whose fence is longer than every row of backticks in it. */
export function fenced(text: string, language: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, row) => Math.max(most, row.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}

/** A sentence of the engine, in which `` `…` `` is code and everything else means itself. */
export function sentence(text: string): string {
  const line = named(text.replaceAll(/\s+/g, " "));
  const parts = line.split("`");
  // Without a partner the last backtick opens nothing.
  if (parts.length % 2 === 0) return escaped(line);
  return parts.map((part, index) => (index % 2 === 0 ? escaped(part) : part && `\`${part}\``)).join("");
}

/**
 * A text that means itself. Where issues are written, names, numbers and addresses become links, and people are called, even where a sign has a
 * backslash before it; a comment, which nobody sees, keeps these apart.
 */
export function escaped(text: string): string {
  const plain = text.replaceAll(/[\\`*_[\]<>&#|~]/g, (sign) => `\\${sign}`);
  return plain.replaceAll(/@|#(?=\d)|:(?=\/\/)|www(?=\.)/gi, (sign) => `${sign}<!-- -->`);
}

function paragraphs(all: readonly (string | false)[]): string {
  return `${all.filter((one) => one !== false && one !== "").join("\n\n")}\n`;
}
