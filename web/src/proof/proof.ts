import type { Loaded, Module, Refusal } from "./witness.ts";
import type { Kept } from "../offline/offline.ts";

/** All that the page can show of what it does. */
export interface Proof {
  readonly loaded: readonly Loaded[];
  readonly refused: readonly Refusal[];
  readonly modules: readonly Module[];
  readonly settledAt: number | null;
  /** The policy that the document brings, as it stands there. */
  readonly policy: string | null;
  /** What came of trying to send something to another site: the directive that stopped it, or that nothing did; `null` before. */
  readonly attempt: Attempt | null;
  readonly kept: Kept;
  readonly isOnline: boolean;
  readonly isCopied: boolean;
  /** The site that the page is of; `null` in words where it is a file. */
  readonly origin: string;
}

export type Attempt = { readonly stoppedBy: string } | "not stopped";

/** Requests that went over the network after all had arrived: there should be none. */
export function since({ loaded, settledAt }: Pick<Proof, "loaded" | "settledAt">): readonly Loaded[] {
  return settledAt === null ? [] : loaded.filter(({ at, isFromDevice }) => at > settledAt && !isFromDevice);
}

/** Requests to other sites than the page's own. */
export function toOthers({ loaded, origin }: Pick<Proof, "loaded" | "origin">): readonly Loaded[] {
  return loaded.filter(({ address }) => new URL(address).origin !== origin);
}

/** The directives of a policy: the name of each, and what it admits. */
export function directives(policy: string): { readonly name: string; readonly admits: string }[] {
  const parts = policy.split(";").map((part) => part.trim().split(/\s+/));
  return parts.filter(([name]) => name !== "").map(([name = "", ...admits]) => ({ name, admits: admits.join(" ") }));
}

/** How one builds the same program. */
export function recipe(repository: string | null, commit: string | null): string {
  const checkout = repository === null ? [] : [`git clone ${repository} layerwise`, "cd layerwise"];
  const version = commit === null ? [] : [`git checkout ${commit}`];
  return [...checkout, ...version, "cargo xtask build", "sha256sum web/dist/assets/*.wasm"].join("\n");
}

/** Ends in `.invalid`, which is nobody's name and never will be (RFC 2606): were it not stopped, it would reach nobody. */
const ELSEWHERE = "https://somewhere-else.invalid/";

/** Tries to send something to another site, and tells what stopped it. */
export async function attempt(): Promise<Attempt> {
  return new Promise((resolve) => {
    const told = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
      if (blockedURI.startsWith(ELSEWHERE.slice(0, -1))) finish({ stoppedBy: effectiveDirective });
    };
    const finish = (outcome: Attempt) => {
      document.removeEventListener("securitypolicyviolation", told);
      resolve(outcome);
    };
    document.addEventListener("securitypolicyviolation", told);
    const sent = fetch(ELSEWHERE, { method: "POST", mode: "no-cors", body: "a Dockerfile" });
    // The event comes in a task of its own, which may be after that of the failure.
    sent.catch(() => {}).finally(() => setTimeout(() => finish("not stopped"), 1000));
  });
}
