//! Images whose publisher has abandoned, moved or frozen them.

use super::catalog::Entry;
use super::pattern::matches;
use super::{ImageName, is_in_library};
use crate::table::{Listed, words_of};

/// An image that gets no more updates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// What happened, as a sentence goes on behind the image's name.
    pub fate: &'static str,
    /// The repository that took its place, if one did.
    pub successor: Option<String>,
    /// The reference that says the same there, where its tags carry over.
    pub reference: Option<String>,
}

const NO_MORE: &str = "gets no more updates";
const MOVED: &str = "has moved";

/// Patterns with blanks between them, what became of the images, and the successor. With `=` before it the successor has the same tags; `*`
/// stands for what the pattern's stood for.
const RETIRED: [(&str, &str, &str); 27] = [
    ("openjdk java adoptopenjdk adoptopenjdk/* anapsix/alpine-java", NO_MORE, "eclipse-temurin"),
    ("centos", "belongs to CentOS Linux, which has ended", ""),
    ("jenkins jenkinsci/jenkins jenkinsci/blueocean", MOVED, "jenkins/jenkins"),
    // What the tag named is an image of its own now.
    ("mcr.microsoft.com/dotnet/core/*", MOVED, "mcr.microsoft.com/dotnet/*"),
    ("microsoft/aspnetcore microsoft/dotnet:*aspnetcore*", MOVED, "mcr.microsoft.com/dotnet/aspnet"),
    ("microsoft/dotnet:*runtime*", MOVED, "mcr.microsoft.com/dotnet/runtime"),
    ("microsoft/dotnet microsoft/aspnetcore-build", MOVED, "mcr.microsoft.com/dotnet/sdk"),
    ("microsoft/iis", MOVED, "mcr.microsoft.com/windows/servercore/iis"),
    ("microsoft/windowsservercore", MOVED, "mcr.microsoft.com/windows/servercore"),
    ("microsoft/nanoserver", MOVED, "mcr.microsoft.com/windows/nanoserver"),
    ("microsoft/mssql-server-linux", MOVED, "=mcr.microsoft.com/mssql/server"),
    (
        "k8s.gcr.io/* gcr.io/google-containers/* gcr.io/google_containers/*",
        "is frozen since 2023",
        "=registry.k8s.io/*",
    ),
    ("bitnami/* bitnamilegacy/*", "has no free versions any more since 2025", ""),
    ("jupyter/*", "is not updated on Docker Hub since 2023", "quay.io/jupyter/*"),
    ("circleci/*", "ended in 2021", "cimg/*"),
    ("vault", MOVED, "=hashicorp/vault"),
    ("consul", MOVED, "=hashicorp/consul"),
    ("iojs mhart/alpine-node", NO_MORE, "node"),
    ("django celery", NO_MORE, "python"),
    ("rails", NO_MORE, "ruby"),
    ("piwik", "has a new name", "matomo"),
    // The rolling release is an image of its own.
    ("opensuse:tumbleweed", MOVED, "opensuse/tumbleweed"),
    ("opensuse", MOVED, "=opensuse/leap"),
    ("ubuntu-debootstrap ubuntu-upstart", NO_MORE, "ubuntu"),
    ("scala-sbt", NO_MORE, "sbtscala/scala-sbt"),
    ("minio/minio", NO_MORE, ""),
    ("mcr.microsoft.com/vscode/devcontainers/*", MOVED, "mcr.microsoft.com/devcontainers/*"),
];

/// Other images that were once in Docker Hub's library.
const GONE: &str = "crux euleros express-gateway fsharp glassfish hello-seattle hello-skopje hipache hola-mundo jobber \
    kaazing-gateway known mono nats-streaming nuxeo owncloud rapidoid sentry sl sourcemage swarm thrift";

/// Whether Docker Hub's library held an image of this name that is no longer there.
pub(super) fn was_in_library(name: &str) -> bool {
    name.is_one_of(GONE) || RETIRED.iter().any(|(patterns, ..)| name.is_one_of(patterns))
}

/// What became of an image that gets no more updates.
pub fn retired(image: &ImageName) -> Option<Retired> {
    for (patterns, fate, successor) in RETIRED {
        let Some(pattern) = words_of(patterns).find(|pattern| matches(pattern, image)) else { continue };
        let tag = image.tag.as_deref().unwrap_or("latest");
        if Entry::of(&image.repository).is_some_and(|entry| entry.build_of(tag).is_some()) {
            return None;
        }
        let stem = pattern.trim_end_matches('*');
        let rest = image.repository.strip_prefix(stem).unwrap_or_default();
        let (name, keeps_tags) = match successor.strip_prefix('=') {
            Some(name) => (name, true),
            None => (successor, false),
        };
        let name = name.replace('*', rest);
        let reference = match image.tag.as_deref() {
            _ if image.digest.is_some() => None,
            Some(tag) if image.repository.is_one_of("openjdk java") => temurin(tag),
            Some(tag) if keeps_tags => Some(format!("{name}:{tag}")),
            _ => None,
        };
        return Some(Retired { fate, successor: Some(name).filter(|name| !name.is_empty()), reference });
    }
    if !is_in_library(image) {
        return None;
    }
    let fate = if image.tag_parts().any(|part| part == "onbuild") {
        "is one of the ONBUILD variants, which are no longer built"
    } else if Entry::of(&image.repository).is_none_or(|entry| entry.builds().next().is_none()) {
        "is no longer among the official images"
    } else {
        return None;
    };
    Some(Retired { fate, successor: None, reference: None })
}

/// The image of Eclipse Temurin that is nearest to one of OpenJDK.
fn temurin(tag: &str) -> Option<String> {
    let end = tag.find(|c: char| !c.is_ascii_digit()).unwrap_or(tag.len());
    let kind = if tag.contains("jre") { "jre" } else { "jdk" };
    let system = if tag.contains("alpine") { "-alpine" } else { "" };
    let tag = format!("{}-{kind}{system}", tag.get(..end)?);
    Entry::of("eclipse-temurin")?.build_of(&tag)?;
    Some(format!("eclipse-temurin:{tag}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_without_updates_are_known() {
        let of = |reference| retired(&ImageName::parse(reference).unwrap());
        let reference = |name| of(name).and_then(|retired| retired.reference);
        assert_eq!(reference("openjdk:11.0.4-jre-slim-buster").as_deref(), Some("eclipse-temurin:11-jre"));
        assert_eq!(reference("openjdk:8-jdk-alpine").as_deref(), Some("eclipse-temurin:8-jdk-alpine"));
        assert_eq!(reference("openjdk:12"), None);
        assert_eq!(reference("k8s.gcr.io/pause:3.2").as_deref(), Some("registry.k8s.io/pause:3.2"));
        assert_eq!(reference("k8s.gcr.io/pause"), None);
        let successor = |name| of(name).and_then(|retired| retired.successor);
        for (old, new) in [
            ("microsoft/dotnet:2.1-sdk", "mcr.microsoft.com/dotnet/sdk"),
            ("microsoft/dotnet:2.1-aspnetcore-runtime-alpine", "mcr.microsoft.com/dotnet/aspnet"),
            ("microsoft/dotnet:2.1-runtime", "mcr.microsoft.com/dotnet/runtime"),
            ("microsoft/dotnet", "mcr.microsoft.com/dotnet/sdk"),
            ("mcr.microsoft.com/dotnet/core/aspnet:3.1", "mcr.microsoft.com/dotnet/aspnet"),
            ("microsoft/nanoserver:1709", "mcr.microsoft.com/windows/nanoserver"),
        ] {
            assert_eq!(successor(old).as_deref(), Some(new), "{old}");
        }
        assert!(of("openjdk:28-ea").is_none());
        assert!(of("node:8-onbuild").is_some());
        assert!(of("notary:server").is_some());
        for kept in
            ["node:8", "example.com/centos:7", "our-base", "jenkins/jenkins:lts", "quay.io/centos/centos:stream9"]
        {
            assert_eq!(of(kept), None, "{kept}");
        }
    }
}
