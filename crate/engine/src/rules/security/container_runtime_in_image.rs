//! Container engines in images.

use crate::fix::drop_argument;
use crate::image::glob;
use crate::packages::{call_range, install, package_name};
use crate::rules::prelude::*;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "container-runtime-in-image",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("nvidia").codes(&[tally("tally/gpu/no-container-runtime-in-image")]),
        Case::new("engine").severity(Severity::Info),
    ],
    supersedes: &[],
    title: "A container engine in the image",
    summary: "A container engine or GPU container toolkit is installed inside the image; it belongs on the host.",
    why: "
NVIDIA's container toolkit hooks into the engine of the host. Inside an image nothing calls it, and it only takes space.

A Docker daemon inside a container needs `--privileged`, which gives up the isolation that the container is for. To speak to an engine elsewhere the
client will do: `docker-ce-cli`, or `COPY --from=docker:cli /usr/local/bin/docker /usr/local/bin/`.
",
    leave_it_when: "Running containers is what the image is for.",
    references: &[
        "https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y «nvidia-container-toolkit=1.17.*»\n").case("nvidia"),
        reviewed(
            "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl «libnvidia-container1»\n",
            "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl\n",
        )
        .case("nvidia"),
        flagged("FROM debian:13\nRUN apt-get update && apt-get install -y «docker-ce» docker-ce-cli\n").case("engine"),
        flagged("FROM debian:13\nRUN «curl -fsSL https://get.docker.com» | sh\n").case("engine"),
        clean("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nCOPY train /usr/local/bin/train\n"),
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y docker-ce-cli docker-buildx-plugin nvidia-utils-550\n"),
        clean("FROM docker:28-dind\nRUN apk add containerd\n"),
        clean("FROM mcr.microsoft.com/devcontainers/base:debian\nRUN apt-get update && apt-get install -y docker.io\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    const NVIDIA: &str = "\
        nvidia-container-toolkit nvidia-container-toolkit-base nvidia-container-runtime nvidia-docker2 \
        libnvidia-container*";
    const ENGINES: &str = "docker-ce docker.io docker-engine moby-engine containerd.io containerd podman-docker";
    for stage in document.shipped_stages() {
        let image = document.chain_base(stage).image();
        if image.is_some_and(|image| image.short_name() == "docker") || document.is_on_workspace(stage) {
            continue;
        }
        for step in &stage.steps {
            let mut is_told = false;
            for command in step.commands() {
                let packages = install(command).map(|install| install.packages).unwrap_or_default();
                for word in &packages {
                    let name = package_name(word.shown());
                    if words_of(NVIDIA).any(|pattern| glob(pattern, name)) {
                        let message = format!("`{name}` belongs on the host; inside an image nothing calls it");
                        let finding = report.at("nvidia", word.range, message);
                        if let Some(edit) = drop_argument(document, command, word.range).filter(|_| packages.len() > 1)
                        {
                            finding.fix(Review, "Leave it out", [edit]);
                        }
                    } else if name.is_one_of(ENGINES) && !is_told {
                        report.at(
                            "engine",
                            word.range,
                            format!("`{name}` brings a container engine, which belongs on the host"),
                        );
                        is_told = true;
                    }
                }
                let is_script = command.is_one_of("curl wget")
                    && command
                        .arguments()
                        .iter()
                        .any(|word| word.shown().trim_end_matches('/').ends_with("//get.docker.com"));
                if is_script && !is_told {
                    report.at(
                        "engine",
                        call_range(command),
                        "this script installs a container engine, which belongs on the host",
                    );
                    is_told = true;
                }
            }
        }
    }
}
