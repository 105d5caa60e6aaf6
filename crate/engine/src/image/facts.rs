//! What is known of images by their names.

use super::ImageName;
use super::catalog::Entry;
use super::pattern::{matches, matches_any};
use super::retired::was_in_library;
use crate::document::Base;
use crate::table::Listed;

const OS_IMAGES: &str = "\
    alpine debian ubuntu fedora centos quay.io/centos/centos rockylinux almalinux oraclelinux amazonlinux \
    archlinux opensuse/* registry.suse.com/bci/* registry.access.redhat.com/ubi* redhat/ubi* photon mageia busybox \
    buildpack-deps cgr.dev/chainguard/wolfi-base wolfi kalilinux/*";

/// They publish no version tags.
const UNVERSIONED: &str = "gcr.io/distroless/* cgr.dev/chainguard/*";

/// Their configuration sets a user other than root.
const NONROOT: &str = "\
    gcr.io/distroless/*:*nonroot* cgr.dev/chainguard/* mcr.microsoft.com/dotnet/*:*-chiseled* \
    mcr.microsoft.com/dotnet/*:*-distroless* bitnami/* bitnamilegacy/* nginxinc/nginx-unprivileged \
    docker.elastic.co/* elasticsearch kibana logstash jenkins/jenkins jenkins/agent jenkins/inbound-agent \
    grafana/grafana grafana/loki prom/* quay.io/prometheus/* quay.io/keycloak/keycloak sonarqube solr jupyter/* \
    quay.io/jupyter/* apache/airflow apache/kafka apache/spark hashicorp/terraform-enterprise selenium/* \
    curlimages/curl openresty/openresty:*nonroot* registry.access.redhat.com/ubi*/nodejs-* \
    registry.access.redhat.com/ubi*/python-* registry.access.redhat.com/ubi*/openjdk-* cimg/* gitpod/* \
    openpolicyagent/opa public.ecr.aws/lambda/* seleniarm/*";

/// Their entrypoint starts as root on purpose and steps down by itself.
const SELF_DROPPING: &str = "\
    envoyproxy/envoy postgres mysql mariadb percona mongo redis valkey/valkey rabbitmq memcached cassandra couchdb \
    neo4j influxdb telegraf zookeeper nginx httpd haproxy ghost wordpress nextcloud drupal php:*apache* php:*fpm* \
    eclipse-mosquitto varnish linuxserver/* lscr.io/linuxserver/*";

/// They hold no shell.
const SHELL_LESS: &str = "\
    gcr.io/distroless/* cgr.dev/chainguard/static cgr.dev/chainguard/glibc-dynamic \
    mcr.microsoft.com/dotnet/*:*-chiseled* mcr.microsoft.com/dotnet/*:*-distroless*";

/// Users that images bring along.
const USERS: [(&str, &str); 6] = [
    ("node", "node"),
    ("gcr.io/distroless/*", "65532"),
    ("mcr.microsoft.com/dotnet/aspnet", "$APP_UID"),
    ("mcr.microsoft.com/dotnet/runtime", "$APP_UID"),
    ("denoland/deno", "deno"),
    ("oven/bun", "bun"),
];

/// Images on Debian or Ubuntu whose tags need not say so.
const DEBIAN_BASED: &str = "\
    debian ubuntu buildpack-deps node python ruby golang rust php perl gcc openjdk eclipse-temurin maven gradle \
    nginx httpd postgres mysql redis haskell erlang elixir mcr.microsoft.com/dotnet/* nvidia/cuda:*ubuntu*";

const FEDORA_BASED: &str = "\
    fedora centos quay.io/centos/centos rockylinux almalinux oraclelinux amazonlinux \
    registry.access.redhat.com/ubi* redhat/ubi*";

/// The family of a Linux distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OsFamily {
    /// Debian, Ubuntu: apt and glibc.
    Debian,
    /// Alpine: apk and musl.
    Alpine,
    /// Fedora, RHEL and their kin: dnf or yum, and glibc.
    Fedora,
}

/// Whether an image is a bare operating system.
pub fn is_os(image: &ImageName) -> bool {
    matches_any(OS_IMAGES, image)
}

/// Whether a repository publishes no version tags.
pub fn is_unversioned(image: &ImageName) -> bool {
    matches_any(UNVERSIONED, image)
}

/// Whether an image runs as somebody other than root by itself.
pub fn is_nonroot(image: &ImageName) -> bool {
    matches_any(NONROOT, image) || image.tag_parts().any(|part| part == "nonroot" || part == "rootless")
}

/// Whether an image's entrypoint gives up root by itself.
pub fn is_self_dropping(image: &ImageName) -> bool {
    matches_any(SELF_DROPPING, image)
}

/// The unprivileged user that an image brings along.
pub fn user_of(image: &ImageName) -> Option<&'static str> {
    USERS.iter().find(|(pattern, _)| matches(pattern, image)).map(|(_, user)| *user)
}

/// Whether an image holds no shell; those for debugging do.
pub fn is_shell_less(image: &ImageName) -> bool {
    matches_any(SHELL_LESS, image) && !image.tag_parts().any(|part| matches!(part, "debug" | "dev"))
}

/// Whether an image is certain to run as root when nothing else is said. Of names without a registry only those of the official images
/// say who made them.
pub fn is_known_root(image: &ImageName) -> bool {
    let is_official = !image.repository.contains('/') && os_family(image).is_some();
    is_os(image)
        || is_official
        || user_of(image).is_some()
        || matches!(image.repository.as_str(), "composer" | "nvidia/cuda" | "mcr.microsoft.com/dotnet/sdk")
}

/// The family of the distribution that an image holds, where its name tells.
pub fn os_family(image: &ImageName) -> Option<OsFamily> {
    let has_part = |starts: &str| image.tag_parts().any(|part| part.starts_with_any(starts));
    if image.short_name() == "alpine" || image.repository.starts_with("alpine/") || has_part("alpine") {
        return Some(OsFamily::Alpine);
    }
    if matches_any(FEDORA_BASED, image) || has_part("ubi fedora") {
        return Some(OsFamily::Fedora);
    }
    if has_part("windowsservercore nanoserver oraclelinux oracle azurelinux3 cbl busybox") {
        return None;
    }
    matches_any(DEBIAN_BASED, image).then_some(OsFamily::Debian)
}

/// A library of C.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Libc {
    /// That of most distributions.
    Glibc,
    /// That of Alpine.
    Musl,
    /// There is none.
    None,
}

impl Libc {
    /// Where programs for it run, as people say it.
    pub fn place(self) -> &'static str {
        match self {
            Libc::Glibc => "on glibc",
            Libc::Musl => "on Alpine's musl",
            Libc::None => "where there is no C library",
        }
    }
}

/// The C library of a base, where its name tells.
pub fn libc(base: &Base) -> Option<Libc> {
    let image = match base {
        Base::Scratch => return Some(Libc::None),
        Base::Image(image) => image,
        _ => return None,
    };
    if matches_any("gcr.io/distroless/static* cgr.dev/chainguard/static", image) {
        return Some(Libc::None);
    }
    if image.repository.starts_with("gcr.io/distroless/") {
        return Some(Libc::Glibc);
    }
    match os_family(image)? {
        OsFamily::Alpine => Some(Libc::Musl),
        OsFamily::Debian | OsFamily::Fedora => Some(Libc::Glibc),
    }
}

/// Whether Docker Hub's library holds or held an image of this name: another name of one word is that of an image that somebody builds locally.
pub fn is_in_library(image: &ImageName) -> bool {
    image.is_official() && (Entry::of(&image.repository).is_some() || was_in_library(&image.repository))
}
