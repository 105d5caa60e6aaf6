import { type VNode, h } from "../h.ts";
import type { Command } from "../commands/table.ts";
import type { Item } from "../items.ts";
import { SEVERITY_NAMES } from "../groups.ts";
import { ask } from "../events.ts";
import { plain } from "../words.ts";
import { prose } from "./prose.ts";
import { severityIcon } from "./icons.ts";
import { texts } from "../texts.ts";

/** What can be done about some findings: https://www.w3.org/WAI/ARIA/apg/patterns/menu/ */
export function fixMenu(items: readonly Item[], commandsOf: (item: Item) => readonly Command[]): VNode[] {
  return items.map((item) => {
    const { key, severity, message, points } = item;
    return h(
      "div",
      { key, class: "popup-group", role: "group", "aria-label": `${SEVERITY_NAMES[severity]}: ${plain(message)}` },
      h(
        "p",
        { class: `popup-head severity-${severity}`, "aria-hidden": "true" },
        severityIcon(severity),
        h("span", {}, prose(message)),
        points > 0 && h("span", { class: "points" }, texts.fixMenu.points(points)),
      ),
      commandsOf(item)
        .filter(({ can }) => can !== false)
        .map(({ id, title, asks }) =>
          h(
            "button",
            { type: "button", key: id, class: "popup-item", role: "menuitem", tabindex: -1, on: { click: ask("run", { asks }), keydown: move } },
            prose(title),
          ),
        ),
    );
  });
}

const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function move(event: Event): void {
  const { currentTarget: entry } = event;
  if (!(event instanceof KeyboardEvent) || !(entry instanceof HTMLElement)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Tab") return leave(event);
  const all = [...(entry.closest("[role=menu]")?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const next = all[STEPS[event.key]?.(all.indexOf(entry), all.length) ?? -1] ?? beginningWith(event.key, entry, all);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** A letter goes to the next entry that begins with it. */
function beginningWith(key: string, entry: HTMLElement, all: readonly HTMLElement[]): HTMLElement | undefined {
  if (key.length !== 1 || key === " ") return undefined;
  const at = all.indexOf(entry) + 1;
  const isIt = ({ textContent }: HTMLElement) => textContent?.toLowerCase().startsWith(key.toLowerCase()) === true;
  return [...all.slice(at), ...all.slice(0, at)].find(isIt);
}

function leave(event: Event): void {
  event.preventDefault();
  ask("leave", {})(event);
}
