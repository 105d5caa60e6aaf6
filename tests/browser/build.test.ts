import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { editor, faultsOf, open, reachesOut, reportOf, write } from "./site.ts";

/** Every edit of the source installs everything again. */
const WHOLE = `FROM node:24.11.1-bookworm-slim
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
USER node
CMD ["node", "dist/server.js"]
`;

const APART = `FROM node:24.11.1-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
USER node
CMD ["node", "dist/server.js"]
`;

const STAGES = `ARG VERSION=1
FROM golang:1.25-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o /out/app ./cmd/app

FROM build AS test
RUN go test ./...

FROM alpine:3.22 AS final
COPY --from=build /out/app /usr/bin/app
COPY --from=nginx:1.29 /etc/nginx/mime.types /etc/
RUN --mount=from=test,target=/t true
USER 1000
ENTRYPOINT ["app"]
`;

async function openBuild(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Build" }).click();
  await page.getByRole("heading", { name: "What changed?" }).waitFor();
}

/** The steps as they are listed, each with what becomes of it. */
function step(page: Page, text: string): Locator {
  return page.locator(".step", { hasText: text }).locator(".step-state");
}

const path = (page: Page) => page.getByRole("textbox", { name: "Path" });

test("one sees what is rebuilt after a change of the source, and what after one of package.json", async () => {
  const { page } = await open({ text: APART });
  await openBuild(page);
  equal(await path(page).inputValue(), "src/app.js");
  match(await step(page, "npm run build").innerText(), /Rebuilt/);
  match(await step(page, "npm ci").innerText(), /Cached/);
  equal(await page.locator(".outlook-count").first().innerText(), "2 of 6 steps rebuilt");

  await page.getByRole("button", { name: "package.json", exact: true }).click();
  await step(page, "npm ci").getByText("Rebuilt").waitFor();
  equal(await path(page).inputValue(), "package.json");
  equal(await page.locator(".outlook-count").first().innerText(), "4 of 6 steps rebuilt");
  match(await page.locator(".step", { hasText: "npm ci" }).innerText(), /line 3/i);
  await page.locator("[role=status]", { hasText: "4 of 6 steps rebuilt" }).waitFor({ state: "attached" });
});

test("a path that is typed is followed letter by letter, and so is the Dockerfile", async () => {
  const { page } = await open({ text: APART });
  await openBuild(page);
  await path(page).fill("package-lock.json");
  await step(page, "npm ci").getByText("Rebuilt").waitFor();
  await write(page, WHOLE);
  await page.locator(".step").nth(2).getByText("COPY").waitFor();
  await page.locator(".outlook-count").first().getByText("3 of 5 steps").waitFor();
  equal(await path(page).inputValue(), "package-lock.json");
});

test("the same change is told of with the fixes beside it", async () => {
  const { page } = await open({ text: WHOLE });
  await openBuild(page);
  const rows = page.locator(".outlook > div");
  const after = rows.filter({ hasText: "review" }).locator(".outlook-count b");
  await after.waitFor();
  const before = Number(await rows.first().locator("b").innerText());
  ok(Number(await after.innerText()) < before);
});

test("with fixes that take another image, it is that one which is built upon anew", async () => {
  const { page } = await open({ text: 'FROM node:24\nWORKDIR /app\nCOPY app.js .\nUSER node\nCMD ["node", "app.js"]\n' });
  await openBuild(page);
  await page.getByRole("radio", { name: "Image" }).check({ force: true });
  const rows = page.locator(".outlook > div");
  const after = rows.filter({ hasText: "review" }).locator(".outlook-count");
  await after.locator("b").waitFor();
  equal(await after.innerText(), await rows.first().locator(".outlook-count").innerText());
});

test("signs beside the lines say the same as the list, while the build is shown", async () => {
  const { page } = await open({ text: APART });
  equal(await page.locator(".cm-step").count(), 0);
  await openBuild(page);
  await page.locator(".cm-step.state-rebuilt").first().waitFor();
  equal(await page.locator(".cm-step.state-rebuilt").count(), 2);
  match((await page.locator(".cm-step.state-rebuilt").first().getAttribute("title")) ?? "", /^Rebuilt: /);
  await page.getByRole("tab", { name: /^Findings/ }).click();
  await page.locator(".cm-step").first().waitFor({ state: "detached" });
  ok((await page.locator(".cm-lint-marker").count()) > 0);
});

test("the step at the caret is marked, and choosing a step goes to it", async () => {
  const { page } = await open({ text: APART });
  await openBuild(page);
  await page.locator(".cm-line").nth(3).click({ position: { x: 20, y: 5 } });
  match(await page.locator(".step[aria-current]").innerText(), /npm ci/);
  await page.locator(".step", { hasText: "npm run build" }).locator("button").click();
  equal(await page.locator(".cm-activeLine").innerText(), "RUN npm run build");
  await page.getByRole("radio", { name: "This line" }).check({ force: true });
  await step(page, "npm run build").getByText("Rebuilt").waitFor();
  await page.locator(".step", { hasText: "text changed" }).waitFor();
});

test("the stages are a list of buttons that say who needs whom, and the keyboard goes through it", async () => {
  const { page } = await open({ text: STAGES });
  await openBuild(page);
  const list = page.getByRole("list", { name: /^Stages/ });
  const build = list.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^build/ }) });
  deepEqual(await build.locator("ul li").allTextContents(), [
    "starts from golang:1.25-alpine",
    "is the base of stage test",
    "is copied from by stage final",
  ]);
  await list.getByRole("button", { name: /^test/ }).focus();
  await page.keyboard.press("Enter");
  equal(await editor(page).evaluate((content) => content.matches(":focus")), true);
  equal(await page.locator(".cm-activeLine").innerText(), "FROM build AS test");
  equal(await page.locator(".edges.wide .edge-from").count(), 3);
  equal(await page.locator(".edges.wide .edge-copy").count(), 2);
  equal(await page.locator(".edges.wide .edge-mount").count(), 1);
});

test("with another target other stages are needed, and the rest says that it is not", async () => {
  const { page } = await open({ text: STAGES });
  await openBuild(page);
  match(await step(page, "ENTRYPOINT").innerText(), /No layer/);
  await page.getByLabel("Target").selectOption("build");
  await page.locator("summary", { hasText: "test" }).click();
  await step(page, "go test").getByText("Not needed").waitFor();
  match(await page.getByRole("button", { name: /^final/ }).innerText(), /not needed/);
  await page.getByLabel("Target").selectOption("");
  await step(page, "ENTRYPOINT").getByText("No layer").waitFor();
});

test("a stage to build that is renamed is told of, until it has its name again", async () => {
  const { page } = await open({ text: STAGES });
  await openBuild(page);
  await page.getByLabel("Target").selectOption("build");
  const missing = page.getByText("There is no stage build to build.");
  await write(page, STAGES.replaceAll("build", "make"));
  await missing.waitFor();
  await write(page, STAGES);
  await missing.waitFor({ state: "detached" });
});

test("what the .dockerignore leaves out rebuilds nothing, and it is said so", async () => {
  const { page } = await open({ text: WHOLE });
  await openBuild(page);
  await path(page).fill("docs/guide.md");
  await step(page, "npm ci").getByText("Rebuilt").waitFor();
  await page.getByRole("tab", { name: ".dockerignore" }).click();
  await page.getByRole("textbox", { name: ".dockerignore" }).click();
  await page.keyboard.type("docs");
  await page.locator(".notes", { hasText: ".dockerignore" }).waitFor();
  match(await step(page, "npm ci").innerText(), /Cached/);
});

test("what ships is told by origin", async () => {
  const { page } = await open({ text: STAGES });
  await openBuild(page);
  const facts = await page.getByRole("region", { name: "What ships" }).innerText();
  for (const told of [/alpine:3\.22/, /\/out\/app\s*→\s*to\s*\/usr\/bin\/app\s*from stage build/, /Runs as\s*1000/, /\["app"\]/]) match(facts, told);
});

test("of a line of commands the one that reads a manifest is named", async () => {
  const { page } = await open({ text: "FROM node:24\nCOPY package.json ./\nRUN --mount=type=cache,target=/root/.npm apt-get update && npm ci\n" });
  await openBuild(page);
  match(await page.getByRole("region", { name: "What ships" }).innerText(), /all that npm ci installs/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the build in ${colorScheme} colours, and at 360 px nothing reaches out`, async () => {
    const { page } = await open({ colorScheme, bypassCSP: true, viewport: { width: 360, height: 700 } });
    await openBuild(page);
    for (const text of [STAGES, WHOLE, "RUN npm ci\n", "FROM scratch\nCPY a b\n", `FROM ${"registry/".repeat(20)}image AS ${"x".repeat(90)}\nRUN ${"y".repeat(200)}\n`]) {
      await write(page, text);
      await page.locator(".step").first().waitFor();
      deepEqual(await faultsOf(page), []);
      equal(await reachesOut(page), false);
    }
    await page.getByRole("tab", { name: ".dockerignore" }).click();
    deepEqual(await faultsOf(page), []);
  });
}

test("a build of two hundred stages is listed, and not drawn", async () => {
  const { page } = await open({ text: "FROM a AS s0\nRUN b\n" });
  await openBuild(page);
  await write(page, Array.from({ length: 200 }, (_, index) => `FROM ${index === 0 ? "a" : `s${index - 1}`} AS s${index}\nRUN b\n`).join(""));
  await page.getByText("too many for a picture").waitFor();
  await page.getByRole("button", { name: /^Show more of 400 steps/ }).click();
  equal(await page.locator(".step").count(), 200);
  await reportOf(page);
});
