//! The walk over the tree that makes a [`Script`].

use super::chain::{Chain, ChainId, Separator};
use super::command::{Assignment, Command, Context, ShellId};
use super::reader::{Tree, read};
use super::redirect::{Redirect, RedirectKind};
use super::script::{Dialect, Script};
use super::source::Source;
use super::tree::{Body, Inner, Joint, Node, Part, Role, Stage};
use super::word::Word;
use super::wrapper::{self, Unwrapped, Wrapper};
use layerwise_syntax::list::IntoList;
use std::mem::take;
use std::sync::Arc;
use text_size::{TextRange, TextSize};

/// How often `sh -c` is looked into inside `sh -c`.
const MAX_SHELLS: usize = 3;

pub(super) struct Walk<'a> {
    source: Source<'a>,
    script: Script,
    /// The bodies of the heredocs of what is walked.
    bodies: Vec<Body>,
    /// The `sh -c` around what is walked, with what runs it.
    around: Vec<Arc<Wrapper>>,
    shells: usize,
    /// The number of the shell that started last.
    last_shell: usize,
}

impl<'a> Walk<'a> {
    /// Reads a whole script.
    pub fn of(text: &'a str, offset: TextSize, dialect: Dialect) -> Script {
        let source = Source { text, offset };
        let Some(tree) = read(source, dialect) else { return Script::default() };
        let script = Script { is_readable: true, ..Script::default() };
        let mut walk = Walk { source, script, bodies: Vec::new(), around: Vec::new(), shells: 0, last_shell: 0 };
        walk.tree(tree, Context::default(), None);
        walk.script
    }

    fn tree(&mut self, tree: Tree, context: Context, parent: Option<ChainId>) {
        self.script.has_comments |= tree.has_comments;
        self.script.leaves_names |= tree.leaves_names;
        let outer_bodies = std::mem::replace(&mut self.bodies, tree.bodies);
        let mut statements = tree.statements;
        self.sequence(&mut statements, context, parent);
        self.bodies = outer_bodies;
    }

    fn sequence(&mut self, mut rest: &mut [Stage], context: Context, parent: Option<ChainId>) {
        while !rest.is_empty() {
            let (list, after) = split_after(rest, |joint| !matches!(joint, Joint::Pipe | Joint::And | Joint::Or));
            let separator = match list.last().map_or(Joint::End, |last| last.joint) {
                Joint::Semicolon => Separator::Semicolon,
                Joint::Background => Separator::Background,
                Joint::Newline => Separator::Newline,
                Joint::Pipe | Joint::And | Joint::Or | Joint::End => Separator::End,
            };
            let in_background = context.in_background || separator == Separator::Background;
            self.list(list, Context { in_background, ..context }, parent, separator, after.is_empty());
            rest = after;
        }
    }

    /// An and-or list: the `&&` chains between its `||`.
    fn list(
        &mut self,
        mut rest: &mut [Stage],
        context: Context,
        parent: Option<ChainId>,
        separator: Separator,
        is_last: bool,
    ) {
        let mut is_alternative = false;
        while !rest.is_empty() {
            let (chain, after) = split_after(rest, |joint| joint == Joint::Or);
            let id = ChainId::new(self.script.chains.len());
            self.script.chains.push(Chain {
                id,
                parent,
                range: range_of(chain),
                links: chain.iter().filter(|stage| stage.joint != Joint::Pipe).count(),
                is_alternative,
                followed_by: if after.is_empty() { separator } else { Separator::Or },
                is_last: is_last && after.is_empty(),
            });
            let is_tested = context.is_tested || !after.is_empty();
            let mut links = chain;
            let mut is_conditional = context.is_conditional || is_alternative;
            while !links.is_empty() {
                let (link, further) = split_after(links, |joint| joint != Joint::Pipe);
                self.pipeline(link, Context { is_conditional, is_tested, ..context }, id);
                links = further;
                is_conditional = context.is_conditional;
            }
            rest = after;
            is_alternative = true;
        }
    }

    fn pipeline(&mut self, stages: &mut [Stage], context: Context, chain: ChainId) {
        let is_negated = context.is_negated || stages.first().is_some_and(|first| first.is_negated);
        let timer = stages.first_mut().and_then(|first| first.timer.take());
        let is_timed = timer.is_some();
        self.around.extend(timer.map(|word| Arc::new(Wrapper { words: vec![word] })));
        let mut reads_pipe = context.reads_pipe;
        for stage in stages {
            let writes_pipe = context.writes_pipe || stage.joint == Joint::Pipe;
            self.stage(stage, Context { is_negated, reads_pipe, writes_pipe, ..context }, chain);
            reads_pipe = true;
        }
        if is_timed {
            self.around.pop();
        }
    }

    fn stage(&mut self, stage: &mut Stage, mut context: Context, chain: ChainId) {
        context.is_conditional |= stage.is_function;
        context.in_function |= stage.is_function;
        context.in_background |= stage.is_coprocess;
        let inner = take(&mut stage.inner);
        match &mut stage.node {
            Node::Simple { assignments, words, range } => {
                // Assignments alone end as their last substitution does.
                let keeps_status = words.is_empty();
                let ranges = self.inner(inner, context, chain, keeps_status);
                let mut redirects = take(&mut stage.redirects);
                add_bodies(&mut redirects, ranges);
                let (assignments, words) = (take(assignments), take(words));
                self.command(Found { words, assignments, redirects, range: *range }, context, chain);
            }
            Node::Compound(parts) => {
                self.inner(inner, context, chain, false);
                for part in parts {
                    self.part(part, context, chain);
                }
            }
        }
    }

    fn part(&mut self, part: &mut Part, mut context: Context, chain: ChainId) {
        match part.role {
            Role::Group => {}
            Role::Subshell => context = self.subshell(context),
            Role::Condition => (context.is_conditional, context.is_tested) = (true, true),
            Role::Branch => context.is_conditional = true,
        }
        self.sequence(&mut part.body, context, Some(chain));
    }

    /// The circumstances in a shell that starts under these.
    fn subshell(&mut self, around: Context) -> Context {
        self.last_shell += 1;
        let shell = ShellId { number: self.last_shell, depth: around.shell.depth + 1 };
        Context { in_subshell: true, shell, ..around }
    }

    /// The scripts inside a command, and the ranges of its heredocs.
    fn inner(&mut self, inner: Vec<Inner>, context: Context, chain: ChainId, keeps_status: bool) -> Vec<TextRange> {
        let mut ranges = Vec::new();
        for inner in inner {
            match inner {
                Inner::Substitution { mut body, is_assigned } => {
                    let loses_status = context.loses_status || !(keeps_status && is_assigned);
                    // What a substitution prints is taken as a value; the pipe and the `!` belong to the command around it.
                    let context = Context {
                        in_substitution: true,
                        reads_pipe: false,
                        writes_pipe: false,
                        is_negated: false,
                        loses_status,
                        ..self.subshell(context)
                    };
                    let around = take(&mut self.around);
                    self.sequence(&mut body, context, Some(chain));
                    self.around = around;
                }
                Inner::Heredoc(number) => {
                    let body = self.bodies.get_mut(number).map(take).unwrap_or_default();
                    ranges.extend(body.range);
                    self.inner(body.inner, context, chain, false);
                }
            }
        }
        ranges
    }

    /// Adds a command, or the commands of the script that it runs.
    fn command(&mut self, found: Found, context: Context, chain: ChainId) {
        let Found { words, mut assignments, redirects, range } = found;
        let Unwrapped { wrappers, assignments: given, words } = wrapper::unwrap(words);
        assignments.extend(given);
        self.script.has_assignments |= !assignments.is_empty();
        let mut around = self.around.clone();
        around.extend(wrappers.into_iter().map(Arc::new));
        let command =
            Command { wrappers: around, assignments, redirects, context, chain, ..Command::new(words, range) };
        if !self.inner_script(&command) {
            self.script.commands.push(command);
        }
    }

    /// Walks the script of `sh -c '…'` in place of the command. `false` where it cannot be read with exact positions.
    fn inner_script(&mut self, command: &Command) -> bool {
        let Some(index) = wrapper::script_argument(&command.words) else { return false };
        let Some((source, dialect)) = self.inner_source(command, index) else { return false };
        if self.shells >= MAX_SHELLS {
            return false;
        }
        let Some(tree) = read(source, dialect) else { return false };

        let outer = std::mem::replace(&mut self.source, source);
        let shell = Wrapper { words: command.words.iter().take(index).cloned().into_list() };
        let mut around = command.wrappers.clone();
        around.push(Arc::new(shell));
        let around = std::mem::replace(&mut self.around, around);
        self.shells += 1;
        let context = self.subshell(command.context);
        self.tree(tree, context, Some(command.chain));
        self.shells -= 1;
        self.around = around;
        self.source = outer;
        true
    }

    /// The script of `sh -c`, if it stands in the text just as the shell gets it.
    fn inner_source(&self, command: &Command, index: usize) -> Option<(Source<'a>, Dialect)> {
        let word = command.words.get(index)?;
        let text = word.known()?;
        let quote = usize::from(word.raw.starts_with(['\'', '"']));
        let start = usize::from(word.range.start().checked_sub(self.source.offset)?).checked_add(quote)?;
        let inner = self.source.part(start..start.checked_add(text.len())?)?;
        let dialect = match command.program() {
            Some("bash" | "zsh" | "ksh") => Dialect::Bash,
            _ => Dialect::Posix,
        };
        (inner.text == text).then_some((inner, dialect))
    }
}

/// A command as found in the tree, before its wrappers are taken off.
struct Found {
    words: Vec<Word>,
    assignments: Vec<Assignment>,
    redirects: Vec<Redirect>,
    range: TextRange,
}

/// The stages up to the first one behind which such a joint stands, and the rest.
fn split_after(stages: &mut [Stage], is_end: fn(Joint) -> bool) -> (&mut [Stage], &mut [Stage]) {
    let length = stages.iter().position(|stage| is_end(stage.joint)).map_or(stages.len(), |last| last + 1);
    stages.split_at_mut_checked(length).unwrap_or_default()
}

fn range_of(chain: &[Stage]) -> Option<TextRange> {
    Some(TextRange::new(chain.first()?.range?.start(), chain.last()?.range?.end()))
}

/// Gives heredocs their bodies, which were read after them.
fn add_bodies(redirects: &mut [Redirect], ranges: Vec<TextRange>) {
    let heredocs = redirects.iter_mut().filter(|redirect| redirect.kind == RedirectKind::HereDoc);
    for (heredoc, range) in heredocs.zip(ranges) {
        heredoc.body = Some(range);
    }
}
