import { type Child, type VNode, h } from "../h.ts";

/** One of several things of which one holds at a time. */
export interface Segment<Id extends string> {
  readonly id: Id;
  readonly title: Child;
  /** What says more than there is room for. */
  readonly hint?: string;
}

/** A choice of which all is in sight. `name` tells it from others in the page; `label` is what it is about. */
export function segments<Id extends string>(
  name: string,
  label: string,
  all: readonly Segment<Id>[],
  chosen: Id,
  choose: (id: Id) => (event: Event) => void,
): VNode {
  return h(
    "fieldset",
    { class: `segments ${name}-segments` },
    h("legend", { class: "unseen" }, label),
    all.map(({ id, title, hint }) =>
      h(
        "label",
        { key: id, title: hint },
        h("input", { type: "radio", name, class: "unseen", value: id, checked: id === chosen, on: { change: choose(id) } }),
        h("span", { class: "segment" }, title),
      ),
    ),
  );
}
