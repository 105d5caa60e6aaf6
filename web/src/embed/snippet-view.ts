import { type Child, type VNode, h } from "../h.ts";
import { type Item, fixable, items, shown } from "../items.ts";
import type { Broken } from "./expectation.ts";
import type { Report } from "../engine.ts";
import { SEVERITY_NAMES } from "../groups.ts";
import type { Settings } from "../settings.ts";
import { band } from "../views/band.ts";
import { codeView } from "./code-view.ts";
import { broken as brokenIcon, chevron, pencil, severityIcon } from "../views/icons.ts";
import { plain, shortCodes } from "../words.ts";
import { prose } from "../views/prose.ts";
import { texts } from "../texts.ts";

/** Everything that a snippet shows. */
export interface Shown {
  readonly text: string;
  readonly label: string;
  readonly settings: Settings;
  readonly report: Report | null;
  /** The text that the report speaks of: places in it are none in another. */
  readonly checked: string | null;
  /** What the kinds of tokens are called. */
  readonly kinds: readonly string[];
  /** Why it is not as its author says. */
  readonly broken: readonly Broken[];
  /** Whether the findings are shown where they have no place of their own. */
  readonly isOpen: boolean;
  /** Whether a reader has made another text of it. */
  readonly isChanged: boolean;
  /** The finding whose place is lit up. */
  readonly spot: string | null;
  /** What was just done. */
  readonly said: string;
  readonly trouble: string | null;
  /** The same text in the playground. */
  readonly link: string;
  /** Whether the editor is on its way. */
  readonly isLoading: boolean;
}

type Asked = "open" | "edit" | "why" | "fix" | "fixall" | "reset" | "spot";

export function snippetView(shown: Shown): VNode[] {
  const { view } = shown.settings;
  // Of a text that could not be had there is nothing more to say: what is found is of an empty one.
  const state = shown.trouble !== null && shown.text.trim() === "" ? { ...shown, report: null } : shown;
  if (view === "badge") return [badge(state)];
  const hasPanel = view !== "editor" || state.isOpen;
  return [
    ...(view === "findings" ? [] : [code(state)]),
    ...(view === "editor" ? [corner(state)] : []),
    ...(hasPanel ? [panel(state)] : []),
    h("p", { key: "said", class: "unseen", role: "status" }, state.said),
  ];
}

function code({ text, checked, label, kinds, settings, spot, ...state }: Shown): VNode {
  const report = checked === text ? state.report : null;
  const found = listed(report, settings);
  const place = found.find(({ key }) => key === spot)?.range ?? null;
  // The text of the page around may have another direction and language.
  const props = { key: "code", class: "code", part: "code", tabindex: 0, role: "group", "aria-label": label, dir: "ltr", translate: "no" };
  return { tag: "pre", props, children: codeView(text, report?.tokens ?? [], kinds, found, place) };
}

function listed(report: Report | null, settings: Settings): readonly Item[] {
  return report === null ? [] : shown(items(report), settings.hidden);
}

/** What lies above the code where nothing stands beside it. */
function corner(state: Shown): VNode {
  const { report, isOpen, broken, trouble } = state;
  const isThere = report !== null || trouble !== null;
  return h(
    "div",
    { key: "corner", class: "corner", part: "bar" },
    isThere && !state.settings.isReadOnly && h("button", { type: "button", class: "small-button", "data-edit": true, title: texts.embed.editHint, "aria-label": texts.embed.editHint, ...on("edit") }, pencil),
    isThere &&
      h(
        "button",
        {
          type: "button",
          class: `chip ${tone(state)}`,
          part: "badge",
          "aria-expanded": String(isOpen),
          title: isOpen ? texts.embed.hide : texts.embed.show,
          ...on("open"),
        },
        broken.length > 0 && [brokenIcon, h("span", { class: "unseen" }, `${texts.embed.expectation.title}. `)],
        mark(state),
        chevron,
      ),
  );
}

function badge(state: Shown): VNode {
  const { link, broken, report } = state;
  return h(
    "a",
    { key: "badge", class: `chip ${tone(state)}`, part: "badge", href: link, target: "_blank", rel: "noopener" },
    broken.length > 0 && [brokenIcon, h("span", { class: "unseen" }, `${texts.embed.expectation.title}. `)],
    mark(state),
    report !== null && h("span", { class: "unseen" }, `, ${texts.embed.findings(report.findings.length)} ${texts.embed.opensTab}`),
  );
}

function tone({ report, broken, trouble, text }: Shown): string {
  if (broken.length > 0 || trouble !== null) return "low broken";
  if (report === null || text.trim() === "") return "waiting";
  return report.score ? band(report.score.total) : "low";
}

/** The score in few signs, and in words for who does not see it. */
function mark({ report, trouble, text }: Shown): Child {
  if (report === null || text.trim() === "") return trouble === null ? texts.embed.waiting : "!";
  if (!report.score) return texts.embed.refused;
  const { total, grade } = report.score;
  return [
    h("span", { class: "unseen" }, texts.embed.score(total, grade)),
    h("b", { "aria-hidden": "true" }, String(total)),
    h("span", { "aria-hidden": "true" }, grade),
  ];
}

function panel(state: Shown): VNode {
  const { report, settings, broken, trouble, link, said, text, isChanged } = state;
  const found = listed(report, settings);
  const safe = settings.isReadOnly ? [] : fixable(found, "safe");
  const below = (report?.findings.length ?? 0) - found.length;
  return h(
    "div",
    { key: "panel", class: "panel", part: "findings", tabindex: 0, role: "group", "aria-label": texts.panes.result },
    h(
      "div",
      { class: "head" },
      settings.view !== "editor" && h("span", { class: `chip ${tone(state)}`, part: "badge" }, mark(state)),
      report?.fragment === true && !settings.isWhole && h("span", { class: "kind" }, texts.embed.snippet),
      report !== null && h("span", { class: "count" }, report.findings.length === 0 ? texts.embed.nothing : texts.embed.findings(report.findings.length)),
      h(
        "span",
        { class: "acts" },
        safe.length > 0 && h("button", { type: "button", class: "button", ...on("fixall") }, texts.embed.fixAll(safe.length)),
        isChanged && h("button", { key: "reset", type: "button", class: "button", ...on("reset") }, texts.embed.reset),
        !settings.isReadOnly && h("button", { type: "button", class: "button", "data-edit": true, ...on("edit") }, texts.embed.edit),
        text !== "" && h("a", { class: "button", href: link, target: "_blank", rel: "noopener" }, texts.embed.open, h("span", { class: "unseen" }, ` ${texts.embed.opensTab}`)),
      ),
    ),
    broken.length > 0 && failed(broken),
    trouble !== null && h("p", { class: "trouble", role: "alert" }, trouble),
    report !== null && report.score === null && h("p", { class: "trouble" }, texts.embed.refusedHint),
    said !== "" && h("p", { class: "said", "aria-hidden": "true" }, prose(said)),
    h("ul", { class: "list" }, found.map((item) => row(item, state))),
    below > 0 && h("p", { class: "aside" }, texts.embed.hidden(below)),
  );
}

function failed(broken: readonly Broken[]): VNode {
  return h(
    "div",
    { class: "failed" },
    h("p", {}, brokenIcon, h("b", {}, texts.embed.expectation.title)),
    h("ul", {}, broken.map((one) => h("li", {}, prose(sentence(one))))),
  );
}

function sentence(broken: Broken): string {
  const { expectation } = texts.embed;
  if (broken.kind === "unreadable") return expectation.unreadable(broken.part);
  if (broken.kind === "unknown") return expectation.unknown(broken.name);
  if (broken.kind === "unclean") return expectation.unclean(broken.findings);
  if (broken.kind === "raised") return expectation.raised(broken.name, broken.line);
  if (broken.kind === "stage") return expectation.stage(broken.name);
  if (broken.kind === "unchecked") return expectation.unchecked(broken.name);
  return broken.kind === "missing" ? expectation.missing(broken.name) : expectation.fragment;
}

function row({ key, severity, message, line, fix, codes }: Item, { settings, spot }: Shown): VNode {
  const canFix = fix?.applicability === "safe" && !settings.isReadOnly;
  const hasCode = settings.view !== "findings";
  return h(
    "li",
    { key, class: `row severity-${severity}`, "data-key": key },
    severityIcon(severity),
    h(
      "div",
      {},
      h("p", {}, h("span", { class: "unseen" }, `${SEVERITY_NAMES[severity]}: `), prose(message)),
      h(
        "p",
        { class: "about" },
        hasCode
          ? h("button", { type: "button", class: "link", "aria-pressed": String(spot === key), ...on("spot", key) }, texts.common.line(line))
          : h("span", {}, texts.common.line(line)),
        shortCodes(codes).slice(0, 1).map((code) => h("span", { class: "code-name" }, code)),
        canFix && fix !== null && h("button", { type: "button", class: "link", title: plain(fix.title), ...on("fix", key) }, texts.embed.fix, h("span", { class: "unseen" }, `: ${plain(fix.title)}`)),
        !settings.isReadOnly && h("button", { type: "button", class: "link", ...on("why", key) }, texts.embed.why, h("span", { class: "unseen" }, ` ${plain(message)}`)),
      ),
    ),
  );
}

/** A press sends a request up to the snippet. */
function on(name: Asked, key = "") {
  const click = ({ currentTarget }: Event) => currentTarget?.dispatchEvent(new CustomEvent(`snippet-${name}`, { detail: key, bubbles: true }));
  return { on: { click } };
}
