#![doc = include_str!("../README.md")]

mod arguments;
mod directive;
mod expansion;
mod flag;
mod grammar;
mod heredoc;
mod instruction;
mod json;
mod lines;
pub mod list;
mod logical;
pub mod lookup;
mod mount;
pub mod order;
mod parse;
mod problem;
mod script;
mod spelling;
mod token;
mod tree;
mod validate;
mod values;
mod word;

pub use arguments::{
    ArgDeclaration, Arguments, Command, CopyArguments, EnvPair, ExecArgument, ExecForm, FromArguments, Healthcheck,
    KeyValues, ShellForm, Source,
};
pub use directive::{Directive, DirectiveKind};
pub use expansion::{Expansion, Modifier, Part, Variable, expand};
pub use flag::Flag;
pub use heredoc::Heredoc;
pub use instruction::{Instruction, InstructionKind, Keyword};
pub use mount::{Mount, MountType};
pub use parse::parse;
pub use problem::{Correction, Problem, ProblemKind};
pub use script::Script;
pub use spelling::nearest;
pub use text_size::{TextRange, TextSize};
pub use token::{Token, TokenKind, tokens};
pub use tree::{Dockerfile, Piece, PieceKind};
pub use validate::PLATFORM_ARGS;
pub use word::Word;
