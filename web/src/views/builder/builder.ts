import { type Child, type VNode, h } from "../../h.ts";
import type { BuilderActions, BuilderState } from "../../builder/state.ts";
import type { LessonDraft } from "../../builder/manuscript.ts";
import { button } from "../learn/parts.ts";
import { action, faultOf, field } from "./fields.ts";
import { isProved } from "../../builder/proof.ts";
import { idOf, isWithin, placeOf, saidAt } from "../../builder/faults.ts";
import { lessonFields } from "./lesson.ts";
import { plain } from "../../words.ts";
import type { Plan } from "../../learn/workshop.ts";
import { prose } from "../prose.ts";
import { site } from "../../site.ts";
import { summary } from "./proof.ts";
import { texts } from "../../texts/builder.ts";

/** The page on which a workshop is written: its file, where it stands, its parts, and the one that is open. */
export function builder(state: BuilderState, actions: BuilderActions): VNode[] {
  const { manuscript, chosen } = state;
  const index = manuscript.lessons.findIndex(({ key }) => key === chosen);
  const lesson = manuscript.lessons[index];
  return [
    h("h1", { key: "title" }, texts.heading),
    h("p", { key: "about", class: "lead reading" }, prose(texts.about)),
    tools(state, actions),
    leftOut(state),
    bar(state, lesson, actions),
    h(
      "div",
      { key: "work", class: "builder" },
      parts(state, actions),
      h("div", { key: "open", class: "open-part" }, lesson === undefined ? workshopFields(state, actions) : lessonFields(state, lesson, index, actions), toMend(state, actions)),
    ),
  ];
}

function tools({ manuscript, chosen }: BuilderState, actions: BuilderActions): VNode {
  const lesson = manuscript.lessons.find(({ key }) => key === chosen);
  const place = lesson === undefined ? "" : `#lesson/${lesson.id}`;
  // A link, since it leads to another page; what is not whole keeps it here.
  const hand = (event: Event) => void (actions.hand() || event.preventDefault());
  return h(
    "div",
    { key: "tools", class: "actions", role: "group", "aria-label": texts.tools.label },
    button(texts.tools.download, actions.download, "primary"),
    h("a", { class: "button", href: `${site}learn.html${place}`, target: "_blank", rel: "noopener", on: { click: hand } }, texts.tools.try),
    button(texts.tools.copy, actions.copy),
    button(texts.tools.open, actions.chooseFile),
    button(texts.tools.anew, actions.anew),
  );
}

function leftOut({ leftOut: faults }: BuilderState): VNode {
  const shown = faults.length > 0 && [h("p", {}, texts.tools.leftOut(faults.length)), h("ul", { class: "faults" }, faults.map((fault) => h("li", {}, prose(fault))))];
  return h("div", { key: "left-out", class: faults.length > 0 ? "left-out" : "" }, shown);
}

/** Where the workshop stands, in sight wherever the page is scrolled to. */
function bar(state: BuilderState, lesson: LessonDraft | undefined, actions: BuilderActions): VNode {
  const { faults, isKept, said, canUndo, isFailed, hasNoShell } = state;
  const [first] = faults;
  return h(
    "div",
    { key: "bar", class: "standing builder-bar" },
    h("p", { class: "bar-proof" }, lesson === undefined ? texts.parts.workshop : summary(state, lesson), " ", isFailed && h("button", { type: "button", class: "link", on: { click: actions.proveAgain } }, texts.proof.again)),
    h("p", {}, first === undefined ? filled(state, actions) : toFirst(texts.toMend.go(faults.length), () => actions.goTo(first))),
    h(
      "p",
      { class: "bar-said" },
      said !== "" ? h("span", {}, prose(said)) : h("span", { class: isKept ? "" : "is-fault" }, isKept ? texts.kept.is : texts.kept.isNot),
      said !== "" && !isKept && [" ", h("span", { class: "is-fault" }, texts.kept.isNot)],
      canUndo && [" ", h("button", { type: "button", class: "link", id: "undo", on: { click: actions.undo } }, texts.undo)],
    ),
    hasNoShell && h("p", { class: "is-fault" }, texts.proof.noShell),
  );
}

/** Where all fields are filled: what of the lessons is not as it must be all the same. */
function filled(state: BuilderState, actions: BuilderActions): Child[] {
  const { lessons } = state.manuscript;
  const [first, ...others] = unproved(state);
  if (first !== undefined) return [texts.toMend.filled, " ", toFirst(texts.toMend.unproved(1 + others.length), () => actions.choose(first.key))];
  const isAll = lessons.every((lesson) => state.proofOf(lesson) !== undefined);
  return [isAll ? texts.toMend.none : texts.toMend.filled];
}

function toFirst(label: string, click: () => void): VNode {
  return h("button", { type: "button", class: "link", id: "to-mend", on: { click } }, label);
}

/** The lessons in whose fields nothing is wrong, and which are not as they must be. */
function unproved({ manuscript, faults, proofOf }: BuilderState): readonly LessonDraft[] {
  return manuscript.lessons.filter((lesson, index) => {
    const proof = proofOf(lesson);
    return proof !== undefined && !isProved(lesson, proof) && !faults.some(({ path }) => isWithin(path, ["lessons", index]));
  });
}

function parts(state: BuilderState, actions: BuilderActions): VNode {
  const { manuscript, chosen, faults } = state;
  const press = (key: string | null, ...label: (VNode | string)[]) =>
    h("button", { type: "button", class: "part-choice", "aria-current": chosen === key ? "true" : undefined, on: { click: () => actions.choose(key) } }, label);
  const entry = (lesson: LessonDraft, index: number) => {
    const missing = faults.filter(({ path }) => isWithin(path, ["lessons", index])).length;
    const proof = state.proofOf(lesson);
    const mark = missing > 0 ? texts.parts.missing(missing) : proof === undefined ? texts.parts.waiting : isProved(lesson, proof) ? texts.parts.proved : texts.parts.unproved;
    const name = lesson.title === "" ? texts.parts.untitled : lesson.title;
    return h("li", { key: lesson.key }, press(lesson.key, h("span", {}, `${index + 1}. `, prose(name)), h("span", { class: mark === texts.parts.proved ? "mark is-proved" : "mark" }, mark)));
  };
  return h(
    "nav",
    { key: "parts", class: "parts", "aria-label": texts.parts.label },
    press(null, texts.parts.workshop),
    h("ol", {}, manuscript.lessons.map(entry)),
    h(
      "p",
      { class: "actions" },
      button(texts.parts.add, actions.addLesson),
      h("button", { type: "button", class: "button", id: "ours", on: { click: actions.askOurs } }, texts.parts.ours),
    ),
  );
}

/** The workshop's own title and text. */
function workshopFields({ manuscript, faults }: BuilderState, actions: BuilderActions): VNode {
  const { title, about, plans } = manuscript;
  return h(
    "div",
    { key: "workshop", class: "lesson-fields reading" },
    h("h2", { tabindex: -1, id: "part-head" }, texts.parts.workshop),
    h(
      "section",
      { class: "section" },
      field({ path: ["title"], ...texts.fields.workshopTitle, faults, value: title, put: (title) => actions.write((manuscript) => ({ ...manuscript, title })) }),
      field({ path: ["about"], ...texts.fields.about, faults, value: about, rows: 4, put: (about) => actions.write((manuscript) => ({ ...manuscript, about })) }),
      faultOf(faults, ["lessons"]),
      plans.length > 0 && [
        h("p", { class: "note" }, texts.sections.plans(plans.length)),
        h("ul", { class: "parts-list" }, plans.map((plan, index) => planEntry(plan, index, faults, actions))),
      ],
    ),
  );
}

/** The builder has no fields for plans: one that no longer fits can go. */
function planEntry({ title }: Plan, index: number, faults: BuilderState["faults"], actions: BuilderActions): VNode {
  const said = saidAt(faults, ["plans", index]);
  const remove = () => actions.act(texts.sections.planRemoved(plain(title)), "undo", (manuscript) => ({ ...manuscript, plans: manuscript.plans.filter((_, at) => at !== index) }));
  return h(
    "li",
    { key: `plan-${index}`, class: "part actions", id: idOf(["plans", index]), tabindex: -1 },
    h("span", {}, prose(title)),
    action(texts.parts.remove, plain(title), remove),
    said !== "" && h("p", { class: "note is-fault" }, prose(said)),
  );
}

/** All that is wrong, with the way to each. */
function toMend(state: BuilderState, actions: BuilderActions): VNode {
  const { faults, manuscript } = state;
  const entry = (fault: BuilderState["faults"][number], nth: number) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "link", "aria-describedby": `mend-${nth}`, on: { click: () => actions.goTo(fault) } }, prose(placeOf(fault.path))),
      " ",
      h("span", { id: `mend-${nth}` }, prose(fault.text)),
    );
  const unprovedEntry = (lesson: LessonDraft) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "link", "aria-describedby": `mend-${lesson.key}`, on: { click: () => actions.choose(lesson.key) } }, texts.parts.nth(1 + manuscript.lessons.indexOf(lesson))),
      " ",
      h("span", { id: `mend-${lesson.key}` }, summary(state, lesson), " ", texts.toMend.marked),
    );
  const entries = [...faults.map(entry), ...unproved(state).map(unprovedEntry)];
  return h(
    "section",
    { key: "to-mend", class: "section", "aria-labelledby": "mend-head" },
    h("h2", { id: "mend-head" }, texts.toMend.list),
    entries.length === 0 ? h("p", {}, filled(state, actions)) : h("ul", { class: "faults" }, entries),
  );
}

/** Our own lessons, to copy one of them. */
export function ours(lessons: readonly { readonly id: string; readonly title: string }[], take: (id: string) => void, close: () => void): VNode[] {
  return [
    h("h2", { id: "dialog-title", class: "dialog-head" }, texts.parts.oursTitle),
    h("p", {}, texts.parts.oursAbout),
    h("ul", { class: "ours" }, lessons.map(({ id, title }) => h("li", {}, h("button", { type: "button", class: "link", on: { click: () => take(id) } }, plain(title))))),
    h("p", { class: "actions" }, button(texts.parts.oursNo, close)),
  ];
}
