import legacy from "./examples/legacy.Dockerfile";
import go from "./examples/go.Dockerfile";
import node from "./examples/node.Dockerfile";
import python from "./examples/python.Dockerfile";

export interface Example {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly text: string;
}

export const examples: readonly Example[] = [
  { id: "node", title: "Node web app", about: "Every edit reinstalls every package", text: node },
  { id: "python", title: "Python service", about: "Caches shipped, secrets written down", text: python },
  { id: "go", title: "Go in a single stage", about: "The compiler goes to production", text: go },
  { id: "legacy", title: "Ubuntu, ten years on", about: "MAINTAINER, ADD, and a lone apt-get update", text: legacy },
];
