//! What a container runs when it starts.

use super::{Document, Stage, Step};
use crate::image::is_os;
use crate::path::last_part;
use crate::shell::{self, Command, Dialect};
use crate::table::Listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{InstructionKind, Source};

impl<'a> Document<'a> {
    /// The `ENTRYPOINT` in force at the end of a stage, if this file sets one.
    pub fn entrypoint(&self, stage: &Stage<'a>) -> Option<&Step<'a>> {
        self.last_of(stage, InstructionKind::Entrypoint)
    }

    /// The `CMD` in force at the end of a stage, if this file sets one.
    pub fn cmd(&self, stage: &Stage<'a>) -> Option<&Step<'a>> {
        let cmd = self.last_of(stage, InstructionKind::Cmd)?;
        // A stage that sets ENTRYPOINT and no CMD drops the CMD of what it is built from.
        let is_dropped = self.entrypoint(stage).is_some_and(|entrypoint| entrypoint.stage > cmd.stage);
        (!is_dropped).then_some(cmd)
    }

    /// The `HEALTHCHECK` in force at the end of a stage, if this file sets one.
    pub fn healthcheck(&self, stage: &Stage<'a>) -> Option<&Step<'a>> {
        self.last_of(stage, InstructionKind::Healthcheck)
    }

    /// The commands that a container of a stage starts with: those of `ENTRYPOINT` and `CMD`, and of scripts which they run and whose
    /// text stands in this file.
    pub fn start_commands<'s>(&self, stage: &'s Stage<'a>) -> &'s [Command] {
        stage.start_commands.get_or_init(|| self.read_start_commands(stage))
    }

    fn read_start_commands(&self, stage: &Stage<'a>) -> Vec<Command> {
        let mut commands: Vec<Command> = self.named_start(stage).cloned().into_list();
        let started: Vec<&str> =
            commands.iter().flat_map(|command| &command.words).filter_map(|word| word.known()).into_list();
        let scripts: Vec<Command> = self
            .chain_steps(stage)
            .into_iter()
            .flat_map(|step| self.written_scripts(step))
            .filter(|(path, _)| started.iter().any(|word| last_part(word) == last_part(path)))
            .flat_map(|(_, commands)| commands)
            .into_list();
        commands.extend(scripts);
        commands
    }

    /// The file name of a script that a container of a stage starts with and whose text does not stand in this file: nobody can tell
    /// what it does.
    pub fn unseen_start_script(&self, stage: &Stage<'a>) -> Option<&str> {
        let steps = self.chain_steps(stage);
        let written: Vec<String> =
            steps.into_iter().flat_map(|step| self.written_scripts(step)).map(|(path, _)| path).into_list();
        let is_script = |name: &str| name.ends_with(".sh") || name.contains("entrypoint");
        self.named_start(stage)
            .flat_map(|command| &command.words)
            .filter_map(|word| word.known().map(last_part))
            .find(|name| is_script(name) && !written.iter().any(|path| last_part(path) == *name))
    }

    /// Whether a container of a stage starts a shell, or another program that asks for input, and nothing else: somebody works in there.
    pub fn starts_prompt(&self, stage: &Stage<'a>) -> bool {
        const PROMPTS: &str = "bash sh zsh fish ash dash python python3 node irb R julia ghci jshell iex";
        let is_bare = |command: &Command| {
            command.arguments().iter().all(|word| word.is("-l") || word.is("-i") || word.is("--login"))
        };
        let waits_for_ever = |step: &Step<'a>| step.all_commands().any(|it| it.is_one_of("tail sleep"));
        let has_words = self.cmd(stage).is_some_and(|cmd| self.slice(cmd.outer.range).contains("/dev/null"));
        if has_words && self.entrypoint(stage).is_some_and(waits_for_ever) {
            return true;
        }
        let Some(start) = self.cmd(stage).or_else(|| self.entrypoint(stage)) else { return false };
        let mut commands = start.all_commands();
        let first = commands.next();
        // What only keeps it alive does so for somebody who comes in.
        let waits = |first: &Command| {
            first.is_one_of("sleep tail")
                && first.operands().iter().any(|word| word.is("infinity") || word.is("/dev/null"))
        };
        first.is_some_and(|first| first.is_one_of(PROMPTS) && is_bare(first) || waits(first))
            && commands.next().is_none()
    }

    /// Whether a stage is a place for people to work in, or a system that starts nothing.
    pub fn is_workplace(&self, stage: &Stage<'a>) -> bool {
        let starts = self.entrypoint(stage).is_some() || self.cmd(stage).is_some();
        let is_bare = !starts && self.chain_base(stage).image().is_none_or(is_os);
        is_bare || self.is_for_people(stage)
    }

    /// Whether a stage is a place for people to work in: it starts a prompt, or is built on an image for development.
    pub fn is_for_people(&self, stage: &Stage<'a>) -> bool {
        // It brings the manuals back, which nobody but people read.
        let is_at_home = || {
            let steps = self.chain_steps(stage);
            steps.into_iter().flat_map(Step::commands).any(|command| command.is_one_of("unminimize"))
        };
        self.is_on_workspace(stage) || self.starts_prompt(stage) || is_at_home()
    }

    /// Whether a stage is built on an image for an editor or a service in which somebody develops.
    pub fn is_on_workspace(&self, stage: &Stage<'a>) -> bool {
        const WORKSPACES: &str = "devcontainer gitpod workspace codespace vscode/";
        let image = self.chain_base(stage).image();
        image.is_some_and(|image| image.repository.contains_any(WORKSPACES))
    }

    /// The commands that `ENTRYPOINT` and `CMD` name.
    fn named_start(&self, stage: &Stage<'a>) -> impl Iterator<Item = &Command> {
        [self.entrypoint(stage), self.cmd(stage)]
            .into_iter()
            .flatten()
            .flat_map(|step| &step.scripts)
            .flat_map(|script| &script.script.commands)
    }

    fn last_of(&self, stage: &Stage<'a>, kind: InstructionKind) -> Option<&Step<'a>> {
        self.back_from(stage).find_map(|stage| stage.own_steps().rev().find(|step| step.kind() == kind))
    }

    /// The files that a step writes from heredocs, with the commands in them.
    fn written_scripts(&self, step: &Step<'a>) -> Vec<(String, Vec<Command>)> {
        let read = |body| {
            let body = self.file.heredoc_script(body);
            shell::parse(&body.text, body.offset, Dialect::Bash).commands
        };
        let copied = step.copy().into_iter().flat_map(|copy| copy.sources.iter().map(move |source| (copy, source)));
        let copied = copied.filter_map(|(copy, source)| {
            let Source::Heredoc(index, _) = source else { return None };
            let heredoc = step.instruction.heredocs.get(*index)?;
            let is_folder = copy.destination.text.ends_with('/');
            let path = if is_folder { &heredoc.name } else { &copy.destination.text };
            Some((path.clone(), read(heredoc.body)))
        });
        let redirected = step.commands().flat_map(|command| {
            let body = command.redirects.iter().find_map(|redirect| redirect.body);
            let path = command
                .redirects
                .iter()
                .find(|redirect| redirect.writes())
                .and_then(|redirect| redirect.target.as_ref());
            body.zip(path.and_then(|path| path.known()))
        });
        copied.chain(redirected.map(|(body, path)| (path.to_owned(), read(body)))).into_list()
    }
}
