/** What a view returns: a plain description of nodes, which `render` brings to the page. */
export interface VNode {
  readonly tag: string;
  readonly props: Props;
  readonly children: readonly (VNode | string)[];
}

export interface Props {
  /** Tells siblings apart from one rendering to the next, so that a node keeps its focus when others come and go. */
  readonly key?: string;
  /** Custom properties for the style sheet, such as the length of a bar. */
  readonly vars?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  /** Everything else is an attribute; `false` and `undefined` mean that it is absent. */
  readonly [attribute: string]: unknown;
}

export type Child = VNode | string | false | null | undefined | readonly Child[];

/** Text goes in as children, so there is nothing to escape. */
export function h(tag: string, props: Props = {}, ...children: Child[]): VNode {
  return { tag, props, children: flatten(children) };
}

function flatten(children: readonly Child[]): (VNode | string)[] {
  return children.flatMap((child) => {
    if (child === false || child === null || child === undefined || child === "") return [];
    if (typeof child === "string" || "tag" in child) return [child];
    return flatten(child);
  });
}
