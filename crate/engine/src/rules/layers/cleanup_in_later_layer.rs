//! Files that a later layer deletes.

use crate::document::{Runner, is_within};
use crate::fix::join_runs;
use crate::packages::{
    DevFamily, DevUse, Ecosystem, Manager, clears_cache, dev_use, downloaded_file, fills_cache, install,
    language_cache, language_install, package_name, removes,
};
use crate::path::{looks_like_file, name};
use crate::rules::prelude::*;
use crate::shell::{Command, Word, is_pip};
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::{HashMap, HashSet};
use layerwise_syntax::{CopyArguments, Source};
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "cleanup-in-later-layer",
    category: Category::Layers,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &["combine-adjacent-instructions"],
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
        flagged("FROM debian:13-slim\nWORKDIR /tmp\nRUN wget https://example.org/a.tgz?v=1\nCOPY b /b\nRUN tar xzf a.tgz && «rm a.tgz»\n"),
        flagged("FROM python:3.13\nRUN pip install Some_Tool==1.2\nCOPY . .\nRUN make && «pip uninstall -y some-tool»\n"),
        flagged("FROM python:3.13\nRUN pip install flask\nCOPY . .\nRUN «rm -rf ~/.cache»\n"),
        flagged("FROM node:24\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build && «npm prune --omit=dev»\n"),
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y gcc=4:14.2.0-1\nCOPY a.c /\nRUN gcc /a.c && «apt-get purge -y gcc»\n"),
        reviewed(
            "FROM debian:13-slim\nRUN git clone https://example.org/a.git /src && make -C /src install\nRUN «rm -rf /src»\n",
            "FROM debian:13-slim\nRUN git clone https://example.org/a.git /src && make -C /src install \\\n    && rm -rf /src\n",
        ),
        flagged("FROM debian:13-slim\nWORKDIR /w\nRUN git clone https://example.org/a.git\nCOPY b /b\nRUN make -C a && «rm -rf a»\n"),
        // The same path, whatever the variable holds.
        flagged("FROM debian:13-slim\nENV PKG=a.zip D=/u01\nCOPY $PKG $D/\nRUN unzip /u01/$PKG\nRUN «rm \"/u01/${PKG}\"»\n"),
        flagged("FROM debian:13-slim\nARG PKG\nCOPY $PKG /u01/\nRUN unzip /u01/$PKG && «rm /u01/$PKG»\n"),
        clean("FROM debian:13-slim\nARG PKG\nCOPY $PKG /u01/\nRUN PKG=b; rm /u01/$PKG\nRUN read PKG && rm /u01/$PKG\nRUN rm /u01/${PKG%.zip} /u01/$OTHER\n"),
        // What is written is the script, and not all that lies below the destination.
        flagged("FROM debian:13-slim\nCOPY src /src\nRUN make -C /src install && «rm -rf /src»\nCOPY run.sh /\n"),
        clean("FROM debian:13-slim\nRUN --mount=type=bind,source=tools.tar.gz,target=/tmp/tools.tar.gz \\\n    tar -xzf /tmp/tools.tar.gz -C /opt\n"),
        clean("FROM debian:13-slim\nCOPY src /src\nRUN make -C /src install && rm -rf /src\nCOPY rootfs /\n"),
        clean("FROM node:24\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev\n"),
        clean("FROM python:3.13\nRUN pip install --no-cache-dir flask\nRUN pip install jq && rm -rf ~/.cache\n"),
        // Another file of that name, another home.
        clean("FROM debian:13-slim\nRUN cd /tmp && wget https://example.org/a.tgz\nRUN rm -f a.tgz\n"),
        clean("FROM python:3.13\nRUN pip install flask\nUSER 1000\nRUN rm -rf ~/.cache\n"),
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
        // Each takes away what it brought.
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y wget && apt-get purge -y wget\nRUN apt-get update && apt-get install -y wget && apt-get purge -y wget\n"),
    ],
    check,
};

/// What the instructions so far left behind, each with the instruction that did.
#[derive(Default)]
struct Leftovers<'d, 'a> {
    /// Files and folders, by their own absolute paths and by those of all folders that they lie in.
    paths: HashMap<String, (String, &'d Step<'a>)>,
    packages: HashMap<String, &'d Step<'a>>,
    /// Packages of Python.
    modules: HashMap<String, &'d Step<'a>>,
    /// The last install of a JavaScript project with what only development needs.
    node: Option<&'d Step<'a>>,
    /// The indexes and downloads of package managers.
    caches: Vec<(Manager, &'d Step<'a>)>,
}

/// What a command removes and an earlier instruction brought.
enum Removed<'d, 'a> {
    Path(String, &'d Step<'a>),
    Package(String, &'d Step<'a>),
    /// What only development needs.
    Development(&'d Step<'a>),
    Cache(&'d Step<'a>),
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let steps = document.chain_steps(stage);
    let copied: Vec<(usize, String)> = steps
        .iter()
        .enumerate()
        .flat_map(|(index, step)| step.copied_paths().into_iter().map(move |path| (index, path)))
        .into_list();
    let mut left = Leftovers::default();
    for (index, step) in steps.iter().enumerate() {
        if step.is_run() && !step.is_readable() {
            // What it does is unknown: it may have removed, or made, anything.
            left = Leftovers::default();
            continue;
        }
        let variables = Variables::of(document, step);
        for command in step.commands().filter(|command| !command.context.is_conditional) {
            let Some(removed) = left.removed_by(&variables, command) else { continue };
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
        left.note(&variables);
    }
}

impl<'d, 'a> Removed<'d, 'a> {
    /// The instruction that brought it.
    fn step(&self) -> &'d Step<'a> {
        match self {
            Removed::Path(_, step) | Removed::Package(_, step) | Removed::Development(step) | Removed::Cache(step) => {
                step
            }
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
            Removed::Path(path, _) => {
                format!("what {instruction} brought to `{}` stays in its layer", path.replace(OPEN, "${"))
            }
            Removed::Package(name, _) => format!("`{name}` stays in the layer of the {instruction} that installed it"),
            Removed::Development(_) => {
                format!("what only development needs stays in the layer of the {instruction} that installed it")
            }
            Removed::Cache(_) => format!("the package index stays in the layer of the {instruction} that fetched it"),
        }
    }
}

impl<'d, 'a> Leftovers<'d, 'a> {
    fn removed_by(&self, variables: &Variables<'_, '_>, command: &Command) -> Option<Removed<'d, 'a>> {
        let Variables { document, step, .. } = *variables;
        for folder in variables.removed_paths(command) {
            // A step that fills a cache anew removes its own.
            let is_own = |path: &str| cache_folders(document, step).any(|own| own == path);
            if let Some((path, from)) = self.paths.get(&folder).filter(|(path, _)| !is_own(path)) {
                return Some(Removed::Path(path.clone(), from));
            }
        }
        for package in removed_packages(command) {
            if let Some(from) = self.packages.get(package) {
                return Some(Removed::Package(package.to_owned(), from));
            }
        }
        if command.program().is_some_and(is_pip) && command.starts_with("uninstall") {
            let operands = command.operands();
            let mut modules = operands.iter().skip(1).filter_map(|word| word.known());
            let found = modules.find_map(|name| Some((name, self.modules.get(&module_name(name))?)));
            return found.map(|(name, from)| Removed::Package(name.to_owned(), from));
        }
        if command.starts_with("prune") && command.is_one_of("npm pnpm yarn") {
            let installs = |own: &Command| matches!(dev_use(document, step, own), Some(DevUse::Installs(..)));
            return self.node.filter(|_| !step.commands().any(installs)).map(Removed::Development);
        }
        // A step that fetches the index anew removes its own.
        let (_, from) = self.caches.iter().find(|(manager, _)| {
            clears_cache(command, *manager) && !step.commands().any(|own| fills_cache(own) == Some(*manager))
        })?;
        Some(Removed::Cache(from))
    }

    /// Notes what a step leaves behind.
    fn note(&mut self, variables: &Variables<'d, 'a>) {
        let Variables { document, step, .. } = *variables;
        let gone: Vec<String> = step.commands().flat_map(|command| variables.removed_paths(command)).into_list();
        let own = step.commands().filter(|command| !command.context.is_conditional);
        let downloads = own.filter_map(|command| downloaded_file(command).or_else(|| cloned_folder(command)));
        let downloads = downloads.filter_map(|path| path_in(document, step, path)).chain(cache_folders(document, step));
        let downloads =
            downloads.filter(|path| !step.is_mounted(path) && !gone.iter().any(|gone| is_within(path, gone)));
        for path in variables.copied_paths().into_iter().chain(downloads) {
            let ends = path.match_indices('/').map(|(end, _)| end).skip(1).chain([path.len()]);
            let folders = ends.filter_map(|end| path.get(..end));
            self.paths.extend(folders.map(|folder| (folder.to_owned(), (path.clone(), step))));
        }
        // Where each is removed last.
        let mut removed: HashMap<&str, TextSize> = HashMap::new();
        for command in step.commands() {
            removed.extend(removed_packages(command).into_iter().map(|name| (name, command.range.start())));
        }
        for command in step.commands().filter(|command| !command.context.is_conditional) {
            let packages = install(command).map(|install| install.packages).unwrap_or_default();
            let names = packages
                .iter()
                .filter_map(|word| word.known())
                .map(package_name)
                .filter(|name| removed.get(name).is_none_or(|at| *at < command.range.start()));
            self.packages.extend(names.map(|name| (name.to_owned(), step)));
            if let Some(install) = language_install(command).filter(|install| install.ecosystem == Ecosystem::Pip) {
                self.modules
                    .extend(install.packages.iter().filter_map(|word| Some((module_name(word.known()?), step))));
            }
            if let Some(DevUse::Installs(DevFamily::Node, _)) = dev_use(document, step, command) {
                self.node = Some(step);
            }
            let Some(manager) = fills_cache(command).filter(|manager| !self.has_cache_of(*manager)) else { continue };
            let is_cleared = step.commands().any(|later| clears_cache(later, manager));
            if !is_cleared && !words_of(manager.caches()).any(|cache| step.is_mounted(cache)) {
                self.caches.push((manager, step));
            }
        }
    }

    fn has_cache_of(&self, manager: Manager) -> bool {
        self.caches.iter().any(|(known, _)| *known == manager)
    }
}

/// The name of a package of Python, in the one of its spellings that all are compared in.
fn module_name(package: &str) -> String {
    package_name(package).to_ascii_lowercase().replace('_', "-")
}

/// The folder that `git clone` makes.
fn cloned_folder(command: &Command) -> Option<&str> {
    let operands = command.operands();
    let [verb, address, folder @ ..] = &operands[..] else { return None };
    let address = address.known().filter(|_| command.is_one_of("git") && verb.is("clone"))?;
    match folder {
        [] => Some(name(address).trim_end_matches(".git")),
        [folder, ..] => folder.known(),
    }
}

/// A path as a step's commands see it, made absolute; `None` where that is not certain.
fn path_in(document: &Document<'_>, step: &Step<'_>, path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix("~/") {
        return (document.runner(step) == Runner::Root).then(|| format!("/root/{rest}"));
    }
    let is_relative = !path.starts_with('/');
    if is_relative && step.commands().any(|command| command.is_one_of("cd pushd")) {
        return None;
    }
    step.absolute_path(path)
}

/// The folders below the home that package managers of languages fill in a step, and leave.
fn cache_folders<'s>(document: &'s Document<'_>, step: &'s Step<'_>) -> impl Iterator<Item = String> {
    step.commands().filter_map(|command| {
        let cache = language_cache(command).filter(|cache| cache.folder.starts_with("~/"))?;
        let is_left = !command.context.is_conditional && !cache.is_off(document, step, command);
        path_in(document, step, cache.folder).filter(|_| is_left)
    })
}

/// What an unknown variable begins with in a path. A `$` would make it one that nobody knows.
const OPEN: &str = "\u{1}{";

/// What the variables of a step's paths stand for.
struct Variables<'d, 'a> {
    document: &'d Document<'a>,
    step: &'d Step<'a>,
    /// Those that its commands set. Nobody knows what to.
    of_shell: OnceCell<HashSet<&'d str>>,
    /// Those that `ARG` declares.
    arguments: OnceCell<HashSet<&'d str>>,
}

impl<'d, 'a> Variables<'d, 'a> {
    fn of(document: &'d Document<'a>, step: &'d Step<'a>) -> Self {
        Variables { document, step, of_shell: OnceCell::new(), arguments: OnceCell::new() }
    }

    fn is_shells(&self, name: &str) -> bool {
        let names = |command: &'d Command| {
            let sets = command.is_one_of("read export local declare getopts");
            let words = command.words.iter().filter(move |_| sets).filter_map(|word| word.shown().split('=').next());
            command.assignments.iter().map(|assignment| assignment.name.as_str()).chain(words)
        };
        self.of_shell.get_or_init(|| self.step.commands().flat_map(names).collect()).contains(name)
    }

    fn is_argument(&self, name: &str) -> bool {
        self.arguments.get_or_init(|| self.document.arguments_at(self.step).into_iter().collect()).contains(name)
    }

    /// A path with the values of its variables. An `ARG` that has none here stays as its name, which is the same path wherever it stands. `None`
    /// for what is more than names in it, and for a variable that the shell sets.
    fn fill_in(&self, path: &str) -> Option<String> {
        let mut parts = path.trim_matches('"').split('$');
        let mut filled = parts.next()?.to_owned();
        for part in parts {
            let end = |text: &str| text.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(text.len());
            let (name, rest) = match part.strip_prefix('{') {
                Some(inside) => inside.split_once('}')?,
                None => part.split_at(end(part)),
            };
            if name.is_empty() || end(name) < name.len() || self.is_shells(name) {
                return None;
            }
            match self.document.variable_at(name, self.step) {
                Some(value) => filled.push_str(&value),
                // An `ENV` may have been set anew between.
                None if self.is_argument(name) => filled.push_str(&[OPEN, name, "}"].concat()),
                None => return None,
            }
            filled.push_str(rest);
        }
        (!filled.contains(['"', '\'', '\\', '*', '?', '`', '('])).then_some(filled)
    }

    /// The files and folders that the step copies, by their absolute paths.
    fn copied_paths(&self) -> Vec<String> {
        let has_variable = |copy: &&CopyArguments| {
            copy.sources.iter().any(|it| it.word().has_variable()) || copy.destination.has_variable()
        };
        let Some(copy) = self.step.copy().filter(has_variable) else { return self.step.copied_paths() };
        let folder = copy.destination.text.strip_suffix('/');
        let path = |source: &Source| {
            let source = source.word();
            let to = match folder {
                Some(folder) if source.has_variable() || looks_like_file(&source.text) => {
                    format!("{folder}/{}", name(&source.text))
                }
                _ => copy.destination.text.clone(),
            };
            self.step.absolute_path(&self.fill_in(&to)?)
        };
        copy.sources.iter().filter_map(path).into_list()
    }

    /// The files and folders that a command of the step removes, by their absolute paths.
    fn removed_paths(&self, command: &Command) -> Vec<String> {
        let is_removal = command.is_one_of("rm unlink")
            || (command.is_one_of("find")
                && command.has_flag("-delete")
                && !command.has_any_flag("-name -iname -path -regex"));
        if !is_removal {
            return Vec::new();
        }
        let path = |word: &Word| {
            let path = match word.known() {
                Some(path) => path.strip_suffix("/*").unwrap_or(path).to_owned(),
                None => self.fill_in(word.raw.strip_suffix("/*").unwrap_or(&word.raw))?,
            };
            path_in(self.document, self.step, &path).filter(|path| path.len() > 1)
        };
        command.operands().into_iter().filter_map(path).into_list()
    }
}

fn removed_packages(command: &Command) -> Vec<&str> {
    match removes(command) {
        Some(_) => command.operands().iter().skip(1).filter_map(|word| word.known()).into_list(),
        None => Vec::new(),
    }
}

/// Whether a later instruction writes to the path again, so that removing it made room.
fn is_written_again(later: &[(usize, String)], path: &str) -> bool {
    later.iter().any(|(_, destination)| is_within(destination, path) || is_within(path, destination))
}
