//! Clones whose result is cached for ever, or that bring their whole history.

use super::cache_busted_early::news;
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::lookup::HashSet;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "git-clone-in-run",
    category: Category::Caching,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("unpinned"),
        Case::new("history").severity(Severity::Info),
        Case::new("prefer-add").codes(&[tally("tally/prefer-add-git")]).off(),
    ],
    supersedes: &[],
    title: "Cloned without a fixed version",
    summary: "Clone a tag or check a commit out, without the history, or let ADD fetch it.",
    why: "
The builder sees only the text of a `RUN`: once a clone is in the cache, it stays as old as it is, and on a machine without that cache it is whatever the
branch holds today. Two builds of the same file differ, and neither says from what it was made.

Name a tag or a commit. `ADD https://github.com/example/tool.git#v1.4.2 /src` also notices when the tag moves, needs no git in the image, and
leaves the history out.
",
    leave_it_when: "The image is to follow a branch, and something builds it without the cache whenever that changes.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository",
        "https://docs.docker.com/build/cache/invalidation/",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13\nRUN «git clone https://github.com/example/tool.git /opt/tool»\n").case("unpinned"),
        flagged("FROM debian:13\nRUN «git clone --depth 1 -b main git@github.com:example/tool.git» && make -C tool\n").case("unpinned"),
        reviewed(
            "FROM debian:13\nRUN «git clone -b v1.4.2 https://github.com/example/tool.git» /opt/tool\n",
            "FROM debian:13\nRUN git clone --depth 1 -b v1.4.2 https://github.com/example/tool.git /opt/tool\n",
        )
        .case("history"),
        // A commit is found in the history only.
        flagged("FROM debian:13\nRUN «git clone https://github.com/example/tool.git» && cd tool && git checkout 1f0c3d2 && make\n").case("history"),
        flagged("FROM debian:13\nRUN «git clone --depth 1 -b v1.4.2 https://github.com/example/tool /opt/tool»\n").case("prefer-add"),
        // A variable for the folder says nothing of a version, as flags may.
        flagged("FROM debian:13\nRUN «git clone https://github.com/example/tool $TOOL» && make -C $TOOL\n").case("unpinned"),
        clean("FROM debian:13\nRUN git clone $FLAGS --depth 1 https://github.com/example/tool && make -C tool\n"),
        clean("# syntax=docker/dockerfile:1\nFROM debian:13\nADD https://github.com/example/tool.git#v1.4.2 /opt/tool\n"),
        clean("FROM debian:13\nARG REF\nRUN git clone --depth=1 --branch $REF https://github.com/example/tool.git && make -C tool\n"),
        clean(
            "FROM debian:13\nRUN git clone https://github.com/example/tool.git && cd tool && git checkout v2 && make install && cd .. && rm -rf tool\n",
        ),
        clean("FROM debian:13 AS build\nRUN git clone -b v1 https://github.com/example/tool.git\nFROM debian:13\nCOPY --from=build /tool/bin /bin\n"),
        clean("FROM debian:13 AS build\nRUN git clone https://github.com/example/tool.git\nWORKDIR /tool\nRUN git checkout v1.4.2\nFROM scratch\nCOPY --from=build /tool /\n"),
        clean("FROM debian:13\nRUN git clone /srv/mirror/tool.git --depth 1 && git clone -b v2 --depth 1 https://example.com/a.git && make\n"),
        // The version is checked out where the clone is mounted.
        clean("FROM alpine/git AS src\nRUN git clone https://example.com/a.git /src\nFROM golang:1.26\nRUN --mount=from=src,source=/src,target=/a git -C /a checkout v1 && go build\n"),
    ],
    check,
};

/// What moves a clone to another state.
const MOVES: &str = "checkout reset switch fetch submodule";

/// The stages that others, which check something out, are built on or take files from.
fn moved_elsewhere(document: &Document<'_>) -> HashSet<usize> {
    let mut moved = HashSet::new();
    for stage in document.stages().iter().filter(|stage| stage.steps.iter().any(|step| step.commands().any(moves))) {
        moved.extend(stage.parent);
        let taken = stage.steps.iter().flat_map(|step| document.stages_taken_from(step));
        moved.extend(taken.map(|from| from.index).filter(|from| *from != stage.index));
    }
    moved
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let elsewhere = OnceCell::new();
    for stage in document.stages() {
        let is_shipped = stage.ships && !stage.is_dev;
        let first_news = OnceCell::new();
        let find_news = || stage.steps.iter().position(|step| news(step).next().is_some());
        let last_move = stage.steps.iter().rposition(|step| step.commands().any(moves));
        for step in stage.steps.iter().filter(|step| step.is_run()) {
            for command in step.commands() {
                let Some(url) = cloned(command) else { continue };
                let name = repository(url.shown());
                let range = command.words.first().map_or(url.range, |git| git.range.cover(url.range));
                let later = || step.commands().filter(|later| later.range.start() > command.range.start());
                let is_moved = later().any(moves)
                    || last_move.is_some_and(|last| last > step.index)
                    || elsewhere.get_or_init(|| moved_elsewhere(document)).contains(&stage.index);
                if !is_moved && !names_version(command) {
                    let is_anew = first_news.get_or_init(find_news).is_some_and(|first| first < step.index);
                    let cached = if is_anew { "" } else { ", and cached so" };
                    report.at(
                        "unpinned",
                        command_range(command, range),
                        format!("`{name}` is cloned as its branch is today{cached}"),
                    );
                    continue;
                }
                let is_shallow = command.has_any_flag("--depth --shallow-since --shallow-exclude --filter");
                let is_removed = later().any(|later| removes_history(later, name));
                if is_shipped && !is_shallow && !is_removed {
                    let finding =
                        report.at("history", range, format!("the whole history of `{name}` ends up in the image"));
                    let verb = command.subcommand().filter(|verb| verb.is("clone") && !is_moved);
                    if let Some(verb) = verb {
                        finding.fix(Review, "Clone without the history", [insert(verb.range.end(), " --depth 1")]);
                    }
                } else if step.commands().count() == 1 {
                    report.at("prefer-add", command.range, format!("ADD can fetch `{name}` without git"));
                }
            }
        }
    }
}

/// Whether a command takes a clone to another state.
fn moves(command: &Command) -> bool {
    command.is_one_of("git") && command.arguments().iter().any(|word| word.is_one_of(MOVES))
}

/// A clone is shown whole where it is short.
fn command_range(command: &Command, range: TextRange) -> TextRange {
    command.words.last().map_or(range, |last| range.cover(last.range))
}

/// The address that a command clones.
fn cloned(command: &Command) -> Option<&crate::shell::Word> {
    let is_clone = command.is_one_of("git") && command.arguments().iter().any(|word| word.is("clone"));
    command.arguments().iter().filter(|_| is_clone).find(|word| is_remote(word.shown()))
}

fn is_remote(text: &str) -> bool {
    text.starts_with_any("http:// https:// git:// ssh:// git@")
}

/// The name of a repository: the last part of its address.
fn repository(url: &str) -> &str {
    let name = url.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or(url);
    name.strip_suffix(".git").unwrap_or(name)
}

/// Whether a clone names something that looks like a version, or a variable that may.
fn names_version(command: &Command) -> bool {
    let words = command.arguments();
    let mut previous_is_branch = false;
    for word in words {
        let text = word.shown();
        let value = ["--branch=", "-b=", "--revision="].iter().find_map(|flag| text.strip_prefix(flag));
        let value = value.or(previous_is_branch.then_some(text));
        if value.is_some_and(|value| value.contains('$') || value.bytes().any(|byte| byte.is_ascii_digit())) {
            return true;
        }
        previous_is_branch = matches!(text, "-b" | "--branch" | "--revision");
    }
    // A variable may hold flags, unless it stands where the folder does.
    let folder = words.iter().rposition(|word| is_remote(word.shown())).map(|url| url + 1);
    let is_folder = |at: usize| Some(at) == folder && at + 1 == words.len();
    words.iter().enumerate().any(|(at, word)| word.shown().starts_with('$') && !is_folder(at))
}

/// Whether a command takes the clone away, or its history.
fn removes_history(command: &Command, name: &str) -> bool {
    let covers =
        |text: &str| text.contains(".git") || text.contains(name) || text.contains('*') || text.starts_with("/tmp");
    command.is_one_of("rm find") && command.arguments().iter().any(|word| covers(word.shown()))
}
