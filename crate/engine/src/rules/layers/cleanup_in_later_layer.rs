//! Files that a later layer deletes.

use crate::document::is_within;
use crate::fix::join_runs;
use crate::packages::{Manager, fills_cache, install, removes};
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::Source;

pub const RULE: Rule = Rule {
    id: "cleanup-in-later-layer",
    category: Category::Layers,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Deleting what an earlier layer holds",
    summary: "Files are deleted in a later instruction, which hides them but does not make the image smaller.",
    why: "
An image is a stack of layers. Deleting in a new layer puts a mark on top that says \"gone\", while the bytes stay in the layer below: they are
still downloaded by everybody, and whoever looks finds them. A key file that was deleted so is not deleted.

Create and delete within one `RUN`, mount what only the build needs with `RUN --mount=type=bind`, or do the work in a stage of its own and
copy the result.
",
    leave_it_when: "The file must not be seen when the container runs, and its size does not matter.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#run",
        "https://docs.docker.com/reference/dockerfile/#run---mounttypebind",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13-slim\nCOPY tools.tar.gz /tmp/\nRUN tar -xzf /tmp/tools.tar.gz -C /opt\nRUN «rm /tmp/tools.tar.gz»\n"),
        flagged("FROM debian:13-slim\nWORKDIR /src\nCOPY . .\nRUN make install && «rm -rf /src»\n"),
        reviewed(
            "FROM debian:13-slim\nRUN curl -fsSL -o /tmp/a.tgz https://example.org/a.tgz && tar xzf /tmp/a.tgz\nRUN «rm /tmp/a.tgz»\n",
            "FROM debian:13-slim\nRUN curl -fsSL -o /tmp/a.tgz https://example.org/a.tgz && tar xzf /tmp/a.tgz \\\n    && rm /tmp/a.tgz\n",
        ),
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y gcc\nCOPY a.c /\nRUN gcc /a.c && «apt-get purge -y gcc»\n"),
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nCOPY a /a\nRUN «rm -rf /var/lib/apt/lists/*»\n"),
        clean("FROM debian:13-slim\nRUN curl -fsSL -o /tmp/a.tgz https://example.org/a.tgz && tar xzf /tmp/a.tgz && rm /tmp/a.tgz\n"),
        clean("FROM debian:13-slim\nCOPY a /srv/a\nRUN rm -rf /tmp/* /srv/b /var/log/*\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM nginx:1.30\nRUN rm /etc/nginx/conf.d/default.conf\nCOPY a.conf /etc/nginx/conf.d/default.conf\n"),
        clean("FROM debian:13 AS build\nCOPY . /src\nRUN rm -rf /src/docs\nFROM debian:13-slim\nCOPY --from=build /src /src\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*\n"),
        // Who made what lies in a copied folder is not known.
        clean("FROM debian:13-slim\nCOPY work /u01\nRUN unzip /u01/a.zip -d /u01/b && rm -rf /u01/b\n"),
        // The path is written again, or it was mounted.
        clean("FROM debian:13-slim\nCOPY conf /etc/app\nRUN rm -rf /etc/app/default\nCOPY default /etc/app/default\n"),
        clean("FROM debian:13-slim\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl\nRUN rm -rf /var/lib/apt/lists/*\n"),
    ],
    check,
};

/// What an instruction left behind, and where it stands.
struct Leftover<'d, 'a> {
    step: &'d Step<'a>,
    what: What,
}

enum What {
    /// A file or folder.
    Path(String),
    /// An installed package.
    Package(String),
    /// What a package manager keeps of its index or downloads.
    Cache(Manager),
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let steps = document.chain_steps(stage);
    let mut left: Vec<Leftover<'_, '_>> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        if step.is_run() && !step.is_readable() {
            // What it does is unknown: it may have removed, or made, anything.
            left.clear();
            continue;
        }
        for command in step.commands().filter(|command| !command.context.is_conditional) {
            let gone = left.iter().find(|leftover| {
                removes_it(document, step, command, &leftover.what) && !makes_it_itself(step, &leftover.what)
            });
            let Some(leftover) = gone.filter(|leftover| !is_written_again(document, &steps, index, &leftover.what))
            else {
                continue;
            };
            let name = leftover.step.instruction.kind().name();
            let finding = report.here(command.range, message(&leftover.what, name));
            let are_neighbours = leftover.step.stage == step.stage && leftover.step.index + 1 == step.index;
            if are_neighbours && let Some(edits) = join_runs(document, leftover.step, step) {
                finding.fix(Review, "Join the two RUNs, so that a change of either runs both anew", edits);
            }
        }
        leave(document, step, &mut left);
    }
}

fn message(what: &What, instruction: &str) -> String {
    match what {
        What::Path(path) => format!("`{path}` stays in the layer of the {instruction} that brought it"),
        What::Package(name) => format!("`{name}` stays in the layer of the {instruction} that installed it"),
        What::Cache(_) => format!("the package index stays in the layer of the {instruction} that fetched it"),
    }
}

/// Notes what a step leaves behind.
fn leave<'d, 'a>(document: &Document<'a>, step: &'d Step<'a>, left: &mut Vec<Leftover<'d, 'a>>) {
    if let Some(copy) = step.copy() {
        let destination = document.absolute_path(step, &copy.destination.text);
        for source in &copy.sources {
            let (Source::Path(word), Some(folder)) = (source, &destination) else { continue };
            let name = word.text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            let is_into_folder = copy.destination.text.ends_with('/') && !name.contains(['*', '?', '[', '$', '.', ':'])
                || copy.destination.text.ends_with('/')
                    && name.contains('.')
                    && !name.contains(['*', '?', '[', '$', ':'])
                    && name != ".";
            let path = if is_into_folder { format!("{}/{name}", folder.trim_end_matches('/')) } else { folder.clone() };
            left.push(Leftover { step, what: What::Path(path) });
        }
        return;
    }
    for command in step.commands().filter(|command| !command.context.is_conditional) {
        if let Some(path) = downloaded(command).and_then(|path| document.absolute_path(step, path)) {
            let is_gone = step.commands().any(|later| removes_it(document, step, later, &What::Path(path.clone())));
            if !is_gone && !step.is_mounted(&path) {
                left.push(Leftover { step, what: What::Path(path) });
            }
        }
        if let Some(install) = install(command) {
            for package in install.packages.iter().filter_map(|package| package.known()) {
                left.push(Leftover { step, what: What::Package(package.to_owned()) });
            }
        }
        if let Some(manager) = fills_cache(command) {
            let is_cleared = step.commands().any(|later| removes_it(document, step, later, &What::Cache(manager)));
            let is_mounted = manager.caches().iter().any(|cache| step.is_mounted(cache));
            if !is_cleared && !is_mounted {
                left.push(Leftover { step, what: What::Cache(manager) });
            }
        }
    }
}

/// The file that a command downloads to a path it names.
fn downloaded(command: &Command) -> Option<&str> {
    match command.program()? {
        "curl" => command.flag_value("-o").or_else(|| command.flag_value("--output")),
        "wget" => command.flag_value("-O").or_else(|| command.flag_value("--output-document")),
        _ => None,
    }
    .filter(|path| *path != "-" && !path.starts_with("/dev/"))
}

fn removes_it(document: &Document<'_>, step: &Step<'_>, command: &Command, what: &What) -> bool {
    match what {
        What::Path(path) => {
            let is_removal =
                command.is_one_of(&["rm", "unlink"]) || (command.is_one_of(&["find"]) && command.has_flag("-delete"));
            let covers = |operand: &str| {
                let target = document.absolute_path(step, operand.strip_suffix("/*").unwrap_or(operand));
                target.is_some_and(|target| target.len() > 1 && is_within(path, &target))
            };
            is_removal && command.operands().iter().filter_map(|word| word.known()).any(covers)
        }
        What::Package(name) => {
            removes(command).is_some()
                && command.operands().iter().skip(1).any(|word| word.known() == Some(name.as_str()))
        }
        What::Cache(manager) => crate::packages::clears_cache(command, *manager),
    }
}

/// Whether a step fetches anew what it then removes.
fn makes_it_itself(step: &Step<'_>, what: &What) -> bool {
    let What::Cache(manager) = what else { return false };
    step.commands().any(|command| fills_cache(command) == Some(*manager))
}

/// Whether a later instruction writes to the path again, so that removing it made room.
fn is_written_again(document: &Document<'_>, steps: &[&Step<'_>], index: usize, what: &What) -> bool {
    let What::Path(path) = what else { return false };
    steps.iter().skip(index + 1).any(|later| {
        let Some(copy) = later.copy() else { return false };
        let destination = document.absolute_path(later, &copy.destination.text);
        destination.is_some_and(|destination| is_within(&destination, path) || is_within(path, &destination))
    })
}
