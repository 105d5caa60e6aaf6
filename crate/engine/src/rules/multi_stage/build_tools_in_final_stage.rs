//! Compilers and headers that ship.

use crate::fix::{Artefact, Sources, second_stage};
use crate::image::{OsFamily, os_family};
use crate::packages::{
    Ecosystem, build, install, is_build_package, language_install, manifest_install, package_name, pattern_of_build,
    pattern_of_image, removes,
};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Word, is_pip};
use crate::wording::{is_or_are, listed};
use layerwise_syntax::list::IntoList;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "build-tools-in-final-stage",
    category: Category::MultiStage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Compilers and headers ship",
    summary: "Install what only the build needs in a stage of its own, and copy what it makes.",
    why: "
Compilers and headers are hundreds of megabytes that nothing at run time reads. They are packages that must be kept up to date for nothing, and the tools with
which an intruder builds what your image does not have.

Install them in a builder, build there, and copy the result: a wheel or a virtual environment for Python, `node_modules` for Node, a binary for
what compiles. Or remove them in the `RUN` that installed them.
",
    leave_it_when: "The program compiles while it runs, as some libraries for graphics cards do.",
    references: &[
        "https://docs.docker.com/build/building/multi-stage/",
        "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
    ],
    fix_changes: &[],
    examples: &[
        flagged(
            "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends «build-essential libpq-dev» && rm -rf /var/lib/apt/lists/*\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCMD [\"python\", \"app.py\"]\n",
        ),
        flagged("FROM alpine:3.23\nRUN apk add --no-cache nginx «gcc»=15.2.0-r2\nRUN make\nCMD [\"nginx\"]\n"),
        flagged("FROM fedora:43\nRUN dnf install -y httpd «openssl-devel» && dnf clean all\nRUN ./configure && make\nCMD [\"httpd\"]\n"),
        // The health check calls what would stay in the first stage.
        flagged("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends «gcc» curl && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nHEALTHCHECK CMD curl -fsS http://localhost:8000/ || exit 1\nCMD [\"gunicorn\", \"app:app\"]\n"),
        // Packages that pip compiles need no libraries but those of the base.
        reviewed(
            "FROM python:3.13-slim\r\nRUN apt-get update && apt-get install -y --no-install-recommends «gcc libc6-dev» && rm -rf /var/lib/apt/lists/*\r\nWORKDIR /app\r\nCOPY requirements.txt ./\r\nRUN pip install --no-cache-dir -r requirements.txt\r\nCOPY . .\r\nCMD [\"gunicorn\", \"app:app\"]\r\n",
            "FROM python:3.13-slim AS build\r\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*\r\nWORKDIR /app\r\nCOPY requirements.txt ./\r\nRUN python -m venv /opt/venv\r\nENV PATH=/opt/venv/bin:$PATH\r\nRUN pip install --no-cache-dir -r requirements.txt\r\n\r\nFROM python:3.13-slim\r\nENV PATH=/opt/venv/bin:$PATH\r\nWORKDIR /app\r\nCOPY --from=build /opt/venv /opt/venv\r\nCOPY . .\r\nCMD [\"gunicorn\", \"app:app\"]\r\n",
        ),
        reviewed(
            "FROM python:3.13\nENV INDEX docs\nRUN apt-get update && apt-get install -y «gcc»\nWORKDIR /app\nCOPY requirements.txt .\nRUN python -m pip install -U pip && pip install -r requirements.txt\nCOPY . .\nRUN chmod 755 run.py\nENTRYPOINT [\"python\", \"run.py\"]\n",
            "FROM python:3.13 AS build\nENV INDEX docs\nRUN apt-get update && apt-get install -y gcc\nWORKDIR /app\nCOPY requirements.txt .\nRUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\nRUN python -m pip install -U pip && pip install -r requirements.txt\n\nFROM python:3.13\nENV PATH=/opt/venv/bin:$PATH\nENV INDEX=docs\nWORKDIR /app\nCOPY --from=build /opt/venv /opt/venv\nCOPY . .\nRUN chmod 755 run.py\nENTRYPOINT [\"python\", \"run.py\"]\n",
        ),
        // The program, another tool, a folder or a path of the first stage would be missing.
        flagged("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y «gcc»\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"./start.sh\"]\n"),
        flagged("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y «gcc» ffmpeg\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD [\"serve\"]\n"),
        flagged("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y «gcc»\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt && mkdir /data\nCOPY . .\nCMD [\"serve\"]\n"),
        flagged("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y «gcc»\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD [\"/usr/local/bin/serve\"]\n"),
        flagged("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y «gcc» && pip install --user gunicorn\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD [\"serve\"]\n"),
        flagged("FROM python:3.13-alpine\nRUN apk add --no-cache «gcc»\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"serve\"]\n"),
        clean(
            "FROM python:3.13-slim AS build\nRUN apt-get update && apt-get install -y build-essential\nRUN pip install --prefix=/install -r requirements.txt\nFROM python:3.13-slim\nCOPY --from=build /install /usr/local\nCMD [\"python\", \"app.py\"]\n",
        ),
        // They go as they came, in the same layer.
        clean("FROM alpine:3.23\nRUN apk add --no-cache --virtual .build gcc musl-dev && make && apk del .build\nCMD [\"serve\"]\n"),
        clean("FROM debian:13\nRUN apt-get install -y gcc && make && apt-get purge -y --auto-remove gcc\nCMD [\"serve\"]\n"),
        // A tool box, and a stage for development.
        clean("FROM debian:13\nRUN apt-get install -y build-essential\n"),
        clean("FROM debian:13\nRUN apt-get install -y build-essential\nCMD [\"bash\"]\n"),
        clean("FROM debian:13\nRUN apt-get install -y build-essential\nCMD [\"judge\"]\n"),
        // It compiles when it runs.
        clean("FROM debian:13\nRUN apt-get install -y build-essential\nRUN make tools\nCMD [\"make\", \"serve\"]\n"),
        clean("FROM node:24\nRUN apt-get install -y build-essential && git clone https://example.org/isolate.git /tmp/isolate\nRUN npm ci\nCMD [\"node\", \".\"]\n"),
        // Somebody comes in.
        clean("FROM debian:13\nRUN apt-get install -y build-essential\nRUN make\nENTRYPOINT [\"tail\"]\nCMD [\"-f\", \"/dev/null\"]\n"),
        clean("FROM debian:13\nRUN yes | unminimize && apt-get install -y build-essential\nRUN make\nENTRYPOINT [\"/start.sh\"]\n"),
        clean("FROM debian:13 AS dev\nRUN apt-get install -y build-essential\nCMD [\"serve\"]\n"),
        clean("FROM debian:13\nRUN apt-get install -y gcc-15-base libgcc-s1 patch makepasswd\nCMD [\"serve\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(last) = document.final_stage() else { return };
    if document.is_for_people(last) || document.start(last).is_none() && !starts_by_itself(document, last) {
        return;
    }
    // What builds nothing here has them for whoever works with it.
    if !document.shipped_stages().flat_map(|stage| &stage.steps).flat_map(Step::commands).any(uses_build_tools)
        || compiles_as_it_runs(document, last)
    {
        return;
    }
    // The same for all tools, and asked of the whole stage.
    let environment = OnceCell::new();
    for stage in document.shipped_stages().filter(|stage| !stage.is_windows) {
        for step in stage.steps.iter().filter(|step| step.is_run()) {
            let tools: Vec<&Word> =
                step.commands().filter(|command| !command.context.is_conditional).flat_map(build_tools).into_list();
            let (Some(first), Some(end)) = (tools.first(), tools.last()) else { continue };
            if step.commands().any(|command| removes(command).is_some()) {
                continue;
            }
            let finding = report.here(place(document, first, end, &tools), message(&tools));
            finding.shown_by(pattern(document, stage));
            let environment = environment.get_or_init(|| environment_of_its_own(document)).as_ref();
            if let Some((_, edits)) = environment.filter(|(last, _)| step.index <= *last) {
                let title = "Install Python packages in a first stage, and ship them without the tools";
                finding.fix(Review, title, edits.clone());
            }
        }
    }
}

/// Whether the container compiles: it starts with that, or is there to run what strangers write.
fn compiles_as_it_runs(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    // They box such programs in; and images that hold compilers for them.
    const BOXES: &str = "isolate nsjail judge compilers sandbox";
    let is_box = |path: &str| last_part(path).trim_end_matches(".git").is_one_of(BOXES);
    let names_box = |step: &Step<'_>| step.commands().flat_map(|command| &command.words).any(|it| is_box(it.shown()));
    document.start_commands(stage).iter().any(|command| build(command).is_some() || command.is_one_of("make go"))
        || document.chain_base(stage).image().is_some_and(|image| is_box(&image.repository))
        || document.steps().any(names_box)
}

/// The pattern for what is built here: that of the base, or of the first command that builds.
fn pattern(document: &Document<'_>, stage: &Stage<'_>) -> &'static str {
    let of_base = document.chain_base(stage).image().map_or("", pattern_of_image);
    let mut of_commands = stage.own_steps().flat_map(Step::commands).map(pattern_of_build);
    if of_base.is_empty() { of_commands.find(|name| !name.is_empty()).unwrap_or_default() } else { of_base }
}

/// Whether a stage without a start of its own is built on a language, which such images run programs in; others are for building with.
fn starts_by_itself(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    const LANGUAGES: &str = "python node ruby php eclipse-temurin perl";
    document.chain_base(stage).image().is_some_and(|image| image.repository.is_one_of(LANGUAGES))
}

/// Whether a command is one for which such packages are installed. What installs single tools is found in tool boxes as well.
fn uses_build_tools(command: &Command) -> bool {
    build(command).is_some() || command.is_one_of("make cmake configure") || manifest_install(command).is_some()
}

/// From the first tool to the last where they stand side by side, and else the first one's name.
fn place(document: &Document<'_>, first: &Word, last: &Word, tools: &[&Word]) -> TextRange {
    let range = first.range.cover(last.range);
    let words = document.slice(range).split_whitespace().filter(|word| *word != "\\").count();
    if words == tools.len() && tools.len() > 1 {
        return range;
    }
    let name = package_name(&first.raw);
    TextRange::at(first.range.start(), TextSize::of(name))
}

fn message(tools: &[&Word]) -> String {
    let names: Vec<&str> = tools.iter().map(|word| package_name(word.shown())).into_list();
    let ships = if names.len() == 1 { "ships" } else { "ship" };
    format!("{} {} for building, and {ships}", listed(&names), is_or_are(names.len()))
}

/// The packages for building that a command installs.
fn build_tools(command: &Command) -> Vec<&Word> {
    let packages = install(command).map(|install| install.packages).unwrap_or_default();
    packages.into_iter().filter(|word| is_build_package(package_name(word.shown()))).into_list()
}

const WHY_ENVIRONMENT: &str =
    "a virtual environment is one folder, so that all that pip installs can be copied at once";

/// The edits that let pip install into a virtual environment of a first stage, and ship that, and the step up to which tools are there for pip.
/// Only where all of it is pip's, and the programs start from the search path.
fn environment_of_its_own(document: &Document<'_>) -> Option<(usize, Vec<Edit>)> {
    const ELSEWHERE: &str = "--user --target -t --prefix --root --python --system";
    let [stage] = document.stages() else { return None };
    let image = stage.base.image().filter(|image| image.repository == "python")?;
    let mut first = None;
    let mut last = None;
    for step in stage.own_steps().filter(|step| step.is_run()) {
        for command in step.commands() {
            let by_manifest = manifest_install(command).map(|install| install.ecosystem);
            let by_name = language_install(command).map(|install| install.ecosystem);
            let is_local = command.program().is_some_and(is_pip) && command.starts_with("install");
            match by_manifest.or(by_name).or(is_local.then_some(Ecosystem::Pip)) {
                None if last.is_some() && uses_build_tools(command) => return None,
                None => {}
                Some(Ecosystem::Pip) if !command.has_any_flag(ELSEWHERE) && !command.is_one_of("uv") => {
                    let is_by_path = command.words.first().is_some_and(|word| word.shown().contains('/'));
                    if is_by_path || command.context.is_conditional {
                        return None;
                    }
                    first.get_or_insert(step);
                    last = Some(step);
                }
                Some(_) => return None,
            }
        }
    }
    let (first, last) = first.zip(last)?;
    let after = TextRange::new(last.outer.range.end(), TextSize::of(document.file.text()));
    let names_place = document.slice(after).contains_any("/usr/local/bin site-packages /usr/bin");
    // Elsewhere libraries of the compiler itself are missing.
    if os_family(image) != Some(OsFamily::Debian) || document.unseen_start_script(stage).is_some() || names_place {
        return None;
    }
    let artefact = Artefact::on_same_base("/opt/venv", image, "PATH=/opt/venv/bin:$PATH");
    let create = document.line_like(first.outer, "RUN", "python -m venv /opt/venv");
    let find = document.line_like(first.outer, "ENV", artefact.environment);
    let at = document.block_start(first.outer);
    let mut edits = vec![insert(at, format!("{create}{find}")).because(WHY_ENVIRONMENT)];
    edits.extend(second_stage(document, stage, last, &artefact, Sources::Needed)?);
    Some((last.index, edits))
}
