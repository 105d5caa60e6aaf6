//! Making two stages of one: what builds stays in the first, and what runs moves into the second.

use super::left_behind::{calls_what_stays, leaves_nothing, names_what_stays};
use super::{Artefact, Edit, delete, insert, newline_of};
use crate::document::{Document, Stage, Step, cased_like, is_within};
use crate::packages::{build, install, manager, manifest_install, package_name};
use crate::shell::{Command, is_pip};
use crate::table::{Listed, words_of};
use layerwise_syntax::{Arguments, CopyArguments, InstructionKind, Source, TextRange, Word};

/// What becomes of the files that the first stage copies from the build context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sources {
    /// Source code is not needed to run; what is named as settings, templates and the like is copied once more.
    Compiled,
    /// They lie in the folder that is copied into the second stage.
    Inside,
    /// All but the lists of dependencies is copied once more.
    Needed,
}

const WHY_NAMED: &str = "the name by which the second stage finds what this one builds; nothing else of it ships";
const WHY_MOVED: &str = "it speaks of the image that ships";
const WHY_SET: &str = "a variable of the first stage is not set in the second, and the program may read it";
const WHY_DIRECTORY: &str = "the program starts in the same folder as before";
const WHY_READ: &str = "the program may read this when it runs";
const WHY_COPIED: &str = "all that the build makes for running; compiler, sources and caches stay behind";
const WHY_FINISHED: &str = "tells the loader of the libraries that were copied";

/// The edits that begin a second stage behind the step that builds last. `None` where something in the first stage may be needed in the second
/// and cannot be brought there with certainty.
#[inline(never)]
pub fn second_stage(
    document: &Document<'_>,
    stage: &Stage<'_>,
    last: &Step<'_>,
    artefact: &Artefact,
    sources: Sources,
) -> Option<Vec<Edit>> {
    let (from, arguments) = stage.from.filter(|(from, arguments)| arguments.name.is_none() && from.flags.is_empty())?;
    let rest = stage.own_steps().find(|step| step.index > last.index)?;
    let name = format!(" {} build", cased_like(from, "AS"));
    let mut edits = vec![insert(arguments.image.range.end(), name).because(WHY_NAMED)];
    let mut settings = Vec::new();
    let mut files = Vec::new();
    let mut copies = Vec::new();
    let mut needs_directory = artefact.counts_on_directory;
    for step in &stage.steps {
        if step.is_trigger {
            return None;
        }
        if step.index > last.index {
            if !may_follow(document, stage, step, last, artefact.keeps_base) {
                return None;
            }
            needs_directory |= step.copy().is_some_and(is_relative);
            copies.extend(step.copy().map(|copy| (step, copy)));
            continue;
        }
        let lines = document.slice(step.outer.lines);
        match &step.instruction.arguments {
            Arguments::Run(_) if step.is_readable() => {
                if !step.commands().all(|command| only_builds(stage, step, command, artefact)) {
                    return None;
                }
            }
            Arguments::Workdir(_) => {
                // Where it is started by its whole path it may count on that as well.
                let directory = last.in_force.workdir.as_deref().filter(|directory| *directory != "/");
                needs_directory |= directory.is_some_and(|directory| is_within(&artefact.destination, directory));
            }
            Arguments::Arg(_) => {}
            Arguments::Copy(copy) | Arguments::Add(copy) => {
                if !is_brought_along(step, copy, artefact, sources)? {
                    continue;
                }
                if !step.outer.comments.is_empty() || !step.instruction.flags.is_empty() && !artefact.keeps_base {
                    return None;
                }
                needs_directory |= is_relative(copy);
                copies.push((step, copy));
                files.push(lines.to_owned());
            }
            Arguments::Env(values) => {
                if values.pairs.iter().all(|pair| is_for_building(&pair.key.text)) {
                    continue;
                }
                let depends = |value: &Word| value.text.contains('$');
                if !step.outer.comments.is_empty() || values.pairs.iter().any(|pair| depends(&pair.value)) {
                    return None;
                }
                let text = match &values.pairs[..] {
                    // The old way to write it would be found fault with once more.
                    [pair] if values.is_legacy && !pair.value.text.contains([' ', '"', '\'', '\\']) => {
                        document.line_like(from, "ENV", &format!("{}={}", pair.key.text, pair.value.text))
                    }
                    _ if values.is_legacy => return None,
                    _ => lines.to_owned(),
                };
                settings.push((text, WHY_SET));
            }
            Arguments::Label(_) | Arguments::Expose(_) | Arguments::Stopsignal(_) | Arguments::Maintainer(_) => {
                let block = TextRange::new(document.block_start(step.outer), step.outer.lines.end());
                let is_bare = !document.has_comment_above(step.outer);
                settings.push((document.slice(block).to_owned(), WHY_MOVED));
                edits.push(delete(if is_bare { document.lines_to_go(step.outer) } else { block }).because(WHY_MOVED));
            }
            _ => return None,
        }
    }
    if names_what_stays(document, stage, artefact, &copies) || calls_what_stays(stage, last) {
        return None;
    }
    let newline = newline_of(document.file.text());
    let at = document.block_start(rest.outer);
    let blank = format!("{newline}{newline}");
    let gap = if document.slice(TextRange::up_to(at)).ends_with(&blank) { "" } else { newline };
    let line = |keyword: &str, arguments: &str| document.line_like(from, keyword, arguments);
    let mut add = |text: String, why: &'static str| edits.push(insert(at, text).because(why));
    let image = if artefact.keeps_base { &arguments.image.text } else { &artefact.image };
    add(format!("{gap}{}", line("FROM", image)), artefact.why);
    if !artefact.environment.is_empty() {
        add(line("ENV", artefact.environment), WHY_SET);
    }
    for (text, why) in settings {
        add(text, why);
    }
    let sets_own = matches!(&rest.instruction.arguments, Arguments::Workdir(path) if path.text.starts_with('/'));
    match last.in_force.workdir.as_deref().filter(|_| needs_directory && !sets_own) {
        Some(directory) => add(line("WORKDIR", directory), WHY_DIRECTORY),
        // The base says where.
        None if !needs_directory || sets_own || artefact.keeps_base => {}
        None => return None,
    }
    let Artefact { path, destination, .. } = artefact;
    let copied = line("COPY", &format!("--from=build {path} {destination}"));
    // What is copied whole may hold older copies of single files.
    add(copied, WHY_COPIED);
    for text in files {
        add(text, WHY_READ);
    }
    if let Some(finish) = artefact.finish() {
        add(line("RUN", finish), WHY_FINISHED);
    }
    Some(edits)
}

/// Whether an instruction behind the build means in the second stage what it meant in the first.
fn may_follow(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, last: &Step<'_>, keeps_base: bool) -> bool {
    let text = document.slice(step.outer.range);
    let mut earlier = stage.own_steps().filter(|earlier| earlier.index < last.index);
    let names_argument = earlier.any(|earlier| match &earlier.instruction.arguments {
        Arguments::Arg(declarations) => declarations.iter().any(|it| text.contains(it.name.text.as_str())),
        _ => false,
    });
    let is_known = match &step.instruction.arguments {
        Arguments::User(user) => keeps_base || user.text.starts_with(|first: char| first.is_ascii_digit()),
        Arguments::Copy(copy) | Arguments::Add(copy) => {
            let is_file = copy.sources.iter().all(|source| matches!(source, Source::Path(_)));
            keeps_base || step.instruction.flags.is_empty() && is_file
        }
        _ => match step.kind() {
            InstructionKind::Run | InstructionKind::Healthcheck | InstructionKind::Volume => keeps_base,
            kind => matches!(
                kind,
                InstructionKind::Expose
                    | InstructionKind::Label
                    | InstructionKind::Stopsignal
                    | InstructionKind::Entrypoint
                    | InstructionKind::Cmd
                    | InstructionKind::Env
                    | InstructionKind::Workdir
            ),
        },
    };
    is_known && !names_argument
}

fn is_relative(copy: &CopyArguments) -> bool {
    !copy.destination.text.starts_with('/')
}

/// Whether only building reads a variable. `GOMEMLIMIT`, `RUST_LOG` and the like are read by the program.
fn is_for_building(name: &str) -> bool {
    name.starts_with_any(BUILDERS) || name.is_one_of(OF_GO)
}

/// How the names of variables begin that only building reads.
const BUILDERS: &str = "\
    CGO_ CARGO_ RUSTC RUSTDOCFLAGS RUSTFLAGS RUSTUP_ MAVEN_ GRADLE_ DEBIAN_FRONTEND PIP_ NPM_CONFIG_ NUGET_ DOTNET_CLI_ UV_";

/// What the tool `go` reads. <https://pkg.go.dev/cmd/go#hdr-Environment_variables>
const OF_GO: &str = "GO111MODULE GOAMD64 GOARCH GOARM GOARM64 GOAUTH GOBIN GOCACHE GOENV GOEXPERIMENT GOFLAGS GOINSECURE GOMODCACHE \
    GONOPROXY GONOSUMDB GOOS GOPATH GOPRIVATE GOPROXY GOROOT GOSUMDB GOTMPDIR GOTOOLCHAIN GOVCS GOWORK";

/// Packages that only building takes, or that every image with a runtime has.
const BUILD_PACKAGES: &str = "autoconf automake bison build-base build-essential ca-certificates cargo clang cmake curl \
    flex g++ gcc git libc-dev libc6-dev libtool linux-headers make musl-dev ninja ninja-build openssh-client patch pkg-config pkgconf \
    protobuf-compiler python3-dev rustc tar tzdata unzip wget xz xz-utils";

/// Programs that do nothing for a program which runs later, as long as they keep to the folders of the build.
const BUILD_PROGRAMS: &str = ". [ autogen.sh autoreconf cargo cc cd chmod clang clang++ cmake configure cp curl dotnet \
    echo export find g++ gcc git go gradle gradlew ls make mkdir mv mvn mvnw rm rustup sed set strip tar test touch true unzip wget";

/// Whether all that a command does is for the build, so that the second stage can do without.
fn only_builds(stage: &Stage<'_>, step: &Step<'_>, command: &Command, artefact: &Artefact) -> bool {
    if let Some(install) = install(command) {
        return install.packages.iter().all(|package| package_name(package.shown()).is_one_of(BUILD_PACKAGES));
    }
    if !leaves_nothing(stage, step, command, artefact) {
        return false;
    }
    if manager(command).is_some() || manifest_install(command).is_some() || build(command).is_some() {
        return true;
    }
    // Into the virtual environment that is copied.
    if !artefact.environment.is_empty() && command.program().is_some_and(is_pip) {
        return true;
    }
    if command.is_one_of("npm yarn pnpm") {
        return command.starts_with("cache");
    }
    let Some(program) = command.program() else { return command.words.is_empty() && command.redirects.is_empty() };
    let is_inside = |path: &str| {
        const ELSEWHERE: &str = "/tmp /dev/null /usr/src /root /go /src";
        let workdir = step.in_force.workdir.as_deref().filter(|workdir| *workdir != "/");
        !path.starts_with('/')
            || words_of(ELSEWHERE).chain(workdir).any(|folder| is_within(path, folder))
            || is_within(&artefact.path, path)
            || is_within(path, &artefact.path)
    };
    let mut paths = command.arguments().iter().map(|word| word.shown());
    let mut targets = command.redirects.iter().filter_map(|redirect| redirect.target.as_ref()).map(|word| word.shown());
    let is_told_where = command.is_one_of("cd rm test [") || paths.all(is_inside);
    program.is_one_of(BUILD_PROGRAMS) && is_told_where && targets.all(is_inside)
}

/// Names of folders with what a program reads when it runs.
const READ_LATER: &str = "assets certs conf config configs data i18n locale locales migrations public static template templates views web www";

/// Names of folders with source code, and of scripts that build it.
const SOURCES: &str = "Makefile api app client cmd common configure core crates gradle gradlew include internal lib libs main mvnw pkg proto \
    server src test tests tools vendor";

/// Files that tell tools what to do.
const FOR_TOOLS: &str = "CMakeLists.txt Makefile angular.json build.gradle.kts buf.yaml global.json gradle.properties meson.build nuget.config \
    package-lock.json package.json pnpm-lock.yaml pom.xml pyproject.toml settings.xml tsconfig.json yarn.lock Cargo.toml rust-toolchain.toml";

/// Whether what a step copies is needed in the second stage too; `None` where its name does not tell.
fn is_brought_along(step: &Step<'_>, copy: &CopyArguments, artefact: &Artefact, sources: Sources) -> Option<bool> {
    if sources == Sources::Inside {
        let destination = step.absolute_path(&copy.destination.text)?;
        return is_within(&destination, &artefact.path).then_some(false);
    }
    let mut needed = 0;
    for source in &copy.sources {
        let Source::Path(word) = source else { return None };
        let name = crate::path::name(&word.text);
        let extension = name.rsplit_once('.').map(|(_, extension)| extension);
        let is_for_tools = name.is_one_of(FOR_TOOLS) || name.starts_with("requirements") && extension == Some("txt");
        if word.text.contains("://") || word.text.contains('$') || step.instruction.flag("from").is_some() {
            return None;
        }
        needed += match extension {
            _ if is_for_tools => 0,
            _ if sources == Sources::Needed => 1,
            _ if matches!(name, "." | "" | "*" | "..") => 0,
            None if name.is_one_of(READ_LATER) => 1,
            None if name.is_one_of(SOURCES) => 0,
            None => return None,
            Some(
                "yml" | "yaml" | "json" | "toml" | "ini" | "conf" | "env" | "html" | "tmpl" | "sql" | "pem" | "crt",
            ) => 1,
            Some(
                "go" | "mod" | "sum" | "rs" | "lock" | "java" | "kt" | "kts" | "gradle" | "c" | "h" | "cc" | "cpp"
                | "hpp" | "cs" | "csproj" | "sln" | "slnx" | "fs" | "fsproj" | "props" | "proto" | "mvn" | "cargo"
                | "work" | "sum*" | "lock*",
            ) => 0,
            Some(_) => return None,
        };
    }
    let all = u32::try_from(copy.sources.len()).ok()?;
    (needed == 0 || needed == all).then_some(needed > 0)
}
