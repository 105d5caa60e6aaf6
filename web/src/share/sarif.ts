import type { Edit, Finding, Range, Report, Severity } from "../engine.ts";
import { type Place, placesOf } from "./places.ts";
import type { RuleTexts } from "../rules.ts";
import { plain } from "../words.ts";

const LEVELS: Record<Severity, string> = { error: "error", warning: "warning", info: "note", style: "note" };

interface Context {
  readonly text: string;
  readonly file: string;
  readonly version: string;
  /** The texts of the rules, as far as they could be fetched. */
  readonly rules: RuleTexts;
}

/** The report as SARIF 2.1.0, which code hosts and editors show beside the code. It names the rules that found something. */
export function sarif(report: Report, { text, file, version, rules }: Context): string {
  const ids = [...new Set([...report.findings, ...report.suppressed].map(({ rule }) => rule))];
  const place = placesOf(text);
  const region = (range: Range) => regionOf(place(range));
  const artifactLocation = { uri: file.split("/").map(encodeURIComponent).join("/") };
  const replacement = (edit: Edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.text } });
  const result = (finding: Finding) => ({
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: plain(finding.message) },
    locations: [{ physicalLocation: { artifactLocation, region: region(finding.range) } }],
    properties: { case: finding.case, codes: finding.codes, points: finding.points },
    ...(finding.fix && {
      fixes: [
        {
          description: { text: plain(finding.fix.title) },
          artifactChanges: [{ artifactLocation, replacements: finding.fix.edits.map(replacement) }],
        },
      ],
    }),
  });
  const silenced = (finding: Finding) => ({ ...result(finding), suppressions: [{ kind: "inSource" }] });
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "layerwise", semanticVersion: version, rules: ids.map((id) => descriptor(id, rules)) } },
        columnKind: "unicodeCodePoints",
        results: [...report.findings.map(result), ...report.suppressed.map(silenced)],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** SARIF knows no empty place in front of the first column, and counts from 1 as well. */
function regionOf({ start, end }: { readonly start: Place; readonly end: Place }) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function descriptor(id: string, rules: RuleTexts) {
  const rule = rules.get(id);
  if (rule === undefined) return { id };
  const [reference] = rule.references;
  return {
    id,
    shortDescription: { text: rule.title },
    ...(reference !== undefined && { helpUri: reference }),
    properties: { tags: rule.codes.map(({ code }) => code) },
  };
}
