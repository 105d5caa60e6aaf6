import type { Finding, Known, Report, Stage } from "../../src/engine.ts";

/** A finding, of which a test says only what it is about. */
export function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: "copy-not-add",
    case: "local",
    codes: ["DL3020"],
    severity: "warning",
    category: "caching",
    message: "`app` needs only COPY",
    range: { start: 0, end: 3 },
    line: 1,
    instructionLine: 1,
    points: 4,
    fix: undefined,
    silencedBy: null,
    pattern: "",
    ...change,
  } as Finding;
}

export function report(change: Partial<Report> = {}): Report {
  return {
    fragment: false,
    score: { total: 82, grade: "B", cap: null, categories: [] },
    problems: [],
    findings: [],
    suppressed: [],
    unreadScripts: [],
    stages: [],
    imageFacts: { asOf: "2026-08-21", areOld: false },
    tokens: [],
    milliseconds: 0.4,
    ...change,
  };
}

export function stage(change: Partial<Stage> = {}): Stage {
  return { name: null, base: "alpine", line: 1, ships: true, known: known(), ...change } as Stage;
}

export function known(change: Partial<Known> = {}): Known {
  return { kind: "other", image: null, line: null, system: null, listed: null, rolling: null, same: [], newer: null, smaller: [], ...change } as Known;
}
