// The one door to the engine. Nothing else knows that there is a WebAssembly module, or a worker.

import { engineScript, engineWasm, shellScript, shellWasm } from "../generated/assets.ts";
import { startHere } from "./engine/main-thread.ts";
import {
  type Answer,
  type Answers,
  Crash,
  type Facts,
  type Instance,
  type Method,
  type Request,
} from "./engine/protocol.ts";
import { startInWorker } from "./engine/worker.ts";

export type {
  AppliedFix,
  Edit,
  Finding,
  Fix,
  FixRun,
  Known,
  LeftFix,
  Problem,
  Range,
  Release,
  Report,
  Score,
  Severity,
  Stage,
} from "../generated/engine/engine.js";
export type { Answer, Facts, Request } from "./engine/protocol.ts";

/** Something went wrong; the message is a sentence for people. */
export class Trouble extends Error {}

/** How long an answer may take before the instance is thought to hang. */
const PATIENCE = 10_000;

const TOO_LONG = "The check took longer than 10 seconds and was stopped. Your text is unchanged.";
const TWICE = "The checker stopped twice on this text and was started again. Your text is unchanged.";
const CLOSED = "The checker has been closed.";
const NOT_LOADED = "The checker could not be loaded. Your text is unchanged.";

export class Engine {
  #module: Promise<WebAssembly.Module> | undefined;
  #instance: Promise<Instance> | undefined;
  /** The shell module, once it has arrived, and until it has brought an instance down. */
  #shell: WebAssembly.Module | undefined;
  #closed = false;

  /** Starts the engine, if it has not been started, and tells what it is. */
  async facts(): Promise<Facts> {
    return (await this.#start()).facts;
  }

  /** Fetches the shell module and puts it beside the engine: from then on its findings are among the others. */
  async addShell(): Promise<void> {
    const module = await compile(shellWasm);
    const instance = await this.#start();
    await within(PATIENCE, instance.addShell({ script: shellScript, module }));
    this.#shell = module;
  }

  check(request: Request): Promise<Answer<Answers["check"]>> {
    return this.#call("check", request, 1);
  }

  fixAll(request: Request): Promise<Answer<Answers["fixAll"]>> {
    return this.#call("fixAll", request, 1);
  }

  close(): void {
    this.#closed = true;
    this.#instance?.then((instance) => instance.close(), () => {});
    this.#instance = undefined;
  }

  async #call<M extends Method>(method: M, request: Request, retries: number): Promise<Answer<Answers[M]>> {
    const starting = this.#start();
    const instance = await starting;
    try {
      return await within(PATIENCE, instance.call(method, request));
    } catch (error) {
      if (this.#closed) throw error;
      // A trap leaves an instance in no state to go on, so it is thrown away and made anew.
      instance.close();
      if (this.#instance === starting) this.#instance = undefined;
      if (error instanceof Crash && retries > 0) return this.#call(method, request, retries - 1);
      if (this.#shell !== undefined) {
        this.#shell = undefined; // perhaps it is the shell checks that hang or trap on this text
        return this.#call(method, request, 1);
      }
      this.#start().catch(() => {}); // ready for the next call, which tells if this fails
      throw new Trouble(error instanceof Crash ? TWICE : TOO_LONG);
    }
  }

  #start(): Promise<Instance> {
    if (this.#closed) return Promise.reject(new Trouble(CLOSED));
    this.#instance ??= this.#launch().catch((error: unknown) => {
      this.#instance = undefined;
      console.error(error);
      throw new Trouble(NOT_LOADED);
    });
    return this.#instance;
  }

  async #launch(): Promise<Instance> {
    this.#module ??= compile(engineWasm).catch((error: unknown) => {
      this.#module = undefined;
      throw error;
    });
    const source = { script: engineScript, module: await this.#module };
    const instance = await startInWorker(source, PATIENCE).catch(() => startHere(source));
    const shell = this.#shell;
    if (shell !== undefined) {
      await within(PATIENCE, instance.addShell({ script: shellScript, module: shell })).catch(() => {
        this.#shell = undefined;
      });
    }
    return instance;
  }
}

/** A compiled module is kept, so that a new instance needs no request. */
async function compile(address: string): Promise<WebAssembly.Module> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const isLabelled = response.headers.get("content-type") === "application/wasm";
  return isLabelled ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

async function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watchdog = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), milliseconds);
  });
  try {
    return await Promise.race([answer, watchdog]);
  } finally {
    clearTimeout(timer);
  }
}
