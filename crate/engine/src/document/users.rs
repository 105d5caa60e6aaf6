//! The users that RUNs create.

use super::{Document, Stage, Step};
use crate::shell::{Command, Word};
use layerwise_syntax::Arguments;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;

/// A user that a RUN creates under a literal name.
#[derive(Debug, Clone, Copy)]
pub struct CreatedUser<'d, 'a> {
    /// The RUN.
    pub step: &'d Step<'a>,
    /// The command.
    pub command: &'d Command,
    /// The name.
    pub name: &'d str,
    /// The word that gives the name.
    pub word: &'d Word,
}

impl<'a> Document<'a> {
    /// The users that a stage and those that it is built from create, in order.
    pub fn created_users(&self, stage: &Stage<'a>) -> Vec<CreatedUser<'_, 'a>> {
        let steps = self.chain_steps(stage).into_iter();
        steps
            .flat_map(|step| step.commands().map(move |command| (step, command)))
            .filter_map(|(step, command)| {
                let word = created_user(command)?;
                Some(CreatedUser { step, command, name: word.known()?, word })
            })
            .into_list()
    }

    /// The last user that a stage creates, where no user that it creates is ever named again: nothing is given to them, and nothing
    /// runs as them.
    pub fn unused_user(&self, stage: &Stage<'a>) -> Option<CreatedUser<'_, 'a>> {
        // The settings of a daemon may name its user.
        if self.starts_a_daemon(stage) {
            return None;
        }
        let users = self.created_users(stage);
        if users.is_empty() {
            return None;
        }
        let named = self.names_in_use(stage);
        let is_unused = |user: &CreatedUser<'_, 'a>| {
            let is_for_dev = self.stage_of(user.step).is_some_and(|stage| stage.is_dev);
            let is_named = named.contains(user.name) || user.id().is_some_and(|id| named.contains(id));
            !is_for_dev && !is_named && !user.command.context.is_conditional
        };
        users.iter().all(is_unused).then(|| users.last().copied()).flatten()
    }

    /// What anything in a stage but the management of accounts may name a user with: every `USER`, and every word, or what stands in
    /// it behind `=`, up to a colon or a full stop.
    fn names_in_use(&self, stage: &Stage<'a>) -> HashSet<String> {
        let steps = self.chain_steps(stage);
        let users = steps.iter().filter_map(|step| match &step.instruction.arguments {
            Arguments::User(user) => self.value_at(user, step),
            _ => None,
        });
        let owners =
            steps.iter().filter_map(|step| self.value_at(step.instruction.flag("chown")?.value.as_ref()?, step));
        let commands = steps.iter().flat_map(|step| step.all_commands());
        let words =
            commands.filter(|command| !manages_accounts(command)).flat_map(words).map(|word| word.shown().to_owned());
        users.chain(owners).chain(words).flat_map(|text| names(&text)).collect()
    }
}

impl<'d> CreatedUser<'d, '_> {
    /// The number that the user is given.
    pub fn id(&self) -> Option<&'d str> {
        self.command.flag_value("-u").or_else(|| self.command.flag_value("--uid"))
    }
}

/// The users that a text may name: `app` in `app:staff`, `app.staff` and `--owner=app`.
fn names(text: &str) -> Vec<String> {
    let value = text.rsplit_once('=').map_or(text, |(_, value)| value);
    let user = value.split(':').next().unwrap_or(value);
    let before_dot = user.split('.').next().unwrap_or(user);
    vec![user.to_owned(), before_dot.to_owned()]
}

fn words(command: &Command) -> impl Iterator<Item = &Word> {
    command.wrappers.iter().flat_map(|wrapper| &wrapper.words).chain(&command.words)
}

/// The word with the name that `useradd` or `adduser` creates. With a second name `adduser` puts a user that exists into a group.
fn created_user(command: &Command) -> Option<&Word> {
    if !command.is_one_of("useradd adduser") {
        return None;
    }
    match &command.operands()[..] {
        [name] => Some(name),
        _ => None,
    }
}

fn manages_accounts(command: &Command) -> bool {
    command.is_one_of("useradd adduser usermod groupadd addgroup groupmod gpasswd passwd chpasswd chage chsh mkdir echo printf id getent")
}
