// The browsers that the walk is made in, and how each is started under its driver.

import { type ChildProcess, spawn } from "node:child_process";
import { Refusal, Session, ask } from "./webdriver.ts";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fromEnvironment } from "../browser/environment.ts";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";

/** What `cargo xtask test` says of an engine: what drives it, or why it is not tested here. */
export type Engine = {
  readonly name: "Firefox" | "WebKit" | "Chromium";
} & ({ readonly driver: string; readonly browser: string | null } | { readonly missing: string });

type Present = Extract<Engine, { driver: string }>;

export const engines = JSON.parse(fromEnvironment("LAYERWISE_ENGINES")) as readonly Engine[];

/** How long a driver may take to answer at all, in milliseconds. */
const PATIENCE = 60_000;

/** How many lines of what driver and browser said are kept for who looks at a failure. */
const KEPT_LINES = 400;

/** What each browser must be told so that nobody need look at it. */
const capabilities: Record<Engine["name"], (browser: string | null) => object> = {
  Firefox: (browser) => ({
    "moz:firefoxOptions": { ...(browser === null ? {} : { binary: browser }), args: ["-headless"] },
  }),
  // MiniBrowser is what its driver starts when no other is named.
  WebKit: () => ({}),
  Chromium: (browser) => ({
    "goog:chromeOptions": { ...(browser === null ? {} : { binary: browser }), args: ["--headless", "--no-sandbox"] },
  }),
};

/** A driver that runs, with the display that its browser needs. */
export class Driver {
  /** What driver and browser have said lately. */
  readonly said: string[] = [];
  #engine: Present;
  #address: string;
  #processes: readonly ChildProcess[];

  private constructor(engine: Present, address: string, processes: readonly ChildProcess[]) {
    this.#engine = engine;
    this.#address = address;
    this.#processes = processes;
  }

  static async start(engine: Present): Promise<Driver> {
    const screen = engine.name === "WebKit" ? await Screen.start() : undefined;
    const port = await freePort();
    const environment = { ...process.env, ...(screen === undefined ? {} : { DISPLAY: screen.name }) };
    const child = spawn(engine.driver, [`--port=${port}`], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const driver = new Driver(engine, `http://127.0.0.1:${port}`, screen === undefined ? [child] : [child, screen.process]);
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", (line) => driver.#hear(line));
    await driver.#answers(child);
    return driver;
  }

  /** A window of its own; the one before must have ended. */
  async session(): Promise<Session> {
    return Session.begin(this.#address, capabilities[this.#engine.name](this.#engine.browser));
  }

  stop(): void {
    for (const child of this.#processes) child.kill();
  }

  #hear(line: string): void {
    this.said.push(line);
    if (this.said.length > KEPT_LINES) this.said.shift();
  }

  async #answers(child: ChildProcess): Promise<void> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const isThere = await ask(this.#address, "GET", "/status").then(() => true, (error: unknown) => error instanceof Refusal);
      if (isThere) return;
      if (child.exitCode !== null || Date.now() > end) throw new Error(`The driver of ${this.#engine.name} does not start:\n${this.said.join("\n")}`);
      await pause(50);
    }
  }
}

/** A screen that nobody sees. */
class Screen {
  private constructor(
    readonly name: string,
    readonly process: ChildProcess,
  ) {}

  static async start(): Promise<Screen> {
    // It chooses a display that is free, and says which.
    const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1800x1400x24", "-nolisten", "tcp", "-noreset"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const [said] = await once(child.stdio[3] as NodeJS.ReadableStream, "data");
    return new Screen(`:${String(said).trim()}`, child);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
