//! Values that change with every build, in front of what takes long.

use crate::packages::{build, download_url, install, language_install, manifest_install};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;
use layerwise_syntax::Word;
use layerwise_syntax::list::IntoList;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "cache-busted-early",
    category: Category::Caching,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("volatile"), Case::new("trick")],
    supersedes: &["moving-download-url"],
    title: "A value of each build in front of what takes long",
    summary: "Declare what changes with every build last, right above what needs it.",
    why: "
The value of an `ARG` is part of every `RUN` behind it, so that a new commit builds all of them anew. To build without the cache there is
`--no-cache-filter`.
",
    leave_it_when: "A script that is run there reads it.",
    references: &["https://docs.docker.com/build/cache/invalidation/"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nARG «GIT_SHA»\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci && npm cache clean --force\nLABEL org.opencontainers.image.revision=$GIT_SHA\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci && npm cache clean --force\nARG GIT_SHA\nLABEL org.opencontainers.image.revision=$GIT_SHA\n",
        )
        .case("volatile"),
        flagged("FROM debian:13\nARG A «BUILD_DATE»\nENV B=$BUILD_DATE\nRUN apt-get update && apt-get install -y git\n").case("volatile"),
        flagged("FROM debian:13\nARG «CACHEBUST»=1\nRUN make\n").case("trick"),
        flagged("FROM debian:13\nENV A=1 «CACHE_DATE»=2026-01-02\nRUN «date»\nRUN date > /built\n").case("trick"),
        flagged("FROM debian:13\nADD «https://api.github.com/repos/example/api/git/refs/heads/main» /tmp/version\n").case("trick"),
        clean("FROM node:24-slim\nCOPY package.json ./\nRUN npm ci\nARG GIT_SHA\nLABEL org.opencontainers.image.revision=$GIT_SHA\n"),
        clean("ARG IMAGE_VERSION=13\nFROM debian:$IMAGE_VERSION\nARG IMAGE_VERSION\nRUN apt-get update && apt-get install -y git\n"),
        clean("FROM debian:13\nARG APP_VERSION=1\nRUN curl -fsSLO https://example.org/tool-$APP_VERSION\nRUN apt-get update && apt-get install -y git\n"),
        clean("FROM debian:13\nARG GIT_SHA\nRUN mkdir /app\nENV APP_VERSION=1.4.2\nRUN apt-get update && apt-get install -y git$GIT_SHA\n"),
        // The version to build.
        clean("FROM debian:13-slim\nARG GIT_SHA=v1.25.0\nRUN apt-get update && apt-get install -y git\nRUN git checkout $GIT_SHA\n"),
    ],
    check,
};

const VOLATILE: &str = "\
    GIT_SHA GIT_COMMIT GIT_REV GIT_BRANCH COMMIT COMMIT_SHA COMMIT_HASH SHA VCS_REF REVISION BUILD_DATE BUILD_TIME \
    BUILD_NUMBER BUILD_ID BUILD_VERSION APP_VERSION IMAGE_VERSION RELEASE_VERSION TIMESTAMP";
const PREFIXES: &str = "CI_COMMIT GITHUB_SHA BITBUCKET_COMMIT BUILDKITE_COMMIT";
const TRICKS: &str = "CACHEBUST CACHE_BUST CACHE_BUSTER BUST_CACHE NO_CACHE CACHE_DATE";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        // Few stages declare anything that makes this worth knowing.
        let last_expensive = OnceCell::new();
        let find_last =
            || stage.own_steps().rev().find(|step| step.commands().any(is_expensive)).map(|step| step.index);
        let mut told = 0;
        for step in stage.own_steps() {
            for word in news(step) {
                report.at("trick", word.range, "this is fetched only to build anew whatever stands behind it");
            }
            if shows_only(step) {
                let range = step.instruction.arguments_range;
                report.at("trick", range, "this is run only to build anew whatever stands behind it");
            }
            for name in names(step) {
                if is_trick(&name.text) {
                    report.at("trick", name.range, format!("`{}` is there only to build anew what follows", name.text));
                    continue;
                }
                // Names come from a short list, so that few of them are looked for.
                if told > words_of(VOLATILE).count()
                    || !is_volatile(document, &name.text)
                    || names_version(step, name)
                    || last_expensive.get_or_init(find_last).is_none_or(|last| last < step.index)
                {
                    continue;
                }
                told += 1;
                if !is_too_early(document, stage, step, &name.text) {
                    continue;
                }
                let message = format!("`{}` changes with every build, and each RUN behind it is run again", name.text);
                let finding = report.at("volatile", name.range, message);
                if let Some(edits) = later(document, stage, step, &name.text) {
                    finding.fix(Review, "Declare it right above what needs it, if no script reads it before", edits);
                }
            }
        }
    }
}

/// The names that an instruction declares and that may get a value from outside.
fn names<'a>(step: &Step<'a>) -> Vec<&'a Word> {
    match &step.instruction.arguments {
        Arguments::Arg(declarations) => declarations.iter().map(|declaration| &declaration.name).into_list(),
        Arguments::Env(values) => {
            values.pairs.iter().map(|pair| &pair.key).filter(|key| is_trick(&key.text)).into_list()
        }
        _ => Vec::new(),
    }
}

/// What a step fetches only to build anew whatever stands behind it.
pub(crate) fn news<'a>(step: &Step<'a>) -> impl Iterator<Item = &'a Word> {
    let add = match &step.instruction.arguments {
        Arguments::Add(add) => Some(add),
        _ => None,
    };
    add.into_iter().flat_map(|add| &add.sources).map(layerwise_syntax::Source::word).filter(|word| is_news(&word.text))
}

fn is_trick(name: &str) -> bool {
    name.is_one_of(TRICKS)
}

/// Whether a `RUN` does nothing but to show the time, or what is changed to have it run again.
fn shows_only(step: &Step<'_>) -> bool {
    let mut commands = step.commands();
    let (Some(only), None) = (commands.next(), commands.next()) else { return false };
    let shows = only.is_one_of("date") || only.is_one_of("echo") && only.variables().any(is_trick);
    shows && only.redirects.is_empty() && !step.is_trigger
}

/// Whether a name is that of a value of each build. Of those before the first `FROM`, a version is that of an image.
fn is_volatile(document: &Document<'_>, name: &str) -> bool {
    let is_known = name.is_one_of(VOLATILE) || name.starts_with_any(PREFIXES);
    is_known && !(name.ends_with("VERSION") && document.is_global_arg(name))
}

/// Whether an `ARG` has a version for its default, `ARG SHA=v1.25.0`: then it says what is built, and seldom changes.
fn names_version(step: &Step<'_>, name: &Word) -> bool {
    let Arguments::Arg(declarations) = &step.instruction.arguments else { return false };
    let declared = declarations.iter().find(|declaration| declaration.name.range == name.range);
    let default = declared.and_then(|declaration| declaration.default.as_ref());
    default.is_some_and(|default| {
        let number = default.text.trim_start_matches(['"', '\'', 'v']);
        // What a build is expected to give itself.
        let is_placeholder = number.starts_with("0.0") || number.contains_any("-dev -SNAPSHOT -local");
        let is_time = name.text.ends_with_any("DATE TIME TIMESTAMP");
        number.starts_with(|first: char| first.is_ascii_digit()) && number.contains('.') && !is_placeholder && !is_time
    })
}

/// Whether an address is asked for news only.
fn is_news(address: &str) -> bool {
    let is_github =
        address.contains("://api.github.com/") && address.contains_any("/commits /git/refs /refs/heads /compare");
    is_github || address.contains_any("random.org worldtimeapi.org worldclockapi.com")
}

fn is_expensive(command: &Command) -> bool {
    install(command).is_some()
        || manifest_install(command).is_some()
        || language_install(command).is_some()
        || build(command).is_some()
        || download_url(command).is_some()
}

/// Whether something expensive comes before any RUN that mentions a name.
fn is_too_early(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, name: &str) -> bool {
    let mut behind = stage.own_steps().filter(|later| later.index > step.index && later.is_run());
    let decisive = behind.find(|later| {
        document.slice(later.outer.range).contains(name) || !later.is_readable() || later.commands().any(is_expensive)
    });
    decisive.is_some_and(|later| later.is_readable() && !document.slice(later.outer.range).contains(name))
}

/// The edits that move a declaration to where its name is used first.
fn later(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, name: &str) -> Option<[Edit; 2]> {
    let is_alone = names(step).len() == 1 && !document.has_comments(step);
    let user = stage.own_steps().filter(|later| later.index > step.index);
    let user = user.into_iter().find(|later| document.slice(later.outer.range).contains(name)).filter(|_| is_alone)?;
    let line = document.slice(step.outer.lines);
    let is_run_before = stage.own_steps().any(|between| {
        between.index > step.index && between.index < user.index && between.commands().any(is_expensive)
    });
    let edits = [delete(document.lines_to_go(step.outer)), insert(document.block_start(user.outer), line)];
    (is_run_before && line.ends_with('\n')).then_some(edits)
}
