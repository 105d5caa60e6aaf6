/** Fetches a data file when it is first needed, and keeps what was read from it. After a failure it is fetched anew. */
export function fetched<Raw, Value>(
  address: string,
  read: (raw: Raw) => Value,
  open: (response: Response) => Promise<Raw> = (response) => response.json(),
): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  const load = async (): Promise<Value> => {
    const response = (await kept(address)) ?? (await fetch(address));
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    return read(await open(response));
  };
  return () => {
    value ??= load().catch((error: unknown) => {
      value = undefined;
      throw error;
    });
    return value;
  };
}

/** The copy that the service worker keeps on this device: so no request is made, not even one that it would answer. A name tells the content. */
export async function kept(address: string): Promise<Response | undefined> {
  try {
    return await caches.match(address, { ignoreVary: true });
  } catch {
    return undefined; // a sandboxed frame has none, and neither has an address that is not secure
  }
}
