import type { Severity } from "./engine.ts";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const VIEWS = ["split", "editor", "findings", "badge"] as const;
export type View = (typeof VIEWS)[number];

/** What an element's attributes say about its text and how it is shown. */
export interface Settings {
  /** `view`: code and findings (`split`, the default), mostly code (`editor`), no code (`findings`), or the score alone (`badge`). */
  readonly view: View;
  /** `theme`: `light`, `dark`, or like the page around (`auto`, the default). */
  readonly theme: Theme;
  /** `readonly`: the text cannot be changed. */
  readonly isReadOnly: boolean;
  /** `enable`: rules, or cases (`rule/case`), that are off unless they are named. */
  readonly enable: string;
  /** `ignore`: rules, cases, and codes of other tools that say nothing and weigh nothing. */
  readonly ignore: string;
  /** `severity`: the least that is listed and underlined. What is below counts all the same. */
  readonly hidden: ReadonlySet<Severity>;
  /** `target`: the stage to build, when it is not the last one. */
  readonly target: string | null;
  /** `expect`: what the author says of the text, if anything; see `expectation.ts`. */
  readonly expect: string | null;
  /** `fragment`: with `no`, a text without `FROM` is a mistake; with `auto` (the default) it is a snippet, as guides have them. */
  readonly isWhole: boolean;
}

/** The heaviest first. */
export const SEVERITIES = ["error", "warning", "info", "style"] as const satisfies readonly Severity[];

export function settingsOf(element: Element): Settings {
  const attribute = (name: string) => element.getAttribute(name);
  const least = SEVERITIES.findIndex((severity) => severity === attribute("severity"));
  return {
    view: viewOf(attribute("view")),
    theme: THEMES.find((theme) => theme === attribute("theme")) ?? "auto",
    isReadOnly: element.hasAttribute("readonly"),
    enable: namesOf(attribute("enable")),
    ignore: namesOf(attribute("ignore")),
    hidden: new Set(least < 0 ? [] : SEVERITIES.slice(least + 1)),
    target: attribute("target") || null,
    expect: attribute("expect"),
    isWhole: attribute("fragment") === "no",
  };
}

function viewOf(name: string | null): View {
  return VIEWS.find((view) => view === name) ?? "split";
}

/** Names may stand between commas or blanks. */
function namesOf(list: string | null): string {
  return (list ?? "").split(/[\s,]+/).filter((name) => name !== "").join(" ");
}
