// The engine as a package: what `package.mjs` makes of this file runs in Node, and in a page by way of a bundler.

import startEngine, * as engine from "../../generated/engine/engine.js";
import startShell, * as shell from "../../generated/shell/shell.js";
import type { CheckRequest, FixRun, Report, ShellLinter } from "../../generated/engine/engine.js";
import { edited } from "../edited.ts";
import { today } from "../today.ts";
import { engineModule, shellModule } from "#modules";

export type {
  AppliedFix,
  Applicability,
  Cap,
  CategoryScore,
  Edit,
  Finding,
  Fix,
  FixRun,
  ImageFacts,
  Known,
  LeftFix,
  Problem,
  Range,
  Release,
  Report,
  Score,
  Severity,
  Smaller,
  Stage,
} from "../../generated/engine/engine.js";

/** What a check may be told beside the Dockerfile. `today` is this day unless it is given. */
export interface Options extends Omit<CheckRequest, "text"> {
  /** Whether scripts are checked too, by the codes of ShellCheck. They are, unless this is `false`: then that module, which is the larger, is not loaded. */
  readonly shell?: boolean;
}

/** Which fixes are applied. */
export interface FixOptions extends Options {
  /** Those that want review too. */
  readonly review?: boolean;
  /** Those of these rules alone. */
  readonly only?: readonly string[];
  /** None of these rules. */
  readonly except?: readonly string[];
}

/** What came of fixes. */
export interface Fixed extends FixRun {
  /** The Dockerfile as it is then. */
  readonly dockerfile: string;
}

/** A WebAssembly module: its bytes, where it is, an answer that brings it, or the compiled module. */
export type Source = BufferSource | URL | string | Response | WebAssembly.Module | Promise<BufferSource | URL | string | Response | WebAssembly.Module>;

export interface Sources {
  readonly engine?: Source;
  readonly shell?: Source;
}

let given: Sources = {};
let engineStart: Promise<unknown> | undefined;
let shellStart: Promise<unknown> | undefined;
let hasFallen = false;

/**
 * Says where the modules are, for bundlers that leave them behind. Without it each is found beside this file. It must come before the first check;
 * later it changes nothing.
 */
export function use(sources: Sources): void {
  given = sources;
}

/** Checks a Dockerfile. All positions count UTF-16 units, as JavaScript does; lines count from 1. */
export async function check(dockerfile: string, options: Options = {}): Promise<Report> {
  const linter = await start(options);
  return engine.check(request(dockerfile, options), linter);
}

/** Applies every safe fix until none is left. */
export async function fixAll(dockerfile: string, options: FixOptions = {}): Promise<Fixed> {
  const linter = await start(options);
  const { review = false, only = [], except = [] } = options;
  const run = engine.fixAll(request(dockerfile, options), review, [...only], [...except], linter);
  return { ...run, dockerfile: run.rounds.reduce(edited, dockerfile) };
}

/** The version of the engine, which is that of the package. */
export async function version(): Promise<string> {
  await start({ shell: false });
  return engine.version();
}

function request(text: string, options: FixOptions): CheckRequest {
  // An option that the engine does not know is refused by it, and these are ours.
  const { shell: _, review: __, only: ___, except: ____, ...rest } = options;
  return { today: today(), ...rest, text };
}

async function start({ shell: isAsked = true }: Options): Promise<ShellLinter | undefined> {
  // What could not be fetched may be asked for again.
  engineStart ??= startEngine({ module_or_path: given.engine ?? engineModule() }).catch((error: unknown) => {
    engineStart = undefined;
    throw error;
  });
  if (isAsked) {
    shellStart ??= startShell({ module_or_path: given.shell ?? shellModule() }).catch((error: unknown) => {
      shellStart = undefined;
      throw error;
    });
  }
  await Promise.all([engineStart, isAsked && shellStart]);
  return isAsked ? linter : undefined;
}

const linter: ShellLinter = {
  lint(...script) {
    // After a trap the module is in no state to go on. The report lists each script that was not looked at, as `unreadScripts`.
    if (hasFallen) return null;
    try {
      return shell.lint(...script) as ReturnType<ShellLinter["lint"]>;
    } catch {
      hasFallen = true;
      return null;
    }
  },
};
