import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { AdviceText } from "../../src/advice.ts";
import type { Counsel } from "../../src/engine.ts";
import type { State } from "../../src/state.ts";
import { nodes, text } from "./nodes.ts";
import { run } from "../../src/views/run.ts";
import { thisLine } from "../../src/views/this-line.ts";

const COUNSEL: Counsel = {
  silence: null,
  advised: [
    { id: "build-image", moment: "Build it", listings: [{ file: null, text: "docker build '<b>'" }], notes: ["`x` is a guess."] },
    { id: "unheard-of", moment: "Build it", listings: [], notes: [] },
    { id: "write-a-compose-file", moment: "Run it", listings: [{ file: "compose.yaml", text: "services:" }], notes: [] },
  ],
};

const TEXT: AdviceText = { id: "build-image", title: "Build it", codes: [], why: [{ p: ["So."] }], references: ["https://docs.docker.com/build/"] };
const TEXTS = new Map(["build-image", "write-a-compose-file"].map((id) => [id, { ...TEXT, id }]));

function state(change: Partial<State>): State {
  return { counsel: COUNSEL, advice: TEXTS, copied: null, target: null, explanation: null, isLineOpen: true, file: "dockerfile", ...change } as State;
}

test("commands stand under their moments as they are, and the first of each is open", () => {
  const shown = run(state({}));
  deepEqual(nodes(shown, "h2").map(text), ["Build it", "Run it"]);
  deepEqual(nodes(shown, "pre").map(text), ["docker build '<b>'", "services:"]);
  deepEqual(nodes(shown, "details").filter(({ props }) => props["class"] === "advice").map(({ props }) => props["open"]), [true, true]);
  const buttons = nodes(shown, "button").map(text);
  deepEqual(buttons, ["Copy: Build it", "Download: compose.yaml", "Copy: compose.yaml"]);
});

test("what was copied last says so", () => {
  const buttons = nodes(run(state({ copied: "services:" })), "button").map(text);
  ok(buttons.includes("Copied: compose.yaml") && buttons.includes("Copy: Build it"), buttons.join());
});

test("without commands there is a sentence, and without texts a way to fetch them", () => {
  const silent = run(state({ counsel: { silence: "There is no `FROM`.", advised: [] } }));
  equal(silent.map(text).join(""), "There is no FROM.");
  equal(nodes(run(state({ advice: "failed" })), "button").map(text).join(), "Try again");
});

test("the card of the line is folded away, speaks of the Dockerfile only, and has its facts under their topics", () => {
  const explanation = { range: { start: 0, end: 3 }, line: 4, title: "RUN, step 2 of stage `a`", facts: [{ topic: "Does", text: "Runs `x`." }] };
  const open = thisLine(state({ explanation }));
  equal(nodes(open, "button").map(text).join(), "This lineLine 4: RUN, step 2 of stage a");
  deepEqual(nodes(open, "dt").map(text), ["Does"]);
  const closed = thisLine(state({ explanation, isLineOpen: false }));
  equal(nodes(closed, "div").some(({ props }) => props["hidden"] === true), true);
  deepEqual(thisLine(state({ explanation, file: "dockerignore" })), []);
});
