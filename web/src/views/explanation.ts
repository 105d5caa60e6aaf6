import { type Child, type VNode, h } from "../h.ts";
import type { RuleText } from "../rules.ts";
import type { State } from "../state.ts";
import { ask } from "../events.ts";
import { blocks, listing } from "./prose.ts";

/** Why a rule exists, what to do, and when to leave it; `shown` stands where examples stand. */
export function explanation(rule: string, rules: State["rules"], shown: VNode | false): Child[] {
  if (rules === "failed") {
    return [
      h("p", {}, "The explanation could not be fetched. "),
      h("button", { type: "button", class: "button small", on: { click: ask("reload", {}) } }, "Try again"),
      shown,
    ];
  }
  if (rules === null || rules === "loading") return [h("p", { class: "aside" }, "Fetching the explanation\u2026"), shown];
  const text = rules.get(rule);
  if (text === undefined) return [h("p", { class: "aside" }, "There is no explanation for this rule yet."), shown];
  return parts(text, shown);
}

function parts({ id, title, why, leaveItWhen, bad, good, codes, references }: RuleText, shown: VNode | false): Child[] {
  return [
    h("h4", {}, title),
    ...blocks(why),
    h(
      "div",
      { class: "compare" },
      bad !== null && h("figure", { class: "bad" }, h("figcaption", {}, "Instead of"), listing(bad)),
      good !== null && h("figure", { class: "good" }, h("figcaption", {}, "Write"), listing(good)),
    ),
    shown,
    ...(leaveItWhen.length === 0 ? [] : [h("h5", {}, "When to leave it"), ...blocks(leaveItWhen)]),
    h(
      "dl",
      { class: "facts" },
      h("div", {}, h("dt", {}, "Rule"), h("dd", {}, h("code", {}, id))),
      codes.length > 0 &&
        h(
          "div",
          {},
          h("dt", {}, "Elsewhere"),
          h(
            "dd",
            {},
            byTool(codes).map(([tool, own]) => h("span", {}, `${tool} `, h("span", { class: "code" }, own.join(", ")))),
          ),
        ),
      references.length > 0 &&
        h(
          "div",
          {},
          h("dt", {}, "Read more"),
          h("dd", {}, h("ul", {}, references.map((url) => h("li", {}, reference(url))))),
        ),
    ),
  ];
}

/** What each tool calls it, in the order in which the tools are first named. */
function byTool(codes: RuleText["codes"]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const { tool, code } of codes) found.set(tool, [...(found.get(tool) ?? []), code]);
  return [...found];
}

function reference(url: string): VNode {
  const { hostname, pathname } = new URL(url);
  const shown = `${hostname.replace(/^www\./, "")}${pathname === "/" ? "" : decodeURI(pathname)}`;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, shown);
}
