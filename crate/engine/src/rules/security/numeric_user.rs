//! Users by name.

use crate::document::is_root;
use crate::rules::prelude::*;
use layerwise_syntax::Word;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "numeric-user",
    category: Category::Security,
    severity: Severity::Info,
    is_on: false,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("final").codes(&[hadolint("DL3066")]),
        Case::new("every").codes(&[hadolint("DL3066")]).off(),
    ],
    supersedes: &[],
    title: "USER by name",
    summary: "Use a numeric UID in USER so that orchestrators can verify it is not root.",
    why: "
Kubernetes can be told to start no container as root: `runAsNonRoot: true`. It cannot look into the `/etc/passwd` of the image, so it refuses `USER app`
and accepts `USER 10001`.

Give the user a number of your own, above 10000 where no other account has it, and name that. Off unless it is asked for: elsewhere a name says more.
",
    leave_it_when: "The image does not run in a cluster that asks for it, or the cluster sets `runAsUser` itself.",
    references: &[
        "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
        "https://github.com/hadolint/hadolint/wiki/DL3066",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nRUN adduser -S -u 10001 app\nUSER «app»\nCMD [\"sleep\", \"60\"]\n",
            "FROM alpine:3.23\nRUN adduser -S -u 10001 app\nUSER 10001\nCMD [\"sleep\", \"60\"]\n",
        )
        .case("final"),
        reviewed("FROM debian:13\nRUN useradd --uid 10001 app\nUSER «app»:staff\n", "FROM debian:13\nRUN useradd --uid 10001 app\nUSER 10001:staff\n").case("final"),
        flagged("FROM debian:13\nRUN useradd app\nUSER «app»\n").case("final"),
        flagged("FROM debian:13\nUSER «root»\nRUN make\nUSER 1000\n").case("every"),
        flagged("FROM debian:13\nENV WHO=app\nUSER «$WHO»\n").case("every"),
        clean("FROM debian:13\nARG WHO\nUSER root\nRUN make\nUSER 10001:10001\nFROM debian:13\nUSER $WHO\n"),
        clean("FROM debian:13\nUSER 0\nENV WHO=app\nUSER $WHO\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let last = document.final_stage().and_then(|stage| Some((stage, document.last_user(stage)?.1)));
    let mut arguments: HashSet<&str> =
        document.global_args.iter().flat_map(|instruction| names(&instruction.arguments)).collect();
    for step in document.steps() {
        arguments.extend(names(&step.instruction.arguments));
        let Arguments::User(word) = &step.instruction.arguments else { continue };
        let user = word.text.split(':').next().unwrap_or_default();
        let is_given = word.variables().iter().any(|variable| arguments.contains(variable.name.as_str()));
        if is_given || step.is_trigger || user.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let stage = last.filter(|(_, last)| last.range == word.range).map(|(stage, _)| stage);
        let is_name =
            word.is_plain() && !is_root(user) && !document.stage_of(step).is_some_and(|stage| stage.is_windows);
        let (case, stage) =
            if is_name { (if stage.is_some() { "final" } else { "every" }, stage) } else { ("every", None) };
        let range = user_range(word, user);
        let finding = report.at(case, range, format!("`{user}` is a name, which a cluster cannot tell from root"));
        let created = stage.map(|stage| document.created_users(stage)).unwrap_or_default();
        let number = created.iter().find(|created| created.name == user).and_then(|created| created.id());
        if let Some(number) = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
            finding.fix(Review, "Name the user by its number", [replace(range, number)]);
        }
    }
}

fn user_range(word: &Word, user: &str) -> TextRange {
    if word.is_plain() { TextRange::at(word.range.start(), TextSize::of(user)) } else { word.range }
}

/// The names that an `ARG` declares.
fn names(arguments: &Arguments) -> Vec<&str> {
    match arguments {
        Arguments::Arg(declarations) => {
            declarations.iter().map(|declaration| declaration.name.text.as_str()).into_list()
        }
        _ => Vec::new(),
    }
}
