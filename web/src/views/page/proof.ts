import { type Child, type VNode, h } from "../../h.ts";
import { type Proof, directives, recipe, since, toOthers } from "../../proof/proof.ts";
import { commit, repository, version } from "../../facts.ts";
import { listing, prose } from "../prose.ts";
import type { Kept } from "../../offline/offline.ts";
import type { Loaded } from "../../proof/witness.ts";
import { inOneFile } from "../../site.ts";
import { texts } from "../../texts.ts";

/** What a person can do there. */
export interface ProofActions {
  close(): void;
  /** Try to send something to another site. */
  attempt(): void;
  copy(text: string): void;
}

const of = texts.proof;

/** What the page does with the network, for whoever would rather see it than believe it. */
export function proof(state: Proof, actions: ProofActions): VNode[] {
  return [
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: "proof-title" }, of.title),
      h("button", { type: "button", class: "button", on: { click: actions.close } }, of.close),
    ),
    section("requests", of.requests.title, requests(state)),
    section("policy", of.policy.title, policy(state, actions)),
    section("offline", of.offline.title, offline(state)),
    section("program", of.program.title, program(state, actions)),
  ];
}

function section(id: string, title: string, content: readonly Child[]): VNode {
  return h("section", { key: id, class: `proof-${id}`, "aria-labelledby": `proof-${id}` }, h("h3", { id: `proof-${id}` }, title), content);
}

function requests(state: Proof): Child[] {
  const { waiting, since: counted, ask, askSite, all, never, ownOrigin, otherOrigins } = of.requests;
  const { loaded, settledAt, origin, kept } = state;
  const late = since(state);
  const others = toOthers(state).length;
  return [
    settledAt === null
      ? h("p", { class: "proof-count" }, waiting)
      : h("p", { class: "proof-count", "data-count": late.length }, counted(late.length, time(settledAt))),
    settledAt !== null && h("p", { class: "aside" }, kept.state === "kept" || kept.state === "whole" ? ask : askSite),
    late.length > 0 && table("late", late),
    loaded.length === 0 && settledAt !== null && h("p", {}, never),
    loaded.length > 0 &&
      h(
        "details",
        { key: "all" },
        h("summary", {}, all(loaded.length, others === 0 ? ownOrigin(new URL(origin).host) : otherOrigins(others))),
        table("all", loaded),
      ),
  ];
}

function table(key: string, all: readonly Loaded[]): VNode {
  const { columns, table: name } = of.requests;
  return h(
    "div",
    { key, class: "scrolling", tabindex: 0, role: "group", "aria-label": name },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, Object.values(columns).map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, all.map(row)),
    ),
  );
}

function row({ address, at, by, isFromDevice }: Loaded): VNode {
  const { host, pathname } = new URL(address);
  const { fromDevice, fromNetwork } = of.requests;
  const file = pathname.slice(pathname.lastIndexOf("/") + 1);
  const cells = [time(at), h("code", { title: address }, file === "" ? "/" : file), host, of.askers[by], isFromDevice ? fromDevice : fromNetwork];
  return h("tr", {}, cells.map((cell) => h("td", {}, cell)));
}

function policy({ policy, refused, attempt }: Proof, actions: ProofActions): Child[] {
  const { about, none, stopped, entry, try: tryIt, tried, notStopped } = of.policy;
  const meanings = inOneFile ? { ...of.policy.meanings, ...of.policy.inOneFile } : of.policy.meanings;
  if (policy === null) return [h("p", {}, none)];
  const outcome = attempt !== null && (attempt === "not stopped" ? notStopped : prose(tried(attempt.stoppedBy)));
  return [
    h("p", {}, about),
    h(
      "dl",
      { class: "policy" },
      directives(policy).map(({ name, admits }) =>
        h(
          "div",
          {},
          h("dt", {}, h("code", {}, name)),
          h("dd", {}, admits !== "" && h("code", {}, admits), name in meanings && h("span", { class: "aside" }, meanings[name])),
        ),
      ),
    ),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "button", on: { click: actions.attempt } }, tryIt),
      h("span", { role: "status" }, outcome),
    ),
    h("p", { "data-count": refused.length }, stopped(refused.length)),
    refused.length > 0 && h("ul", {}, refused.map(({ directive, address, by }) => h("li", {}, prose(entry(directive, address, of.askers[by]))))),
  ];
}

function program({ modules, isCopied }: Proof, actions: ProofActions): Child[] {
  const { version: name, commit: madeFrom, noCommit, noHash, hash, compare, command, copy, copied } = of.program;
  const commands = recipe(repository, commit?.name ?? null);
  return [
    h(
      "dl",
      { class: "modules" },
      h("div", {}, h("dt", {}, name), h("dd", {}, version, ", ", commit === null ? noCommit : prose(madeFrom(commit.name, commit.hasChanges)))),
      modules.map(({ address, sha256 }) =>
        h(
          "div",
          { key: address },
          h("dt", {}, h("code", {}, nameOf(address))),
          h("dd", {}, sha256 === null ? noHash : [hash, " ", h("code", { class: "hash" }, sha256)]),
        ),
      ),
    ),
    h("p", {}, compare),
    listing(commands, command),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "button", on: { click: () => actions.copy(commands) } }, isCopied ? copied : copy),
    ),
  ];
}

function offline({ kept, isOnline }: Proof): Child[] {
  return [
    h("p", { class: "proof-kept" }, words(kept)),
    h("p", { role: "status", class: "proof-online" }, isOnline ? of.offline.isOnline : of.offline.isOffline),
    kept.state === "kept" && isOnline && h("p", {}, of.offline.how),
  ];
}

function words(kept: Kept): string {
  return kept.state === "kept" ? of.offline.kept(kept.files) : of.offline[kept.state];
}

/** In the edition in one file the address is that of a piece of memory, and the name is its fragment. */
function nameOf(address: string): string {
  return /[^/#]*$/.exec(address)?.[0] ?? address;
}

function time(at: number): string {
  return new Date(at).toLocaleTimeString(texts.language.code);
}
