//! Package managers that download everything again after each change.

use crate::document::Runner;
use crate::packages::{BuildKind, build, install, language_cache, manifest_install, spoken_call};
use crate::rules::prelude::*;
use crate::shell::{Command, is_pip};
use crate::table::words_of;
use layerwise_syntax::MountType;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "use-cache-mount",
    category: Category::Caching,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("language")
            .codes(&[tally("tally/prefer-package-cache-mounts"), tally("tally/ruby/prefer-bundler-cache-mount")]),
        Case::new("os").codes(&[tally("tally/prefer-package-cache-mounts")]).off(),
    ],
    supersedes: &[],
    title: "Downloads that no cache keeps",
    summary: "Give the package manager a cache mount, so that downloads survive a changed lock file.",
    why: "
When a lock file changes, the layer is built anew and everything is downloaded again. A cache mount is a folder that outlives the build: only what
is new is fetched, and nothing of it lands in the image.
",
    leave_it_when: "Each build runs on a fresh machine, where no cache is kept.",
    references: &["https://docs.docker.com/build/cache/optimize/#use-cache-mounts"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN CGO_ENABLED=0 «go build» -o /out/api .\n",
            "# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /out/api .\n",
        )
        .case("language"),
        reviewed(
            "FROM node:24 AS build\nCOPY package.json package-lock.json ./\nRUN «npm ci»\nRUN npm run build\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n",
            "# syntax=docker/dockerfile:1\nFROM node:24 AS build\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci\nRUN npm run build\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n",
        )
        .case("language"),
        // Where the folder is, or who else needs what is in it, is not known.
        flagged("FROM node:24 AS build\nUSER node\nRUN «npm ci»\nFROM scratch\nCOPY --from=build /dist /\n").case("language"),
        flagged("FROM debian:13 AS build\nRUN «cargo build» --release\nFROM scratch\nCOPY --from=build /out /\n").case("language"),
        flagged("FROM golang:1.26 AS modules\nRUN «go mod» download\nFROM modules AS build\nRUN make\nFROM scratch\nCOPY --from=build /out /\n").case("language"),
        flagged("FROM maven:3.9 AS build\nRUN «mvn package»\nFROM eclipse-temurin:21-jre\nCOPY --from=build /root/.m2 /m2\n").case("language"),
        flagged("FROM debian:13\nRUN «apt-get install» -y git\n").case("os"),
        // A cache may be empty where the layer of the step that filled it is still there.
        flagged("FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nCOPY . .\nRUN «dotnet restore»\nRUN dotnet publish --no-restore -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=build /out /app\n").case("language"),
        // The folder is one for all stages that are built on each other.
        reviewed(
            "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nCOPY *.csproj ./\nRUN «dotnet restore»\nFROM build AS publish\nCOPY . .\nRUN «dotnet publish» -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=publish /out /app\n",
            "# syntax=docker/dockerfile:1\nFROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nCOPY *.csproj ./\nRUN --mount=type=cache,target=/root/.nuget/packages dotnet restore\nFROM build AS publish\nCOPY . .\nRUN --mount=type=cache,target=/root/.nuget/packages dotnet publish -o /out\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=publish /out /app\n",
        )
        .case("language"),
        // One step has it, and misses there what the other downloads into its layer.
        reviewed(
            "# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nCOPY go.mod go.sum ./\nRUN «go mod» download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -o /api\nFROM scratch\nCOPY --from=build /api /api\n",
            "# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -o /api\nFROM scratch\nCOPY --from=build /api /api\n",
        )
        .case("language"),
        reviewed(
            "FROM node:24 AS build\nCOPY package.json pnpm-lock.yaml ./\nRUN corepack enable && «pnpm install» --frozen-lockfile\nCOPY . .\nRUN pnpm build\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n",
            "# syntax=docker/dockerfile:1\nFROM node:24 AS build\nCOPY package.json pnpm-lock.yaml ./\nRUN --mount=type=cache,target=/root/.local/share/pnpm/store corepack enable && pnpm install --frozen-lockfile\nCOPY . .\nRUN pnpm build\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n",
        )
        .case("language"),
        reviewed(
            "FROM gradle:9-jdk21 AS build\nCOPY . .\nRUN «gradle bootJar» --no-daemon\nFROM eclipse-temurin:21-jre\nCOPY --from=build /home/gradle/build/libs/app.jar /app.jar\n",
            "# syntax=docker/dockerfile:1\nFROM gradle:9-jdk21 AS build\nCOPY . .\nRUN --mount=type=cache,target=/home/gradle/.gradle gradle bootJar --no-daemon\nFROM eclipse-temurin:21-jre\nCOPY --from=build /home/gradle/build/libs/app.jar /app.jar\n",
        )
        .case("language"),
        reviewed(
            "FROM composer:2 AS vendor\nCOPY composer.json composer.lock ./\nRUN «composer install» --no-dev\nFROM php:8.5-apache\nCOPY --from=vendor /app/vendor /var/www/vendor\n",
            "# syntax=docker/dockerfile:1\nFROM composer:2 AS vendor\nCOPY composer.json composer.lock ./\nRUN --mount=type=cache,target=/tmp/cache composer install --no-dev\nFROM php:8.5-apache\nCOPY --from=vendor /app/vendor /var/www/vendor\n",
        )
        .case("language"),
        // The good way for the first of these examples.
        clean("# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -o /out/api .\n"),
        clean("FROM node:24 AS build\nRUN --mount=type=cache,target=/root/.npm npm ci\n"),
        clean("FROM node:24\nRUN npm ci && npm cache clean --force\nRUN pip install --no-cache-dir -r requirements.txt\n"),
        clean("FROM golang:1.26\nRUN go build -mod=vendor .\nRUN composer install --no-cache\nRUN --network=none go build .\nRUN if true; then go build .; fi\n"),
        clean("FROM maven:3.9\nRUN mvn package && rm -rf ~/.m2\n"),
        clean("# syntax=docker/dockerfile:1.1\nFROM node:24\nRUN npm ci\n"),
    ],
    check,
};

/// A manager: its programs, the image in which it is known where it keeps what it downloads, those folders, and the variables that move them.
struct Known {
    programs: &'static str,
    image: &'static str,
    targets: &'static str,
    moved_by: &'static str,
}

const KNOWN: [Known; 14] = [
    known("npm", "node", "/root/.npm", "npm_config_cache NPM_CONFIG_CACHE"),
    known("yarn", "node", "/usr/local/share/.cache/yarn", "YARN_CACHE_FOLDER"),
    known("pip", "python", "/root/.cache/pip", "PIP_CACHE_DIR XDG_CACHE_HOME"),
    known("uv", "python", "/root/.cache/uv", "UV_CACHE_DIR XDG_CACHE_HOME"),
    known("poetry", "python", "/root/.cache/pypoetry", "POETRY_CACHE_DIR XDG_CACHE_HOME"),
    known("go", "golang", "/go/pkg/mod /root/.cache/go-build", "GOMODCACHE GOPATH GOCACHE XDG_CACHE_HOME"),
    known("cargo", "rust", "/usr/local/cargo/registry /usr/local/cargo/git/db", "CARGO_HOME"),
    known("mvn mvnw", "maven", "/root/.m2/repository", "MAVEN_OPTS MAVEN_ARGS"),
    known("dotnet", "mcr.microsoft.com/dotnet/sdk", "/root/.nuget/packages", "NUGET_PACKAGES"),
    known("bun", "oven/bun", "/root/.bun/install/cache", "BUN_INSTALL_CACHE_DIR"),
    // Where `/root/.gradle` leads in that image.
    known("gradle gradlew", "gradle", "/home/gradle/.gradle", "GRADLE_USER_HOME"),
    known("composer", "composer", "/tmp/cache", "COMPOSER_HOME COMPOSER_CACHE_DIR"),
    known(
        "pnpm",
        "node",
        "/root/.local/share/pnpm/store",
        "PNPM_HOME XDG_DATA_HOME npm_config_store_dir NPM_CONFIG_STORE_DIR",
    ),
    known("bundle", "", "cache", ""),
];

const fn known(programs: &'static str, image: &'static str, targets: &'static str, moved_by: &'static str) -> Known {
    Known { programs, image, targets, moved_by }
}

impl Known {
    fn runs(&self, command: &Command) -> bool {
        let program = command.program().unwrap_or_default();
        if is_pip(program) { "pip" } else { program }.is_one_of(self.programs)
    }
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if !document.frontend().knows(2) {
        return;
    }
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let mut last = [None; KNOWN.len()];
        let mut told_of_system = false;
        for step in stage.own_steps().filter(|step| step.is_readable() && may_download(step)) {
            for command in step.commands().filter(|command| !is_optional(command)) {
                if !told_of_system && install(command).is_some() && step.mounts.is_empty() {
                    told_of_system = true;
                    report.at("os", spoken_call(command).0, "no cache keeps the packages that this downloads");
                }
                for (known, last) in KNOWN.iter().zip(&mut last) {
                    if known.runs(command) && is_left(document, step, command, known) {
                        *last = Some((step, command));
                    }
                }
            }
        }
        for (known, last) in KNOWN.iter().zip(last) {
            let Some((at, command)) = last else { continue };
            let (range, call) = spoken_call(command);
            let message = format!("no cache is mounted, so that `{call}` does again what has not changed");
            let finding = report.at("language", range, message);
            let Some(mounts) = mounts(document, stage, at, known) else { continue };
            // `npm run build` and `pnpm build` read nothing of it.
            let needs =
                |it: &Command| known.runs(it) && !it.starts_with("run") && build(it) != Some(BuildKind::Frontend);
            let users = family(document, stage).into_iter().flat_map(Stage::own_steps);
            let has_them = |step: &Step<'_>| document.slice(step.outer.range).contains(&mounts);
            let users = users.filter(|step| step.commands().any(needs) && !has_them(step));
            let edits = users.map(|step| {
                let why = if step.index == at.index && step.stage == at.stage { WHY_KEPT } else { WHY_SHARED };
                insert(step.instruction.keyword.range.end(), mounts.clone()).because(why)
            });
            let frontend = document.newest_frontend().map(|edit| edit.because(WHY_FRONTEND));
            let edits = edits.chain(frontend).into_list();
            finding.fix(Review, "Mount a cache, in each step that needs what is in it", edits);
        }
    }
}

/// Whether a step may use the network, and has no cache yet. Whoever mounts one is believed.
fn may_download(step: &Step<'_>) -> bool {
    let is_offline = step
        .instruction
        .flag("network")
        .is_some_and(|flag| flag.value.as_ref().is_some_and(|value| value.text == "none"));
    let is_kept = |target: &str| !target.starts_with("/var/") && target != "/tmp";
    let has_cache = step.mounts.iter().any(|mount| {
        matches!(mount.kind, MountType::Cache | MountType::Tmpfs) && mount.target.as_deref().is_some_and(is_kept)
    });
    !is_offline && !has_cache
}

fn is_optional(command: &Command) -> bool {
    command.context.is_conditional || command.context.in_function
}

/// Whether a command downloads what a manifest lists, and leaves it for nobody.
fn is_left(document: &Document<'_>, step: &Step<'_>, command: &Command, known: &Known) -> bool {
    let downloads = manifest_install(command).is_some() || build(command) == Some(BuildKind::Compiled);
    let is_local = command.has_any_flag("--offline --no-restore --no-cache --no-cache-dir")
        || command.is_one_of("mvn mvnw") && command.has_flag("-o")
        || command.arguments().iter().any(|word| word.is("-mod=vendor"));
    let is_off =
        language_cache(command).is_some_and(|it| it.is_off(document, step, command) || it.is_cleared(step, command));
    let name = words_of(known.targets).next().map_or("", |target| crate::path::name(target));
    let covers = |shown: &str| {
        shown.contains(name) || shown.contains("/.m2") || shown.contains(".nuget") || shown.contains("/root/.")
    };
    let is_removed =
        || step.commands().any(|it| it.is_one_of("rm") && it.arguments().iter().any(|word| covers(word.shown())));
    downloads && !is_local && !is_off && !is_removed()
}

const WHY_KEPT: &str = "a folder that outlives the build and is in no layer: only what is new is downloaded";
const WHY_SHARED: &str = "what the other step downloads lies in that folder, and not in its layer";
const WHY_FRONTEND: &str = "an older builder fetches the syntax that knows mounts";

/// A stage with those that it is built from, those that are built from it, and those that these are built from.
fn family<'d, 'a>(document: &'d Document<'a>, stage: &Stage<'a>) -> Vec<&'d Stage<'a>> {
    let root = |stage: &Stage<'a>| document.chain(stage).first().map(|root| root.index);
    let own = root(stage);
    document.stages().iter().filter(|other| root(other) == own).into_list()
}

/// The mounts that a manager's steps need, where it is known that they are all, and that nobody else reads those folders.
fn mounts(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, known: &Known) -> Option<String> {
    let image = document.chain_base(stage).image().filter(|image| image.repository == known.image)?;
    let is_moved = words_of(known.moved_by).chain(["HOME"]).any(|name| document.is_variable_set(name, step));
    if document.has_many_stages() {
        return None;
    }
    let stages = family(document, stage);
    // What another program calls would miss what lies in the cache now; so would a container.
    let calls = |it: &Command| {
        it.is_one_of("make task just sh bash")
            || it.words.first().is_some_and(|word| word.shown().contains('/')) && !known.runs(it)
    };
    let is_needed_elsewhere = stages.len() > 1
        && stages.iter().any(|it| {
            let mut steps = it.own_steps().filter(|step| step.is_run());
            steps.any(|step| !step.is_readable() || step.commands().any(calls) || document.runner(step) != Runner::Root)
                || document.start_commands(it).iter().any(|command| known.runs(command))
        });
    // The cache may be empty where the layer of the step that filled it is still there.
    let counts_on_it = |step: &Step<'_>| {
        step.commands().filter(|it| known.runs(it)).any(|it| {
            it.has_any_flag("--no-restore --no-build --offline --frozen")
                || it.is_one_of("mvn mvnw") && it.has_flag("-o")
                || step.instruction.flag("network").is_some()
        })
    };
    let downloads = |step: &Step<'_>| step.commands().any(|it| known.runs(it) && is_left(document, step, it, known));
    // One fix is for all of them.
    let is_told = stages.iter().take_while(|it| it.index < stage.index).flat_map(|it| it.own_steps()).any(downloads);
    if is_told || stages.iter().flat_map(|it| it.own_steps()).any(counts_on_it) {
        return None;
    }
    let mounts: String = words_of(known.targets).map(|target| format!(" --mount=type=cache,target={target}")).collect();
    let reads = |other: &Step<'_>| {
        let text = document.slice(other.outer.range).replace(&mounts, "");
        (other.copy().is_some() || other.is_run())
            && words_of(known.targets).any(|target| {
                let folder = target.trim_end_matches("/repository").trim_end_matches("/packages");
                text.contains(folder) || text.contains(&folder.replace("/root", "~"))
            })
    };
    // All images in the table are root's until somebody says otherwise.
    let is_root = step.in_force.user.is_none() || document.runner(step) == Runner::Root;
    if is_moved || is_needed_elsewhere || !is_root || image.is_windows() || document.steps().any(reads) {
        return None;
    }
    Some(mounts)
}
