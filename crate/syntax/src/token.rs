//! Tokens for highlighting: the engine's own reading of the text, so that colours and findings cannot disagree.

use crate::order::{by_numbers, number};
use crate::{
    Arguments, Command, CopyArguments, Dockerfile, ExecForm, Healthcheck, Instruction, KeyValues, PieceKind, Source,
    Word,
};
use text_size::{TextRange, TextSize};

/// A coloured range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where; never empty, and tokens neither overlap nor go back.
    pub range: TextRange,
    /// What stands there.
    pub kind: TokenKind,
}

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A comment.
    Comment,
    /// A parser directive.
    Directive,
    /// The word that names an instruction, and `AS`, `CMD`, `NONE`.
    Keyword,
    /// A flag's name.
    Flag,
    /// An image reference.
    Image,
    /// The name of a stage.
    Stage,
    /// The name of a variable that is set, or of a label.
    Name,
    /// A use of a variable.
    Variable,
    /// Quoted text.
    String,
    /// A shell operator, and the punctuation of a JSON array.
    Operator,
    /// The character that continues a line.
    Continuation,
    /// A heredoc's marker and its end.
    Heredoc,
    /// An instruction that does not exist.
    Invalid,
}

impl TokenKind {
    /// Every kind; a kind's place in this list is its number.
    pub const ALL: [TokenKind; 13] = [
        TokenKind::Comment,
        TokenKind::Directive,
        TokenKind::Keyword,
        TokenKind::Flag,
        TokenKind::Image,
        TokenKind::Stage,
        TokenKind::Name,
        TokenKind::Variable,
        TokenKind::String,
        TokenKind::Operator,
        TokenKind::Continuation,
        TokenKind::Heredoc,
        TokenKind::Invalid,
    ];

    /// Its name, for style sheets.
    pub fn name(self) -> &'static str {
        match self {
            TokenKind::Comment => "comment",
            TokenKind::Directive => "directive",
            TokenKind::Keyword => "keyword",
            TokenKind::Flag => "flag",
            TokenKind::Image => "image",
            TokenKind::Stage => "stage",
            TokenKind::Name => "name",
            TokenKind::Variable => "variable",
            TokenKind::String => "string",
            TokenKind::Operator => "operator",
            TokenKind::Continuation => "continuation",
            TokenKind::Heredoc => "heredoc",
            TokenKind::Invalid => "invalid",
        }
    }
}

/// The tokens of a file, in order.
pub fn tokens(file: &Dockerfile) -> Vec<Token> {
    let mut painter = Painter { file, tokens: Vec::new() };
    for piece in &file.pieces {
        match piece.kind {
            PieceKind::Comment => painter.push(piece.content, TokenKind::Comment),
            PieceKind::Directive => painter.push(piece.content, TokenKind::Directive),
            _ => {}
        }
    }
    for instruction in &file.instructions {
        painter.instruction(instruction);
    }
    painter.finish()
}

struct Painter<'a> {
    file: &'a Dockerfile,
    tokens: Vec<Token>,
}

impl Painter<'_> {
    fn push(&mut self, range: TextRange, kind: TokenKind) {
        if !range.is_empty() {
            self.tokens.push(Token { range, kind });
        }
    }

    fn finish(self) -> Vec<Token> {
        // A wider token may hold narrower ones, a string its variables: the narrower wins.
        let wider_first = |token: &Token| (number(token.range.start()), u64::MAX - number(token.range.end()));
        let tokens = by_numbers(self.tokens, wider_first);
        let mut flat: Vec<Token> = Vec::with_capacity(tokens.len());
        let mut open: Vec<Token> = Vec::new();
        let mut at = TextSize::new(0);
        for token in tokens {
            while let Some(outer) = open.last().copied().filter(|outer| outer.range.end() <= token.range.start()) {
                emit(&mut flat, &mut at, outer.range.end(), outer.kind);
                open.pop();
            }
            if let Some(outer) = open.last() {
                emit(&mut flat, &mut at, token.range.start(), outer.kind);
                if token.range.end() > outer.range.end() {
                    continue;
                }
            }
            at = at.max(token.range.start());
            open.push(token);
        }
        while let Some(outer) = open.pop() {
            emit(&mut flat, &mut at, outer.range.end(), outer.kind);
        }
        flat
    }

    fn instruction(&mut self, instruction: &Instruction) {
        let is_unknown = instruction.keyword.kind == crate::InstructionKind::Unknown;
        self.push(instruction.keyword.range, if is_unknown { TokenKind::Invalid } else { TokenKind::Keyword });
        for flag in &instruction.flags {
            self.push(flag.name_range, TokenKind::Flag);
            if let Some(value) = &flag.value {
                self.word(value, None);
            }
        }
        for &comment in &instruction.comments {
            self.push(comment, TokenKind::Comment);
        }
        for &continuation in &instruction.continuations {
            let mark = TextRange::at(continuation.start(), TextSize::of(self.file.escape));
            self.push(mark, TokenKind::Continuation);
        }
        for heredoc in &instruction.heredocs {
            self.push(heredoc.marker, TokenKind::Heredoc);
            if let Some(terminator) = heredoc.terminator {
                self.push(terminator, TokenKind::Heredoc);
            }
        }
        self.arguments(instruction);
    }

    fn arguments(&mut self, instruction: &Instruction) {
        match &instruction.arguments {
            Arguments::From(from) => {
                self.word(&from.image, Some(TokenKind::Image));
                if let Some(keyword) = from.as_keyword {
                    self.push(keyword, TokenKind::Keyword);
                }
                if let Some(name) = &from.name {
                    self.word(name, Some(TokenKind::Stage));
                }
            }
            Arguments::Run(command) | Arguments::Cmd(command) | Arguments::Entrypoint(command) => {
                self.command(instruction, command)
            }
            Arguments::Healthcheck(Healthcheck::Command(command)) => {
                let keyword = TextRange::at(instruction.arguments_range.start(), TextSize::of("CMD"));
                self.push(keyword, TokenKind::Keyword);
                self.command(instruction, command);
            }
            Arguments::Healthcheck(Healthcheck::None(range)) => self.push(*range, TokenKind::Keyword),
            Arguments::Shell(exec) => self.exec(exec),
            Arguments::Copy(copy) | Arguments::Add(copy) => self.copy(copy),
            Arguments::Env(values) | Arguments::Label(values) => self.key_values(values),
            Arguments::Arg(declarations) => {
                for declaration in declarations {
                    self.push(declaration.name.range, TokenKind::Name);
                    if let Some(default) = &declaration.default {
                        self.word(default, Some(TokenKind::String));
                    }
                }
            }
            Arguments::Expose(words) | Arguments::Volume { paths: words, .. } => {
                words.iter().for_each(|word| self.word(word, None))
            }
            Arguments::Stopsignal(word) | Arguments::User(word) | Arguments::Workdir(word) => self.word(word, None),
            Arguments::Maintainer(word) => self.push(word.range, TokenKind::String),
            Arguments::Onbuild(trigger) => {
                self.push(trigger.keyword.range, TokenKind::Keyword);
                for flag in &trigger.flags {
                    self.push(flag.name_range, TokenKind::Flag);
                }
                self.arguments(trigger);
            }
            Arguments::Malformed => {}
        }
    }

    fn word(&mut self, word: &Word, kind: Option<TokenKind>) {
        if let Some(kind) = kind {
            self.push(word.range, kind);
        }
        for variable in word.variables() {
            if variable.range != word.range || kind.is_none() {
                self.push(variable.range, TokenKind::Variable);
            }
        }
    }

    fn copy(&mut self, copy: &CopyArguments) {
        for word in copy
            .sources
            .iter()
            .filter(|source| matches!(source, Source::Path(_)))
            .map(Source::word)
            .chain([&copy.destination])
        {
            self.word(word, copy.is_json.then_some(TokenKind::String));
        }
    }

    fn key_values(&mut self, values: &KeyValues) {
        for pair in &values.pairs {
            self.push(pair.key.range, TokenKind::Name);
            self.word(&pair.value, Some(TokenKind::String));
        }
    }

    fn exec(&mut self, exec: &ExecForm) {
        for argument in &exec.arguments {
            self.push(argument.range, TokenKind::String);
        }
    }

    fn command(&mut self, instruction: &Instruction, command: &Command) {
        match command {
            Command::Exec(exec) => self.exec(exec),
            Command::Shell(shell) => {
                let mut from = shell.range.start();
                for &joint in &instruction.continuations {
                    if let Some(joint) = joint.intersect(shell.range).filter(|joint| joint.start() >= from) {
                        self.shell(TextRange::new(from, joint.start()));
                        from = joint.end();
                    }
                }
                self.shell(TextRange::new(from, shell.range.end()));
            }
        }
    }

    /// Paints one line of shell text: quoted text, variables and operators. A quote that goes on over the end of the line is not
    /// followed there.
    fn shell(&mut self, range: TextRange) {
        let text = self.file.slice(range);
        let place = |from: usize, to: usize| crate::logical::span(from..to) + range.start();
        let mut characters = text.char_indices().peekable();
        let mut quote: Option<(char, usize)> = None;
        // After a `${` that nothing closes no later one is closed either, and looking again would take quadratic time.
        let mut unclosed = usize::MAX;
        while let Some((at, character)) = characters.next() {
            match (quote, character) {
                (None | Some(('"', _)), '\\') => {
                    characters.next();
                }
                (Some((open, start)), _) if character == open => {
                    self.push(place(start, at + 1), TokenKind::String);
                    quote = None;
                }
                (None | Some(('"', _)), '$') => {
                    let length = if at > unclosed { 0 } else { variable_length(text.get(at..).unwrap_or_default()) };
                    if length == 0 && characters.peek().is_some_and(|next| next.1 == '{') {
                        unclosed = unclosed.min(at);
                    }
                    self.push(place(at, at + length), TokenKind::Variable);
                    while characters.peek().is_some_and(|next| next.0 < at + length) {
                        characters.next();
                    }
                }
                (None, '\'' | '"') => quote = Some((character, at)),
                (None, '&' | '|' | ';') => self.push(place(at, at + 1), TokenKind::Operator),
                _ => {}
            }
        }
        if let Some((_, start)) = quote {
            self.push(place(start, text.len()), TokenKind::String);
        }
    }
}

/// The length of a variable at the start of a text; 0 when there is none.
fn variable_length(text: &str) -> usize {
    let rest = text.get(1..).unwrap_or_default();
    if let Some(braced) = rest.strip_prefix('{') {
        return braced.find('}').map_or(0, |end| end + 3);
    }
    let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    if name == 0 { 0 } else { name + 1 }
}

fn emit(flat: &mut Vec<Token>, at: &mut TextSize, end: TextSize, kind: TokenKind) {
    if end > *at {
        flat.push(Token { range: TextRange::new(*at, end), kind });
        *at = end;
    }
}
