// A thin client of WebDriver, the one language that the drivers of all browsers speak: what the walks use of it, and nothing else.
// https://www.w3.org/TR/webdriver2/

import { setTimeout as pause } from "node:timers/promises";

/** How the protocol writes an element: an object with this one key. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** The keys that have no letter, as the protocol writes them. */
const ENTER = "\ue007";
const KEYS: Record<string, string> = { Control: "\ue009", End: "\ue010" };

/** How long a walk waits for something that should be there in a moment, in milliseconds: a busy machine is no fault of the page. */
const PATIENCE = 60_000;

interface Reference {
  readonly [ELEMENT]: string;
}

type Method = "GET" | "POST" | "DELETE";

interface KeyAction {
  readonly type: "keyDown" | "keyUp";
  readonly value: string;
}

/** What the driver says when it cannot do what it was asked for. */
export class Refusal extends Error {
  constructor(
    /** One of the protocol's own words, such as `stale element reference`. */
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** Asks a driver, and returns what it answers. */
export async function ask(driver: string, method: Method, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${driver}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json; charset=utf-8" } }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) {
    const { error, message } = value as { error: string; message: string };
    throw new Refusal(error, message);
  }
  return value;
}

/** A window of a browser that remembers nothing of the one before. */
export class Session {
  #driver: string;
  #path: string;

  private constructor(driver: string, id: string) {
    this.#driver = driver;
    this.#path = `/session/${id}`;
  }

  static async begin(driver: string, capabilities: object): Promise<Session> {
    const answer = await ask(driver, "POST", "/session", { capabilities: { alwaysMatch: capabilities } });
    return new Session(driver, (answer as { sessionId: string }).sessionId);
  }

  async end(): Promise<void> {
    await this.#ask("DELETE", "");
  }

  /** Opens an address, waits until the page has loaded, and keeps an eye on it from then on. */
  async open(address: string): Promise<void> {
    await this.#ask("POST", "/url", { url: address });
    await this.run(watch);
  }

  /** What went wrong since the page had loaded: scripts that failed, and what its policy stopped. */
  async faults(): Promise<string[]> {
    return this.run(() => [...document.querySelectorAll("meta[name=fault]")].map((fault) => fault.getAttribute("content") ?? ""));
  }

  /** What can be seen of the page, as a PNG. */
  async picture(): Promise<Buffer> {
    return Buffer.from((await this.#ask("GET", "/screenshot")) as string, "base64");
  }

  /**
   * Runs a function in the page, and returns what it returns, or what its promise comes to. Only its text gets there: so it may use nothing from
   * outside of itself, and what is handed over must be JSON, or an element that was found.
   */
  async run<Given extends unknown[], Result>(what: (...given: Given) => Result, ...given: Given): Promise<Awaited<Result>> {
    return (await this.#ask("POST", "/execute/sync", { script: `return (${what})(...arguments)`, args: given })) as Awaited<Result>;
  }

  /** Waits until a function that is run in the page returns something other than a falsehood, and returns it. */
  async until<Given extends unknown[], Result>(wanted: string, what: (...given: Given) => Result, ...given: Given): Promise<NonNullable<Awaited<Result>>> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const result = await this.run(what, ...given);
      if (result) return result;
      if (Date.now() > end) throw new Error(`${wanted} never came.`);
      await pause(50);
    }
  }

  /** The first visible element that fits a selector and has a text in it, in the page or in any shadow root, once there is one. */
  async find(selector: string, text = ""): Promise<Found> {
    const wanted = `${selector}${text === "" ? "" : ` with "${text}"`}`;
    const reference = (await this.until(wanted, firstOf, selector, text)) as never as Reference;
    return new Found(this, reference, (method, path, body) => this.#ask(method, `/element/${reference[ELEMENT]}${path}`, body));
  }

  /** Clicks in the middle of an element, as a person does: what lies above it would get the click. */
  async click(selector: string, text = ""): Promise<void> {
    try {
      await (await this.find(selector, text)).click();
    } catch (error) {
      // It was just drawn anew: then another stands where it was.
      if (!(error instanceof Refusal && error.code === "stale element reference")) throw error;
      await this.click(selector, text);
    }
  }

  /** Presses keys one after another, each of them alone or as a chord: `Control+A`. */
  async press(...chords: readonly string[]): Promise<void> {
    await this.#act(chords.flatMap((chord) => strokes(chord.split("+").map((key) => KEYS[key] ?? key.toLowerCase()))));
  }

  /** Types a text where the focus is. */
  async type(text: string): Promise<void> {
    await this.#act([...text].flatMap((letter) => strokes([letter === "\n" ? ENTER : letter])));
  }

  async #act(actions: readonly KeyAction[]): Promise<void> {
    await this.#ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  #ask(method: Method, path: string, body?: object): Promise<unknown> {
    return ask(this.#driver, method, `${this.#path}${path}`, body);
  }
}

/** An element that was found. */
export class Found {
  constructor(
    private readonly session: Session,
    private readonly reference: Reference,
    private readonly ask: (method: Method, path: string, body?: object) => Promise<unknown>,
  ) {}

  async click(): Promise<void> {
    // Drivers scroll as well, but not past bars that stay at the edge of the window; and one looks before it has arrived there.
    await this.session.run((element) => (element as never as Element).scrollIntoView({ block: "center", behavior: "instant" }), this.reference);
    await this.ask("POST", "/click", {});
  }

  /** Its text, as it is shown. */
  async text(): Promise<string> {
    return (await this.ask("GET", "/text")) as string;
  }
}

/** All keys of a chord go down in their order, and come up in the other. */
function strokes(keys: readonly string[]): KeyAction[] {
  return [
    ...keys.map((value) => ({ type: "keyDown" as const, value })),
    ...keys.toReversed().map((value) => ({ type: "keyUp" as const, value })),
  ];
}

/** Runs in the page. Drivers give scripts a world of their own, in which nothing lasts but the document. */
function watch(): void {
  const keep = (fault: string) => {
    const meta = document.createElement("meta");
    meta.name = "fault";
    meta.content = fault;
    document.head.append(meta);
  };
  addEventListener("error", ({ message, filename, lineno }) => keep(`${message} (${filename}, line ${lineno})`));
  addEventListener("unhandledrejection", ({ reason }) => keep(String(reason)));
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => keep(`${effectiveDirective} stopped ${blockedURI}`));
}

/** Runs in the page. */
function firstOf(selector: string, text: string): Element | undefined {
  const within = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll("*")].flatMap((element) => [...(element.matches(selector) ? [element] : []), ...(element.shadowRoot === null ? [] : within(element.shadowRoot))]);
  return within(document).find((element) => element.checkVisibility() && (element.textContent ?? "").includes(text));
}
