//! Packages of unknown origin.

use crate::fix::drop_argument;
use crate::packages::{Unchecked, call_range, install, spoken_call, unsigned, verifies};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};

pub const RULE: Rule = Rule {
    id: "package-signature-check-disabled",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[cis("4.11"), dockle("CIS-DI-0011")],
    cases: &[
        Case::new("apk").codes(&[checkov("CKV2_DOCKER_7")]),
        Case::new("apt").codes(&[checkov("CKV2_DOCKER_8")]),
        Case::new("apt-force").codes(&[checkov("CKV2_DOCKER_11")]),
        Case::new("yum").codes(&[checkov("CKV2_DOCKER_9")]),
        Case::new("rpm").codes(&[checkov("CKV2_DOCKER_10")]),
        Case::new("other"),
    ],
    supersedes: &[],
    title: "Packages are not verified",
    summary: "Package signatures are not verified.",
    why: "
The signature ties a package to the people who built it. Whoever skips it installs, as root, whatever a mirror, a cache or an attacker serves.

Import the key of the repository, and tie the repository to that key: `signed-by` in a source of apt, `gpgkey` in one of dnf. A package that you
download yourself can be compared with its published checksum.
",
    leave_it_when: "The package was verified before, by a checksum in another step.",
    references: &[
        "https://wiki.debian.org/SecureApt",
        "https://www.cisecurity.org/benchmark/docker",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
        "https://www.checkov.io/5.Policy%20Index/dockerfile.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13\nRUN apt-get update && apt-get install -y «--allow-unauthenticated» tool\n",
            "FROM debian:13\nRUN apt-get update && apt-get install -y tool\n",
        )
        .case("apt"),
        flagged("FROM debian:13\nRUN «echo 'deb [trusted=yes] https://example.org/apt stable main'» > /etc/apt/sources.list.d/a.list\n").case("apt"),
        reviewed("FROM debian:13\nRUN apt-get install -y «--force-yes» tool\n", "FROM debian:13\nRUN apt-get install -y tool\n").case("apt-force"),
        reviewed("FROM debian:13\nRUN apt-get install «--force-yes» tool\n", "FROM debian:13\nRUN apt-get install -y tool\n").case("apt-force"),
        reviewed("FROM alpine:3.23\nRUN apk add --no-cache «--allow-untrusted» tool\n", "FROM alpine:3.23\nRUN apk add --no-cache tool\n").case("apk"),
        // Without its key, which nothing here brings, it could not be installed.
        flagged("FROM alpine:3.23\nRUN apk add --no-cache «--allow-untrusted» glibc.apk\n").case("apk"),
        reviewed("FROM fedora:43\nRUN dnf install -y «--nogpgcheck» tool\n", "FROM fedora:43\nRUN dnf install -y tool\n").case("yum"),
        flagged("FROM fedora:43\nRUN «cat» <<EOF > /etc/yum.repos.d/a.repo\n[a]\nbaseurl=https://example.org\ngpgcheck=0\nEOF\n").case("yum"),
        reviewed("FROM fedora:43\nRUN rpm -i «--nosignature» /tmp/a.rpm\n", "FROM fedora:43\nRUN rpm -i /tmp/a.rpm\n").case("rpm"),
        reviewed("FROM opensuse/leap:16.0\nRUN zypper «--no-gpg-checks» install tool\n", "FROM opensuse/leap:16.0\nRUN zypper install tool\n").case("other"),
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y tool\n"),
        clean("FROM alpine:3.23\nRUN wget -q https://example.org/a.apk && echo \"0123  a.apk\" | sha256sum -c - && apk add --allow-untrusted ./a.apk\n"),
        clean("FROM fedora:43\nRUN printf '[a]\\ngpgcheck=1\\nrepo_gpgcheck=0\\n' > /etc/yum.repos.d/a.repo && grep gpgcheck=0 /etc/yum.conf\n"),
        clean("FROM opensuse/leap:16.0\nRUN zypper --gpg-auto-import-keys refresh && echo --force-yes\n"),
    ],
    check,
};

const TITLE: &str = "Verify packages (the install fails until the right key is there)";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let mut is_verified = false;
        for command in step.commands() {
            is_verified |= verifies(command);
            let Some((case, how)) = unsigned(document, command) else { continue };
            match how {
                Unchecked::Flag(_) if is_verified && is_local(command) => {}
                Unchecked::Flag(word) => {
                    let (_, name) = spoken_call(command);
                    let name = name.split(' ').next().unwrap_or_default();
                    let message =
                        format!("with `{}` `{name}` installs packages without a look at who made them", word.shown());
                    let finding = report.at(case, word.range, message);
                    // The key of a package of Alpine's that lies here is its builder's own.
                    let needs_key =
                        case == "apk" && command.operands().iter().any(|word| word.shown().ends_with(".apk"));
                    if let Some(edit) = without(document, command, word).filter(|_| !needs_key) {
                        finding.fix(Review, TITLE, [edit]);
                    }
                }
                Unchecked::Setting => {
                    report.at(
                        case,
                        call_range(command),
                        "from here on packages are installed without a look at who made them",
                    );
                }
            }
        }
    }
}

/// Whether all that a command installs lies on disk.
fn is_local(command: &Command) -> bool {
    match install(command) {
        Some(install) => install.is_local() || install.packages.iter().all(|package| package.shown().ends_with(".apk")),
        None => command.is_one_of("rpm") && !command.operands().iter().any(|word| word.shown().contains("://")),
    }
}

fn without(document: &Document<'_>, command: &Command, word: &Word) -> Option<Edit> {
    if word.is("--force-yes") && !command.has_any_flag("-y --yes --assume-yes -qq") {
        return Some(replace(word.range, "-y"));
    }
    drop_argument(document, command, word.range)
}
