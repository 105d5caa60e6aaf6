//! Files that a later layer deletes.

use crate::document::is_within;
use crate::fix::join_runs;
use crate::packages::{Manager, clears_cache, download_target, fills_cache, install, removes};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use std::collections::HashMap;

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
        // Some of it goes.
        clean("FROM debian:13-slim\nCOPY app /app\nRUN find /app -name '*.pyc' -delete\n"),
        // The path is written again, or it was mounted.
        clean("FROM debian:13-slim\nCOPY conf /etc/app\nRUN rm -rf /etc/app/default\nCOPY default /etc/app/default\n"),
        clean("FROM debian:13-slim\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl\nRUN rm -rf /var/lib/apt/lists/*\n"),
    ],
    check,
};

/// What the instructions so far left behind, each with the instruction that did.
#[derive(Default)]
struct Leftovers<'d, 'a> {
    /// Files and folders, by their own absolute paths and by those of all folders that they lie in.
    paths: HashMap<String, (String, &'d Step<'a>)>,
    packages: HashMap<String, &'d Step<'a>>,
    /// The indexes and downloads of package managers.
    caches: Vec<(Manager, &'d Step<'a>)>,
}

/// What a command removes and an earlier instruction brought.
enum Removed<'d, 'a> {
    Path(String, &'d Step<'a>),
    Package(String, &'d Step<'a>),
    Cache(&'d Step<'a>),
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let steps = document.chain_steps(stage);
    let copied: Vec<(usize, String)> = steps
        .iter()
        .enumerate()
        .filter_map(|(index, step)| Some((index, step.absolute_path(&step.copy()?.destination.text)?)))
        .collect();
    let mut left = Leftovers::default();
    for (index, step) in steps.iter().enumerate() {
        if step.is_run() && !step.is_readable() {
            // What it does is unknown: it may have removed, or made, anything.
            left = Leftovers::default();
            continue;
        }
        for command in step.commands().filter(|command| !command.context.is_conditional) {
            let Some(removed) = left.removed_by(step, command) else { continue };
            let later = copied.partition_point(|(at, _)| *at <= index);
            let later = copied.get(later..).unwrap_or_default();
            if removed.path().is_some_and(|path| is_written_again(later, path)) {
                continue;
            }
            let from = removed.step();
            let finding = report.here(command.range, removed.message());
            let are_neighbours = from.stage == step.stage && from.index + 1 == step.index;
            if are_neighbours && let Some(edits) = join_runs(document, from, step) {
                finding.fix(Review, "Join the two RUNs, so that a change of either runs both anew", edits);
            }
        }
        left.note(step);
    }
}

impl<'d, 'a> Removed<'d, 'a> {
    /// The instruction that brought it.
    fn step(&self) -> &'d Step<'a> {
        match self {
            Removed::Path(_, step) | Removed::Package(_, step) | Removed::Cache(step) => step,
        }
    }

    fn path(&self) -> Option<&str> {
        match self {
            Removed::Path(path, _) => Some(path),
            _ => None,
        }
    }

    fn message(&self) -> String {
        let instruction = self.step().kind().name();
        match self {
            Removed::Path(path, _) => format!("what {instruction} brought to `{path}` stays in its layer"),
            Removed::Package(name, _) => format!("`{name}` stays in the layer of the {instruction} that installed it"),
            Removed::Cache(_) => format!("the package index stays in the layer of the {instruction} that fetched it"),
        }
    }
}

impl<'d, 'a> Leftovers<'d, 'a> {
    fn removed_by(&self, step: &Step<'_>, command: &Command) -> Option<Removed<'d, 'a>> {
        for folder in removed_paths(step, command) {
            if let Some((path, from)) = self.paths.get(&folder) {
                return Some(Removed::Path(path.clone(), from));
            }
        }
        for package in removed_packages(command) {
            if let Some(from) = self.packages.get(package) {
                return Some(Removed::Package(package.to_owned(), from));
            }
        }
        // A step that fetches the index anew removes its own.
        let (_, from) = self.caches.iter().find(|(manager, _)| {
            clears_cache(command, *manager) && !step.commands().any(|own| fills_cache(own) == Some(*manager))
        })?;
        Some(Removed::Cache(from))
    }

    /// Notes what a step leaves behind.
    fn note(&mut self, step: &'d Step<'a>) {
        let gone: Vec<String> = step.commands().flat_map(|command| removed_paths(step, command)).collect();
        let downloads = step.commands().filter(|command| !command.context.is_conditional).filter_map(download_target);
        let downloads = downloads.filter_map(|path| step.absolute_path(path));
        let downloads =
            downloads.filter(|path| !step.is_mounted(path) && !gone.iter().any(|gone| is_within(path, gone)));
        for path in step.copied_paths().into_iter().chain(downloads) {
            let ends = path.match_indices('/').map(|(end, _)| end).skip(1).chain([path.len()]);
            let folders = ends.filter_map(|end| path.get(..end));
            self.paths.extend(folders.map(|folder| (folder.to_owned(), (path.clone(), step))));
        }
        for command in step.commands().filter(|command| !command.context.is_conditional) {
            let packages = install(command).map(|install| install.packages).unwrap_or_default();
            self.packages.extend(packages.iter().filter_map(|word| Some((word.known()?.to_owned(), step))));
            let Some(manager) = fills_cache(command).filter(|manager| !self.has_cache_of(*manager)) else { continue };
            let is_cleared = step.commands().any(|later| clears_cache(later, manager));
            if !is_cleared && !manager.caches().iter().any(|cache| step.is_mounted(cache)) {
                self.caches.push((manager, step));
            }
        }
    }

    fn has_cache_of(&self, manager: Manager) -> bool {
        self.caches.iter().any(|(known, _)| *known == manager)
    }
}

/// The files and folders that a command removes, by their absolute paths.
fn removed_paths(step: &Step<'_>, command: &Command) -> Vec<String> {
    let is_removal = command.is_one_of(&["rm", "unlink"])
        || (command.is_one_of(&["find"])
            && command.has_flag("-delete")
            && !command.has_any_flag(&["-name", "-iname", "-path", "-regex"]));
    if !is_removal {
        return Vec::new();
    }
    let path = |word: &Word| {
        let path = word.known()?;
        step.absolute_path(path.strip_suffix("/*").unwrap_or(path)).filter(|path| path.len() > 1)
    };
    command.operands().into_iter().filter_map(path).collect()
}

fn removed_packages(command: &Command) -> Vec<&str> {
    match removes(command) {
        Some(_) => command.operands().iter().skip(1).filter_map(|word| word.known()).collect(),
        None => Vec::new(),
    }
}

/// Whether a later instruction writes to the path again, so that removing it made room.
fn is_written_again(later: &[(usize, String)], path: &str) -> bool {
    later.iter().any(|(_, destination)| is_within(destination, path) || is_within(path, destination))
}
