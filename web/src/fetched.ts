/** Fetches a data file when it is first needed, and keeps what was read from it. After a failure it is fetched anew. */
export function fetched<Raw, Value>(
  address: string,
  read: (raw: Raw) => Value,
  open: (response: Response) => Promise<Raw> = (response) => response.json(),
): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  const load = async (): Promise<Value> => {
    const response = await fetch(address);
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
