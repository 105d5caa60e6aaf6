//! Credentials in plain text.

use crate::rules::prelude::*;
use crate::secret_name::is_secret_name;
use crate::secret_value::{is_placeholder, named_secrets, passwords_in_addresses, tokens};
use crate::shell::{Command, Word};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "secret-value-in-dockerfile",
    category: Category::Security,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("token").codes(&[tally("tally/secrets-in-code"), kics("Secrets Stored In Dockerfile")]),
        Case::new("url"),
        Case::new("assignment").severity(Severity::Warning),
    ],
    supersedes: &[],
    title: "Credential in plain text",
    summary: "A credential is written into the Dockerfile itself.",
    why: "
A Dockerfile lives in version control, and its commands live in the history of the image: `docker history` shows them. Whoever reads either has
the credential.

Deleting the text does not take it back. Revoke the credential, then hand the new one to the build as a secret,
`RUN --mount=type=secret,id=token`, or to the container when it starts.
",
    leave_it_when: "The value opens nothing: a password that only a test database on your machine has.",
    references: &["https://docs.docker.com/build/building/secrets/"],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23\nRUN wget -q https://ci:«Tr0ub4dor3»@git.example.net/tool.tgz\n").case("url"),
        flagged("FROM alpine:3.23\nENV GITHUB=«ghp_012345678901234567890123456789abcdef»\n").case("token"),
        flagged("FROM alpine:3.23\n# the old one was «glpat-0123456789abcdefghij»\nRUN make\n").case("token"),
        flagged("FROM alpine:3.23\nCOPY <<EOF /root/.ssh/id_rsa\n«-----BEGIN OPENSSH PRIVATE KEY-----»\nb3BlbnNzaA==\nEOF\n").case("token"),
        flagged("FROM alpine:3.23\nRUN DB_PASSWORD=«Tr0ub4dor3» ./migrate\n").case("assignment"),
        flagged("FROM alpine:3.23\nRUN login --password «Tr0ub4dor3» --user ci\n").case("assignment"),
        flagged("FROM alpine:3.23\nRUN export API_TOKEN=«\"Tr0ub4dor3\"» && ./deploy\n").case("assignment"),
        flagged("FROM alpine:3.23\nCOPY <<EOF /root/.netrc\nmachine git.example.net login ci password «Tr0ub4dor3»\nEOF\n").case("assignment"),
        flagged("FROM alpine:3.23\nRUN echo \"//npm.example.net/:_authToken=«Tr0ub4dor3»\" > ~/.npmrc\n").case("assignment"),
        flagged("FROM alpine:3.23\nRUN cat <<EOF > /root/.pypirc\n[pypi]\nusername = ci\npassword = «Tr0ub4dor3»\nEOF\n").case("assignment"),
        flagged("FROM alpine:3.23\nRUN pip config set global.index-url https://ci:«Tr0ub4dor3»@pypi.example.net/simple\n").case("url"),
        flagged("FROM alpine:3.23\nRUN npm config set //npm.example.net/:_authToken=«Tr0ub4dor3»\n").case("assignment"),
        flagged("FROM alpine:3.23\nLABEL db.password=«Tr0ub4dor3» \"api.token\"=«\"Tr0ub4dor3\"»\n").case("assignment"),
        flagged("FROM alpine:3.23\nRUN curl -u «ci:Tr0ub4dor3» https://git.example.net/a -o a\n").case("assignment"),
        flagged("FROM alpine:3.23\nARG URL=postgres://ci:«Tr0ub4dor3»@db/app\n").case("url"),
        flagged("FROM alpine:3.23\nRUN mysql -uroot «-pTr0ub4dor3» -e 'select 1'\n").case("assignment"),
        flagged("FROM alpine:3.23\nRUN printf '[server-login]\\nusername: ci\\npassword: «Tr0ub4dor3»\\n' > ~/.pypirc\n").case("assignment"),
        clean("FROM alpine:3.23\nRUN --mount=type=secret,id=token \\\n    wget -q --header \"Authorization: Bearer $(cat /run/secrets/token)\" https://git.example.net/tool.tgz\n"),
        clean("FROM alpine:3.23\nCOPY <<EOF /root/.npmrc\n//npm.example.net/:_authToken=${NPM_TOKEN}\nemail=a@example.net\nEOF\n"),
        clean("FROM alpine:3.23\nCOPY <<EOF /a.py\ntoken = request.form1\npassword = read(path1)\nPASSWORD_MIN_LENGTH = 12345678\nEOF\nLABEL token.ttl=12345678 secret=none\n"),
        clean("FROM alpine:3.23\nRUN --mount=type=secret,id=netrc,target=/root/.netrc wget -q https://git.example.net/tool.tgz\n"),
        clean("FROM alpine:3.23\nARG TOKEN\nRUN git clone https://x:${TOKEN}@git.example.net/a && login --password \"$TOKEN\"\n"),
        clean("FROM alpine:3.23\nENV A=AKIAIOSFODNN7EXAMPLE URL=https://user:password@db/app\n"),
        clean("FROM alpine:3.23\nRUN DB_PASSWORD=changeme123 ./migrate && login --password-stdin < /x && TOKEN_FILE=/run/secrets/token make\n"),
        clean("FROM alpine:3.23\nRUN echo 'Database.Password = readFile(path)' && PASSWORD=$(cat /p) make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let text = document.file.text();
    for token in tokens(text) {
        let message = format!("`{}…` is a credential for everybody who reads this file", beginning(text, &token));
        report.at("token", range(token), message);
    }
    for password in passwords_in_addresses(text) {
        let message = format!("`{}…` is a password in an address", beginning(text, &password));
        report.at("url", range(password), message);
    }
    for step in document.steps() {
        labelled(document, step, report);
        if step.copy().is_some() {
            for heredoc in &step.instruction.heredocs {
                written(document, heredoc.body, report);
            }
        }
        for command in step.all_commands() {
            let assigned = command.assignments.iter().filter_map(|it| Some((it.name.clone(), it.value.as_ref()?)));
            for (name, value) in assigned.chain(flags_with_values(command)) {
                if is_secret_name(&name) && value.known().is_some_and(is_secret_value) {
                    report.at("assignment", value.range, format!("`{name}` is given a value in plain text"));
                }
            }
            if let Some(word) = login(command) {
                report.at("assignment", word.range, "this logs in with a password in plain text");
            }
            if command.is_one_of("echo printf npm yarn pnpm git composer bundle pip tee") {
                command.arguments().iter().for_each(|word| written(document, word.range, report));
            }
            for body in command.redirects.iter().filter_map(|redirect| redirect.body) {
                written(document, body, report);
            }
        }
    }
}

/// Reports the values of labels whose names say that they are secrets.
fn labelled(document: &Document<'_>, step: &Step<'_>, report: &mut Reporter<'_>) {
    let Arguments::Label(labels) = &step.instruction.arguments else { return };
    for pair in &labels.pairs {
        let value = document.value_at(&pair.value, step).unwrap_or_default();
        if is_secret_name(pair.key.text.trim_matches('"')) && is_secret_value(&value) {
            report.at(
                "assignment",
                pair.value.range,
                format!("`{}` is a label, which everybody can read", pair.key.text.trim_matches('"')),
            );
        }
    }
}

/// Reports what a text that is written to a file gives away.
fn written(document: &Document<'_>, text: TextRange, report: &mut Reporter<'_>) {
    let inner = document.slice(text).trim_start_matches(['"', '\'']);
    let start = text.end() - TextSize::of(inner);
    for secret in named_secrets(inner) {
        report.at("assignment", range(secret) + start, "a credential is written to a file in plain text");
    }
}

/// The password, or the account with its password, that a command logs in with.
fn login(command: &Command) -> Option<&Word> {
    let (flags, with_user): (&str, bool) = match command.program()? {
        "curl" | "wget" => ("-u --user", true),
        "sshpass" => ("-p", false),
        "mysql" | "mysqladmin" | "mysqldump" | "mariadb" => {
            let is_password =
                |word: &&Word| word.known().and_then(|text| text.strip_prefix("-p")).is_some_and(is_secret_value);
            return command.arguments().iter().find(is_password);
        }
        _ => return None,
    };
    let mut pairs = command.arguments().iter().zip(command.arguments().iter().skip(1));
    let (_, word) = pairs.find(|(flag, _)| flag.is_one_of(flags))?;
    let given = word.known()?;
    let password = if with_user { given.split_once(':')?.1 } else { given };
    is_secret_value(password).then_some(word)
}

/// Whether a text may be a secret, and is none that its own form gives away.
fn is_secret_value(text: &str) -> bool {
    text.len() >= 8 && !is_placeholder(text) && !text.contains(['/', '(', ' ', '{']) && tokens(text).is_empty()
}

/// `--name value`, with the name as a variable would have it.
fn flags_with_values(command: &Command) -> impl Iterator<Item = (String, &Word)> {
    let pairs = command.arguments().iter().zip(command.arguments().iter().skip(1));
    pairs.filter_map(|(flag, value)| {
        let name = flag.known()?.strip_prefix("--").filter(|name| !name.contains('='))?;
        (!value.is_flag()).then(|| (name.replace('-', "_"), value))
    })
}

fn range(bytes: Range<usize>) -> TextRange {
    let place = |at: usize| TextSize::try_from(at).unwrap_or_default();
    TextRange::new(place(bytes.start), place(bytes.end))
}

/// The first characters of a secret: enough to find it, too few to use it.
fn beginning(text: &str, secret: &Range<usize>) -> String {
    text.get(secret.clone()).unwrap_or_default().chars().take(4).collect()
}
