//! Secrets in `ARG` and `ENV`.

use crate::rules::prelude::*;
use crate::secret_name::{is_secret_for_buildkit, is_secret_for_hadolint, is_secret_name};
use crate::secret_value::is_stand_in;
use crate::table::Listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{ArgDeclaration, EnvPair, Instruction, Part, Variable, Word};

pub const RULE: Rule = Rule {
    id: "secret-in-arg-or-env",
    category: Category::Security,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[dockle("CIS-DI-0010"), cis("4.10"), droast("DF013"), droast("DF014")],
    cases: &[
        Case::new("env").codes(&[
            hadolint("DL3064"),
            buildkit("SecretsUsedInArgOrEnv"),
            trivy("DS-0031"),
            tally("tally/ruby/secrets-in-arg-or-env"),
        ]),
        Case::new("arg-default").codes(&[
            hadolint("DL3064"),
            buildkit("SecretsUsedInArgOrEnv"),
            trivy("DS-0031"),
            semgrep("secret-in-build-arg"),
        ]),
        Case::new("arg").severity(Severity::Warning).codes(&[
            hadolint("DL3064"),
            buildkit("SecretsUsedInArgOrEnv"),
            trivy("DS-0031"),
            semgrep("secret-in-build-arg"),
            tally("tally/ruby/prefer-secret-mounts-for-build-credentials"),
        ]),
        // Names that only another tool takes for secrets, and values that are none.
        Case::new("broad").codes(&[hadolint("DL3064")]).off(),
        Case::new("broad-word").codes(&[buildkit("SecretsUsedInArgOrEnv")]).off(),
    ],
    supersedes: &[],
    title: "A secret in ARG or ENV",
    summary: "Anyone with the image can read ARG and ENV; use --mount=type=secret, or hand secrets over at run time.",
    why: "
`docker history` prints build arguments, `docker inspect` prints the environment, and build provenance may publish both. What was ever an
`ARG` or an `ENV` counts as leaked.

A secret mount shows the value to one `RUN` and leaves nothing behind. What the running program needs comes from the platform when the
container starts.
",
    leave_it_when: "The value is no secret, whatever its name says: a placeholder for tests, the name of a secret.",
    references: &[
        "https://docs.docker.com/build/building/secrets/",
        "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
        "https://github.com/hadolint/hadolint/wiki/DL3064",
        "https://avd.aquasec.com/misconfig/ds-0031",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nARG «NPM_TOKEN»\nRUN npm config set //npm.example.com/:_authToken=$NPM_TOKEN && npm install -g internal-tool@1.4.0\n",
            "FROM node:24-slim\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm config set //npm.example.com/:_authToken=$NPM_TOKEN && npm install -g internal-tool@1.4.0\n",
        )
        .case("arg"),
        reviewed(
            "FROM alpine:3.23\r\nARG «githubToken»=\r\nRUN --network=default <<EOF\r\ncurl -H \"Authorization: $githubToken\" https://api.example.com\r\nEOF\r\nRUN mkdir /out\r\n",
            "FROM alpine:3.23\r\nRUN --mount=type=secret,id=githubtoken,env=githubToken --network=default <<EOF\r\ncurl -H \"Authorization: $githubToken\" https://api.example.com\r\nEOF\r\nRUN mkdir /out\r\n",
        )
        .case("arg"),
        // No RUN names it, so something outside this file reads it.
        flagged("FROM alpine:3.23\nARG «SSH_PRIVATE_KEY»\nRUN make\n").case("arg"),
        // This frontend does not know secrets as variables.
        flagged("# syntax=docker/dockerfile:1.4\nFROM alpine:3.23\nARG «API_KEY»\nRUN fetch $API_KEY\n").case("arg"),
        flagged("FROM alpine:3.23\nARG «API_KEY» VERSION\nRUN fetch $API_KEY\nLABEL of=$API_KEY\n").case("arg"),
        flagged("FROM alpine:3.23\nENV «DB_PASSWORD»=hunter22 DB_USER=app\n").case("env"),
        flagged("FROM alpine:3.23\nENV «AWS_ACCESS_KEY_ID» ABCD1234\n").case("env"),
        flagged("FROM alpine:3.23\nONBUILD ENV «jwtSecret»=abc-def\n").case("env"),
        // Said once, where it ends up.
        flagged("FROM alpine:3.23\nARG NPM_TOKEN\nENV «NPM_TOKEN»=${NPM_TOKEN}\n").case("env"),
        flagged("ARG «DEPLOY_TOKEN»=abc-def\nFROM alpine:3.23\nARG DEPLOY_TOKEN\nRUN deploy $DEPLOY_TOKEN\n").case("arg-default"),
        flagged("FROM mysql:9.7\nARG «MYSQL_ROOT_PASSWORD»=\"changeit\"\n").case("arg-default"),
        flagged("ARG «USERNAME»=app\nFROM alpine:3.23\nENV «TOKENIZER_PATH»=/t PASSWORD_FILE=/p SSH_AUTH=agent\n").case("broad"),
        flagged("FROM alpine:3.23\nENV KEYBOARD=de «SSH_AUTH»=agent «auth»=basic\n").case("broad-word"),
        clean(
            "# syntax=docker/dockerfile:1\nFROM node:24-slim\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm install -g internal-tool@1.4.0\n",
        ),
        // Where it is, what it is called, how long it lives: not the secret itself.
        // The argument belongs to another stage, and what it holds there is a public key.
        clean(
            "FROM alpine:3.23 AS a\nARG SIGNING_KEY=E813C892820A6FA13755B268F167DF1ACF9CE069\nFROM alpine:3.23\nENV SIGNING_KEY=$SIGNING_KEY\n",
        ),
        clean("FROM postgres:18\nENV POSTGRES_PASSWORD_FILE=/run/secrets/db SECRET_NAME=db TOKEN_TTL=3600 API_KEY_HEADER=X-Api-Key\n"),
        clean("FROM alpine:3.23\nENV JWT_SECRET=/run/secrets/jwt\nENV DB_PASSWORD=\"\" API_TOKEN=\nENV TLS_PRIVATE_KEY=/etc/tls/tls.key\n"),
        clean("FROM mysql:9.7\nENV MYSQL_ALLOW_EMPTY_PASSWORD=1 MYSQL_RANDOM_ROOT_PASSWORD=yes\n"),
        // Words, not parts of words.
        clean("FROM python:3.13-slim\nENV TOKENIZERS_PARALLELISM=false MAX_TOKENS=4096 KEYBOARD=de PASSENGER=1 SECRETARY=ada\n"),
        clean("FROM python:3.13-slim\nENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305\n"),
        clean("FROM debian:13-slim\nENV SIGNING_KEY=A62AE125BBBFBB96A6E042EC925CC1CCED3D1561 RESET_PASSWORD=reset-password.sh\n"),
        clean("FROM debian:13-slim\nENV API_TOKEN=<token> DB_PASSWORD=changeme JWT_SECRET=your-secret-here APP_SECRET=xxxxxxxx\nARG PASSWORD_MIN_LENGTH=12 TOKEN_FILE\n"),
        clean("FROM ruby:3.4-slim\nENV SECRET_KEY_BASE_DUMMY=1\nENV SECRET_KEY_BASE=placeholder\n"),
        // What the other step runs may read it.
        flagged("FROM node:24-slim\nARG «NPM_TOKEN»\nRUN test -n \"$NPM_TOKEN\"\nRUN npm ci\n").case("arg"),
        flagged("FROM debian:13-slim\nARG «GITHUB_TOKEN»\nRUN ./fetch.sh\nRUN echo \"$GITHUB_TOKEN\" | ./x\n").case("arg"),
    ],
    check,
};

/// Every offer looks at a whole stage; a file with more secrets than this is no work for a fix.
const MOST_OFFERS: usize = 32;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let public = public_args(document);
    let passed_on = passed_on(document, &public);
    let redeclared: HashSet<&str> = document.steps().flat_map(declared).map(|arg| arg.name.text.as_str()).collect();
    let mut reported = HashSet::new();
    let mut offers = 0;
    for declaration in document.global_args.iter().flat_map(|instruction| declarations(instruction)) {
        let name = declaration.name.text.as_str();
        if !is_secret_name(name) || passed_on.contains(name) {
            continue;
        }
        if is_literal_secret(declaration.default.as_ref()) {
            arg_default(declaration, report);
            reported.insert(name);
        } else if may_be_given(declaration.default.as_ref()) && !redeclared.contains(name) {
            arg(declaration, report);
        }
    }
    for instruction in &document.global_args {
        others(instruction, report, false);
    }
    for step in document.steps() {
        for pair in step.env_pairs().iter().filter(|pair| is_secret_env(document, step, pair, &public)) {
            let name = &pair.key.text;
            report
                .at(
                    "env",
                    pair.key.range,
                    format!("`{name}` is stored in the image, where `docker inspect` shows its value"),
                )
                .about(language_of(name));
        }
        for declaration in declared(step) {
            let name = declaration.name.text.as_str();
            if !is_secret_name(name) || passed_on.contains(name) || reported.contains(name) {
                continue;
            }
            if is_literal_secret(declaration.default.as_ref()) {
                arg_default(declaration, report);
            } else if may_be_given(declaration.default.as_ref()) {
                let finding = arg(declaration, report);
                offers += 1;
                if offers <= MOST_OFFERS
                    && let Some(edits) = mount_instead(document, step, name)
                {
                    let id = name.to_ascii_lowercase();
                    let title = format!("Mount it as a secret instead (and build with --secret id={id},env={name})");
                    finding.fix(Review, title, edits);
                }
            }
        }
        others(step.instruction, report, true);
    }
}

/// Reports the names of an instruction of which only other tools speak: hadolint of the first, if nothing was said of the instruction, and BuildKit
/// of each, if it looks at the instruction.
fn others(instruction: &Instruction, report: &mut Reporter<'_>, is_seen_by_buildkit: bool) {
    let names = set_names(instruction);
    let message = |name: &Word| format!("`{}` may be the name of a secret", name.text);
    // Both before anything is said here.
    let is_told = report.has_told_of(instruction.range);
    let untold = names.iter().filter(|name| !report.has_told_of_one(name.range, names.len())).into_list();
    let first = names.iter().find(|name| is_secret_for_hadolint(&name.text));
    if let Some(name) = first.filter(|_| !is_told) {
        report.at("broad", name.range, message(name));
    }
    for name in untold.into_iter().filter(|name| is_seen_by_buildkit && is_secret_for_buildkit(&name.text)) {
        report.at("broad-word", name.range, message(name));
    }
}

/// The names that an `ARG` or an `ENV` sets.
fn set_names(instruction: &Instruction) -> Vec<&Word> {
    match &instruction.arguments {
        Arguments::Env(values) => values.pairs.iter().map(|pair| &pair.key).into_list(),
        _ => declarations(instruction).iter().map(|declaration| &declaration.name).into_list(),
    }
}

fn arg_default(declaration: &ArgDeclaration, report: &mut Reporter<'_>) {
    let name = &declaration.name.text;
    let message = format!("The default of `{name}` can be read in this file and in the history of the image");
    report.at("arg-default", declaration.name.range, message);
}

fn arg<'r>(declaration: &ArgDeclaration, report: &'r mut Reporter<'_>) -> &'r mut crate::report::Finding {
    let name = &declaration.name.text;
    let message = format!(
        "what is given for `{name}` stays readable, in the build's records and in the history of what it is used in"
    );
    let finding = report.at("arg", declaration.name.range, message);
    finding.about(language_of(name));
    finding
}

/// The language whose tools read a secret of this name, as codes call it; empty for any.
fn language_of(name: &str) -> &'static str {
    if name.contains_any("BUNDLE_ RAILS GEM_ SECRET_KEY_BASE") { "ruby" } else { "" }
}

fn declarations(instruction: &Instruction) -> &[ArgDeclaration] {
    match &instruction.arguments {
        Arguments::Arg(declarations) => declarations,
        _ => &[],
    }
}

fn declared<'d>(step: &'d Step<'_>) -> &'d [ArgDeclaration] {
    declarations(step.instruction)
}

/// The variables that the value of a reported ENV is made of.
fn passed_on<'d>(document: &'d Document<'_>, public: &HashSet<&str>) -> HashSet<&'d str> {
    let mut names = HashSet::new();
    for step in document.steps() {
        for pair in step.env_pairs().iter().filter(|pair| is_secret_env(document, step, pair, public)) {
            names.extend(pair.value.variables().into_iter().map(|variable| variable.name.as_str()));
        }
    }
    names
}

/// The build arguments that have a default which is no secret, in whatever stage.
fn public_args<'d>(document: &'d Document<'_>) -> HashSet<&'d str> {
    let global = document.global_args.iter().flat_map(|instruction| declarations(instruction));
    let is_public = |arg: &&ArgDeclaration| {
        let default = arg.default.as_ref().and_then(Word::value);
        default.is_some_and(|value| !value.is_empty() && is_harmless(&value))
    };
    global.chain(document.steps().flat_map(declared)).filter(is_public).map(|arg| arg.name.text.as_str()).collect()
}

fn is_secret_env(document: &Document<'_>, step: &Step<'_>, pair: &EnvPair, public: &HashSet<&str>) -> bool {
    is_secret_name(&pair.key.text)
        && !starts_harmless(&pair.value)
        && match document.value_at(&pair.value, step) {
            Some(value) if value.is_empty() => pair.value.has_variable(),
            Some(value) => !is_harmless(&value),
            // What nothing sets is empty, and told of by another rule.
            None => {
                let is_known_base =
                    document.stage_of(step).is_some_and(|stage| document.base_environment(stage).is_some());
                let is_empty = |variable: &Variable| {
                    is_known_base && variable.modifier.is_none() && !document.is_variable_set(&variable.name, step)
                };
                let is_harmless = |variable: &&Variable| public.contains(variable.name.as_str()) || is_empty(variable);
                !pair.value.variables().iter().all(is_harmless)
            }
        }
}

/// Whether an ARG has a default that is written out and may be the secret itself.
fn is_literal_secret(default: Option<&Word>) -> bool {
    default.and_then(Word::value).is_some_and(|value| !value.is_empty() && !is_harmless(&value))
}

/// Whether an ARG waits for a value from the command line.
fn may_be_given(default: Option<&Word>) -> bool {
    default.is_none_or(|default| default.value().is_none_or(|value| value.is_empty()) && !starts_harmless(default))
}

/// Whether a value is the start of a path, whatever comes after it.
fn starts_harmless(word: &Word) -> bool {
    matches!(word.parts.first(), Some(Part::Literal(text)) if text.starts_with('/'))
}

/// Switches, small numbers, paths, public keys and stand-ins.
fn is_harmless(value: &str) -> bool {
    let lower = value.trim().to_ascii_lowercase();
    let is_switch = lower.is_one_of("true false yes no on off none null");
    let is_number = lower.len() <= 4 && lower.chars().all(|c| c.is_ascii_digit());
    let is_named_so = lower.contains_any("not-a-secret not_a_secret");
    is_switch
        || is_number
        || is_named_so
        || is_stand_in(&lower)
        || lower.starts_with('/')
        || is_file_name(&lower)
        || is_fingerprint(value)
}

fn is_file_name(value: &str) -> bool {
    const ENDINGS: &str = ".sh .py .json .yml .yaml .pem .key .crt .txt .properties";
    value.ends_with_any(ENDINGS) && !value.contains(char::is_whitespace)
}

/// Whether a value names public keys, as `gpg` prints them.
fn is_fingerprint(value: &str) -> bool {
    let is_upper_hex = |c: char| c.is_ascii_digit() || ('A'..='F').contains(&c);
    let digits = value.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    digits.len() >= 40 && digits.len() % 40 == 0 && digits.chars().all(is_upper_hex)
}

/// The edits that give an ARG's value to the RUNs that name it as a secret, and take the ARG away. None where anything else uses it.
fn mount_instead(document: &Document<'_>, arg: &Step<'_>, name: &str) -> Option<Vec<Edit>> {
    let stage = document.stage_of(arg)?;
    let is_alone = declared(arg).len() == 1 && arg.instruction.comments.is_empty() && !arg.is_trigger;
    let is_inherited = document.stages().iter().any(|child| child.parent == Some(stage.index));
    // `env=` in a secret mount came with 1.10.
    if !is_alone || is_inherited || stage.is_windows || !document.frontend().knows(10) {
        return None;
    }
    let mut edits = vec![delete(arg.outer.lines)];
    for step in stage.steps.iter().filter(|step| step.index != arg.index) {
        if !names(document, step, name) {
            // The environment of every RUN behind it has the value, which a script or a tool may read.
            if step.is_run() && step.index > arg.index && may_read_environment(step) {
                return None;
            }
            continue;
        }
        if !step.is_run() || step.is_trigger || step.index < arg.index || !runs_with(step, name) {
            return None;
        }
        let mount = format!(" --mount=type=secret,id={},env={name}", name.to_ascii_lowercase());
        edits.push(insert(step.instruction.keyword.range.end(), mount));
    }
    (edits.len() > 1).then_some(edits)
}

/// Whether the text of a step holds a name anywhere: the most careful answer, as other programs than the shell read it too.
fn names(document: &Document<'_>, step: &Step<'_>, name: &str) -> bool {
    document.slice(step.outer.range).contains(name)
}

/// Whether a RUN may read variables that it does not name: all but a few programs may.
fn may_read_environment(step: &Step<'_>) -> bool {
    const SIMPLE: &str = "[ addgroup adduser apk apt apt-get cat cd chmod chown cp dnf echo export find getent groupadd install ldconfig ln \
        ls microdnf mkdir mv printf rm sed set sort tar tee test touch true unzip useradd usermod yum";
    !step.is_readable() || step.commands().any(|command| !command.words.is_empty() && !command.is_one_of(SIMPLE))
}

/// Whether a command of a RUN uses a variable.
fn runs_with(step: &Step<'_>, name: &str) -> bool {
    let is_shell = matches!(&step.instruction.arguments, Arguments::Run(layerwise_syntax::Command::Shell(_)));
    is_shell && step.commands().any(|command| command.variables().any(|variable| variable == name))
}
