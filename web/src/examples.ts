import fragment from "./examples/fragment.Dockerfile";
import go from "./examples/go.Dockerfile";
import heredoc from "./examples/heredoc.Dockerfile";
import java from "./examples/java.Dockerfile";
import legacy from "./examples/legacy.Dockerfile";
import multiStage from "./examples/multi-stage.Dockerfile";
import node from "./examples/node.Dockerfile";
import python from "./examples/python.Dockerfile";
import rust from "./examples/rust.Dockerfile";
import type { texts } from "./texts.ts";

export interface Example {
  readonly id: keyof typeof texts.examples;
  readonly text: string;
}

/** Whether a text is one of the examples as it is. */
export function isExample(text: string): boolean {
  return examples.some((example) => example.text === text);
}

export const examples: readonly Example[] = [
  { id: "node", text: node },
  { id: "python", text: python },
  { id: "go", text: go },
  { id: "java", text: java },
  { id: "rust", text: rust },
  { id: "legacy", text: legacy },
  { id: "heredoc", text: heredoc },
  { id: "fragment", text: fragment },
  { id: "multi-stage", text: multiStage },
];
