//! Scripts that nobody can read.

use crate::document::ScriptForm;
use crate::rules::prelude::*;
use crate::shell::{Command, Separator};
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "readable-run-script",
    category: Category::Style,
    severity: Severity::Style,
    is_on: false,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("one-per-line").codes(&[tally("tally/newline-per-chained-call")]),
        Case::new("run-heredoc").codes(&[tally("tally/prefer-run-heredoc")]),
        Case::new("copy-heredoc").codes(&[tally("tally/prefer-copy-heredoc")]),
    ],
    supersedes: &[],
    title: "Script that is hard to read",
    summary: "Long command chains read better one per line, or as a heredoc.",
    why: "
With one command per line an error is found at once, and a diff shows which command has changed. A heredoc does without backslashes
altogether; begin it with `set -e`, or a line that fails goes unnoticed. A file is written most plainly by `COPY <<EOF`.
",
    leave_it_when: "The builder is older than Dockerfile 1.4, which brought heredocs.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#here-documents",
        "https://docs.docker.com/build/building/best-practices/#run",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM alpine:3.23\nRUN «addgroup -S app && adduser -S -G app app && mkdir /srv/app && chown app /srv/app»\n",
            "FROM alpine:3.23\nRUN addgroup -S app \\\n    && adduser -S -G app app \\\n    && mkdir /srv/app \\\n    && chown app /srv/app\n",
        )
        .case("one-per-line"),
        flagged("FROM alpine:3.23\nRUN «addgroup -S app \\\n    && adduser -S -G app app \\\n    && mkdir /srv/app \\\n    && chown app /srv/app \\\n    && ls /»\n").case("run-heredoc"),
        flagged("FROM alpine:3.23\nRUN «echo 'a=1' > /etc/app.conf» && chmod 644 /etc/app.conf\n").case("copy-heredoc"),
        clean("FROM alpine:3.23\nRUN addgroup -S app \\\n    && adduser -S -G app app \\\n    && mkdir /srv/app \\\n    && chown app /srv/app\n"),
        clean("FROM alpine:3.23\nRUN mkdir /a && ls /a\nRUN a; b; c\nRUN echo a >> /etc/hosts && echo b\n"),
    ],
    check,
};

/// From this number of commands on, a chain on one line is hard to read, and a long one wants a heredoc.
const MANY: usize = 3;
const VERY_MANY: usize = 5;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run()) {
        let [run] = &step.scripts[..] else { continue };
        if run.form != ScriptForm::Inline || !run.script.is_readable || !step.instruction.heredocs.is_empty() {
            continue;
        }
        let commands: Vec<&Command> = run.script.top_level_commands().into_list();
        if let Some(write) = writes_file(&commands) {
            report.at("copy-heredoc", write.range, "`COPY` with a heredoc would write this file");
            continue;
        }
        let mut chains = run.script.top_level();
        let (Some(chain), None) = (chains.next(), chains.next()) else { continue };
        let Some(range) = chain.range.filter(|_| chain.followed_by == Separator::End) else { continue };
        let is_one_line = !document.slice(range).contains('\n');
        if is_one_line && chain.links >= MANY {
            let finding = report.at("one-per-line", range, format!("{} commands stand on one line", chain.links));
            if let Some(edits) = breaks(document, &commands, chain.links) {
                finding.fix(Safe, "One command per line", edits);
            }
        } else if chain.links >= VERY_MANY {
            report.at(
                "run-heredoc",
                range,
                format!("a heredoc would hold these {} commands without backslashes", chain.links),
            );
        }
    }
}

/// The command that writes a file, where a script does nothing else than that and setting its mode.
fn writes_file<'s>(commands: &[&'s Command]) -> Option<&'s Command> {
    let (first, rest) = commands.split_first()?;
    let target = first.redirects.iter().find(|redirect| redirect.writes())?;
    let path = target.target.as_ref()?.known().filter(|path| path.starts_with('/'))?;
    let is_write = target.kind == crate::shell::RedirectKind::Write
        && first.is_one_of("echo printf cat")
        && !first.context.writes_pipe;
    let is_mode =
        |command: &&Command| command.is_one_of("chmod") && command.operands().last().is_some_and(|word| word.is(path));
    let is_literal = first.arguments().iter().all(|word| word.known().is_some()) && !first.arguments().is_empty();
    (is_write && is_literal && rest.len() < 2 && rest.iter().all(is_mode)).then_some(*first)
}

/// The edits that put each command of a chain on a line of its own, where all that parts them is `&&`.
fn breaks(document: &Document<'_>, commands: &[&Command], links: usize) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for pair in commands.windows(2) {
        let [before, next] = pair else { continue };
        let between = TextRange::new(before.range.end(), next.range.start());
        if document.slice(between).trim() != "&&" {
            return None;
        }
        let newline = newline_of(document.file.text());
        edits.push(replace(between, format!(" {}{newline}    && ", document.file.escape)));
    }
    (commands.len() == links).then_some(edits)
}
