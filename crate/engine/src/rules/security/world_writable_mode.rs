//! Files that everybody may write to.

use crate::document::is_within;
use crate::packages::{mode_bits, mode_word};
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "world-writable-mode",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[tally("tally/world-writable-state-path-workaround"), droast("DF034")],
    cases: &[],
    supersedes: &[],
    title: "Everybody may write here",
    summary: "Everyone may write to these files; give them to the right user instead.",
    why: "
`chmod 777` ends a \"permission denied\" by giving every process, the one that was broken into included, the right to replace your code and data.

The real cause is who owns the files. Give them to the user who runs the program: `COPY --chown=app`, or `chown`. Where the platform picks the user, as
OpenShift does, give them to group 0 and let the group write: `chgrp -R 0 /data && chmod -R g=u /data`.
",
    leave_it_when: "The directory is meant for all users, as `/tmp` is; then set the sticky bit too: `chmod 1777`.",
    references: &[
        "https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/images/creating-images",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("FROM debian:13\nRUN mkdir /data && chmod «777» /data\n", "FROM debian:13\nRUN mkdir /data && chmod 775 /data\n"),
        reviewed("FROM debian:13\nRUN mkdir -p -m «0777» /data\n", "FROM debian:13\nRUN mkdir -p -m 0775 /data\n"),
        reviewed("FROM debian:13\nCOPY --chmod=«666» a /a\n", "FROM debian:13\nCOPY --chmod=664 a /a\n"),
        reviewed("FROM debian:13\nRUN install -d --mode=«777» /data\n", "FROM debian:13\nRUN install -d --mode=775 /data\n"),
        flagged("FROM debian:13\nRUN chmod -R «a+rwX» /data && chmod «o+w» /x\n"),
        clean("FROM debian:13\nRUN chmod 755 /data && chmod +w,g+w,+x /a && chmod g=u /b && chmod o-w /c && chmod 1777 /tmp/x /srv/y\n"),
        clean("FROM debian:13\nRUN mkdir -m 777 /tmp/a && make && rm -rf /tmp/a && chmod 666 /dev/null && chmod a+rwxt /var/tmp && chmod 666 /etc/a && echo x >> /etc/a && chmod 644 /etc/a\n"),
        clean("FROM debian:13 AS build\nRUN chmod -R 777 /src\nFROM debian:13\nCOPY --chmod=755 a /a\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        for step in &stage.steps {
            if let Some((mode, path)) = step.copied_mode() {
                writable(&mode.text, mode.range, &path, report);
            }
            // From the end, so that it is known what is mended later.
            let mut mended: HashSet<&str> = HashSet::new();
            let commands: Vec<&Command> = step.commands().into_list();
            for command in commands.into_iter().rev() {
                if command.is_one_of("rm") || narrows(command) {
                    mended.extend(command.operands().iter().map(|path| path.shown()));
                }
                let Some(mode) = mode_word(command) else { continue };
                if let Some(path) = mode.paths.iter().find(|path| !mended.contains(path.shown())) {
                    writable(mode.mode, mode.range, path.shown(), report);
                }
            }
        }
    }
}

/// Whether a command sets a mode with which others may not write.
fn narrows(command: &Command) -> bool {
    command.is_one_of("chmod") && mode_word(command).is_some_and(|mode| !mode_bits(mode.mode).everybody_writes)
}

fn writable(mode: &str, range: TextRange, path: &str, report: &mut Reporter<'_>) {
    let bits = mode_bits(mode);
    // With the sticky bit nobody can replace what belongs to somebody else.
    if !bits.everybody_writes || bits.sticky || is_within(path, "/dev") {
        return;
    }
    let finding = report.here(range, format!("`{mode}` lets everybody write to `{path}`"));
    if let Some(narrow) = without_others(mode) {
        finding.fix(Review, "Let owner and group write (look at who runs the program)", [replace(range, narrow)]);
    }
}

/// An octal mode with which others may not write; none for one with setuid, setgid or sticky bits.
fn without_others(mode: &str) -> Option<String> {
    let (before, last) = mode.split_at_checked(mode.len().checked_sub(1)?)?;
    let is_plain = before.len() == 2 || before.len() == 3 && before.starts_with('0');
    let digit = last.parse::<u8>().ok().filter(|_| is_plain && mode.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(format!("{before}{}", digit & !2))
}
