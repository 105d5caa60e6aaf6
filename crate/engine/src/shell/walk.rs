//! The walk over the parser's tree that makes a [`Script`].

use super::chain::{Chain, ChainId, Separator};
use super::command::{Command, Context};
use super::extent::{self, is_list_operator};
use super::limits::{MAX_NESTING, MAX_SHELLS, MAX_WALK, may_be_parsed, steps};
use super::read::Source;
use super::script::{Dialect, Script};
use super::wrapper::{self, Unwrapped, Wrapper};
use shuck_ast::{
    self as ast, BinaryOp, BuiltinCommand, Command as Node, CompoundCommand, DeclClause, DeclOperand, Stmt, StmtSeq,
    StmtTerminator,
};
use shuck_parser::parser::{ParseResult, ParseStatus, Parser};
use shuck_parser::{ShellDialect, ShellProfile};
use std::ops::Range;
use std::sync::Arc;
use text_size::{TextRange, TextSize};

pub(super) struct Walk<'a> {
    pub(super) source: Source<'a>,
    script: Script,
    /// The `sh -c` around what is walked, with what runs it.
    pub(super) around: Vec<Arc<Wrapper>>,
    shells: usize,
    pub(super) depth: usize,
    /// Something was met that cannot be placed or followed: then the script counts as unreadable.
    pub(super) is_lost: bool,
}

impl<'a> Walk<'a> {
    /// Reads a whole script.
    pub fn of(text: &'a str, offset: TextSize, dialect: Dialect) -> Script {
        let source = Source { text, offset };
        let Some(parsed) = parse(source, dialect) else { return Script::default() };
        let mut walk = Walk {
            source,
            script: Script { is_readable: true, ..Script::default() },
            around: Vec::new(),
            shells: 0,
            depth: 0,
            is_lost: false,
        };
        walk.sequence(&parsed.file.body, Context::default(), None);
        if walk.is_lost { Script::default() } else { walk.script }
    }

    pub(super) fn sequence(&mut self, sequence: &StmtSeq, context: Context, parent: Option<ChainId>) {
        if self.depth >= MAX_WALK {
            self.is_lost = true;
            return;
        }
        self.depth = self.depth.saturating_add(1);
        self.script.has_comments |= !sequence.leading_comments.is_empty() || !sequence.trailing_comments.is_empty();
        let last = sequence.stmts.len().saturating_sub(1);
        for (index, statement) in sequence.stmts.iter().enumerate() {
            self.script.has_comments |= !statement.leading_comments.is_empty() || statement.inline_comment.is_some();
            let is_last = index == last;
            let separator = match statement.terminator {
                Some(StmtTerminator::Semicolon) => Separator::Semicolon,
                Some(StmtTerminator::Background(_)) => Separator::Background,
                None if is_last => Separator::End,
                None => Separator::Newline,
            };
            let in_background = context.in_background || separator == Separator::Background;
            self.list(statement, Context { in_background, ..context }, parent, separator, is_last);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// An and-or list: the `&&` chains between its `||`.
    fn list(&mut self, list: &Stmt, context: Context, parent: Option<ChainId>, separator: Separator, is_last: bool) {
        let links = flatten(list, is_list_operator);
        let mut rest = links.as_slice();
        let mut is_alternative = false;
        while !rest.is_empty() {
            // A chain is its first link and all that follow with `&&`.
            let length = rest
                .iter()
                .skip(1)
                .take_while(|(operator, _)| *operator == Some(BinaryOp::And))
                .count()
                .saturating_add(1);
            let (chain, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            let id = ChainId::new(self.script.chains.len());
            self.script.chains.push(Chain {
                id,
                parent,
                range: self.chain_range(chain),
                links: chain.len(),
                is_alternative,
                followed_by: if after.is_empty() { separator } else { Separator::Or },
                is_last: is_last && after.is_empty(),
            });
            let is_tested = context.is_tested || !after.is_empty();
            for (index, (_, link)) in chain.iter().enumerate() {
                let is_conditional = context.is_conditional || (is_alternative && index == 0);
                self.pipeline(link, Context { is_conditional, is_tested, ..context }, id);
            }
            rest = after;
            is_alternative = true;
        }
    }

    fn chain_range(&self, links: &[(Option<BinaryOp>, &Stmt)]) -> Option<TextRange> {
        let first = extent::of_statement(links.first()?.1, self.source.text)?;
        let last = extent::of_statement(links.last()?.1, self.source.text)?;
        self.source.range(first.start..last.end)
    }

    fn pipeline(&mut self, link: &Stmt, context: Context, chain: ChainId) {
        let context = Context { is_negated: context.is_negated || link.negated, ..context };
        let stages = flatten_pipe(link);
        let last = stages.len().saturating_sub(1);
        for (index, stage) in stages.iter().enumerate() {
            let reads_pipe = context.reads_pipe || index > 0;
            let writes_pipe = context.writes_pipe || index < last;
            self.stage(stage, Context { reads_pipe, writes_pipe, ..context }, chain);
        }
    }

    fn stage(&mut self, statement: &Stmt, context: Context, chain: ChainId) {
        match &statement.command {
            Node::Simple(simple) => self.simple(simple, statement, context, chain),
            Node::Builtin(builtin) => self.builtin(builtin, statement, context, chain),
            Node::Decl(declaration) => self.declaration(declaration, statement, context, chain),
            // Flattened already; what is left stands behind a `!` of its own, which no shell's grammar allows.
            Node::Binary(_) | Node::AnonymousFunction(_) => self.is_lost = true,
            Node::Compound(compound) => {
                self.redirect_substitutions(&statement.redirects, context, chain);
                self.compound(compound, context, chain);
            }
            Node::Function(function) => {
                self.script.leaves_names = true;
                let context = Context { is_conditional: true, in_function: true, ..context };
                self.nested(&function.body, context, chain);
            }
        }
    }

    /// A statement on its own inside another: a function's body, what `time` times.
    fn nested(&mut self, statement: &Stmt, context: Context, chain: ChainId) {
        if self.depth >= MAX_WALK {
            self.is_lost = true;
            return;
        }
        self.depth = self.depth.saturating_add(1);
        self.pipeline(statement, context, chain);
        self.depth = self.depth.saturating_sub(1);
    }

    fn compound(&mut self, compound: &CompoundCommand, context: Context, chain: ChainId) {
        let parent = Some(chain);
        let conditional = Context { is_conditional: true, ..context };
        let tested = Context { is_tested: true, ..conditional };
        match compound {
            CompoundCommand::If(it) => {
                self.sequence(&it.condition, tested, parent);
                self.sequence(&it.then_branch, conditional, parent);
                for (condition, branch) in &it.elif_branches {
                    self.sequence(condition, tested, parent);
                    self.sequence(branch, conditional, parent);
                }
                if let Some(branch) = &it.else_branch {
                    self.sequence(branch, conditional, parent);
                }
            }
            CompoundCommand::For(it) => {
                self.script.leaves_names = true;
                self.word_substitutions(it.words.iter().flatten(), context, chain);
                self.sequence(&it.body, conditional, parent);
            }
            CompoundCommand::Select(it) => {
                self.script.leaves_names = true;
                self.word_substitutions(&it.words, context, chain);
                self.sequence(&it.body, conditional, parent);
            }
            CompoundCommand::ArithmeticFor(it) => {
                self.script.leaves_names = true;
                self.sequence(&it.body, conditional, parent);
            }
            CompoundCommand::While(it) => {
                self.sequence(&it.condition, tested, parent);
                self.sequence(&it.body, conditional, parent);
            }
            CompoundCommand::Until(it) => {
                self.sequence(&it.condition, tested, parent);
                self.sequence(&it.body, conditional, parent);
            }
            CompoundCommand::Case(it) => {
                self.word_substitutions([&it.word], context, chain);
                for case in &it.cases {
                    self.sequence(&case.body, conditional, parent);
                }
            }
            CompoundCommand::Subshell(body) => self.sequence(body, Context { in_subshell: true, ..context }, parent),
            CompoundCommand::BraceGroup(body) => self.sequence(body, context, parent),
            CompoundCommand::Time(time) => {
                let Some(timed) = &time.command else { return };
                let start = time.span.start.offset();
                let Some(word) = self.source.plain_word(start..start.saturating_add("time".len())) else { return };
                self.around.push(Arc::new(Wrapper { words: vec![word] }));
                self.nested(timed, context, chain);
                self.around.pop();
            }
            CompoundCommand::Conditional(it) => self.condition_substitutions(&it.expression, context, chain),
            CompoundCommand::Arithmetic(_) => self.script.leaves_names = true,
            CompoundCommand::Coproc(it) => self.nested(&it.body, Context { in_background: true, ..context }, chain),
            // Only zsh has these, and no dialect of ours reads them.
            CompoundCommand::Repeat(_) | CompoundCommand::Foreach(_) | CompoundCommand::Always(_) => {
                self.is_lost = true
            }
        }
    }

    fn simple(&mut self, simple: &ast::SimpleCommand, statement: &Stmt, context: Context, chain: ChainId) {
        // Assignments alone have an empty word for a name, and end as their last substitution does.
        let has_name = simple.name.span.start.offset() < simple.name.span.end.offset();
        let loses_status = context.loses_status || has_name;
        self.assignment_substitutions(&simple.assignments, Context { loses_status, ..context }, chain);
        self.word_substitutions(std::iter::once(&simple.name).chain(&simple.args), context, chain);
        let words: Option<Vec<_>> = std::iter::once(&simple.name)
            .filter(|_| has_name)
            .chain(&simple.args)
            .map(|word| self.source.word(word))
            .collect();
        let assignments = simple.assignments.iter();
        self.command(Found { words, range: extent::of_simple(simple) }, assignments, statement, context, chain);
    }

    fn builtin(&mut self, builtin: &BuiltinCommand, statement: &Stmt, context: Context, chain: ChainId) {
        let (name, first, rest, span, assignments) = match builtin {
            BuiltinCommand::Break(it) => ("break", &it.depth, &it.extra_args, it.span, &it.assignments),
            BuiltinCommand::Continue(it) => ("continue", &it.depth, &it.extra_args, it.span, &it.assignments),
            BuiltinCommand::Return(it) => ("return", &it.code, &it.extra_args, it.span, &it.assignments),
            BuiltinCommand::Exit(it) => ("exit", &it.code, &it.extra_args, it.span, &it.assignments),
        };
        self.assignment_substitutions(assignments, context.without_status(), chain);
        self.word_substitutions(first.iter().chain(rest), context, chain);
        // With assignments in front the span starts at those; nobody writes that.
        let start = span.start.offset();
        let name = self.source.plain_word(start..start.saturating_add(name.len())).filter(|word| word.is(name));
        let words = std::iter::once(name).chain(first.iter().chain(rest).map(|word| self.source.word(word))).collect();
        let range = Some(extent::of_builtin(builtin));
        self.command(Found { words, range }, assignments.iter(), statement, context, chain);
    }

    fn declaration(&mut self, declaration: &DeclClause, statement: &Stmt, context: Context, chain: ChainId) {
        self.assignment_substitutions(&declaration.assignments, context.without_status(), chain);
        for operand in &declaration.operands {
            match operand {
                DeclOperand::Assignment(assignment) => {
                    let assignments = std::slice::from_ref(assignment);
                    self.assignment_substitutions(assignments, context.without_status(), chain);
                }
                DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => self.word_substitutions([word], context, chain),
                DeclOperand::Name(_) => {}
            }
        }
        let name = self.source.plain_word(extent::bytes(declaration.variant_span));
        let operands = declaration.operands.iter().map(|operand| self.source.operand(operand));
        let words = std::iter::once(name).chain(operands).collect();
        let range = declaration
            .operands
            .iter()
            .map(extent::of_operand)
            .chain(declaration.assignments.iter().map(|assignment| extent::bytes(assignment.span)))
            .fold(extent::bytes(declaration.variant_span), |all, part| {
                all.start.min(part.start)..all.end.max(part.end)
            });
        let found = Found { words, range: Some(range) };
        let exported = declaration.operands.iter().filter_map(|operand| match operand {
            DeclOperand::Assignment(assignment) => Some(assignment),
            _ => None,
        });
        self.command(found, declaration.assignments.iter().chain(exported), statement, context, chain);
    }

    /// Adds a command, or the commands of the script that it runs.
    fn command<'n>(
        &mut self,
        found: Found,
        assignments: impl Iterator<Item = &'n ast::Assignment>,
        statement: &Stmt,
        context: Context,
        chain: ChainId,
    ) {
        self.redirect_substitutions(&statement.redirects, context, chain);
        let redirects: Option<Vec<_>> =
            statement.redirects.iter().map(|redirect| self.source.redirect(redirect)).collect();
        let assignments: Option<Vec<_>> = assignments.map(|assignment| self.source.assignment(assignment)).collect();
        let range = statement.redirects.iter().map(|redirect| extent::bytes(redirect.span)).chain(found.range);
        let range = range.reduce(|all, part| all.start.min(part.start)..all.end.max(part.end));
        let (Some(words), Some(redirects), Some(mut assignments)) = (found.words, redirects, assignments) else {
            self.is_lost = true;
            return;
        };
        let Some(range) = range.and_then(|range| self.source.range(range)) else { return };

        let Unwrapped { wrappers, assignments: given, words } = wrapper::unwrap(words);
        assignments.extend(given);
        let mut around = self.around.clone();
        around.extend(wrappers.into_iter().map(Arc::new));
        let command = Command { words, wrappers: around, assignments, redirects, range, context, chain };
        if !self.inner_script(&command) {
            self.script.commands.push(command);
        }
    }

    /// Walks the script of `sh -c '…'` in place of the command. `false` where it cannot be read with exact positions.
    fn inner_script(&mut self, command: &Command) -> bool {
        let Some(index) = wrapper::script_argument(&command.words) else { return false };
        let Some((inner, dialect)) = self.inner_source(command, index) else { return false };
        if self.shells >= MAX_SHELLS || self.depth >= MAX_WALK {
            return false;
        }
        let Some(parsed) = parse(inner, dialect) else { return false };

        let outer = std::mem::replace(&mut self.source, inner);
        let shell = Wrapper { words: command.words.iter().take(index).cloned().collect() };
        let mut around = command.wrappers.clone();
        around.push(Arc::new(shell));
        let around = std::mem::replace(&mut self.around, around);
        self.shells = self.shells.saturating_add(1);
        self.sequence(&parsed.file.body, Context { in_subshell: true, ..command.context }, Some(command.chain));
        self.shells = self.shells.saturating_sub(1);
        self.around = around;
        self.source = outer;
        true
    }

    /// The script of `sh -c`, if it stands in the text just as the shell gets it.
    fn inner_source(&self, command: &Command, index: usize) -> Option<(Source<'a>, Dialect)> {
        let word = command.words.get(index)?;
        let text = word.known()?;
        let quote = match word.raw.chars().next()? {
            '\'' | '"' => 1,
            _ => 0,
        };
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
    words: Option<Vec<super::word::Word>>,
    range: Option<Range<usize>>,
}

fn parse(source: Source<'_>, dialect: Dialect) -> Option<ParseResult> {
    if !may_be_parsed(source.text) {
        return None;
    }
    source.range(0..source.text.len())?;
    let dialect = match dialect {
        Dialect::Posix => ShellDialect::Posix,
        Dialect::Bash => ShellDialect::Bash,
    };
    let profile = ShellProfile::native(dialect);
    let parsed = Parser::with_limits_and_profile(source.text, MAX_NESTING, steps(source.text.len()), profile).parse();
    (parsed.status == ParseStatus::Clean).then_some(parsed)
}

/// The operands of a run of operators of one kind, which nest to the left, in order; each with the operator before it.
fn flatten(statement: &Stmt, belongs: impl Fn(BinaryOp) -> bool) -> Vec<(Option<BinaryOp>, &Stmt)> {
    let mut operands = Vec::new();
    let mut left = statement;
    while let Node::Binary(binary) = &left.command
        && !left.negated
        && belongs(binary.op)
    {
        operands.push((Some(binary.op), &*binary.right));
        left = &binary.left;
    }
    operands.push((None, left));
    operands.reverse();
    operands
}

/// The stages of a pipeline. Its `!` stands on the whole of it.
fn flatten_pipe(link: &Stmt) -> Vec<&Stmt> {
    let Node::Binary(binary) = &link.command else { return vec![link] };
    if is_list_operator(binary.op) {
        return vec![link];
    }
    let mut stages: Vec<_> =
        flatten(&binary.left, |operator| !is_list_operator(operator)).into_iter().map(|(_, stage)| stage).collect();
    stages.push(&binary.right);
    stages
}
