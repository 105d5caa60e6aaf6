//! `./configure` that guesses the architecture.

use crate::image::OsFamily;
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "configure-build-flag",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: false,
    scope: Scope::All,
    codes: &[parfum("configureShouldUseBuildFlag")],
    cases: &[],
    supersedes: &[],
    title: "configure guesses the architecture",
    summary: "Pass --build to ./configure, so that it does not guess the architecture from the host kernel.",
    why: "
`configure` asks the kernel which machine it runs on, and in a container that is the host's. A 32-bit image on a 64-bit host gets the wrong
answer, and the build fails or makes programs that do not run. `dpkg-architecture` knows what the image is for.
",
    leave_it_when: "The image is built for the machine that it is built on.",
    references: &[
        "https://github.com/docker-library/official-images#consistency",
        "https://github.com/tdurieux/docker-parfum",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13 AS build\nWORKDIR /src\nRUN «./configure» --prefix=/usr && make\n",
            "FROM debian:13 AS build\nWORKDIR /src\nRUN ./configure --build=\"$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)\" --prefix=/usr && make\n",
        ),
        clean("FROM debian:13 AS build\nWORKDIR /src\nRUN ./configure --build=\"$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)\" && make\n"),
        clean("FROM alpine:3.23\nRUN ./configure && make\n"),
        clean("FROM debian:13\nRUN ./configure --host=arm-linux-gnueabihf && ./configure --help\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let is_debian = document.os_family_at(step) == Some(OsFamily::Debian);
        for command in step.commands().filter(|_| is_debian) {
            let Some(word) = command.words.first() else { continue };
            if !command.is_one_of("configure") || command.has_any_flag("--build --host --help --version") {
                continue;
            }
            let finding = report.here(word.range, "`configure` guesses the architecture from the kernel of the host");
            if !word.raw.starts_with('"') {
                let flag = " --build=\"$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)\"";
                finding.fix(Review, "Pass --build, which needs dpkg-dev", [insert(word.range.end(), flag)]);
            }
        }
    }
}
