import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { decode, isLink } from "../../src/share/link.ts";
import { addressOf, routeIn } from "../../src/learn/route.ts";
import type { Workshop } from "../../src/learn/workshop.ts";
import { slug } from "../../src/reading/address.ts";

const ROOT = process.env["LAYERWISE_ROOT"] ?? "";
const DIST = join(ROOT, "web/dist");

const ONE_FILE = "layerwise.html";
const pages = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html") && name !== ONE_FILE);
const read = (path: string): string => readFileSync(join(DIST, path), "utf8");

/** What a page refers to, what it leads on to included. */
function* references(html: string): Generator<string> {
  for (const [, reference = ""] of html.matchAll(/ (?:href|src)="([^"]*)"/g)) yield reference;
  for (const [, reference = ""] of html.matchAll(/content="0; url=([^"]*)"/g)) yield reference;
}

const [courseFile = ""] = readdirSync(join(DIST, "assets")).filter((name) => name.startsWith("course."));
const course = JSON.parse(read(join("assets", courseFile))) as Workshop;

/** Whether a fragment of the page that teaches leads to something there. */
function isLesson(fragment: string): boolean {
  const route = routeIn(fragment);
  if (route.view === "lesson") return course.lessons.some(({ id }) => id === route.lesson);
  if (route.view === "plan") return course.plans?.some(({ id }) => id === route.plan) ?? false;
  return addressOf(route) === `#${fragment}`;
}

test("every reference of every page in the site leads to a file of the site, and to a place that is there", () => {
  ok(pages.length > 800);
  const broken: string[] = [];
  for (const page of pages) {
    for (const reference of references(read(page))) {
      if (/^https?:/.test(reference)) continue;
      const [path = "", place = ""] = reference.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      const file = path.endsWith("/") ? join(target, "index.html") : target;
      const isThere = !relative(".", file).startsWith("..") && existsSync(join(DIST, file));
      const isPlace = !isThere || place === "" || isLink(place) || (file === "learn.html" ? isLesson(place) : read(file).includes(` id="${place}"`));
      if (path.startsWith("/") || !isThere || !isPlace) broken.push(`${page}: ${reference}`);
    }
  }
  deepEqual(broken, []);
});

test("no source map says in which folder the site was built", () => {
  const maps = readdirSync(join(DIST, "assets")).filter((name) => name.endsWith(".map"));
  const sources = maps.flatMap((name) => (JSON.parse(read(join("assets", name))) as { sources: string[] }).sources);
  ok(sources.some((source) => source.endsWith("theme.css")) && sources.some((source) => source.endsWith("main.ts")));
  deepEqual(sources.filter((source) => /^([\w-]+:)?[/\\]/.test(source)), []);
});

test("every reference in the edition in one file leads to a page in it, to a place that is there, or nowhere else", () => {
  const file = read(ONE_FILE);
  const templates = new Map(file.split("<template data-page=\"").slice(1).map((part) => [part.slice(0, part.indexOf('"')), part] as const));
  const onward = JSON.parse(/ data-onward>(.*?)<\/script>/.exec(file)?.[1] ?? "") as Record<string, string>;
  deepEqual(Object.values(onward).filter((page) => !templates.has(page)), []);
  ok(templates.size > 400 && Object.keys(onward).length > 400);
  const broken: string[] = [];
  for (const [page, html] of templates) {
    for (const reference of references(html.slice(0, html.indexOf("</template>")))) {
      if (/^(https?|data):/.test(reference)) continue;
      const [path = "", place = ""] = reference.split("#");
      const asked = path === "" ? page : path.slice(1);
      const target = templates.get(onward[asked] ?? asked);
      const isPlace = place === "" || isLink(place) || (asked === "learn.html" ? isLesson(place) : target?.includes(` id="${place}"`));
      if ((path !== "" && !path.startsWith("?")) || target === undefined || !isPlace) broken.push(`${page}: ${reference}`);
    }
  }
  deepEqual(broken, []);
});

test("every link into the playground holds a Dockerfile in the form that the playground reads", async () => {
  let links = 0;
  for (const page of pages) {
    for (const reference of references(read(page))) {
      const [, fragment = ""] = reference.split("#");
      if (!isLink(fragment)) continue;
      const { dockerfile, target } = await decode(fragment);
      ok(dockerfile.length > 0, page);
      equal(target, "", page);
      links += 1;
    }
  }
  ok(links > 600);
});

test("every code that the playground links to has an address in the site", () => {
  for (const data of ["rules", "shell-rules", "advice"]) {
    const { id, codes } = JSON.parse(readFileSync(join(ROOT, `web/generated/${data}.json`), "utf8")) as { id: string[]; codes: { code: string }[][] };
    const names = [...(data === "advice" ? [] : id), ...codes.flat().map(({ code }) => code)];
    for (const name of names) ok(existsSync(join(DIST, "rules", slug(name), "index.html")), name);
  }
});

test("without an address of its own the site has neither a site map nor whole addresses of itself", () => {
  const { address } = JSON.parse(readFileSync(join(ROOT, "web/generated/facts.json"), "utf8")) as { address: string | null };
  const has = (name: string) => existsSync(join(DIST, name));
  equal(has("sitemap.xml"), address !== null);
  equal(has("social.png"), address !== null);
  for (const page of pages) {
    const html = read(page);
    ok(!html.includes("data-if") && !html.includes("{address}") && !html.includes("{root}"), page);
    // A frame of somebody else's page is nothing that is looked for.
    if (page === "embed.html") continue;
    equal(html.includes('rel="canonical"'), address !== null, page);
    ok(/<title>[^<]+<\/title>/.test(html) && / name="description"/.test(html), page);
  }
});

test("what is read is not among the files that are kept on the device", () => {
  const [, list = "{}"] = /FILES=(\{.*?\});/.exec(read("service-worker.js")) ?? [];
  const kept = Object.keys(JSON.parse(list) as object);
  ok(kept.includes("index.html") && kept.includes("score.html"));
  deepEqual(kept.filter((path) => /^(rules|advice)\/|^(sitemap|social)|\/(reading|search)\./.test(path)), []);
});
