import { type VNode, h } from "../h.ts";
import type { Explanation } from "../engine.ts";
import type { Item } from "../items.ts";
import { SEVERITY_NAMES } from "../groups.ts";
import { ask } from "../events.ts";
import { fact, prose } from "./prose.ts";
import { severityIcon } from "./icons.ts";
import { plain, shortCodes } from "../words.ts";
import { texts } from "../texts.ts";

/** More findings than this at one place are only counted. */
const MOST = 3;

/** What is wrong at a place. */
export function findingsHere(items: readonly Item[]): VNode[] {
  const more = items.length - MOST;
  return [...items.slice(0, MOST).map(finding), ...(more > 0 ? [h("p", { class: "aside" }, texts.hover.more(more))] : [])];
}

function finding({ key, severity, message, points, codes, fix }: Item): VNode {
  const isSafe = fix?.applicability === "safe";
  const [code] = shortCodes(codes);
  return h(
    "section",
    { key, class: `hover-finding severity-${severity}` },
    h("p", {}, severityIcon(severity), h("span", {}, h("span", { class: "unseen" }, `${SEVERITY_NAMES[severity]}: `), prose(message))),
    h(
      "p",
      { class: "hover-line" },
      points > 0 && h("span", { class: "points" }, texts.hover.points(points)),
      code !== undefined && h("span", { class: "code" }, code),
      h("button", { type: "button", class: "button small", on: { click: ask("explain", { key }) } }, texts.hover.why),
      fix !== null &&
        h(
          "button",
          { type: "button", class: "button small primary", title: plain(fix.title), on: { click: isSafe ? ask("apply", { key }) : ask("review", { keys: [key] }) } },
          isSafe ? texts.hover.fix : texts.hover.review,
        ),
    ),
  );
}

/** What an instruction does. */
export function instruction({ title, facts }: Explanation): VNode {
  return h(
    "section",
    { key: "instruction", class: "hover-instruction" },
    h("p", {}, h("b", {}, prose(title))),
    h("dl", { class: "facts" }, facts.map(({ topic, text }) => fact(topic, h("span", {}, prose(text))))),
  );
}

/** What a flag does. */
export function flag(name: string, about: string): VNode {
  return h("section", { key: "flag", class: "hover-flag" }, h("p", {}, h("code", {}, name), " ", prose(about)));
}
