import { witness } from "../proof/witness.ts";

/** A compiled module is kept, so that a new instance needs no request. */
export async function compile(address: string, how: RequestInit = {}): Promise<WebAssembly.Module> {
  const response = await fetch(address, how);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  if (witness.isWatching) void witness.sawModule(address, response.clone().arrayBuffer()).catch(() => {}); // compiling fails then, too
  const isLabelled = response.headers.get("content-type") === "application/wasm";
  return isLabelled ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
