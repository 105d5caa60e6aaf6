import type { FromWorker, ToWorker } from "./protocol.ts";
import { modules } from "./modules.ts";
import { requestedOf } from "../offline/messages.ts";

interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
  addEventListener(type: "securitypolicyviolation", listener: (event: SecurityPolicyViolationEvent) => void): void;
}

/**
 * The whole script of the worker, but for what it is given. Its source text is what runs, so it may use nothing from outside of
 * itself.
 *
 * A classic worker made from a blob is bound by the page's own security policy; it cannot have static imports, and it
 * loads the modules by the absolute addresses that messages bring.
 */
function worker(scope: Scope, load: typeof modules, recorded: typeof requestedOf): void {
  const observer = new PerformanceObserver((list) => {
    const requested = list.getEntries().map((entry) => recorded(entry as PerformanceResourceTiming));
    scope.postMessage({ kind: "requested", requested });
  });
  observer.observe({ type: "resource", buffered: true });
  scope.addEventListener("securitypolicyviolation", ({ effectiveDirective: directive, blockedURI: address }) => {
    scope.postMessage({ kind: "refused", directive, address });
  });

  // After a trap a module is loaded anew; the fragment makes a new instance of its script.
  let starts = 0;
  const here = load((script) => `${script}${starts++ === 0 ? "" : `#${starts}`}`);

  const added = (data: Extract<ToWorker, { id: number; kind: "second" | "shell" | "build" }>) => {
    if (data.kind === "second") return here.addSecond(data.module);
    return data.kind === "shell" ? here.addShell(data.source) : here.addBuild(data.source);
  };

  /** What was asked before the engine had come up. */
  let early: Extract<ToWorker, { id: number }>[] | undefined = [];

  const answer = (data: Extract<ToWorker, { id: number }>) => {
    const { id } = data;
    const fail = (error: unknown) => scope.postMessage({ kind: "crash", id, reason: String(error) });
    if (data.kind !== "call") {
      added(data).then(() => scope.postMessage({ kind: "answer", id, answer: null }), fail);
      return;
    }
    try {
      scope.postMessage({ kind: "answer", id, answer: here.call(data.method, data.asked) });
    } catch (error) {
      fail(error);
    }
  };

  scope.onmessage = ({ data }) => {
    if (data.kind === "prepare") {
      import(data.script).catch(() => {}); // who starts it is told
      scope.postMessage({ kind: "alive" });
      return;
    }
    if (data.kind !== "start") {
      if (early === undefined) answer(data);
      else early.push(data);
      return;
    }
    here.start(data.source).then(
      (facts) => {
        scope.postMessage({ kind: "ready", facts });
        const asked = early ?? [];
        early = undefined;
        asked.forEach(answer);
      },
      (error) => scope.postMessage({ kind: "broken", reason: String(error) }),
    );
  };
}

export const workerScript = `(${worker})(self, ${modules}, ${requestedOf})`;
