import fragment from "./examples/fragment.Dockerfile";
import go from "./examples/go.Dockerfile";
import heredoc from "./examples/heredoc.Dockerfile";
import java from "./examples/java.Dockerfile";
import legacy from "./examples/legacy.Dockerfile";
import multiStage from "./examples/multi-stage.Dockerfile";
import node from "./examples/node.Dockerfile";
import python from "./examples/python.Dockerfile";
import rust from "./examples/rust.Dockerfile";

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
  { id: "java", title: "Java with Maven", about: "Deleted in a later layer, shipped all the same", text: java },
  { id: "rust", title: "Rust in two stages", about: "The second stage takes the source along", text: rust },
  { id: "legacy", title: "Ubuntu, ten years on", about: "MAINTAINER, ADD, and a lone apt-get update", text: legacy },
  { id: "heredoc", title: "Scripts as heredocs", about: "RUN and COPY with the text in place", text: heredoc },
  { id: "fragment", title: "A snippet from a guide", about: "No FROM, some lines left out", text: fragment },
  { id: "multi-stage", title: "Multi-stage, done well", about: "Nothing left to mend", text: multiStage },
];
