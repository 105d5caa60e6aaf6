// The stage that is to be built, by its name.

import type { Report } from "./engine.ts";

/** Whether no stage has this name: then the last one is judged, and BuildKit would refuse to build. Case counts for nothing, and a snippet has no stages yet. */
export function lacksStage({ stages, fragment }: Pick<Report, "stages" | "fragment">, target: string | null): target is string {
  if (target === null || fragment) return false;
  return !stages.some(({ name }) => name?.toLowerCase() === target.toLowerCase());
}
