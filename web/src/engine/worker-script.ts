import type * as Glue from "../../generated/engine/engine.js";
import type { FromWorker, ToWorker } from "./protocol.ts";

interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

/**
 * The whole script of the worker. Its source text is what runs, so it may use nothing from outside of itself.
 *
 * A classic worker made from a blob is bound by the page's own security policy; it cannot have static imports, and it
 * loads the engine by the absolute address that the first message brings.
 */
function worker(scope: Scope): void {
  let engine: typeof Glue | undefined;

  const start = async (script: string, module: WebAssembly.Module): Promise<FromWorker> => {
    const glue: typeof Glue = await import(script);
    await glue.default({ module_or_path: module });
    engine = glue;
    return { kind: "ready", facts: { version: glue.version(), tokenKinds: glue.tokenKinds() } };
  };

  scope.onmessage = ({ data }) => {
    if (data.kind === "start") {
      start(data.script, data.module).then(
        (ready) => scope.postMessage(ready),
        (error) => scope.postMessage({ kind: "broken", reason: String(error) }),
      );
      return;
    }
    const { id, method, asked } = data;
    try {
      if (engine === undefined) throw new Error("not started");
      scope.postMessage({ kind: "answer", id, answer: (engine[method] as (...asked: unknown[]) => unknown)(...asked) });
    } catch (error) {
      scope.postMessage({ kind: "crash", id, reason: String(error) });
    }
  };
}

export const workerScript = `(${worker})(self)`;
