//! Compound commands: groups, conditions, loops, cases, functions.

use super::Reader;
use super::word::Pieces;
use crate::shell::script::Dialect;
use crate::shell::tree::{Node, Part, Role, Stage};
use text_size::TextRange;

/// What a compound command begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    Arithmetic,
    Subshell,
    Group,
    If,
    Loop,
    For,
    Case,
    Condition,
    Function,
    Coprocess,
}

impl Reader<'_> {
    /// Whether a compound command begins here.
    pub(super) fn compound_start(&self) -> Option<Start> {
        let is_bash = self.dialect == Dialect::Bash;
        Some(match self.keyword() {
            "" if self.peek() != Some(b'(') => return None,
            "" if is_bash && self.is_arithmetic() => Start::Arithmetic,
            "" => Start::Subshell,
            "{" => Start::Group,
            "if" => Start::If,
            "while" | "until" => Start::Loop,
            "for" => Start::For,
            "select" if is_bash => Start::For,
            "case" => Start::Case,
            "[[" => Start::Condition,
            "function" => Start::Function,
            "coproc" if is_bash => Start::Coprocess,
            _ => return None,
        })
    }

    pub(super) fn compound(&mut self, kind: Start) -> Option<Stage> {
        self.enter()?;
        let start = self.at;
        self.skip(self.keyword().len());
        let mut is_certain = true;
        let mut parts = Vec::new();
        match kind {
            Start::Arithmetic => {
                self.leaves_names = true;
                self.at += 2;
                self.arithmetic(b')', &mut Pieces::default())?;
            }
            Start::Subshell => {
                self.at += 1;
                is_certain = self.group(Role::Subshell, &mut parts)?;
                self.expect(")")?;
            }
            Start::Group => {
                is_certain = self.group(Role::Group, &mut parts)?;
                self.expect_keyword("}")?;
            }
            Start::If => self.if_clauses(&mut parts)?,
            Start::Loop => {
                parts.push(Part { role: Role::Condition, body: self.body()? });
                parts.push(self.do_group()?);
            }
            Start::For => {
                self.leaves_names = true;
                parts.push(self.for_loop()?);
            }
            Start::Case => self.case(&mut parts)?,
            Start::Condition => self.condition()?,
            Start::Function => {
                self.blanks();
                self.word()?;
                self.blanks();
                return self.function_body_from(start);
            }
            Start::Coprocess => return self.coprocess(start),
        }
        let mut stage = Stage::new(Node::Compound(parts));
        let mut end = self.at;
        self.blanks();
        while self.is_at_redirect() {
            self.redirect(&mut stage.redirects)?;
            end = self.at;
            self.blanks();
        }
        stage.range = self.source.range(start..end).filter(|_| is_certain);
        stage.inner = std::mem::take(&mut self.inner);
        self.leave();
        Some(stage)
    }

    /// What stands between brackets. Whether no heredoc's body stands just before the closing one: then an edit behind that would be safe.
    fn group(&mut self, role: Role, parts: &mut Vec<Part>) -> Option<bool> {
        let body = self.body()?;
        let last_end = body.last().and_then(|last| last.range).map(|range| range.end());
        let heredoc_end = self.source.range(0..self.body_end)?.end();
        parts.push(Part { role, body });
        Some(self.body_end == 0 || last_end.is_some_and(|end| heredoc_end <= end))
    }

    fn if_clauses(&mut self, parts: &mut Vec<Part>) -> Option<()> {
        loop {
            parts.push(Part { role: Role::Condition, body: self.body()? });
            self.expect_keyword("then")?;
            parts.push(Part { role: Role::Branch, body: self.body()? });
            if !self.eat_keyword("elif") {
                break;
            }
        }
        if self.eat_keyword("else") {
            parts.push(Part { role: Role::Branch, body: self.body()? });
        }
        self.expect_keyword("fi")
    }

    fn do_group(&mut self) -> Option<Part> {
        self.expect_keyword("do")?;
        let body = self.body()?;
        self.expect_keyword("done")?;
        Some(Part { role: Role::Branch, body })
    }

    /// `for` and `select`, from the name on.
    fn for_loop(&mut self) -> Option<Part> {
        self.blanks();
        let is_bash = self.dialect == Dialect::Bash;
        if is_bash && self.eat("((") {
            self.arithmetic(b')', &mut Pieces::default())?;
            self.blanks();
            self.eat(";");
        } else {
            self.word()?;
            self.lines()?;
            if self.eat_keyword("in") {
                self.for_words()?;
            } else {
                self.eat(";");
            }
        }
        self.lines()?;
        if is_bash && self.eat_keyword("{") {
            let body = self.body()?;
            self.expect_keyword("}")?;
            return Some(Part { role: Role::Branch, body });
        }
        self.do_group()
    }

    fn for_words(&mut self) -> Option<()> {
        loop {
            self.blanks();
            match self.peek()? {
                b';' => {
                    self.at += 1;
                    return Some(());
                }
                b'\n' => return Some(()),
                _ => {
                    self.word()?;
                }
            }
        }
    }

    /// `case`, from the word on.
    fn case(&mut self, parts: &mut Vec<Part>) -> Option<()> {
        self.blanks();
        self.word()?;
        self.lines()?;
        self.expect_keyword("in")?;
        self.lines()?;
        while !self.eat_keyword("esac") {
            self.eat("(");
            self.patterns()?;
            let body = self.sequence()?;
            if !body.is_empty() {
                parts.push(Part { role: Role::Branch, body });
            }
            if self.eat(";;&") || self.eat(";;") || self.eat(";&") {
                self.lines()?;
            } else {
                return self.expect_keyword("esac");
            }
        }
        Some(())
    }

    /// The patterns of a `case`, with the closing parenthesis.
    fn patterns(&mut self) -> Option<()> {
        loop {
            self.blanks();
            self.word()?;
            self.blanks();
            if self.eat(")") {
                return Some(());
            }
            self.expect("|")?;
        }
    }

    /// The body of `name()`, from the parentheses on.
    pub(super) fn function_body(&mut self) -> Option<Stage> {
        self.enter()?;
        self.function_body_from(self.at)
    }

    fn function_body_from(&mut self, start: usize) -> Option<Stage> {
        self.leaves_names = true;
        if self.eat("(") {
            self.blanks();
            self.expect(")")?;
        }
        self.lines()?;
        let body = self.compound_start()?;
        let mut stage = self.compound(body)?;
        stage.is_function = true;
        self.extend(&mut stage, start);
        self.leave();
        Some(stage)
    }

    /// `coproc`, from what follows on: a command, or a name and a compound command.
    fn coprocess(&mut self, start: usize) -> Option<Stage> {
        self.blanks();
        let command = self.at;
        self.skip(self.keyword().len());
        self.blanks();
        if self.compound_start().is_none() {
            self.at = command;
        }
        let mut stage = match self.compound_start() {
            Some(start) => self.compound(start)?,
            None => self.simple()?,
        };
        stage.is_coprocess = true;
        self.extend(&mut stage, start);
        self.leave();
        Some(stage)
    }

    /// Lets a stage begin at `start`.
    pub(super) fn extend(&self, stage: &mut Stage, start: usize) {
        let start = self.source.range(start..self.at).map(|range| range.start());
        stage.range = stage.range.zip(start).map(|(range, start)| TextRange::new(start, range.end()));
    }
}
