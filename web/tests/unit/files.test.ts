import { equal } from "node:assert/strict";
import { test } from "node:test";
import { fileOf, patternsIn } from "../../src/files.ts";

test("a file is a .dockerignore by its name alone", () => {
  for (const name of [".dockerignore", "app.Dockerfile.dockerignore", ".DockerIgnore"]) equal(fileOf(name), "dockerignore");
  for (const name of ["Dockerfile", "dockerignore.txt", "Containerfile", "dockerignore"]) equal(fileOf(name), "dockerfile");
});

test("patterns are counted without comments and blank lines", () => {
  equal(patternsIn(""), 0);
  equal(patternsIn("# a comment\n\n.git\r\n  \r\n!keep\n # not a comment"), 3);
});
