import { type VNode, h } from "../../h.ts";
import type { BuilderActions, BuilderState, Revise } from "../../builder/state.ts";
import { type SentenceDraft, emptySentence } from "../../builder/manuscript.ts";
import { action, faultOf, field } from "./fields.ts";
import { changed, without } from "../../builder/revise.ts";
import type { Path } from "../../learn/schema.ts";
import { conditionFields } from "./condition.ts";
import { idOf } from "../../builder/faults.ts";
import { texts } from "../../texts/builder.ts";

/** Sentences, each with the condition on which it is said. */
export interface Sentences {
  readonly parts: readonly SentenceDraft[];
  readonly path: Path;
  /** What the file calls the sentence. */
  readonly name: "say" | "broken";
  /** Whose sentences they are. */
  readonly of: string;
  readonly texts: { readonly add: string; readonly removed: string; nth(nth: number): string };
  /** What is beside each. */
  beside?(nth: number): VNode | false;
  revise(parts: readonly SentenceDraft[]): Revise;
}

export function sentences({ faults, rules }: BuilderState, { parts, path, name, of, texts: said, beside, revise }: Sentences, actions: BuilderActions): VNode {
  const one = (part: SentenceDraft, nth: number): VNode => {
    const label = of === "" ? said.nth(nth + 1) : `${of}, ${said.nth(nth + 1)}`;
    const at = [...path, nth];
    const put = (change: Partial<SentenceDraft>) => actions.write(revise(changed(parts, part.key, change)));
    return h(
      "li",
      { key: part.key, class: "part" },
      h("p", { class: "part-name" }, said.nth(nth + 1)),
      beside?.(nth),
      field({ path: [...at, name], ...texts.fields[name], of: label, faults, value: part.say, rows: 2, put: (say) => put({ say }) }),
      conditionFields({ condition: part.when, path: [...at, "when"], of: label, faults, rules, put: (when) => put({ when }), focus: actions.focus }),
      h("p", { class: "actions" }, action(texts.parts.remove, label, () => actions.act(said.removed, "undo", revise(without(parts, part.key))))),
    );
  };
  const add = () => actions.act("", idOf([...path, parts.length, name]), revise([...parts, emptySentence()]));
  return h(
    "div",
    {},
    faultOf(faults, path),
    h("ul", { class: "parts-list" }, parts.map(one)),
    h("p", { class: "actions" }, action(said.add, of === "" ? texts.sections.keep : of, add)),
  );
}
