import { site } from "../site.ts";

/** The page about a rule of ours, or a code of another tool, in this site. */
export function pageOf(name: string): string {
  return `${site}rules/${slug(name)}/`;
}

/** A code as a part of an address, as `crate/xtask/src/pages/codes.rs` has it. */
export function slug(code: string): string {
  const lower = code.includes(" ") ? code.toLowerCase() : code;
  return lower.split(/[^A-Za-z0-9._/-]+/).filter((part) => part !== "").join("-");
}
