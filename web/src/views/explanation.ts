import { type Child, type VNode, h } from "../h.ts";
import type { RuleText } from "../rules.ts";
import { type Item, SHELL } from "../items.ts";
import type { State } from "../state.ts";
import { blocks, fact, listing } from "./prose.ts";
import { pageOf } from "../reading/address.ts";
import { grouped } from "../grouped.ts";
import { waiting } from "./waiting.ts";
import { texts } from "../texts.ts";

/** Why a rule exists, what to do, and when to leave it; `shown` stands where examples stand. */
export function explanation({ rule, category }: Item, state: State, shown: VNode | false): Child[] {
  const where = category === SHELL ? "shellRules" : "rules";
  const rules = state[where];
  if (rules === null || rules === "loading" || rules === "failed") return [waiting(where, rules), shown];
  const text = rules.get(rule);
  if (text === undefined) return [h("p", { class: "aside" }, texts.explanation.none), shown];
  return parts(text, shown);
}

function parts({ id, title, why, leaveItWhen, bad, good, codes, references }: RuleText, shown: VNode | false): Child[] {
  return [
    h("h4", {}, title),
    ...blocks(why),
    h(
      "div",
      { class: "compare" },
      bad !== null && h("figure", { class: "bad" }, h("figcaption", {}, texts.explanation.bad), listing(bad)),
      good !== null && h("figure", { class: "good" }, h("figcaption", {}, texts.explanation.good), listing(good)),
    ),
    shown,
    ...(leaveItWhen.length === 0 ? [] : [h("h5", {}, texts.explanation.leave), ...blocks(leaveItWhen)]),
    h(
      "dl",
      { class: "facts" },
      fact(texts.explanation.rule, page(id)),
      sources({ codes, references }),
    ),
  ];
}

/** What it is called elsewhere, and where to read more. */
export function sources({ codes, references }: Pick<RuleText, "codes" | "references">): Child[] {
  return [
    codes.length > 0 && fact(texts.explanation.elsewhere, byTool(codes)),
    references.length > 0 && fact(texts.explanation.more, h("ul", {}, references.map((url) => h("li", {}, reference(url))))),
  ];
}

/** What each tool calls it, in the order in which the tools are first named. */
function byTool(codes: RuleText["codes"]): VNode[] {
  return [...grouped(codes, ({ tool }) => tool)].map(([tool, own]) => {
    const names = own.map(({ code }, index) => [index > 0 && ", ", page(code)]);
    return h("span", {}, `${tool} `, names);
  });
}

/** A name of a rule leads to its page, in this site. */
function page(name: string): VNode {
  return h("a", { class: "code", href: pageOf(name), target: "_blank", rel: "noopener" }, name);
}

function reference(url: string): VNode {
  const { hostname, pathname } = new URL(url);
  const shown = `${hostname.replace(/^www\./, "")}${pathname === "/" ? "" : decodeURI(pathname)}`;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, shown);
}
