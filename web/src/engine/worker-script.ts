import type { FromWorker, ToWorker } from "./protocol.ts";
import { modules } from "./modules.ts";

interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

/**
 * The whole script of the worker, but for `modules`, which it is given. Its source text is what runs, so it may use nothing from outside of
 * itself.
 *
 * A classic worker made from a blob is bound by the page's own security policy; it cannot have static imports, and it
 * loads the modules by the absolute addresses that messages bring.
 */
function worker(scope: Scope, load: typeof modules): void {
  // After a trap a module is loaded anew; the fragment makes a new instance of its script.
  let starts = 0;
  const here = load((script) => `${script}${starts++ === 0 ? "" : `#${starts}`}`);

  scope.onmessage = ({ data }) => {
    if (data.kind === "start") {
      here.start(data.source).then(
        (facts) => scope.postMessage({ kind: "ready", facts }),
        (error) => scope.postMessage({ kind: "broken", reason: String(error) }),
      );
      return;
    }
    const { id } = data;
    const fail = (error: unknown) => scope.postMessage({ kind: "crash", id, reason: String(error) });
    if (data.kind === "shell") {
      here.addShell(data.source).then(() => scope.postMessage({ kind: "answer", id, answer: null }), fail);
      return;
    }
    try {
      scope.postMessage({ kind: "answer", id, answer: here.call(data.method, data.asked) });
    } catch (error) {
      fail(error);
    }
  };
}

export const workerScript = `(${worker})(self, ${modules})`;
