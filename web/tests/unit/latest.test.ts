import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { Latest } from "../../src/latest.ts";

/** Answers only when told to. */
function slow() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const ask = (question: string) => {
    asked.push(question);
    return new Promise<string>((resolve) => answers.push(() => resolve(`${question}!`)));
  };
  return { asked, ask, answerNext: () => answers.shift()?.() };
}

test("what was overtaken is neither asked nor told", async () => {
  const told: string[] = [];
  const { asked, ask, answerNext } = slow();
  const latest = new Latest(ask, (answer: string) => told.push(answer), () => {});
  for (const question of ["a", "b", "c"]) latest.put(question);
  answerNext();
  await new Promise(setImmediate);
  answerNext();
  await latest.settled();
  deepEqual([asked, told], [["a", "c"], ["c!"]]);
});

test("after a failure the next question is asked", async () => {
  const told: string[] = [];
  const failed: unknown[] = [];
  const ask = async (question: string) => {
    if (question === "bad") throw question;
    return question;
  };
  const latest = new Latest(ask, (answer: string) => told.push(answer), (error) => failed.push(error));
  latest.put("bad");
  await latest.settled();
  latest.put("good");
  await latest.settled();
  deepEqual([failed, told], [["bad"], ["good"]]);
});

test("after cancelling nothing is told", async () => {
  const told: string[] = [];
  const { ask, answerNext } = slow();
  const latest = new Latest(ask, (answer: string) => told.push(answer), () => {});
  latest.put("a");
  latest.cancel();
  answerNext();
  await latest.settled();
  deepEqual(told, []);
});
