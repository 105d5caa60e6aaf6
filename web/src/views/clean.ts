import { type VNode, h } from "../h.ts";
import type { Report } from "../engine.ts";
import { count } from "../words.ts";

/** What no Dockerfile shows, and the command that does. */
const BEYOND = [
  { command: "docker build --tag app .", about: "builds it" },
  { command: "docker run --rm --read-only --tmpfs /tmp app", about: "shows whether it runs read-only" },
  { command: "docker scout cves app", about: "lists known vulnerabilities in it" },
  { command: "dive app", about: "shows what each layer adds" },
];

/** The state that everyone wants: nothing is left, and what to do with it. */
export function clean({ stages, score, fragment }: Report): VNode {
  const judged = score?.categories.filter(({ applies }) => applies).length ?? 0;
  return h(
    "div",
    { class: "clean" },
    h("p", { class: "clean-title" }, fragment ? "Nothing holds this snippet back." : "Nothing holds this file back."),
    h("p", { class: "aside" }, `Checked: ${fragment ? "a snippet" : count(stages.length, "stage")} in ${count(judged, "category", "categories")}.`),
    !fragment && h("p", {}, "What a Dockerfile cannot show, the image does:"),
    !fragment &&
      h("dl", { class: "beyond" }, BEYOND.map(({ command, about }) => h("div", {}, h("dt", {}, h("code", {}, command)), h("dd", {}, about)))),
  );
}
