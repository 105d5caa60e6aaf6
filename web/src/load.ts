import type { Fetched, Store } from "./state.ts";
import { loadRules, loadShellRules } from "./rules.ts";
import { loadAdvice } from "./advice.ts";
import { loadPatterns } from "./patterns.ts";

const LOADERS = { rules: loadRules, shellRules: loadShellRules, patterns: loadPatterns, advice: loadAdvice };

/** Fetches what is in the store neither now nor soon. */
export async function load(store: Store, what: keyof Fetched): Promise<void> {
  const loaded = store.state[what];
  if (loaded !== null && loaded !== "failed") return;
  store.set({ [what]: "loading" });
  store.set({ [what]: await LOADERS[what]().catch(() => "failed" as const) });
}
