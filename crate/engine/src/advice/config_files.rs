//! The configuration files that a file copies: they can as well be mounted.

use super::quote::{is_presentable, word};
use super::subject::Subject;
use crate::dockerignore::clean;
use crate::path;
use crate::plan::Origin;
use crate::table::Listed;

const ENDINGS: &str = ".conf .cnf .cfg .ini .properties .toml .yaml .yml .xml .json";
/// They say how to build, or are the program itself.
const NO_SETTINGS: &str = "\
    package.json package-lock.json npm-shrinkwrap.json composer.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.json jsconfig.json angular.json \
    nest-cli.json deno.json pyproject.toml Cargo.toml Pipfile.toml pom.xml build.xml global.json packages.json manifest.json bunfig.toml \
    turbo.json nx.json lerna.json environment.yml .babelrc.json vercel.json mix.toml";

/// Nobody mounts more files one by one.
const MOST: usize = 8;

/// The flags of `docker run` that mount the configuration files which the image brings, each in its own place.
pub fn mounts(subject: &Subject<'_>) -> Vec<String> {
    let mut mounts = Vec::new();
    let chain = subject.document.chain(subject.stage);
    let plans = chain.into_iter().filter_map(|stage| subject.plan.stages.get(stage.index));
    for step in plans.flat_map(|stage| &stage.steps).filter(|step| !step.is_trigger) {
        let Some(files) = &step.inputs.files else { continue };
        if files.origin != Origin::Context || files.keeps_parents || files.paths.len() != step.output.paths.len() {
            continue;
        }
        for (source, target) in files.paths.iter().zip(&step.output.paths) {
            let Some(source) = source.known.as_deref() else { continue };
            let name = path::name(source);
            // A file in the place of a folder would hide the folder.
            let is_file = path::name(target).contains('.');
            let is_plain = |path: &str| is_presentable(path) && !path.contains(['*', '?', '[', ',', '"', '$']);
            if name.ends_with_any(ENDINGS)
                && !name.is_one_of(NO_SETTINGS)
                && is_file
                && is_plain(source)
                && is_plain(target)
                && mounts.len() < MOST
            {
                mounts.push(
                    ["--mount ", &word(&["type=bind,src=./", &clean(source), ",dst=", target, ",readonly"].concat())]
                        .concat(),
                );
            }
        }
    }
    mounts
}
