// What authors say of their snippets holds in a page exactly where it holds on the command line.

import { type Snippet, allReady, pageOf, visit } from "./embedding.ts";
import { deepEqual, equal } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fromEnvironment } from "./environment.ts";
import { test } from "node:test";

const TEXTS = {
  bad: `FROM alpine:3.23\nADD app.py /app/\nRUN echo $A\nUSER 1000\nCMD ["x"]`,
  good: `FROM alpine:3.23\nCOPY app.py /app/\nUSER 1000\nCMD ["x"]`,
  refused: "FROM alpine:3.23\nCPY a b\nUSER 1000",
  fragment: "ADD app.py /app/",
};

/** Each form, and each way in which a name can be one, can be none, and can be misspelt. */
const EXPECTATIONS = [
  "clean",
  "no: copy-not-add",
  "raises: copy-not-add",
  "raises: copy-not-add/local",
  "no: copy-not-add/local",
  "raises: copy-not-add/unclear",
  "no: copy-not-add/unclear",
  "no: copy-not-add/locall",
  "raises: copy-not-add/locall",
  "no: copy-not-add/",
  "raises: copy-not-add/",
  "no: copy-not-ad/local",
  "no: DL3020/local",
  "raises: DL3020; no: DL3007",
  "no: DL302O",
  "raises: tally/prefer-add-git",
  "no: tally/prefer-add-git",
  "no: tally",
  "no: tally/nothing",
  "raises: SC2086",
  "no: SC2086",
  "no: SC9999",
  "raises: sc2086",
  "no: APT-GET Missing Flags To Avoid Manual Input",
  "no: COPY-NOT-ADD",
  "Clean",
  "clean; tidy",
  "clean:",
  "no:",
  "no: ,",
  ": a",
  " ; ",
  "",
  "without: DL3020",
  "no : DL3007 ,, DL3006;",
];

/** Whether what is expected of a text is told of as broken by `check --markdown`. */
function onTheCommandLine(cases: readonly Case[]): boolean[] {
  const markdown = cases.map(({ text, expect }) => `\`\`\`dockerfile expect="${expect}"\n${text}\n\`\`\`\n`).join("\n");
  const [status, printed] = run(["check", "--markdown", "--format", "json", "-"], markdown);
  equal(status, 1);
  return (JSON.parse(printed) as { brokenExpectations: string[] }[]).map(({ brokenExpectations }) => brokenExpectations.length > 0);
}

/** Findings and broken expectations make the exit code 1, which is no failure. */
function run(words: readonly string[], input: string): [number, string] {
  try {
    return [0, execFileSync(fromEnvironment("LAYERWISE_CLI"), words, { input, encoding: "utf8" })];
  } catch (error) {
    const { status, stdout } = error as { status?: number; stdout?: string };
    if (status === undefined || !stdout) throw error;
    return [status, stdout];
  }
}

interface Case {
  readonly text: string;
  readonly expect: string;
}

test("every expectation holds in a page where it holds on the command line, and nowhere else", async () => {
  const cases = Object.values(TEXTS).flatMap((text) => EXPECTATIONS.map((expect) => ({ text, expect })));
  const { page } = await visit({ html: pageOf(`<layerwise-playground></layerwise-playground>`) });
  await allReady(page);
  const inThePage = await page.locator("layerwise-playground").evaluate(async (element, cases) => {
    const snippet = element as Snippet;
    const broken: boolean[] = [];
    for (const { text, expect } of cases) {
      snippet.setAttribute("expect", expect);
      snippet.value = text;
      await snippet.report();
      broken.push(snippet.hasAttribute("data-broken"));
    }
    return broken;
  }, cases);
  const named = (broken: readonly boolean[]) => cases.map(({ text, expect }, index) => `${broken[index] ? "broken" : "holds"}: ${expect} | ${text.split("\n")[1] ?? text}`);
  deepEqual(named(inThePage), named(onTheCommandLine(cases)));
  equal(new Set(inThePage).size, 2);
});

test("a case that a rule has not is told of as a name that is none, and one that is not found as missing", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground view="findings" expect="raises: copy-not-add/local, copy-not-add/unclear; no: copy-not-add/locall"><pre>${TEXTS.bad}</pre></layerwise-playground>`) });
  await allReady(page);
  deepEqual(await page.locator(".failed li").allTextContents(), [
    "copy-not-add/unclear should be found, and is not.",
    "copy-not-add/locall is neither a rule, a case of one, nor a code of another tool.",
  ]);
});

test("a stage to build that is not there is told of, and in a snippet there is none to miss", async () => {
  const text = "FROM alpine:3.22 AS Build\nUSER 1000";
  const snippet = (target: string, pre = text) => `<layerwise-playground view="findings" target="${target}"><pre>${pre}</pre></layerwise-playground>`;
  const { page } = await visit({ html: pageOf([snippet("build"), snippet("built"), snippet("built", "RUN make")].join("")) });
  await allReady(page);
  deepEqual(await page.locator(".failed li").allTextContents(), ["There is no stage built to build."]);
  equal(await page.locator("layerwise-playground").nth(1).getAttribute("data-broken"), "");
});

test("where the shell checks cannot be had, their codes are told of as not looked for", async () => {
  const { page } = await visit({ html: pageOf(`<layerwise-playground view="findings"><pre>${TEXTS.bad}</pre></layerwise-playground>`) });
  await allReady(page);
  await page.context().route("**/shell_bg*.wasm", (route) => route.fulfill({ status: 404 }));
  const expectations = page.locator(".failed li");
  await page.locator("layerwise-playground").evaluate((element) => element.setAttribute("expect", "raises: SC2086, DL3020; no: SC2046"));
  await expectations.first().waitFor();
  deepEqual(await expectations.allTextContents(), [
    "SC2086 could not be looked for: the shell checks could not be loaded.",
    "SC2046 could not be looked for: the shell checks could not be loaded.",
  ]);
  // With another expectation they are asked for again.
  await page.context().unroute("**/shell_bg*.wasm");
  await page.locator("layerwise-playground").evaluate((element) => element.setAttribute("expect", "raises: SC2086"));
  await page.locator("layerwise-playground:not([data-broken])").waitFor();
});
