import type * as BuildGlue from "../../generated/build/build.js";
import type * as EngineGlue from "../../generated/engine/engine.js";
import type * as ShellGlue from "../../generated/shell/shell.js";
import type { Answer, Asked, BuildMethod, EngineMethod, Facts, Method, Source } from "./protocol.ts";

/**
 * The engine and, once they have arrived, the modules beside it for scripts and for the build, in a worker or in the page.
 *
 * The source text of this function is what a worker runs, so it may use nothing from outside of itself.
 */
export function modules(addressOf: (script: string) => string) {
  let engine: typeof EngineGlue | undefined;
  let first: WebAssembly.ModuleImports = {};
  let shell: typeof ShellGlue | undefined;
  let shellSource: Source | undefined;
  let build: typeof BuildGlue | undefined;

  const load = async (source: Source) => {
    const glue = await import(addressOf(source.script));
    await glue.default({ module_or_path: source.module });
    return glue;
  };

  const addShell = async (source: Source): Promise<void> => {
    shellSource = source;
    shell = await load(source);
  };

  /** Nothing where the function is one of the engine module. */
  const ofBuild = (method: Method, asked: Asked[Method]): Answer | undefined => {
    if (engine === undefined || method in engine) return undefined;
    if (build === undefined) throw new Error("not started");
    const call = build[method as BuildMethod] as (...asked: unknown[]) => unknown;
    // Advice depends on what rules find, and the build module has no rules.
    const found = method === "advice" ? [engine.check(...(asked as Asked["advice"])).findings] : [];
    return { answer: call(...asked, ...found), hasShell: false };
  };

  return {
    addShell,
    async addBuild(source: Source): Promise<void> {
      build = await load(source);
    },
    /** The second half works in the memory of the first, and takes its functions from there. */
    async addSecond(module: WebAssembly.Module): Promise<void> {
      await WebAssembly.instantiate(module, { first });
    },
    async start({ script, module }: Source): Promise<Facts> {
      const glue: typeof EngineGlue = await import(addressOf(script));
      first = { ...(await glue.default({ module_or_path: module })) };
      engine = glue;
      return { version: glue.version(), tokenKinds: glue.tokenKinds() };
    },
    call<M extends Method>(method: M, asked: Asked[M]): Answer {
      if (engine === undefined) throw new Error("not started");
      const built = ofBuild(method, asked);
      if (built !== undefined) return built;
      const call = engine[method as EngineMethod] as (...asked: unknown[]) => unknown;
      const checks = shell;
      if (checks === undefined) return { answer: call(...asked), hasShell: false };
      let hasFallen = false;
      const linter: EngineGlue.ShellLinter = {
        lint(text, dialect, stopsAtErrors, known) {
          if (hasFallen) return [];
          try {
            return checks.lint(text, dialect, stopsAtErrors, known) as ReturnType<EngineGlue.ShellLinter["lint"]>;
          } catch {
            hasFallen = true;
            return [];
          }
        },
      };
      // Those that look at no script let the last argument be.
      const answer = call(...asked, linter);
      if (!hasFallen) return { answer, hasShell: true };
      // A trap leaves the module in no state to go on. The file is checked without it, and the next one with a new instance.
      shell = undefined;
      if (shellSource !== undefined) addShell(shellSource).catch(() => {});
      return { answer: call(...asked), hasShell: false };
    },
  };
}
