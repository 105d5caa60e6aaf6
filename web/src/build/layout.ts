// Where the nodes of a small directed graph stand, and how its edges run: in rows, each edge from a row to a later one.
// Across everything is in hundredths of the width, so that the picture fits any; downwards it is in pixels.

/** An edge between two nodes, by their places in the list of nodes. No way along edges comes back to where it began. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly height: number;
  /** How much room each node has across. */
  readonly width: number;
  /** The middle of the upper side of each node. */
  readonly nodes: readonly Point[];
  /** The path of each edge, for an SVG of the width 100. */
  readonly paths: readonly string[];
}

export interface Sizes {
  /** How many nodes stand beside each other at most. */
  readonly columns: number;
  readonly nodeHeight: number;
  /** Between two rows. */
  readonly gap: number;
}

/** A node, or the place where a long edge goes through a row. */
interface Item {
  readonly width: number;
  readonly above: Item[];
  readonly below: Item[];
  x: number;
}

/** The width of a place where an edge goes through. */
const LANE = 5;
/** How often everything is drawn towards what it is joined to. */
const ROUNDS = 8;

/** Nodes come in an order in which every edge goes forward; `isSource` says of a node that nothing goes to it. */
export function layout(isSource: readonly boolean[], edges: readonly Edge[], { columns, nodeHeight, gap }: Sizes): Layout {
  const rowOf = rowsOf(isSource, edges, columns);
  const rows: Item[][] = Array.from({ length: Math.max(0, ...rowOf) + 1 }, () => []);
  const add = (row: number, width: number): Item => {
    const item = { width, above: [], below: [], x: 50 };
    rows[row]?.push(item);
    return item;
  };
  const nodes = rowOf.map((row) => add(row, 100 / columns));
  const chains = edges.map(({ from, to }) => {
    const lanes = rows.slice((rowOf[from] ?? 0) + 1, rowOf[to]).map((_, index) => add((rowOf[from] ?? 0) + 1 + index, LANE));
    const chain = [nodes[from], ...lanes, nodes[to]].filter((item) => item !== undefined);
    chain.forEach((item, index) => {
      item.above.push(...chain.slice(0, index).slice(-1));
      item.below.push(...chain.slice(index + 1).slice(0, 1));
    });
    return chain;
  });

  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const row of round % 2 === 0 ? rows : [...rows].reverse()) {
      for (const item of row) item.x = middle(round % 2 === 0 ? item.above : item.below) ?? item.x;
      spread(row.sort((one, other) => one.x - other.x));
    }
  }

  const top = (row: number) => row * (nodeHeight + gap);
  const path = (chain: readonly Item[], first: number) =>
    chain.slice(1).reduce((drawn, { x, width }, index) => {
      const y = top(first + index + 1);
      const curve = `${drawn}C${chain[index]?.x} ${y - gap / 2} ${x} ${y - gap / 2} ${x} ${y}`;
      return width === LANE ? `${curve}V${y + nodeHeight}` : curve;
    }, `M${chain[0]?.x} ${top(first) + nodeHeight}`);
  return {
    height: top(rows.length) - gap,
    width: (100 / columns) * Math.min(...rows.map(scaleOf)),
    nodes: nodes.map(({ x }, node) => ({ x, y: top(rowOf[node] ?? 0) })),
    paths: chains.map((chain, index) => path(chain, rowOf[edges[index]?.from ?? 0] ?? 0)),
  };
}

/** The row of each node: below all that goes to it, and a source just above the first node that it goes to. */
function rowsOf(isSource: readonly boolean[], edges: readonly Edge[], columns: number): number[] {
  const rows = isSource.map(() => -1);
  const isFull = (row: number) => rows.filter((other) => other === row).length >= columns;
  isSource.forEach((skipped, node) => {
    if (skipped) return;
    let row = Math.max(0, ...edges.filter(({ to }) => to === node).map(({ from }) => (rows[from] ?? 0) + (isSource[from] ? 2 : 1)));
    while (isFull(row)) row += 1;
    rows[node] = row;
  });
  isSource.forEach((placed, node) => {
    if (!placed) return;
    const first = Math.min(...edges.filter(({ from }) => from === node).map(({ to }) => rows[to] ?? 0));
    let row = Number.isFinite(first) ? first - 1 : 0;
    while (row >= 0 && isFull(row)) row -= 1;
    // Where there is no room above it, everything below makes some.
    if (row < 0) rows.forEach((other, index) => (rows[index] = other >= first ? other + 1 : other));
    rows[node] = row < 0 ? first : row;
  });
  return rows;
}

/** Puts a row's items, which are in order, as near to where they are as their widths allow. */
function spread(row: readonly Item[]): void {
  const halves = row.map(({ width }) => (width * scaleOf(row)) / 2);
  // Packed from one side they lean to the other, so the middle between both ways is taken.
  const fromLeft = packed(row.map(({ x }) => x), halves);
  const fromRight = packed(row.map(({ x }) => 100 - x).reverse(), halves.reverse()).reverse();
  row.forEach((item, index) => (item.x = ((fromLeft[index] ?? 0) + 100 - (fromRight[index] ?? 0)) / 2));
}

/** By how much a row with many lanes must be narrower than it would like. */
function scaleOf(row: readonly Item[]): number {
  return Math.min(1, 100 / row.reduce((sum, { width }) => sum + width, 0));
}

/** Moves ascending places to the right until none overlap, and back where they would leave the picture. */
function packed(places: readonly number[], halves: readonly number[]): number[] {
  let end = 0;
  const moved = places.map((x, index) => {
    const place = Math.max(x, end + (halves[index] ?? 0));
    end = place + (halves[index] ?? 0);
    return place;
  });
  end = 100;
  return moved.reduceRight<number[]>((rest, x, index) => {
    const place = Math.min(x, end - (halves[index] ?? 0));
    end = place - (halves[index] ?? 0);
    return [place, ...rest];
  }, []);
}

function middle(items: readonly Item[]): number | undefined {
  return items.length === 0 ? undefined : items.reduce((sum, { x }) => sum + x, 0) / items.length;
}
