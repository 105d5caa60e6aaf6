import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type Catalogue, orderedTags, read } from "../../src/completion/images.ts";
import { needsImages, suggestionsAt } from "../../src/completion/suggestions.ts";
import { placeAt } from "../../src/completion/place.ts";

const CATALOGUE: Catalogue = read(
  "2026-08-21\nAlpine Linux 3.24\t2028-06-01\nDebian 13\t2030-06-30\nNode.js 24\t2028-04-30\nNode.js 20\t2026-04-30\n\n=debian\n1 - 13 trixie\n=node\n2 0 24-alpine 24.1-alpine\n2 1 24 24-slim 24.1.0\n3 1 20 20-slim\n=busybox\n",
);

function placeOf(marked: string) {
  const position = marked.indexOf("\u2502");
  return placeAt(marked.replace("\u2502", ""), position);
}

/** What is suggested at the bar, whether somebody asked for it or not. */
function labels(marked: string): string[] {
  return suggestionsAt(placeOf(marked), { catalogue: CATALOGUE, today: "2026-11-26" })?.options.map(({ label }) => label) ?? [];
}

/** Whether the list opens by itself. */
function opens(marked: string): boolean {
  const found = suggestionsAt(placeOf(marked), { catalogue: CATALOGUE, today: "2026-11-26" });
  return found !== null && found.isDue && found.options.length > 0;
}

test("an instruction is suggested where a line begins, and nowhere else", () => {
  ok(labels("FROM a\nR│").includes("RUN"));
  ok(labels("FROM a\n  co│").includes("COPY"));
  deepEqual(labels("FR│").slice(0, 2), ["FROM", "ARG"]);
  ok(labels("FROM a\nONBUILD R│").includes("RUN"));
  deepEqual(labels("FROM a\nRUN a \\\n  R│"), []);
  equal(opens("FROM a\n│"), false);
  equal(opens("FROM a\nRUN│"), false);
});

test("instructions are written as the file writes them", () => {
  ok(labels("from a\nr│").includes("run"));
  ok(labels("FROM a\nr│").includes("RUN"));
});

test("nothing opens in comments, in scripts and in heredocs", () => {
  for (const marked of [
    "# R│",
    "FROM a\n# FROM no│",
    "FROM a\nRUN a\\\n # b │\n c",
    "FROM a\nRUN apt-get --│",
    "FROM a\nRUN echo a │",
    "FROM a\nCMD np│",
    "FROM a\nRUN <<EOF\nFR│\nEOF\n",
    "FROM a\nRUN <<-EOF\n\tFR│\n\tEOF\n",
    "FROM a\nCOPY <<A <<'B' /x/\none\nA\nFR│\nB\n",
    "FROM a\nRUN a \\\n\n  --│",
  ]) {
    equal(opens(marked), false, marked);
  }
});

test("behind a heredoc instructions begin again", () => {
  ok(labels("FROM a\nRUN <<EOF\nx\nEOF\nW│").includes("WORKDIR"));
  ok(labels("FROM a\nCOPY <<A <<'B' /x/\none\nA\ntwo\nB\nW│").includes("WORKDIR"));
  ok(labels("FROM a\nRUN <<-E\n\tx\n\tE\nW│").includes("WORKDIR"));
  ok(labels("FROM a\r\nRUN <<E\r\nx\r\nE\r\nW│").includes("WORKDIR"));
  // That is none.
  ok(labels("FROM a\nRUN cat <<<EOF\nW│").includes("WORKDIR"));
});

test("the escape character of the file continues its lines", () => {
  deepEqual(labels("# escape=`\nFROM a\nRUN a `\n W│"), []);
  ok(labels("# escape=`\nFROM a\nRUN a \\\nW│").includes("WORKDIR"));
  ok(labels("FROM a\nRUN a \\\\\nW│").includes("WORKDIR"));
});

test("each instruction has its own flags, and each but once", () => {
  deepEqual(labels("FROM a\nCOPY --│").slice(0, 2), ["--from=", "--chown="]);
  ok(!labels("FROM a\nCOPY --link --│").includes("--link"));
  ok(labels("FROM a\nRUN --mount=type=ssh --│").includes("--mount="));
  ok(labels("FROM --│").includes("--platform="));
  ok(labels("FROM a\nRUN \\\n  --│").includes("--mount="));
  deepEqual(labels("FROM a\nWORKDIR --│"), []);
  deepEqual(labels("FROM a\nCOPY a --│"), []);
});

test("values of flags are known", () => {
  deepEqual(labels("FROM a\nRUN --mount=│").slice(0, 2), ["type=cache,", "type=bind,"]);
  ok(labels("FROM a\nRUN --mount=type=cache,│").includes("target="));
  ok(!labels("FROM a\nRUN --mount=type=cache,target=/x,│").includes("target="));
  ok(labels("FROM a\nRUN --mount=type=cache,target=│").includes("/root/.npm"));
  ok(labels("FROM a\nRUN --mount=type=cache,sharing=│").includes("locked"));
  deepEqual(labels("FROM a\nRUN --network=│"), ["none", "host", "default"]);
  ok(labels("FROM --platform=$│").includes("BUILDPLATFORM"));
  deepEqual(labels("FROM a\nUSER app\nCOPY --chown=│"), ["app"]);
});

test("stages above are suggested, and not the one that is being written", () => {
  const file = "FROM node:24 AS deps\nRUN a\nFROM deps AS build\nRUN b\nFROM alpine AS final\n";
  deepEqual(labels(`${file}COPY --from=│`).slice(0, 2), ["build", "deps"]);
  ok(!labels(`${file}COPY --from=│`).includes("final"));
  deepEqual(labels(`${file}RUN --mount=type=bind,from=│`).slice(0, 2), ["build", "deps"]);
  deepEqual(labels(`${file}FROM │`).slice(0, 3), ["final", "build", "deps"]);
  equal(opens(`${file}FROM │`), false);
  equal(opens(`${file}FROM b│`), true);
});

test("images and their tags come from the catalogue, what is looked after first", () => {
  ok(labels("FROM n│").includes("node"));
  ok(labels("FROM n│").includes("scratch"));
  deepEqual(labels("FROM node:│"), ["24", "24-alpine", "24-slim", "24.1-alpine", "24.1.0", "20", "20-slim"]);
  deepEqual(labels("FROM --platform=linux/amd64 docker.io/library/debian:│"), ["13", "trixie"]);
  deepEqual(labels("FROM registry.example.com:5000/node:│"), []);
  deepEqual(labels("FROM node:24@sha│"), []);
  deepEqual(labels("FROM a\nCOPY --from=debian:│"), ["13", "trixie"]);
  deepEqual(labels("FROM node:24 │"), ["AS"]);
  equal(opens("FROM node:24│"), true);
  equal(opens("FROM node:24-slim│"), false);
});

test("what has ended is marked, and so are the small ones", () => {
  const found = suggestionsAt(placeOf("FROM node:│"), { catalogue: CATALOGUE, today: "2026-11-26" });
  const about = (label: string) => found?.options.find((option) => option.label === label);
  equal(about("24-alpine")?.about, "Alpine Linux 3.24 \u00b7 musl \u00b7 until 2028-04-30");
  equal(about("24-slim")?.about, "Debian 13 \u00b7 fewer packages \u00b7 until 2028-04-30");
  equal(about("20")?.about, "Debian 13 \u00b7 support ended 2026-04-30");
  equal(about("20")?.isFaded, true);
  const [node] = CATALOGUE.filter(({ name }) => name === "node");
  equal(node && orderedTags(node, "2026-01-01")[1]?.name, "20");
});

test("behind a dollar sign stand the variables that are set here", () => {
  const file = "ARG V=1\nFROM node:24 AS a\nARG X=2\nENV PATH_A=/a B=\"two words\"\nFROM a\nENV OLD value\n";
  deepEqual(labels(`${file}RUN echo $│`), ["OLD", "B", "PATH_A"]);
  deepEqual(labels(`${file}COPY x \${│`), ["OLD", "B", "PATH_A"]);
  deepEqual(labels(`${file}RUN <<E\necho $│`), ["OLD", "B", "PATH_A"]);
  ok(labels(`${file}FROM x:$│`).includes("V"));
  ok(labels(`${file}FROM x:$│`).includes("TARGETARCH"));
  deepEqual(labels(`${file}RUN echo \\$│`), []);
  deepEqual(labels(`${file}COPY <<'E' /x\n$│`), []);
  equal(opens(`${file}RUN echo $│`), true);
});

test("an ARG of the beginning can be declared again", () => {
  deepEqual(labels("ARG VERSION=1\nFROM a\nARG │")[0], "VERSION");
  ok(labels("FROM a\nARG TARGET│").includes("TARGETARCH"));
  ok(!labels("FROM a\nARG TARGETARCH\nARG TARGET│").includes("TARGETARCH"));
  deepEqual(labels("ARG │"), []);
});

test("the catalogue is asked for only where an image is named", () => {
  equal(needsImages(placeOf("FROM n│")), true);
  equal(needsImages(placeOf("FROM a\nCOPY --from=│")), true);
  equal(needsImages(placeOf("FROM a\nRUN --mount=type=bind,from=│")), true);
  equal(needsImages(placeOf("FROM a AS │")), false);
  equal(needsImages(placeOf("FROM a\nRUN │")), false);
});
