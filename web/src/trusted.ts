// The page's security policy lets scripts be made from text only through this one policy, and the policy admits only
// addresses of blobs that were made here.

interface Policy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const made = new Set<string>();

const rules: Policy = {
  createScriptURL(url) {
    if (!made.delete(url)) throw new TypeError("this address is none of ours");
    return url;
  },
};

let policy: Policy | undefined;

/** Starts a classic worker from the text of a script. Throws where the host forbids it. */
export function startWorker(script: string): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  made.add(url);
  try {
    policy ??= makePolicy();
    return new Worker(policy.createScriptURL(url), { name: "layerwise" });
  } finally {
    made.delete(url);
    // The worker has fetched its script before this task ends only in some browsers.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

function makePolicy(): Policy {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  return factory?.createPolicy("layerwise", rules) ?? rules;
}
