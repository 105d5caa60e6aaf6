import type * as Glue from "../../generated/engine/engine.js";
import { Crash, type Instance } from "./protocol.ts";

let starts = 0;

/** Starts an instance beside the page's own scripts, where the host allows no worker. */
export async function startHere(script: string, module: WebAssembly.Module): Promise<Instance> {
  // A module is evaluated once for each address; the fragment makes a new one, and so a new instance after a crash.
  starts += 1;
  const glue: typeof Glue = await import(`${script}#${starts}`);
  await glue.default({ module_or_path: module });
  return {
    facts: { version: glue.version(), tokenKinds: glue.tokenKinds() },
    async call(method, asked) {
      // Lets what was typed reach the screen first.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        return (glue[method] as (...asked: unknown[]) => never)(...asked);
      } catch (error) {
        throw new Crash(String(error));
      }
    },
    close() {},
  };
}
