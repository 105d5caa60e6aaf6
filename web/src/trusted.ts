// The page's security policy lets scripts be made from text only through this one policy, and the policy admits only
// addresses of blobs that were made here, and that of the service worker.

interface Policy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const SERVICE_WORKER = new URL("../service-worker.js", import.meta.url).href;

const admitted = new Set<string>([SERVICE_WORKER]);

const rules: Policy = {
  createScriptURL(url) {
    if (!admitted.has(url)) throw new TypeError("this address is none of ours");
    return url;
  },
};

let policy: Policy | undefined;

/** Starts a classic worker from the text of a script. Throws where the host forbids it. */
export function startWorker(script: string): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  admitted.add(url);
  try {
    return new Worker(trusted(url), { name: "layerwise" });
  } finally {
    admitted.delete(url);
    // The worker has fetched its script before this task ends only in some browsers.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

/** Rejects, or gives nothing, where the browser or its settings forbid it. Its own script never comes from a cache. */
export async function registerServiceWorker(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration | undefined> {
  return container.register(trusted(SERVICE_WORKER), { updateViaCache: "none" });
}

function trusted(url: string): string {
  policy ??= makePolicy();
  return policy.createScriptURL(url);
}

function makePolicy(): Policy {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  return factory?.createPolicy("layerwise", rules) ?? rules;
}
