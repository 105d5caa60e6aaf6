//! Labels whose values do not mean what tools expect.

use crate::config::LabelKind;
use crate::date::Date;
use crate::image::is_digest;
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "label-value",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("empty").codes(&[hadolint("DL3051")]),
        Case::new("url").codes(&[hadolint("DL3052")]),
        Case::new("time").codes(&[hadolint("DL3053")]),
        Case::new("license").codes(&[hadolint("DL3054")]),
        Case::new("digest"),
        Case::new("hash").codes(&[hadolint("DL3055")]),
        Case::new("semver").codes(&[hadolint("DL3056")]),
        Case::new("email").codes(&[hadolint("DL3058")]),
    ],
    supersedes: &[],
    title: "Label value that tools cannot read",
    summary: "Give the labels that registries and scanners read the values that their specification asks for.",
    why: "
Registries, scanners and update bots read the labels that begin with `org.opencontainers.image.`: the source leads them to the changelog, the licence
to the compliance report, the time to how old the image is. A value of another form is silently left aside.

Times are written as `2026-08-22T09:30:00Z`, addresses with their scheme, licences as SPDX expressions such as `Apache-2.0 OR MIT`.
",
    leave_it_when: "Something fills the value in later, and replaces what stands here.",
    references: &[
        "https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys",
        "https://spdx.org/licenses/",
        "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.created=«\"yesterday\"»\n").case("time"),
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.created=«2026-08-22» org.opencontainers.image.title=web\n").case("time"),
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.created=«2026-02-30T10:00:00Z»\n").case("time"),
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.source=«github.com/example/web»\n").case("url"),
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.licenses=«\"Apache 2.0\"»\n").case("license"),
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.licenses=«\"MIT OR\"»\n").case("license"),
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.base.digest=«1c4eef651f65»\n").case("digest"),
        reviewed(
            "FROM alpine:3.23\nLABEL org.opencontainers.image.title=web org.opencontainers.image.vendor=«\"\"»\n",
            "FROM alpine:3.23\nLABEL org.opencontainers.image.title=web\n",
        )
        .case("empty"),
        reviewed(
            "FROM alpine:3.23\nLABEL «org.opencontainers.image.vendor=» a=b\n",
            "FROM alpine:3.23\nLABEL a=b\n",
        )
        .case("empty"),
        // What a team asks of labels of its own.
        flagged("FROM alpine:3.23\nLABEL revision=«main»\n").case("hash").config(SCHEMA),
        flagged("FROM alpine:3.23\nLABEL version=«1.4»\n").case("semver").config(SCHEMA),
        flagged("FROM alpine:3.23\nLABEL owner=«web-team»\n").case("email").config(SCHEMA),
        flagged("FROM alpine:3.23\nLABEL docs=«wiki»\n").case("url").config(SCHEMA),
        reviewed("FROM alpine:3.23\nLABEL owner=«\"\"»\nCMD [\"a\"]\n", "FROM alpine:3.23\nCMD [\"a\"]\n").case("empty").config(SCHEMA),
        clean("FROM alpine:3.23\nLABEL org.opencontainers.image.created=\"2026-08-21T09:30:00Z\"\n"),
        clean("FROM alpine:3.23\nLABEL revision=1f0c3d2 version=1.4.2-rc.1+7 owner=web@example.com docs=https://example.com other=\n").config(SCHEMA),
        clean("FROM alpine:3.23\nLABEL org.opencontainers.image.created=\"2026-08-22T09:30:00Z\"\n"),
        clean("FROM alpine:3.23\nLABEL org.opencontainers.image.created=2026-08-22T09:30:00.5+02:00 org.opencontainers.image.url=https://example.com\n"),
        clean("FROM alpine:3.23\nLABEL org.opencontainers.image.licenses=\"(Apache-2.0 OR MIT) AND GPL-2.0-or-later WITH Classpath-exception-2.0\"\n"),
        clean("FROM alpine:3.23\nLABEL org.opencontainers.image.url = https://example.com\n"),
        clean("FROM alpine:3.23\nARG NOW URL\nLABEL org.opencontainers.image.created=$NOW org.opencontainers.image.source=$URL com.example.created=now\n"),
    ],
    check,
};

/// For the examples.
const SCHEMA: Config<'static> = Config {
    label_schema: &[
        ("revision", LabelKind::Hash),
        ("version", LabelKind::Version),
        ("owner", LabelKind::Email),
        ("docs", LabelKind::Url),
    ],
    ..Config::DEFAULT
};

const PREFIX: &str = "org.opencontainers.image.";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| !step.is_trigger) {
        // Of `LABEL key = value` another rule says that the value begins with the sign.
        for pair in step.labels().iter().filter(|pair| !pair.value.text.starts_with('=')) {
            let (Some(key), Some(value)) = (pair.key.value(), pair.value.value()) else { continue };
            let Some(kind) = kind_of(&key, document.config.label_schema) else { continue };
            let finding = if value.is_empty() {
                let place = if pair.value.range.is_empty() { pair.range } else { pair.value.range };
                let finding = report.at("empty", place, format!("`{key}` says nothing"));
                if let Some(edit) = document.pair_to_go(step, step.labels(), pair) {
                    finding.fix(Review, "Remove it", [edit]);
                }
                finding
            } else {
                let Some((case, wanted)) = fault(kind, &value) else { continue };
                report.at(case, pair.value.range, format!("`{value}` is no {wanted}, which `{key}` is to be"))
            };
            // hadolint judges the labels that a team names, and no others.
            if document.config.label_schema.iter().all(|(name, _)| *name != key) {
                finding.seen_by(Tool::Hadolint, "");
            }
        }
    }
}

/// What the value of a label must be, where somebody says so: the team, or the specification of images.
#[derive(Clone, Copy)]
enum Wanted {
    Kind(LabelKind),
    Digest,
}

fn kind_of(key: &str, schema: &[(&str, LabelKind)]) -> Option<Wanted> {
    if let Some((_, kind)) = schema.iter().find(|(name, _)| *name == key) {
        return Some(Wanted::Kind(*kind));
    }
    Some(match key.strip_prefix(PREFIX)? {
        "created" => Wanted::Kind(LabelKind::Time),
        "url" | "source" | "documentation" => Wanted::Kind(LabelKind::Url),
        "licenses" => Wanted::Kind(LabelKind::License),
        "base.digest" => Wanted::Digest,
        _ => Wanted::Kind(LabelKind::Text),
    })
}

/// What is wrong with the value of a label: the case, and what it should be.
fn fault(wanted: Wanted, value: &str) -> Option<(&'static str, &'static str)> {
    let (is_right, case, name) = match wanted {
        Wanted::Kind(LabelKind::Text) => return None,
        Wanted::Kind(LabelKind::Time) => (is_time(value), "time", "time such as 2026-08-22T09:30:00Z"),
        Wanted::Kind(LabelKind::Url) => (is_address(value), "url", "address with scheme and host"),
        Wanted::Kind(LabelKind::License) => (is_license(value), "license", "SPDX expression"),
        Wanted::Kind(LabelKind::Hash) => (is_hash(value), "hash", "hash of a Git commit, short or whole"),
        Wanted::Kind(LabelKind::Version) => (is_version(value), "semver", "semantic version such as 1.4.2"),
        Wanted::Kind(LabelKind::Email) => (is_email(value), "email", "e-mail address"),
        Wanted::Digest => (is_digest(value), "digest", "digest such as sha256:…"),
    };
    (!is_right).then_some((case, name))
}

fn is_hash(value: &str) -> bool {
    matches!(value.len(), 7 | 40) && value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// <https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions>
fn is_version(value: &str) -> bool {
    let (rest, build) = value.split_once('+').map_or((value, None), |(rest, build)| (rest, Some(build)));
    let (core, pre) = rest.split_once('-').map_or((rest, None), |(core, pre)| (core, Some(pre)));
    let is_number = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    let is_word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_pre = |part: &str| is_word(part) && (!part.bytes().all(|byte| byte.is_ascii_digit()) || is_number(part));
    core.split('.').count() == 3
        && core.split('.').all(is_number)
        && pre.is_none_or(|pre| pre.split('.').all(is_pre))
        && build.is_none_or(|build| build.split('.').all(is_word))
}

fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !host.contains('@') && !value.contains([' ', '<', '>'])
    })
}

/// <https://www.rfc-editor.org/rfc/rfc3339#section-5.6>
fn is_time(value: &str) -> bool {
    let Some((date, time)) = value.split_once(['T', 't']) else { return false };
    let is_in = |part: &str, highest: u32| {
        part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n: u32| n <= highest)
    };
    let (clock, has_zone) = match time.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, true),
        None => match time.rsplit_once(['+', '-']) {
            Some((clock, zone)) => (clock, zone.split_once(':').is_some_and(|(h, m)| is_in(h, 23) && is_in(m, 59))),
            None => return false,
        },
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let is_clock = [23, 59, 60].into_iter().all(|highest| parts.next().is_some_and(|part| is_in(part, highest)));
    Date::parse(date).is_some()
        && has_zone
        && is_clock
        && parts.next().is_none()
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_address(value: &str) -> bool {
    value.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && !rest.is_empty()
            && !rest.starts_with('/')
            && !value.contains(' ')
    })
}

/// Whether a value has the form of an SPDX expression: identifiers with operators between them.
/// <https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/>
fn is_license(value: &str) -> bool {
    let spaced = value.replace('(', " ( ").replace(')', " ) ");
    let mut open: u32 = 0;
    let mut wants_name = true;
    for word in spaced.split_whitespace() {
        let is_operator = matches!(word, "AND" | "OR" | "WITH");
        match word {
            "(" if wants_name => open += 1,
            ")" if !wants_name && open > 0 => open -= 1,
            "(" | ")" => return false,
            _ if is_operator == wants_name => return false,
            _ => wants_name = is_operator,
        }
        if !is_operator
            && !matches!(word, "(" | ")")
            && !word.bytes().all(|b| b.is_ascii_alphanumeric() || b".-+:".contains(&b))
        {
            return false;
        }
    }
    !wants_name && open == 0
}
