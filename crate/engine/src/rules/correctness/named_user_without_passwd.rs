//! Names that nothing can look up.

use crate::packages::Trees;
use crate::rules::prelude::*;
use layerwise_syntax::Word;

pub const RULE: Rule = Rule {
    id: "named-user-without-passwd",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/named-identity-in-passwdless-stage")],
    cases: &[],
    supersedes: &[],
    title: "A name without /etc/passwd",
    summary: "A scratch image has no /etc/passwd, so user names cannot be resolved; use numbers.",
    why: "
`scratch` is empty. With nothing to look the name up in, the build, or the start of the container, ends with \"unable to find user app: no matching
entries in passwd file\".

Numbers need no file: `USER 65532:65532`. Or copy the file from the stage that created the user: `COPY --from=build /etc/passwd /etc/passwd`.
",
    leave_it_when: "What is copied brings the file along, in a folder.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#user",
        "https://docs.docker.com/reference/dockerfile/#copy---chown",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("FROM scratch\nCOPY api /api\nUSER «app»\nENTRYPOINT [\"/api\"]\n", "FROM scratch\nCOPY api /api\nUSER 65532:65532\nENTRYPOINT [\"/api\"]\n"),
        reviewed("FROM scratch\nCOPY --chown=«root:root» api /api\n", "FROM scratch\nCOPY --chown=0:0 api /api\n"),
        clean("FROM scratch\nCOPY api /api\nUSER 65532:65532\nENTRYPOINT [\"/api\"]\n"),
        clean("FROM debian:13 AS b\nFROM scratch\nCOPY --from=b /etc/passwd /etc/group /etc/\nUSER app\n"),
        reviewed("FROM scratch\nCOPY api /\nUSER «app»\nENTRYPOINT [\"/api\"]\n", "FROM scratch\nCOPY api /\nUSER 65532:65532\nENTRYPOINT [\"/api\"]\n"),
        clean("FROM scratch\nADD rootfs.tar.xz /\nUSER app\n"),
        clean("ARG WHO\nFROM scratch\nARG WHO\nUSER $WHO\nFROM debian:13\nUSER nobody\n"),
        clean("FROM scratch\nCOPY --from=b /out/ /\nUSER app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let trees = Trees::of(document);
    document.along_chains(|step, is_known: &mut bool| {
        let Some(stage) = document.stage_of(step).filter(|stage| *document.chain_base(stage) == Base::Scratch) else {
            return;
        };
        let brings_files = step.copy().is_some_and(|copy| {
            let path = copy.destination.text.trim_end_matches('/');
            let is_archive = |path: &str| path.contains(".tar") || path.ends_with(".tgz");
            matches!(path, "" | ".") && trees.may_come_with(step)
                || path.starts_with("/etc")
                || copy.sources.iter().any(|source| is_archive(&source.word().text))
        });
        let owner = step.instruction.flag("chown").and_then(|flag| flag.value.as_ref());
        let user = match &step.instruction.arguments {
            Arguments::User(user) => Some(user),
            _ => None,
        };
        if let Some(word) = owner.or(user).filter(|_| !*is_known && stage.end.shell.is_none()) {
            unresolved(word, owner.is_some(), report);
        }
        *is_known |= brings_files || step.is_run();
    });
}

fn unresolved(word: &Word, is_owner: bool, report: &mut Reporter<'_>) {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let named = word.text.split(':').find(|part| !is_number(part));
    // As the user of a process root needs no file.
    let Some(name) = named.filter(|_| word.is_plain() && (is_owner || !crate::document::is_root(&word.text))) else {
        return;
    };
    let finding = report.here(word.range, format!("there is no `/etc/passwd` in which `{name}` could be looked up"));
    let number = if word.text.split(':').next() == Some("root") { "0:0" } else { "65532:65532" };
    finding.fix(Review, "Use numbers", [replace(word.range, number)]);
}
