import { type Child, type VNode, h } from "../h.ts";
import { texts } from "../texts.ts";

/** One of several things of which one is shown at a time. */
export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: Child;
}

/** Steps from the chosen tab, by the keys of the pattern for tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowLeft: (index, count) => (index + count - 1) % count,
  ArrowRight: (index, count) => (index + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** A list of tabs that is one stop of the Tab key. `name` tells this list from others in the page. */
export function tabList<Id extends string>(
  name: string,
  label: string,
  all: readonly Tab<Id>[],
  chosen: Id,
  choose: (id: Id) => (event: Event) => void,
): VNode {
  return h(
    "div",
    { key: `tabs-${name}`, class: `tabs ${name}-tabs`, role: "tablist", "aria-label": label },
    all.map(({ id, title }) =>
      h(
        "button",
        {
          type: "button",
          key: id,
          id: tabId(name, id),
          class: "tab",
          role: "tab",
          "aria-selected": String(id === chosen),
          "aria-controls": id === chosen ? panelId(name) : undefined,
          tabindex: id === chosen ? 0 : -1,
          on: { click: choose(id), keydown: step },
        },
        title,
      ),
    ),
  );
}

/** How many things are behind a tab, if any. */
export function badge(number: number, unit = ""): Child {
  if (number === 0) return false;
  return [" ", h("span", { class: "badge" }, texts.number(number)), h("span", { class: "unseen" }, unit)];
}

export function tabId(name: string, id: string): string {
  return `${name}-tab-${id}`;
}

function panelId(name: string): string {
  return `${name}-panel`;
}

/** What a panel is to a screen reader. */
export function panelProps(name: string, chosen: string) {
  return { id: panelId(name), role: "tabpanel", "aria-labelledby": tabId(name, chosen) };
}

/** Arrows move the focus and choose at once. They follow the order of the tabs as it is on the screen. */
function step(event: Event): void {
  const { currentTarget: tab } = event;
  if (!(event instanceof KeyboardEvent) || !(tab instanceof HTMLElement) || tab.parentElement === null) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const isReversed = getComputedStyle(tab).direction === "rtl";
  const key = isReversed ? (MIRRORED[event.key] ?? event.key) : event.key;
  const all = [...tab.parentElement.children];
  const next = STEPS[key]?.(all.indexOf(tab), all.length);
  const target = next === undefined ? undefined : all[next];
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  target.focus();
  target.click();
}

const MIRRORED: Readonly<Record<string, string>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
