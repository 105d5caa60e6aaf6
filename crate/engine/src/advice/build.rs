//! What to do while an image is built.

use super::build_flags::{self, Need};
use super::ignore;
use super::model::{Advice, Given, Language, Moment};
use super::quote::{command, word};
use super::subject::Subject;
use crate::category::Category;
use crate::code::{buildkit, tally};
use crate::packages::manifest_install;
use crate::plan::Origin;
use layerwise_syntax::MountType;
use layerwise_syntax::list::IntoList;

/// Stands for the registry that the image goes to.
pub const REGISTRY: &str = "registry.example.com/";

pub const BUILD_IMAGE: Advice = Advice {
    id: "build-image",
    category: Category::Config,
    moment: Moment::Build,
    title: "Build the image",
    why: "
The command gives the build all that the file asks for by name: secrets and SSH keys, which never end up in a layer, values for arguments that have
no default, and the permissions that some steps want. `--tag` names the result; without a name it is hard to find again.
",
    references: &["https://docs.docker.com/reference/cli/docker/buildx/build/", "https://docs.docker.com/build/building/secrets/"],
    codes: &[],
    give: build_image,
};

fn build_image(subject: &Subject<'_>) -> Option<Given> {
    let needs = &subject.needs;
    let has = |flag: &str, is_variable: bool| {
        needs.iter().any(|need: &Need| need.flag == flag && need.is_variable == is_variable)
    };
    let named = |flag: &str, is_variable: bool| {
        let own = needs.iter().filter(|need| need.flag == flag && need.is_variable == is_variable);
        let names = own
            .map(|need| if is_variable && flag == "--secret" { need.source.as_str() } else { need.name.as_str() })
            .into_list();
        crate::wording::listed(&names)
    };
    let mut given = Given::shell(&[tagged("docker build", subject)]).note(subject.name_note());
    if has("--build-arg", true) {
        given = given.note(
            ["It takes ", &named("--build-arg", true), " from your environment: the file has no default."].concat(),
        );
    }
    if has("--secret", true) {
        given = given.note(["It reads ", &named("--secret", true), " from your environment."].concat());
    }
    if has("--secret", false) {
        given = given.note(["Where ", &named("--secret", false), " lies is a guess: name your own file."].concat());
    }
    let others = subject.plan.stages.iter().filter(|stage| !stage.is_needed).filter_map(|stage| stage.name.as_deref());
    let others: Vec<&str> = others.into_list();
    if !others.is_empty() {
        given = given.note(
            ["The image does not need ", &crate::wording::listed(&others), ": `--target` builds such a stage."]
                .concat(),
        );
    }
    Some(given)
}

/// A build: how it begins, what the file asks for by name, and how it ends.
pub fn build_command(start: &str, subject: &Subject<'_>, first: &[&str], needs: &[Need], last: &[&str]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in first {
        parts.push((*part).to_owned());
    }
    if subject.file != "Dockerfile" {
        parts.push(["--file ", &word(subject.file)].concat());
    }
    if let Some(target) = subject.target() {
        parts.push(["--target ", &word(target)].concat());
    }
    parts.extend(build_flags::flags(needs));
    for part in last {
        parts.push((*part).to_owned());
    }
    parts.push(".".to_owned());
    command(start, &parts)
}

/// A build whose image stays on this machine.
fn tagged(start: &str, subject: &Subject<'_>) -> String {
    build_command(start, subject, &[&["--tag ", &subject.name].concat()], &subject.needs, &[])
}

/// A build that ends in a registry.
pub fn pushed(subject: &Subject<'_>, last: &[&str]) -> String {
    let tag = ["--tag ", REGISTRY, &subject.name].concat();
    build_command("docker buildx build", subject, &[&tag, "--push"], &subject.needs, last)
}

pub const WRITE_A_DOCKERIGNORE: Advice = Advice {
    id: "write-a-dockerignore",
    category: Category::Caching,
    moment: Moment::Build,
    title: "Keep a .dockerignore beside the Dockerfile",
    why: "
It keeps secrets, `.git` and what is installed on your machine out of every `COPY`, so that nothing of it ends up in the image, the upload stays
small, and an edit that has nothing to do with the image leaves the cache alone.

The strictest form leaves everything out and lists exceptions: `*`, then `!src`. It asks for a line whenever a new file is to go in.
",
    references: &[
        "https://docs.docker.com/build/concepts/context/#dockerignore-files",
        "https://docs.docker.com/build/building/best-practices/#exclude-with-dockerignore",
    ],
    codes: &[],
    give: write_a_dockerignore,
};

fn write_a_dockerignore(subject: &Subject<'_>) -> Option<Given> {
    let lines = ignore::lines(subject);
    if lines.is_empty() {
        return None;
    }
    let is_there = subject.document.dockerignore.is_some();
    let note = if is_there {
        "Yours lacks these lines. Read them before you add them: your project may need one of these."
    } else {
        "Nothing that a `COPY` of this file names is in it. Read it all the same: your project may need more."
    };
    Some(Given::new(Language::Dockerignore, lines.join("\n")).note(note))
}

pub const RUN_BUILD_CHECKS: Advice = Advice {
    id: "run-build-checks",
    category: Category::Config,
    moment: Moment::Build,
    title: "Run Docker's own checks in CI",
    why: "
`--check` reads the file with the real base images, the real `.dockerignore` and the values of your build, and builds nothing. What a page or a
linter can only guess it knows.
",
    references: &["https://docs.docker.com/build/checks/"],
    codes: &[],
    give: run_build_checks,
};

fn run_build_checks(subject: &Subject<'_>) -> Option<Given> {
    if subject.stage.is_windows {
        return None;
    }
    let needs: Vec<Need> = subject.needs.iter().filter(|need| need.flag == "--build-arg").cloned().into_list();
    Some(Given::shell(&[build_command("docker build", subject, &["--check"], &needs, &[])]))
}

pub const BUILD_WITH_BUILDKIT: Advice = Advice {
    id: "build-with-buildkit",
    category: Category::Caching,
    moment: Moment::Build,
    title: "Build with BuildKit where Docker is old",
    why: "
This file uses what only BuildKit knows, such as mounts, heredocs or `COPY --link`. Docker builds with it since version 23 of the Engine; an older one,
on an old CI runner for instance, has to be told.
",
    references: &["https://docs.docker.com/build/buildkit/"],
    codes: &[],
    give: build_with_buildkit,
};

fn build_with_buildkit(subject: &Subject<'_>) -> Option<Given> {
    let uses_it = |step: &crate::document::Step<'_>| {
        let flags = &step.instruction.flags;
        !step.instruction.heredocs.is_empty()
            || step.is_run() && !flags.is_empty()
            || step.copy().is_some() && flags.iter().any(|flag| !matches!(flag.name.as_str(), "from" | "chown"))
    };
    if subject.stage.is_windows || !subject.document.steps().any(uses_it) {
        return None;
    }
    Some(Given::shell(&[tagged("DOCKER_BUILDKIT=1 docker build", subject)]))
}

pub const SHARE_BUILD_CACHE: Advice = Advice {
    id: "share-build-cache",
    category: Category::Caching,
    moment: Moment::Build,
    title: "Share the build cache between CI runs",
    why: "
CI runners start empty, so that the best order of steps gains nothing there unless the cache is kept somewhere. A cache in the registry with
`mode=max` holds the steps of builder stages too. Cache mounts are not part of it: they stay on the machine.
",
    references: &["https://docs.docker.com/build/cache/backends/", "https://docs.docker.com/build/ci/github-actions/cache/"],
    codes: &[],
    give: share_build_cache,
};

fn share_build_cache(subject: &Subject<'_>) -> Option<Given> {
    let installs =
        || subject.document.steps().flat_map(|step| step.commands()).any(|command| manifest_install(command).is_some());
    if subject.stage.is_windows || subject.plan.stages.len() < 2 && !installs() {
        return None;
    }
    let cache = ["type=registry,ref=", REGISTRY, &subject.name, ":cache"].concat();
    let given = Given::shell(&[pushed(
        subject,
        &[&["--cache-from ", &cache].concat(), &["--cache-to ", &cache, ",mode=max"].concat()],
    )]);
    Some(given.note(REGISTRY_NOTE))
}

/// Says what the registry is.
pub const REGISTRY_NOTE: &str = "`registry.example.com` stands for your registry.";

pub const CHECK_BASE_PLATFORMS: Advice = Advice {
    id: "check-base-platforms",
    category: Category::BaseImage,
    moment: Moment::Build,
    title: "Check which platforms the base image offers",
    why: "
Whether an image exists for your processor only its registry knows. For another one a build runs in slow emulation, or ends with \"exec format
error\".
",
    references: &[
        "https://docs.docker.com/build/building/multi-platform/",
        "https://docs.docker.com/reference/cli/docker/buildx/imagetools/inspect/",
    ],
    codes: &[buildkit("InvalidBaseImagePlatform"), tally("tally/platform-mismatch")],
    give: check_base_platforms,
};

/// More images than that are looked up by nobody.
const MOST_IMAGES: usize = 12;

fn check_base_platforms(subject: &Subject<'_>) -> Option<Given> {
    let mut commands: Vec<String> = Vec::new();
    let mut names_platform = false;
    for stage in subject.plan.stages.iter().filter(|stage| stage.is_needed) {
        names_platform |= stage.platform.is_some();
        if let Origin::Image(image) = &stage.base {
            let command = ["docker buildx imagetools inspect ", &word(image)].concat();
            if commands.len() < MOST_IMAGES && !commands.contains(&command) {
                commands.push(command);
            }
        }
    }
    let reads_target =
        subject.document.steps().any(|step| subject.document.slice(step.outer.range).contains("TARGETARCH"));
    if commands.is_empty() || !(names_platform || reads_target) || subject.stage.is_windows {
        return None;
    }
    let mut given = Given::shell(&commands);
    if reads_target {
        given =
            given.and(Language::Shell, pushed(subject, &["--platform linux/amd64,linux/arm64"])).note(REGISTRY_NOTE);
    }
    Some(given)
}

pub const REBUILD_OFTEN: Advice = Advice {
    id: "rebuild-often",
    category: Category::BaseImage,
    moment: Moment::Build,
    title: "Rebuild regularly on a fresh base image",
    why: "
An image never updates itself. A build every week with `--pull` and without the cache takes in what base image and distribution have mended since. A bot
such as Renovate or Dependabot proposes new tags and digests as pull requests.
",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
        "https://docs.renovatebot.com/docker/",
        "https://docs.github.com/en/code-security/dependabot",
    ],
    codes: &[],
    give: rebuild_often,
};

fn rebuild_often(subject: &Subject<'_>) -> Option<Given> {
    let mut given = Given::shell(&[tagged("docker build --pull --no-cache", subject)]);
    let has_cache = |step: &crate::plan::PlannedStep| {
        step.inputs.mounts.iter().any(|mounted| mounted.mount.kind == MountType::Cache)
    };
    if subject.plan.needed_steps().any(has_cache) {
        given = given.note(
            "`--no-cache` leaves cache mounts alone: `docker buildx prune --filter type=exec.cachemount` empties them.",
        );
    }
    Some(given)
}
