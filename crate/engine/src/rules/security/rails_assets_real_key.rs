//! Rails' assets, compiled with the real key.

use crate::fix::front_of;
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use layerwise_syntax::MountType;

pub const RULE: Rule = Rule {
    id: "rails-assets-real-key",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/ruby/asset-precompile-without-dummy-key")],
    cases: &[],
    supersedes: &[],
    title: "Assets compiled with the real key",
    summary: "Precompile Rails assets with a dummy key, not with the real master key.",
    why: "
To compile assets Rails boots the whole application in production, and that asks for its key. So the real one finds its way into the build: as an
argument, which the history keeps, or as a file that is copied.

Since Rails 7.1 `SECRET_KEY_BASE_DUMMY=1` in front of the command makes up a key for the moment, and no secret has to enter the build.
",
    leave_it_when: "Rails is older than 7.1; then a made-up `SECRET_KEY_BASE` in front of the command does the same.",
    references: &["https://guides.rubyonrails.org/7_1_release_notes.html"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM ruby:3.4\nENV RAILS_ENV=production\nRUN «bundle exec rails assets:precompile»\n",
            "FROM ruby:3.4\nENV RAILS_ENV=production\nRUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile\n",
        ),
        reviewed(
            "FROM ruby:3.4\nARG RAILS_MASTER_KEY\nRUN bundle check && «RAILS_ENV=production ./bin/rails assets:precompile»\n",
            "FROM ruby:3.4\nARG RAILS_MASTER_KEY\nRUN bundle check && SECRET_KEY_BASE_DUMMY=1 RAILS_ENV=production ./bin/rails assets:precompile\n",
        ),
        flagged("FROM ruby:3.4\nENV RAILS_ENV=production\nRUN «SECRET_KEY_BASE_DUMMY= rake assets:precompile SECRET_KEY_BASE=$KEY»\n"),
        clean("FROM ruby:3.4\nENV RAILS_ENV=production\nRUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile\n"),
        clean("FROM ruby:3.4\nENV RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1\nRUN rake assets:precompile\n"),
        clean("FROM ruby:3.4\nENV RAILS_ENV=production\nRUN export SECRET_KEY_BASE=abc && rake assets:precompile\nRUN rake assets:precompile SECRET_KEY_BASE=abc\n"),
        clean("FROM ruby:3.4\nENV RAILS_ENV=production\nRUN --mount=type=secret,id=k,env=RAILS_MASTER_KEY rake assets:precompile\n"),
        // No key is asked for outside production.
        clean("FROM ruby:3.4\nRUN bundle exec rails assets:precompile\n"),
        clean("FROM ruby:3.4\nENV RAILS_ENV=production\nRUN RAILS_ENV=development rails assets:precompile && rails db:prepare\n"),
    ],
    check,
};

const DUMMY: &str = "SECRET_KEY_BASE_DUMMY";
const KEY: &str = "SECRET_KEY_BASE";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        if step.mounts.iter().any(|mount| mount.kind == MountType::Secret) {
            continue;
        }
        for run in &step.scripts {
            if let Some(command) = run.script.commands.iter().find(|command| step.is_run() && precompiles(command)) {
                let is_made_up = [DUMMY, KEY].iter().any(|name| {
                    value(document, step, command, name).is_some_and(|value| !value.is_empty() && !value.contains('$'))
                });
                let environment =
                    ["RAILS_ENV", "RACK_ENV"].iter().find_map(|name| value(document, step, command, name));
                if is_made_up
                    || environment.is_none_or(|environment| environment == "development" || environment == "test")
                {
                    continue;
                }
                let finding =
                    report.here(command.range, "this boots the application in production, which asks for its real key");
                let is_free = command.assigned(DUMMY).is_none() && !document.slice(command.range).contains(KEY);
                if let Some(at) = front_of(run, command).filter(|_| is_free && command.wrappers.is_empty()) {
                    let title = "Compile with a made-up key (needs Rails 7.1)";
                    finding.fix(Review, title, [insert(at, format!("{DUMMY}=1 "))]);
                }
            }
        }
    }
}

fn precompiles(command: &Command) -> bool {
    let is_rails = |word: &Word| matches!(last_part(word.shown()), "rails" | "rake");
    command.words.iter().any(|word| word.is("assets:precompile")) && command.words.iter().any(is_rails)
}

/// What a variable is for a command: set in front of it, behind it as for `rake`, before it in the same step, or by the file.
fn value(document: &Document<'_>, step: &Step<'_>, command: &Command, name: &str) -> Option<String> {
    let given = command.arguments().iter().find_map(|word| word.shown().strip_prefix(name)?.strip_prefix('='));
    let exported = || {
        let others = step.commands().filter(|other| other.is_one_of("export") || other.words.is_empty());
        others.filter_map(|other| other.assigned(name)).last()
    };
    let assigned = given.or_else(|| Some(command.assigned(name).or_else(exported)?.shown()));
    let is_unknown = || document.is_variable_set(name, step).then(|| "$".to_owned());
    assigned.map(str::to_owned).or_else(|| document.variable_at(name, step)).or_else(is_unknown)
}
