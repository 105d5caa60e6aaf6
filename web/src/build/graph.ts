import type { Origin, Plan, PlannedStage } from "../engine.ts";

/** How one part of a build needs another: as what it starts from, for files that it copies, or mounted. */
export type EdgeKind = "from" | "copy" | "mount";

export interface GraphEdge {
  readonly kind: EdgeKind;
  readonly from: number;
  readonly to: number;
}

export interface GraphNode {
  /** The number of the stage; `null` for what comes from elsewhere. */
  readonly stage: number | null;
  readonly origin: Origin | null;
  readonly isNeeded: boolean;
}

export interface Graph {
  /** What comes from elsewhere first, then the stages: every edge goes forward. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The stages of a build, the images and contexts that they use, and who needs whom. */
export function graph({ stages }: Plan): Graph {
  const uses = stages.flatMap((stage, to) => usesOf(stage).map((use) => ({ ...use, to })));
  const outside = new Map<string, { origin: Origin; isNeeded: boolean }>();
  for (const { origin, to } of uses) {
    if (!isOutside(origin)) continue;
    const isNeeded = stages[to]?.isNeeded === true || outside.get(keyOf(origin))?.isNeeded === true;
    outside.set(keyOf(origin), { origin, isNeeded });
  }
  const keys = [...outside.keys()];
  const edges = uses.flatMap(({ kind, origin, to }) => {
    const from = origin.kind === "stage" ? keys.length + (origin.stage ?? 0) : keys.indexOf(keyOf(origin));
    // A file that BuildKit would refuse may name a stage that comes later, or itself.
    return from === -1 || from >= keys.length + to ? [] : [{ kind, from, to: keys.length + to }];
  });
  const each = new Map(edges.map((edge) => [`${edge.kind} ${edge.from} ${edge.to}`, edge]));
  return {
    nodes: [
      ...[...outside.values()].map(({ origin, isNeeded }) => ({ stage: null, origin, isNeeded })),
      ...stages.map(({ isNeeded }, stage) => ({ stage, origin: null, isNeeded })),
    ],
    edges: [...each.values()],
  };
}

/** Whether a stage reads files of the build context. */
export function readsContext({ steps }: PlannedStage): boolean {
  return steps.some(({ reads }) => reads.some(({ from }) => from?.kind === "context"));
}

function usesOf({ from, steps }: PlannedStage): { kind: EdgeKind; origin: Origin }[] {
  const reads = steps.flatMap(({ reads }) => reads);
  return [
    { kind: "from", origin: from },
    ...reads.flatMap(({ kind, from }) => (from === null ? [] : [{ kind: kind === "files" ? "copy" : "mount", origin: from } as const])),
  ];
}

/** The build context goes to so many stages that its edges would tell nothing; a snippet starts from nothing that has a name. */
function isOutside({ kind, name }: Origin): boolean {
  return (kind === "image" || kind === "named-context" || kind === "unknown") && name !== "";
}

function keyOf({ kind, name }: Origin): string {
  return `${kind}:${name}`;
}
