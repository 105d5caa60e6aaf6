import type { Finding } from "../engine.ts";
import { commit, dataAsOf, version } from "../facts.ts";
import { escaped, fenced, sentence } from "../share/markdown.ts";
import { shortCodes } from "../words.ts";
import { texts } from "../texts.ts";

/** What a report of a false positive says, beside what the person adds. */
export interface Evidence {
  readonly finding: Finding;
  /** The line of the finding, in `dockerfile`. */
  readonly line: number;
  /** The least of the Dockerfile in which the finding is. */
  readonly dockerfile: string;
  /** The `.dockerignore`; empty where the finding is the same without. */
  readonly dockerignore: string;
  /** The day that the check took for today. */
  readonly today: string;
  readonly hasShell: boolean;
}

const of = texts.falsePositive;

export function titleOf({ finding }: Evidence): string {
  return of.issue(finding.rule);
}

/** The report, in Markdown. */
export function paperOf({ finding, line, dockerfile, dockerignore, today, hasShell }: Evidence): string {
  const { rule, case: name, severity, message, codes } = finding;
  const names = [rule, ...(name === "" ? [] : [`${rule}.${name}`]), ...shortCodes(codes)].map((code) => `\`${code}\``);
  const made = commit === null ? of.noCommit : of.commit(commit.name, commit.hasChanges);
  const parts = [
    `## ${of.found}`,
    of.finding(line, texts.paper.severities[severity], sentence(message), names.join(", ")),
    fenced(dockerfile, "dockerfile"),
    ...(dockerignore === "" ? [] : [`\`.dockerignore\`:`, fenced(dockerignore, "")]),
    `## ${of.why}`,
    of.yours,
    `## ${of.settings}`,
    [of.version(version, made), of.data(dataAsOf, today), hasShell ? of.shell : of.noShell].map((one) => `- ${escaped(one)}`).join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Longer addresses are cut or refused on their way. */
const LONGEST = 7000;

/** The address at which an issue is begun with this text; without the text where that would be too long. */
export function issueAt(repository: string, title: string, body: string): { readonly address: string; readonly hasBody: boolean } {
  const begun = `${repository}/issues/new?title=${encodeURIComponent(title)}`;
  const whole = `${begun}&body=${encodeURIComponent(body)}`;
  const hasBody = whole.length <= LONGEST;
  return { address: hasBody ? whole : begun, hasBody };
}
