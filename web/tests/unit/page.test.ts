import { equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { examples } from "../../src/examples.ts";

const page = readFileSync(join(process.env["LAYERWISE_ROOT"] ?? "", "web/index.html"), "utf8");

test("the page opens with the first example", () => {
  equal(/<pre>\n([^<]*)<\/pre>/.exec(page)?.[1], examples[0]?.text);
});

test("the page names no other site", () => {
  ok(!/\b(?:src|href|content)="(?:https?:)?\/\//.test(page));
});

test("the policy comes before everything that it governs", () => {
  match(page.replace(/<!--[^]*?-->/g, ""), /<head>\s*<meta charset="utf-8">\s*<meta\s+http-equiv="Content-Security-Policy"/);
});
