/** What `cargo xtask test` tells the tests. */
export function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests with \`cargo xtask test\`.`);
  return value;
}
