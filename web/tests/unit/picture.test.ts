import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { named, nodes, text } from "./nodes.ts";
import type { Lesson, Picture } from "../../src/learn/workshop.ts";
import { picture } from "../../src/views/learn/picture.ts";
import { spans } from "../../src/learn/span.ts";

const TODAY = "2026-11-26";
const FLOW: Picture = {
  flow: {
    caption: "Who is `root`?",
    rows: [
      [{ text: "Without `USER`" }, { text: "`USER 1000`", about: "by number" }],
      [{ text: "The kernel" }],
      [{ text: "Root", is: "bad" }, { text: "Nobody", is: "good" }],
    ],
  },
};

/** Of a lesson the picture alone is looked at. */
function drawn(shown: Picture | undefined, today = TODAY) {
  const figure = picture({ picture: shown } as Lesson, today);
  return figure === false ? [] : [figure];
}

test("a lesson without a picture has no frame for one", () => {
  deepEqual(drawn(undefined), []);
});

test("what a picture shows from above to below is said way by way, and what is drawn is not read twice", () => {
  const figure = drawn(FLOW);
  equal(text(nodes(figure, "figcaption")), "Who is root?");
  deepEqual(nodes(named(figure, "unseen"), "li").map(text), ["Without USER; then The kernel; then Bad: Root", "USER 1000: by number; then The kernel; then Good: Nobody"]);
  deepEqual(named(figure, "flow").map(({ props }) => props["aria-hidden"]), ["true"]);
  deepEqual(named(figure, "flow-box").map(text), ["Without USER", "USER 1000by number", "The kernel", "Root", "Nobody"]);
});

test("an arrow stands wherever a box is below another", () => {
  deepEqual(named(drawn(FLOW), "flow-arrows").map((row) => nodes([row], "svg").length), [2, 2]);
});

test("good and bad differ by a sign, and not by their colour alone", () => {
  const sign = (name: string) => nodes(named(drawn(FLOW), name), "path").map(({ props }) => props["d"]);
  equal(sign("is-good").length, 1);
  equal(sign("is-bad").length, 1);
  ok(sign("is-good")[0] !== sign("is-bad")[0]);
});

test("the end of a support lies ahead or behind by the day on which somebody looks", () => {
  const support: Picture = { support: { caption: "How long?", of: [{ name: "`node:24`", year: 2028, month: 4 }, { name: "`openjdk:17`", year: 2022 }] } };
  const said = (today: string) => nodes(drawn(support, today), "li").map((row) => text(row).replaceAll("\u00a0", " "));
  deepEqual(said(TODAY), ["node:24 mended until April 2028", "openjdk:17 unmended since 2022"]);
  match(said("2028-04-30")[0] ?? "", /until/, "the whole month");
  match(said("2028-05-01")[0] ?? "", /unmended since April 2028/);
});

test("bars go from today to the end or from the end to today, and stay in the picture", () => {
  const { now, rows } = spans([{ year: 2022 }, { year: 2023, month: 9 }, { year: 2031, month: 9 }], TODAY);
  deepEqual(rows.map(({ isOver }) => isOver), [true, true, false]);
  deepEqual(rows.map(({ from, to, isOver }) => (isOver ? to : from)), [now, now, now]);
  for (const { from, to } of rows) ok(0 < from && from < to && to < 100, `${from} to ${to}`);
  ok((rows[0]?.from ?? 100) < (rows[1]?.from ?? 0), "what ended earlier reaches further back");
});
