//! What a build leaves for a second stage: what is copied, and the image that can run it.

use crate::document::{Document, Stage, Step, is_within};
use crate::image::{self, ImageName, OsFamily, is_os, os_family};
use crate::packages::{install, package_name};
use crate::path::last_part;
use crate::shell::Command;
use crate::table::{Listed, words_of};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Command as DockerfileCommand, InstructionKind};

/// What is copied into the second stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    /// Its absolute path in the first stage.
    pub path: String,
    /// Its absolute path in the second: the same, unless only the first one finds it there by its name.
    pub destination: String,
    /// The image that holds what it needs to run, and little else.
    pub image: String,
    /// Why it is that image.
    pub why: &'static str,
    /// Whether the start command counts on the working directory.
    pub counts_on_directory: bool,
    /// Whether both stages start from the same image, so that what is true of one base is true of the other.
    pub keeps_base: bool,
    /// What has to be set in the second stage; empty for nothing.
    pub environment: &'static str,
}

/// How the stage starts: its words, and whether that takes a shell.
struct Start {
    words: Vec<String>,
    takes_shell: bool,
}

impl Artefact {
    /// A folder that is copied into a second stage on the same base: the program starts in the same place.
    pub fn on_same_base(folder: &str, base: &ImageName, environment: &'static str) -> Artefact {
        Artefact {
            path: folder.to_owned(),
            destination: folder.to_owned(),
            image: base.reference(),
            why: WHY_SAME,
            counts_on_directory: true,
            keeps_base: true,
            environment,
        }
    }

    /// What still has to be run in the second stage: the loader must hear of libraries that come with everything installed from source.
    pub fn finish(&self) -> Option<&'static str> {
        (self.path == INSTALLED).then_some("ldconfig")
    }
}

/// Where what is installed from source goes.
const INSTALLED: &str = "/usr/local";

/// An image, and why it is the one.
type Image = (String, &'static str);

const STATIC: &str = "gcr.io/distroless/static-debian13:nonroot";
const WHY_STATIC: &str = "a program without libraries needs certificates, time zones and an unprivileged user, and that is all there is here";
const WHY_BASE: &str = "the C library that the program needs, certificates and an unprivileged user, and no shell";
const WHY_CC: &str =
    "as the compiler links Rust: the C library and that of the compiler, an unprivileged user, no shell";
const WHY_JRE: &str = "the Java that it was compiled for, without the compiler";
const WHY_ASPNET: &str = "the runtime of the same version as the SDK, without the SDK";
const WHY_SAME: &str = "the same base once more, without what was installed to build: the libraries fit";
const WHY_DEBIAN: &str = "a system whose C library is at least as new as that of the compiler's image";

/// What a build command leaves, where the image starts exactly that, and where it is certain what it needs to run.
#[inline(never)]
pub fn artefact(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, command: &Command) -> Option<Artefact> {
    let start = start(document, stage)?;
    let image = stage.base.image()?;
    let directory = step.in_force.workdir.as_deref();
    let end = stage.end.workdir.as_deref();
    let program = start.words.first()?.as_str();
    let name = command.program()?;
    if name == "dotnet" {
        return dotnet(image, &start, command, directory, end?);
    }
    let started = match name {
        "mvn" | "mvnw" | "gradle" | "gradlew" if program == "java" => {
            start.words.iter().skip_while(|word| *word != "-jar").nth(1)?
        }
        "mvn" | "mvnw" | "gradle" | "gradlew" => return None,
        _ => program,
    };
    let at = place(started, end);
    let mut copied = (at.clone(), at.clone());
    let (image, why) = match name {
        "go" if command.starts_with("install") => {
            let is_moved = words_of("GOPATH GOBIN").any(|name| document.is_variable_set(name, step));
            copied = installed("/go/bin/", started).filter(|_| !is_moved && image.repository == "golang")?;
            image_for_go(document, image, stage, step, command)?
        }
        "go" => {
            let built = match command.flag_value("-o") {
                Some(path) => place(path, directory).filter(|path| !path.ends_with('/'))?,
                // It is called as its package is, and lies where the build ran.
                None => {
                    let is_here = at.as_deref()?.strip_prefix(directory?)?.strip_prefix('/')?;
                    at.clone().filter(|_| !is_here.contains(['/', '.']) && started.contains('/'))?
                }
            };
            copied = named(&built, started, at.as_deref())
                .or_else(|| moved(stage, step, started, at.as_deref(), &|source| source == last_part(&built)))?;
            image_for_go(document, image, stage, step, command)?
        }
        "cargo" => {
            let is_moved = words_of("CARGO_TARGET_DIR CARGO_HOME RUSTFLAGS")
                .any(|name| document.variable_at(name, step).is_some())
                || !command.assignments.is_empty()
                || command.has_any_flag("--target --target-dir --profile --root");
            if is_moved {
                return None;
            }
            if command.starts_with("install") {
                let is_own = command.flag_value("--path").is_some() && image.repository == "rust";
                copied = installed("/usr/local/cargo/bin/", started).filter(|_| is_own)?;
            } else {
                let is_program = |path: &str| {
                    let name = path.strip_prefix(directory?)?.strip_prefix("/target/release/")?;
                    (!name.is_empty() && !name.contains('/')).then_some(())
                };
                let is_there =
                    command.has_flag("--release") && at.as_deref().is_some_and(|at| is_program(at).is_some());
                let is_built = |source: &str| source.trim_start_matches("./").starts_with("target/release/");
                if !is_there {
                    copied = moved(stage, step, started, at.as_deref(), &is_built)
                        .filter(|_| command.has_flag("--release"))?;
                }
            }
            image_for_rust(image)?
        }
        "mvn" | "mvnw" | "gradle" | "gradlew" => {
            let path = at.as_deref().filter(|path| path.ends_with(".jar"))?;
            // Such a program finds these beside itself.
            if command.operands().iter().any(|word| word.shown().contains("copy-dependencies")) {
                return None;
            }
            let below = directory.and_then(|directory| path.strip_prefix(directory)).unwrap_or_default();
            // What lies deeper, as that of Quarkus does, needs what lies beside it.
            let is_built = |source: &str| {
                let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
                folder.ends_with_any("target build/libs")
            };
            let is_own = below.starts_with_any("/target/ /build/libs/") && is_built(below);
            if !is_own {
                copied = moved(stage, step, started, Some(path), &is_built)?;
            }
            (runtime_for_java(image)?, WHY_JRE)
        }
        "gcc" | "cc" | "clang" | "g++" | "c++" | "clang++" => {
            let built = place(command.flag_value("-o")?, directory)?;
            copied = named(&built, started, at.as_deref())?;
            image_for_c(image, command, name)?
        }
        "make" | "cmake" => {
            let is_by_name = !started.contains('/') || started.starts_with("/usr/local/");
            if !is_by_name || !installs_to_local(stage) || !is_os(image) || os_family(image) != Some(OsFamily::Debian) {
                return None;
            }
            let everything = || Some(INSTALLED.to_owned());
            copied = (everything(), everything());
            (image.reference(), WHY_SAME)
        }
        _ => return None,
    };
    let (Some(path), Some(destination)) = copied else { return None };
    if path.contains(['*', '?', '[', '$', ' ']) || start.takes_shell && image.contains("distroless") {
        return None;
    }
    let keeps_base = stage.base.image().is_some_and(|base| base.reference() == image);
    Some(Artefact {
        counts_on_directory: !started.starts_with('/') && at.as_deref() == Some(destination.as_str()),
        environment: "",
        keeps_base,
        path,
        destination,
        image,
        why,
    })
}

/// How a stage starts, where that is one command.
fn start(document: &Document<'_>, stage: &Stage<'_>) -> Option<Start> {
    let start = document.entrypoint(stage).or_else(|| document.cmd(stage))?;
    match start.start_command()? {
        DockerfileCommand::Exec(exec) => {
            let words = exec.arguments.iter().map(|argument| argument.value.clone()).into_list();
            Some(Start { words, takes_shell: false })
        }
        DockerfileCommand::Shell(_) => {
            let [run] = &start.scripts[..] else { return None };
            let [only] = &run.script.commands[..] else { return None };
            let words = only.words.iter().map(|word| word.shown().to_owned()).into_list();
            only.assignments.is_empty().then_some(Start { words, takes_shell: true })
        }
    }
}

/// From where to where a program is copied.
type Copied = (Option<String>, Option<String>);

/// What was built at a path, where that is what is started: by its path, or by its name in a folder of the search path.
fn named(built: &str, started: &str, at: Option<&str>) -> Option<Copied> {
    let by_name = words_of("/usr/local/bin/ /usr/bin/ /bin/").any(|folder| built.strip_prefix(folder) == Some(started));
    (by_name || at == Some(built)).then(|| (Some(built.to_owned()), Some(built.to_owned())))
}

/// What a tool installs into a folder of its own, which only its image finds programs in.
fn installed(folder: &str, started: &str) -> Option<Copied> {
    let name = last_part(started);
    let path = format!("{folder}{name}");
    match started.strip_prefix(folder) {
        Some(below) => (below == name).then(|| (Some(path.clone()), Some(path))),
        None => (!started.contains('/')).then(|| (Some(path), Some(format!("/usr/local/bin/{name}")))),
    }
}

/// What a `cp` or `mv` behind the build puts where it is started from.
fn moved(
    stage: &Stage<'_>,
    build: &Step<'_>,
    started: &str,
    at: Option<&str>,
    is_built: &dyn Fn(&str) -> bool,
) -> Option<Copied> {
    for step in stage.own_steps().filter(|step| step.index >= build.index) {
        for command in step.commands().filter(|command| command.is_one_of("cp mv")) {
            let operands = command.operands();
            let [source, target] = operands[..] else { continue };
            if !is_built(source.shown()) {
                continue;
            }
            let target = place(target.known()?.trim_end_matches('/'), step.in_force.workdir.as_deref())?;
            let inside = format!("{target}/{}", last_part(source.shown()));
            if let Some(copied) = named(&target, started, at).or_else(|| named(&inside, started, at)) {
                return Some(copied);
            }
        }
    }
    None
}

/// The absolute path of what a word names.
fn place(path: &str, directory: Option<&str>) -> Option<String> {
    if path.starts_with('/') {
        return Some(path.to_owned());
    }
    let below = path.strip_prefix("./").unwrap_or(path);
    let is_simple = !below.is_empty() && !below.split('/').any(|part| matches!(part, "" | "." | ".."));
    directory.filter(|_| is_simple).map(|directory| format!("{}/{below}", directory.trim_end_matches('/')))
}

/// The first two numbers of a version.
fn version(part: &str) -> Option<(u32, u32)> {
    image::version(part).map(|(major, minor)| (major, minor.unwrap_or(0)))
}

/// Whether a stage installs one of these packages of the system.
fn has_package(stage: &Stage<'_>, names: &str) -> bool {
    let mut packages = stage.own_steps().flat_map(Step::commands).filter_map(install).flat_map(|it| it.packages);
    packages.any(|package| package_name(package.shown()).is_one_of(names))
}

fn image_for_go(
    document: &Document<'_>,
    image: &ImageName,
    stage: &Stage<'_>,
    step: &Step<'_>,
    command: &Command,
) -> Option<Image> {
    let is_off = command.assigned("CGO_ENABLED").is_some_and(|value| value.is("0"))
        || document.variable_at("CGO_ENABLED", step).as_deref() == Some("0");
    let is_set = command.assigned("CGO_ENABLED").is_some() || document.is_variable_set("CGO_ENABLED", step);
    let first = image.tag_parts().next();
    // Since 1.20 Go does without C where there is no compiler for it, and the image on Alpine brings none.
    let is_without_c = || {
        let is_recent = first.is_none_or(|part| version(part).is_none_or(|it| it >= (1, 20)));
        image.repository == "golang" && is_recent && !has_package(stage, "gcc build-base clang alpine-sdk")
    };
    match os_family(image) {
        _ if is_off => Some((STATIC.to_owned(), WHY_STATIC)),
        Some(OsFamily::Alpine) if !is_set && is_without_c() => Some((STATIC.to_owned(), WHY_STATIC)),
        Some(OsFamily::Debian) => Some(("gcr.io/distroless/base-debian13:nonroot".to_owned(), WHY_BASE)),
        _ => None,
    }
}

fn image_for_rust(image: &ImageName) -> Option<Image> {
    // Older ones link a libssl that is no longer to be had.
    let is_old = image.tag_parts().any(|part| {
        matches!(part, "buster" | "bullseye") || version(part).is_some_and(|it| it < (1, 71) && part.starts_with("1."))
    });
    match os_family(image)? {
        OsFamily::Alpine => Some((STATIC.to_owned(), WHY_STATIC)),
        OsFamily::Debian if !is_old => Some(("gcr.io/distroless/cc-debian13:nonroot".to_owned(), WHY_CC)),
        _ => None,
    }
}

/// The runtime of the version that compiled, which the tags of build images name: `3.9-eclipse-temurin-21`, `8-jdk21`, `21-jdk`.
fn runtime_for_java(image: &ImageName) -> Option<String> {
    let parts: Vec<&str> = image.tag_parts().into_list();
    let is_vendor = |part: &&str| part.is_one_of("temurin openjdk amazoncorretto corretto");
    let after_vendor = parts.iter().skip_while(|part| !is_vendor(part)).nth(1).copied();
    let own = parts.first().copied().filter(|_| image.repository == "eclipse-temurin" && parts.contains(&"jdk"));
    let joined = || parts.iter().find_map(|part| part.strip_prefix("jdk")).filter(|rest| !rest.is_empty());
    let version = own.or(after_vendor).or_else(joined)?.split(['.', '_', 'u']).next()?;
    let alpine = if os_family(image) == Some(OsFamily::Alpine) { "-alpine" } else { "" };
    version.is_one_of("8 11 17 21 25").then(|| format!("eclipse-temurin:{version}-jre{alpine}"))
}

/// What `dotnet publish` leaves in a folder from which it is started: settings are looked for where the program starts.
fn dotnet(image: &ImageName, start: &Start, command: &Command, directory: Option<&str>, end: &str) -> Option<Artefact> {
    const OWN_RUNTIME: &str = "--self-contained --sc -r --runtime --arch -a";
    let [program, library, ..] = &start.words[..] else { return None };
    let output = command.flag_value("-o").or_else(|| command.flag_value("--output"))?;
    let folder = place(output.trim_end_matches('/'), directory)?;
    let sets_publish = command.arguments().iter().any(|word| word.shown().contains(":Publish"));
    let is_there = place(library, Some(end))?.strip_prefix(folder.as_str())?.matches('/').count() == 1;
    let is_usual = command.starts_with("publish") && !command.has_any_flag(OWN_RUNTIME) && !sets_publish;
    let is_started = program == "dotnet" && library.ends_with(".dll") && is_there && is_within(end, &folder);
    if !is_usual || !is_started || end != folder || image.repository != "mcr.microsoft.com/dotnet/sdk" {
        return None;
    }
    // The SDK counts its own versions: 8.0.404 brings the runtime 8.0.11.
    let tag = image.tag.as_deref()?;
    let (major, minor) = version(tag.split('-').next()?)?;
    let flavour = tag.split_once('-').map(|(_, flavour)| format!("-{flavour}")).unwrap_or_default();
    let is_released = major >= 6 && !flavour.contains("preview") && !flavour.contains("rc");
    // Of Alpine's images only the SDK knows cultures and time zones.
    let flavour = if flavour.contains("alpine") { "" } else { flavour.as_str() };
    is_released.then(|| Artefact {
        path: folder.clone(),
        destination: folder,
        image: format!("mcr.microsoft.com/dotnet/aspnet:{major}.{minor}{flavour}"),
        why: WHY_ASPNET,
        counts_on_directory: true,
        keeps_base: false,
        environment: "",
    })
}

/// What runs a program of a single call of a C or C++ compiler that links nothing but the language's own libraries.
fn image_for_c(image: &ImageName, command: &Command, compiler: &str) -> Option<Image> {
    let mut is_static = false;
    for word in command.arguments() {
        let word = word.known()?;
        let is_own = matches!(word, "-lm" | "-lpthread" | "-ldl" | "-lrt");
        if word.starts_with("-l") && !is_own || matches!(word, "-c" | "-shared" | "-S" | "-E") || word.ends_with(".so")
        {
            return None;
        }
        is_static |= word == "-static";
    }
    let is_cpp = compiler.contains("++");
    let newest = || image.tag_parts().next().and_then(version).is_some_and(|(major, _)| major <= 15);
    match os_family(image) {
        _ if is_static => Some((STATIC.to_owned(), WHY_STATIC)),
        _ if image.repository == "gcc" => (!is_cpp && newest()).then(|| ("debian:13-slim".to_owned(), WHY_DEBIAN)),
        Some(OsFamily::Debian) => Some((image.reference(), WHY_SAME)),
        Some(OsFamily::Alpine) if !is_cpp => Some((image.reference(), WHY_SAME)),
        _ => None,
    }
}

/// Whether what a stage installs from source surely goes to `/usr/local`: that is where `configure` and CMake put it unless they are told.
fn installs_to_local(stage: &Stage<'_>) -> bool {
    let mut commands = stage.own_steps().filter(|step| step.kind() == InstructionKind::Run).flat_map(Step::commands);
    let is_told = |command: &Command| {
        ["prefix", "PREFIX", "DESTDIR", "libdir", "bindir"]
            .iter()
            .any(|name| command.words.iter().any(|word| word.shown().contains(name)))
    };
    let mut configures = false;
    commands.all(|command| {
        configures |= command.is_one_of("configure cmake");
        !is_told(command) && command.assignments.is_empty()
    }) && configures
}
