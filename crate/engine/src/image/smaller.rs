//! Smaller images that run the same.

use super::catalog::{Entry, tag_of};
use super::releases::halves;
use super::{ImageName, codename, line_of};
use crate::table::Listed;
use layerwise_syntax::list::IntoList;

/// A smaller image that runs the same, and what it does without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smaller {
    /// The whole reference.
    pub reference: String,
    /// What it lacks, in words.
    pub lacks: &'static str,
}

/// Images whose slim variant runs the same programs; of others it is another program.
const SLIM: &str = "node python ruby rust pypy perl elixir erlang haskell swift debian";

const NO_SHELL: &str = "a shell and a package manager";

/// Parts of tags that say that an image is small already.
fn is_small(part: &str) -> bool {
    part.starts_with_any("slim alpine minimal nano distroless chiseled busybox jre")
}

/// The tag of the slim variant of an image that is not small yet.
pub fn slim_tag(image: &ImageName) -> Option<String> {
    if !image.repository.is_one_of(SLIM) || image.tag_parts().any(is_small) {
        return None;
    }
    let entry = Entry::of(&image.repository)?;
    let tag = image.tag.as_deref().filter(|tag| *tag != "latest").unwrap_or_default();
    // `python:3.14-slim-trixie`, and `node:24-trixie-slim`.
    let is_first = entry.builds().flat_map(|build| build.variants()).any(|name| name.starts_with("slim-"));
    let (head, rest) = halves(tag);
    let slim = match (head, rest) {
        (_, "") => tag_of(tag, "slim"),
        (head, rest) if is_first => format!("{head}-slim-{rest}"),
        _ => format!("{tag}-slim"),
    };
    let is_known = entry.build_of(&slim).is_some();
    // Of older releases nobody has listed the tags, but they had the same variants.
    let is_like_known = || {
        let is_unlisted = entry.build_of(if tag.is_empty() { "latest" } else { tag }).is_none();
        is_unlisted && line_of(image).is_some() && (rest.is_empty() || codename(rest).is_some())
    };
    (is_known || is_like_known()).then_some(slim)
}

/// Smaller images that existed on the day of the data, the nearest first.
pub fn smaller(image: &ImageName) -> Vec<Smaller> {
    let mut found = Vec::new();
    let repository = image.repository.as_str();
    let mut add = |repository: &str, tag: String, lacks| {
        found.push(Smaller { reference: format!("{repository}:{tag}"), lacks });
    };
    if let Some(slim) = slim_tag(image) {
        let lacks =
            if repository == "debian" { "manuals and translations" } else { "compilers, headers, git and curl" };
        add(repository, slim, lacks);
    }
    let tag = image.tag.as_deref().unwrap_or("latest");
    let (head, rest) = halves(tag);
    let number = head.split('.').next().unwrap_or_default();
    if let Some(entry) = Entry::of(repository).filter(|_| !image.tag_parts().any(|part| part.starts_with("alpine"))) {
        let is_dropped = |part: &&str| *part != "slim" && *part != "latest" && codename(part).is_none();
        let kept: Vec<&str> = tag.split('-').filter(is_dropped).into_list();
        let alpine = tag_of(&kept.join("-"), "alpine");
        if entry.build_of(&alpine).is_some() {
            add(repository, alpine, "glibc, as it has musl, and Bash");
        }
        let jre = tag.replace("jdk", "jre");
        if jre != tag && entry.build_of(&jre).is_some() {
            add(repository, jre, "the compiler");
        }
    }
    const DOTNET: &str = "\
        mcr.microsoft.com/dotnet/aspnet mcr.microsoft.com/dotnet/runtime mcr.microsoft.com/dotnet/runtime-deps";
    match repository {
        "node" if number.is_one_of("22 24") => {
            add(&format!("gcr.io/distroless/nodejs{number}-debian13"), "nonroot".to_owned(), NO_SHELL);
        }
        "eclipse-temurin" if number.is_one_of("17 21 25") => {
            add(&format!("gcr.io/distroless/java{number}-debian13"), "nonroot".to_owned(), NO_SHELL);
        }
        _ if repository.is_one_of(DOTNET) && number.is_one_of("8 9 10") && (rest.is_empty() || rest == "noble") => {
            add(repository, format!("{head}-noble-chiseled"), NO_SHELL);
        }
        "debian" | "ubuntu" | "alpine" => {
            add(
                "gcr.io/distroless/static-debian13",
                "nonroot".to_owned(),
                "a shell, a package manager and a C library",
            );
        }
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slim_variants_are_written_as_each_image_does() {
        let slim = |reference| slim_tag(&ImageName::parse(reference).unwrap());
        assert_eq!(slim("node:24").as_deref(), Some("24-slim"));
        assert_eq!(slim("node:24-bookworm").as_deref(), Some("24-bookworm-slim"));
        assert_eq!(slim("python:3.13-bookworm").as_deref(), Some("3.13-slim-bookworm"));
        assert_eq!(slim("python").as_deref(), Some("slim"));
        assert_eq!(slim("python:3.7.4").as_deref(), Some("3.7.4-slim"));
        assert_eq!(slim("debian:trixie").as_deref(), Some("trixie-slim"));
        for other in ["node:24-alpine", "debian:trixie-backports", "nginx", "example.com/node:24", "node:99"] {
            assert_eq!(slim(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_smaller_existed() {
        let of = |reference| -> Vec<String> {
            smaller(&ImageName::parse(reference).unwrap()).into_iter().map(|smaller| smaller.reference).collect()
        };
        assert_eq!(of("python:3.13-bookworm"), ["python:3.13-slim-bookworm", "python:3.13-alpine"]);
        assert_eq!(of("eclipse-temurin:26-jdk"), ["eclipse-temurin:26-jdk-alpine", "eclipse-temurin:26-jre"]);
        assert!(of("example.com/app:1").is_empty());
    }
}
