// A static host of the site for one test: it may go away, and it may bring another build.

import { type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { extname, join, normalize } from "node:path";
import { readFile } from "node:fs/promises";
import { after } from "node:test";
import { fromEnvironment } from "./environment.ts";

const DIST = join(fromEnvironment("LAYERWISE_ROOT"), "web/dist");

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** What stands under a name; rejects where nothing does. */
export type Pages = (name: string) => Promise<Buffer | string>;

export class Host {
  /** Where the site is: below a path, as on many hosts. */
  readonly site: string;
  /** The paths in the site that were asked for. */
  readonly asked: string[] = [];
  /** While it is away, nobody gets an answer. */
  isAway = false;
  /** Answers with this status whatever is asked for, if it is a number. */
  status: number | undefined;
  /** What is put behind the name of the build: another build is one of another name. */
  build = "";
  /** A file that is not what it was built to be. */
  damaged: string | undefined;
  /** Headers that are sent along with every file. */
  headers: Record<string, string> = {};
  #server: Server;
  #sockets = new Set<Socket>();
  #prefix: string;
  #pages: Pages | undefined;

  private constructor(server: Server, name: string, prefix: string, pages: Pages | undefined) {
    this.#server = server;
    this.#prefix = prefix;
    this.#pages = pages;
    this.site = `http://${name}:${(server.address() as AddressInfo).port}${prefix}`;
    server.on("request", ({ url }, response) => void this.#answer(url ?? "", response));
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      if (this.isAway) socket.destroy();
    });
  }

  static async start(prefix = "/docs/playground/"): Promise<Host> {
    return Host.#start("localhost", prefix, undefined);
  }

  /** A host of somebody else's pages, at its root: not one site with ours. */
  static async ofOthers(pages: Pages): Promise<Host> {
    return Host.#start("127.0.0.1", "/", pages);
  }

  static async #start(name: string, prefix: string, pages: Pages | undefined): Promise<Host> {
    const server = createServer();
    await new Promise<void>((started) => server.listen(0, name, started));
    server.unref(); // a test that fails leaves it open
    const host = new Host(server, name, prefix, pages);
    after(() => host.#close());
    return host;
  }

  goAway(): void {
    this.isAway = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  async #answer(url: string, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(url, this.site).pathname).slice(this.#prefix.length);
    this.asked.push(path);
    if (this.status !== undefined) return void response.writeHead(this.status).end("Something is wrong with this host.");
    const name = path === "" || path.endsWith("/") ? `${path}index.html` : normalize(path);
    try {
      const content = await this.#content(name);
      // As hosts do that know nothing of what is in a file: even the page may be ten minutes old.
      const headers = { "content-type": TYPES[extname(name)] ?? "application/octet-stream", "cache-control": "max-age=600", ...this.headers };
      response.writeHead(200, headers).end(content);
    } catch {
      response.writeHead(404).end("There is no such file.");
    }
  }

  async #content(name: string): Promise<Buffer | string> {
    if (this.#pages !== undefined) return this.#pages(name);
    if (name === "element.html") return elementAlone(await readFile(join(DIST, "index.html"), "utf8"));
    const content = await readFile(join(DIST, name));
    if (this.damaged !== undefined && name.startsWith(this.damaged)) return `${content}\n`;
    if (name === "index.html") return content.toString().replace(/ data-build="(\w+)"/, ` data-build="$1${this.build}"`);
    if (name === "service-worker.js") return content.toString().replace(/BUILD="(\w+)"/, `BUILD="$1${this.build}"`);
    return content;
  }

  #close(): void {
    this.goAway();
    this.#server.close();
  }
}

/** A page of somebody else, with the element in it and nothing of what our own page has around that. */
function elementAlone(page: string): string {
  const [head] = page.split("<body>");
  return `${head?.replace(/ data-build="[^"]*"/, "")}<body><layerwise-playground>FROM node</layerwise-playground></body></html>`;
}
