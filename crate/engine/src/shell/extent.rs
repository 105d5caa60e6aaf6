//! The exact extent of a statement.
//!
//! The parser's own spans run on into the operator that follows and leave out parentheses and braces. Edits need better,
//! so the extent is built up from what does have an exact place: words, redirections and keywords.

use shuck_ast::{
    BinaryCommand, BinaryOp, BuiltinCommand, Command, CompoundCommand, DeclOperand, ForSyntax, IfSyntax, SimpleCommand,
    Span, Stmt, StmtSeq,
};
use std::ops::Range;

/// Nesting beyond which no extent is worked out; the parser stops earlier.
const MAX_DEPTH: usize = 64;

/// From the first to behind the last byte of a statement, without its terminator. `None` where that is uncertain.
pub(super) fn of_statement(statement: &Stmt, script: &str) -> Option<Range<usize>> {
    statement_at(statement, script, 0)
}

fn statement_at(statement: &Stmt, script: &str, depth: usize) -> Option<Range<usize>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let command = command(&statement.command, script, depth.checked_add(1)?);
    let is_only_redirects = matches!(&statement.command, Command::Simple(simple) if of_simple(simple).is_none());
    if command.is_none() && !is_only_redirects {
        return None;
    }
    let redirects = statement.redirects.iter().map(|redirect| bytes(redirect.span));
    let mut extent = command.into_iter().chain(redirects).reduce(join)?;
    if statement.negated {
        extent.start = extent.start.min(statement.span.start.offset());
    }
    Some(extent)
}

fn command(command: &Command, script: &str, depth: usize) -> Option<Range<usize>> {
    match command {
        Command::Simple(simple) => of_simple(simple),
        Command::Builtin(builtin) => Some(of_builtin(builtin)),
        Command::Decl(declaration) => {
            let mut extent = bytes(declaration.variant_span);
            for operand in &declaration.operands {
                extent = join(extent, of_operand(operand));
            }
            Some(declaration.assignments.iter().fold(extent, |extent, assignment| join(extent, bytes(assignment.span))))
        }
        Command::Binary(binary) => {
            let start = leftmost(binary, script, depth)?;
            Some(start..statement_at(&binary.right, script, depth)?.end)
        }
        Command::Compound(compound) => of_compound(compound, script, depth),
        Command::Function(function) => {
            let start = function.header.span().start.offset();
            Some(start..statement_at(&function.body, script, depth)?.end)
        }
        Command::AnonymousFunction(_) => None,
    }
}

/// Operators of one level nest to the left, a thousand deep: that side is followed in a loop.
fn leftmost(binary: &BinaryCommand, script: &str, depth: usize) -> Option<usize> {
    let mut left = &binary.left;
    while let Command::Binary(BinaryCommand { left: further, .. }) = &left.command {
        if left.negated {
            return Some(left.span.start.offset());
        }
        left = further;
    }
    Some(statement_at(left, script, depth)?.start)
}

/// The extent of a simple command without its redirections; `None` if it has no words and no assignments.
pub(super) fn of_simple(simple: &SimpleCommand) -> Option<Range<usize>> {
    let words = std::iter::once(&simple.name).chain(&simple.args).map(|word| bytes(word.span));
    let assignments = simple.assignments.iter().map(|assignment| bytes(assignment.span));
    // A command without a name has an empty word at the very start instead.
    words.chain(assignments).filter(|part| !part.is_empty()).reduce(join)
}

/// The extent of `exit 1` and its like.
pub(super) fn of_builtin(builtin: &BuiltinCommand) -> Range<usize> {
    let (name, first, rest, span, assignments) = match builtin {
        BuiltinCommand::Break(it) => ("break", &it.depth, &it.extra_args, it.span, &it.assignments),
        BuiltinCommand::Continue(it) => ("continue", &it.depth, &it.extra_args, it.span, &it.assignments),
        BuiltinCommand::Return(it) => ("return", &it.code, &it.extra_args, it.span, &it.assignments),
        BuiltinCommand::Exit(it) => ("exit", &it.code, &it.extra_args, it.span, &it.assignments),
    };
    let start = span.start.offset();
    let mut extent = start..start.saturating_add(name.len());
    for word in first.iter().chain(rest) {
        extent = join(extent, bytes(word.span));
    }
    assignments.iter().fold(extent, |extent, assignment| join(extent, bytes(assignment.span)))
}

/// The extent of an operand of `export` and its like.
pub(super) fn of_operand(operand: &DeclOperand) -> Range<usize> {
    bytes(match operand {
        DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => word.span,
        DeclOperand::Name(reference) => reference.span,
        DeclOperand::Assignment(assignment) => assignment.span,
    })
}

fn of_compound(compound: &CompoundCommand, script: &str, depth: usize) -> Option<Range<usize>> {
    let (span, closer) = match compound {
        CompoundCommand::Subshell(body) => return enclosed(body, script, depth, b'(', b')'),
        CompoundCommand::BraceGroup(body) => return enclosed(body, script, depth, b'{', b'}'),
        CompoundCommand::Time(time) => {
            let start = time.span.start.offset();
            return Some(start..statement_at(time.command.as_deref()?, script, depth)?.end);
        }
        CompoundCommand::If(it) => match it.syntax {
            IfSyntax::ThenFi { fi_span, .. } => (it.span, fi_span),
            IfSyntax::Brace { .. } => return None,
        },
        CompoundCommand::For(it) => match it.syntax {
            ForSyntax::InDoDone { done_span, .. } | ForSyntax::ParenDoDone { done_span, .. } => (it.span, done_span),
            _ => return None,
        },
        CompoundCommand::ArithmeticFor(it) => (it.span, it.done_span?),
        CompoundCommand::While(it) => (it.span, it.done_span?),
        CompoundCommand::Until(it) => (it.span, it.done_span?),
        CompoundCommand::Case(it) => (it.span, it.esac_span),
        CompoundCommand::Select(it) => (it.span, it.done_span),
        CompoundCommand::Arithmetic(it) => (it.left_paren_span, it.right_paren_span),
        CompoundCommand::Conditional(it) => (it.left_bracket_span, it.right_bracket_span),
        CompoundCommand::Repeat(_)
        | CompoundCommand::Foreach(_)
        | CompoundCommand::Coproc(_)
        | CompoundCommand::Always(_) => return None,
    };
    // A closing keyword's span may take in the blanks and the separator behind it.
    let end = trimmed_end(script, closer.start.offset(), closer.end.offset())?;
    Some(span.start.offset()..end)
}

/// A group: its brackets have no span of their own and are looked for next to what they hold.
fn enclosed(body: &StmtSeq, script: &str, depth: usize, opening: u8, closing: u8) -> Option<Range<usize>> {
    let first = statement_at(body.stmts.first()?, script, depth)?;
    let last = body.stmts.last()?;
    let inner_end = statement_at(last, script, depth)?.end;
    let inner_end = last.terminator_span.map_or(inner_end, |span| inner_end.max(span.end.offset()));

    let before = script.get(..first.start)?.trim_end();
    let start = before.len().checked_sub(1)?;
    let after = script.get(inner_end..)?;
    let end = inner_end.checked_add(after.len().checked_sub(after.trim_start().len())?)?;
    let bytes = script.as_bytes();
    (bytes.get(start) == Some(&opening) && bytes.get(end) == Some(&closing)).then_some(start..end.checked_add(1)?)
}

/// The end of the keyword or bracket that starts at `start`.
fn trimmed_end(script: &str, start: usize, end: usize) -> Option<usize> {
    let text = script.get(start..end)?;
    let length = match text.bytes().next()? {
        first if first.is_ascii_alphabetic() => {
            text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len())
        }
        _ => text.trim_end().len(),
    };
    start.checked_add(length)
}

/// The bytes of a parser's span.
pub(super) fn bytes(span: Span) -> Range<usize> {
    span.start.offset()..span.end.offset()
}

/// Whether the operator joins and-or lists, as against pipelines.
pub(super) fn is_list_operator(operator: BinaryOp) -> bool {
    matches!(operator, BinaryOp::And | BinaryOp::Or)
}

fn join(left: Range<usize>, right: Range<usize>) -> Range<usize> {
    if right.is_empty() {
        return left;
    }
    left.start.min(right.start)..left.end.max(right.end)
}
