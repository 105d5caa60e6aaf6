//! Package managers that download everything again after each change.

use crate::document::{Runner, is_within};
use crate::image::ImageName;
use crate::packages::{
    BuildKind, build, download_cache, install, is_modern_yarn, language_install, manifest_install, package_name,
    spoken_call,
};
use crate::rules::prelude::*;
use crate::shell::{Command, Word, is_pip};
use crate::table::{Listed, words_of};
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
        Case::new("node-gyp").codes(&[tally("tally/js/node-gyp-cache-mounts")]).off(),
        Case::new("manifest-bind").codes(&[tally("tally/ruby/prefer-gemfile-bind-mounts")]).off(),
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
        // Whoever runs it must be able to write there.
        reviewed(
            "FROM node:24 AS build\nUSER node\nRUN «yarn install»\nRUN yarn build\nFROM scratch\nCOPY --from=build /dist /\n",
            "# syntax=docker/dockerfile:1\nFROM node:24 AS build\nUSER node\nRUN --mount=type=cache,target=/home/node/.cache/yarn,uid=1000,gid=1000 yarn install\nRUN yarn build\nFROM scratch\nCOPY --from=build /dist /\n",
        )
        .case("language"),
        reviewed(
            "FROM ruby:3.4 AS build\nUSER 10001\nCOPY Gemfile Gemfile.lock ./\nRUN «bundle install»\nFROM ruby:3.4-slim\nCOPY --from=build /usr/local/bundle /usr/local/bundle\n",
            "# syntax=docker/dockerfile:1\nFROM ruby:3.4 AS build\nUSER 10001\nCOPY Gemfile Gemfile.lock ./\nRUN --mount=type=cache,target=/usr/local/bundle/cache,uid=10001 bundle install\nFROM ruby:3.4-slim\nCOPY --from=build /usr/local/bundle /usr/local/bundle\n",
        )
        .case("language"),
        flagged("FROM ruby:3.4 AS build\nENV BUNDLE_DEPLOYMENT=1\nRUN «bundle install»\nFROM ruby:3.4-slim\nCOPY --from=build /app /app\n").case("language"),
        flagged("FROM ruby:3.4 AS build\nRUN bundle config set --local path vendor && «bundle install»\nFROM ruby:3.4-slim\nCOPY --from=build /app /app\n").case("language"),
        // Add-ons that are compiled fetch headers first.
        reviewed(
            "FROM node:24-slim AS build\nRUN apt-get update && apt-get install -y g++ make python3 && rm -rf /var/lib/apt/lists/*\nRUN --mount=type=cache,target=/root/.npm «npm ci»\nFROM scratch\nCOPY --from=build /dist /\n",
            "# syntax=docker/dockerfile:1\nFROM node:24-slim AS build\nRUN apt-get update && apt-get install -y g++ make python3 && rm -rf /var/lib/apt/lists/*\nRUN --mount=type=cache,target=/root/.cache/node-gyp --mount=type=cache,target=/root/.npm npm ci\nFROM scratch\nCOPY --from=build /dist /\n",
        )
        .case("node-gyp"),
        // What only an install reads need not be copied.
        reviewed(
            "FROM node:24-slim AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm «npm ci»\nCOPY . .\nFROM scratch\nCOPY --from=build /dist /\n",
            "# syntax=docker/dockerfile:1\nFROM node:24-slim AS build\nWORKDIR /app\nRUN --mount=type=bind,source=package.json,target=package.json --mount=type=bind,source=package-lock.json,target=package-lock.json --mount=type=cache,target=/root/.npm npm ci\nCOPY . .\nFROM scratch\nCOPY --from=build /dist /\n",
        )
        .case("manifest-bind"),
        flagged("FROM ruby:3.4 AS build\nWORKDIR /app\nCOPY Gemfile* ./\nRUN --mount=type=cache,target=/usr/local/bundle/cache «bundle install»\nCOPY . .\nFROM scratch\nCOPY --from=build /dist /\n").case("manifest-bind"),
        // Where the folder is, or who else needs what is in it, is not known.
        flagged("FROM node:24 AS build\nUSER app\nRUN «npm ci»\nFROM scratch\nCOPY --from=build /dist /\n").case("language"),
        flagged("FROM python:3.13 AS build\nUSER 1000\nRUN «pip install» -r requirements.txt\nFROM scratch\nCOPY --from=build /dist /\n").case("language"),
        flagged("FROM debian:13 AS build\nRUN «cargo build» --release\nFROM scratch\nCOPY --from=build /out /\n").case("language"),
        flagged("FROM golang:1.26 AS modules\nRUN «go mod download»\nFROM modules AS build\nRUN make\nFROM scratch\nCOPY --from=build /out /\n").case("language"),
        flagged("FROM maven:3.9 AS build\nRUN «mvn package»\nFROM eclipse-temurin:21-jre\nCOPY --from=build /root/.m2 /m2\n").case("language"),
        flagged("FROM golang:1.26 AS modules\nRUN «go mod download»\nFROM golang:1.26 AS build\nCOPY --from=modules /go/pkg /go/pkg\nRUN make\nFROM scratch\nCOPY --from=build /out /\n").case("language"),
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
            "# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nCOPY go.mod go.sum ./\nRUN «go mod download»\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -o /api\nFROM scratch\nCOPY --from=build /api /api\n",
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
            "# syntax=docker/dockerfile:1\nFROM gradle:9-jdk21 AS build\nCOPY . .\nRUN --mount=type=cache,target=/home/gradle/.gradle,sharing=locked gradle bootJar --no-daemon\nFROM eclipse-temurin:21-jre\nCOPY --from=build /home/gradle/build/libs/app.jar /app.jar\n",
        )
        .case("language"),
        reviewed(
            "FROM composer:2 AS vendor\nCOPY composer.json composer.lock ./\nRUN «composer install» --no-dev\nFROM php:8.5-apache\nCOPY --from=vendor /app/vendor /var/www/vendor\n",
            "# syntax=docker/dockerfile:1\nFROM composer:2 AS vendor\nCOPY composer.json composer.lock ./\nRUN --mount=type=cache,target=/tmp/cache composer install --no-dev\nFROM php:8.5-apache\nCOPY --from=vendor /app/vendor /var/www/vendor\n",
        )
        .case("language"),
        // What is put in the folder would lie under the mount, by whichever of its names it is put there.
        flagged("FROM gradle:9-jdk21 AS build\nCOPY gradle.properties /root/.gradle/gradle.properties\nCOPY . .\nRUN «gradle build»\nFROM eclipse-temurin:21-jre\nCOPY --from=build /home/gradle/build /app\n").case("language"),
        flagged("FROM gradle:9-jdk21 AS build\nRUN echo org.gradle.caching=true >> ~/.gradle/gradle.properties\nRUN «gradle build»\nFROM eclipse-temurin:21-jre\nCOPY --from=build /home/gradle/build /app\n").case("language"),
        flagged("FROM gradle:9-jdk21 AS deps\nRUN «gradle build»\nFROM gradle:9-jdk21\nCOPY --from=deps /root/.gradle /root/.gradle\n").case("language"),
        // The store lies elsewhere, or the mount could not be removed.
        flagged("FROM node:24 AS build\nRUN pnpm config set store-dir /store\nRUN «pnpm install»\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n").case("language"),
        flagged("FROM node:24 AS build\nRUN «pnpm install»\nRUN pnpm add serve && rm -rf ~/.local/share/pnpm\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n").case("language"),
        // One step has a cache of its own.
        flagged("FROM gradle:9-jdk21 AS build\nRUN --mount=type=cache,target=/home/gradle/.gradle gradle dependencies\nRUN «gradle build»\nFROM eclipse-temurin:21-jre\nCOPY --from=build /home/gradle/build /app\n").case("language"),
        // What is no store of pnpm, and is none that is cleared.
        reviewed(
            "FROM node:24 AS build\nRUN «pnpm install» && rm -rf apps/store/dist && pnpm prune --prod\nRUN pnpm lint && pnpm -r test && pnpm config set color never\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n",
            "# syntax=docker/dockerfile:1\nFROM node:24 AS build\nRUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install && rm -rf apps/store/dist && pnpm prune --prod\nRUN pnpm lint && pnpm -r test && pnpm config set color never\nFROM nginx:1.29\nCOPY --from=build /dist /srv\n",
        )
        .case("language"),
        // Of Node's and PHP's, what installs needs the mount; of compilers, whatever they do.
        reviewed(
            "FROM node:24 AS build\nRUN «pnpm install»\nRUN pnpm --filter api deploy --prod /out\nFROM nginx:1.29\nCOPY --from=build /out /srv\n",
            "# syntax=docker/dockerfile:1\nFROM node:24 AS build\nRUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install\nRUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm --filter api deploy --prod /out\nFROM nginx:1.29\nCOPY --from=build /out /srv\n",
        )
        .case("language"),
        reviewed(
            "FROM composer:2 AS vendor\nCOPY composer.json composer.lock ./\nRUN «composer install» --no-autoloader\nCOPY . .\nRUN composer dump-autoload\nFROM php:8.5-apache\nCOPY --from=vendor /app/vendor /var/www/vendor\n",
            "# syntax=docker/dockerfile:1\nFROM composer:2 AS vendor\nCOPY composer.json composer.lock ./\nRUN --mount=type=cache,target=/tmp/cache composer install --no-autoloader\nCOPY . .\nRUN composer dump-autoload\nFROM php:8.5-apache\nCOPY --from=vendor /app/vendor /var/www/vendor\n",
        )
        .case("language"),
        reviewed(
            "FROM golang:1.26 AS build\nCOPY go.mod go.sum ./\nRUN «go mod download»\nCOPY . .\nRUN go run ./generate\nFROM scratch\nCOPY --from=build /api /api\n",
            "# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go run ./generate\nFROM scratch\nCOPY --from=build /api /api\n",
        )
        .case("language"),
        // What make calls needs the modules that are in the mount.
        reviewed(
            "# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nCOPY go.mod go.sum ./\nRUN «go mod download»\nCOPY . .\nRUN make build\nFROM scratch\nCOPY --from=build /api /api\n",
            "# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build make build\nFROM scratch\nCOPY --from=build /api /api\n",
        )
        .case("language"),
        // The good way for the first of these examples.
        clean("# syntax=docker/dockerfile:1\nFROM golang:1.26 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -o /out/api .\n"),
        // A container that is started has no such folder.
        flagged("FROM maven:3.9\nCOPY . .\nRUN «mvn» -B package\nCMD [\"mvn\", \"-o\", \"spring-boot:run\"]\n").case("language"),
        flagged("FROM maven:3.9\nCOPY . .\nRUN «mvn» -B package\nCMD [\"./start.sh\"]\n").case("language"),
        // Other versions of Yarn have another one; poetry's has the environments in it.
        flagged("FROM node:24\nRUN corepack enable\nCOPY . .\nRUN «yarn install»\n").case("language"),
        reviewed(
            "# syntax=docker/dockerfile:1\nFROM python:3.13-slim AS docs\nCOPY . .\nRUN «poetry install»\nRUN poetry run mkdocs build\nFROM nginx:1.29\nCOPY --from=docs /site /srv\n",
            "# syntax=docker/dockerfile:1\nFROM python:3.13-slim AS docs\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache/pypoetry/cache --mount=type=cache,target=/root/.cache/pypoetry/artifacts poetry install\nRUN poetry run mkdocs build\nFROM nginx:1.29\nCOPY --from=docs /site /srv\n",
        )
        .case("language"),
        clean("FROM node:24 AS build\nRUN --mount=type=cache,target=/root/.npm npm ci\n"),
        clean("FROM node:24\nRUN npm ci && npm cache clean --force\nRUN pip install --no-cache-dir -r requirements.txt\n"),
        clean("FROM golang:1.26\nRUN go build -mod=vendor .\nRUN composer install --no-cache\nRUN --network=none go build .\nRUN if true; then go build .; fi\n"),
        clean("FROM maven:3.9\nRUN mvn package && rm -rf ~/.m2\n"),
        clean("FROM node:24\nRUN pnpm install && rm -rf ~/.local/share/pnpm\nRUN pnpm install && rm -rf $HOME/.local/share\n"),
        clean("FROM node:24\nRUN pnpm install && pnpm store prune\nRUN pnpm install && rm -rf \"$(pnpm store path)\"\nRUN pnpm install --store-dir /x\n"),
        clean("FROM composer:2\nRUN composer install && rm -rf /tmp/*\n"),
        clean("# syntax=docker/dockerfile:1.1\nFROM node:24\nRUN npm ci\n"),
    ],
    check,
};

/// A manager, and what is known of where it keeps what it downloads.
struct Known {
    programs: &'static str,
    /// The image in which that is known.
    image: &'static str,
    /// Its folders.
    targets: &'static str,
    /// Other names that lead to them in that image.
    other_names: &'static str,
    /// The variables that move them.
    moved_by: &'static str,
    /// What each mount needs besides its target.
    options: &'static str,
    /// The part of a path by which its folder is known; where there is none, the name of the first folder.
    sign: &'static str,
}

const KNOWN: [Known; 14] = [
    known("npm", "node", "/root/.npm", "npm_config_cache NPM_CONFIG_CACHE"),
    known("yarn", "node", "/usr/local/share/.cache/yarn", "YARN_CACHE_FOLDER"),
    known("pip", "python", "/root/.cache/pip", "PIP_CACHE_DIR XDG_CACHE_HOME"),
    known("uv", "python", "/root/.cache/uv", "UV_CACHE_DIR XDG_CACHE_HOME"),
    Known {
        // Beside these lie the environments that the packages are installed in.
        sign: "pypoetry",
        ..known(
            "poetry",
            "python",
            "/root/.cache/pypoetry/cache /root/.cache/pypoetry/artifacts",
            "POETRY_CACHE_DIR XDG_CACHE_HOME",
        )
    },
    known("go", "golang", "/go/pkg/mod /root/.cache/go-build", "GOMODCACHE GOPATH GOCACHE XDG_CACHE_HOME"),
    known("cargo", "rust", "/usr/local/cargo/registry /usr/local/cargo/git/db", "CARGO_HOME"),
    known("mvn mvnw", "maven", "/root/.m2/repository", "MAVEN_OPTS MAVEN_ARGS"),
    known("dotnet", "mcr.microsoft.com/dotnet/sdk", "/root/.nuget/packages", "NUGET_PACKAGES"),
    known("bun", "oven/bun", "/root/.bun/install/cache", "BUN_INSTALL_CACHE_DIR"),
    Known {
        other_names: "/root/.gradle",
        // Its own locks are between processes that see each other.
        options: ",sharing=locked",
        ..known("gradle gradlew", "gradle", "/home/gradle/.gradle", "GRADLE_USER_HOME")
    },
    known("composer", "composer", "/tmp/cache", "COMPOSER_HOME COMPOSER_CACHE_DIR"),
    Known {
        sign: "share/pnpm",
        ..known(
            "pnpm",
            "node",
            "/root/.local/share/pnpm/store",
            "PNPM_HOME XDG_DATA_HOME npm_config_store_dir NPM_CONFIG_STORE_DIR",
        )
    },
    known(
        "bundle",
        "ruby",
        "/usr/local/bundle/cache",
        "BUNDLE_PATH BUNDLE_DEPLOYMENT BUNDLE_CACHE_PATH BUNDLE_USER_HOME GEM_HOME",
    ),
];

const fn known(programs: &'static str, image: &'static str, targets: &'static str, moved_by: &'static str) -> Known {
    Known { programs, image, targets, moved_by, other_names: "", options: "", sign: "" }
}

impl Known {
    fn runs(&self, command: &Command) -> bool {
        let program = command.program().unwrap_or_default();
        if is_pip(program) { "pip" } else { program }.is_one_of(self.programs)
    }

    /// Whether a command reads or fills the folders. `npm run build` and `pnpm build` do neither.
    fn is_needed_by(&self, command: &Command) -> bool {
        const INSTALLING: &str = "create-project deploy up update upgrade";
        let installs = || {
            let verb = command.subcommand().and_then(|word| word.known());
            manifest_install(command).is_some()
                || language_install(command).is_some()
                || verb.is_some_and(|verb| verb.is_one_of(INSTALLING))
        };
        self.runs(command)
            && match self.image {
                "node" | "oven/bun" | "composer" => installs(),
                "python" => !command.starts_with("run"),
                _ => true,
            }
    }

    /// Whether a command may run the program, which its words do not show: `make build`. What Node, PHP, Python and Ruby need lies beside the
    /// source once it is installed.
    fn may_be_run_by(&self, command: &Command) -> bool {
        !self.image.is_one_of(ONLY_INSTALLED_FROM) && may_run_others(command) && !self.runs(command)
    }

    /// Whether a command removes one of the folders, or one that they lie in.
    fn is_removed_by(&self, command: &Command) -> bool {
        let is_taken = |word: &Word| {
            let path = below_root(word.shown());
            words_of(self.targets).chain(words_of(self.other_names)).any(|folder| goes_with(folder, &path))
        };
        command.is_one_of("rm") && command.arguments().iter().any(is_taken)
    }

    /// Whether a word of a command that removes something is about what the manager keeps.
    fn is_meant_by(&self, shown: &str) -> bool {
        let name = words_of(self.targets).next().map_or("", crate::path::name);
        let sign = if self.sign.is_empty() { name } else { self.sign };
        shown.contains(sign) || shown.contains("/.m2") || shown.contains(".nuget") || shown.contains("/root/.")
    }
}

/// Whether a command runs others that its words do not show: a tool for building, a shell, a program of the project's own.
fn may_run_others(command: &Command) -> bool {
    const OF_SYSTEM: &str = "/bin /sbin /usr /opt";
    command.is_one_of("make mage task just sh bash")
        || command.words.first().is_some_and(|word| {
            word.shown().contains('/') && !words_of(OF_SYSTEM).any(|folder| is_within(word.shown(), folder))
        })
}

/// A path with root's home written out.
fn below_root(shown: &str) -> String {
    let rest = ["~", "$HOME", "${HOME}"].iter().find_map(|home| shown.strip_prefix(home));
    rest.map_or_else(|| shown.to_owned(), |rest| format!("/root{rest}"))
}

/// Whether a folder is gone when a path is removed. A star stands for no name that begins with a full stop.
fn goes_with(folder: &str, path: &str) -> bool {
    let is_hidden = |above: &str| folder.strip_prefix(above).is_some_and(|rest| rest.starts_with("/."));
    match path.strip_suffix("/*") {
        Some(above) => is_within(folder, above) && !is_hidden(above),
        None => path.starts_with('/') && is_within(folder, path),
    }
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if !document.frontend().knows(2) {
        return;
    }
    let asks_for = |case| report.is_asked_for(case, &document.config);
    let (asks_for_add_ons, asks_for_bound) = (asks_for("node-gyp"), asks_for("manifest-bind"));
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        if asks_for_add_ons {
            add_ons(document, stage, report);
        }
        if asks_for_bound {
            bound(document, stage, report);
        }
        let steps = || stage.own_steps().filter(|step| step.is_readable() && may_download(step));
        let of_system = steps().filter(|step| step.mounts.is_empty()).flat_map(Step::commands);
        if let Some(command) = of_system.into_iter().find(|command| !is_optional(command) && install(command).is_some())
        {
            report.at("os", spoken_call(command).0, "no cache keeps the packages that this downloads");
        }
        // From the end, because the last one counts.
        let mut last = [None; KNOWN.len()];
        for step in steps().rev() {
            let commands = step.commands().filter(|command| !is_optional(command)).into_list();
            for command in commands.into_iter().rev() {
                for (known, last) in KNOWN.iter().zip(&mut last).filter(|(_, last)| last.is_none()) {
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
            finding.about(if command.is_one_of("bundle gem") { "ruby" } else { "" });
            let Some(mounts) = mounts(document, stage, at, known) else { continue };
            let users = family(document, stage).into_iter().flat_map(Stage::own_steps);
            let has_them = |step: &Step<'_>| document.slice(step.outer.range).contains(&mounts);
            // What a tool for building calls misses what lies in the cache by then.
            let mut is_filled = false;
            let users = users.filter(|step| {
                let is_needed =
                    step.commands().any(|it| known.is_needed_by(it) || is_filled && known.may_be_run_by(it));
                is_filled |= is_needed;
                is_needed && !has_them(step)
            });
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

/// Reports the first install of Node's packages in a stage that installed what compiles them.
fn add_ons(document: &Document<'_>, stage: &Stage<'_>, report: &mut Reporter<'_>) {
    let mut has_compiler = false;
    for step in stage.own_steps() {
        for command in step.commands() {
            let packages = install(command).map(|install| install.packages).unwrap_or_default();
            has_compiler |=
                packages.iter().any(|word| package_name(word.shown()).is_one_of("build-base build-essential g++"));
            let is_node = manifest_install(command).is_some() && command.is_one_of("npm pnpm yarn");
            if !is_node || !has_compiler || document.slice(step.outer.range).contains("node-gyp") {
                continue;
            }
            let (range, call) = spoken_call(command);
            let message = format!("`{call}` fetches Node's headers anew whenever it compiles");
            let finding = report.at("node-gyp", range, message);
            if document.runner(step) == Runner::Root && !document.is_variable_set("npm_config_devdir", step) {
                let at = step.instruction.keyword.range.end();
                let mount = insert(at, " --mount=type=cache,target=/root/.cache/node-gyp").because(WHY_KEPT);
                finding.fix(
                    Review,
                    "Mount a cache for the headers",
                    [mount].into_iter().chain(document.newest_frontend()),
                );
            }
            return;
        }
    }
}

/// Reports manifests that are copied for one install, and come again with the source.
fn bound(document: &Document<'_>, stage: &Stage<'_>, report: &mut Reporter<'_>) {
    for (copy, step) in stage.steps.iter().zip(stage.steps.iter().skip(1)) {
        let Some(arguments) = copy.copy().filter(|_| copy.instruction.flags.is_empty() && !copy.is_trigger) else {
            continue;
        };
        let Some(command) = step.commands().find(|command| manifest_install(command).is_some()) else { continue };
        let comes_again = stage.steps.iter().skip(step.index).any(|later| later.whole_context().is_some());
        let is_here = matches!(arguments.destination.text.as_str(), "." | "./");
        if step.is_trigger || !comes_again || !is_here || copy.whole_context().is_some() {
            continue;
        }
        let (range, call) = spoken_call(command);
        let finding = report.at("manifest-bind", range, format!("what is copied for `{call}` alone could be mounted"));
        // A mount cannot be written to, and holds no files that may be absent.
        let names = arguments.sources.iter().map(|source| source.word().text.as_str()).into_list();
        let is_plain = names.iter().all(|name| !name.contains(['*', '?', '[', '$', '"', '/']));
        let only_reads = command.starts_with("ci") || command.program().is_some_and(is_pip);
        if is_plain
            && only_reads
            && step.mounts.iter().all(|mount| mount.kind == MountType::Cache)
            && !document.has_comment_above(copy.outer)
        {
            let mut mounts = String::new();
            for name in names {
                mounts += &format!(" --mount=type=bind,source={name},target={name}");
            }
            let edits = [delete(copy.outer.lines), insert(step.instruction.keyword.range.end(), mounts)];
            finding.fix(
                Review,
                "Mount them (they are not in the layer then)",
                edits.into_iter().chain(document.newest_frontend()),
            );
        }
        return;
    }
}

/// Whether a step may use the network, and has no cache yet. Whoever mounts one is believed.
fn may_download(step: &Step<'_>) -> bool {
    let is_kept = |target: &str| !target.starts_with("/var/") && target != "/tmp";
    let has_cache = step.mounts.iter().any(|mount| {
        matches!(mount.kind, MountType::Cache | MountType::Tmpfs) && mount.target.as_deref().is_some_and(is_kept)
    });
    !step.is_offline() && !has_cache
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
        || download_cache(command).is_some_and(|it| it.is_off(document, step, command) || it.is_cleared(step, command));
    let names_it = |it: &Command| it.arguments().iter().any(|word| known.is_meant_by(word.shown()));
    let is_removed = || step.commands().any(|it| known.is_removed_by(it) || it.is_one_of("rm") && names_it(it));
    downloads && !is_local && !is_off() && !is_removed()
}

/// Images whose languages have what is installed beside the source, so that nothing but an install reads their caches.
const ONLY_INSTALLED_FROM: &str = "node oven/bun composer python ruby";

/// Programs that build with Go each time something changes.
const RELOADERS: &str = "air reflex CompileDaemon gin fresh modd realize dlv";

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
    let calls = |it: &Command| may_run_others(it) && !known.runs(it);
    // Nor has another user, or a step without a network, any use for the cache.
    let is_cut_off = |step: &Step<'_>| {
        step.commands().any(|it| known.may_be_run_by(it))
            && (step.instruction.flag("network").is_some() || document.runner(step) != Runner::Root)
    };
    let is_needed_elsewhere = stages.len() > 1
        && stages.iter().any(|it| {
            let mut steps = it.own_steps().filter(|step| step.is_run());
            steps.any(|step| !step.is_readable() || step.commands().any(calls) || document.runner(step) != Runner::Root)
                || document.start_commands(it).iter().any(|command| known.runs(command))
        });
    // A container has no cache.
    let is_needed_at_start = stages.iter().any(|it| {
        document
            .start_commands(it)
            .iter()
            .any(|command| known.is_needed_by(command) || known.image == "golang" && command.is_one_of(RELOADERS))
            || known.image.is_one_of("maven gradle mcr.microsoft.com/dotnet/sdk")
                && document.unseen_start_script(it).is_some()
    });
    // Newer ones keep the packages elsewhere, and some projects run them from there.
    let is_another_yarn = known.programs == "yarn" && stages.iter().any(|it| is_modern_yarn(it));
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
    if is_told || stages.iter().flat_map(|it| it.own_steps()).any(|it| is_cut_off(it) || counts_on_it(it)) {
        return None;
    }
    let (home, owner) = owner(document, step, image, known)?;
    let place = |target: &str| match home {
        "/root" => target.to_owned(),
        // Root's alone lies elsewhere.
        _ if target.ends_with("/yarn") => format!("{home}/.cache/yarn"),
        _ => target.replace("/root", home),
    };
    let mounts: String = words_of(known.targets)
        .map(|target| [" --mount=type=cache,target=", &place(target), known.options, &owner].concat())
        .collect();
    // A cache belongs to one user.
    let is_others = |other: &Step<'_>| {
        other.commands().any(|it| known.is_needed_by(it)) && user_of(document, other) != user_of(document, step)
    };
    if !owner.is_empty() && stages.iter().flat_map(|it| it.own_steps()).any(is_others) {
        return None;
    }
    let reads = |other: &Step<'_>| {
        let text = document.slice(other.outer.range).replace(&mounts, "");
        (other.copy().is_some() || other.is_run())
            && words_of(known.targets).chain(words_of(known.other_names)).any(|target| {
                let folder = target.trim_end_matches("/repository").trim_end_matches("/packages");
                text.contains(folder) || text.contains(&folder.replace("/root", "~")) || text.contains(&place(folder))
            })
    };
    // A folder above would come without it, where more than installs read what is in there.
    let is_read_later = !known.image.is_one_of(ONLY_INSTALLED_FROM);
    let is_above = |path: &str| {
        is_read_later && path.len() > 1 && words_of(known.targets).any(|target| is_within(&place(target), path))
    };
    // A setting may name another folder.
    let sets_place = |it: &Command| {
        let names_place = |word: &&Word| word.shown().contains_any("store cache path deployment");
        it.starts_with("config")
            && it.is_one_of("bundle npm yarn pnpm composer poetry")
            && it.operands().iter().any(names_place)
            || it.is_one_of("bundle") && it.has_any_flag("--path --deployment")
    };
    let is_moved = is_moved || stages.iter().flat_map(|it| it.own_steps()).flat_map(Step::commands).any(sets_place);
    // What is mounted cannot be removed.
    let removes = |step: &Step<'_>| {
        step.commands().any(|it| known.is_needed_by(it)) && step.commands().any(|it| known.is_removed_by(it))
    };
    if stages.iter().flat_map(|it| it.own_steps()).any(removes) {
        return None;
    }
    if is_moved
        || is_needed_elsewhere
        || is_needed_at_start
        || is_another_yarn
        || image.is_windows()
        || document.steps().any(|step| reads(step) || step.takes(is_above))
    {
        return None;
    }
    Some(mounts)
}

/// The home of the user who runs a step, and what makes a mount theirs. `None` where the file does not tell who that is, or where their
/// home is.
fn owner(document: &Document<'_>, step: &Step<'_>, image: &ImageName, known: &Known) -> Option<(&'static str, String)> {
    if document.runner(step) == Runner::Root {
        return Some(("/root", String::new()));
    }
    let user = user_of(document, step)?;
    if image.repository == "node" && user.is_one_of("node 1000 node:node 1000:1000") {
        return Some(("/home/node", ",uid=1000,gid=1000".to_owned()));
    }
    let is_number = user.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !known.targets.contains("/root")).then(|| ("/root", format!(",uid={user}")))
}

fn user_of(document: &Document<'_>, step: &Step<'_>) -> Option<String> {
    document.value_at(step.in_force.user?, step)
}
