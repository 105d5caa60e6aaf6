import { type Answers, keyOf } from "../../src/learn/goals.ts";

/** What the engine could say of a Dockerfile of one stage, as far as suggestions look at it. */
export function answersOf(of: { readonly rules: readonly string[]; readonly score: number; readonly base: string; readonly user: string; readonly layers: number; readonly rebuilt?: Readonly<Record<string, number>> }): Answers {
  const findings = of.rules.map((rule) => ({ rule, codes: [], category: "", severity: "warning", message: `${rule} is found`, fix: null }));
  const step = { keyword: "RUN", text: "x", reads: [], packages: [] };
  const ships = { stages: [0], base: { kind: "image", name: of.base }, baseUser: "root", environment: [], labels: [], user: of.user, entrypoint: null, command: null, healthcheck: null };
  const answers = {
    report: { problems: [], fragment: false, findings, suppressed: [], score: { total: of.score, grade: "A", categories: [] } },
    plan: { stages: [{ name: null, isNeeded: true, steps: Array.from({ length: of.layers }, () => step) }], ships },
    secrets: 0,
    simulations: new Map(Object.entries(of.rebuilt ?? {}).map(([file, rebuilt]) => [keyOf({ files: [file], args: [], images: [], texts: [] }), { rebuilt }])),
  };
  return answers as unknown as Answers;
}
