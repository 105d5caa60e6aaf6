import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { chosenOf, fileOf, patternsIn } from "../../src/files.ts";

test("a file is a .dockerignore by its name alone", () => {
  for (const name of [".dockerignore", "app.Dockerfile.dockerignore", ".DockerIgnore"]) equal(fileOf(name), "dockerignore");
  for (const name of ["Dockerfile", "dockerignore.txt", "Containerfile", "dockerignore"]) equal(fileOf(name), "dockerfile");
});

test("of several files the Dockerfile is opened, whatever lies beside it, and else the first", () => {
  const opened = (...names: string[]) => chosenOf(names.map((name) => ({ file: { name } }))).map(({ file }) => file.name);
  deepEqual(opened("README.md", "package.json", "prod.Dockerfile", "Dockerfile", ".dockerignore"), ["prod.Dockerfile", ".dockerignore"]);
  deepEqual(opened("a.txt", "b.txt"), ["a.txt"]);
  deepEqual(opened("app.dockerignore", "Containerfile.dev"), ["Containerfile.dev", "app.dockerignore"]);
});

test("patterns are counted without comments and blank lines", () => {
  equal(patternsIn(""), 0);
  equal(patternsIn("# a comment\n\n.git\r\n  \r\n!keep\n # not a comment"), 3);
});
