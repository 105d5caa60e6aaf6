//! Which pattern of a build in two stages fits: the names are those of [`crate::patterns`].

use super::DevFamily;
use crate::image::ImageName;
use crate::shell::Command;
use crate::table::words_of;

/// By what builds, or installs what is built.
const BY_PROGRAM: &str = "go=go cargo=rust mvn=maven mvnw=maven gradle=gradle gradlew=gradle dotnet=dotnet gcc=c cc=c clang=c make=c \
    g++=cpp clang++=cpp c++=cpp cmake=cpp ninja=cpp meson=cpp npm=node yarn=node pnpm=node bun=node next=node nuxt=node ng=node-static \
    vite=node-static react-scripts=node-static gatsby=node-static astro=node-static webpack=node-static \
    pip=python pip3=python poetry=python uv=python pipenv=python bundle=ruby composer=php configure=c";

/// By the image in which it is built.
const BY_IMAGE: &str =
    "golang=go rust=rust maven=maven gradle=gradle dotnet/sdk=dotnet gcc=c python=python php=php ruby=ruby node=node";

/// The pattern for what a command builds; an empty name where there is none.
pub fn pattern_of_build(command: &Command) -> &'static str {
    named(BY_PROGRAM, command.program().unwrap_or_default())
}

/// The pattern for what is built in an image; an empty name where there is none.
pub fn pattern_of_image(image: &ImageName) -> &'static str {
    let name = if image.repository.ends_with("dotnet/sdk") { "dotnet/sdk" } else { image.short_name() };
    named(BY_IMAGE, name)
}

/// The pattern for dependencies that only development needs.
pub fn pattern_of_family(family: DevFamily) -> &'static str {
    match family {
        DevFamily::Node => "node",
        DevFamily::Composer => "php",
        DevFamily::Bundler => "ruby",
        DevFamily::Python => "python",
    }
}

fn named(table: &'static str, name: &str) -> &'static str {
    let mut pairs = words_of(table).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map_or("", |(_, pattern)| pattern)
}
