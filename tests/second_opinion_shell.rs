//! A second opinion on shell text: `shuck-parser` sees the same words of the same commands, and finds the same scripts readable.
//!
//! It reads on where a shell refuses, and looks past a few places where commands hide. `Known` says which differences that makes; one
//! without such a reason fails the test.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod folder;
mod opinions;

use folder::{other_peoples_dockerfiles, own_dockerfiles};
use layerwise_engine::shell::{self, Dialect};
use layerwise_syntax::parse;
use opinions::{Verdict, compare_folder};
use shuck_ast::{
    AssignmentValue, BuiltinCommand, Command, CompoundCommand, ConditionalExpr, DeclOperand, HeredocBodyPart,
    RedirectTarget, Stmt, StmtSeq, Word, WordPart, WordPartNode,
};
use shuck_parser::parser::{ParseStatus, Parser};
use shuck_parser::{ShellDialect, ShellProfile};
use std::collections::BTreeSet;

/// Why the two may differ on a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    /// It takes parentheses into words, or begins a subshell in the middle of a command. A shell refuses both.
    Parentheses,
    /// It reads two commands where nothing separates them. A shell refuses that.
    NoSeparator,
    /// It takes an expansion for closed where the text ends, or an empty one for one. A shell refuses both.
    OpenExpansion,
    /// It takes the descriptor of a heredoc for a word.
    HeredocDescriptor,
    /// It does not look for commands in subscripts, patterns and arithmetic commands.
    Unseen,
    /// It takes a second `!` for a program.
    SecondNegation,
    /// It refuses an assignment in front of `exit` and its like.
    AssignmentBeforeBuiltin,
    /// It refuses braces for `do` and `done`, a line break before `in`, and a `select` without words.
    LoopForms,
    /// It refuses a line break in a substitution on a line with a heredoc.
    LineBreakBeforeHeredoc,
    /// It reads the body of only one heredoc of a command.
    SecondHeredoc,
    /// It takes `coproc` for a keyword of every shell.
    Coprocess,
    /// It takes a script in `$((` for arithmetic.
    DoubleParentheses,
    /// In a default between double quotes it pairs single quotes, as bash alone does.
    QuoteInDefault,
    /// It takes `time` with nothing behind it for a keyword.
    TimeAlone,
    /// It refuses `if [[ … ]]` of a script that is not bash's. BusyBox has it, and others call a program of that name.
    BashCondition,
}

/// The words of all simple commands, as ranges of bytes. `None` for what cannot be read.
type Words = Option<BTreeSet<(usize, usize)>>;

/// Ours, and the ranges of the scripts of `sh -c`, which only we look into.
fn ours(text: &str, dialect: Dialect) -> (Words, Vec<(usize, usize)>) {
    let script = shell::parse(text, 0.into(), dialect);
    let mut words = BTreeSet::new();
    let mut inner = Vec::new();
    for command in &script.commands {
        let bytes = |word: &shell::Word| (word.range.start().into(), word.range.end().into());
        let shells = command.wrappers.iter().position(|wrapper| wrapper.is_shell());
        let wrappers = command.wrappers.iter().take(shells.map_or(usize::MAX, |shell| shell + 1));
        // The keyword `time` is no word of a command.
        let is_keyword = |word: &shell::Word| word.is("time") && command.range.start() > word.range.start();
        words.extend(wrappers.flat_map(|wrapper| &wrapper.words).filter(|word| !is_keyword(word)).map(bytes));
        match shells {
            Some(_) => inner.push((command.range.start().into(), command.range.end().into())),
            None => words.extend(command.words.iter().map(bytes)),
        }
    }
    (script.is_readable.then_some(words), inner)
}

fn theirs(text: &str, dialect: Dialect) -> Words {
    let dialect = match dialect {
        Dialect::Posix => ShellDialect::Posix,
        Dialect::Bash => ShellDialect::Bash,
    };
    let parsed = Parser::with_limits_and_profile(text, 64, 1_000_000, ShellProfile::native(dialect)).parse();
    let mut seen = Seen { text, words: BTreeSet::new() };
    seen.sequence(&parsed.file.body);
    (parsed.status == ParseStatus::Clean).then_some(seen.words)
}

/// The walk over their tree.
struct Seen<'a> {
    text: &'a str,
    words: BTreeSet<(usize, usize)>,
}

impl Seen<'_> {
    fn sequence(&mut self, sequence: &StmtSeq) {
        for statement in &sequence.stmts {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        for redirect in &statement.redirects {
            match &redirect.target {
                RedirectTarget::Word(word) => self.parts(&word.parts),
                RedirectTarget::Heredoc(heredoc) => {
                    for part in &heredoc.body.parts {
                        if let HeredocBodyPart::CommandSubstitution { body, .. } = &part.kind {
                            self.sequence(body);
                        }
                    }
                }
            }
        }
        match &statement.command {
            Command::Simple(it) => {
                self.assignments(&it.assignments);
                self.word(&it.name);
                it.args.iter().for_each(|word| self.word(word));
            }
            Command::Builtin(builtin) => {
                let (name, first, rest, span) = match builtin {
                    BuiltinCommand::Break(it) => ("break", &it.depth, &it.extra_args, it.span),
                    BuiltinCommand::Continue(it) => ("continue", &it.depth, &it.extra_args, it.span),
                    BuiltinCommand::Return(it) => ("return", &it.code, &it.extra_args, it.span),
                    BuiltinCommand::Exit(it) => ("exit", &it.code, &it.extra_args, it.span),
                };
                self.words.insert((span.start.offset(), span.start.offset() + name.len()));
                first.iter().chain(rest).for_each(|word| self.word(word));
            }
            Command::Decl(it) => {
                self.assignments(&it.assignments);
                self.words.insert((it.variant_span.start.offset(), it.variant_span.end.offset()));
                for operand in &it.operands {
                    match operand {
                        DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => self.word(word),
                        DeclOperand::Name(name) => {
                            self.words.insert((name.span.start.offset(), name.span.end.offset()));
                        }
                        DeclOperand::Assignment(assignment) => {
                            self.words.insert((assignment.span.start.offset(), assignment.span.end.offset()));
                            self.assignments(std::slice::from_ref(assignment));
                        }
                    }
                }
            }
            Command::Binary(it) => {
                self.statement(&it.left);
                self.statement(&it.right);
            }
            Command::Compound(it) => self.compound(it),
            Command::Function(it) => self.statement(&it.body),
            Command::AnonymousFunction(_) => {}
        }
    }

    fn compound(&mut self, compound: &CompoundCommand) {
        match compound {
            CompoundCommand::If(it) => {
                self.sequence(&it.condition);
                self.sequence(&it.then_branch);
                for (condition, branch) in &it.elif_branches {
                    self.sequence(condition);
                    self.sequence(branch);
                }
                it.else_branch.iter().for_each(|branch| self.sequence(branch));
            }
            CompoundCommand::For(it) => {
                it.words.iter().flatten().for_each(|word| self.parts(&word.parts));
                self.sequence(&it.body);
            }
            CompoundCommand::Select(it) => {
                it.words.iter().for_each(|word| self.parts(&word.parts));
                self.sequence(&it.body);
            }
            CompoundCommand::ArithmeticFor(it) => self.sequence(&it.body),
            CompoundCommand::While(it) => {
                self.sequence(&it.condition);
                self.sequence(&it.body);
            }
            CompoundCommand::Until(it) => {
                self.sequence(&it.condition);
                self.sequence(&it.body);
            }
            CompoundCommand::Case(it) => {
                self.parts(&it.word.parts);
                it.cases.iter().for_each(|case| self.sequence(&case.body));
            }
            CompoundCommand::Subshell(body) | CompoundCommand::BraceGroup(body) => self.sequence(body),
            CompoundCommand::Time(it) => it.command.iter().for_each(|timed| self.statement(timed)),
            CompoundCommand::Coproc(it) => self.statement(&it.body),
            CompoundCommand::Conditional(it) => self.condition(&it.expression),
            _ => {}
        }
    }

    fn condition(&mut self, condition: &ConditionalExpr) {
        match condition {
            ConditionalExpr::Binary(it) => {
                self.condition(&it.left);
                self.condition(&it.right);
            }
            ConditionalExpr::Unary(it) => self.condition(&it.expr),
            ConditionalExpr::Parenthesized(it) => self.condition(&it.expr),
            ConditionalExpr::Word(word) | ConditionalExpr::Regex(word) => self.parts(&word.parts),
            ConditionalExpr::Pattern(_) | ConditionalExpr::VarRef(_) => {}
        }
    }

    fn word(&mut self, word: &Word) {
        let (start, end) = (word.span.start.offset(), word.span.end.offset());
        // Without a program there is an empty word for one.
        if start < end {
            self.words.insert((start, end));
        }
        self.parts(&word.parts);
    }

    fn assignments(&mut self, assignments: &[shuck_ast::Assignment]) {
        for assignment in assignments {
            match &assignment.value {
                AssignmentValue::Scalar(word) => self.parts(&word.parts),
                AssignmentValue::Compound(array) => {
                    array.elements.iter().for_each(|element| self.parts(&element.value().word.parts));
                }
            }
        }
    }

    fn parts(&mut self, parts: &[WordPartNode]) {
        for part in parts {
            match &part.kind {
                WordPart::CommandSubstitution { body, .. } => {
                    let text = self.text.get(part.span.start.offset()..part.span.end.offset()).unwrap();
                    // Backslashes in backticks go before the script is read: places in there are not exact.
                    if !(text.starts_with('`') && text.contains('\\')) {
                        self.sequence(body);
                    }
                }
                WordPart::ProcessSubstitution { body, .. } => self.sequence(body),
                WordPart::DoubleQuoted { parts, .. } => self.parts(parts),
                WordPart::ArithmeticExpansion { expression_word_ast: word, .. } => self.parts(&word.parts),
                WordPart::ParameterExpansion { operand_word_ast: Some(word), .. }
                | WordPart::IndirectExpansion { operand_word_ast: Some(word), .. } => self.parts(&word.parts),
                WordPart::Parameter(it) => {
                    let operand = it.bourne().and_then(shuck_ast::BourneParameterExpansion::operand_word_ast);
                    operand.into_iter().for_each(|word| self.parts(&word.parts));
                }
                _ => {}
            }
        }
    }
}

/// What the two say differently of a script, if anything.
fn difference(text: &str, dialect: Dialect) -> Option<String> {
    let (mut ours, inner) = ours(text, dialect);
    let mut theirs = theirs(text, dialect);
    if let (Some(ours), Some(theirs)) = (&mut ours, &mut theirs) {
        // The script of `sh -c` is one word for them.
        let holds = |outer: &(usize, usize), inner: &(usize, usize)| outer.0 <= inner.0 && inner.1 <= outer.1;
        let scripts: Vec<_> = theirs.extract_if(.., |word| inner.iter().any(|inner| holds(word, inner))).collect();
        ours.retain(|word| !scripts.iter().any(|script| holds(script, word)));
    }
    if ours == theirs {
        return None;
    }
    let (Some(ours), Some(theirs)) = (&ours, &theirs) else {
        return Some(format!("{dialect:?}: readable for us {}, for them {}", ours.is_some(), theirs.is_some()));
    };
    let slices = |words: Vec<&(usize, usize)>| -> Vec<&str> {
        words.into_iter().map(|&(start, end)| text.get(start..end).unwrap()).collect()
    };
    let (more, fewer) = (ours.difference(theirs).collect(), theirs.difference(ours).collect());
    Some(format!("{dialect:?}: only for us {:?}, only for them {:?}", slices(more), slices(fewer)))
}

/// Snippets on which both agree.
const AGREED: [&str; 63] = [
    "",
    "# only a comment",
    "a 'b c' \"d\"e f\\ g",
    "a && b || c; d\ne & f",
    "a | b |& c",
    "! a | b",
    "A=1 B='x y' C= c",
    "a=(1 $(b) \"c\") d",
    "export -n A=\"b c\" C D=$E F=(1 $(x)) G+=2 \"$H\"",
    "exit 1; return; break 2; continue",
    "( cd x && make ) && { y; }",
    "{ a; b; } 2>&1 | c > d",
    "if a; then b; elif c; then d; else e; fi",
    "while a\ndo\nb\ndone",
    "until a; do b; done &",
    "for i in $(ls) b; do x $i; done | tee f",
    "for i; do x; done",
    "for i do x; done",
    "for ((i=0;i<3;i++)); do x; done",
    "select i in $(a); do x; done",
    "case $x in (a|b) c;; [0-9]*|\"d e\") f;& *) g;;& h) esac",
    "case a in esac",
    "f() { a; }; function g { b; }; function h() ( c ); i() if d; then e; fi",
    "[[ -n $(z) && a == b* || ! ( -f c ) ]] && d",
    "[[ $a =~ ^(b|c)[[:space:]]$ ]] || d",
    "(( a++ )) && b",
    "((a && b) || c) && d",
    "coproc a",
    "coproc N { a; }",
    "time a | b",
    "time -p a && b",
    "a >f 2>&1 3>>g <h <>i >|j &>k >&2 2>&- <&0",
    "a<b>c 2>d",
    "cat <<E > f && b\nhi $(c) `d`\nE\ne",
    "cat <<-'E'\n\thi $(c)\n\tE\n",
    "cat <<E",
    "a <<< \"$(b)\"",
    "diff <(a) <(b $(c)) > >(d)",
    "while a; do b; done < <(c)",
    "echo $x ${y} ${#z} ${a[0]} ${!b} ${c:1:2} ${d/x/e} ${f^^} $1 $? $@ ${!j@} ${@:2} ${#}",
    "echo ${x:-$(y)} \"${z:+\"$(w)\"}\" ${v#*/}",
    "echo \"${b%'}'}\" ${c//\\}/d}",
    "echo $(( $(z) + (1 << 2) )) $[1+2]",
    "echo `a` \"`b \"c\"`\" `d \\`e\\``",
    "echo \"$(a \"b\" 'c')\"",
    "echo $'a\\'b' $\"c\" d",
    "echo * ? [a] {a,b} {1..3} ~/x !(a|b) @(c) a#b #d",
    "echo $ a$ \"$\"",
    "a; # c\nb # d\n",
    "a &&\n\n b |\nc",
    "a\\\nb c\\\n d",
    "sudo -u x env A=1 make",
    "x && sh -c 'a && b' || bash -c \"c d\"",
    "x=$(a | b) y=`c` d=$(e)",
    "a $(b $(c $(d)))",
    "$(a) b; \"$c\" d; `e`",
    "if a; then b",
    "a && ",
    "echo 'open",
    "a | | b",
    "( a",
    "a )",
    "{ a }",
];

/// Snippets on which they differ, and why.
const DIFFERING: [(&str, Known); 30] = [
    ("a(b)", Known::Parentheses),
    ("echo a=(b)", Known::Parentheses),
    ("$x = ('a' -f $b); c", Known::Parentheses),
    ("()", Known::Parentheses),
    ("{ a; } b", Known::NoSeparator),
    ("(a) b", Known::NoSeparator),
    ("{a; b;}", Known::NoSeparator),
    ("a ; ; b", Known::NoSeparator),
    ("echo ${a", Known::OpenExpansion),
    ("cat 3<<E\na\nE", Known::HeredocDescriptor),
    ("for ((i=0;i<$(n);i++)); do x; done", Known::Unseen),
    ("(( $(n) > 1 ))", Known::Unseen),
    ("case a in b$(f)) c;; esac", Known::Unseen),
    ("[[ a == $(b) ]]", Known::Unseen),
    ("echo ${a[$(b)]}", Known::Unseen),
    ("a[$(b)]=c", Known::Unseen),
    ("! ! a", Known::SecondNegation),
    ("A=1 exit 2", Known::AssignmentBeforeBuiltin),
    ("for x in a; { b; }", Known::LoopForms),
    ("for x\nin a\ndo b\ndone", Known::LoopForms),
    ("select x; do a; done", Known::LoopForms),
    ("a <<E && $(b\n)\nx\nE\nc", Known::LineBreakBeforeHeredoc),
    ("cat <<D <<E\nD\n$(a)\nE\n", Known::SecondHeredoc),
    ("coproc a", Known::Coprocess),
    ("coproc N a", Known::Coprocess),
    ("echo $((a); (b))", Known::DoubleParentheses),
    ("echo \"${a:-it's}\" \"${b:-it's}\"", Known::QuoteInDefault),
    ("time", Known::TimeAlone),
    ("time -p", Known::TimeAlone),
    ("if [[ -n a ]]; then b; fi", Known::BashCondition),
];

#[test]
fn both_readers_agree_on_the_grammar() {
    for text in AGREED {
        assert_eq!(difference(text, Dialect::Bash), None, "{text}");
    }
    for (text, reason) in DIFFERING {
        let differs = [Dialect::Posix, Dialect::Bash].into_iter().any(|dialect| difference(text, dialect).is_some());
        assert!(differs, "{text} is no longer an example of {reason:?}");
    }
}

fn known_reason(script: &str, dialect: Dialect) -> Option<Known> {
    if (0..10).any(|descriptor| script.contains(&format!(" {descriptor}<<"))) {
        Some(Known::HeredocDescriptor)
    } else if ["= (", "Variable('", "print("].iter().any(|call| script.contains(call)) {
        // PowerShell and Python.
        Some(Known::Parentheses)
    } else if dialect == Dialect::Posix && script.contains("if [[ ") {
        Some(Known::BashCondition)
    } else {
        None
    }
}

/// The scripts of a Dockerfile: of every `RUN` and its like, and the bodies of its heredocs.
fn scripts(text: &str) -> Vec<String> {
    let file = parse(text);
    let mut scripts = Vec::new();
    for instruction in &file.instructions {
        scripts.extend(file.script(instruction).map(|script| script.text));
        scripts.extend(instruction.heredocs.iter().map(|heredoc| file.heredoc_script(heredoc.body).text));
    }
    scripts
}

/// Compares both readings of every script of a Dockerfile, in each dialect.
fn compare(text: &str) -> Vec<Verdict<Known>> {
    let mut verdicts = Vec::new();
    for script in scripts(text) {
        for dialect in [Dialect::Posix, Dialect::Bash] {
            verdicts.push(match (difference(&script, dialect), known_reason(&script, dialect)) {
                (None, _) => Ok(None),
                (Some(_), Some(reason)) => Ok(Some(reason)),
                (Some(difference), None) => Err(format!("{difference}\n{script}")),
            });
        }
    }
    verdicts
}

#[test]
fn both_readers_agree_on_our_own_dockerfiles() {
    let agreed = compare_folder(&own_dockerfiles(), compare);
    assert!(agreed >= 200, "{agreed} scripts agree");
}

#[test]
fn both_readers_agree_on_other_peoples_dockerfiles() {
    let Some(folder) = other_peoples_dockerfiles() else { return };
    let agreed = compare_folder(&folder, compare);
    assert!(agreed > 0, "some script is read by both");
}
