//! Windows to the kernel and the engine.

use crate::document::is_within;
use crate::rules::prelude::*;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "system-directory-as-volume-or-workdir",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("volume").codes(&[dockle("DKL-DI-0002")]),
        Case::new("socket").severity(Severity::Error).codes(&[semgrep("dockerfile-dockerd-socket-mount")]),
        Case::new("workdir").codes(&[trivy("DS-0030")]),
    ],
    supersedes: &[],
    title: "A system directory as volume or workplace",
    summary: "System directories and the Docker socket must not be a volume or working directory.",
    why: "
`/proc`, `/sys` and `/dev` are windows to the kernel, and the directories of the system belong to the image. Who declares them as volumes invites
people to mount those of the host, and hides what a newer image would bring.

The socket of Docker is root on the host in all but name: whoever can write to it starts a container that mounts the host's whole disk.
",
    leave_it_when: "The image manages its host, and says so to the people who run it.",
    references: &[
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-1---do-not-expose-the-docker-daemon-socket-even-to-the-containers",
        "https://avd.aquasec.com/misconfig/ds-0030",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM docker:28-cli\nVOLUME «/var/run/docker.sock»\n").case("socket"),
        flagged("FROM debian:13\nVOLUME [\"/data\", «\"/run/containerd/containerd.sock\"»]\n").case("socket"),
        flagged("FROM debian:13\nVOLUME /data «/sys/fs/cgroup» «/etc/»\n").case("volume"),
        flagged("FROM debian:13\nWORKDIR «/proc/self»\nWORKDIR «fd»\n").case("workdir"),
        clean("FROM docker:28-cli\nVOLUME /certs/client\n"),
        clean("FROM docker:28-cli\nVOLUME /certs/client /etc/app /root/.cache /var/lib/docker\nWORKDIR /\nWORKDIR /devel\n"),
    ],
    check,
};

const KERNEL: &str = "/dev /proc /sys /boot";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    const SYSTEM: &str = "/ /etc /usr /bin /sbin /lib /root";
    for step in document.steps() {
        match &step.instruction.arguments {
            Arguments::Volume { paths, .. } => {
                for word in paths {
                    let Some(path) = document.value_at(word, step).and_then(|path| step.absolute_path(&path)) else {
                        continue;
                    };
                    if path.ends_with("/docker.sock") || path.ends_with("/containerd.sock") {
                        report.at("socket", word.range, "whoever can write to this socket is root on the host");
                    } else if path.is_one_of(SYSTEM) || words_of(KERNEL).any(|folder| is_within(&path, folder)) {
                        report.at(
                            "volume",
                            word.range,
                            format!("`{path}` belongs to the system and is no place for a volume"),
                        );
                    }
                }
            }
            Arguments::Workdir(word) => {
                let path = document.value_at(word, step).and_then(|path| step.absolute_path(&path)).unwrap_or_default();
                let is_windows = document.stage_of(step).is_some_and(|stage| stage.is_windows);
                if !is_windows
                    && words_of(KERNEL).chain(["/initrd", "/lost+found"]).any(|folder| is_within(&path, folder))
                {
                    report.at(
                        "workdir",
                        word.range,
                        format!("`{path}` belongs to the kernel and is no place to work in"),
                    );
                }
            }
            _ => {}
        }
    }
}
