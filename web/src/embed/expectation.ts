// What the author of a snippet says of it, so that it does not rot unseen: `clean`, `no: a, b` or `raises: a, b`, several joined with `;`.
// A name is a rule's id, a case of it (`rule/case`), or a code that another tool has for it. `layerwise check --markdown` reads the same.

import type { Finding, Report } from "../engine.ts";

export type Claim = { readonly kind: "clean" } | { readonly kind: "no" | "raises"; readonly names: readonly string[] };

export interface Expectation {
  readonly claims: readonly Claim[];
  /** Parts that are none of the three forms; an empty one where nothing is said. */
  readonly unreadable: readonly string[];
}

/** Why an expectation does not hold. */
export type Broken =
  | { readonly kind: "unreadable"; readonly part: string }
  | { readonly kind: "unknown"; readonly name: string }
  | { readonly kind: "unclean"; readonly findings: number }
  | { readonly kind: "raised"; readonly name: string; readonly line: number }
  | { readonly kind: "missing"; readonly name: string }
  /** Nobody could look for it. */
  | { readonly kind: "unchecked"; readonly name: string }
  /** It has no `FROM`, and its author says that it is a whole file. */
  | { readonly kind: "fragment" }
  /** The stage that its author names as the one to build is not there. */
  | { readonly kind: "stage"; readonly name: string };

const SHELL_CODE = /^SC\d/;
const CLAIM = /^(no|raises)\s*:(.*)$/s;

export function readExpectation(text: string): Expectation {
  const claims: Claim[] = [];
  const unreadable: string[] = [];
  const parts = listOf(text, ";");
  for (const part of parts.length === 0 ? [""] : parts) {
    const [, kind, list = ""] = CLAIM.exec(part) ?? [];
    const names = listOf(list, ",");
    if (part === "clean") claims.push({ kind: "clean" });
    else if ((kind === "no" || kind === "raises") && names.length > 0) claims.push({ kind, names });
    else unreadable.push(part);
  }
  return { claims, unreadable };
}

function listOf(text: string, separator: string): readonly string[] {
  return text.split(separator).map((part) => part.trim()).filter((part) => part !== "");
}

/** Every name in an expectation. */
export function namesIn({ claims }: Expectation): readonly string[] {
  return claims.flatMap((claim) => (claim.kind === "clean" ? [] : claim.names));
}

/**
 * What does not hold, in the order in which it was said. `isKnown` tells whether a name that nothing was found under is one at all, and `hasShell`
 * whether the shell checks, which codes of ShellCheck's are found by, had their say.
 */
export function broken(
  { claims, unreadable }: Expectation,
  { findings, problems }: Pick<Report, "findings" | "problems">,
  isKnown: (name: string) => boolean,
  hasShell: boolean,
): readonly Broken[] {
  const found: Broken[] = unreadable.map((part) => ({ kind: "unreadable", part }));
  for (const claim of claims) {
    if (claim.kind === "clean") {
      const count = Math.max(findings.length, problems.length);
      if (count > 0) found.push({ kind: "unclean", findings: count });
      continue;
    }
    for (const name of claim.names) {
      const first = findings.find((finding) => isNamed(finding, name));
      if (first === undefined && !isKnown(name)) found.push({ kind: "unknown", name });
      else if (first === undefined && !hasShell && SHELL_CODE.test(name)) found.push({ kind: "unchecked", name });
      else if (first === undefined && claim.kind === "raises") found.push({ kind: "missing", name });
      else if (first !== undefined && claim.kind === "no") found.push({ kind: "raised", name, line: first.line });
    }
  }
  return found;
}

/** Whether a finding goes by a name. */
export function isNamed({ rule, case: part, codes }: Finding, name: string): boolean {
  return name === rule || (part !== "" && name === `${rule}/${part}`) || codes.includes(name);
}
