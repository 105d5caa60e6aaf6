//! Command substitutions, wherever they hide: in words, redirections, heredocs, arithmetic and `[[ … ]]`.

use super::chain::ChainId;
use super::command::Context;
use super::extent;
use super::limits::MAX_WALK;
use super::walk::Walk;
use shuck_ast::{
    self as ast, AssignmentValue, CommandSubstitutionSyntax, ConditionalExpr, HeredocBodyPart, RedirectTarget, StmtSeq,
    WordPart, WordPartNode,
};
use std::ops::Range;

impl Walk<'_> {
    pub(super) fn assignment_substitutions(
        &mut self,
        assignments: &[ast::Assignment],
        context: Context,
        chain: ChainId,
    ) {
        for assignment in assignments {
            match &assignment.value {
                AssignmentValue::Scalar(word) => self.part_substitutions(&word.parts, context, chain),
                AssignmentValue::Compound(array) => {
                    let words = array.elements.iter().map(|element| &element.value().word);
                    self.word_substitutions(words, context, chain);
                }
            }
        }
    }

    pub(super) fn redirect_substitutions(&mut self, redirects: &[ast::Redirect], context: Context, chain: ChainId) {
        for redirect in redirects {
            match &redirect.target {
                RedirectTarget::Word(word) => self.word_substitutions([word], context, chain),
                RedirectTarget::Heredoc(heredoc) => {
                    for part in &heredoc.body.parts {
                        if let HeredocBodyPart::CommandSubstitution { body, syntax } = &part.kind {
                            let context = context.without_status();
                            self.substitution(body, Some(*syntax), extent::bytes(part.span), context, chain);
                        }
                    }
                }
            }
        }
    }

    /// The operators of `[[ … ]]` nest to the left, a thousand deep, hence the list of what is still to be seen.
    pub(super) fn condition_substitutions(&mut self, condition: &ConditionalExpr, context: Context, chain: ChainId) {
        let mut pending = vec![condition];
        while let Some(condition) = pending.pop() {
            match condition {
                ConditionalExpr::Binary(it) => pending.extend([&*it.right, &*it.left]),
                ConditionalExpr::Unary(it) => pending.push(&it.expr),
                ConditionalExpr::Parenthesized(it) => pending.push(&it.expr),
                ConditionalExpr::Word(word) | ConditionalExpr::Regex(word) => {
                    self.word_substitutions([word], context, chain);
                }
                ConditionalExpr::Pattern(_) | ConditionalExpr::VarRef(_) => {}
            }
        }
    }

    pub(super) fn word_substitutions<'n>(
        &mut self,
        words: impl IntoIterator<Item = &'n ast::Word>,
        context: Context,
        chain: ChainId,
    ) {
        for word in words {
            self.part_substitutions(&word.parts, context.without_status(), chain);
        }
    }

    fn part_substitutions(&mut self, parts: &[WordPartNode], context: Context, chain: ChainId) {
        if self.depth >= MAX_WALK {
            self.is_lost = true;
            return;
        }
        self.depth = self.depth.saturating_add(1);
        for part in parts {
            let span = extent::bytes(part.span);
            match &part.kind {
                WordPart::CommandSubstitution { body, syntax } => {
                    self.substitution(body, Some(*syntax), span, context, chain);
                }
                WordPart::ProcessSubstitution { body, .. } => {
                    self.substitution(body, None, span, context.without_status(), chain);
                }
                WordPart::DoubleQuoted { parts, .. } => self.part_substitutions(parts, context, chain),
                WordPart::ArithmeticExpansion { expression_word_ast: word, .. } => {
                    self.part_substitutions(&word.parts, context, chain);
                }
                WordPart::ParameterExpansion { operand_word_ast: Some(word), .. }
                | WordPart::IndirectExpansion { operand_word_ast: Some(word), .. } => {
                    self.part_substitutions(&word.parts, context, chain);
                }
                WordPart::Parameter(parameter) => {
                    if let Some(word) = parameter.bourne().and_then(ast::BourneParameterExpansion::operand_word_ast) {
                        self.part_substitutions(&word.parts, context, chain);
                    }
                }
                _ => {}
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn substitution(
        &mut self,
        body: &StmtSeq,
        syntax: Option<CommandSubstitutionSyntax>,
        span: Range<usize>,
        context: Context,
        chain: ChainId,
    ) {
        // Backslashes inside backticks are resolved before the script is read, so positions in there are not exact.
        let is_escaped = syntax == Some(CommandSubstitutionSyntax::Backtick)
            && self.source.text.get(span).is_none_or(|text| text.contains('\\'));
        if is_escaped {
            return;
        }
        // What a substitution prints is taken as a value; the pipe and the `!` belong to the command around it.
        let context = Context {
            in_subshell: true,
            in_substitution: true,
            reads_pipe: false,
            writes_pipe: false,
            is_negated: false,
            ..context
        };
        let around = std::mem::take(&mut self.around);
        self.sequence(body, context, Some(chain));
        self.around = around;
    }
}
