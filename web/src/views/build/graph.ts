import { type Child, type VNode, h } from "../../h.ts";
import { type Graph, type GraphNode, graph, readsContext } from "../../build/graph.ts";
import { type StageRows, counts, stageInSentence, stageRows } from "../../build/rows.ts";
import type { Built } from "../../build/simulator.ts";
import type { Plan } from "../../engine.ts";
import { ask } from "../../events.ts";
import { folder } from "../icons.ts";
import { type Layout, layout } from "../../build/layout.ts";
import { remembered } from "../../remembered.ts";
import { texts } from "../../texts.ts";

/** Heights are those of the style sheet, in pixels. */
const SIZES = { nodeHeight: 58, gap: 40 };

const EDGE_WORDS = { from: "FROM", copy: "COPY --from", mount: "RUN --mount" } as const;

/** More than this is no picture any more; the list of steps has them all. */
const MOST = 60;

/** The stages and what they are made from, as a picture of which every node is a button in a list. */
export const stageGraph = remembered((built: Built): VNode => {
  const { plan, target } = built;
  return h(
    "section",
    { key: "graph", class: "card", "aria-labelledby": "graph-title" },
    h("div", { class: "card-head" }, h("h2", { id: "graph-title" }, texts.graph.title), targets(plan, target)),
    drawn(built) ??
      h("p", { class: "aside" }, texts.graph.tooMany(plan.stages.length)),
  );
});

function drawn(built: Built): VNode[] | null {
  const { plan } = built;
  if (plan.stages.length > MOST) return null;
  const found = graph(plan);
  return found.nodes.length > MOST ? null : [picture(found, plan, stageRows(built)), legend(found)];
}

/** Up to which stage it is built. Only names can be given. */
function targets({ stages, target: built }: Plan, target: string | null): VNode | false {
  const names = stages.flatMap(({ name }) => (name === null ? [] : [name]));
  const last = stages.at(-1)?.name ?? null;
  const others = names.filter((name) => name !== last);
  if (others.length === 0 || built === null) return false;
  return h(
    "label",
    // Made anew with other stages, because a browser keeps what was chosen among those that it had.
    { key: names.join(" "), class: "grouping" },
    h("span", {}, texts.graph.target),
    h(
      "select",
      { on: { change: chosen } },
      h("option", { value: "", selected: target === null }, last === null ? texts.graph.last : texts.graph.lastNamed(last)),
      others.map((name) => h("option", { value: name, selected: name === target }, name)),
    ),
  );
}

function chosen(event: Event): void {
  const { currentTarget: select } = event;
  if (select instanceof HTMLSelectElement) ask("target", { target: select.value === "" ? null : select.value })(event);
}

function picture(found: Graph, plan: Plan, stages: readonly StageRows[]): VNode {
  const isSource = found.nodes.map(({ stage }) => stage === null);
  const wide = layout(isSource, found.edges, { ...SIZES, columns: 3 });
  const narrow = layout(isSource, found.edges, { ...SIZES, columns: 2 });
  const place = (index: number) => {
    const [far, near] = [wide.nodes[index], narrow.nodes[index]];
    return { "--x": `${far?.x}%`, "--y": `${far?.y}px`, "--narrow-x": `${near?.x}%`, "--narrow-y": `${near?.y}px` };
  };
  return h(
    "div",
    { class: "graph", vars: sizes(wide, narrow) },
    edges(found, wide, "wide"),
    edges(found, narrow, "narrow"),
    h(
      "ol",
      { class: "nodes", "aria-label": texts.graph.label },
      found.nodes.map((node, index) => h("li", { key: keyOf(node), class: "node-place", vars: place(index) }, nodeOf(node, index, found, plan, stages))),
    ),
  );
}

function sizes(wide: Layout, narrow: Layout) {
  return {
    "--height": `${wide.height}px`,
    "--width": `${wide.width}%`,
    "--narrow-height": `${narrow.height}px`,
    "--narrow-width": `${narrow.width}%`,
  };
}

function edges({ edges, nodes }: Graph, { height, paths }: Layout, name: string): VNode {
  return h(
    "svg",
    { class: `edges ${name}`, viewBox: `0 0 100 ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    paths.map((d, index) => {
      const edge = edges[index];
      const isNeeded = edge !== undefined && nodes[edge.to]?.isNeeded === true;
      return h("path", { class: `edge edge-${edge?.kind} ${isNeeded ? "" : "not-needed"}`, d });
    }),
  );
}

function nodeOf(node: GraphNode, index: number, found: Graph, plan: Plan, stages: readonly StageRows[]): Child {
  const relations = h("ul", { class: "unseen" }, relationsOf(index, found, plan).map((relation) => h("li", {}, relation)));
  const rows = node.stage === null ? undefined : stages[node.stage];
  if (rows === undefined) {
    const { name, kind } = node.origin ?? { name: "", kind: "unknown" };
    const user = stages[(found.edges.find(({ from }) => from === index)?.to ?? 0) - outsiders(found)];
    const about = kind === "named-context" ? texts.graph.namedContext : h("span", { class: "unseen" }, texts.graph.image);
    return [button(`node outside ${needed(node)}`, user, name, about), relations];
  }
  const { stage, title, isTarget } = rows;
  const about = [
    node.isNeeded ? summary(rows) : texts.graph.notNeeded,
    isTarget && h("span", { class: "unseen" }, texts.graph.andShips),
    readsContext(stage) && [h("span", { class: "reads" }, folder), h("span", { class: "unseen" }, texts.graph.andReads)],
  ];
  return [button(`node ${isTarget ? "target" : ""} ${needed(node)}`, rows, title, about), relations];
}

/** Goes to the `FROM` of a stage. */
function button(name: string, place: StageRows | undefined, title: string, about: Child): VNode {
  const range = place?.stage.range ?? { start: 0, end: 0 };
  return h(
    "button",
    {
      type: "button",
      class: name,
      title,
      on: { click: ask("place", { range }), pointerenter: ask("light", { range }), pointerleave: ask("light", { range: null }) },
    },
    h("span", { class: "node-title" }, title),
    h("span", { class: "node-about" }, h("span", { class: "unseen" }, ": "), about),
  );
}

function summary(rows: StageRows): Child {
  const { rebuilt, cached } = counts(rows);
  if (rebuilt + cached === 0) return texts.graph.noLayer;
  return rebuilt === 0 ? texts.graph.cached : h("b", { class: "state-rebuilt" }, texts.graph.rebuilt(rebuilt));
}

/** What a picture shows by its lines. */
function relationsOf(index: number, { edges, nodes }: Graph, plan: Plan): string[] {
  const name = (node: number) => {
    const { stage, origin } = nodes[node] ?? { stage: null, origin: null };
    return stage === null ? (origin?.name ?? "") : stageInSentence(plan, stage);
  };
  const into = edges.filter(({ to }) => to === index).map(({ kind, from }) => texts.graph.into[kind](name(from)));
  const out = edges.filter(({ from }) => from === index).map(({ kind, to }) => texts.graph.out[kind](name(to)));
  return [...into, ...out];
}

function legend({ edges, nodes }: Graph): VNode {
  const kinds = (["from", "copy", "mount"] as const).filter((kind) => edges.some((edge) => edge.kind === kind));
  const line = (kind: (typeof kinds)[number]) =>
    h("svg", { class: "sample", viewBox: "0 0 26 6", focusable: "false" }, h("path", { class: `edge edge-${kind}`, d: "M0 3H26" }));
  return h(
    "p",
    { class: "legend", "aria-hidden": "true" },
    kinds.map((kind) => h("span", {}, line(kind), EDGE_WORDS[kind])),
    h("span", {}, folder, texts.graph.reads),
    h("span", {}, h("span", { class: "frame-sample target" }), texts.graph.ships),
    nodes.some(({ isNeeded }) => !isNeeded) && h("span", {}, h("span", { class: "frame-sample not-needed" }), texts.graph.notNeeded),
  );
}

function needed({ isNeeded }: GraphNode): string {
  return isNeeded ? "" : "not-needed";
}

function outsiders({ nodes }: Graph): number {
  return nodes.filter(({ stage }) => stage === null).length;
}

function keyOf({ stage, origin }: GraphNode): string {
  return stage === null ? `${origin?.kind}:${origin?.name}` : `stage ${stage}`;
}
