// The one door to the engine. Nothing else knows that there is a WebAssembly module, or a worker.

import { buildScript, buildWasm, shellScript, shellWasm } from "../generated/assets.ts";
import type { Change } from "../generated/build/build.js";
import { PATIENCE, within } from "./engine/within.ts";
import { compile } from "./engine/compile.ts";
import {
  type Answer,
  type Answers,
  type Asked,
  type BuildMethod,
  Crash,
  type Facts,
  type Instance,
  type Method,
  type Request,
} from "./engine/protocol.ts";
import { type Starting, starting } from "./engine/starting.ts";
import { texts } from "./texts.ts";

export type {
  Advised,
  Change,
  Counsel,
  Explanation,
  Listing,
  Origin,
  Outcome,
  Plan,
  PlannedStage,
  PlannedStep,
  Program,
  Ships,
  Simulation,
} from "../generated/build/build.js";
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
import type { Range } from "../generated/engine/engine.js";
export type { Facts, Request } from "./engine/protocol.ts";

/** Which fixes. */
export interface Which {
  readonly withReview?: boolean;
  readonly only?: readonly string[];
  readonly except?: Iterable<string>;
}

/** Something went wrong; the message is a sentence for people. */
export class Trouble extends Error {}

/** The build module is not there, or was stopped because it did not come to an end. Everything else works without it. */
export class NoBuild extends Trouble {
  readonly isStopped: boolean;

  /** The `cause` is what has failed in an instance. */
  constructor(isStopped: boolean, options?: ErrorOptions) {
    super(isStopped ? texts.errors.buildStopped : texts.errors.noBuild, options);
    this.isStopped = isStopped;
  }
}

const OF_BUILD: Readonly<Record<BuildMethod, true>> = { plan: true, simulate: true, explainAt: true, advice: true };

export class Engine {
  /** What has, or will have, the first half of the module, while the second is on its way. */
  #starting: Starting | undefined;
  #instance: Promise<Instance> | undefined;
  /** The shell module, once it has arrived, and until it has brought an instance down. */
  #shell: WebAssembly.Module | undefined;
  /** Its arrival, while it is under way. */
  #adding: Promise<void> | undefined;
  /** The build module, once somebody has asked for it. A failure stays until it is asked for anew. */
  #build: Promise<WebAssembly.Module> | undefined;
  /** Its way to each instance. */
  #built = new WeakMap<Instance, Promise<void>>();
  #closed = false;

  /** Has the engine fetched and compiled while other things are done. What fails is told by the first call. */
  begin(): void {
    this.#start().catch(() => {});
  }

  /** Starts the engine, if it has not been started, and tells what it is. */
  async facts(): Promise<Facts> {
    return (await this.#start()).facts;
  }

  /** Fetches the shell module and puts it beside the engine: from then on its findings are among the others. All who ask share it. */
  async addShell(): Promise<void> {
    if (this.#shell !== undefined) return;
    this.#adding ??= this.#addShell().finally(() => (this.#adding = undefined));
    await this.#adding;
  }

  async #addShell(): Promise<void> {
    const module = await compile(shellWasm);
    await this.#onInstance(
      (instance) => within(PATIENCE, instance.addShell({ script: shellScript, module })),
      (error) => Promise.reject(error),
    );
    this.#shell = module;
  }

  /** Fetches the build module, which answers all that is asked about the build, and puts it beside the engine. */
  async addBuild(isAnew = false): Promise<void> {
    if (isAnew) {
      this.#build = undefined;
      this.#built = new WeakMap();
    }
    await this.#onInstance((instance) => this.#withBuild(instance), (error) => this.#noBuild(error));
  }

  /**
   * The score that a check will give, where it can be told before all of the engine is there. Nothing afterwards, and where it depends on the rest.
   */
  async firstScore(request: Request): Promise<Answers["firstScore"]> {
    this.begin();
    const starting = this.#starting;
    try {
      return (await (starting && within(PATIENCE, starting.call("firstScore", [request]))))?.answer;
    } catch {
      void starting?.instance.then((instance) => instance.close()); // what waits for the second half here goes elsewhere
      return undefined;
    }
  }

  check(request: Request): Promise<Answer<Answers["check"]>> {
    return this.#call("check", [request]);
  }

  /** Applies the safe fixes, or those for review as well: of the rules in `only`, or of all; and none whose rule or message `except` has. */
  fixAll(request: Request, { withReview = false, only = [], except = [] }: Which = {}): Promise<Answers["fixAll"]> {
    return this.#ask("fixAll", [request, withReview, [...only], [...except]]);
  }

  /** The total of the score once nothing is left that some rules find. */
  outlook(request: Request, rules: readonly string[]): Promise<Answers["outlook"]> {
    return this.#ask("outlook", [request, [...rules]]);
  }

  plan(request: Request): Promise<Answers["plan"]> {
    return this.#ask("plan", [request]);
  }

  simulate(request: Request, change: Change): Promise<Answers["simulate"]> {
    return this.#ask("simulate", [request, change]);
  }

  /** Where a Dockerfile holds credentials, in order. */
  async secrets(request: Request): Promise<Range[]> {
    const places = await this.#ask("secrets", [request]);
    return Array.from({ length: places.length / 2 }, (_, nth) => ({ start: places[2 * nth] ?? 0, end: places[2 * nth + 1] ?? 0 }));
  }

  /** The change that silences a finding: the `index`th of the report. */
  silence(request: Request, index: number): Promise<Answers["silence"]> {
    return this.#ask("silence", [request, index, false]);
  }

  /** The change that takes back what silences a finding: the `index`th of those that are suppressed. */
  unsilence(request: Request, index: number): Promise<Answers["silence"]> {
    return this.#ask("silence", [request, index, true]);
  }

  advice(request: Request): Promise<Answers["advice"]> {
    return this.#ask("advice", [request]);
  }

  explainAt(request: Request, position: number): Promise<Answers["explainAt"]> {
    return this.#ask("explainAt", [request, position]);
  }

  close(): void {
    this.#closed = true;
    this.#instance?.then((instance) => instance.close(), () => {});
    this.#instance = undefined;
  }

  async #ask<M extends Method>(method: M, asked: Asked[M]): Promise<Answers[M]> {
    return (await this.#call(method, asked)).answer;
  }

  #call<M extends Method>(method: M, asked: Asked[M]): Promise<Answer<Answers[M]>> {
    const isOfBuild = method in OF_BUILD;
    return this.#onInstance(
      async (instance) => {
        if (isOfBuild) await this.#withBuild(instance);
        return within(PATIENCE, instance.call(method, asked));
      },
      async (error) => {
        if (error instanceof NoBuild) return this.#noBuild(error);
        if (isOfBuild) {
          const stopped = new NoBuild(true);
          this.#rest(stopped);
          throw stopped;
        }
        if (this.#shell !== undefined) {
          this.#shell = undefined; // perhaps it is the shell checks that hang or trap on this text
          return this.#call(method, asked);
        }
        throw new Trouble(error instanceof Crash ? texts.errors.twice : texts.errors.tooSlow(PATIENCE / 1000));
      },
    );
  }

  /** Asks an instance. Where that is brought down another one is asked, but not for ever: then `failed` says what comes of it. */
  async #onInstance<Value>(ask: (instance: Instance) => Promise<Value>, failed: (error: unknown) => Promise<Value>, retries = 1): Promise<Value> {
    const starting = this.#start();
    const instance = await starting;
    try {
      return await ask(instance);
    } catch (error) {
      if (this.#closed) throw error;
      // It was only waiting behind the question that brought the instance down, of which that was told first.
      if (this.#instance !== starting) return this.#onInstance(ask, failed, retries);
      const cause = error instanceof NoBuild ? error.cause : error;
      if (cause === undefined) return failed(error); // it did not come as far as the instance
      // A trap leaves an instance in no state to go on, and one that hangs would hold up all that it is asked: it is thrown away and made anew.
      instance.close();
      this.#instance = undefined;
      if (cause instanceof Crash && retries > 0) return this.#onInstance(ask, failed, retries - 1);
      const settled = failed(error);
      this.#start().catch(() => {}); // ready for the next question, which tells if this fails
      return settled;
    }
  }

  async #withBuild(instance: Instance): Promise<void> {
    const module = await (this.#build ??= compile(buildWasm).catch((error: unknown) => {
      console.warn(error);
      throw new NoBuild(false);
    }));
    const arrival = this.#built.get(instance) ?? within(PATIENCE, instance.addBuild({ script: buildScript, module }));
    this.#built.set(instance, arrival);
    await arrival.catch((cause: unknown) => {
      throw new NoBuild(false, { cause });
    });
  }

  /** Nobody waits for what did not come up a second time, until somebody asks for it anew. */
  async #noBuild(error: unknown): Promise<never> {
    if (error instanceof NoBuild && error.cause !== undefined) {
      console.warn(error.cause);
      this.#rest(new NoBuild(false));
    }
    throw error;
  }

  /** What the build module does not get through would be asked again at each press of a key: it rests until somebody asks for it anew. */
  #rest(why: NoBuild): void {
    this.#build = Promise.reject(why);
    this.#build.catch(() => {}); // who asks is told
  }

  #start(): Promise<Instance> {
    if (this.#closed) return Promise.reject(new Trouble(texts.errors.closed));
    this.#instance ??= this.#launch().catch((error: unknown) => {
      this.#instance = undefined;
      console.error(error);
      throw new Trouble(mayCompile() ? texts.errors.notLoaded : texts.errors.noWebAssembly);
    });
    return this.#instance;
  }

  async #launch(retries = 1): Promise<Instance> {
    const { instance: half, second } = (this.#starting = starting());
    const instance = await half;
    try {
      await within(PATIENCE, instance.addSecond(await second));
    } catch (error) {
      instance.close();
      if (error instanceof Crash && retries > 0) return this.#launch(retries - 1);
      throw error;
    } finally {
      this.#starting = undefined;
    }
    if (this.#shell === undefined) return instance;
    try {
      await within(PATIENCE, instance.addShell({ script: shellScript, module: this.#shell }));
      return instance;
    } catch {
      this.#shell = undefined;
      instance.close(); // it may have gone with what did not come up, or hang
      return this.#launch();
    }
  }
}

/** Whether the browser and the policy of the page let modules be compiled at all: this is the smallest. */
function mayCompile(): boolean {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    return true;
  } catch {
    return false;
  }
}
