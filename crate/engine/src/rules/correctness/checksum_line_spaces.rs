//! Lines of sums with one space.

use crate::image::OsFamily;
use crate::rules::prelude::*;
use crate::shell::{Command, RedirectKind, Word};

pub const RULE: Rule = Rule {
    id: "checksum-line-spaces",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[parfum("sha256sumEchoOneSpaces")],
    cases: &[],
    supersedes: &[],
    title: "A line of sums with one space",
    summary: "A checksum line needs two spaces between hash and file name.",
    why: "
A line for `sha256sum -c` is the sum, a space, a mark for the mode, and the name. The mark is a second space for text or `*` for binary.
GNU's tool forgives when it is missing. BusyBox's does not: on Alpine the check fails, whatever the file.
",
    leave_it_when: "The image will never be one with BusyBox.",
    references: &[
        "https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html",
        "https://github.com/tdurieux/docker-parfum",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM alpine:3.23\nRUN wget -q https://example.org/tool -O /tool \\\n    && echo «\"24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d /tool\"» | sha256sum -c -\n",
            "FROM alpine:3.23\nRUN wget -q https://example.org/tool -O /tool \\\n    && echo \"24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  /tool\" | sha256sum -c -\n",
        ),
        fixed("FROM debian:13\nARG SUM\nRUN echo «\"${SUM} /tool\"» | md5sum --check\n", "FROM debian:13\nARG SUM\nRUN echo \"${SUM}  /tool\" | md5sum --check\n"),
        // The shell makes one space of two.
        flagged("FROM debian:13\nARG SUM\nRUN echo «$SUM» tool.tgz | sha512sum -c\n"),
        clean("FROM alpine:3.23\nRUN echo \"24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  /tool\" | sha256sum -c -\n"),
        clean("FROM debian:13\nRUN echo \"$SUM *tool\" | sha1sum -c && echo \"two words\" | md5sum -c && echo \"$SUM tool\" | sha256sum && echo \"$LINES\" | sha256sum -c\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let mut writer: Option<&Command> = None;
        for command in step.commands() {
            let before = writer.replace(command);
            if !checks_sums(command) {
                continue;
            }
            let here = command.redirects.iter().find(|redirect| redirect.kind == RedirectKind::HereString);
            let echoed = before
                .filter(|before| before.context.writes_pipe && command.context.reads_pipe && before.is_one_of("echo"))
                .map(Command::operands);
            let words = match (here.and_then(|here| here.target.as_ref()), echoed) {
                (Some(word), _) => vec![word],
                (None, Some(words)) => words,
                (None, None) => continue,
            };
            let Some((word, edit)) = one_space(&words) else { continue };
            let finding = report.here(word.range, "a sum and a file name want two spaces between them");
            if document.os_family_at(step) == Some(OsFamily::Alpine) {
                finding.severity = Severity::Warning;
            }
            if let Some(edit) = edit {
                finding.fix(Safe, "Put a second space there", [edit]);
            }
        }
    }
}

/// Whether a command checks sums that it reads.
fn checks_sums(command: &Command) -> bool {
    const TOOLS: &str = "md5sum sha1sum sha224sum sha256sum sha384sum sha512sum shasum";
    command.is_one_of(TOOLS) && command.has_any_flag("-c --check")
}

/// The word with a sum that just one space parts from a name, and the edit where the space is written.
fn one_space<'w>(words: &[&'w Word]) -> Option<(&'w Word, Option<Edit>)> {
    match words {
        [word] => {
            let raw = word.raw.as_str();
            let (sum, name) = raw.split_once(' ')?;
            let is_line = is_sum(sum.trim_start_matches(['"', '\'']))
                && !name.starts_with([' ', '*', '\\'])
                && !name.contains('\n');
            let at = word.range.start() + TextSize::of(sum);
            is_line.then(|| (*word, Some(insert(at, " "))))
        }
        [sum, name] if !sum.is_quoted && is_sum(sum.shown()) && !name.shown().starts_with('*') => Some((*sum, None)),
        _ => None,
    }
}

/// A sum, or a variable that holds one.
fn is_sum(text: &str) -> bool {
    let is_variable = text.starts_with('$') && !text.contains(['(', ' ', '/']);
    is_variable || text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
