//! Programs that run as somebody else.

use crate::packages::{mode_bits, mode_word};
use crate::rules::prelude::*;
use crate::shell::Word;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "setuid-setgid-bit",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[dockle("CIS-DI-0008"), cis("4.8")],
    cases: &[],
    supersedes: &[],
    title: "A program that becomes somebody else",
    summary: "A setuid or setgid bit lets an unprivileged process become somebody else.",
    why: "
A program with the setuid bit runs as its owner, whoever calls it. If that is root, one hole in it turns any process of the container into root, so
that `USER` protects nothing.

Containers rarely need such a program: do what needs root while the image is built, or start as root and step down. Run the container with
`--security-opt no-new-privileges`, which makes the bits of the base image harmless too.
",
    leave_it_when: "The program was written to be setuid, and the container cannot do without it.",
    references: &[
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-4---prevent-in-container-privilege-escalation",
        "https://www.cisecurity.org/benchmark/docker",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("FROM debian:13\nCOPY helper /bin/helper\nRUN chmod «4755» /bin/helper\n", "FROM debian:13\nCOPY helper /bin/helper\nRUN chmod 755 /bin/helper\n"),
        reviewed("FROM debian:13\nCOPY --chmod=«6755» helper /bin/helper\n", "FROM debian:13\nCOPY --chmod=755 helper /bin/helper\n"),
        flagged("FROM debian:13\nRUN chmod «u+s» /bin/ping && chmod «g+s» /bin/b\n"),
        reviewed("FROM debian:13\nRUN install -m «4711» helper /bin/helper\n", "FROM debian:13\nRUN install -m 711 helper /bin/helper\n"),
        clean("FROM debian:13\nRUN chmod u-s /bin/ping && find / -perm /6000 -type f -exec chmod a-s {} + && chmod 0755 /a && chmod 1777 /tmp\n"),
        // Files in such a folder belong to its group.
        clean("FROM debian:13\nRUN mkdir -p /srv/data && chmod 2775 /srv/data && install -d -m 2770 /srv/log && chmod g+s /srv/data\n"),
        clean("FROM debian:13\nRUN mkdir -p /srv/x\nRUN chmod 2775 /srv/x\nWORKDIR /srv/w\nRUN chmod g+s /srv/w /srv/y/\nVOLUME /data\nRUN chmod 2770 /data\n"),
        clean("FROM debian:13\nRUN chmod -R g+rwXs /srv && find /srv -type d -exec chmod g+s {} +\n"),
        clean("FROM debian:13 AS build\nRUN chmod u+s /bin/ping\nFROM debian:13\nCOPY a /a\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        let mut made: HashSet<&str> = HashSet::new();
        for step in &stage.steps {
            if let Some((mode, path)) = step.copied_mode() {
                special(&mode.text, mode.range, &path, false, report);
            }
            if let Arguments::Volume { paths, .. } = &step.instruction.arguments {
                made.extend(paths.iter().map(|path| path.text.as_str()));
            }
            let is_folder = |made: &HashSet<&str>, path: &Word| {
                let path = path.shown();
                made.contains(path.trim_end_matches('/')) || path.ends_with('/') || step.has_folder(path)
            };
            for command in step.commands() {
                let makes = command.is_one_of("mkdir")
                    || command.is_one_of("install") && command.has_any_flag("-d --directory");
                if makes {
                    made.extend(command.operands().iter().map(|path| path.shown().trim_end_matches('/')));
                }
                let Some(mode) = mode_word(command) else { continue };
                let Some(path) = mode.paths.last() else { continue };
                // Of folders the bit of the group says to whom new files belong.
                let is_for_folders = makes
                    || command.has_any_flag("-R --recursive")
                    || mode.paths.iter().all(|path| is_folder(&made, path));
                special(mode.mode, mode.range, path.shown(), is_for_folders, report);
            }
        }
    }
}

fn special(mode: &str, range: TextRange, path: &str, is_folder: bool, report: &mut Reporter<'_>) {
    let bits = mode_bits(mode);
    let whom = match (bits.setuid, bits.setgid && !is_folder) {
        (true, _) if is_folder => return,
        (true, _) => "its owner",
        (false, true) => "its group",
        (false, false) => return,
    };
    let finding = report.here(range, format!("with `{mode}`, whoever calls `{path}` acts as {whom}"));
    let plain = mode.get(1..).filter(|rest| mode.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(plain) = plain {
        finding.fix(Review, "Take the bit away (what needs it will fail)", [replace(range, plain)]);
    }
}
