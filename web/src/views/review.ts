import { type Decision, type Part, type Proposal, type Review, countOf, rivals } from "../review/review.ts";
import { type VNode, h } from "../h.ts";
import { diff, why } from "./diff.ts";
import { preview, reasons } from "../preview.ts";
import { ask } from "../events.ts";
import { plain } from "../words.ts";
import { prose } from "./prose.ts";
import { small } from "./small.ts";
import { texts } from "../texts.ts";

/** What is looked at; above the view of the differences. */
export function reviewHead(review: Review): VNode[] {
  const { proposals } = review;
  const [only] = proposals.length === 1 ? proposals : [];
  return [
    h("h2", { id: "review-title", tabindex: -1, autofocus: true }, only ? prose(only.title) : texts.review.title(proposals.length)),
    h("button", { type: "button", class: "button small plain", on: { click: ask("leavereview", {}) } }, texts.review.close),
    ...(only ? [h("p", { class: "aside" }, prose(only.message))] : []),
    ...(review.hasView ? [] : [listed(review)]),
  ];
}

/** In the place of the view, where that could not be loaded. */
function listed(review: Review): VNode {
  return h(
    "div",
    { class: "parts" },
    h(
      "p",
      { class: "aside" },
      texts.review.noView,
      h("button", { type: "button", class: "button small", on: { click: ask("loadreview", {}) } }, texts.common.tryAgain),
    ),
    review.parts.map((part) => h("div", { key: String(part.id), "data-part": part.id }, partHead(review, part), diff(preview(review.text, part.edits)))),
  );
}

/** What a part is, and the ways to take it or leave it. Where it is the only one, that is what the buttons below are for. */
export function partHead(review: Review, part: Part): VNode[] {
  const { proposals, decisions, text } = review;
  const proposal = proposals[part.proposal];
  if (proposal === undefined) return [];
  const decision = decisions[proposal.id] ?? "open";
  const nth = proposal.parts.indexOf(part) + 1;
  const harm = review.harms.get(proposal.id);
  const rivalTitle = decision === "left" && harm === undefined ? rivals(review, proposal.id)[0]?.title : undefined;
  const place = [
    proposals.length > 1 && texts.review.fix(part.proposal + 1, proposals.length),
    proposal.parts.length > 1 && texts.review.part(nth, proposal.parts.length),
    texts.common.line(part.line),
  ];
  return [
    h(
      "div",
      { class: `part part-${decision}` },
      h(
        "p",
        { class: "part-title" },
        h("span", { class: "part-place-name" }, place.filter((one) => one !== false).join(" \u00b7 ")),
        proposals.length > 1 && h("b", {}, prose(proposal.title)),
      ),
      proposals.length > 1 && decisionButtons(proposal, part, decision),
      proposals.length > 1 && nth === 1 && h("p", { class: "part-why" }, prose(proposal.message)),
      rivalTitle !== undefined && h("p", { class: "part-why" }, prose(texts.review.rival(rivalTitle))),
      harm !== undefined && h("p", { class: "part-why" }, prose(texts.review.harm(harm))),
      decision === "left" && rivalTitle === undefined && harm === undefined && h("p", { class: "part-why" }, texts.review.left),
      why(reasons(text, part.edits)),
    ),
  ];
}

/** They are at each part, and decide about all of them. */
function decisionButtons({ id, title, parts }: Proposal, { line }: Part, decision: Decision): VNode {
  const button = (to: "taken" | "left", label: string) =>
    h(
      "button",
      {
        type: "button",
        class: `button small ${to}`,
        "aria-pressed": String(decision === to),
        on: { click: ask("decide", { proposal: id, decision: decision === to ? "open" : to }) },
      },
      label,
      h("span", { class: "unseen" }, plain(texts.review.forPart(line, title))),
    );
  return h(
    "div",
    { class: "decision", role: "group", "aria-label": texts.review.decision },
    button("taken", texts.review.take(parts.length)),
    button("left", texts.review.leave(parts.length)),
  );
}

/** What comes of it, and what to do with it. */
export function reviewFoot(review: Review): VNode[] {
  const { proposals, outcome } = review;
  const [taken, left, open] = [countOf(review, "taken"), countOf(review, "left"), countOf(review, "open")];
  const brought = outcome?.brought ?? [];
  const isRefused = outcome !== null && outcome.refused !== null;
  return [
    h(
      "div",
      { class: "review-told", role: "status" },
      proposals.length > 1 && h("p", {}, texts.review.counts(taken, left, open)),
      h("p", { class: isRefused ? "review-refused" : "totals" }, taken > 0 && outcomeText(review)),
      !isRefused && brought.length > 0 && h("p", { class: "aside" }, prose(texts.review.brought(brought))),
    ),
    ...(proposals.length > 1
      ? [
          h(
            "div",
            { class: "actions" },
            small(texts.review.takeAll, ask("takeall", {})),
            small(texts.review.leaveAll, ask("leaveall", {})),
            open > 0 && small(texts.review.next, ask("nextpart", {})),
          ),
        ]
      : []),
    h(
      "div",
      { class: "actions review-actions" },
      h(
        "button",
        { type: "button", class: "button primary", disabled: taken === 0 || isRefused, on: { click: ask("applyreview", {}) } },
        proposals.length > 1 ? texts.review.applySome(taken) : texts.review.apply,
      ),
      h("button", { type: "button", class: "button", on: { click: ask("leavereview", {}) } }, proposals.length > 1 ? texts.review.close : texts.finding.leave),
    ),
  ];
}

function outcomeText({ outcome }: Review): string {
  if (outcome === null) return texts.review.judging;
  const { before, after, refused } = outcome;
  if (refused !== null) return texts.review.refused(plain(refused));
  if (before === null || after === null) return "";
  return before === after ? texts.review.stays(after) : texts.review.rises(before, after);
}
