import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { MENDABLE, SITE, copied, editor, faultsOf, open, reachesOut, write } from "./site.ts";

/** A server in which there is something of everything to advise. */
const SERVER = `# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /srv/shop
COPY . .
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
FROM node:24-slim
WORKDIR /srv/shop
COPY --from=build /srv/shop ./
COPY shop.conf /etc/shop.conf
USER node
EXPOSE 3000
VOLUME /data
CMD ["node", "main.js"]
`;

async function openRun(page: Page): Promise<void> {
  await page.getByRole("tab", { name: /^Run$/ }).click();
  await page.locator(".advice, .no-commands").first().waitFor();
}

const listings = (page: Page) => page.locator(".advice .block pre").allInnerTexts();

async function openAll(page: Page): Promise<void> {
  for (const closed of [".advice:not([open]) > summary", ".why:not([open]) > summary"]) {
    while ((await page.locator(closed).count()) > 0) await page.locator(closed).first().click();
  }
}

test("the commands of the Run tab are made from the file, and follow it", async () => {
  const { page, requests, faults } = await open({ text: SERVER });
  const fetched = () => requests.filter((url) => url.includes("/advice.")).length;
  equal(fetched(), 0);
  await openRun(page);
  equal(fetched(), 1);
  const all = (await listings(page)).join("\n");
  for (const part of ["docker build", '--secret id=npmrc,src="$HOME/.npmrc"', "--publish 127.0.0.1:3000:3000", "--tmpfs /tmp", "--volume shop-data:/data"]) {
    ok(all.includes(part), `${part} is in:\n${all}`);
  }
  deepEqual(await page.locator(".moment h2").allInnerTexts(), ["Build it", "Run it", "Look into it", "Ship it"]);

  await write(page, SERVER.replace("3000", "4000"));
  await page.locator(".block pre", { hasText: "127.0.0.1:4000:4000" }).first().waitFor();
  await write(page, "FROM debian:13-slim\n");
  await page.locator(".moment").nth(2).waitFor();
  equal(await page.locator(".moment", { hasText: "Run it" }).count(), 0);
  await write(page, "RUN make\n");
  await page.locator(".no-commands").waitFor();
  equal(fetched(), 1);
  deepEqual(faults, []);
});

test("a command is copied as it stands there, and that is said", async () => {
  const { page } = await open({ text: SERVER });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openRun(page);
  const block = page.locator(".block").first();
  await block.getByRole("button", { name: /^Copy/ }).click();
  await block.getByRole("button", { name: /^Copied/ }).waitFor();
  equal(await copied(page), await block.locator("pre").innerText());
  equal(await page.locator("[role=status]").last().innerText(), "Copied");
});

test("the Compose file and the .dockerignore can be kept as files", async () => {
  const { page } = await open({ text: SERVER });
  await openRun(page);
  await openAll(page);
  for (const name of ["compose.yaml", ".dockerignore"]) {
    const button = page.locator("button", { hasText: `Download: ${name}` }).first();
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    // Some browsers begin no file's name with a dot.
    ok([name, name.slice(1), `_${name.slice(1)}`].includes(download.suggestedFilename()), download.suggestedFilename());
  }
});

test("why, and where to read more, stands behind each command", async () => {
  const { page } = await open({ text: SERVER });
  await openRun(page);
  const advice = page.locator(".advice").first();
  await advice.locator(".why > summary").click();
  ok((await advice.locator(".explanation p").first().innerText()).length > 80);
  ok(await advice.getByRole("link").first().getAttribute("href"));
});

test("whatever a file holds stays text", async () => {
  const hostile = `FROM alpine:3.23
VOLUME ["/<img src=x onerror=alert(1)>", "/x; reboot"]
LABEL org.opencontainers.image.title="<b>x</b>"
COPY ["a<script>.conf", "/etc/a<script>.conf"]
CMD ["/<i>", "$(reboot)"]
`;
  const { page, faults } = await open({ text: hostile });
  await openRun(page);
  await openAll(page);
  const all = (await listings(page)).join("\n");
  ok(all.includes("'b-x-b-x-reboot:/x; reboot'") && all.includes("<img src=x"), all);
  equal(await page.locator(".results :is(img, script, i, b:not(.line-head b, .outlook-total))").count(), 0);
  deepEqual(faults, []);
});

test("a file that nothing holds back leads to the commands", async () => {
  const { page } = await open({ text: "FROM scratch\n" });
  await page.getByText("Nothing holds this file back.").waitFor();
  await page.getByRole("button", { name: "Commands for this image" }).click();
  await page.locator(".advice").first().waitFor();
  equal(await page.getByRole("tab", { name: /^Run$/ }).getAttribute("aria-selected"), "true");
});

const line = (page: Page) => page.locator(".line");

test("the card of the line follows the caret, and moves nothing", async () => {
  const { page, faults } = await open({ viewport: { width: 1280, height: 900 }, text: SERVER });
  await editor(page).focus();
  await page.keyboard.press("Control+Home");
  await line(page).getByText("Directive for the parser").waitFor();
  const before = await line(page).boundingBox();
  const spoken = await page.locator("[role=status]").last().innerText();
  await page.keyboard.press("ArrowDown");
  await line(page).getByText("Line 2: FROM, stage build").waitFor();
  for (let lines = 0; lines < 3; lines += 1) await page.keyboard.press("ArrowDown");
  await line(page).getByText("Line 5: RUN, step 3 of stage build").waitFor();
  ok((await line(page).innerText()).includes("npm ci"));
  await page.keyboard.type("x");
  await line(page).getByText("BuildKit refuses it.").waitFor();
  deepEqual(await line(page).boundingBox(), before);
  equal(await page.locator("[role=status]").last().innerText().then((text) => text.includes("step")), spoken.includes("step"));
  deepEqual(faults, []);
});

test("the card of the line stays as it was left, on a phone as well", async () => {
  const { page } = await open({ viewport: { width: 360, height: 700 }, text: MENDABLE });
  const head = line(page).getByRole("button");
  equal(await head.getAttribute("aria-expanded"), "false");
  await head.focus();
  await page.keyboard.press("Enter");
  await line(page).locator("dd").first().waitFor();
  equal(await reachesOut(page), false);
  await page.goto(SITE);
  await page.locator(".line-head[aria-expanded=true]").waitFor();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the commands and in the card of the line, in ${colorScheme} colours`, async () => {
    const { page } = await open({ colorScheme, bypassCSP: true, text: SERVER });
    await openRun(page);
    deepEqual(await faultsOf(page), []);
    await openAll(page);
    deepEqual(await faultsOf(page), []);
    await write(page, "RUN make\n");
    await page.locator(".no-commands").waitFor();
    deepEqual(await faultsOf(page), []);
  });
}

for (const width of [320, 360]) {
  test(`at ${width} px the commands stay within the page`, async () => {
    const { page } = await open({ viewport: { width, height: 700 }, text: `${SERVER}VOLUME /${"x".repeat(200)}\n` });
    await openRun(page);
    await openAll(page);
    equal(await reachesOut(page), false);
  });
}
