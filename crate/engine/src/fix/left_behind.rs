//! What a program may look for when it runs, and a second stage would not have.

use super::Artefact;
use crate::document::{Document, Stage, Step, is_within};
use crate::packages::{install, package_name};
use crate::path::{looks_like_file, name};
use crate::shell::Command;
use crate::table::{Listed, words_of};
use layerwise_syntax::CopyArguments;
use layerwise_syntax::list::IntoList;

/// How the names of files end that programs are told to read.
const READ: &str = ".yml .yaml .json .toml .ini .conf .cfg .env .xml .properties .html .pem .crt .key .db .sqlite .sql .csv .jar .so .py .js .sh";

/// How the names of files end that are compiled, and of those that say how.
const COMPILED: &str = ".go .mod .sum .work .rs .lock .toml .java .kt .kts .gradle .xml .c .h .cc .cpp .hpp .cs .csproj .sln .props .proto";

/// Names of folders that builds put things into.
const OF_BUILDS: &str = "bin build cmd dist lib obj out src target tmp";

/// What takes files out of what was downloaded, or away when they have done their work.
const CONSUMERS: &str = "bsdtar bunzip2 dpkg gunzip rm sh bash tar unxz unzip";

/// Whether the start of a stage names a file of its working directory that neither the artefact nor these copies bring.
pub(super) fn names_what_stays(
    document: &Document<'_>,
    stage: &Stage<'_>,
    artefact: &Artefact,
    copies: &[(&Step<'_>, &CopyArguments)],
) -> bool {
    let directory = stage.end.workdir.as_deref().unwrap_or("/").trim_end_matches('/');
    let is_brought = |path: &str| {
        is_within(path, &artefact.destination) || copies.iter().any(|(step, copy)| brings(step, copy, path))
    };
    let stays = |part: &str| {
        let part = part.trim_start_matches("./");
        match part.starts_with('/') {
            true => !directory.is_empty() && is_within(part, directory) && part != directory && !is_brought(part),
            false => (part.contains('/') || part.ends_with_any(READ)) && !is_brought(&format!("{directory}/{part}")),
        }
    };
    let words =
        document.start_commands(stage).iter().flat_map(|command| &command.words).filter_map(|word| word.known());
    let mut parts = words.filter(|word| !word.contains("://")).flat_map(|word| word.split(['=', ':', ',']));
    parts.any(stays)
}

/// Whether an instruction behind the build calls a program that a package brings which is installed before, and would not be there.
pub(super) fn calls_what_stays(stage: &Stage<'_>, last: &Step<'_>) -> bool {
    let (built, following): (Vec<_>, Vec<_>) = stage.own_steps().partition(|step| step.index <= last.index);
    let installs = built.into_iter().flat_map(Step::commands).filter_map(install);
    let packages =
        installs.flat_map(|install| install.packages).map(|package| package_name(package.shown())).into_list();
    let scripts = following.into_iter().flat_map(|step| &step.scripts);
    let mut programs = scripts.flat_map(|run| &run.script.commands).filter_map(Command::program);
    programs.any(|program| packages.iter().any(|package| is_brought_by(program, package)))
}

/// Whether a package brings a program: most are called alike.
fn is_brought_by(program: &str, package: &str) -> bool {
    package == program
        || match program {
            "ssh" | "scp" | "ssh-keyscan" | "ssh-keygen" => package.starts_with("openssh-client"),
            "xz" => package == "xz-utils",
            "protoc" => package == "protobuf-compiler",
            "cc" | "gcc" | "g++" | "make" => package.is_one_of("build-essential build-base gcc g++"),
            _ => false,
        }
}

/// Whether a step copies what then lies at a path.
fn brings(step: &Step<'_>, copy: &CopyArguments, path: &str) -> bool {
    let Some(destination) = step.absolute_path(&copy.destination.text) else { return false };
    let Some(below) = path.strip_prefix(destination.trim_end_matches('/')) else { return false };
    copy.sources.iter().any(|source| {
        let source = &source.word().text;
        // Of a folder the contents are copied.
        !looks_like_file(source) || below.is_empty() || below.strip_prefix('/') == Some(name(source))
    })
}

/// Whether what a command writes is for the build alone, or goes into the artefact: a file that lies beside that may be there for the program.
pub(super) fn leaves_nothing(stage: &Stage<'_>, step: &Step<'_>, command: &Command, artefact: &Artefact) -> bool {
    let is_scratch = |path: &str| {
        let is_elsewhere = words_of("/tmp /dev /root /go /usr/src").any(|folder| is_within(path, folder));
        let place = step.absolute_path(path);
        let is_own = |place: &String| is_within(place, &artefact.path) || is_within(&artefact.path, place);
        is_elsewhere
            || path.ends_with_any(COMPILED)
            || name(path).is_one_of(OF_BUILDS)
            || place.as_ref().is_some_and(is_own)
    };
    let operands = || command.operands().into_iter().map(|word| word.shown());
    let mut targets = command.redirects.iter().filter(|redirect| redirect.writes()).filter_map(|it| it.target.as_ref());
    let writes_nothing = targets.all(|word| is_scratch(word.shown()));
    writes_nothing
        && match command.program() {
            Some("touch") => operands().all(is_scratch),
            Some("mkdir") => {
                let enters = |path: &str| {
                    step.commands().any(|other| other.is_one_of("cd") && other.operands().iter().any(|to| to.is(path)))
                };
                operands().all(|path| is_scratch(path) || enters(path) || is_copied_into(stage, step, path))
            }
            Some("cp" | "mv") => operands().next_back().is_none_or(is_scratch),
            Some("curl" | "wget") => {
                command.context.writes_pipe || step.commands().any(|other| other.is_one_of(CONSUMERS))
            }
            _ => true,
        }
}

/// Whether files of the context are copied into a folder.
fn is_copied_into(stage: &Stage<'_>, step: &Step<'_>, folder: &str) -> bool {
    let Some(folder) = step.absolute_path(folder.trim_end_matches('/')) else { return false };
    let copies = stage.own_steps().filter_map(|step| step.absolute_path(&step.copy()?.destination.text));
    copies.into_iter().any(|destination| is_within(&destination, &folder))
}
