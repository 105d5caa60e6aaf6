import { type VNode, cut } from "./h.ts";
import { named } from "./controls.ts";

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "path", "circle", "rect"]);

/** Attributes that people read. */
const LONGEST = 500;
const IN_WORDS = new Set(["title", "aria-label", "placeholder"]);

/** What each element was last rendered from. */
const rendered = new WeakMap<Node, VNode>();

/** Makes the children of `parent` what `nodes` describe, and keeps every element that can stay. */
export function render(parent: Element, nodes: readonly (VNode | string)[]): void {
  const wanted = new Set(nodes.map(keyOf).filter((key) => key !== undefined));
  const kept = new Map<string, Node>();
  for (const child of [...parent.childNodes]) {
    const key = keyOf(rendered.get(child));
    if (key === undefined) continue;
    // What goes is taken out first: then what stays need not be moved, and moving a node would cost it the focus.
    if (wanted.has(key)) kept.set(key, child);
    else child.remove();
  }

  let cursor = parent.firstChild;
  for (const node of nodes) {
    const key = keyOf(node);
    const match = key === undefined ? cursor : (kept.get(key) ?? null);
    if (match !== null && isSame(match, node)) {
      if (match === cursor) cursor = cursor.nextSibling;
      else parent.insertBefore(match, cursor);
      update(match, node);
    } else {
      parent.insertBefore(create(node), cursor);
    }
  }
  while (cursor !== null) {
    const next: ChildNode | null = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

function keyOf(node: VNode | string | undefined): string | undefined {
  return typeof node === "object" ? node.props.key : undefined;
}

function isSame(existing: Node, node: VNode | string): boolean {
  if (typeof node === "string") return existing.nodeType === Node.TEXT_NODE;
  const before = rendered.get(existing);
  return before !== undefined && before.tag === node.tag && before.props.key === node.props.key;
}

function create(node: VNode | string): Node {
  if (typeof node === "string") return document.createTextNode(node);
  const element = SVG_TAGS.has(node.tag) ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  rendered.set(element, { tag: node.tag, props: {}, children: [] });
  update(element, node);
  return element;
}

function update(existing: Node, node: VNode | string): void {
  if (typeof node === "string") {
    if (existing.nodeValue !== node) existing.nodeValue = node;
    return;
  }
  const element = existing as HTMLElement | SVGElement;
  const before = rendered.get(element);
  if (before === node) return;
  updateProps(element, before?.props ?? {}, node.props);
  rendered.set(element, node);
  render(element, node.children);
}

function updateProps(element: HTMLElement | SVGElement, before: VNode["props"], after: VNode["props"]): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (name === "key" || name === "vars" || name === "on") continue;
    if (before[name] !== after[name]) setAttribute(element, name, after[name]);
  }
  for (const [name, value] of Object.entries(after.vars ?? {})) element.style.setProperty(name, value);
  for (const type of Object.keys(after.on ?? {})) element.addEventListener(type, dispatch); // adding it twice adds it once
}

function setAttribute(element: Element, name: string, value: unknown): void {
  const isText = element instanceof HTMLTextAreaElement && name === "value"; // no attribute of its kind
  if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else if (!isText) element.setAttribute(name, value === true ? "" : IN_WORDS.has(name) ? named(cut(String(value), LONGEST)) : String(value));
  // The attributes are only what a field begins with.
  if (element instanceof HTMLOptionElement && name === "selected") element.selected = value === true;
  if (element instanceof HTMLInputElement && name === "checked") element.checked = value === true;
  if ((isText || (element instanceof HTMLInputElement && name === "value")) && element.value !== String(value ?? "")) element.value = String(value ?? "");
}

function dispatch(event: Event): void {
  const { currentTarget } = event;
  if (currentTarget instanceof Node) rendered.get(currentTarget)?.props.on?.[event.type]?.(event);
}
