import { type Child, type VNode, h } from "../../h.ts";
import type { Origin, Plan, PlannedStep, Program, Ships } from "../../engine.ts";
import { fact, filled } from "../prose.ts";
import { remembered } from "../../remembered.ts";
import { stageInSentence } from "../../build/rows.ts";
import { texts } from "../../texts.ts";

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
    h("h2", { id: "ships-title" }, texts.ships.title),
    h(
      "dl",
      { class: "facts ships" },
      fact(texts.ships.from, origin(plan, image.base)),
      fact(texts.ships.files, files(plan, steps, runs)),
      packages.length + fromManifest.length > 0 &&
        fact(texts.ships.packages, codes(packages), fromManifest.length > 0 && h("span", {}, filled(texts.ships.manifests, codes(fromManifest)))),
      fact(texts.ships.user, user(image)),
      image.workdir !== null && fact(texts.ships.workdir, h("code", {}, image.workdir)),
      program(texts.ships.entrypoint, image.entrypoint),
      program(texts.ships.command, image.command),
      image.ports.length > 0 && fact(texts.ships.ports, codes(image.ports)),
      image.volumes.length > 0 && fact(texts.ships.volumes, codes(image.volumes)),
      image.environment.length > 0 && fact(texts.ships.environment, settings(image.environment)),
      image.labels.length > 0 && fact(texts.ships.labels, settings(image.labels)),
      fact(texts.ships.health, health(image)),
      image.stopSignal !== null && fact(texts.ships.stopSignal, h("code", {}, image.stopSignal)),
    ),
  );
}

function origin(plan: Plan, origin: Origin | null): Child {
  if (origin === null) return texts.ships.untold;
  if (origin.kind === "scratch") return texts.ships.scratch;
  if (origin.kind === "stage") return stageInSentence(plan, origin.stage ?? 0);
  return origin.name === "" ? texts.ships.untold : h("code", {}, origin.name);
}

function files(plan: Plan, steps: readonly PlannedStep[], runs: number): VNode {
  const copied = steps.filter(({ keyword }) => keyword === "COPY" || keyword === "ADD");
  return h(
    "ul",
    { class: "shipped" },
    copied.flatMap(({ reads, writes }) => {
      const files = reads.filter(({ kind }) => kind === "files" || kind === "download");
      if (files.length > 0) return files.map((read) => h("li", {}, taken(plan, read, writes)));
      return [h("li", {}, codes(writes), h("span", { class: "aside" }, texts.ships.text))];
    }),
    runs > 0 && h("li", { class: "aside" }, texts.ships.runs(runs, copied.length === 0)),
    copied.length === 0 && runs === 0 && h("li", { class: "aside" }, texts.ships.nothing),
  );
}

type Read = PlannedStep["reads"][number];

function taken(plan: Plan, { paths, from, to, kind }: Read, writes: readonly string[]): Child {
  // Where a relative destination is, only the step knows.
  const target = to !== null && !to.startsWith("/") ? (writes[0] ?? to) : to;
  const isAll = from?.kind === "context" && paths.length === 1 && /^\.?\/?$/.test(paths[0] ?? "");
  return [
    isAll ? h("span", {}, texts.ships.everything) : codes(paths),
    target !== null && [h("span", { class: "arrow", "aria-hidden": "true" }, "\u2192"), h("span", { class: "unseen" }, texts.ships.to), h("code", {}, target)],
    h("span", { class: "aside" }, kind === "download" ? texts.ships.downloaded : from?.kind === "context" ? texts.ships.context : filled(texts.ships.origin, origin(plan, from))),
  ];
}

function user({ user, baseUser }: Ships): Child {
  if (user !== null) return h("code", {}, user);
  if (baseUser === "root") return [h("code", {}, "root"), h("span", { class: "aside" }, texts.ships.rootUntold)];
  return baseUser === "nonroot" ? texts.ships.nonroot : texts.ships.userUntold;
}

function program(name: string, program: Program | null): VNode | false {
  if (program === null) return false;
  const words = program.isShell ? program.words.join(" ") : JSON.stringify(program.words).replaceAll('","', '", "');
  return fact(name, h("code", {}, words), program.isShell && h("span", { class: "aside" }, texts.ships.shell));
}

function health({ healthcheck, isHealthcheckOff }: Ships): Child {
  if (isHealthcheckOff) return texts.ships.healthOff;
  return healthcheck === null ? texts.ships.healthNone : h("code", {}, healthcheck.words.join(" "));
}

function settings(all: Ships["environment"]): VNode {
  return h("ul", {}, all.map(({ name, value }) => h("li", {}, h("code", {}, `${name}=${value}`))));
}

function codes(texts: readonly string[]): VNode[] {
  return texts.map((text) => h("code", {}, text));
}
