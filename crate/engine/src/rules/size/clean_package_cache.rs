//! What package managers leave in the layer.

use crate::document::{Need, NeededLater, RunScript, ScriptForm};
use crate::fix::{Applicability, append, drop_link, unless_for_score};
use crate::image::has_early_tools;
use crate::packages::{
    Manager, clears_cache, fills_cache, index_needed_later, install, is_download_used, manager, may_be_gone,
    may_be_used_behind, may_install_unseen, refreshes_index, setting, spoken,
};
use crate::rules::prelude::*;
use crate::shell::{Assignment, Command, Word};
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "clean-package-cache",
    category: Category::Size,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[
        kics("Apk Add Using Local Cache Path"),
        kics("Yum Clean All Missing"),
        kics("Missing Dnf Clean All"),
        kics("Missing Zypper Clean"),
        semgrep("missing-apk-no-cache"),
        semgrep("missing-dnf-clean-all"),
        semgrep("missing-yum-clean-all"),
        semgrep("missing-zypper-clean"),
        dockerfilelint("apkadd-missing_nocache_or_updaterm"),
    ],
    cases: &[
        Case::new("apt").codes(&[
            hadolint("DL3009"),
            dockle("DKL-DI-0005"),
            kics("Apt Get Install Lists Were Not Deleted"),
            semgrep("remove-package-lists"),
            parfum("aptGetInstallThenRemoveAptLists"),
            dockerfilelint("apt-get_missing_rm"),
            droast("DF004"),
        ]),
        Case::new("apt-archives").codes(&[semgrep("remove-package-cache")]),
        Case::new("apk").codes(&[
            hadolint("DL3019"),
            trivy("DS-0025"),
            dockle("DKL-DI-0004"),
            parfum("apkAddUseNoCache"),
            droast("DF029"),
        ]),
        Case::new("yum").codes(&[
            hadolint("DL3032"),
            trivy("DS-0015"),
            parfum("yumInstallRmVarCacheYum"),
            droast("DF047"),
        ]),
        Case::new("dnf").codes(&[hadolint("DL3040"), trivy("DS-0019"), droast("DF046")]),
        Case::new("microdnf").codes(&[hadolint("DL3040"), trivy("DS-0027")]),
        Case::new("zypper").codes(&[hadolint("DL3036"), trivy("DS-0020"), droast("DF045")]),
        Case::new("pacman"),
        Case::new("apk-removed").codes(&[hadolint("DL3019")]).off(),
        // An index that is fetched and that no `apk add` leaves.
        Case::new("apk-index"),
        // In a stage that does not ship: of apt where it is the last one, or others are built from it.
        Case::new("builder-apt").codes(&[hadolint("DL3009")]).off(),
        Case::new("builder-apk").codes(&[hadolint("DL3019")]).off(),
        Case::new("builder-dnf").codes(&[hadolint("DL3040")]).off(),
        Case::new("builder-yum").codes(&[hadolint("DL3032")]).off(),
        Case::new("builder-zypper").codes(&[hadolint("DL3036")]).off(),
    ],
    supersedes: &[],
    title: "Package cache left in the layer",
    summary: "Remove the package manager's cache in the same RUN that fills it.",
    why: "
A package manager downloads an index of all packages, and some keep the packages too. Both are of use only while something is installed.
What is left when the `RUN` ends becomes part of its layer: some tens of megabytes, pulled with the image every time.

Deleting them in a later `RUN` hides them and frees nothing, for the layer below stays as it is. So clean up at the end of the `RUN` that
installs. A cache mount is the other way: what lies there is never in the image, and then there is nothing to delete.
",
    leave_it_when: "The image is a base on which others install, and its index is meant to be theirs.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#apt-get",
        "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
        "https://github.com/hadolint/hadolint/wiki/DL3009",
        "https://github.com/hadolint/hadolint/wiki/DL3019",
        "https://github.com/hadolint/hadolint/wiki/DL3032",
        "https://github.com/hadolint/hadolint/wiki/DL3036",
        "https://github.com/hadolint/hadolint/wiki/DL3040",
        "https://avd.aquasec.com/misconfig/ds-0025",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    ],
    fix_changes: &[Change::UnusedFiles, Change::Options, Change::Freshness],
    examples: &[
        fixed(
            "FROM debian:13-slim\nRUN «apt-get update» \\\n    && apt-get install -y --no-install-recommends \\\n        ca-certificates \\\n        curl\n",
            "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends \\\n        ca-certificates \\\n        curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        // Arguments on lines of their own, and the other line ending.
        fixed(
            "FROM debian:13-slim\r\nRUN «apt-get -qq update» && apt-get install -y \\\r\n      curl \\\r\n      # for the tests\r\n      jq\r\nUSER 1000\r\n",
            "FROM debian:13-slim\r\nRUN apt-get -qq update && apt-get install -y \\\r\n      curl \\\r\n      # for the tests\r\n      jq \\\r\n      && rm -rf /var/lib/apt/lists/*\r\nUSER 1000\r\n",
        )
        .case("apt"),
        // Both in a heredoc, in which a shell sees the carriage return, and nobody else does.
        fixed(
            "FROM debian:13-slim\r\nRUN <<EOF\r\n«apt-get update»\r\napt-get install -y \\\r\n  curl\r\nEOF\r\n",
            "FROM debian:13-slim\r\nRUN <<EOF\r\napt-get update\r\napt-get install -y \\\r\n  curl && rm -rf /var/lib/apt/lists/*\r\nEOF\r\n",
        )
        .case("apt"),
        // The lines end in `&&`.
        fixed(
            "FROM debian:13-slim\nRUN «apt-get update» && \\\n  apt-get install -y curl && \\\n  curl --version\n",
            "FROM debian:13-slim\nRUN apt-get update && \\\n  apt-get install -y curl && \\\n  curl --version && \\\n  rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        // After `set -e` an `&&` would swallow a failure of the install.
        fixed(
            "FROM debian:13-slim\nRUN set -eux; \\\n    «apt-get update»; \\\n    apt-get install -y curl; \\\n    curl --version\n",
            "FROM debian:13-slim\nRUN set -eux; \\\n    apt-get update; \\\n    apt-get install -y curl; \\\n    rm -rf /var/lib/apt/lists/*; \\\n    curl --version\n",
        )
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nRUN <<EOF\nset -e\n«apt-get update»\napt-get install -y curl\ncurl --version\nEOF\n",
            "FROM debian:13-slim\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\ncurl --version\nEOF\n",
        )
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nRUN <<EOF\n«apt-get update»\napt-get install -y curl\nEOF\n",
            "FROM debian:13-slim\nRUN <<EOF\napt-get update\napt-get install -y curl && rm -rf /var/lib/apt/lists/*\nEOF\n",
        )
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nRUN sudo «apt-get update» && sudo apt-get install -y curl\n",
            "FROM debian:13-slim\nRUN sudo apt-get update && sudo apt-get install -y curl && sudo rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        fixed(
            "# escape=`\nFROM debian:13-slim\nRUN «apt-get update» `\n  && apt-get install -y curl\n",
            "# escape=`\nFROM debian:13-slim\nRUN apt-get update `\n  && apt-get install -y curl `\n  && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nONBUILD RUN «apt-get update» && apt-get install -y curl\n",
            "FROM debian:13-slim\nONBUILD RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        // What the script does cannot be seen.
        reviewed(
            "FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN ./install.sh\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN ./install.sh\n",
        )
        .case("apt"),
        // The next step installs from the index that this one leaves.
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get install -y git\n").case("apt"),
        flagged("FROM debian:13-slim AS base\nRUN «apt-get update»\nFROM base\nRUN apt-get install -y git\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl || true\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN if test -n \"$X\"; then «apt-get update» && apt-get install -y curl; fi\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN [«\"apt-get\", \"update\"»]\n").case("apt"),
        // What a package file depends on is looked up in the index.
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get install -y ./app.deb\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get install -y /tmp/*.deb\n").case("apt"),
        flagged("FROM debian:13-slim AS base\nRUN «apt-get update» && apt-get install -y curl\nFROM base\nRUN apt install -y ./app.deb\n").case("apt"),
        // The index is asked, or the manager runs by way of another program.
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get source curl\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get download jq\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-get satisfy 'jq (>= 1)'\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN apt-cache show jq\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN tasksel install web-server\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN su root -c 'apt-get install -y git'\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN eatmydata apt-get install -y git\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN retry 60 apt-get install -y git\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN flock /l apt-get install -y git\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN retry 3 apt-get install -y git\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN find /lists -exec apt-get install -y {} +\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN script -qc \"apt-get install -y git\" /dev/null\n").case("apt"),
        // Text that may come to run.
        reviewed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN python3 -c \"import os; os.system('apt-get update')\"\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN python3 -c \"import os; os.system('apt-get update')\"\n").case("apt"),
        reviewed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN <<EOF\n#!/usr/bin/env python3\nimport os\nos.system('apt-get install -y git')\nEOF\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN <<EOF\n#!/usr/bin/env python3\nimport os\nos.system('apt-get install -y git')\nEOF\n").case("apt"),
        reviewed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN ansible-playbook site.yml\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN ansible-playbook site.yml\n").case("apt"),
        reviewed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN make deps\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN make deps\n").case("apt"),
        reviewed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nCOPY <<EOF /usr/bin/setup\n#!/bin/sh\napt-get install -y git\nEOF\nRUN setup\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nCOPY <<EOF /usr/bin/setup\n#!/bin/sh\napt-get install -y git\nEOF\nRUN setup\n").case("apt"),
        reviewed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN echo 'apt-get install -y git' > /setup && timeout 60 /setup\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN echo 'apt-get install -y git' > /setup && timeout 60 /setup\n").case("apt"),
        fixed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN make && make install && rm -rf /etc/apt/sources.list.d\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN make && make install && rm -rf /etc/apt/sources.list.d\n").case("apt"),
        // An update that may not run renews nothing.
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN if test -f /x; then apt-get update; fi; apt-get install -y git; rm -rf /var/lib/apt/lists/*\n").case("apt"),
        fixed("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN if test -f /x; then apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*; fi\n", "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN if test -f /x; then apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*; fi\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN set -e; «apt-get update»; apt-get install -y curl; retry 60 apt-get install -y git\n").case("apt"),
        // The function is called behind the update.
        flagged("FROM debian:13-slim\nRUN f() { apt-get install -y \"$1\"; }; «apt-get update»; f curl; f git\n").case("apt"),
        // Behind `&&` a failure would go unnoticed, and a statement within a group may not stop the build.
        flagged("FROM debian:13-slim\nRUN set -e; { «apt-get update»; apt-get install -y curl; }; touch /done\n").case("apt"),
        flagged("FROM debian:13-slim\nRUN bash -c 'set -e; { «apt-get update»; apt-get install -y curl; }; touch /done'\n").case("apt"),
        fixed("FROM debian:13-slim\nRUN set -e; { «apt-get update»; apt-get install -y curl; }\n", "FROM debian:13-slim\nRUN set -e; { apt-get update; apt-get install -y curl && rm -rf /var/lib/apt/lists/*; }\n").case("apt"),
        fixed("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-o\", \"errexit\", \"-o\", \"pipefail\", \"-c\"]\nRUN «apt-get update»; apt-get install -y curl; touch /done\n", "FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-o\", \"errexit\", \"-o\", \"pipefail\", \"-c\"]\nRUN apt-get update; apt-get install -y curl; rm -rf /var/lib/apt/lists/*; touch /done\n").case("apt"),
        fixed("FROM debian:13-slim\nRUN <<EOF\n#!/bin/bash -e\n«apt-get update»\napt-get install -y curl\ntouch /done\nEOF\n", "FROM debian:13-slim\nRUN <<EOF\n#!/bin/bash -e\napt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\ntouch /done\nEOF\n").case("apt"),
        // A clean-up that comes too early.
        flagged("FROM debian:13-slim\nRUN rm -rf /var/lib/apt/lists/* && «apt-get update»\n")
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN apt-get update && «apt-get install» -y curl && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* && apt-get clean\n",
        )
        .case("apt-archives"),
        fixed(
            "FROM alpine:3.23\nRUN «apk add» curl && curl --version\n",
            "FROM alpine:3.23\nRUN apk add --no-cache curl && curl --version\n",
        )
        .case("apk"),
        fixed(
            "FROM alpine:3.23\nRUN apk update && apk add git \\\n    && «apk add» --update curl\n",
            "FROM alpine:3.23\nRUN apk add --no-cache git \\\n    && apk add --no-cache curl\n",
        )
        .case("apk"),
        fixed(
            "FROM alpine:3.23\nRUN «apk update» && apk add --no-cache curl\n",
            "FROM alpine:3.23\nRUN apk add --no-cache curl\n",
        )
        .case("apk-index"),
        fixed(
            "FROM alpine:3.23\nRUN set -e; «apk update»; \\\n    apk add --no-cache curl\n",
            "FROM alpine:3.23\nRUN set -e; apk add --no-cache curl\n",
        )
        .case("apk-index"),
        flagged("FROM alpine:3.23\nRUN «apk update»\n").case("apk-index"),
        // Other tools want the flag all the same.
        flagged("FROM alpine:3.23\nRUN «apk add» git && rm -rf /var/cache/apk/*\n").case("apk-removed"),
        flagged("FROM alpine:3.23 AS build\nRUN «apk add» git\nFROM alpine:3.23\nCOPY --from=build /a /a\n").case("builder-apk"),
        flagged("FROM debian:13 AS tools\nRUN «apt-get update» && apt-get install -y git\nFROM tools AS build\nRUN make\nFROM scratch\nCOPY --from=build /a /a\n").case("builder-apt"),
        flagged("FROM centos:7 AS build\nRUN «yum install» -y gcc\nFROM scratch\nCOPY --from=build /a /a\n").case("builder-yum"),
        flagged("FROM opensuse/leap:16.0 AS build\nRUN «zypper install» -y gcc\nFROM scratch\nCOPY --from=build /a /a\n").case("builder-zypper"),
        flagged("FROM fedora:43 AS build\nRUN «dnf install» -y gcc\nFROM scratch\nCOPY --from=build /a /a\n").case("builder-dnf"),
        fixed(
            "FROM rockylinux:9\nRUN «yum install» -y curl\n",
            "FROM rockylinux:9\nRUN yum install -y curl && yum clean all\n",
        )
        .case("yum"),
        // That there are updates is a failure to `check-update`.
        flagged("FROM rockylinux:9\nRUN yum -y install curl; «yum check-update»; true\n").case("yum"),
        fixed("FROM rockylinux:9\nRUN yum check-update; «yum -y install» curl; yum -y remove jq; true\n", "FROM rockylinux:9\nRUN yum check-update; yum -y install curl && yum clean all; yum -y remove jq; true\n").case("yum"),
        fixed(
            "FROM fedora:43\nRUN dnf upgrade -y \\\n && «dnf install» -y curl\n",
            "FROM fedora:43\nRUN dnf upgrade -y \\\n && dnf install -y curl \\\n && dnf clean all\n",
        )
        .case("dnf"),
        fixed(
            "FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6\nRUN «microdnf install» -y tar\n",
            "FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6\nRUN microdnf install -y tar && microdnf clean all\n",
        )
        .case("microdnf"),
        fixed(
            "FROM opensuse/leap:16.0\nRUN «zypper --non-interactive install» curl\n",
            "FROM opensuse/leap:16.0\nRUN zypper --non-interactive install curl && zypper clean --all\n",
        )
        .case("zypper"),
        fixed(
            "FROM archlinux:base\nRUN «pacman -Syu» --noconfirm git\n",
            "FROM archlinux:base\nRUN pacman -Syu --noconfirm git && rm -rf /var/cache/pacman/pkg/*\n",
        )
        .case("pacman"),
        clean("FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends ca-certificates curl \\\n    && rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM debian:13-slim\nRUN apt-get update; apt-get install -y curl; rm -r /var/lib/apt/lists\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && find /var/lib/apt/lists -type f -delete\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && /usr/local/bin/cleanup.sh\n"),
        clean("FROM debian:13-slim\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y curl\n"),
        clean("FROM debian:13-slim\nARG TARGETARCH\nRUN --mount=type=cache,id=lists-$TARGETARCH,target=/var/lib/apt/lists apt-get update && apt-get install -y curl\n"),
        // The layer stays in the builder.
        clean("FROM debian:13 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:13-slim\nCOPY --from=build /app /app\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache curl\nRUN apk add git && rm -rf /var/cache/apk/*\n"),
        clean("FROM alpine:3.23\nRUN --mount=type=cache,target=/etc/apk/cache apk add git\n"),
        fixed(
            "FROM debian:13-slim\nRUN D=/var/lib/apt/lists; «apt-get update» && apt-get install -y curl && rm -rf build\n",
            "FROM debian:13-slim\nRUN D=/var/lib/apt/lists; apt-get update && apt-get install -y curl && rm -rf build && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        // By another way.
        clean("FROM debian:13-slim\nRUN cd /var/lib/apt && apt-get update && apt-get install -y curl && rm -rf lists/*\n"),
        clean("FROM debian:13-slim\nRUN D=/var/lib/apt/lists && apt-get update && apt-get install -y curl && rm -rf $D/*\n"),
        clean("FROM debian:13-slim\nRUN trap 'rm -rf /var/lib/apt/lists/*' EXIT; apt-get update && apt-get install -y curl\n"),
        clean("FROM debian:13-slim\nRUN end() { rm -rf /var/lib/apt/lists/*; }; apt-get update && apt-get install -y curl && end\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache curl && apk add --root /rootfs busybox\n"),
        clean("FROM fedora:43\nRUN dnf install -y curl && dnf -y clean all && rm -rf /tmp/x\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y git\n"),
        clean("FROM rockylinux:9\nRUN yum install -y curl && rm -rf /var/cache/dnf\n"),
        clean("FROM opensuse/leap:16.0\nRUN zypper -n in curl && zypper cc -a\n"),
        clean("FROM archlinux:base\nRUN pacman -Sy --noconfirm git && yes | pacman -Scc\n"),
        // Its users install when they start it.
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nCMD [\"apt-get\", \"install\", \"-y\", \"jq\"]\n"),
        // Nothing is downloaded.
        clean("FROM debian:13-slim\nCOPY app.deb /tmp/\nRUN apt-get install -y /tmp/app.deb\n"),
        clean("FROM debian:13-slim\nRUN echo apt-get update\n# RUN apt-get update\n"),
        // Nothing runs behind that.
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl && exit 0\n").case("apt"),
        flagged("FROM alpine:3.2\nRUN «apk add» --update nginx\n").case("apk"),
        // These install from the index and fetch none.
        flagged("FROM ros:jazzy\nRUN «apt-get update» && apt-get install -y python3-rosdep\nRUN rosdep install --from-paths src -y\n").case("apt"),
        // The manager is taken out.
        flagged("FROM fedora:43\nRUN «dnf install» -y nginx && rpm -e --nodeps dnf5\n").case("dnf"),
        flagged("FROM redhat/ubi9-minimal\nRUN microdnf install -y dnf && «dnf install» -y nginx && rm -f /usr/bin/dnf-3\n").case("dnf"),
        // What is downloaded is used.
        flagged("FROM fedora:43\nRUN «dnf install» -y --downloadonly nginx\n").case("dnf"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl\nRUN grep -h ^Package /var/lib/apt/lists/*_Packages > /all\n").case("apt"),
        flagged("FROM archlinux\nRUN «pacman -Syw» --noconfirm nginx\nRUN cp /var/cache/pacman/pkg/*.zst /repo/\n").case("pacman"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut later = Later::default();
    let continued = continued_stages(document);
    document.along_chains(|step, keeps_archives: &mut bool| {
        if !step.is_run() {
            return;
        }
        for run in &step.scripts {
            for (of, filling) in last_fillings(run) {
                match document.stage_of(step).filter(|stage| !stage.is_shipped()) {
                    Some(stage) => {
                        let is_continued = continued.get(stage.index).copied().unwrap_or_default();
                        in_builder(step, run, of, filling, is_continued, report);
                    }
                    None => index_or_packages(document, &mut later, step, run, of, filling, report),
                }
            }
            archives(document, &mut later, step, run, keeps_archives, report);
        }
    });
}

/// For every stage whether it is the last one, or others are built from it.
fn continued_stages(document: &Document<'_>) -> Vec<bool> {
    let mut continued = vec![false; document.stages().len()];
    for stage in document.stages() {
        if let Some(is_continued) = stage.parent.and_then(|parent| continued.get_mut(parent)) {
            *is_continued = true;
        }
    }
    if let Some(last) = continued.last_mut() {
        *last = true;
    }
    continued
}

/// The last command of each manager that fills its cache.
fn last_fillings(run: &RunScript) -> Vec<(Manager, &Command)> {
    let mut found: Vec<(Manager, &Command)> = Vec::new();
    for command in run.script.commands.iter().rev() {
        if let Some(of) = fills_cache(command).filter(|of| !found.iter().any(|(known, _)| known == of)) {
            found.push((of, command));
        }
    }
    found
}

/// Whether later steps install from an index that earlier ones left. Asked for few steps of few files, so found out when it is asked.
#[derive(Default)]
struct Later {
    /// Managers with which a container installs when it starts.
    at_start: Option<Vec<Manager>>,
    needs: Vec<(Manager, NeededLater)>,
    /// Managers, and whether what they download is used.
    uses: Vec<(Manager, bool)>,
}

impl Later {
    /// Whether a container installs with a manager when it starts.
    fn is_at_start(&mut self, document: &Document<'_>, of: Manager) -> bool {
        let managers = self.at_start.get_or_insert_with(|| {
            let commands = document.final_stage().map(|stage| document.start_commands(stage)).unwrap_or_default();
            commands.iter().filter_map(|command| Some(install(command)?.manager)).into_list()
        });
        managers.contains(&of)
    }

    /// Whether what a manager downloads is used.
    fn is_used(&mut self, document: &Document<'_>, of: Manager) -> bool {
        let known = self.uses.iter().find(|(manager, _)| *manager == of).map(|(_, is_used)| *is_used);
        known.unwrap_or_else(|| {
            let is_used = is_download_used(document, of);
            self.uses.push((of, is_used));
            is_used
        })
    }

    /// How sure it is that no later step misses the index; `None` where one would. The other managers fetch theirs when they miss it.
    fn applicability(&mut self, document: &Document<'_>, step: &Step<'_>, of: Manager) -> Option<Applicability> {
        if !matches!(of, Manager::Apt | Manager::Apk) {
            return Some(Safe);
        }
        if !self.needs.iter().any(|(manager, _)| *manager == of) {
            self.needs.push((of, index_needed_later(document, of)));
        }
        let (_, needed) = self.needs.iter().find(|(manager, _)| *manager == of)?;
        match needed.need_after(step) {
            Need::Sure => None,
            Need::Possible => Some(Review),
            Need::None => Some(Safe),
        }
    }
}

/// Whether what a manager downloads lies in a mount.
fn is_mounted(step: &Step<'_>, of: Manager) -> bool {
    words_of(of.download_directories()).any(|directory| step.is_mounted(directory))
}

/// Whether a script takes away behind a command what that left.
fn is_cleared(run: &RunScript, filling: &Command, of: Manager) -> bool {
    let commands = &run.script.commands;
    let mut after = commands.iter().rev().take_while(|command| !std::ptr::eq(*command, filling));
    let roads = OnceCell::new();
    let removes = |command: &Command| {
        let is_led_to = |path: &&Word| roads.get_or_init(|| Roads::of(commands, of)).lead_to(path);
        command.is_one_of("rm") && command.operands().iter().any(is_led_to)
    };
    after.clone().any(|command| clears_cache(command, of))
        || commands.iter().any(|command| clears_in_the_end(command, of))
        || after.any(removes)
}

/// Whether a command makes something that clears the cache when it is called: a function, or a `trap`.
fn clears_in_the_end(command: &Command, of: Manager) -> bool {
    let is_trap = || {
        let action = command.arguments().first().map(|word| word.shown()).unwrap_or_default();
        command.is_one_of("trap") && (names_cache(action, of) || action.contains("clean all"))
    };
    command.context.in_function && clears_cache(command, of) || is_trap()
}

/// Ways to the folder of a cache that do not name all of it.
#[derive(Default)]
struct Roads<'s> {
    /// What is left of its path where `cd` has led to.
    rests: HashSet<&'static str>,
    /// Variables that hold it.
    variables: HashSet<&'s str>,
}

impl<'s> Roads<'s> {
    fn of(commands: &'s [Command], of: Manager) -> Self {
        let mut roads = Roads::default();
        for command in commands {
            for from in command.operands().into_iter().filter(|_| command.is_one_of("cd pushd")) {
                let rest = |folder: &'static str| folder.strip_prefix(from.shown())?.strip_prefix('/');
                roads.rests.extend(words_of(of.download_directories()).filter_map(rest));
            }
            let holds = |it: &&Assignment| it.value.as_ref().is_some_and(|value| names_cache(value.shown(), of));
            roads.variables.extend(command.assignments.iter().filter(holds).map(|it| it.name.as_str()));
        }
        roads
    }

    fn lead_to(&self, path: &Word) -> bool {
        self.rests.iter().any(|rest| path.shown().starts_with(rest))
            || path.variables.iter().any(|name| self.variables.contains(name.as_str()))
    }
}

fn names_cache(text: &str, of: Manager) -> bool {
    words_of(of.download_directories()).any(|folder| text.contains(folder))
}

/// Whether a script installs with `apk` and without `--no-cache`.
fn adds_with_cache(run: &RunScript) -> bool {
    run.script.commands.iter().any(|command| fills_cache(command) == Some(Manager::Apk) && install(command).is_some())
}

/// What other tools report in a stage that does not ship.
fn in_builder(
    step: &Step<'_>,
    run: &RunScript,
    of: Manager,
    filling: &Command,
    is_continued: bool,
    report: &mut Reporter<'_>,
) {
    let case = match of {
        Manager::Apt if is_continued => "builder-apt",
        Manager::Apk if adds_with_cache(run) => "builder-apk",
        Manager::Dnf => "builder-dnf",
        Manager::Yum => "builder-yum",
        Manager::Zypper => "builder-zypper",
        _ => return,
    };
    let is_left = of == Manager::Apk || !is_cleared(run, filling, of);
    if let Some((range, call)) = spoken(filling).filter(|_| is_left && !is_mounted(step, of)) {
        report.at(case, range, message(filling, of, &call));
    }
}

fn index_or_packages(
    document: &Document<'_>,
    later: &mut Later,
    step: &Step<'_>,
    run: &RunScript,
    of: Manager,
    filling: &Command,
    report: &mut Reporter<'_>,
) {
    let Some((range, call)) = spoken(filling) else { return };
    if is_mounted(step, of) {
        return;
    }
    if is_cleared(run, filling, of) || later.is_at_start(document, of) {
        if of == Manager::Apk && adds_with_cache(run) {
            report.at("apk-removed", range, message(filling, of, &call));
        }
        return;
    }
    let finding = report.at(case(run, filling, of), range, message(filling, of, &call));
    finding.about(of.code_word());
    let fix = unless_for_score(document, || mend(document, later, step, run, of, filling));
    if let Some((applicability, title, edits)) = fix {
        finding.fix(applicability, title, edits);
    }
}

/// Lets a step leave nothing behind: how sure that is, what it does, and how. Behind a door.
#[inline(never)]
fn mend(
    document: &Document<'_>,
    later: &mut Later,
    step: &Step<'_>,
    run: &RunScript,
    of: Manager,
    filling: &Command,
) -> Option<(Applicability, String, Vec<Edit>)> {
    let applicability = later.applicability(document, step, of).filter(|_| !later.is_used(document, of))?;
    let applicability = if of == Manager::Apk && upgrades_from_nothing(run) { Review } else { applicability };
    let (edits, what) = match of {
        // Alpine's first ones do not know the flag.
        Manager::Apk if document.base_image_at(step).is_some_and(has_early_tools) => return None,
        Manager::Apk => (without_cache(document, run), "Add --no-cache".to_owned()),
        _ => {
            let command = clean_up(filling, of);
            (append_clean_up(document, step, run, of, &command), format!("Run `{command}` after installing"))
        }
    };
    let title = match applicability {
        Safe => what,
        Review if of == Manager::Apk && upgrades_from_nothing(run) => {
            format!("{what}, with which the upgrade finds something to upgrade")
        }
        Review => format!("{what}, if no script of a later step installs from the index"),
    };
    Some((applicability, title, edits?))
}

/// Whether `apk upgrade` runs before anything has fetched an index: then it did nothing so far.
fn upgrades_from_nothing(run: &RunScript) -> bool {
    let mut commands = run.script.commands.iter().filter(|command| manager(command) == Some(Manager::Apk));
    let first = commands.find(|command| command.starts_with("upgrade") || refreshes_index(command).is_some());
    first.is_some_and(|first| refreshes_index(first).is_none() && !first.has_any_flag("-U --update-cache --update"))
}

fn case(run: &RunScript, filling: &Command, of: Manager) -> &'static str {
    match of {
        Manager::Apt => "apt",
        Manager::Apk if !adds_with_cache(run) => "apk-index",
        Manager::Apk => "apk",
        Manager::Dnf if filling.program() == Some("microdnf") => "microdnf",
        Manager::Dnf => "dnf",
        Manager::Yum => "yum",
        Manager::Zypper => "zypper",
        Manager::Pacman => "pacman",
    }
}

fn message(filling: &Command, of: Manager, call: &str) -> String {
    match of {
        Manager::Apt => format!("`{call}` leaves the package index in the layer"),
        Manager::Apk if install(filling).is_some() => {
            format!("`{call}` without `--no-cache` leaves the package index in the layer")
        }
        Manager::Apk => format!("`{call}` leaves the package index in the layer"),
        Manager::Pacman => format!("`{call}` leaves the downloaded packages in the layer"),
        Manager::Dnf | Manager::Yum | Manager::Zypper => format!("`{call}` leaves its cache in the layer"),
    }
}

/// The command that clears what another filled.
fn clean_up(filling: &Command, of: Manager) -> String {
    let program = filling.program().unwrap_or_default();
    match of {
        Manager::Dnf | Manager::Yum => format!("{program} clean all"),
        Manager::Zypper => "zypper clean --all".to_owned(),
        Manager::Pacman => "rm -rf /var/cache/pacman/pkg/*".to_owned(),
        Manager::Apt | Manager::Apk => "rm -rf /var/lib/apt/lists/*".to_owned(),
    }
}

/// Cleans up behind the last command of a manager, unless something after it may install.
fn append_clean_up(
    document: &Document<'_>,
    step: &Step<'_>,
    run: &RunScript,
    of: Manager,
    command: &str,
) -> Option<Vec<Edit>> {
    let mut commands = run.script.commands.iter().filter(|command| manager(command) == Some(of));
    // An index that nothing is installed from is another rule's matter.
    commands.clone().find(|command| refreshes_index(command).is_none())?;
    let anchor = match of {
        Manager::Apt => commands.next_back(),
        _ => commands.rfind(|command| fills_cache(command) == Some(of)),
    }?;
    // That there are updates is a failure to it, and nothing would run behind it.
    if anchor.starts_with("check-update")
        || matches!(of, Manager::Dnf | Manager::Yum | Manager::Zypper) && may_be_gone(step, anchor)
    {
        return None;
    }
    let edit = append(document, step, run, anchor, command)?;
    let is_last_use = !may_be_used_behind(&run.script, edit.range.start(), of);
    is_last_use.then(|| vec![edit])
}

/// `apk add --no-cache`, which fetches an index of its own and leaves none, and no `apk update` before it.
fn without_cache(document: &Document<'_>, run: &RunScript) -> Option<Vec<Edit>> {
    let commands = || run.script.commands.iter().filter(|command| manager(command) == Some(Manager::Apk));
    let is_known = |command: &Command| words_of("add upgrade update del").any(|verb| command.starts_with(verb));
    let installs = |command: &Command| command.starts_with("add") || command.starts_with("upgrade");
    let is_seen = !run.script.commands.iter().any(may_install_unseen);
    if run.form == ScriptForm::Exec || !is_seen || !commands().all(is_known) || !commands().any(installs) {
        return None;
    }
    commands()
        .filter(|command| fills_cache(command).is_some())
        .map(|command| {
            if !installs(command) {
                return drop_link(document, &run.script, command);
            }
            // `--update` asks for a fresh index, which `--no-cache` gives as well.
            let is_update = |word: &&crate::shell::Word| word.raw.is_one_of("-U --update --update-cache");
            match command.arguments().iter().find(is_update) {
                Some(flag) => Some(replace(flag.range, "--no-cache")),
                None => Some(insert(command.subcommand()?.range.end(), " --no-cache")),
            }
        })
        .collect()
}

/// The packages themselves, where a stage switches off that Docker's images delete them.
fn archives(
    document: &Document<'_>,
    later: &mut Later,
    step: &Step<'_>,
    run: &RunScript,
    keeps_archives: &mut bool,
    report: &mut Reporter<'_>,
) {
    let mut left: Option<&Command> = None;
    for command in &run.script.commands {
        let drops_setting = command.program() == Some("rm")
            && command.operands().iter().any(|word| word.shown().ends_with("/docker-clean"));
        *keeps_archives |= drops_setting || setting(document, command, "Keep-Downloaded-Packages") == Some(true);
        if manager(command) == Some(Manager::Apt) && install(command).is_some_and(|install| !install.is_local()) {
            left = Some(command);
        }
        let deletes = manager(command) == Some(Manager::Apt) && command.starts_with("clean");
        if deletes || command.empties("/var/cache/apt/archives") {
            left = None;
        }
    }
    let Some(install) = left.filter(|_| *keeps_archives && !step.is_mounted("/var/cache/apt/archives")) else { return };
    let Some((range, call)) = spoken(install) else { return };
    let finding =
        report.at("apt-archives", range, format!("`{call}` keeps the downloaded packages, as this stage tells it to"));
    if let Some(edits) = append_clean_up(document, step, run, Manager::Apt, "apt-get clean")
        && !later.is_used(document, Manager::Apt)
    {
        finding.fix(Safe, "Run `apt-get clean` after installing", edits);
    }
}
