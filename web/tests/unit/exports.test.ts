import { MASK, masked, maskedReport } from "../../src/share/secrets.ts";
import { changes, report as markdown } from "../../src/share/markdown.ts";
import { finding, report } from "./report.ts";
import assert from "node:assert/strict";
import { json } from "../../src/share/json.ts";
import { placesOf } from "../../src/share/places.ts";
import { sarif } from "../../src/share/sarif.ts";
import { test } from "node:test";

test("places count lines and characters from 1", () => {
  const place = placesOf("a\u{1F433}b\r\n\nc");
  assert.deepEqual(place({ start: 0, end: 3 }), { start: { line: 1, column: 1 }, end: { line: 1, column: 3 } });
  assert.deepEqual(place({ start: 6, end: 8 }), { start: { line: 2, column: 1 }, end: { line: 3, column: 2 } });
  assert.deepEqual(placesOf("")({ start: 0, end: 0 }), { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } });
});

test("credentials are taken out of a text, of what is said about it, and of its fixes", () => {
  const text = "FROM a\nENV TOKEN=hunter22 KEY=abcdefgh\n";
  const at = (value: string) => ({ start: text.indexOf(value), end: text.indexOf(value) + value.length });
  const secrets = [at("hunter22"), at("abcdefgh")];
  assert.equal(masked(text, secrets), `FROM a\nENV TOKEN=${MASK} KEY=${MASK}\n`);
  const edit = { range: { start: 7, end: 8 }, text: "ENV TOKEN=hunter22", why: "" };
  const fix = { applicability: "review", title: "Move hunter22", edits: [edit] } as const;
  const found = maskedReport(
    report({
      findings: [finding({ message: "`TOKEN` is hunter22", fix: { ...fix, edits: [edit] } })],
      suppressed: [finding({ message: "hunter22, again" })],
    }),
    text,
    secrets,
  );
  assert.ok(!JSON.stringify(found).includes("hunter22"));
  assert.equal(found.findings[0]?.fix?.edits[0]?.text, `ENV TOKEN=${MASK}`);
  assert.equal(found.findings[0]?.message, `\`TOKEN\` is ${MASK}`);
});

test("the JSON has places that the command line would give", () => {
  const [file] = JSON.parse(json(report({ findings: [finding({ range: { start: 7, end: 10 }, line: 2 })] }), "FROM a\nADD b c\n", "Dockerfile"));
  assert.equal(file.file, "Dockerfile");
  assert.deepEqual(file.findings[0].range, { start: { line: 2, column: 1 }, end: { line: 2, column: 4 } });
  assert.equal(file.findings[0].fix, null);
  assert.ok(!("line" in file.findings[0]) && !("tokens" in file));
});

test("SARIF names each rule once and marks what is silenced", () => {
  const findings = [finding(), finding({ range: { start: 7, end: 10 } })];
  const all = report({ findings, suppressed: [finding({ rule: "no-sudo", severity: "style" })] });
  const log = JSON.parse(sarif(all, { text: "FROM a\nADD b c\n", file: "a b/Dockerfile", version: "1.0.0", rules: new Map() }));
  const [run] = log.runs;
  assert.deepEqual(run.tool.driver.rules, [{ id: "copy-not-add" }, { id: "no-sudo" }]);
  assert.deepEqual(run.results.map((result: { ruleIndex: number }) => result.ruleIndex), [0, 0, 1]);
  assert.deepEqual(run.results[2].suppressions, [{ kind: "inSource" }]);
  const { artifactLocation, region } = run.results[1].locations[0].physicalLocation;
  assert.deepEqual(artifactLocation, { uri: "a%20b/Dockerfile" });
  assert.deepEqual(region, { startLine: 2, startColumn: 1, endLine: 2, endColumn: 4 });
  assert.equal(run.results[0].message.text, "app needs only COPY");
});

test("in Markdown nothing of the file gets a meaning of its own", () => {
  const hostile = finding({ message: "`a` <img src=x> [b](https://e.org) **c** \n# d and a `lone", line: 3 });
  const text = "FROM a\nRUN echo ```\n";
  const found = markdown(report({ findings: [finding({ message: "`<b>` is <b>bold</b>" }), hostile] }), text);
  assert.ok(found.includes("`<b>` is \\<b\\>bold\\</b\\> ("), found);
  assert.ok(found.includes("\\`a\\` \\<img src=x\\> \\[b\\](https:<!-- -->//e.org) \\*\\*c\\*\\* \\# d and a \\`lone"), found);
  assert.ok(found.endsWith("````dockerfile\nFROM a\nRUN echo ```\n````\n"), found);
});

test("in Markdown nobody is called, no issue is linked, and nothing that would turn the text is left", () => {
  // A backtick in a name ends what is code in the sentence.
  const calling = finding({ message: "`a`@root#12 www.e.org http://e.org <!-- x -->`b`", line: 2 });
  const turning = finding({ message: "`a\u202eb` and \u200bc", line: 3 });
  const found = markdown(report({ findings: [calling, turning] }), "FROM a\n");
  assert.ok(found.includes("`a`@<!-- -->root\\#<!-- -->12 www<!-- -->.e.org http:<!-- -->//e.org \\<!-- x --\\>`b` ("), found);
  assert.ok(found.includes("`a[RLO]b` and \\[ZWSP\\]c"), found);
});

test("places in one line are right in any order, and a million of them take no time to speak of", () => {
  const text = "a\n\u{1f600}b\u{1f600}c\nd";
  const place = placesOf(text);
  const at = (offset: number) => Object.values(place({ start: offset, end: offset }).start).join(":");
  assert.deepEqual([7, 4, 2, 5, 0, 9, 5].map(at), ["2:4", "2:2", "2:1", "2:3", "1:1", "3:1", "2:3"]);
  // Counted from the beginning of the line each time, this would be half a billion characters a thousand times over.
  const long = placesOf("x".repeat(1_000_000));
  for (let offset = 0; offset < 1_000_000; offset += 1) long({ start: offset, end: offset + 1 });
});

test("a file of a hundred thousand backticks is fenced, too", () => {
  const text = "` ".repeat(200_000);
  assert.ok(markdown(report({}), text).endsWith("```dockerfile\n" + text + "\n```\n"));
});

test("what fixes changed reads as the description of a pull request", () => {
  const applied = [{ rule: "copy-not-add", message: "`app` needs only COPY", title: "Replace `ADD` with `COPY`", line: 4 }];
  assert.equal(
    changes(applied, { before: 40, after: 61 }),
    "Mends the Dockerfile: 1 change. Its score goes from 40 to 61.\n\n- Line 4: Replace `ADD` with `COPY`. `app` needs only COPY (`copy-not-add`).\n",
  );
});
