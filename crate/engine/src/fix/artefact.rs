//! What a build leaves for a second stage: the program's path, and the image that can run it.

use crate::document::{Document, Stage, Step};
use crate::image::{OsFamily, os_family};
use crate::shell::Command;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Arguments, Command as DockerfileCommand, InstructionKind};

/// What is copied into the second stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    /// Its absolute path, the same in both stages.
    pub path: String,
    /// The image that holds what it needs to run, and little else.
    pub image: String,
    /// The directory that the start command counts on.
    pub directory: Option<String>,
}

/// What a build command leaves, where the image starts exactly that, and where it is certain what it needs to run.
pub fn artefact(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, command: &Command) -> Option<Artefact> {
    let start = document.entrypoint(stage).or_else(|| document.cmd(stage))?;
    let DockerfileCommand::Exec(exec) = start.start_command()? else { return None };
    let words: Vec<&str> = exec.arguments.iter().map(|argument| argument.value.as_str()).into_list();
    let directory = directory(stage, step);
    let directory = directory.as_deref();
    let (&program, arguments) = words.split_first()?;
    let (started, path, image) = match command.program()? {
        "go" => {
            let path = place(command.flag_value("-o")?, directory).filter(|path| !path.ends_with('/'))?;
            (program, path, image_for_go(document, stage, step, command)?)
        }
        "cargo" => {
            let built = command.has_flag("--release") && !command.has_any_flag("--target --target-dir --profile");
            let is_moved = document.variable_at("CARGO_TARGET_DIR", step).is_some() || !command.assignments.is_empty();
            let path = place(program, directory).filter(|_| built && !is_moved)?;
            let name = path.strip_prefix(directory?)?.strip_prefix("/target/release/")?;
            let is_program = !name.is_empty() && !name.contains('/');
            (program, path.clone(), image_for_rust(stage).filter(|_| is_program)?)
        }
        "mvn" | "mvnw" | "gradle" | "gradlew" => {
            let jar = *arguments.iter().skip_while(|word| **word != "-jar").nth(1)?;
            let path = place(jar, directory).filter(|path| path.ends_with(".jar"))?;
            let below = path.strip_prefix(directory?)?;
            let is_built = below.starts_with("/target/") || below.starts_with("/build/libs/");
            (jar, path.clone(), image_for_java(stage).filter(|_| is_built && program == "java")?)
        }
        _ => return None,
    };
    if path.contains(['*', '?', '[', '$', ' ']) {
        return None;
    }
    let by_name = words_of("/usr/local/bin/ /usr/bin/ /bin/").any(|folder| path.strip_prefix(folder) == Some(started));
    let by_path = place(started, directory).as_deref() == Some(path.as_str());
    let counts_on_directory = !started.starts_with('/') && !by_name;
    (by_name || by_path).then(|| Artefact {
        path,
        image,
        directory: directory.filter(|_| counts_on_directory).map(str::to_owned),
    })
}

/// The directory in force from the build to the start, where just one absolute `WORKDIR` says so.
fn directory(stage: &Stage<'_>, build: &Step<'_>) -> Option<String> {
    let mut all = stage.steps.iter().filter(|step| step.kind() == InstructionKind::Workdir);
    let (only, None) = (all.next()?, all.next()) else { return None };
    let Arguments::Workdir(path) = &only.instruction.arguments else { return None };
    let is_sure = path.is_plain() && path.text.starts_with('/') && only.index < build.index && !only.is_trigger;
    is_sure.then(|| path.text.trim_end_matches('/').to_owned())
}

/// The absolute path of what a word names.
fn place(path: &str, directory: Option<&str>) -> Option<String> {
    if path.starts_with('/') {
        return Some(path.to_owned());
    }
    let below = path.strip_prefix("./").unwrap_or(path);
    let is_simple = !below.is_empty() && !below.split('/').any(|part| matches!(part, "" | "." | ".."));
    directory.filter(|_| is_simple).map(|directory| format!("{directory}/{below}"))
}

fn image_for_go(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, command: &Command) -> Option<String> {
    let is_static = command.assigned("CGO_ENABLED").is_some_and(|value| value.is("0"))
        || document.variable_at("CGO_ENABLED", step).as_deref() == Some("0");
    if is_static {
        return Some("gcr.io/distroless/static-debian12:nonroot".to_owned());
    }
    let is_glibc = stage.base.image().and_then(os_family) == Some(OsFamily::Debian);
    is_glibc.then(|| "gcr.io/distroless/base-debian13:nonroot".to_owned())
}

/// Programs of Rust need the library of the compiler beside that of C.
fn image_for_rust(stage: &Stage<'_>) -> Option<String> {
    match stage.base.image().and_then(os_family)? {
        OsFamily::Alpine => Some("gcr.io/distroless/static-debian12:nonroot".to_owned()),
        OsFamily::Debian => Some("gcr.io/distroless/cc-debian13:nonroot".to_owned()),
        OsFamily::Fedora => None,
    }
}

/// The runtime of the version that compiled, which the tags of build images name: `3.9-eclipse-temurin-21`, `8-jdk21`.
fn image_for_java(stage: &Stage<'_>) -> Option<String> {
    let parts: Vec<&str> = stage.base.image()?.tag_parts().into_list();
    let after_vendor = parts.iter().skip_while(|part| **part != "temurin").nth(1).copied();
    let version = after_vendor.or_else(|| parts.iter().find_map(|part| part.strip_prefix("jdk")))?;
    let is_number = !version.is_empty() && version.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| format!("eclipse-temurin:{version}-jre"))
}
