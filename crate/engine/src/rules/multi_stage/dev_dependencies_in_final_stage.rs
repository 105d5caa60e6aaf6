//! Dependencies of development in the image that ships.

use crate::document::is_within;
use crate::fix::unless_for_score;
use crate::packages::{
    DevFamily, DevUse, build, calls_it_development, dev_use, is_modern_yarn, pattern_of_family, spoken_call,
};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "dev-dependencies-in-final-stage",
    category: Category::MultiStage,
    severity: Severity::Warning,
    is_on: true,
    // An install in another stage ships when its folder is copied.
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("node"),
        Case::new("composer").codes(&[tally("tally/php/composer-no-dev-in-production")]),
        Case::new("bundler").codes(&[tally("tally/ruby/missing-bundle-without-development")]),
        Case::new("python"),
    ],
    supersedes: &[],
    title: "Development dependencies ship",
    summary: "Leave what only development needs out of the image that ships.",
    why: "
A manifest lists what the program needs and, apart from it, what those need who work on it: test runners, bundlers, type checkers, debug
consoles. Without a flag an install brings both, and the second part is often the larger.

In production it is dead weight, a longer list of known holes, and now and then a door: debug toolbars and web consoles are made to let
people in. Install without it in the stage that ships; a stage that builds may have it, as long as its folder stays there.
",
    leave_it_when: "The image is for development or tests, or the program loads one of these packages when it runs.",
    references: &[
        "https://docs.npmjs.com/cli/commands/npm-ci",
        "https://getcomposer.org/doc/03-cli.md#install-i",
        "https://bundler.io/man/bundle-config.1.html",
        "https://docs.docker.com/guides/nodejs/containerize/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN «npm ci»\nCOPY src ./src\nCMD [\"node\", \"src/server.js\"]\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY src ./src\nCMD [\"node\", \"src/server.js\"]\n",
        )
        .case("node"),
        clean(
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src ./src\nCMD [\"node\", \"src/server.js\"]\n",
        ),
        reviewed(
            "FROM node:24-slim\nRUN «yarn» --frozen-lockfile && yarn cache clean\nCMD [\"node\", \".\"]\n",
            "FROM node:24-slim\nRUN yarn --production --frozen-lockfile && yarn cache clean\nCMD [\"node\", \".\"]\n",
        )
        .case("node"),
        reviewed(
            "FROM node:24-slim AS deps\nWORKDIR /app\nRUN «pnpm install» --frozen-lockfile\nFROM node:24-slim\nCOPY --from=deps /app/node_modules ./node_modules\nCMD [\"node\", \".\"]\n",
            "FROM node:24-slim AS deps\nWORKDIR /app\nRUN pnpm install --prod --frozen-lockfile\nFROM node:24-slim\nCOPY --from=deps /app/node_modules ./node_modules\nCMD [\"node\", \".\"]\n",
        )
        .case("node"),
        reviewed(
            "FROM php:8.4-fpm\nRUN «composer install» --no-interaction\n",
            "FROM php:8.4-fpm\nRUN composer install --no-dev --no-interaction\n",
        )
        .case("composer"),
        reviewed(
            "FROM ruby:3.4-slim\n# What the Gemfile lists\nRUN «bundle install» --jobs 4\nCMD [\"puma\"]\n",
            "FROM ruby:3.4-slim\nENV BUNDLE_WITHOUT=\"development:test\"\n# What the Gemfile lists\nRUN bundle install --jobs 4\nCMD [\"puma\"]\n",
        )
        .case("bundler"),
        reviewed(
            "FROM python:3.13-slim\nRUN «poetry install» --no-root\nCMD [\"serve\"]\n",
            "FROM python:3.13-slim\nRUN poetry install --only main --no-root\nCMD [\"serve\"]\n",
        )
        .case("python"),
        reviewed(
            "FROM python:3.13-slim AS build\nWORKDIR /app\nRUN uv sync --frozen --no-install-project\nCOPY . .\nRUN «uv sync» --frozen\nFROM python:3.13-slim\nCOPY --from=build /app /app\nCMD [\"serve\"]\n",
            "FROM python:3.13-slim AS build\nWORKDIR /app\nRUN uv sync --no-dev --frozen --no-install-project\nCOPY . .\nRUN uv sync --no-dev --frozen\nFROM python:3.13-slim\nCOPY --from=build /app /app\nCMD [\"serve\"]\n",
        )
        .case("python"),
        flagged("FROM python:3.13-slim\nRUN «pip install» -r requirements.txt -r requirements-dev.txt\nCMD [\"serve\"]\n").case("python"),
        // So does another stage, or a tool that is called by its name.
        flagged(
            "FROM node:24 AS deps\nWORKDIR /app\nRUN «npm ci»\nFROM deps AS test\nRUN npm test\nFROM node:24-slim\nCOPY --from=deps /app/node_modules /app/node_modules\nCMD [\"node\", \".\"]\n",
        )
        .case("node"),
        flagged("FROM node:24-slim\nRUN «npm ci» && gulp\nCMD [\"node\", \".\"]\n").case("node"),
        flagged(
            "FROM ruby:3.4 AS gems\nRUN «bundle install» --path /app/vendor/bundle\nFROM ruby:3.4-slim\nCOPY --from=gems /app/vendor/bundle /app/vendor/bundle\nCMD [\"puma\"]\n",
        )
        .case("bundler"),
        flagged("FROM python:3.13-slim\nRUN «uv sync»\nCMD [\"uv\", \"run\", \"serve.py\"]\n").case("python"),
        // A build needs them; so it is a matter of stages.
        flagged("FROM node:24-slim\nRUN «npm ci»\nRUN npm run build\nCMD [\"node\", \"dist/main.js\"]\n").case("node"),
        flagged(
            "FROM node:24 AS deps\nRUN «npm ci»\nFROM node:24 AS build\nCOPY --from=deps /app/node_modules ./node_modules\nRUN npm run build\nFROM node:24-slim\nCOPY --from=build /app/node_modules /app/node_modules\nCMD [\"node\", \".\"]\n",
        )
        .case("node"),
        clean("FROM node:24 AS build\nWORKDIR /app\nRUN npm ci && npm run build\nFROM node:24-slim\nCOPY --from=build /app/dist /app/dist\nRUN npm ci --omit=dev\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24 AS build\nWORKDIR /app\nRUN npm ci && npm run build && npm prune --omit=dev\nFROM node:24-slim\nCOPY --from=build /app /app\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24 AS deps\nRUN npm ci\nFROM deps\nRUN npm run build && rm -rf node_modules/ && npm install --production\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24-slim\nARG NODE_ENV\nRUN npm ci\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24-slim\nENV NODE_ENV=production\nRUN npm ci\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24-slim\nARG FLAGS\nRUN npm ci $FLAGS; if test \"$A\" = b; then npm ci; fi; npm install -g pm2\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24-slim\nRUN npm config set omit dev && npm ci\nCMD [\"node\", \".\"]\n"),
        // Yarn's newer versions have no flag for it.
        clean("FROM node:24-slim\nRUN yarn install --immutable\nCMD [\"node\", \".\"]\n"),
        clean("FROM ruby:3.4-slim\nRUN bundle config set --local without 'development test' && bundle install\nCMD [\"puma\"]\n"),
        clean("FROM python:3.13-slim\nRUN pip install -r requirements.txt -c constraints-latest.txt\nCMD [\"serve\"]\n"),
        // An image to work in starts nothing; what starts here needs them.
        clean("FROM node:24-slim\nRUN npm ci\n"),
        clean("FROM node:24-slim\nRUN npm ci\nCMD [\"npm\", \"run\", \"dev\"]\n"),
        clean("FROM node:24-slim\nRUN npm ci\nENTRYPOINT [\"npx\", \"nodemon\", \"server.js\"]\n"),
        clean("FROM node:24-slim AS test\nRUN npm ci\nCMD [\"npm\", \"test\"]\n"),
        clean("FROM python:3.13-slim\nRUN poetry install\nCMD [\"poetry\", \"run\", \"pytest\"]\n"),
        // What is fetched ahead of the source is told of with what follows.
        reviewed(
            "FROM php:8.4\nWORKDIR /app\nCOPY composer.* ./\nRUN composer install --no-scripts --no-autoloader\nCOPY . .\nRUN «composer install»\nCMD [\"php\", \"-S\", \"0.0.0.0:80\"]\n",
            "FROM php:8.4\nWORKDIR /app\nCOPY composer.* ./\nRUN composer install --no-dev --no-scripts --no-autoloader\nCOPY . .\nRUN composer install --no-dev\nCMD [\"php\", \"-S\", \"0.0.0.0:80\"]\n",
        )
        .case("composer"),
        // The file says that they are used.
        clean("FROM php:8.4\nENV APP_ENV=dev\nCOPY . .\nRUN composer install\nCMD [\"php\", \"-S\", \"0.0.0.0:80\"]\n"),
        clean("FROM php:8.4\nCOPY . .\nRUN composer install\nCMD [\"php\", \"artisan\", \"test\"]\n"),
        clean("FROM node:24-slim\nRUN npm ci\nCMD [\"node\", \"--require\", \"ts-node/register\", \"main.ts\"]\n"),
        clean("FROM node:24-slim\nENV NODE_OPTIONS=\"--import tsx\"\nRUN npm ci\nCMD [\"node\", \"main.ts\"]\n"),
        clean("FROM node:24-slim\nRUN npm ci\nCMD npx prisma migrate deploy && node dist/main.js\n"),
        // A newer Yarn refuses the flag.
        flagged("FROM node:24-slim\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN «yarn install» --inline-builds\nCMD [\"node\", \".\"]\n").case("node"),
    ],
    check,
};

/// More installs than this in one chain of stages are no longer told apart.
const MOST_INSTALLS: usize = 8;

/// An install that brought dependencies of development which are still there.
#[derive(Clone, Copy)]
struct Install<'d, 'a> {
    step: &'d Step<'a>,
    command: &'d Command,
    family: DevFamily,
    flag: Option<&'static str>,
    /// Whether a build may have needed them.
    is_used: bool,
}

/// What a stage holds at its end.
#[derive(Clone, Default)]
struct Held<'d, 'a> {
    installs: Vec<Install<'d, 'a>>,
    decided: Vec<DevFamily>,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(shipped) = document.final_stage().filter(|stage| !is_for_development(document, stage)) else { return };
    let mut ends: Vec<Held<'_, '_>> = Vec::with_capacity(document.stages().len());
    for stage in document.stages() {
        let mut held = stage.parent.and_then(|parent| ends.get(parent)).cloned().unwrap_or_default();
        for step in stage.own_steps() {
            take_copied(document, step, &ends, &mut held);
            for command in step.commands() {
                held.run(document, step, command);
            }
            if step.is_run() && !step.is_readable() {
                held.use_all();
            }
        }
        ends.push(held);
    }
    let users = users(document);
    // Without a start of its own a container runs the prompt of its language: the image is there to work in.
    let starts = document.entrypoint(shipped).is_some() || document.cmd(shipped).is_some();
    // `uv run` installs what is missing before it runs anything.
    let is_uv = |command: &Command| command.is_one_of("uv") || command.wrapper("uv").is_some();
    let runs_uv = document.start_commands(shipped).iter().any(is_uv);
    let installs = ends.into_iter().nth(shipped.index).unwrap_or_default().installs;
    for (index, install) in installs.iter().enumerate() {
        if !starts && install.family != DevFamily::Composer {
            continue;
        }
        let (before, behind) = installs.split_at_checked(index + 1).unwrap_or_default();
        // What comes ahead of the source comes once more with it: that is told of once, and mended together.
        if is_ahead(install.command) && behind.iter().any(|later| later.completes(install)) {
            continue;
        }
        let (range, call) = spoken_call(install.command);
        let message = format!("`{call}` also installs what only development needs, and it ships");
        let finding = report.at(case_of(install.family), range, message);
        finding.shown_by(pattern_of_family(install.family));
        // Another stage may need what this one does not.
        let others = users.get(install.step.stage).map_or(0, HashSet::len);
        let is_shipped = install.step.stage == shipped.index;
        let is_its_own = others <= usize::from(!is_shipped) && !(install.family == DevFamily::Python && runs_uv);
        let edit = unless_for_score(document, || leave_out(document, install, is_shipped)).filter(|_| is_its_own);
        if let Some(edit) = edit {
            let ahead = before.iter().filter(|ahead| is_ahead(ahead.command) && install.completes(ahead));
            let edits = ahead.filter_map(left_out).chain([edit]).into_list();
            finding.fix(Review, "Leave development dependencies out, if nothing loads one when it runs", edits);
        }
    }
}

/// Whether an install only fetches what the project needs, so that another one has to follow.
fn is_ahead(command: &Command) -> bool {
    command.has_any_flag("--no-install-project --no-install-workspace --no-autoloader --no-root")
}

impl Install<'_, '_> {
    /// Whether it installs whole what another one has fetched ahead.
    fn completes(&self, ahead: &Install<'_, '_>) -> bool {
        self.family == ahead.family && self.step.stage == ahead.step.stage && !is_ahead(self.command)
    }
}

impl<'d, 'a> Held<'d, 'a> {
    fn use_all(&mut self) {
        self.installs.iter_mut().for_each(|install| install.is_used = true);
    }

    fn run(&mut self, document: &Document<'a>, step: &'d Step<'a>, command: &'d Command) {
        match dev_use(document, step, command) {
            Some(DevUse::Removes(family)) => self.installs.retain(|install| install.family != family),
            Some(DevUse::Decides(family)) if !self.decided.contains(&family) => self.decided.push(family),
            Some(DevUse::Installs(family, flag))
                if !self.decided.contains(&family) && self.installs.len() < MOST_INSTALLS =>
            {
                self.installs.push(Install { step, command, family, flag, is_used: false });
            }
            None if may_run_tools(command) => self.use_all(),
            _ => {}
        }
    }
}

/// Whether a command may run something that only development needs: a build, a script of the manifest, a tool by its name.
fn may_run_tools(command: &Command) -> bool {
    const HARMLESS: &str = "\
        [ addgroup adduser apk apt-get cd chmod chown cp curl echo export find groupadd ln ls mkdir mv printf rm \
        sed set tar test touch true useradd wget";
    let is_about_cache = command.starts_with("cache") || command.starts_with("clear-cache");
    !command.words.is_empty() && !command.is_one_of(HARMLESS) && !is_about_cache
}

/// What comes along when a step copies a folder of dependencies, or one that such a folder lies in.
fn take_copied<'d, 'a>(document: &Document<'a>, step: &Step<'a>, ends: &[Held<'d, 'a>], held: &mut Held<'d, 'a>) {
    let Some(copy) = step.copy() else { return };
    let Some(from) = document.stages_taken_from(step).next().and_then(|stage| ends.get(stage.index)) else { return };
    for source in copy.sources.iter().filter_map(|source| source.word().value()) {
        for install in &from.installs {
            let is_new = held.installs.iter().all(|known| known.command.range != install.command.range);
            if is_new && held.installs.len() < MOST_INSTALLS && is_brought(install, &source) {
                held.installs.push(*install);
            }
        }
    }
}

/// Whether a copied path holds what an install brought: the folder of that name, or one that it lies in.
fn is_brought(install: &Install<'_, '_>, source: &str) -> bool {
    let folders = install.family.folders();
    let last = crate::path::name(source);
    if last.is_one_of(folders) {
        return true;
    }
    // Gems lie with Ruby; and whoever goes to another directory installs there.
    let is_here = install.family != DevFamily::Bundler
        && !install.command.has_any_flag("--prefix --cwd -C --dir -d --directory")
        && !install.step.commands().any(|command| command.is_one_of("cd pushd"));
    let path = words_of(folders).next().and_then(|folder| install.step.absolute_path(folder));
    is_here && source.starts_with('/') && path.is_some_and(|path| is_within(&path, source))
}

fn case_of(family: DevFamily) -> &'static str {
    match family {
        DevFamily::Node => "node",
        DevFamily::Composer => "composer",
        DevFamily::Bundler => "bundler",
        DevFamily::Python => "python",
    }
}

/// For every stage the stages that are built on it or take files from it.
fn users(document: &Document<'_>) -> Vec<HashSet<usize>> {
    let mut users = vec![HashSet::new(); document.stages().len()];
    for stage in document.stages() {
        let sources = stage.steps.iter().flat_map(|step| document.stages_taken_from(step)).map(|source| source.index);
        for source in sources.chain(stage.parent) {
            if let Some(users) = users.get_mut(source) {
                users.insert(stage.index);
            }
        }
    }
    users
}

/// The edit that leaves them out. Not where a command that came after the install may have needed them. Behind a door.
#[inline(never)]
fn leave_out(document: &Document<'_>, install: &Install<'_, '_>, is_shipped: bool) -> Option<Edit> {
    if install.is_used || install.step.is_trigger {
        return None;
    }
    if install.family == DevFamily::Bundler {
        // Bundler looks at it again when the program starts.
        let outer = install.step.outer;
        return is_shipped.then(|| document.line_above(outer, "ENV", "BUNDLE_WITHOUT=\"development:test\""));
    }
    // A newer Yarn refuses the flag.
    if install.command.is_one_of("yarn") && document.stage(install.step.stage).is_some_and(is_modern_yarn) {
        return None;
    }
    left_out(install)
}

/// The edit that gives an install the flag which leaves them out.
fn left_out(install: &Install<'_, '_>) -> Option<Edit> {
    let is_exec = install.step.scripts.iter().any(|run| run.form == crate::document::ScriptForm::Exec);
    let verb = install.command.subcommand().or(install.command.words.first())?;
    install.flag.filter(|_| !is_exec).map(|flag| insert(verb.range.end(), format!(" {flag}")))
}

/// Whether a container of a stage starts with what only development needs: a dev server, a test runner, a compiler.
fn is_for_development(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    const TOOLS: &str = "\
        nodemon ts-node ts-node-dev tsx vite webpack webpack-dev-server ng nest jest mocha vitest cypress \
        playwright prisma gulp grunt eslint parcel pytest tox mypy ruff rspec rake phpunit storybook";
    const SCRIPTS: &str = "dev develop development test watch serve debug lint storybook";
    // `ts-node/register` is a part of what it is named for.
    let is_tool = |word: &str| crate::path::last_part(word).is_one_of(TOOLS) || word.starts_with_any("ts-node/ tsx/");
    let is_script = |word: &str| word.split([':', '-']).any(|part| part.is_one_of(SCRIPTS));
    let is_set_so = || document.chain_steps(stage).into_iter().any(calls_it_development);
    let loads_tools = || {
        let options = document.start(stage).and_then(|start| document.variable_at("NODE_OPTIONS", start));
        options.is_some_and(|options| options.contains_any("ts-node tsx"))
    };
    document.start_commands(stage).iter().any(|command| {
        let runs_script = command.is_one_of("npm yarn pnpm npx next composer") || command.starts_with("artisan test");
        build(command).is_some()
            || command
                .words
                .iter()
                .filter_map(|word| word.known())
                .any(|word| is_tool(word) || runs_script && is_script(word))
    }) || is_set_so()
        || loads_tools()
}
