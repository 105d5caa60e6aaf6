import { type Child, type VNode, h } from "../../h.ts";
import { type Proof, type Proved, isProved } from "../../builder/proof.ts";
import type { BuilderState } from "../../builder/state.ts";
import type { Goal } from "../../learn/workshop.ts";
import { type LessonDraft, changesOf } from "../../builder/manuscript.ts";
import { lessonValue } from "../../builder/to-file.ts";
import { icon } from "../icons.ts";
import { isWhole } from "../../builder/conditions.ts";
import { prose } from "../prose.ts";
import { sentenceOf } from "../learn/goals.ts";
import { texts as builder } from "../../texts/builder.ts";

const texts = builder.proof;

/** Whether the start fails a goal and the solution meets it, in sentences. */
export function goalProof(state: BuilderState, lesson: LessonDraft, nth: number): VNode {
  const goal = lessonValue(lesson).goals[nth] as Goal | undefined;
  const proof = state.proofOf(lesson);
  const start = proof?.start.judgement.goals[nth];
  const end = proof?.solution.judgement.goals[nth];
  if (goal === undefined || proof === undefined || start === undefined || end === undefined) return framed(state, lesson, h("p", {}, state.isFailed ? texts.failed : texts.waiting));
  if (!isWhole(goal.when)) return framed(state, lesson, line("", false, texts.unwhole));
  const step = proof.steps[nth]?.goals[nth];
  const isLast = nth === lesson.goals.length - 1;
  const hasOwn = (changesOf(lesson)[nth]?.length ?? 0) > 0;
  const { builds } = proof.start.judgement;
  return framed(
    state,
    lesson,
    !builds
      ? line(texts.start, false, texts.refused.start)
      : line(texts.start, !start.isMet, start.isMet ? texts.startMeets : texts.startFails(sentenceOf(goal, start))),
    !proof.solution.judgement.builds
      ? line(texts.solution, false, texts.refused.solution)
      : line(texts.solution, end.isMet, end.isMet ? texts.solutionMeets(sentenceOf(goal, end)) : texts.solutionFails(sentenceOf(goal, end))),
    // The last goal's changes lead to the solution.
    !isLast && end.isMet && step !== undefined && line(texts.own, step.isMet, step.isMet ? (hasOwn ? texts.stepMeets : texts.stepMeetsToo) : texts.stepFails),
  );
}

/** Whether what must stay true is true of both files. */
export function keptProof(state: BuilderState, lesson: LessonDraft, nth: number): VNode {
  const proof = state.proofOf(lesson);
  const kept = lessonValue(lesson).keep[nth];
  if (proof === undefined || kept === undefined) return framed(state, lesson, h("p", {}, state.isFailed ? texts.failed : texts.waiting));
  if (!isWhole(kept.when)) return framed(state, lesson, line("", false, texts.unwhole));
  const [atStart, atEnd] = [proof.start, proof.solution].map(({ judgement }) => judgement.kept[nth] === true);
  return framed(
    state,
    lesson,
    line("", atStart === true, atStart === true ? texts.kept.start : texts.kept.startNot),
    line("", atEnd === true, atEnd === true ? texts.kept.solution : texts.kept.solutionNot),
  );
}

/** What the engine says of one of the files. */
export function fileProof(state: BuilderState, lesson: LessonDraft, which: "start" | "solution"): VNode {
  const proof = state.proofOf(lesson);
  if (proof === undefined) return framed(state, lesson, h("p", {}, state.isFailed ? texts.failed : texts.waiting));
  const { answers, judgement } = proof[which];
  return framed(state, lesson, judgement.builds ? scored(answers) : refused(answers, which));
}

function scored({ report }: Proved["answers"]): VNode {
  const { total = 0, grade = "" } = report.score ?? {};
  return h("p", {}, texts.score(total, grade, report.findings.length));
}

function refused({ report }: Proved["answers"], which: "start" | "solution"): Child {
  const why = report.fragment || report.problems.length === 0 ? [texts.noFrom] : report.problems.slice(0, 3).map(({ line, message }) => texts.line(line, message));
  return [line("", false, texts.refused[which]), h("ul", {}, why.map((sentence) => h("li", {}, prose(sentence))))];
}

/** What of the lesson is proved, in one line. */
export function summary(state: BuilderState, lesson: LessonDraft): string {
  const proof = state.proofOf(lesson);
  if (state.isFailed) return texts.failed;
  return proof === undefined ? texts.waiting : said(lesson, proof);
}

function said(lesson: LessonDraft, proof: Proof): string {
  const { start, solution } = proof;
  if (!start.judgement.builds) return texts.refused.start;
  if (!solution.judgement.builds) return texts.refused.solution;
  if (lesson.goals.length === 0) return texts.none;
  const judged = lessonValue(lesson).goals.map(({ when }) => isWhole(when));
  const metIn = ({ judgement }: Proved) => judgement.goals.filter(({ isMet }, nth) => isMet && judged[nth] === true).length;
  const of = judged.filter((isJudged) => isJudged).length;
  const left = judged.length - of;
  const sentences = [
    of > 0 && texts.summary(of - metIn(start), metIn(solution), of),
    left > 0 && texts.unjudged(left),
    isProved(lesson, proof) && texts.proved,
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}

/** It keeps its room while the engine reads, and says so only to who looks at the attribute. */
function framed(state: BuilderState, lesson: LessonDraft, ...shown: Child[]): VNode {
  return h("div", { class: "proof-lines", role: "group", "aria-label": texts.label, "data-current": state.isCurrent(lesson) }, shown);
}

function line(of: string, isRight: boolean, sentence: string): VNode {
  return h(
    "p",
    { class: isRight ? "proof-line is-right" : "proof-line is-wrong" },
    isRight ? RIGHT : WRONG,
    h("span", {}, h("span", { class: "unseen" }, isRight ? texts.right : texts.wrong, " "), of !== "" && h("b", {}, of, " "), prose(sentence)),
  );
}

const RIGHT = icon("icon", h("path", { class: "stroke", d: "M2.5 8.5l3.5 3.5 7.5-8" }));
const WRONG = icon("icon", h("path", { class: "stroke", d: "M3.5 3.5l9 9M12.5 3.5l-9 9" }));
