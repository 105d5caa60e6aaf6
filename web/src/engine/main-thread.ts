import { Crash, type Instance, type Source } from "./protocol.ts";
import { modules } from "./modules.ts";

let starts = 0;

/** Starts an instance beside the page's own scripts, where the host allows no worker. */
export async function startHere(source: Source): Promise<Instance> {
  // A module is evaluated once for each address; the fragment makes a new one, and so a new instance after a crash.
  const here = modules((script) => `${script}#${(starts += 1)}`);
  return {
    facts: await here.start(source),
    addSecond: (module) => here.addSecond(module),
    addShell: (shell) => here.addShell(shell),
    addBuild: (build) => here.addBuild(build),
    async call(method, asked) {
      // Lets what was typed reach the screen first.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        return here.call(method, asked) as never;
      } catch (error) {
        throw new Crash(String(error));
      }
    },
    close() {},
  };
}
