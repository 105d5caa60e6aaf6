// The walk of everybody who uses the playground, made in the engines of other browsers than the tests of every part use.

import { Driver, engines } from "./engines.ts";
import { checksAsTheCommandLine, open, reportOf, textOf, waitForText, writeAnew } from "./playground.ts";
import { deepEqual, match, notEqual, ok } from "node:assert/strict";
import { Host } from "../browser/host.ts";
import { SITES } from "../browser/embedding.ts";
import { Session } from "./webdriver.ts";
import { after, test } from "node:test";
import { fromEnvironment } from "../browser/environment.ts";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readFile } from "node:fs/promises";
import { seen } from "./seen.ts";

const SITE = fromEnvironment("LAYERWISE_SITE");

/** Two findings of one rule, and others, can be mended safely; and a script says something to ShellCheck. */
const TEXT = `FROM ubuntu:24.04
MAINTAINER ops@example.org
ADD app.py /srv/app.py
ADD conf.json /srv/conf.json
RUN cp $HOME/x /srv
CMD ["/srv/app.py"]
`;

/** What is found is underlined as no link is, in styles of which each tells how bad it is. */
async function isUnderlined(session: Session, selector: string, ...styles: ("wavy" | "dashed")[]): Promise<void> {
  await session.find(selector);
  const drawn = (selector: string) => {
    const roots = [document, ...[...document.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    const found = roots.flatMap((root) => [...root.querySelectorAll(selector)]);
    return [...new Set(found.map((element) => getComputedStyle(element)).map((style) => `${style.textDecorationLine} ${style.textDecorationStyle}`))];
  };
  deepEqual(
    await session.run(drawn, selector),
    styles.map((style) => `underline ${style}`),
  );
}

for (const engine of engines) {
  if ("missing" in engine) {
    test(`the walk in ${engine.name}`, { skip: engine.missing }, () => {});
    continue;
  }
  let driver: Promise<Driver> | undefined;
  after(async () => (await driver)?.stop());

  const walk = (title: string, steps: (session: Session, anew: () => Promise<Session>) => Promise<void>) =>
    test(`${title}, in ${engine.name}`, async (test) => {
      driver ??= Driver.start(engine);
      const running = await driver;
      let session = await running.session();
      // Most drivers have one window at a time.
      const anew = async () => {
        await session.end();
        return (session = await running.session());
      };
      try {
        await steps(session, anew);
        deepEqual(await session.faults(), []);
      } catch (error) {
        test.diagnostic(await seen(`${engine.name} ${title}`, session, running.said));
        throw error;
      } finally {
        await session.end().catch(() => {});
      }
    });

  walk("the page opens with an example that is checked as on the command line", async (session) => {
    await open(session, SITE);
    ok((await textOf(session)).startsWith("FROM node:latest\n"));
    await checksAsTheCommandLine(session);
    await isUnderlined(session, ".cm-lintRange", "wavy");
    match(await (await session.find(".number")).text(), new RegExp(`^${(await reportOf(session)).score}\\s*of 100$`));
  });

  walk("what is typed is checked", async (session) => {
    await open(session, SITE);
    await writeAnew(session, TEXT);
    await checksAsTheCommandLine(session);
  });

  walk("what is copied and pasted is checked", async (session) => {
    await open(session, SITE);
    await writeAnew(session, TEXT);
    await session.press("Control+A", "Control+C", "Control+End", "Control+V");
    await waitForText(session, TEXT + TEXT);
    await checksAsTheCommandLine(session);
    await session.press("Control+A", "Control+X");
    await waitForText(session, "");
  });

  walk("a fix is applied with a click, and undone with one", async (session) => {
    await open(session, SITE);
    await writeAnew(session, TEXT);
    await reportOf(session);
    await session.click(".finding .fix", "Fix");
    await session.find(".notice");
    const mended = await textOf(session);
    notEqual(mended, TEXT);
    await checksAsTheCommandLine(session);
    await session.click(".notice button", "Undo");
    await waitForText(session, TEXT);
  });

  walk("all safe fixes are applied at once, and undone by one press of Ctrl-Z", async (session) => {
    await open(session, SITE);
    await writeAnew(session, TEXT);
    const before = await reportOf(session);
    await session.click("button", "Fix all safe");
    await session.find(".notice .totals");
    const after = await reportOf(session);
    ok((after.score ?? 0) > (before.score ?? 0));
    await checksAsTheCommandLine(session);
    await session.press("Control+Z");
    await waitForText(session, TEXT);
  });

  walk("a link takes the text to somebody else, who finds the same", async (session, anew) => {
    await open(session, SITE);
    await writeAnew(session, TEXT);
    const report = await reportOf(session);
    await session.click("summary.button", "Share");
    await session.click("button", "Copy a link");
    await session.find(".notice", "Copied a link");
    await session.click(".cm-line");
    await session.press("Control+A", "Control+V");
    const link = await session.until("the link", (text) => {
      const pasted = document.querySelector("layerwise-playground")?.value ?? text;
      return pasted === text ? null : pasted;
    }, TEXT);
    ok(link.startsWith(`${SITE}#1`), link);

    const other = await anew();
    await open(other, link);
    await waitForText(other, TEXT);
    deepEqual(await reportOf(other), report);
  });

  walk("the edition in one file works as a file", async (session) => {
    const file = pathToFileURL(join(fromEnvironment("LAYERWISE_ROOT"), "web/dist/layerwise.html")).href;
    await open(session, file);
    await writeAnew(session, TEXT);
    await checksAsTheCommandLine(session);
    await session.open(`${file}?learn.html`);
    await session.click("a", "Not as root");
    await session.find(".goals[data-judged]");
  });

  walk("a goal of a lesson is met by what is typed", async (session) => {
    await session.open(new URL("learn.html", SITE).href);
    await session.click("a", "Not as root");
    await session.find(".goals[data-judged]");
    await session.find(".goal:not(.is-met)", "The program runs as root.");
    await session.click(".cm-line");
    await session.press("Control+End");
    await session.type("USER 10001\n");
    await session.find(".goal.is-met", "The program runs as an ordinary user.");
    await session.find(".goal:not(.is-met)", "Everybody may write");
  });

  walk("the page of a rule underlines its example, and opens it in the playground", async (session) => {
    await session.open(new URL("rules/copy-not-add/", SITE).href);
    await isUnderlined(session, ".listing mark", "wavy");
    const link = await session.run(() => document.querySelector<HTMLAnchorElement>("a[href*='#1']")?.href ?? "");
    await open(session, link);
    await checksAsTheCommandLine(session);
  });

  walk("a snippet in somebody else's page is checked, mended and edited", async (session) => {
    const host = await Host.start("/lw/");
    host.headers = { "access-control-allow-origin": "*" };
    const page = await readFile(join(SITES, "plain/index.html"), "utf8");
    const others = await Host.ofOthers(async (name) => (name === "index.html" ? page.replaceAll("{embed}", `${host.site}embed.js`).replace("{more}", "") : readFile(join(SITES, "plain", name))));
    await session.open(others.site);
    await session.find(".chip b");
    await isUnderlined(session, ".found", "wavy", "dashed");
    await session.click(".acts button", "Apply all");
    await session.find(".said");
    await session.click(".acts button", "Edit");
    await session.find(".cm-content");
    await session.press("Control+End");
    await session.type("# more\n");
    await session.until("what was typed", () => document.querySelector("layerwise-playground")?.value.includes("# more"));
  });

  walk("after the first visit the page opens without a network", async (session) => {
    const host = await Host.start();
    await open(session, host.site);
    await session.click("button", "See for yourself");
    await session.find(".proof-kept", "is kept on this device");
    host.goAway();
    // Not by the driver's own way to reload: that goes past what is kept in some browsers.
    await open(session, host.site);
    await checksAsTheCommandLine(session);
  });
}
