// A goal's condition as it stands in fields. Which kinds there are, and which fields each has, is what the published schema says of them.

import type { Schema } from "../learn/schema.ts";
import { SCHEMA, wholeOf } from "../learn/read.ts";
import { isObject } from "../objects.ts";
import { linesIn } from "./lines.ts";

/** A condition in fields: lists have an entry on each line, and what is no number yet may stand where one belongs. */
export interface Condition {
  /** Empty while none is chosen. */
  readonly kind: string;
  /** By the path of each field in the condition. */
  readonly values: Readonly<Record<string, string>>;
  /** The conditions in it. */
  readonly parts: readonly Condition[];
}

export interface ConditionField {
  /** `change.files`, or nothing where the condition is one value alone. */
  readonly path: string;
  readonly schema: Schema;
}

export const NO_CONDITION: Condition = { kind: "", values: {}, parts: [] };

/** Deeper than anybody nests, and less deep than a page can draw. */
const DEEPEST = 12;

const PREDICATE = SCHEMA.$defs?.["predicate"] ?? {};

export const KINDS: readonly string[] = Object.keys(PREDICATE.properties ?? {});

/** Of kinds with many fields those that are wanted most; the others are folded away. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  findings: ["rules"],
  steps: ["keyword", "runs", "atLeast", "atMost"],
  rebuilt: ["change.files", "atLeast", "atMost"],
};

export function isFirst(kind: string, { path }: ConditionField): boolean {
  return FIRST[kind]?.includes(path) ?? true;
}

/** How many conditions a kind holds. */
export function partsOf(kind: string): "none" | "one" | "several" {
  const schema = PREDICATE.properties?.[kind];
  if (schema?.$ref === "#/$defs/predicate") return "one";
  return schema?.items?.$ref === "#/$defs/predicate" ? "several" : "none";
}

/** The fields of a kind, in the order of the schema. */
export function fieldsOf(kind: string): readonly ConditionField[] {
  const schema = PREDICATE.properties?.[kind];
  return schema === undefined || partsOf(kind) !== "none" ? [] : leavesOf(schema, []);
}

function leavesOf(schema: Schema, path: readonly string[]): ConditionField[] {
  const { type, properties, ...rest } = resolved(schema);
  if (type !== "object") return [{ path: path.join("."), schema: { ...rest, ...(type !== undefined && { type }) } }];
  return Object.entries(properties ?? {}).flatMap(([name, part]) => leavesOf(part, [...path, name]));
}

function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (SCHEMA.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {});
}

/** What the fields come to: half a condition, where they are half filled. */
export function predicateOf({ kind, values, parts }: Condition): object {
  if (kind === "") return {};
  const holds = partsOf(kind);
  if (holds === "one") return { [kind]: predicateOf(parts[0] ?? NO_CONDITION) };
  if (holds === "several") return { [kind]: parts.map(predicateOf) };
  const filled = fieldsOf(kind).filter(({ path }) => (values[path] ?? "").trim() !== "");
  const [only] = fieldsOf(kind);
  if (only?.path === "") return filled.length === 0 ? {} : { [kind]: valueOf(only.schema, values[""] ?? "") };
  const whole: Record<string, unknown> = {};
  for (const name of requiredIn(kind)) whole[name] = {};
  for (const { path, schema } of filled) put(whole, path.split("."), valueOf(schema, values[path] ?? ""));
  return { [kind]: whole };
}

/** Names of objects that must be there, be they empty. */
function requiredIn(kind: string): string[] {
  const { properties = {}, required = [] } = resolved(PREDICATE.properties?.[kind] ?? {});
  return required.filter((name) => resolved(properties[name] ?? {}).type === "object");
}

function put(whole: Record<string, unknown>, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) whole[name] = value;
  else put((whole[name] ??= {}) as Record<string, unknown>, rest, value);
}

function valueOf({ type }: Schema, text: string): unknown {
  if (type === "array") return linesIn(text);
  if (type === "integer" && /^\s*-?\d+\s*$/.test(text)) return Number(text);
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return type === "integer" ? text : text.trim();
}

/** The condition of a file, in fields. What no field is for is left out. */
export function conditionOf(value: unknown, depth = 0): Condition {
  if (!isObject(value) || depth > DEEPEST) return NO_CONDITION;
  const kind = KINDS.find((name) => Object.hasOwn(value, name)) ?? "";
  const inner = value[kind];
  const holds = partsOf(kind);
  if (holds === "one") return { kind, values: {}, parts: [conditionOf(inner, depth + 1)] };
  if (holds === "several") return { kind, values: {}, parts: Array.isArray(inner) ? inner.map((part) => conditionOf(part, depth + 1)) : [] };
  const values = fieldsOf(kind).map(({ path }) => [path, writtenOf(path === "" ? inner : at(inner, path.split(".")))] as const);
  return { kind, values: Object.fromEntries(values.filter(([, text]) => text !== "")), parts: [] };
}

function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}

function writtenOf(value: unknown): string {
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === "string").join("\n");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Whether a condition is whole, so that it can be judged. */
export function isWhole(predicate: object): boolean {
  return wholeOf("predicate", predicate) !== undefined;
}
