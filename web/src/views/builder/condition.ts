import { type VNode, h } from "../../h.ts";
import { type Condition, type ConditionField, KINDS, NO_CONDITION, fieldsOf, isFirst, partsOf } from "../../builder/conditions.ts";
import type { Fault, Path } from "../../learn/schema.ts";
import { action, checks, choice, faultOf, field } from "./fields.ts";
import type { RuleTexts } from "../../rules.ts";
import { idOf } from "../../builder/faults.ts";
import { texts as builder } from "../../texts/builder.ts";

const texts = builder.condition;

/** A condition in fields. */
export interface Conditional {
  readonly condition: Condition;
  readonly path: Path;
  /** What it is a condition of. */
  readonly of: string;
  readonly faults: readonly Fault[];
  readonly rules: RuleTexts | null;
  put(condition: Condition): void;
  /** Moves the focus, once what is put is there. */
  focus(id: string): void;
}

export function conditionFields(conditional: Conditional): VNode {
  const { condition, path, of, faults, put } = conditional;
  const { kind } = condition;
  const options = [["", texts.none] as const, ...KINDS.map((name) => [name, texts.kinds[name] ?? name] as const)];
  // What is wrong with the whole of it is said at its kind, and what is wrong in it at its fields.
  const isOwn = ({ path: at }: Fault) => at.join() === path.join() || (at.join() === [...path, kind].join() && partsOf(kind) === "none" && fieldsOf(kind)[0]?.path !== "");
  const own = faults.filter(isOwn).map(({ text }) => ({ path, text }));
  const choose = (chosen: string) => put({ kind: chosen, values: {}, parts: partsOf(chosen) === "none" ? [] : [NO_CONDITION] });
  return h(
    "div",
    { class: "condition" },
    choice({ path, ...texts.kind, of, value: kind, options, faults: own, put: choose }),
    partsOf(kind) === "none" ? leaves(conditional) : h("div", { class: "condition-fields", key: `fields-${kind}` }, parts(conditional)),
  );
}

function leaves(conditional: Conditional): VNode {
  const { kind, values } = conditional.condition;
  const first = fieldsOf(kind).filter((one) => isFirst(kind, one));
  const others = fieldsOf(kind).filter((one) => !isFirst(kind, one));
  const filled = others.filter(({ path }) => (values[path] ?? "") !== "").length;
  const more =
    others.length > 0 &&
    h(
      "details",
      {},
      h("summary", {}, filled === 0 ? texts.more : texts.moreFilled(filled), h("span", { class: "unseen" }, builder.of(conditional.of))),
      h("div", { class: "condition-fields" }, others.map((one) => leaf(one, conditional))),
    );
  return h("div", { key: `fields-${kind}` }, h("div", { class: "condition-fields" }, first.map((one) => leaf(one, conditional))), more);
}

function leaf({ path: name, schema }: ConditionField, { condition, path, of, faults, rules, put }: Conditional): VNode {
  const { kind, values } = condition;
  const last = name.split(".").at(-1) ?? "";
  const label = texts.fields[name] ?? texts.fields[last] ?? name;
  const isList = schema.type === "array";
  const help = texts.helps[`${kind}.${name}`] ?? texts.helps[name] ?? texts.helps[last] ?? (isList ? texts.stars : texts.optional);
  const value = values[name] ?? "";
  const place = {
    ...{ path: [...path, kind, ...(name === "" ? [] : name.split("."))], label, of, help, faults },
    put: (value: string) => put({ ...condition, values: { ...values, [name]: value } }),
  };
  if (schema.type === "boolean") return choice({ ...place, help: "", value, options: [["", texts.none], ["true", texts.yes], ["false", texts.no]] });
  if (schema.enum !== undefined) return choice({ ...place, help: "", value, options: [["", texts.any], ...schema.enum.map((name) => [name, texts.forms[name] ?? name] as const)] });
  if (schema.items?.enum !== undefined) return checks({ ...place, help: texts.optional, value, options: schema.items.enum });
  const unknown = name === "rules" && rules !== null ? value.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !rules.has(line)) : [];
  const doubt = unknown.length === 0 ? "" : builder.fields.unknownRules(unknown);
  return field({ ...place, doubt, value, isCode: schema.type !== "integer", isNumber: schema.type === "integer", rows: isList ? 2 : 1 });
}

function parts({ condition, path, of, faults, rules, put, focus }: Conditional): VNode[] {
  const { kind, parts: held } = condition;
  const isOne = partsOf(kind) === "one";
  const inner = [...path, kind];
  const shown = isOne ? [held[0] ?? NO_CONDITION] : held;
  const withParts = (parts: readonly Condition[]) => put({ ...condition, parts });
  const part = (one: Condition, nth: number): VNode => {
    const name = `${of}, ${texts.part(nth + 1)}`;
    return h(
      "div",
      { class: "part" },
      conditionFields({ condition: one, path: isOne ? inner : [...inner, nth], of: isOne ? of : name, faults, rules, focus, put: (next) => withParts(shown.map((other, at) => (at === nth ? next : other))) }),
      !isOne &&
        action(builder.parts.remove, name, () => {
          withParts(shown.filter((_, at) => at !== nth));
          focus(`${idOf(inner)}-add`);
        }),
    );
  };
  return [
    ...shown.map(part),
    ...(isOne ? [] : [action(texts.add, of, () => withParts([...shown, NO_CONDITION]), { id: `${idOf(inner)}-add` })]),
    ...[faultOf(faults, inner)].filter((node) => node !== false),
  ];
}
