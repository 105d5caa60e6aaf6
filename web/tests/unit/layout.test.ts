import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type Edge, layout } from "../../src/build/layout.ts";

const sizes = { columns: 3, nodeHeight: 40, gap: 20 };

const rowsOf = (nodes: readonly { y: number }[]) => nodes.map(({ y }) => y / (sizes.nodeHeight + sizes.gap));

/** Nodes of which the first few are sources. */
const drawn = (sources: number, stages: number, edges: readonly [number, number][], columns = 3) => {
  const list: Edge[] = edges.map(([from, to]) => ({ from, to }));
  const isSource = Array.from({ length: sources + stages }, (_, index) => index < sources);
  return { ...layout(isSource, list, { ...sizes, columns }), edges: list };
};

test("a chain stands straight, one below the other", () => {
  const { nodes, paths, height } = drawn(1, 3, [[0, 1], [1, 2], [2, 3]]);
  deepEqual(nodes, [0, 60, 120, 180].map((y) => ({ x: 50, y })));
  equal(paths[0], "M50 40C50 50 50 50 50 60");
  equal(height, 220);
});

test("a source stands just above the first that needs it", () => {
  const { nodes } = drawn(2, 3, [[0, 2], [2, 3], [3, 4], [1, 4]]);
  deepEqual(rowsOf(nodes), [0, 2, 1, 2, 3]);
});

test("an edge goes past the nodes in between", () => {
  const { nodes, paths } = drawn(1, 3, [[0, 1], [1, 2], [2, 3], [1, 3]]);
  const [, , between] = nodes;
  const lane = Number(/V/.test(paths[3] ?? "") ? /(\S+) 120V160/.exec(paths[3] ?? "")?.[1] : NaN);
  ok(Math.abs(lane - (between?.x ?? 0)) >= 100 / 6, `the lane at ${lane} is beside the node at ${between?.x}`);
});

test("a row holds no more than its columns, and every edge still goes down", () => {
  for (const columns of [2, 3]) {
    const fan = Array.from({ length: 7 }, (_, index) => [0, index + 1] as [number, number]);
    const { nodes, edges } = drawn(1, 8, [...fan, ...fan.map(([, stage]) => [stage, 8] as [number, number])], columns);
    const rows = rowsOf(nodes);
    for (const row of new Set(rows)) ok(rows.filter((other) => other === row).length <= columns);
    for (const { from, to } of edges) ok((rows[from] ?? 0) < (rows[to] ?? 0));
  }
});

test("many sources of one node find room above it", () => {
  const { nodes } = drawn(7, 1, Array.from({ length: 7 }, (_, index) => [index, 7] as [number, number]));
  const rows = rowsOf(nodes);
  for (const row of new Set(rows)) ok(rows.filter((other) => other === row).length <= 3);
  equal(Math.max(...rows.slice(0, 7)) < (rows[7] ?? 0), true);
  ok(Math.min(...rows) >= 0);
});

test("nodes of a row overlap neither each other nor the border", () => {
  const { nodes, width } = drawn(3, 6, [[0, 3], [1, 4], [2, 5], [3, 6], [4, 6], [4, 7], [5, 8], [6, 8], [3, 8]]);
  for (const { x, y } of nodes) {
    ok(x >= width / 2 - 0.01 && x <= 100 - width / 2 + 0.01, `${x} lies inside`);
    const row = nodes.filter((other) => other.y === y && other.x !== x);
    for (const other of row) ok(Math.abs(other.x - x) >= width - 0.01, `${x} and ${other.x}`);
  }
});

test("no node at all is no picture", () => {
  equal(layout([], [], sizes).nodes.length, 0);
});
