import { broken, namesIn, readExpectation } from "../../src/embed/expectation.ts";
import type { Finding, Report } from "../../src/engine.ts";
import { deepEqual } from "node:assert/strict";
import { finding, report } from "./report.ts";
import { test } from "node:test";

const isKnown = (name: string) => ["pin-base-image-tag", "no-sudo", "DL3004", "DL3007"].includes(name);
const of = (...findings: Finding[]) => report({ findings });
const tag = finding({ rule: "pin-base-image-tag", case: "latest", codes: ["DL3007"], line: 3 });

test("claims are joined with semicolons, names with commas, and blanks do not matter", () => {
  const read = readExpectation(" no: a ,b;raises:c/d ; clean;; ");
  deepEqual(read, { claims: [{ kind: "no", names: ["a", "b"] }, { kind: "raises", names: ["c/d"] }, { kind: "clean" }], unreadable: [] });
  deepEqual(namesIn(read), ["a", "b", "c/d"]);
});

test("what is none of the three forms is told of, as it was written", () => {
  deepEqual(readExpectation("no:; tidy; Clean; raises a").unreadable, ["no:", "tidy", "Clean", "raises a"]);
  for (const nothing of ["", " ; "]) deepEqual(readExpectation(nothing), { claims: [], unreadable: [""] });
});

test("a finding goes by its rule, by its case, and by each code of another tool", () => {
  for (const name of ["pin-base-image-tag", "pin-base-image-tag/latest", "DL3007"]) {
    deepEqual(broken(readExpectation(`raises: ${name}`), of(tag), isKnown, true), []);
    deepEqual(broken(readExpectation(`no: ${name}`), of(tag), isKnown, true), [{ kind: "raised", name, line: 3 }]);
  }
});

test("what does not hold is told in the order in which it was said, and a name that is none as such", () => {
  deepEqual(broken(readExpectation("clean; raises: no-sudo; no: no-suod, no-sudo"), of(tag), isKnown, true), [
    { kind: "unclean", findings: 1 },
    { kind: "missing", name: "no-sudo" },
    { kind: "unknown", name: "no-suod" },
  ]);
  deepEqual(broken(readExpectation("clean; no: DL3004"), of(), isKnown, true), []);
});

test("what has problems is not clean, whether or not anything else is found, as the program has it", () => {
  const problems = [{ message: "unknown instruction", line: 1 }] as unknown as Report["problems"];
  deepEqual(broken(readExpectation("clean"), report({ problems }), isKnown, true), [{ kind: "unclean", findings: 1 }]);
  deepEqual(broken(readExpectation("no: DL3004"), report({ problems }), isKnown, true), []);
});

test("of a code that nobody could look for, that is told, and no more", () => {
  const shell = finding({ rule: "shellcheck", case: "", codes: ["SC2086"], line: 2 });
  const isCode = (name: string) => name !== "SC9";
  deepEqual(broken(readExpectation("raises: SC2086, DL3004; no: SC2046, SC9"), of(), isCode, false), [
    { kind: "unchecked", name: "SC2086" },
    { kind: "missing", name: "DL3004" },
    { kind: "unchecked", name: "SC2046" },
    { kind: "unknown", name: "SC9" },
  ]);
  deepEqual(broken(readExpectation("raises: SC2086"), of(shell), isCode, false), []);
});
