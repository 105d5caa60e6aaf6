// Holds a value against a JSON Schema: as much of that as `workshop.schema.json` uses, and `learn.test.ts` holds it to use no more. What comes
// out is a copy of what the schema knows, made anew, so nothing else of a hostile file gets any further.

import { texts } from "../texts/learn.ts";

export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: TypeName | readonly TypeName[];
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly title?: string;
  readonly description?: string;
  readonly $schema?: string;
}

export type TypeName = "string" | "array" | "object" | "integer" | "boolean";

/** Where in the document something is: names and places of lists. */
export type Path = readonly (string | number)[];

/** What is wrong, as a sentence that says what to do. */
export interface Fault {
  readonly path: Path;
  readonly text: string;
}

/** A workshop that is nested deeper was made to be. */
const DEEPEST = 40;
/** Nobody mends more at once. */
export const MOST_FAULTS = 20;

export interface Checked {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

export function check(schema: Schema, value: unknown, most = MOST_FAULTS): Checked {
  const faults: Fault[] = [];
  const copy = copyOf(schema, value, { root: schema, path: [], fault: (path, text) => faults.length < most && faults.push({ path, text }) });
  return { value: copy, faults };
}

interface Place {
  readonly root: Schema;
  readonly path: Path;
  readonly fault: (path: Path, text: string) => void;
}

function copyOf(schema: Schema, value: unknown, place: Place): unknown {
  const { root, path, fault } = place;
  const say = (text: string): undefined => void fault(path, text);
  if (path.length > DEEPEST) return say(texts.faults.deep);
  if (schema.$ref !== undefined) return copyOf(referred(root, schema.$ref), value, place);
  if (schema.const !== undefined) return value === schema.const ? value : say(texts.faults.constant(JSON.stringify(schema.const)));
  if (schema.enum !== undefined) return isOneOf(schema.enum, value) ? value : say(texts.faults.oneOf(schema.enum));
  const wanted = schema.type === undefined ? [] : typeof schema.type === "string" ? [schema.type] : schema.type;
  const type = typeOf(value);
  if (type === undefined || !wanted.includes(type)) return say(texts.faults.type(wanted));
  if (typeof value === "string") return textOf(schema, value, say);
  if (typeof value === "number") return numberOf(schema, value, say);
  if (Array.isArray(value)) return listOf(schema, value, place, say);
  if (typeof value === "object" && value !== null) return objectOf(schema, value, place, say);
  return value;
}

type Say = (text: string) => undefined;

function textOf({ minLength = 0, maxLength = Infinity, pattern }: Schema, value: string, say: Say): string | undefined {
  if (value.trim().length < minLength) return say(texts.faults.empty);
  if (value.length > maxLength) return say(texts.faults.long(maxLength, value.length));
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) return say(texts.faults.pattern);
  return value;
}

function numberOf({ minimum = -Infinity, maximum = Infinity }: Schema, value: number, say: Say): number | undefined {
  return value >= minimum && value <= maximum ? value : say(texts.faults.range(minimum, maximum));
}

function listOf(schema: Schema, value: readonly unknown[], place: Place, say: Say): unknown[] | undefined {
  const { items = {}, minItems = 0, maxItems = Infinity } = schema;
  if (value.length < minItems) return say(texts.faults.few(minItems));
  if (value.length > maxItems) return say(texts.faults.many(maxItems, value.length));
  return value.map((item, index) => copyOf(items, item, { ...place, path: [...place.path, index] }));
}

function objectOf(schema: Schema, value: object, place: Place, say: Say): Record<string, unknown> | undefined {
  const { properties = {}, required = [], minProperties = 0, maxProperties = Infinity } = schema;
  const own = Object.entries(value);
  const known = own.filter(([name]) => Object.hasOwn(properties, name));
  for (const [name] of own) if (!Object.hasOwn(properties, name)) place.fault([...place.path, name], texts.faults.unknown(Object.keys(properties)));
  for (const name of required) if (!Object.hasOwn(value, name)) place.fault([...place.path, name], texts.faults.missing);
  if (known.length < minProperties) return own.length > known.length ? undefined : say(texts.faults.noneOf(Object.keys(properties)));
  if (known.length > maxProperties) return say(texts.faults.severalOf(known.map(([name]) => name)));
  return Object.fromEntries(known.map(([name, part]) => [name, copyOf(properties[name] ?? {}, part, { ...place, path: [...place.path, name] })]));
}

function referred(root: Schema, reference: string): Schema {
  return root.$defs?.[reference.replace("#/$defs/", "")] ?? {};
}

function isOneOf(values: readonly string[], value: unknown): boolean {
  return typeof value === "string" && values.includes(value);
}

function typeOf(value: unknown): TypeName | undefined {
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  const type = typeof value;
  return type === "string" || type === "boolean" || (type === "object" && value !== null) ? (type as TypeName) : undefined;
}
