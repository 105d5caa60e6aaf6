import { engineScript, engineSecond, engineWasm } from "../../generated/assets.ts";
import { compile } from "./compile.ts";
import { PATIENCE } from "./within.ts";
import { startHere } from "./main-thread.ts";
import { type ComingUp, startInWorker } from "./worker.ts";

/** An engine that comes up. */
export interface Starting extends ComingUp {
  /** What the instance does not have yet: without it there is a first score and nothing else. */
  readonly second: Promise<WebAssembly.Module>;
}

/** What was fetched once. What could not be had is asked for again by the next who needs it. */
let first: Promise<WebAssembly.Module> | undefined;
let second: Promise<WebAssembly.Module> | undefined;
let ahead: Starting | undefined;

/** Starts an engine for the first who wants one. */
export function startAhead(): void {
  ahead = start();
}

/** Until the engine that was started ahead no longer needs this thread to come up; but what is still on its way is not waited for. */
export async function underWay(): Promise<void> {
  const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  await Promise.race([ahead?.alive, after(150)]);
  await Promise.race([first?.catch(() => {}), after(50)]);
}

/** The engine that was started ahead, or another. */
export function starting(): Starting {
  const taken = ahead ?? start();
  ahead = undefined;
  return taken;
}

function start(): Starting {
  first ??= compile(engineWasm).catch((error: unknown) => {
    first = undefined;
    throw error;
  });
  // The score does not wait for it, and should come before it where the way is narrow.
  second ??= compile(engineSecond, { priority: "low" }).catch((error: unknown) => {
    second = undefined;
    throw error;
  });
  const starting = { ...comingUp(first), second };
  // Who waits for them is told.
  starting.instance.catch(() => {});
  starting.second.catch(() => {});
  return starting;
}

function comingUp(module: Promise<WebAssembly.Module>): ComingUp {
  const here = async () => startHere({ script: engineScript, module: await module });
  try {
    const { instance, ...worker } = startInWorker(engineScript, module, PATIENCE);
    return { ...worker, instance: instance.catch(here) };
  } catch {
    const instance = here();
    return { instance, call: async (...asked) => (await instance).call(...asked), alive: Promise.resolve() };
  }
}
