//! Flags of `bundle install` that are on their way out.

use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "bundler-deprecated-flags",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/ruby/deprecated-bundler-install-flags")],
    cases: &[],
    supersedes: &[],
    title: "Deprecated flag of bundle install",
    summary: "These bundle install flags are deprecated; use BUNDLE_* variables.",
    why: "
Bundler keeps such a flag in a hidden file, where it also governs later calls, and has announced that it will go. A variable such as
`BUNDLE_WITHOUT` is plain to see in the Dockerfile, and it holds when the program starts too, which then does not look for gems that were
left out.
",
    leave_it_when: "The image has Bundler 1.",
    references: &[
        "https://bundler.io/man/bundle-install.1.html",
        "https://bundler.io/man/bundle-config.1.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install «--without» development test\n",
            "FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nENV BUNDLE_WITHOUT=\"development:test\"\nRUN bundle install\n",
        ),
        reviewed(
            "FROM ruby:3.4\nRUN bundle «--path=vendor/bundle» --jobs 4 && ls\n",
            "FROM ruby:3.4\nENV BUNDLE_PATH=\"vendor/bundle\"\nRUN bundle --jobs 4 && ls\n",
        ),
        reviewed(
            "FROM ruby:3.4\nRUN bundle install --jobs 4 «--deployment»\n",
            "FROM ruby:3.4\nENV BUNDLE_DEPLOYMENT=\"1\"\nRUN bundle install --jobs 4\n",
        ),
        flagged("FROM ruby:3.4\nRUN bundle install «--binstubs» && bundle install «--without» \"$GROUPS\"\n"),
        clean("FROM ruby:3.4\nENV BUNDLE_WITHOUT=\"development:test\"\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n"),
        clean("FROM ruby:3.4\nRUN bundle install --jobs 4 --retry 3 && bundle config set without test && bundle exec rake --path x\n"),
    ],
    check,
};

/// The flags, with the variable for each; empty where the meaning is not the same.
const FLAGS: [(&str, &str); 10] = [
    ("--without", "BUNDLE_WITHOUT"),
    ("--path", "BUNDLE_PATH"),
    ("--deployment", "BUNDLE_DEPLOYMENT"),
    ("--with", ""),
    ("--clean", ""),
    ("--frozen", ""),
    ("--no-prune", ""),
    ("--system", ""),
    ("--binstubs", ""),
    ("--shebang", ""),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        for command in step.commands().filter(|command| command.is_one_of("bundle bundler")) {
            let is_install = match command.arguments().first() {
                Some(word) => word.is("install") || word.is_flag(),
                None => false,
            };
            let found = FLAGS.iter().find_map(|(flag, variable)| Some((flag, variable, command.flag(flag)?)));
            let Some((flag, variable, word)) = found.filter(|_| is_install) else { continue };
            let finding =
                report.here(word.range, format!("`{flag}` is deprecated, and is remembered in a hidden file"));
            if let Some(edits) = edits(document, step, command, word, variable) {
                finding.fix(Review, format!("Set {variable}, which also holds when the image runs"), edits);
            }
        }
    }
}

/// The edits that take a flag away with its values, and set a variable instead.
fn edits(
    document: &Document<'_>,
    step: &Step<'_>,
    command: &Command,
    flag: &Word,
    variable: &str,
) -> Option<Vec<Edit>> {
    let arguments = command.arguments();
    let place = arguments.iter().position(|word| word.range == flag.range)?;
    let rest = arguments.get(place + 1..).unwrap_or_default();
    let (value, last) = match variable {
        "BUNDLE_DEPLOYMENT" => ("1".to_owned(), flag),
        _ => match flag.known()?.split_once('=') {
            Some((_, value)) => (value.to_owned(), flag),
            None => {
                let many = if variable == "BUNDLE_PATH" { 1 } else { usize::MAX };
                let values: Vec<&Word> = rest.iter().take_while(|word| !word.is_flag()).take(many).into_list();
                let known: Option<Vec<&str>> = values.iter().map(|word| word.known()).collect();
                (known?.join(":").replace(' ', ":"), *values.last()?)
            }
        },
    };
    let before = command.words.get(place)?;
    let is_plain =
        !variable.is_empty() && !step.is_trigger && !value.contains(['"', '$', '\\']) && !before.raw.starts_with('"');
    is_plain.then(|| {
        vec![
            insert(
                document.block_start(step.outer),
                document.line_like(step.outer, "ENV", &format!("{variable}=\"{value}\"")),
            ),
            delete(TextRange::new(before.range.end(), last.range.end())),
        ]
    })
}
