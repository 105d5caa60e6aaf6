import type { VNode } from "../../src/h.ts";

/** The nodes of a kind, wherever they stand among others. */
export function nodes(all: readonly (VNode | string)[], tag: string): VNode[] {
  return every(all).filter((node) => node.tag === tag);
}

/** The nodes that have a class. */
export function named(all: readonly (VNode | string)[], name: string): VNode[] {
  return every(all).filter(({ props }) => String(props["class"] ?? "").split(" ").includes(name));
}

/** What a person reads. */
export function text(shown: VNode | string | readonly (VNode | string)[]): string {
  if (typeof shown === "string") return shown;
  return "tag" in shown ? text(shown.children) : shown.map((node) => text(node)).join("");
}

function every(all: readonly (VNode | string)[]): VNode[] {
  return all.flatMap((node) => (typeof node === "string" ? [] : [node, ...every(node.children)]));
}
