//! Splitting image references.

use crate::path::last_part;
use crate::table::{Listed, words_of};
use dockerfile_parser::ImageRef;

/// Ways to write the library of Docker Hub, and its public mirrors.
const LIBRARY_PREFIXES: &str = "\
    docker.io/library/ index.docker.io/library/ docker.io/ index.docker.io/ public.ecr.aws/docker/library/ \
    mirror.gcr.io/library/";

/// The namespaces in which the library's images lie once more, for one architecture each.
/// <https://github.com/docker-library/official-images#architectures-other-than-amd64>
const ARCHITECTURES: &str = "amd64 arm32v5 arm32v6 arm32v7 arm64v8 i386 mips64le ppc64le riscv64 s390x";

/// An image reference, split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageName {
    /// The host of the registry; `docker.io` where the reference names none.
    pub registry: String,
    /// Registry and repository, with the many ways to write Docker Hub's library taken off: `docker.io/library/node` is `node`.
    pub repository: String,
    /// What stands after the colon.
    pub tag: Option<String>,
    /// What stands after `@`.
    pub digest: Option<String>,
    /// The length of the reference up to the colon, or the digest, or its end: where a tag begins or would begin. In bytes.
    pub name_length: usize,
}

impl ImageName {
    /// Splits a reference. `None` for a text that no registry would take for one.
    pub fn parse(reference: &str) -> Option<ImageName> {
        // `ImageRef` cannot hold a tag and a digest together, so the digest is cut off first.
        let (name, digest) = match reference.split_once('@') {
            Some((name, digest)) => (name, Some(digest)),
            None => (reference, None),
        };
        let parsed = ImageRef::parse(name);
        let full = match &parsed.registry {
            Some(registry) => format!("{registry}/{}", parsed.image),
            None => parsed.image.clone(),
        };
        let is_valid = is_repository(&full) && parsed.tag.as_deref().is_none_or(is_tag) && digest.is_none_or(is_digest);
        is_valid.then(|| ImageName {
            registry: host(&full).unwrap_or("docker.io").to_owned(),
            repository: normalised(&full).to_owned(),
            name_length: full.len(),
            tag: parsed.tag,
            digest: digest.map(str::to_owned),
        })
    }

    /// The reference in one spelling: Docker Hub's library is left out.
    pub fn reference(&self) -> String {
        let mut reference = self.repository.clone();
        for (sign, part) in [(':', &self.tag), ('@', &self.digest)] {
            if let Some(part) = part {
                reference.push(sign);
                reference.push_str(part);
            }
        }
        reference
    }

    /// The name and the tag, as people say them.
    pub fn shown(&self) -> String {
        ImageName { digest: None, ..self.clone() }.reference()
    }

    /// The last part of the repository: `node` of `registry.example.com/team/node`.
    pub fn short_name(&self) -> &str {
        last_part(&self.repository)
    }

    /// The parts of the tag between dashes.
    pub fn tag_parts(&self) -> impl Iterator<Item = &str> {
        self.tag.as_deref().unwrap_or_default().split('-').filter(|part| !part.is_empty())
    }

    /// The number that its tag begins with, up to the first dot or dash: 24 of `24.1-slim`.
    pub fn major(&self) -> Option<u32> {
        self.tag_parts().next()?.split('.').next()?.parse().ok()
    }

    /// Whether it is one of Docker Hub's official images.
    pub fn is_official(&self) -> bool {
        !self.repository.contains('/')
    }

    /// Whether it is a Windows image.
    pub fn is_windows(&self) -> bool {
        const NAMES: &str = "nanoserver servercore windowsservercore";
        let tag = self.tag.as_deref().unwrap_or_default();
        self.repository.starts_with("mcr.microsoft.com/windows")
            || self.repository.starts_with("mcr.microsoft.com/dotnet/framework")
            || self.repository.split(['/', '-']).any(|part| part == "windows")
            || self.repository.contains_any(NAMES)
            || tag.contains_any(NAMES)
    }
}

fn normalised(name: &str) -> &str {
    // The library has its images from there.
    if name.is_one_of("registry.fedoraproject.org/fedora quay.io/fedora/fedora") {
        return last_part(name);
    }
    let stripped = words_of(LIBRARY_PREFIXES).find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    match stripped.split_once('/') {
        Some((namespace, image)) if namespace == "library" || namespace.is_one_of(ARCHITECTURES) => image,
        _ => stripped,
    }
}

/// Lower case letters and digits, and single separators between them; upper case only in the registry's host.
fn is_repository(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-'))
    };
    let is_host = |host: &str| {
        host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))
    };
    match (host(name), name.split_once('/')) {
        (Some(host), Some((_, path))) => is_host(host) && path.split('/').all(is_part),
        _ => name.split('/').all(is_part),
    }
}

/// The host that a repository's name begins with, if it begins with one. No namespace has capitals, so what has is a host.
/// <https://pkg.go.dev/github.com/distribution/reference#ParseNormalizedNamed>
fn host(name: &str) -> Option<&str> {
    let (host, _) = name.split_once('/')?;
    let is_host = |c: char| matches!(c, '.' | ':') || c.is_ascii_uppercase();
    (host == "localhost" || host.contains(is_host)).then_some(host)
}

/// <https://pkg.go.dev/github.com/distribution/reference#pkg-overview>
fn is_tag(tag: &str) -> bool {
    tag.len() <= 128
        && tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && tag.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// The number before the first dot of a version, and the one behind it.
pub fn version(text: &str) -> Option<(u32, Option<u32>)> {
    let mut numbers = text.split('.').map(str::parse);
    let major = numbers.next()?.ok()?;
    Some((major, numbers.next().and_then(Result::ok)))
}

/// Whether a text has the form of a digest: `sha256:` and its hexadecimal digits.
pub fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        !algorithm.is_empty() && hex.len() >= 32 && hex.chars().all(|c| c.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::ImageName;

    fn parts(reference: &str) -> Option<(String, Option<String>, bool)> {
        ImageName::parse(reference).map(|image| (image.repository, image.tag, image.digest.is_some()))
    }

    #[test]
    fn references_are_split_and_normalised() {
        let digest = format!("sha256:{}", "1".repeat(64));
        let of = |repository: &str, tag: Option<&str>, has_digest| {
            Some((repository.to_owned(), tag.map(str::to_owned), has_digest))
        };
        assert_eq!(parts("node"), of("node", None, false));
        assert_eq!(parts("docker.io/library/node:24"), of("node", Some("24"), false));
        assert_eq!(parts("public.ecr.aws/docker/library/python:3.13"), of("python", Some("3.13"), false));
        assert_eq!(parts("docker.io/grafana/grafana:11"), of("grafana/grafana", Some("11"), false));
        assert_eq!(parts("arm32v7/debian:trixie"), of("debian", Some("trixie"), false));
        assert_eq!(parts("localhost:5000/a/b:c"), of("localhost:5000/a/b", Some("c"), false));
        assert_eq!(parts("localhost:5000/a"), of("localhost:5000/a", None, false));
        assert_eq!(parts("Team/app"), of("Team/app", None, false));
        assert_eq!(parts(&format!("alpine:3.23@{digest}")), of("alpine", Some("3.23"), true));
        assert_eq!(parts(&format!("alpine@{digest}")), of("alpine", None, true));
        for bad in ["", "Debian", "a:", "a b", ":x", "a//b", "a@b", "-a", "a:$T"] {
            assert_eq!(parts(bad), None, "{bad}");
        }
    }
}
