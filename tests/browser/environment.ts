import { join } from "node:path";

/** What `cargo xtask test` tells the tests. */
export function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests with \`cargo xtask test\`.`);
  return value;
}

/** A folder in the one where cargo builds, for what tests make. */
export function inTarget(folder: string): string {
  return join(process.env["CARGO_TARGET_DIR"] ?? join(fromEnvironment("LAYERWISE_ROOT"), "target"), folder);
}
