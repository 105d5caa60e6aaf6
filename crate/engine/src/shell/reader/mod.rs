//! The reader: from the text of a script to its [tree](super::tree), by recursive descent.
//!
//! It reads POSIX shell and the bash that people write. Each byte is read once, substitutions where they stand, so time grows with
//! the text; nesting is limited, so the stack is bounded. What a shell would refuse is `None`, as is what is nested too deep.

mod compound;
mod condition;
mod cursor;
mod expansion;
mod heredoc;
mod redirection;
mod simple;
mod word;

use super::script::Dialect;
use super::source::Source;
use super::tree::{Body, Inner, Joint, Node, Sequence, Stage};
use super::word::Word;
use heredoc::Pending;

/// How deep constructs may nest, expansions in words included. A WebAssembly module has a stack of 1 MB.
const MAX_NESTING: usize = 64;

/// Longer scripts are not read, as their commands would take some hundred megabytes. The longest RUN seen in real Dockerfiles has a tenth
/// of this.
const MAX_LENGTH: usize = 512 * 1024;

/// A script as read.
pub(super) struct Tree {
    pub statements: Sequence,
    /// The bodies of its heredocs.
    pub bodies: Vec<Body>,
    pub has_comments: bool,
    pub leaves_names: bool,
}

/// Reads a script.
pub(super) fn read(source: Source<'_>, dialect: Dialect) -> Option<Tree> {
    // Every range inside has a place, if that of the whole has one.
    source.range(0..source.text.len()).filter(|range| usize::from(range.len()) <= MAX_LENGTH)?;
    let mut reader = Reader {
        source,
        dialect,
        at: 0,
        end: source.text.len(),
        depth: 0,
        inner: Vec::new(),
        is_assigned: false,
        pending: Vec::new(),
        bodies: Vec::new(),
        body_end: 0,
        has_comments: false,
        leaves_names: false,
    };
    let statements = reader.sequence()?;
    let is_whole = reader.at == reader.end;
    // A heredoc may end with the text, even before it begins.
    reader.bodies()?;
    let Reader { bodies, has_comments, leaves_names, .. } = reader;
    is_whole.then_some(Tree { statements, bodies, has_comments, leaves_names })
}

struct Reader<'a> {
    source: Source<'a>,
    dialect: Dialect,
    /// Where it stands.
    at: usize,
    /// Where what it reads ends: backticks and the bodies of heredocs are read up to their end only.
    end: usize,
    depth: usize,
    /// The scripts found in the words of the command that is being read.
    inner: Vec<Inner>,
    /// Whether the value of a variable is being read.
    is_assigned: bool,
    /// The heredocs of this line.
    pending: Vec<Pending>,
    bodies: Vec<Body>,
    /// The end of the last heredoc.
    body_end: usize,
    has_comments: bool,
    leaves_names: bool,
}

impl Reader<'_> {
    /// Goes a level deeper. Reading stops for good where it fails, so only success must come back up.
    fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_NESTING).then_some(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Statements, up to something that closes them.
    fn sequence(&mut self) -> Option<Sequence> {
        let mut stages: Sequence = Vec::new();
        self.lines()?;
        while !self.is_at_closer() {
            let joint = self.list(&mut stages)?;
            self.lines()?;
            if joint == Joint::End && !self.is_at_closer() {
                return None;
            }
        }
        if let Some(last) = stages.last_mut()
            && last.joint == Joint::Newline
        {
            last.joint = Joint::End;
        }
        Some(stages)
    }

    /// Statements, at least one.
    fn body(&mut self) -> Option<Sequence> {
        self.sequence().filter(|body| !body.is_empty())
    }

    /// Pipelines joined by `&&` and `||`, with the separator behind them.
    fn list(&mut self, stages: &mut Sequence) -> Option<Joint> {
        loop {
            self.blanks();
            let start = self.at;
            let is_first = stages.last().is_none_or(|before| before.joint != Joint::Pipe);
            let (is_negated, timer) = if is_first { self.prefixes()? } else { (false, None) };
            let mut stage = self.stage()?;
            stage.is_negated = is_negated;
            stage.timer = timer;
            self.extend(&mut stage, start);
            self.blanks();
            stage.joint = self.joint();
            let joint = stage.joint;
            stages.push(stage);
            match joint {
                Joint::Pipe | Joint::And | Joint::Or => self.lines()?,
                Joint::Semicolon | Joint::Background | Joint::Newline | Joint::End => return Some(joint),
            }
        }
    }

    /// `!` and `time` in front of a pipeline.
    fn prefixes(&mut self) -> Option<(bool, Option<Word>)> {
        let mut is_negated = false;
        let mut timer = None;
        loop {
            let start = self.at;
            if self.eat_keyword("!") {
                is_negated = true;
            } else if self.eat_keyword("time") {
                let word = self.plain_word(start)?;
                self.blanks();
                self.eat_keyword("-p");
                self.blanks();
                if !self.is_at_word() && self.peek() != Some(b'(') {
                    // With nothing to time it is a command.
                    self.at = start;
                    return Some((is_negated, timer));
                }
                timer = Some(word);
            } else {
                return Some((is_negated, timer));
            }
            self.blanks();
        }
    }

    /// The operator behind a stage. A line break is left where it is.
    fn joint(&mut self) -> Joint {
        if self.eat("&&") {
            Joint::And
        } else if self.eat("||") {
            Joint::Or
        } else if self.eat("|&") || self.eat("|") {
            Joint::Pipe
        } else if self.is_at_closer() {
            Joint::End
        } else if self.eat(";") {
            Joint::Semicolon
        } else if self.eat("&") {
            Joint::Background
        } else if self.peek() == Some(b'\n') {
            Joint::Newline
        } else {
            Joint::End
        }
    }

    /// A command, compound or simple.
    fn stage(&mut self) -> Option<Stage> {
        let outer = std::mem::take(&mut self.inner);
        let stage = match self.compound_start() {
            Some(start) => self.compound(start)?,
            None => self.simple()?,
        };
        self.inner = outer;
        Some(stage)
    }
}

impl Stage {
    fn new(node: Node) -> Stage {
        Stage {
            node,
            redirects: Vec::new(),
            inner: Vec::new(),
            range: None,
            is_negated: false,
            timer: None,
            is_function: false,
            is_coprocess: false,
            joint: Joint::End,
        }
    }
}

#[cfg(test)]
mod tests;
