//! Files of credentials that are copied.

use crate::fix::drop_source;
use crate::image::glob;
use crate::path::name;
use crate::rules::prelude::*;
use crate::table::words_of;
use layerwise_syntax::{Source, Word};

pub const RULE: Rule = Rule {
    id: "secret-file-copied",
    category: Category::Security,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("shipped"),
        Case::new("builder").severity(Severity::Warning),
        Case::new("maybe").severity(Severity::Info),
    ],
    supersedes: &[],
    title: "A file of credentials is copied",
    summary: "A file that normally holds credentials is copied into the image.",
    why: "
Whoever can pull an image can unpack each of its layers, so that the file is out even where a later step deletes it. A stage that only builds does
not ship, but its layers lie in caches, and one careless `COPY --from` brings them along.

Mount such a file as a build secret for the one command that needs it, `RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci`, or hand it to
the container when it starts. A line in `.dockerignore` keeps it out for good.
",
    leave_it_when: "The file holds settings and nothing secret, whatever its name says.",
    references: &[
        "https://docs.docker.com/build/building/secrets/",
        "https://docs.docker.com/build/concepts/context/#dockerignore-files",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("FROM node:24-slim\nCOPY server.js «.env» ./\n", "FROM node:24-slim\nCOPY server.js ./\n").case("shipped"),
        reviewed("FROM node:24-slim\nCOPY «.env» ./\nCMD [\"node\"]\n", "FROM node:24-slim\nCMD [\"node\"]\n").case("shipped"),
        reviewed("FROM debian:13\nADD «ssh/id_rsa» /root/.ssh/\nRUN make\n", "FROM debian:13\nRUN make\n").case("shipped"),
        reviewed("FROM debian:13\nCOPY a «deploy/.aws/» /x/\n", "FROM debian:13\nCOPY a /x/\n").case("shipped"),
        reviewed("FROM debian:13 AS build\nCOPY «.netrc» /root/\nRUN make\nFROM debian:13\n", "FROM debian:13 AS build\nRUN make\nFROM debian:13\n").case("builder"),
        reviewed("FROM debian:13\nCOPY a «tls/Server.key» /x/\n", "FROM debian:13\nCOPY a /x/\n").case("maybe"),
        reviewed("FROM debian:13\nCOPY package.json «.npmrc» ./\n", "FROM debian:13\nCOPY package.json ./\n").case("maybe"),
        clean("FROM node:24-slim\nCOPY server.js .env.example id_rsa.pub certs/ca.pem dhparam.pem fullchain.pem ./\n"),
        clean("FROM debian:13\nCOPY test/server.key spec/fixtures/.env /t/\nCOPY --from=build /x/.env /x/\nCOPY vendor-2026.key /k/vendor.pub\n"),
        clean("FROM debian:13 AS dev\nCOPY .npmrc ./\nFROM debian:13\nCOPY environment.env.sh keyboard.keys a.json $FILE ./\n"),
        reviewed("FROM node:24-slim\nCOPY server.js «.env*» ./\n", "FROM node:24-slim\nCOPY server.js ./\n").case("shipped"),
        clean("FROM debian:13\nCOPY pubkey.pem apt.key /keys/\n"),
        clean("FROM debian:13\nCOPY .env* ./\n").dockerignore(".env\n"),
        reviewed("FROM debian:13\nCOPY a «monorepo.key» /a/\n", "FROM debian:13\nCOPY a /a/\n").case("maybe"),
        clean("FROM debian:13\nCOPY .env ./\n").dockerignore(".env\n"),
        // These are public.
        clean("FROM debian:13\nCOPY llvm.gpg.key hostcert.pem /keys/\n"),
    ],
    check,
};

const SECRET: &str = "\
    .env id_rsa id_dsa id_ecdsa id_ed25519 *.p12 *.pfx .pypirc .netrc _netrc .git-credentials .dockercfg \
    .docker/config.json .aws .aws/credentials .kube .kube/config kubeconfig service-account*.json \
    *credentials*.json *firebase-adminsdk*.json *.tfstate *.tfvars master.key .ssh .gnupg .pgpass .my.cnf .s3cfg .boto";
/// These may well be harmless.
const MAYBE: &str =
    ".env.* *.pem *.key *.jks *.keystore .npmrc .htpasswd auth.json secrets.yml secrets.yaml secrets.json settings.xml";
/// Words in a name, or in a folder's, that make it harmless.
const HARMLESS: &str = "\
    example sample template dist default test tests testing spec fixtures fixture ca chain fullchain cert \
    certificate dhparam truststore public pub pubkey pubkeys";

/// The public keys that package managers know repositories by.
const OF_REPOSITORIES: &str = "gpg.key apt.key rpm.key repo.key";

/// Ends of names that public keys and certificates have.
const PUBLIC: &str = ".gpg.key .asc.key .pub.key cert.pem crt.pem pub.pem";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        for step in stage.steps.iter().filter(|step| step.instruction.flag("from").is_none()) {
            let Some(copy) = step.copy() else { continue };
            for word in copy.sources.iter().filter_map(plain_path) {
                let Some(is_sure) = is_secret(&word.text).filter(|_| !is_harmless(&copy.destination.text)) else {
                    continue;
                };
                let is_left_out = document
                    .dockerignore
                    .as_ref()
                    .is_some_and(|ignore| ignore.excludes(word.text.trim_end_matches('*')));
                if is_left_out || !is_sure && stage.is_dev {
                    continue;
                }
                let (case, fate) = match (is_sure, stage.ships) {
                    (false, _) => ("maybe", "often holds credentials, which a layer keeps"),
                    (true, true) => ("shipped", "ships with the image, for everybody who can pull it"),
                    (true, false) => ("builder", "stays in a layer of this stage, and in the cache of builds"),
                };
                let finding = report.at(case, word.range, format!("`{}` {fate}", word.text));
                let is_bare = copy.sources.len() > 1 || !document.has_comments(step);
                if !copy.is_json && is_bare {
                    finding.fix(
                        Review,
                        "Leave it out (and mount it where a command needs it)",
                        [drop_source(step, word.range)],
                    );
                }
            }
        }
    }
}

fn plain_path(source: &Source) -> Option<&Word> {
    match source {
        Source::Path(word) if word.is_plain() && !word.text.contains("://") => Some(word),
        _ => None,
    }
}

/// Whether a path is that of a file or folder of credentials, and whether that is sure.
fn is_secret(path: &str) -> Option<bool> {
    let path = path.trim_end_matches('/').to_ascii_lowercase();
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    // `.env*` takes it along.
    let name = name.strip_suffix('*').unwrap_or(name);
    let with_folder = format!("{}/{name}", parts.next().unwrap_or_default());
    let is_one_of =
        |patterns: &str| words_of(patterns).any(|pattern| glob(pattern, name) || glob(pattern, &with_folder));
    if is_harmless(&path) {
        None
    } else if is_one_of(SECRET) {
        Some(true)
    } else {
        is_one_of(MAYBE).then_some(false)
    }
}

/// Whether a word of a path says that what lies there is no secret.
fn is_harmless(path: &str) -> bool {
    let mut words = path.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.any(|word| word.is_one_of(HARMLESS)) || path.ends_with_any(PUBLIC) || name(path).is_one_of(OF_REPOSITORIES)
}
