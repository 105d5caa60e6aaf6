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
            "FROM alpine:3.23\nRUN --network=none «addgroup -S app \\\n    && adduser -S -G app app \\\n    && mkdir \\\n        /srv/app \\\n    && chown app /srv/app && ls /»\n",
            "FROM alpine:3.23\nRUN --network=none <<EOF\nset -e\naddgroup -S app\nadduser -S -G app app\nmkdir \\\n        /srv/app\nchown app /srv/app\nls /\nEOF\n",
        )
        .case("run-heredoc"),
        // The shell would see the comment, and the line in quotes as two.
        flagged("FROM alpine:3.23\nRUN «a \\\n    # first\n    && b && c && d && e»\n").case("run-heredoc"),
        flagged("FROM alpine:3.23\nRUN «a && b && c 'd \\\n   e' && d && e»\n").case("run-heredoc"),
        flagged("FROM alpine:3.23\nRUN «a \\\n  && (b) && c && d && e»\n").case("run-heredoc"),
        reviewed(
            "FROM alpine:3.23\nRUN «echo 'a=1' > /etc/app.conf» && chmod 640 /etc/app.conf\n",
            "FROM alpine:3.23\nCOPY --chmod=640 <<EOF /etc/app.conf\na=1\nEOF\n",
        )
        .case("copy-heredoc"),
        flagged("FROM alpine:3.23\r\nRUN «echo 'a=1' > /etc/app.conf»\r\n").case("copy-heredoc"),
        // Escapes, a mode by its letters, another owner.
        flagged("FROM alpine:3.23\nRUN «printf 'a\\nb' > /etc/app.conf»\n").case("copy-heredoc"),
        flagged("FROM alpine:3.23\nRUN «echo 'a=1' > /etc/app.conf» && chmod a+x /etc/app.conf\n").case("copy-heredoc"),
        flagged("FROM alpine:3.23\nUSER app\nRUN «echo 'a=1' > /srv/app.conf»\n").case("copy-heredoc"),
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
            if let Some(edit) = as_copy(document, step, &commands) {
                finding.fix(Review, "Write it with COPY (needs Dockerfile 1.4)", [edit]);
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
            let finding = report.at(
                "run-heredoc",
                range,
                format!("a heredoc would hold these {} commands without backslashes", chain.links),
            );
            if let Some(edit) = as_heredoc(document, step, &commands, chain.links) {
                finding.fix(Review, "Write it as a heredoc (needs Dockerfile 1.4)", [edit]);
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
        true if mounts > 1 => (step.instruction.flags.iter().map(|flag| flag.range).collect(), "mounts"),
        false if step.labels().len() >= MANY => (step.labels().iter().map(|pair| pair.range).collect(), "labels"),
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
    finding.fix(Safe, "One per line", edits.collect::<Vec<_>>());
}

fn line_break(document: &Document<'_>, between: TextRange, joint: &str) -> Edit {
    replace(between, format!(" {}{}    {joint}", document.file.escape, newline_of(document.file.text())))
}

/// The edit that makes a heredoc of a chain.
fn as_heredoc(document: &Document<'_>, step: &Step<'_>, commands: &[&Command], links: usize) -> Option<Edit> {
    let range = step.instruction.arguments_range;
    let is_plain = commands.len() == links
        && step.instruction.comments.is_empty()
        && step.instruction.blank_lines.is_empty()
        && !step.is_trigger
        && document.file.escape == '\\'
        && !document.slice(range).contains("EOF");
    // In a heredoc a carriage return is text.
    let newline = Some(newline_of(document.file.text())).filter(|newline| *newline == "\n")?;
    let mut text = format!("<<EOF{newline}set -e{newline}");
    let mut before: Option<&Command> = None;
    for command in commands.iter().filter(|_| is_plain) {
        let is_one = command.words.iter().all(|word| !document.slice(word.range).contains('\n'));
        let follows = before.is_none_or(|before| only_and(document, before, command));
        if !is_one || !follows || !command.redirects.iter().all(|redirect| redirect.body.is_none()) {
            return None;
        }
        text.push_str(document.slice(command.range));
        text.push_str(newline);
        before = Some(command);
    }
    text.push_str("EOF");
    let is_all = commands.first()?.range.cover(commands.last()?.range) == range;
    (is_plain && is_all).then(|| replace(range, text))
}

/// Whether two commands are parted by nothing but `&&` and a continued line.
fn only_and(document: &Document<'_>, before: &Command, next: &Command) -> bool {
    let between = document.slice(TextRange::new(before.range.end(), next.range.start()));
    between.chars().filter(|mark| !mark.is_whitespace() && *mark != document.file.escape).eq("&&".chars())
}

/// The edit that makes a `COPY` of an `echo` into a file, where root runs it and the shell changes nothing of the text.
fn as_copy(document: &Document<'_>, step: &Step<'_>, commands: &[&Command]) -> Option<Edit> {
    let [echo, rest @ ..] = commands else { return None };
    let path = echo.redirects.first()?.target.as_ref()?;
    let words: Vec<&str> = echo.arguments().iter().filter_map(|word| word.known()).collect();
    let text = words.join(" ");
    let mode = match rest {
        [] => String::new(),
        [chmod] => format!("--chmod={} ", chmod.subcommand()?.known().filter(|mode| mode.parse::<u32>().is_ok())?),
        _ => return None,
    };
    let is_plain = echo.is_one_of("echo")
        && echo.redirects.len() == 1
        && echo.wrappers.is_empty()
        && !text.starts_with('-')
        && !text.contains(['$', '`', '\\', '\n'])
        && text != "EOF"
        && echo.arguments().iter().all(|word| !word.is_glob)
        && document.runner(step) == Runner::Root
        && rest.iter().all(|chmod| chmod.wrappers.is_empty() && only_and(document, echo, chmod))
        && step.instruction.flags.is_empty()
        && step.instruction.comments.is_empty()
        && !step.is_trigger;
    let newline = Some(newline_of(document.file.text())).filter(|newline| *newline == "\n")?;
    let range = step.instruction.keyword.range.cover(step.instruction.arguments_range);
    let is_all = echo.range.cover(rest.last().unwrap_or(echo).range) == step.instruction.arguments_range;
    (is_plain && is_all && !path.raw.contains(['$', ' ', '"', '\'']))
        .then(|| replace(range, format!("COPY {mode}<<EOF {}{newline}{text}{newline}EOF", path.raw)))
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
