import { facts } from "../generated/facts.ts";

/** What a build says of itself. */
export interface Facts {
  readonly version: string;
  /** What it was built from; nothing outside of git. */
  readonly commit: { readonly name: string; readonly hasChanges: boolean } | null;
  /** The same in words, as the command line has it. */
  readonly builtFrom: string;
  /** The day of the data about base images, as `YYYY-MM-DD`. */
  readonly dataAsOf: string;
  /** The address of the project, if it has one. */
  readonly repository: string | null;
  /** Where the site will be found, if that was said when it was built. */
  readonly address: string | null;
}

export const { version, commit, dataAsOf, repository } = facts;
