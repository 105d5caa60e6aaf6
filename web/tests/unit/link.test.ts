import { decode, encode, isLink } from "../../src/share/link.ts";
import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { test } from "node:test";

const NOTHING = { dockerfile: "", dockerignore: "", target: "" };

/** A link of the first version, packed by other means than ours. */
const packed = (content: string | Buffer) => `#1${deflateRawSync(content).toString("base64url")}`;

const refused = (fragment: string, sentence: RegExp) => assert.rejects(decode(fragment), sentence);

test("what is shared comes back as it was", async () => {
  const texts = ["", "FROM a\r\nRUN b\n", "\ufeffFROM scratch", "# \u{1F433} caf\u00e9 \u05d0\n", "a\0b\u2028c", "\ud800 alone"];
  for (const dockerfile of texts) {
    const shared = { dockerfile, dockerignore: "*\n!src\n", target: "build" };
    assert.deepEqual(await decode(await encode(shared)), shared);
    assert.deepEqual(await decode(await encode({ ...NOTHING, dockerfile })), { ...NOTHING, dockerfile });
  }
});

test("a link of the first version stays readable", async () => {
  assert.deepEqual(await decode("#1q1ZKUbJScgvy91VIzCnIzEu1MtYzjskLCvVTKEktLlGqBQA"), { ...NOTHING, dockerfile: "FROM alpine:3.3\nRUN test" });
  assert.deepEqual(await decode(packed('{"d":"FROM a","x":1,"t":"b"}')), { ...NOTHING, dockerfile: "FROM a", target: "b" });
});

test("a link holds nothing that an address may not", async () => {
  const fragment = await encode({ ...NOTHING, dockerfile: "FROM a\n".repeat(99) + "<>\"'&%?/+=" });
  assert.match(fragment, /^#1[\w-]+$/);
  assert.ok(isLink(fragment) && !isLink("#top") && !isLink(""));
});

test("an ordinary Dockerfile makes a short link", async () => {
  const steps = ["curl", "git", "jq"].map((name) => `RUN apt-get update && apt-get install -y ${name}\n`).join("");
  const fragment = await encode({ ...NOTHING, dockerfile: `FROM debian:13\n${steps}CMD ["run"]\n` });
  assert.ok(fragment.length < 160, fragment);
});

test("a damaged link is refused with a sentence", async () => {
  const whole = await encode({ ...NOTHING, dockerfile: "FROM alpine:3.23\nRUN echo 1 2 3\n" });
  for (const fragment of ["", "#", "#1", "#1!", "#1%20", "#12", whole.slice(0, -4), whole + "AA", whole.slice(0, 9) + whole.slice(12)]) {
    await refused(fragment, /damaged/);
  }
  await refused(packed(Buffer.from([0xff, 0xfe])), /damaged/);
  for (const content of ["", "null", "[]", '"FROM a"', '{"d":1}', '{"d":["a"]}', '{"d":"a"', '{"t":{}}']) {
    await refused(packed(content), /damaged/);
  }
});

test("a link of a later version says so", () => refused("#2abc", /newer version/));

test("fields that would change other objects change nothing", async () => {
  const shared = await decode(packed('{"d":"FROM a","__proto__":{"t":"bad","i":"bad"},"constructor":{"prototype":{"t":"bad"}}}'));
  assert.deepEqual(shared, { ...NOTHING, dockerfile: "FROM a" });
  assert.equal(({} as Record<string, unknown>)["t"], undefined);
});

test("a link that unpacks to more than any Dockerfile holds is stopped early", async () => {
  await refused(packed(Buffer.alloc(64 * 1024 * 1024)), /more than 2 MB/);
});
