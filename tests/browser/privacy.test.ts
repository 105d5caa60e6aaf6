import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { MENDABLE, SITE, editor, findings, open, openMenu, reportOf, write } from "./site.ts";

test("once settled, nothing that one does sends a request, and none ever goes to another site", async () => {
  const { page, requests, faults } = await open();
  await findings(page).first().locator(".finding-main").click();
  await page.locator(".explanation h4").waitFor(); // the texts are fetched when they are first wanted
  const settled = requests.length;

  await editor(page).click();
  await page.keyboard.type("USER app\n");
  await write(page, MENDABLE);
  await findings(page).last().locator(".finding-main").click();
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await page.locator(".notice").getByText("\u2192").waitFor();
  await openMenu(page, "Examples");
  await page.locator(".menu[open] .example").first().click();
  await reportOf(page);

  deepEqual(requests.slice(settled), []);
  const { origin } = new URL(SITE);
  deepEqual(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`)), []);
  deepEqual(faults, []);
});

test("the worker is bound by the page's policy: it can send nothing to another site", async () => {
  const { page } = await open({
    before: () => {
      const Real = Worker;
      globalThis.Worker = class extends Real {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          Object.assign(globalThis, { engineWorker: this, engineWorkerUrl: String(url) });
        }
      };
    },
  });
  ok((await page.evaluate(() => (globalThis as never as { engineWorkerUrl: string }).engineWorkerUrl)).startsWith("blob:"));
  const [worker] = page.workers();
  const refusedBy = await worker?.evaluate(
    () =>
      new Promise((refused) => {
        addEventListener("securitypolicyviolation", (event) => {
          refused((event as SecurityPolicyViolationEvent).effectiveDirective);
        });
        fetch("http://localhost/", { mode: "no-cors" }).then(
          () => refused("nothing"),
          () => {},
        );
      }),
  );
  equal(refusedBy, "connect-src");
});

test("only scripts of the site's own can be made from text", async () => {
  const { page } = await open();
  const outcome = await page.evaluate(() => {
    try {
      new Worker(URL.createObjectURL(new Blob(["1"])));
      return "made";
    } catch (error) {
      return error instanceof TypeError ? "refused" : String(error);
    }
  });
  equal(outcome, "refused");
});

test("a text stays on this machine: it is in no address", async () => {
  const { page, requests } = await open();
  await write(page, "FROM scratch\nENV TOKEN=do-not-tell-anyone\n");
  await page.reload();
  await page.locator(".findings, .refused").first().waitFor();
  deepEqual(requests.filter((url) => url.includes("do-not-tell")), []);
  equal(page.url(), SITE);
});
