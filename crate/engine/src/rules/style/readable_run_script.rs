//! Scripts that nobody can read.

use crate::document::{Runner, ScriptForm};
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
        fixed(
            "FROM alpine:3.23\nLABEL «a=1 b=2 c=\"3 4\"»\nRUN «--mount=type=tmpfs,target=/a --mount=type=tmpfs,target=/b» make\n",
            "FROM alpine:3.23\nLABEL a=1 \\\n    b=2 \\\n    c=\"3 4\"\nRUN --mount=type=tmpfs,target=/a \\\n    --mount=type=tmpfs,target=/b \\\n    make\n",
        )
        .case("one-per-line"),
        reviewed(
            "FROM alpine:3.23\nRUN --network=none «addgroup -S app \\\n    && adduser -S -G app \\\n      app \\\n    && mkdir /srv/app \\\n    && cat /a | tee /srv/app/a \\\n    && ls /»\n",
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\nRUN --network=none <<EOF\nset -e\naddgroup -S app\nadduser -S -G app \\\n      app\nmkdir /srv/app\ncat /a | tee /srv/app/a\nls /\nEOF\n",
        )
        .case("run-heredoc"),
        // What stops the chain would not stop a script, or what goes on would; lines would end where they do not.
        flagged("FROM alpine:3.23\nRUN «a \\\n  && b \\\n  && ! c \\\n  && d \\\n  && e»\n").case("run-heredoc"),
        flagged("FROM alpine:3.23\nRUN «a \\\n  && b \\\n  && for x in 1 2; do c; d; done \\\n  && e \\\n  && f»\n").case("run-heredoc"),
        flagged("FROM alpine:3.23\nRUN «a \\\n  && b \\\n  # Why.\n  && c \\\n  && d \\\n  && e»\n").case("run-heredoc"),
        flagged("FROM alpine:3.23\r\nRUN «a \\\r\n  && b \\\r\n  && c \\\r\n  && d \\\r\n  && e»\r\n").case("run-heredoc"),
        reviewed(
            "FROM alpine:3.23\nRUN «echo 'a=1' > /etc/app.conf» && chmod 600 /etc/app.conf\nCMD [\"serve\"]\n",
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\nCOPY --chmod=600 <<EOF /etc/app.conf\na=1\nEOF\nCMD [\"serve\"]\n",
        )
        .case("copy-heredoc"),
        flagged("FROM alpine:3.23\nRUN «echo '$a' > /etc/app.conf»\nUSER 1000\n").case("copy-heredoc"),
        flagged("FROM alpine:3.23\nUSER 1000\nRUN «echo a > /tmp/app.conf»\n").case("copy-heredoc"),
        clean("FROM alpine:3.23\nRUN addgroup -S app \\\n    && adduser -S -G app app \\\n    && mkdir /srv/app \\\n    && chown app /srv/app\n"),
        clean("FROM alpine:3.23\nLABEL a=1 b=2\nLABEL a=1 \\\n  b=2 \\\n  c=3\nRUN --mount=type=tmpfs,target=/a make\nRUN cat /a > /b\n"),
        clean("FROM alpine:3.23\nRUN mkdir /a && ls /a\nRUN a; b; c\nRUN echo a >> /etc/hosts && echo b\n"),
    ],
    check,
};

/// From this number of commands on, a chain on one line is hard to read, and a long one wants a heredoc.
const MANY: usize = 3;
const VERY_MANY: usize = 5;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        lists(document, step, report);
        let [run] = &step.scripts[..] else { continue };
        if !step.is_run()
            || run.form != ScriptForm::Inline
            || !run.script.is_readable
            || !step.instruction.heredocs.is_empty()
        {
            continue;
        }
        let commands: Vec<&Command> = run.script.top_level_commands().into_list();
        if let Some(write) = writes_file(&commands) {
            let finding = report.at("copy-heredoc", write.range, "`COPY` with a heredoc would write this file");
            if let Some(edits) = copied(document, step, &commands) {
                finding.fix(Review, "Write the file with COPY (folders that are not there are made too)", edits);
            }
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
            let message = format!("a heredoc would hold these {} commands without backslashes", chain.links);
            let finding = report.at("run-heredoc", range, message);
            if let Some(edits) = heredoc(document, step, range, &commands) {
                finding.fix(Review, "Write the commands in a heredoc, which stops at the first that fails", edits);
            }
        }
    }
}

/// The command that writes a file, where a script does nothing else than that and setting its mode.
fn writes_file<'s>(commands: &[&'s Command]) -> Option<&'s Command> {
    let (first, rest) = commands.split_first()?;
    let target = first.redirects.iter().find(|redirect| redirect.writes())?;
    let path = target.target.as_ref()?.known().filter(|path| path.starts_with('/'))?;
    let is_write = target.kind == crate::shell::RedirectKind::Write
        && first.is_one_of("echo printf")
        && !first.context.writes_pipe;
    let is_mode =
        |command: &&Command| command.is_one_of("chmod") && command.operands().last().is_some_and(|word| word.is(path));
    let is_literal = first.arguments().iter().all(|word| word.known().is_some()) && !first.arguments().is_empty();
    (is_write && is_literal && rest.len() < 2 && rest.iter().all(is_mode)).then_some(*first)
}

/// Reports labels and mounts that stand on one line.
fn lists(document: &Document<'_>, step: &Step<'_>, report: &mut Reporter<'_>) {
    let mounts = step.instruction.flags_named("mount").count();
    let (mut ranges, what): (Vec<TextRange>, _) = match step.is_run() {
        true if mounts > 1 => (step.instruction.flags.iter().map(|flag| flag.range).into_list(), "mounts"),
        false if step.labels().len() >= MANY => (step.labels().iter().map(|pair| pair.range).into_list(), "labels"),
        _ => return,
    };
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return };
    let range = first.cover(*last);
    if document.slice(range).contains('\n') {
        return;
    }
    let finding = report.at("one-per-line", range, format!("{} {what} stand on one line", ranges.len()));
    if step.is_run() {
        ranges.push(step.instruction.arguments_range);
    }
    let edits = ranges.windows(2).filter_map(|pair| match pair {
        [before, next] => Some(line_break(document, TextRange::new(before.end(), next.start()), "")),
        _ => None,
    });
    finding.fix(Safe, "One per line", edits.into_list());
}

fn line_break(document: &Document<'_>, between: TextRange, joint: &str) -> Edit {
    replace(between, format!(" {}{}    {joint}", document.file.escape, newline_of(document.file.text())))
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
        edits.push(line_break(document, between, "&& "));
    }
    (commands.len() == links).then_some(edits)
}

/// The edit that asks for a frontend with heredocs, where that must be said; `None` where the file asks for one without.
fn frontend(document: &Document<'_>) -> Option<Option<Edit>> {
    document
        .frontend()
        .knows(4)
        .then(|| document.newest_frontend().map(|edit| edit.because("the first syntax that knows heredocs is 1.4")))
}

/// The edits that write a chain as the lines of a heredoc. A failure must stop both in the same places, and each line must end where it does.
fn heredoc(document: &Document<'_>, step: &Step<'_>, range: TextRange, commands: &[&Command]) -> Option<Vec<Edit>> {
    let rest = TextRange::new(range.end(), step.instruction.range.end().max(range.end()));
    let has_odd_line = document.slice(range).lines().any(|line| {
        let end = line.trim_end();
        end.is_empty() || end == "EOF" || end.len() < line.len() && end.ends_with('\\')
    });
    let is_plain = document.file.escape == '\\' && newline_of(document.file.text()) == "\n" && !step.is_trigger;
    let is_bare = step.instruction.comments.is_empty() && document.slice(rest).trim().is_empty();
    if !is_plain || !is_bare || has_odd_line || commands.first()?.range.start() != range.start() {
        return None;
    }
    let mut edits: Vec<Edit> = frontend(document)?.into_iter().into_list();
    edits.push(insert(range.start(), "<<EOF\nset -e\n").because("without it, only the last line could fail"));
    let mut end = range.start();
    for (index, command) in commands.iter().enumerate() {
        let between = TextRange::new(end, command.range.start().max(end));
        let parted: String =
            document.slice(between).chars().filter(|mark| !mark.is_whitespace() && *mark != '\\').collect();
        match parted.as_str() {
            "&&" => edits.push(replace(between, "\n")),
            "|" => {}
            "" if index == 0 => {}
            _ => return None,
        }
        if command.context.is_negated || command.redirects.iter().any(|redirect| redirect.body.is_some()) {
            return None;
        }
        end = command.range.end();
    }
    edits.push(replace(rest, "\nEOF"));
    (end == range.end()).then_some(edits)
}

/// The edits that let `COPY` write the file that a `RUN` writes. Root does both, and the text means to both what it says.
fn copied(document: &Document<'_>, step: &Step<'_>, commands: &[&Command]) -> Option<Vec<Edit>> {
    let (write, rest) = commands.split_first()?;
    let path = write.redirects.first()?.target.as_ref()?.known()?;
    let words: Vec<&str> = write.arguments().iter().filter_map(|word| word.known()).into_list();
    let text = words.join(" ");
    let is_literal = !text.contains(['$', '`', '\\', '\n']) && !text.starts_with('-') && text != "EOF";
    let mode = match rest.first() {
        Some(chmod) => Some(chmod.operands().first()?.known()?),
        None => None,
    };
    let is_number = mode.is_none_or(|mode| mode.bytes().all(|byte| byte.is_ascii_digit()));
    let is_bare = step.instruction.flags.is_empty() && step.instruction.comments.is_empty() && !step.is_trigger;
    let is_root = document.runner(step) == Runner::Root && newline_of(document.file.text()) == "\n";
    if !is_literal || !is_number || !is_bare || !is_root || !write.is_one_of("echo") || path.contains([' ', '$']) {
        return None;
    }
    let mut edits: Vec<Edit> = frontend(document)?.into_iter().into_list();
    let mode = mode.map(|mode| format!("--chmod={mode} ")).unwrap_or_default();
    let line = document.line_like(step.outer, "COPY", &format!("{mode}<<EOF {path}\n{text}\nEOF"));
    edits.push(replace(step.instruction.range, line.trim()));
    Some(edits)
}
