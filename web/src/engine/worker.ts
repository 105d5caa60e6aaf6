import { startWorker } from "../trusted.ts";
import {
  type Answer,
  type Answers,
  type Asked,
  Crash,
  type FromWorker,
  type Instance,
  type Method,
  type Source,
  type ToWorker,
} from "./protocol.ts";
import { witness } from "../proof/witness.ts";
import { workerScript } from "./worker-script.ts";

interface Call {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** An instance that comes up in a worker. */
export interface ComingUp {
  /** Rejects where the worker never says a word, or has no engine in the end. */
  readonly instance: Promise<Instance>;
  /** Asks already. It is answered as soon as the engine is there. */
  readonly call: Instance["call"];
  /** Until the worker runs. */
  readonly alive: Promise<void>;
}

/** Starts an instance in a worker of its own, which comes up while its module is still on the way. Throws where the host allows none. */
export function startInWorker(script: string, module: Promise<WebAssembly.Module>, patience: number): ComingUp {
  const worker = startWorker(workerScript);
  const calls = new Map<number, Call>();
  let last = 0;
  let isClosed = false;
  const send = (message: ToWorker) => worker.postMessage(message);

  const close = () => {
    isClosed = true;
    worker.terminate();
    const [first, ...others] = calls.values();
    calls.clear();
    first?.reject(new Crash("closed"));
    // They were only waiting behind it, and can go elsewhere once who has asked that has heard of it.
    setTimeout(() => others.forEach(({ reject }) => reject(new Crash("closed"))));
  };

  let lives = () => {};
  const alive = new Promise<void>((resolve) => (lives = resolve));
  const instance = new Promise<Instance>((resolve, reject) => {
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const fail = (reason: string) => {
      clearTimeout(watchdog);
      reject(new Crash(reason));
      close();
    };
    worker.onerror = (event) => fail(event.message);
    worker.onmessageerror = () => fail("unreadable message");
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "ready") {
        clearTimeout(watchdog);
        resolve({ facts: data.facts, addSecond, addShell, addBuild, call, close });
      } else if (data.kind === "alive") {
        lives();
      } else if (data.kind === "broken") {
        fail(data.reason);
      } else if (data.kind === "requested") {
        witness.sawRequests("checker", data.requested);
      } else if (data.kind === "refused") {
        witness.sawRefusal("checker", data.directive, data.address);
      } else {
        take(data);
      }
    };
    const begin = (module: WebAssembly.Module) => {
      watchdog = setTimeout(() => fail("no answer"), patience);
      send({ kind: "start", source: { script, module } });
    };
    send({ kind: "prepare", script });
    module.then(begin, (error: unknown) => fail(String(error)));
  });
  return { instance, call, alive };

  function addSecond(module: WebAssembly.Module): Promise<void> {
    return awaited((id) => send({ kind: "second", id, module }));
  }

  function addShell(source: Source): Promise<void> {
    return awaited((id) => send({ kind: "shell", id, source }));
  }

  function addBuild(source: Source): Promise<void> {
    return awaited((id) => send({ kind: "build", id, source }));
  }

  function call<M extends Method>(method: M, asked: Asked[M]): Promise<Answer<Answers[M]>> {
    return awaited((id) => send({ kind: "call", id, method, asked }));
  }

  function awaited<Value>(begin: (id: number) => void): Promise<Value> {
    if (isClosed) return Promise.reject(new Crash("closed"));
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      calls.set(id, { resolve, reject });
      begin(id);
    });
  }

  function take(message: Extract<FromWorker, { id: number }>): void {
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.kind === "crash") call?.reject(new Crash(message.reason));
    else call?.resolve(message.answer as never);
  }
}
