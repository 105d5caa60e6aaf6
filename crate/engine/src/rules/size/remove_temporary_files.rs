//! Files that a `RUN` needs for a moment, and leaves in its layer.

use crate::document::{Mentions, RunScript, Runner, is_within};
use crate::fix::{Applicability, append, unless_for_score};
use crate::packages::{downloaded_file, is_archive, uses_up};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashMap;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "remove-temporary-files",
    category: Category::Size,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("archive").severity(Severity::Warning).codes(&[parfum("tarSomethingRmTheSomething")]),
        Case::new("mktemp").codes(&[parfum("rmRecursiveAfterMktempD")]),
        Case::new("usr-src").codes(&[parfum("mkdirUsrSrcThenRemove")]),
        Case::new("signature").codes(&[parfum("gpgVerifyAscRmAsc")]),
    ],
    supersedes: &[],
    title: "A temporary file stays in the layer",
    summary: "A temporary file or directory made in this RUN is left in the layer.",
    why: "
What is on disk when a `RUN` ends is part of the image for good; a later `RUN rm` only hides it. An archive that stays beside its contents
costs its whole size once more. Remove it in the same `RUN`, or pipe the download straight into `tar`.
",
    leave_it_when: "Something reads the file when the image runs.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#run",
        "https://github.com/tdurieux/docker-parfum",
    ],
    fix_changes: &[Change::UnusedFiles],
    examples: &[
        fixed(
            "FROM debian:13\nRUN curl -fsSLO «https://example.org/tool-1.4.2.tar.gz» \\\n    && tar -xzf tool-1.4.2.tar.gz -C /opt\n",
            "FROM debian:13\nRUN curl -fsSLO https://example.org/tool-1.4.2.tar.gz \\\n    && tar -xzf tool-1.4.2.tar.gz -C /opt \\\n    && rm tool-1.4.2.tar.gz\n",
        )
        .case("archive"),
        reviewed(
            "FROM debian:13\nARG V=1\nRUN wget -q «https://example.org/tool_$V.deb» && dpkg -i tool_$V.deb\n",
            "FROM debian:13\nARG V=1\nRUN wget -q https://example.org/tool_$V.deb && dpkg -i tool_$V.deb && rm tool_$V.deb\n",
        )
        .case("archive"),
        // The directory is another one at the end; something later reads the file.
        flagged("FROM debian:13\nRUN wget -q -O a.zip «https://example.org/x» && unzip a.zip && cd a && make\n").case("archive"),
        flagged("FROM debian:13\nRUN wget -q «https://example.org/a.tgz» && tar xf a.tgz\nRUN sha256sum a.tgz\n").case("archive"),
        flagged("FROM debian:13\nWORKDIR /w\nRUN wget -q «https://example.org/a.zip» && unzip a.zip\nRUN sha256sum *.zip > sums\n").case("archive"),
        fixed(
            "FROM debian:13\nRUN export GNUPGHOME=«\"$(mktemp -d)\"» \\\n    && gpg --batch --import /key\n",
            "FROM debian:13\nRUN export GNUPGHOME=\"$(mktemp -d)\" \\\n    && gpg --batch --import /key \\\n    && rm -rf \"$GNUPGHOME\"\n",
        )
        .case("mktemp"),
        fixed(
            "FROM debian:13\nRUN gpg --batch --verify «/opt/a.asc» /opt/a && chmod +x /opt/a\n",
            "FROM debian:13\nRUN gpg --batch --verify /opt/a.asc /opt/a && chmod +x /opt/a && rm /opt/a.asc\n",
        )
        .case("signature"),
        reviewed(
            "FROM debian:13\nRUN mkdir -p «/usr/src/tool» && tar -xzf /t.tgz -C /usr/src/tool && make -C /usr/src/tool install\n",
            "FROM debian:13\nRUN mkdir -p /usr/src/tool && tar -xzf /t.tgz -C /usr/src/tool && make -C /usr/src/tool install && rm -rf /usr/src/tool\n",
        )
        .case("usr-src"),
        clean("FROM debian:13\nRUN mkdir -p /usr/src/tool && make -C /usr/src/tool && rm -rf /usr/src/tool\nRUN mkdir /usr/src/app && make\nWORKDIR /usr/src/app\n"),
        clean("FROM debian:13\nRUN curl -fsSLO https://example.org/tool-1.4.2.tar.gz \\\n    && tar -xzf tool-1.4.2.tar.gz -C /opt \\\n    && rm tool-1.4.2.tar.gz\n"),
        clean("FROM debian:13\nRUN cd /tmp && wget -q https://example.org/a.zip && unzip a.zip && rm -rf /tmp/* && wget -q https://example.org/b.zip\n"),
        clean("FROM debian:13\nRUN --mount=type=tmpfs,target=/tmp wget -qO /tmp/a.tgz https://example.org/a && tar xf /tmp/a.tgz\n"),
        clean("FROM debian:13\nRUN wget -q https://example.org/a.gz && gunzip a.gz && curl -fsSL https://example.org/a.tgz | tar xz\n"),
        clean("FROM debian:13\nRUN D=\"$(mktemp -d)\" && cd \"$D\" && make; rm -rf /tmp/*\n"),
        clean("FROM debian:13\nRUN D=\"$(mktemp -d)\" && cd \"$D\" && make && rm -rf \"$D\"\nRUN gpg --verify a.asc && rm a.*\n"),
        clean("FROM debian:13 AS build\nRUN wget -q https://example.org/a.tgz && tar xf a.tgz\nFROM debian:13\nCOPY --from=build /x /x\n"),
        clean("FROM debian:13\nRUN --mount=type=bind,target=/src gpg --batch --verify /src/a.asc /src/a && cp /src/a /bin/a\n"),
        clean("FROM debian:13\nWORKDIR /src\nRUN --mount=type=bind,target=. gpg --batch --verify a.asc a\n"),
        // What comes behind it needs it still, be it by another name; or it is another user's.
        flagged("FROM debian:13\nRUN curl -fsSL -o /tmp/a.tar.gz «https://example.org/a.tar.gz» && tar -xzf /tmp/a.tar.gz -C /opt; sha256sum /tmp/a.tar.gz > /opt/sum\n").case("archive"),
        flagged("FROM debian:13\nRUN wget -q «https://example.org/a.deb»; dpkg -i a.deb; apt-get install -fy; dpkg -i a.deb\n").case("archive"),
        flagged("FROM debian:13\nRUN useradd -m dev\nUSER dev\nRUN sudo wget -qO /opt/x.zip «https://example.org/x.zip» && unzip -q /opt/x.zip -d /home/dev/x\n").case("archive"),
        flagged("FROM debian:13\nCOPY . /opt/\nUSER 1000\nRUN gpg --batch --verify «/opt/a.asc» /opt/a\n").case("signature"),
        reviewed(
            "FROM debian:13\nRUN d=«$(mktemp -d)» && cp /x $d && ln -s $d /y\n",
            "FROM debian:13\nRUN d=$(mktemp -d) && cp /x $d && ln -s $d /y && rm -rf \"$d\"\n",
        )
        .case("mktemp"),
        reviewed(
            "FROM debian:13\nRUN d=«$(mktemp -d)» && ./configure --with-data=$d && ldconfig\n",
            "FROM debian:13\nRUN d=$(mktemp -d) && ./configure --with-data=$d && ldconfig && rm -rf \"$d\"\n",
        )
        .case("mktemp"),
        // The variable is not set everywhere, or no longer.
        flagged("FROM debian:13\nRUN if test -f /x; then t=«\"$(mktemp -d)\"»; cp /x \"$t\"; fi; ldconfig\n").case("mktemp"),
        flagged("FROM debian:13\nENV GNUPGHOME=/etc/keys\nRUN GNUPGHOME=«\"$(mktemp -d)\"» gpg --batch --import /k\n").case("mktemp"),
        flagged("FROM debian:13\nRUN d=«$(mktemp -d)» && cp /x $d && d=/opt/app && mkdir -p $d\n").case("mktemp"),
        // What is installed points there.
        reviewed(
            "FROM python:3.13\nRUN d=«\"$(mktemp -d)\"» && git clone https://example.org/a \"$d\" && cd \"$d\" && poetry install\n",
            "FROM python:3.13\nRUN d=\"$(mktemp -d)\" && git clone https://example.org/a \"$d\" && cd \"$d\" && poetry install && rm -rf \"$d\"\n",
        )
        .case("mktemp"),
        reviewed(
            "FROM node:24\nRUN d=«\"$(mktemp -d)\"» && git clone https://example.org/a \"$d\" && npm install -g \"$d\"\n",
            "FROM node:24\nRUN d=\"$(mktemp -d)\" && git clone https://example.org/a \"$d\" && npm install -g \"$d\" && rm -rf \"$d\"\n",
        )
        .case("mktemp"),
    ],
    check,
};

/// A script with more removals than this, or downloads, was not written by hand.
const MOST: usize = 64;

/// So many files are told of at most.
const MOST_FOUND: usize = 8;

/// A file that is of no use when the `RUN` ends.
struct Left<'s> {
    case: &'static str,
    /// The word that says where it comes from.
    range: TextRange,
    /// The file as it is written, or the variable that holds its name.
    file: &'s str,
    /// Behind which command nothing needs it.
    last_use: &'s Command,
    message: String,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut mentions: Option<Mentions> = None;
    for stage in document.shipped_stages() {
        let patterns = OnceCell::new();
        for step in stage.steps.iter().filter(|step| step.is_run() && step.is_readable()) {
            for run in &step.scripts {
                for left in left_behind(step, &run.script.commands) {
                    let mentions = mentions.get_or_insert_with(|| document.mentions());
                    let is_needed = mentions.is_behind(last_part(left.file), step.outer.range);
                    let is_source = left.case == "usr-src";
                    let is_worked_in =
                        || stage.end.workdir.as_deref().is_some_and(|workdir| is_within(workdir, left.file));
                    if is_source && (is_needed || is_worked_in()) {
                        continue;
                    }
                    let finding = report.at(left.case, left.range, left.message.clone());
                    let patterns = || patterns.get_or_init(|| patterns_of(stage));
                    if !is_needed
                        && let Some((applicability, title, edit)) =
                            unless_for_score(document, || mend(document, step, run, &left, &patterns))
                    {
                        finding.fix(applicability, title, [edit]);
                    }
                }
            }
        }
    }
}

/// The patterns with which commands of a stage name files, such as `*.zip`: the folder, where that is known, and what stands for names in it,
/// each with the last step that it stands in.
type Patterns<'s> = HashMap<(Option<String>, &'s str), usize>;

fn patterns_of<'s>(stage: &'s Stage<'_>) -> Patterns<'s> {
    let mut patterns = Patterns::default();
    for step in &stage.steps {
        let removes = |command: &&Command| command.is_one_of("rm") && command.has_any_flag("-f --force");
        for word in step.commands().filter(|it| !removes(it)).flat_map(Command::arguments).filter(|word| word.is_glob) {
            let (folder, name) = word.shown().rsplit_once('/').unwrap_or((".", word.shown()));
            patterns.insert((step.absolute_path(folder), name), step.index);
        }
    }
    patterns
}

/// Whether a later step may name a file by a pattern.
fn is_in_pattern(step: &Step<'_>, file: &str, patterns: &Patterns<'_>) -> bool {
    const WILDCARDS: [char; 3] = ['*', '?', '['];
    let (folder, name) = file.rsplit_once('/').unwrap_or((".", file));
    let folder = step.absolute_path(folder);
    patterns.iter().any(|((other, pattern), last)| {
        let starts = pattern.split(WILDCARDS).next().is_some_and(|start| name.starts_with(start));
        let ends = pattern.rsplit([WILDCARDS[0], WILDCARDS[1], ']']).next().is_some_and(|end| name.ends_with(end));
        *last > step.index && starts && ends && *other == folder
    })
}

/// The files that the commands of a script leave behind.
fn left_behind<'s>(step: &Step<'_>, commands: &'s [Command]) -> Vec<Left<'s>> {
    let mut found: Vec<Left<'s>> = Vec::new();
    // What removes something that is not plain to see may remove anything.
    let Some(last) = commands.last() else { return found };
    let removals: Vec<&Command> =
        commands.iter().filter(|command| command.is_one_of("rm mv find unlink trap shred")).into_list();
    if removals.len() > MOST {
        return found;
    }
    let mut downloads: Vec<(&'s str, TextRange)> = Vec::new();
    for command in commands {
        if found.len() >= MOST_FOUND {
            break;
        }
        if downloads.len() < MOST
            && let Some(file) = downloaded_file(command).filter(|file| is_archive(file) && !is_mounted(step, file))
        {
            let word = crate::packages::download_url(command);
            downloads.push((file, word.map_or(command.range, |word| word.range)));
        }
        if uses_up(command)
            && let Some(place) = downloads.iter().position(|(file, _)| names(command.arguments(), file))
        {
            let (file, range) = downloads.remove(place);
            if !is_removed(&removals, file) {
                let message = format!("`{}` stays in the layer beside what was in it", last_part(file));
                found.push(Left { case: "archive", range, file, last_use: command, message });
            }
        }
        if command.is_one_of("mkdir") && commands.iter().any(|other| other.is_one_of("make cmake ninja")) {
            let below = |word: &&Word| {
                word.known().and_then(|path| path.strip_prefix("/usr/src/")).is_some_and(|it| !it.is_empty())
            };
            let source = command.operands().into_iter().find(below);
            if let Some((word, file)) = source.and_then(|word| Some((word, word.known()?)))
                && !is_removed(&removals, file)
                && !is_mounted(step, file)
            {
                let message = format!("`{file}` stays in the layer, and so does all that was built there");
                found.push(Left { case: "usr-src", range: word.range, file, last_use: last, message });
            }
        }
        if command.is_one_of("gpg gpg2") && command.has_flag("--verify") {
            let signature = command
                .operands()
                .into_iter()
                .find(|word| word.shown().trim_matches('"').ends_with_any(".asc .sig .sign"));
            let Some(word) = signature else { continue };
            let file = word.shown().trim_matches('"');
            if !is_removed(&removals, file) && !is_mounted(step, file) {
                let message = format!("the signature `{}` stays in the layer", last_part(file));
                found.push(Left { case: "signature", range: word.range, file, last_use: command, message });
            }
        }
        for assignment in &command.assignments {
            let Some(value) = assignment.value.as_ref().filter(|value| value.raw.contains("$(mktemp")) else {
                continue;
            };
            let name = assignment.name.as_str();
            let is_above = |word: &Word| word.shown().starts_with("/tmp");
            let takes_away = |command: &&Command| {
                command.is_one_of("trap")
                    || command.variables().any(|used| used == name)
                    || command.arguments().iter().any(is_above)
            };
            if !removals.iter().any(takes_away) && !is_mounted(step, "/tmp/x") {
                let message = format!("the temporary file or directory in `{name}` stays in the layer");
                found.push(Left { case: "mktemp", range: value.range, file: name, last_use: last, message });
            }
        }
    }
    found
}

fn names(words: &[Word], file: &str) -> bool {
    words.iter().any(|word| {
        let shown = word.shown().trim_matches('"');
        shown == file || shown.strip_prefix("./") == Some(file)
    })
}

/// Whether a file may lie in what is mounted: that is not in the layer, and perhaps nobody may write to it.
fn is_mounted(step: &Step<'_>, file: &str) -> bool {
    let workdir = || step.in_force.workdir.as_deref().filter(|_| !file.starts_with('/')).map(str::to_owned);
    let path = step.absolute_path(file).or_else(workdir);
    step.mounts.iter().any(|mount| {
        let target = mount.target.as_deref().and_then(|target| step.absolute_path(target));
        match (&path, target) {
            (Some(path), Some(target)) => is_within(path, &target),
            _ => step.mounts.len() > 1,
        }
    })
}

/// Whether a command may take a file away, be it with the folder that it lies in.
fn is_removed(removals: &[&Command], file: &str) -> bool {
    let name = last_part(file);
    removals.iter().any(|command| {
        let is_deep = command.has_any_flag("-r -R --recursive") || command.is_one_of("find trap");
        command.arguments().iter().filter(|word| !word.is_flag()).any(|word| {
            let shown = word.shown().trim_matches(['"', '\'']).trim_end_matches('/');
            // From a relative name nobody can tell in which folder the file lies.
            let is_above = is_deep && (!file.starts_with('/') || file.starts_with(shown));
            last_part(shown) == name || is_above || word.is_glob || word.has_variable() || shown.contains('{')
        })
    })
}

/// Whether a command behind the last use that is known may need the file as well, or the user who removes it may lack the rights of the one who
/// fetched it.
fn is_used_behind(commands: &[Command], left: &Left<'_>) -> bool {
    let name = last_part(left.file);
    let may_name = |word: &Word| word.is_glob || word.shown().contains(name);
    let is_behind = |command: &&Command| command.range.start() > left.last_use.range.end();
    commands.iter().filter(is_behind).any(|command| command.words.iter().any(may_name))
        || left.last_use.wrappers.is_empty() && commands.iter().any(|command| !command.wrappers.is_empty())
}

/// Whether a command before the one that uses a file names it.
fn is_made(commands: &[Command], left: &Left<'_>) -> bool {
    let is_before = |command: &&Command| command.range.start() < left.last_use.range.start();
    commands.iter().filter(is_before).any(|command| names(command.arguments(), left.file))
}

/// Whether something may count on a folder by its name for longer, or it does not lie where temporary folders do.
fn may_last(commands: &[Command], left: &Left<'_>) -> bool {
    const KEEPING: &str =
        "ln useradd adduser usermod make cmake ninja meson configure virtualenv venv npm pnpm yarn bun poetry pdm";
    const FLAGS: &str = "-e --editable --prefix --home --target --install-dir --instdir -m";
    let names = |word: &Word| word.variables.iter().any(|used| used == left.file);
    let keeps = |command: &Command| {
        let is_written = command.is_one_of("echo printf tee") && command.redirects.iter().any(|it| it.writes());
        command.is_one_of(KEEPING)
            || command.has_any_flag(FLAGS)
            || command.starts_with("sync")
            || command.starts_with("setup.py develop")
            || is_written
            // A program of its own may do anything.
            || command.words.first().is_some_and(names)
    };
    let enters = |command: &Command| command.is_one_of("cd pushd") && command.arguments().iter().any(names);
    let entered = commands.iter().position(enters).unwrap_or(usize::MAX);
    let is_elsewhere = |command: &Command| {
        let values = command.assignments.iter().filter(|it| it.name == left.file).filter_map(|it| it.value.as_ref());
        values.map(|value| value.shown()).any(|shown| shown.contains(" -p") || shown.contains('/'))
    };
    left.file == "HOME"
        || commands.iter().enumerate().any(|(index, command)| {
            let is_about_it = index > entered || command.variables().any(|used| used == left.file);
            is_elsewhere(command) || is_about_it && keeps(command)
        })
}

/// Whether a variable holds the name of what was made until the script ends: it is set once, for the shell itself, and always.
fn holds_to_the_end(commands: &[Command], left: &Left<'_>) -> bool {
    let sets = |command: &&Command| {
        command.assignments.iter().any(|assignment| assignment.name == left.file)
            || command.is_one_of("unset read") && command.arguments().iter().any(|it| it.shown().starts_with(left.file))
    };
    let mut setters = commands.iter().filter(sets);
    let is_plain = |command: &Command| {
        let context = command.context;
        (command.words.is_empty() || command.is_one_of("export readonly"))
            && !context.is_conditional
            && !context.in_function
            && !context.in_subshell
    };
    setters.next().is_some_and(is_plain) && setters.next().is_none()
}

/// Removes what is left in the step that left it: how sure that is, what it does, and how. Behind a door.
#[inline(never)]
fn mend<'p>(
    document: &Document<'_>,
    step: &Step<'_>,
    run: &RunScript,
    left: &Left<'_>,
    patterns: &dyn Fn() -> &'p Patterns<'p>,
) -> Option<(Applicability, &'static str, Edit)> {
    let edit = removal(document, step, run, left)?;
    if is_in_pattern(step, left.file, patterns()) {
        return None;
    }
    let is_sure = match left.case {
        "mktemp" => !may_last(&run.script.commands, left),
        "usr-src" => false,
        _ => !left.file.contains('$'),
    };
    Some(match is_sure {
        true => (Safe, "Remove it in the same RUN", edit),
        false => (Review, "Remove it in the same RUN, if nothing that stays needs it", edit),
    })
}

/// The edit that removes a file behind everything that its chain does.
fn removal(document: &Document<'_>, step: &Step<'_>, run: &RunScript, left: &Left<'_>) -> Option<Edit> {
    let commands = &run.script.commands;
    let goes_elsewhere = commands.iter().any(|command| command.is_one_of("cd pushd exit source ."));
    let is_unsure = match left.case {
        "mktemp" => !holds_to_the_end(commands, left),
        // What came with a COPY is root's.
        "signature" if document.runner(step) != Runner::Root && !is_made(commands, left) => true,
        _ => is_used_behind(commands, left),
    };
    if is_unsure {
        return None;
    }
    let addition = match left.case {
        "mktemp" => format!("rm -rf \"${}\"", left.file),
        "usr-src" => format!("rm -rf {}", left.file),
        _ if left.file.contains([' ', '*', '?', '(']) || !left.file.starts_with('/') && goes_elsewhere => return None,
        _ => format!("rm {}", left.file),
    };
    append(document, step, run, left.last_use, &addition)
}
