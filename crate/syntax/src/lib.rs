//! A total, lossless Dockerfile parser that reads what BuildKit reads and goes on after errors.
//!
//! [`parse`] gives every text a tree. What BuildKit would refuse stands beside the tree as [`Problem`]s, each with a
//! sentence and a place, and the rest of the file is parsed all the same. Nothing is lost: the [`Piece`]s, joined, are the
//! input byte for byte.
//!
//! ```
//! use layerwise_syntax::{Arguments, parse};
//!
//! let file = parse("FROM alpine:3.23 AS build\nRUN apk add --no-cache \\\n    curl\n");
//! let [from, run] = &file.instructions[..] else { unreachable!() };
//! let Arguments::From(from) = &from.arguments else { unreachable!() };
//! assert_eq!(from.image.text, "alpine:3.23");
//! assert_eq!(from.name.as_ref().unwrap().text, "build");
//! assert_eq!(file.slice(run.range), "RUN apk add --no-cache \\\n    curl");
//! assert!(file.problems.is_empty());
//! ```
//!
//! The crate knows the grammar and holds no opinion: whether `latest` is a good tag is somebody else's business.

mod arguments;
mod directive;
mod expansion;
mod flag;
mod grammar;
mod heredoc;
mod instruction;
mod json;
mod lines;
mod logical;
mod mount;
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
pub use word::Word;
