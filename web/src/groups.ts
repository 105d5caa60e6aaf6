import { type Item, cost } from "./items.ts";
import type { Report } from "./engine.ts";
import { SEVERITIES } from "./settings.ts";
import { grouped } from "./grouped.ts";
import { texts } from "./texts.ts";

/** What the rows of the list are put together by. */
export type Grouping = "line" | "practice" | "rule" | "severity";

export const GROUPINGS: readonly Grouping[] = ["line", "practice", "rule", "severity"];

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly items: readonly Item[];
}

export const SEVERITY_NAMES = texts.severities;

/** The two categories that the score does not count, and therefore does not name. */
const UNCOUNTED: Readonly<Record<string, string>> = texts.filters.uncounted;

/** What a rule is called. */
export type TitleOf = (rule: string) => string;

/** The rows in groups, those that cost most first. By line, all are in one. */
export function groups(items: readonly Item[], grouping: Grouping, report: Report, titleOf: TitleOf): Group[] {
  if (grouping === "line") return [{ id: "all", title: "", items }];
  const found = grouped(items, (item) => (grouping === "practice" ? item.category : item[grouping]));
  const title = titles(grouping, report, titleOf);
  const all = [...found].map(([id, items]) => ({ id, title: title(id), items }));
  const rank = ({ id }: Group) => SEVERITIES.findIndex((severity) => severity === id);
  if (grouping === "severity") return all.sort((one, other) => rank(one) - rank(other));
  return all.sort((one, other) => cost(other.items) - cost(one.items));
}

function titles(grouping: Grouping, { score }: Report, titleOf: TitleOf): (id: string) => string {
  if (grouping === "rule") return titleOf;
  if (grouping === "severity") return (id) => SEVERITY_NAMES[id as keyof typeof SEVERITY_NAMES];
  return (id) => score?.categories.find((category) => category.id === id)?.title ?? UNCOUNTED[id] ?? id;
}
