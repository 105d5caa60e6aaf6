import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { copied, faultsOf, findings, open, put, reachesOut, reportOf, textOf, write } from "./site.ts";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Report a false positive" });

const paper = (page: Page) => dialog(page).getByRole("textbox", { name: "The report, in Markdown" });

/** Opens the report about the first row that says `message`. */
async function report(page: Page, message: string): Promise<string> {
  const row: Locator = findings(page).filter({ hasText: message }).first();
  if ((await row.locator(".explanation").count()) === 0) await row.locator(".finding-main").click();
  await row.locator(".explanation h4").first().waitFor(); // what is fetched moves what is below
  await row.getByRole("button", { name: "Report a false positive" }).click();
  await paper(page).waitFor();
  return paper(page).inputValue();
}

/** The Dockerfile in a report. */
function dockerfileIn(text: string): string {
  return /```dockerfile\n([^]*?)```/.exec(text)?.[1] ?? "";
}

const LONG = `# syntax=docker/dockerfile:1
# Our shop. Internal: do not tell.
ARG VERSION=3.23
FROM golang:1.25 AS build
WORKDIR /src
COPY . .
RUN go build ./...

# What ships.
FROM alpine:$VERSION
ENV API_TOKEN=kT9xQ2mV7pLw4ZrB8nYs
WORKDIR /app
ADD conf.json /etc/conf.json
COPY --from=build /src/app /app/app
USER 1000
CMD ["/app/app"]
`;

test("the report has the least of the file that shows the finding, and what is needed to see it again", async () => {
  const { page, faults } = await open({ text: LONG });
  const text = await report(page, "conf.json");
  equal(dockerfileIn(text), "ARG VERSION=3.23\nFROM alpine:$VERSION\nADD conf.json /etc/conf.json\n");
  match(text, /Line 3, /);
  match(text, /`copy-not-add`/);
  match(text, /Layerwise \d+\.\d+\.\d+, (commit [0-9a-f]{12}|built outside of git)/);
  match(text, /base images as of \d{4}-\d\d-\d\d, checked on \d{4}-\d\d-\d\d/);
  match(text, /with shell checks/);
  ok(!text.includes("Internal"), "a comment that nothing needs stays here");

  // What the report holds shows the same finding.
  await page.keyboard.press("Escape");
  const again = await write(page, dockerfileIn(text));
  ok(again?.findings.some(({ rule, line }) => rule === "copy-not-add" && line === 3));
  deepEqual(faults, []);
});

test("what a finding needs stays in the report, such as an ARG above the first stage", async () => {
  const { page } = await open({ text: "ARG BASE=debian:latest\nARG OTHER=1\nFROM $BASE\nWORKDIR /app\nUSER 1000\nCMD [\"x\"]\n" });
  const row = (await reportOf(page)).findings.find(({ message }) => message.includes("latest"));
  ok(row !== undefined);
  const text = await report(page, "latest");
  match(dockerfileIn(text), /^ARG BASE=debian:latest\nFROM \$BASE\n$/);
});

test("credentials are masked wherever they stand, and nothing of the file leaves the page", async () => {
  const secret = "kT9xQ2mV7pLw4ZrB8nYs";
  const { page, requests } = await open({ text: LONG.replace("ADD conf.json", `ADD --chown=1:1 conf.json`) });
  const before = requests.length;
  const messages = (await reportOf(page)).findings.map(({ message }) => message);
  ok(messages.length > 1);
  const text = await report(page, "API_TOKEN");
  ok(!text.includes(secret), text);
  match(dockerfileIn(text), /ENV API_TOKEN=REPLACE_ME/);
  await dialog(page).getByText("1 credential became REPLACE_ME").waitFor();
  equal(requests.slice(before).filter((address) => address.includes(secret) || new URL(address).origin !== new URL(page.url()).origin).length, 0);
});

test("the .dockerignore comes along only where the finding is another without it", async () => {
  const { page } = await open({ text: "FROM debian:13-slim\nADD app /app\nCOPY secret.txt /x\nUSER 1000\nCMD [\"x\"]\n" });
  await put(page, { dockerignore: "secret.txt\n" });
  const { findings: all } = await reportOf(page);
  ok(!(await report(page, "app")).includes("secret.txt"));
  await page.keyboard.press("Escape");
  const ignored = all.find(({ message }) => message.includes("dockerignore"));
  ok(ignored !== undefined, "a rule speaks of what is left out");
  match(await report(page, ignored.message.split("`").at(-1) ?? ""), /`\.dockerignore`:\n\n```\nsecret\.txt\n```/);
});

test("what is copied is what stands in the dialog, changed by hand", async () => {
  const { page } = await open({ text: LONG });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await report(page, "conf.json");
  await paper(page).fill("my own words");
  await dialog(page).getByRole("button", { name: "Copy" }).click();
  await dialog(page).getByRole("button", { name: "Copied" }).waitFor();
  equal(await copied(page), "my own words");
  await paper(page).fill("other words");
  await dialog(page).getByRole("button", { name: "Copy", exact: true }).waitFor();
});

test("where copying is not allowed a sentence says so, and the text can be selected", async () => {
  const { page } = await open({
    text: LONG,
    before: () => {
      Object.defineProperty(navigator, "clipboard", { get: () => undefined });
    },
  });
  const text = await report(page, "conf.json");
  await dialog(page).getByRole("button", { name: "Copy" }).click();
  await dialog(page).getByText("Copying is not allowed here").waitFor();
  equal(await paper(page).inputValue(), text);
});

test("a finding about a script is reported as well, and the dialog gives the focus back", async () => {
  const { page } = await open({ text: "FROM debian:13-slim\nWORKDIR /a\nRUN cp $SOURCE /app\nUSER 1000\nCMD [\"x\"]\n" });
  const before = await textOf(page);
  const text = await report(page, "SC2086");
  equal(dockerfileIn(text), "FROM debian:13-slim\nRUN cp $SOURCE /app\n");
  match(text, /SC2086/);
  await page.keyboard.press("F8"); // what is behind the dialog waits
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  const focused = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
  match(focused ?? "", /Report a false positive/);
  equal(await textOf(page), before);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 320]) {
    test(`axe finds nothing wrong with the report: ${colorScheme}, ${width} wide`, async () => {
      const { page } = await open({ text: LONG, bypassCSP: true, colorScheme, viewport: { width, height: 700 } });
      await report(page, "conf.json");
      deepEqual(await faultsOf(page), []);
      equal(await reachesOut(page), false);
    });
  }
}
