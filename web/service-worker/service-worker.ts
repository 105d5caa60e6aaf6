// Keeps the site on this device, so that it opens without a network.
//
// - Its cache is named after the build. It is filled before this worker is installed, and every other cache of the site goes when it takes over.
// - Files whose names hold a hash come from the cache. A page comes from the network where there is one: so nobody is ever held to an old version,
//   whatever becomes of this worker.
// - It never takes over by itself from a worker that pages still use: the page tells the person that there is a new version.
//
// The build puts `BUILD` and `FILES` in front of this script.

import { type About, type ToServiceWorker, requestedOf } from "../src/offline/messages.ts";

declare const self: ServiceWorkerGlobalScope;

/** The name of the build. The page has it too. */
declare const BUILD: string;

/** The files that are kept, by their paths in the site, and what each must be: an integrity as `fetch` takes it, or nothing for a page. */
declare const FILES: Readonly<Record<string, string>>;

/** How long a page may take to come from the network, in milliseconds, before it comes from the cache. */
const PATIENCE = 3000;

const SITE = new URL("./", self.location.href);

// Several sites may share an origin, and no path holds a blank.
const OURS = `layerwise ${SITE.pathname} `;
const CACHE = OURS + BUILD;

self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => event.waitUntil(begin()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.method === "GET" ? pathOf(request.url) : undefined;
  if (path !== undefined) event.respondWith(request.mode === "navigate" ? page(request, path) : file(request, path));
});

self.addEventListener("message", (event) => {
  const question = event.data as ToServiceWorker;
  if (question === "about") event.ports[0]?.postMessage(about());
  else if (question === "take over") event.waitUntil(self.skipWaiting());
  else event.waitUntil(takeOverIfAlone());
});

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(FILES).map(([path, integrity]) => take(cache, path, integrity)));
}

async function take(cache: Cache, path: string, integrity: string): Promise<void> {
  const address = addressOf(path);
  if (integrity === "") return cache.put(address, await freshPage(path));
  // A file that has the same name in the cache of another build has the same content, and need not be fetched again.
  const had = isNamedByContent(path) ? await kept(address) : undefined;
  return cache.put(address, had ?? (await fetched(address, integrity)));
}

/** The browser may have the file, since the page has just loaded it; it must be the one that this build made. */
async function fetched(address: string, integrity: string): Promise<Response> {
  const response = await fetch(address, { integrity }).catch(() => fetch(address, { integrity, cache: "reload" }));
  return ok(response);
}

/** A page that is kept goes with the files that are kept, or it would ask for others when there is no network. */
async function freshPage(path: string): Promise<Response> {
  // Some hosts answer `index.html` with a redirection to the folder.
  const response = ok(await fetch(addressOf(path === "index.html" ? "" : path), { cache: "reload" }));
  const text = await response.text();
  if (path === "index.html" && !text.includes(`data-build="${BUILD}"`)) throw new Error("The page is of another build.");
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function ok(response: Response): Response {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response;
}

async function begin(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(request: Request, path: string): Promise<Response> {
  const asked = fetch(request.url, { cache: "no-cache", redirect: "manual" });
  const answer = await Promise.race([asked.catch(() => undefined), new Promise<undefined>((late) => setTimeout(late, PATIENCE))]);
  if (answer !== undefined && answer.status < 500) return answer;
  return (await kept(addressOf(path), CACHE)) ?? asked;
}

async function file(request: Request, path: string): Promise<Response> {
  return (await kept(addressOf(path), CACHE)) ?? fetch(request);
}

function kept(address: string, cacheName?: string): Promise<Response | undefined> {
  return caches.match(address, { ignoreVary: true, ...(cacheName !== undefined && { cacheName }) });
}

/** The file of ours that an address names, if it names one. Some hosts leave the ending of pages away. */
function pathOf(address: string): string | undefined {
  const { origin, pathname } = new URL(address);
  if (origin !== SITE.origin || !pathname.startsWith(SITE.pathname)) return undefined;
  const path = pathname.slice(SITE.pathname.length);
  const candidates = path === "" || path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`];
  return candidates.find((candidate) => Object.hasOwn(FILES, candidate));
}

function addressOf(path: string): string {
  return new URL(path, SITE).href;
}

function isNamedByContent(path: string): boolean {
  return path.startsWith("assets/");
}

/** Other pages of the old version would lose the files that they may still want. */
async function takeOverIfAlone(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.filter(({ url }) => url.startsWith(SITE.href)).length <= 1) await self.skipWaiting();
}

function about(): About {
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return { build: BUILD, files: Object.keys(FILES).length, requested: entries.map(requestedOf) };
}
