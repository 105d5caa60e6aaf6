import { type Child, type VNode, h } from "../../h.ts";
import type { Origin, Plan, PlannedStep, Program, Ships } from "../../engine.ts";
import { count } from "../../words.ts";
import { fact } from "../prose.ts";
import { remembered } from "../../remembered.ts";
import { stageInSentence } from "../../build/rows.ts";

/** What is in the image, as far as the file tells. */
export const ships = remembered((plan: Plan): VNode | null => plan.ships && shipped(plan, plan.ships));

function shipped(plan: Plan, image: Ships): VNode {
  const steps = image.stages.flatMap((stage) => plan.stages[stage]?.steps ?? []).filter(({ isTrigger }) => !isTrigger);
  const runs = steps.filter(({ keyword }) => keyword === "RUN").length;
  const packages = [...new Set(steps.flatMap(({ packages }) => packages))];
  const fromManifest = [...new Set(steps.flatMap(({ manifestInstalls }) => manifestInstalls))];
  return h(
    "section",
    { key: "ships", class: "card", "aria-labelledby": "ships-title" },
    h("h2", { id: "ships-title" }, "What ships"),
    h(
      "dl",
      { class: "facts ships" },
      fact("Starts from", origin(plan, image.base)),
      fact("Files", files(plan, steps, runs)),
      packages.length + fromManifest.length > 0 &&
        fact("Packages", codes(packages), fromManifest.length > 0 && h("span", {}, "all that ", codes(fromManifest), " installs")),
      fact("Runs as", user(image)),
      image.workdir !== null && fact("Works in", h("code", {}, image.workdir)),
      program("Entry point", image.entrypoint),
      program("Command", image.command),
      image.ports.length > 0 && fact("Ports", codes(image.ports)),
      image.volumes.length > 0 && fact("Volumes", codes(image.volumes)),
      image.environment.length > 0 && fact("Environment", settings(image.environment)),
      image.labels.length > 0 && fact("Labels", settings(image.labels)),
      fact("Health check", health(image)),
      image.stopSignal !== null && fact("Stops on", h("code", {}, image.stopSignal)),
    ),
  );
}

function origin(plan: Plan, origin: Origin | null): Child {
  if (origin === null) return "something that this file does not tell";
  if (origin.kind === "scratch") return "nothing (scratch)";
  if (origin.kind === "stage") return stageInSentence(plan, origin.stage ?? 0);
  return origin.name === "" ? "something that this file does not tell" : h("code", {}, origin.name);
}

function files(plan: Plan, steps: readonly PlannedStep[], runs: number): VNode {
  const copied = steps.filter(({ keyword }) => keyword === "COPY" || keyword === "ADD");
  return h(
    "ul",
    { class: "shipped" },
    copied.flatMap(({ reads, writes }) => {
      const files = reads.filter(({ kind }) => kind === "files" || kind === "download");
      if (files.length > 0) return files.map((read) => h("li", {}, taken(plan, read, writes)));
      return [h("li", {}, codes(writes), h("span", { class: "aside" }, "from a text in the Dockerfile"))];
    }),
    runs > 0 && h("li", { class: "aside" }, runs === 1 ? "and what a RUN instruction writes" : `and what ${count(runs, "RUN instruction")} write`),
    copied.length === 0 && runs === 0 && h("li", { class: "aside" }, "nothing beside what it starts from"),
  );
}

type Read = PlannedStep["reads"][number];

function taken(plan: Plan, { paths, from, to, kind }: Read, writes: readonly string[]): Child {
  // Where a relative destination is, only the step knows.
  const target = to !== null && !to.startsWith("/") ? (writes[0] ?? to) : to;
  const isAll = from?.kind === "context" && paths.length === 1 && /^\.?\/?$/.test(paths[0] ?? "");
  return [
    isAll ? h("span", {}, "everything") : codes(paths),
    target !== null && [h("span", { class: "arrow", "aria-hidden": "true" }, "\u2192"), h("span", { class: "unseen" }, " to "), h("code", {}, target)],
    h("span", { class: "aside" }, kind === "download" ? "downloaded" : from?.kind === "context" ? "from the build context" : ["from ", origin(plan, from)]),
  ];
}

function user({ user, baseUser }: Ships): Child {
  if (user !== null) return h("code", {}, user);
  if (baseUser === "root") return [h("code", {}, "root"), h("span", { class: "aside" }, "no USER says otherwise")];
  return baseUser === "nonroot" ? "a user without privileges, set by the base image" : "whom the base image says";
}

function program(name: string, program: Program | null): VNode | false {
  if (program === null) return false;
  const words = program.isShell ? program.words.join(" ") : JSON.stringify(program.words).replaceAll('","', '", "');
  return fact(name, h("code", {}, words), program.isShell && h("span", { class: "aside" }, "through a shell"));
}

function health({ healthcheck, isHealthcheckOff }: Ships): Child {
  if (isHealthcheckOff) return "switched off";
  return healthcheck === null ? "none in this file" : h("code", {}, healthcheck.words.join(" "));
}

function settings(all: Ships["environment"]): VNode {
  return h("ul", {}, all.map(({ name, value }) => h("li", {}, h("code", {}, `${name}=${value}`))));
}

function codes(texts: readonly string[]): VNode[] {
  return texts.map((text) => h("code", {}, text));
}
