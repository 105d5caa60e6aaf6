// What the page and its worker say to each other.

import type * as BuildGlue from "../../generated/build/build.js";
import type * as Glue from "../../generated/engine/engine.js";
import type { Requested } from "../offline/messages.ts";

/** The functions of the engine module that take a request. */
export type EngineMethod = "firstScore" | "check" | "fixAll" | "secrets" | "silence" | "outlook";
/** Those of the build module, but for `advice`, which is asked what the check has found as well. */
type PlainBuildMethod = "plan" | "simulate" | "explainAt";
export type BuildMethod = PlainBuildMethod | "advice";
export type Method = EngineMethod | BuildMethod;
export type Request = Glue.CheckRequest;
/** What each is asked with, and what it answers. */
export type Asked = { readonly [M in EngineMethod]: Parameters<(typeof Glue)[M]> } & {
  readonly [M in PlainBuildMethod]: Parameters<(typeof BuildGlue)[M]>;
} & { readonly advice: [request: Request] };
export type Answers = { readonly [M in EngineMethod]: ReturnType<(typeof Glue)[M]> } & {
  readonly [M in BuildMethod]: ReturnType<(typeof BuildGlue)[M]>;
};

/** A module: the address of its script, and what it is compiled to. */
export interface Source {
  readonly script: string;
  readonly module: WebAssembly.Module;
}

/** What a call gives. */
export interface Answer<Value = unknown> {
  readonly answer: Value;
  /** Whether the shell module has had its say. */
  readonly hasShell: boolean;
}

/** What an instance tells of itself when it has started. */
export interface Facts {
  readonly version: string;
  /** Names of the kinds of token, in the order in which a report counts them. */
  readonly tokenKinds: readonly string[];
}

export type ToWorker =
  /** The script of the engine will be needed. */
  | { readonly kind: "prepare"; readonly script: string }
  | { readonly kind: "start"; readonly source: Source }
  | { readonly kind: "second"; readonly id: number; readonly module: WebAssembly.Module }
  | { readonly kind: "shell" | "build"; readonly id: number; readonly source: Source }
  | { readonly kind: "call"; readonly id: number; readonly method: Method; readonly asked: Asked[Method] };

export type FromWorker =
  /** It has heard what it was told first. */
  | { readonly kind: "alive" }
  /** What the worker asked the network for is not among the page's own records. */
  | { readonly kind: "requested"; readonly requested: readonly Requested[] }
  | { readonly kind: "refused"; readonly directive: string; readonly address: string }
  | { readonly kind: "ready"; readonly facts: Facts }
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "crash"; readonly id: number; readonly reason: string };

/** A place where one instance of the engine lives. After any failure it is closed and made anew. */
export interface Instance {
  readonly facts: Facts;
  /** Puts the second half of the engine beside the first, which answers nothing but `firstScore` before. */
  addSecond(module: WebAssembly.Module): Promise<void>;
  /** Puts the shell module beside the engine. */
  addShell(source: Source): Promise<void>;
  /** Puts the build module beside the engine, which answers no `BuildMethod` before. */
  addBuild(source: Source): Promise<void>;
  call<M extends Method>(method: M, asked: Asked[M]): Promise<Answer<Answers[M]>>;
  close(): void;
}

/** The instance is gone: it trapped, or its worker ended. */
export class Crash extends Error {}
