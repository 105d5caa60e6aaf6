//! The image that advice is about.

use super::build_flags::{self, Need};
use super::found::Found;
use super::name;
use super::ports::{self, Port};
use super::server::Server;
use super::settings::{self, Setting};
use crate::document::{Base, Document, INITS, SWITCHES, Stage};
use crate::image::{ImageName, is_os};
use crate::input::Input;
use crate::plan::BuildPlan;
use crate::shell::{Command, takes_next};
use crate::table::{Listed, words_of};

/// The image that advice is about, and what is known of it.
pub struct Subject<'s> {
    pub document: &'s Document<'s>,
    /// The stage that becomes the image.
    pub stage: &'s Stage<'s>,
    /// What a check of the same input has found.
    pub found: &'s [Found],
    pub input: &'s Input<'s>,
    /// What the Dockerfile is called.
    pub file: &'s str,
    pub plan: BuildPlan,
    /// What the commands call the image.
    pub name: String,
    /// Whether the file tells that name.
    pub is_named: bool,
    /// The servers that it is known to run.
    pub servers: Vec<Server<'static>>,
    /// The programs that it starts, without what only runs them.
    pub programs: Vec<String>,
    /// Where its containers listen.
    pub ports: Vec<Port>,
    /// How much its containers do.
    pub start: Start,
    /// What a build of it must be given.
    pub needs: Vec<Need>,
    /// What its containers are to be run with.
    pub settings: Vec<Setting>,
}

/// What containers of an image do when they start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Nothing, as far as the file and its base tell: the image is for others to build on.
    Nothing,
    /// They open a prompt, or are kept alive for somebody who comes in.
    Prompt,
    /// They run a program to its end.
    Program,
    /// They serve.
    Server,
}

/// Programs that run another one, whose name follows, beside inits and those that run it as somebody else.
const RUNNERS: &str = "\
    python python3 uv poetry pipenv pdm run bundle exec npx bunx npm pnpm yarn node php env docker-entrypoint.sh \
    opentelemetry-instrument ddtrace-run";

impl<'s> Subject<'s> {
    /// The name with which a build is told to end at this stage. One that no stage has is left out: a build would refuse it, and the stage is the
    /// last one.
    pub fn target(&self) -> Option<&'s str> {
        self.input.target.filter(|name| self.document.stage_named(name).is_some())
    }

    pub fn of(
        document: &'s Document<'s>,
        stage: &'s Stage<'s>,
        found: &'s [Found],
        input: &'s Input<'s>,
        file: &'s str,
    ) -> Subject<'s> {
        let plan = BuildPlan::of(document);
        let (name, is_named) = name::of(document, stage, &plan.config);
        let mut programs: Vec<String> = Vec::new();
        for command in document.start_commands(stage) {
            programs_of(command, &mut programs);
        }
        let image = document.chain_base(stage).image();
        let mut servers: Vec<Server<'static>> = Vec::new();
        servers.extend(image.and_then(Server::of_image));
        if servers.is_empty() {
            servers.extend(programs.iter().filter_map(|program| Server::on(image, program)));
        }
        let mut subject = Subject {
            document,
            stage,
            found,
            input,
            file,
            plan,
            name,
            is_named,
            servers,
            programs,
            ports: Vec::new(),
            start: Start::Nothing,
            needs: Vec::new(),
            settings: Vec::new(),
        };
        // Each asks for those before it.
        subject.ports = ports::of(&subject);
        subject.start = subject.starts();
        subject.needs = build_flags::of(&subject);
        subject.settings = settings::of(&subject);
        subject
    }

    fn starts(&self) -> Start {
        let (document, stage) = (self.document, self.stage);
        let config = &self.plan.config;
        let is_named = config.entrypoint.is_some() || config.cmd.is_some();
        let serves = !self.ports.is_empty() || config.healthcheck.is_some();
        match document.chain_base(stage) {
            _ if document.starts_prompt(stage) || document.is_on_workspace(stage) => Start::Prompt,
            _ if is_named && serves => Start::Server,
            _ if is_named => Start::Program,
            // What a file leaves alone it has of its base.
            Base::Image(image) if !self.servers.is_empty() || serves && !is_os(image) => Start::Server,
            _ => Start::Nothing,
        }
    }

    /// Whether containers run something.
    pub fn runs(&self) -> bool {
        matches!(self.start, Start::Program | Start::Server)
    }

    /// Whether containers run something on Linux, where they can be locked up.
    pub fn can_be_hardened(&self) -> bool {
        self.runs() && !self.stage.is_windows && !self.is_any("dockerd containerd")
    }

    /// The image that it is built on.
    pub fn image(&self) -> Option<&ImageName> {
        self.document.chain_base(self.stage).image()
    }

    /// Whether one of the programs that it starts, or its base, is called by one of these names.
    pub fn is_any(&self, names: &str) -> bool {
        self.programs.iter().any(|program| program.is_one_of(names))
            || self.image().is_some_and(|image| image.short_name().is_one_of(names))
    }

    /// Whether one of these rules has found something; their ids stand in one text.
    pub fn has_finding(&self, rules: &str) -> bool {
        self.found.iter().any(|found| found.rule.is_one_of(rules))
    }

    /// Says that the name of the image is a placeholder, where it is one.
    pub fn name_note(&self) -> &'static str {
        if self.is_named { "" } else { "`my-app` stands for the name of your image." }
    }
}

/// Of a program that runs another one: its flags that take the next word, and whether a word before that program names the user.
fn grammar(program: &str) -> Option<(&'static str, bool)> {
    match program {
        "setpriv" => Some((
            "--reuid --regid --ruid --euid --rgid --egid --groups --inh-caps --ambient-caps --bounding-set --securebits \
            --pdeathsig --ptracer --selinux-label --apparmor-profile --landlock-access --landlock-rule --seccomp-filter",
            false,
        )),
        "chpst" => Some(("-u -U -b -/ -C -e -n -l -L -m -d -o -p -f -c -r -t -s", false)),
        "runuser" | "su" => Some(("-u --user -g --group -G --supp-group -s --shell -w --whitelist-environment", true)),
        "tini" | "tini-static" | "docker-init" => Some(("-p -e", false)),
        "dumb-init" => Some(("-r --rewrite", false)),
        _ if program.is_one_of(SWITCHES) => Some(("", true)),
        _ if program.is_one_of(INITS) || program.is_one_of(RUNNERS) => Some(("", false)),
        _ => None,
    }
}

/// The program of a command, and the one that this runs.
fn programs_of(command: &Command, programs: &mut Vec<String>) {
    let (mut names_user, mut is_value, mut value_flags) = (false, false, "");
    for word in &command.words {
        let Some(text) = word.known() else { return };
        if std::mem::take(&mut is_value) {
            continue;
        }
        if text.starts_with('-') {
            // `runuser --user=app`
            names_user &= !text.starts_with_any("-u --user");
            is_value = takes_next(text, value_flags);
            continue;
        }
        if std::mem::take(&mut names_user) {
            continue;
        }
        let name = crate::path::last_part(text);
        programs.push(name.to_owned());
        let Some(grammar) = grammar(name) else { return };
        (value_flags, names_user) = grammar;
    }
}

/// The folders of a table that stands in a server's facts, of several servers each once.
pub fn each_once<'t>(tables: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut all = Vec::new();
    for table in tables {
        for word in words_of(table) {
            if !all.contains(&word) {
                all.push(word);
            }
        }
    }
    all
}
