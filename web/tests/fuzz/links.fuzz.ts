// Damaged links for as many minutes as are asked for: each is read, or refused with one of our sentences, and soon.
// `node links.fuzz.mjs MINUTES [SEED]`; what it says of a find tells where the link is.

import { decode, encode } from "../../src/share/link.ts";
import { deflateRawSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import { texts } from "../../src/texts.ts";

const SENTENCES = new Set<string>([texts.errors.damagedLink, texts.errors.largeLink, texts.errors.newerLink]);

/** A link that keeps the processor busy for longer than this is a find, in milliseconds: nothing that it may hold takes a tenth. */
const SLOW = 5000;

/** Where a link that is a find is left: some have megabytes. */
const FIND = "generated/tests/fuzz/find.txt";

const [, , minutes = "1", seed = String(Date.now() % 2 ** 31)] = process.argv;

let state = Number(seed) | 1;

/** A whole number below `end`: xorshift, so that a run can be had again. */
function below(end: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % end;
}

function oneOf<Value>(values: readonly [Value, ...Value[]]): Value {
  return values[below(values.length)] ?? values[0];
}

const WORDS = ["FROM a\n", "RUN b", "\\\n", "\u{1F433}", "\ud800", "\0", '"', "{", "}", "[", "]", ":", ",", "null", "1e999", "\\u0000", '"d"', '"i"', '"t"', '"__proto__"', "constructor"] as const;

const text = () => Array.from({ length: below(12) }, () => oneOf([...WORDS])).join("");

function json(): string {
  const value = () => oneOf([JSON.stringify(text()), "1", "null", `[${JSON.stringify(text())}]`, `{"d":${JSON.stringify(text())}}`]);
  const fields = Array.from({ length: below(5) }, () => `${oneOf(['"d"', '"i"', '"t"', '"__proto__"', '"x"'])}:${value()}`);
  return oneOf([`{${fields.join(",")}}`, text(), "[".repeat(below(60_000)), `{"d":"${"x".repeat(below(3_000_000))}"}`]);
}

function damaged(link: string): string {
  const at = below(link.length + 1);
  const sign = oneOf([..."AZaz09-_#%=\u00e9\n"] as [string, ...string[]]);
  return oneOf([link.slice(0, at), link.slice(at), link.slice(0, at) + sign + link.slice(at), link.slice(0, at) + sign + link.slice(at + 1), link + link, link]);
}

async function some(): Promise<string> {
  if (below(2) === 0) return damaged(await encode({ dockerfile: text(), dockerignore: text(), target: text() }));
  const bytes = deflateRawSync(json(), { level: below(10) });
  if (bytes.length > 0 && below(3) === 0) bytes[below(bytes.length)] = below(256);
  return damaged(`#1${bytes.toString("base64url")}`);
}

const until = Date.now() + Number(minutes) * 60_000;
let count = 0;
let read = 0;
console.log(`seed ${seed}`);
while (Date.now() < until) {
  const link = await some();
  const before = process.cpuUsage();
  const fault = await decode(link).then(
    (shared) => {
      read += 1;
      return Object.values(shared).every((field) => typeof field === "string") ? null : "a field is no text";
    },
    (error: unknown) => (error instanceof Error && SENTENCES.has(error.message) ? null : `it was refused with ${String(error)}`),
  );
  const { user, system } = process.cpuUsage(before); // in microseconds
  const isSlow = (user + system) / 1000 > SLOW;
  const isPolluted = Object.hasOwn(Object.prototype, "d") || Object.hasOwn(Object.prototype, "t");
  if (fault !== null || isSlow || isPolluted) {
    console.error(`${fault ?? (isSlow ? "it took too long" : "other objects were changed")}: ${link.slice(0, 200)}`);
    writeFileSync(FIND, link);
    console.error(`The whole link is in ${FIND}.`);
    process.exit(1);
  }
  count += 1;
}
console.log(`${count} links, of which ${read} could be read`);
