//! The frontend that a file asks for with `# syntax=`.

use super::Document;
use crate::fix::{Edit, insert, newline_of};
use layerwise_syntax::{DirectiveKind, TextSize};

/// The frontend that reads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frontend {
    /// The one that the builder brings along: the file names none.
    Builder,
    /// The newest of Docker's: `docker/dockerfile:1`, or without a tag.
    Newest,
    /// Version 1.x of Docker's.
    Minor(u32),
    /// Docker's with what is still tried out: of version 1.x, or the newest.
    Labs(Option<u32>),
    /// Somebody else's, or one that a variable or digest names.
    Other,
}

impl Frontend {
    /// Whether it surely knows what version 1.`minor` brought. The builder's own counts as new.
    pub fn knows(self, minor: u32) -> bool {
        match self {
            Frontend::Builder | Frontend::Newest | Frontend::Labs(None) => true,
            Frontend::Minor(own) | Frontend::Labs(Some(own)) => own >= minor,
            Frontend::Other => false,
        }
    }
}

impl Document<'_> {
    /// The frontend that the file asks for.
    pub fn frontend(&self) -> Frontend {
        let directive = self.file.directives.iter().find(|directive| directive.kind == DirectiveKind::Syntax);
        let Some(directive) = directive else { return Frontend::Builder };
        let value = directive.value.strip_prefix("docker.io/").unwrap_or(&directive.value);
        let reference = value.split('@').next().unwrap_or(value);
        let Some(tag) = reference.strip_prefix("docker/dockerfile") else { return Frontend::Other };
        let version = match tag.strip_prefix(':') {
            Some(version) => version,
            None if tag.is_empty() => return Frontend::Newest,
            None => return Frontend::Other,
        };
        let minor = version.strip_prefix("1.").and_then(|rest| rest.split(['.', '-']).next()?.parse().ok());
        if version.ends_with("labs") || version.ends_with("experimental") {
            return Frontend::Labs(minor);
        }
        if matches!(version, "1" | "latest" | "master") {
            return Frontend::Newest;
        }
        minor.map_or(Frontend::Other, Frontend::Minor)
    }

    /// The edit that lets the builder fetch the newest frontend; `None` where the file names one already, or is no whole file.
    pub fn newest_frontend(&self) -> Option<Edit> {
        // Behind a byte order mark, which no line may come before.
        let has_mark = self.file.text().starts_with('\u{feff}');
        let start = if has_mark { TextSize::of('\u{feff}') } else { TextSize::new(0) };
        let line = || insert(start, format!("# syntax=docker/dockerfile:1{}", newline_of(self.file.text())));
        (self.frontend() == Frontend::Builder && !self.file.is_fragment).then(line)
    }
}
