import { addressOf, block, element, frame, withHeight } from "../../src/embed/written.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { SNIPPET_ATTRIBUTES } from "../../src/embed/attributes.ts";
import { decode } from "../../src/share/link.ts";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const web = join(process.env["LAYERWISE_ROOT"] ?? "..", "web");

test("the description of the element names every attribute that it has", () => {
  const { modules } = JSON.parse(readFileSync(join(web, "src/embed/custom-elements.json"), "utf8"));
  const described = modules[0].declarations[0].attributes.map(({ name }: { name: string }) => name).sort();
  deepEqual(described, [...SNIPPET_ATTRIBUTES, "src"].sort());
  const page = readFileSync(join(web, "embedding.html"), "utf8");
  for (const name of described) ok(page.includes(`<th scope="row"><code>${name}</code></th>`), name);
});

test("lines for a page escape the text and what is said of it", () => {
  const wanted = { text: "RUN a <<EOF && b > c", attributes: { expect: 'no: "x" & y', readonly: "" } };
  const written = element(wanted, "https://e.org/");
  ok(written.includes(`<layerwise-playground expect="no: &quot;x&quot; &amp; y" readonly style="display: block"><pre>\nRUN a &lt;&lt;EOF &amp;&amp; b &gt; c\n</pre>`), written);
  ok(block(wanted, "https://e.org/").includes(`<pre data-expect="no: &quot;x&quot; &amp; y" data-readonly=""><code class="language-dockerfile">RUN a &lt;&lt;EOF`));
});

test("where findings are shown a height is written, which the text and the frame have from the first moment on", () => {
  const heightOf = (text: string, attributes: Record<string, string>) => withHeight({ text, attributes }).attributes["height"];
  const lines = (of: number) => Array.from({ length: of }, () => "RUN a").join("\n");
  deepEqual([heightOf(lines(1), {}), heightOf(lines(5), {}), heightOf(lines(50), {})], ["272", "364", "480"]);
  deepEqual([heightOf(lines(50), { view: "findings" }), heightOf("", { view: "editor" }), heightOf("", { view: "badge" }), heightOf("", { height: "77" })], ["208", undefined, undefined, "77"]);
  const wanted = withHeight({ text: "FROM a", attributes: { height: "77" } });
  ok(element(wanted, "").includes(`<layerwise-playground height="77" style="display: block; min-block-size: 77px"><pre style="box-sizing: border-box; max-block-size: 77px; margin: 0; overflow: auto">`));
  ok(frame(wanted, "a", "").includes("height: 77px;"));
});

test("no text of a badge ends the script that it stands in, and none is changed by that", () => {
  const lines = (text: string) => element({ text, attributes: { view: "badge" } }, "https://e.org/");
  ok(lines("RUN sed 's|</a>||'").endsWith(`<script type="text/plain">\nRUN sed 's|</a>||'\n</script></layerwise-playground>`));
  for (const [text, escaped] of [["# </SCRIPT ><img>", "# &lt;/SCRIPT &gt;&lt;img&gt;"], ["# <!--<script>", "# &lt;!--&lt;script&gt;"]] as const) {
    ok(lines(text).endsWith(`6.25rem">\n${escaped}\n</layerwise-playground>`), lines(text));
  }
});

test("the address of a frame has what is said in its query, and the text in its fragment alone", async () => {
  const address = new URL(await addressOf({ text: "FROM a", attributes: { view: "editor", height: "300" } }, "https://e.org/lw/"));
  equal(address.origin + address.pathname + address.search, "https://e.org/lw/embed.html?view=editor&height=300");
  equal((await decode(address.hash)).dockerfile, "FROM a");
});
