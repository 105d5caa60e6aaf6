//! `chmod` and `chown`: what they change, and whether a `COPY` can do it instead.

use crate::document::{Document, Frontend, Step};
use crate::shell::Command;
use crate::table::Listed;

/// A `chmod` or `chown` of paths that are known.
#[derive(Debug)]
pub struct ModeChange<'c> {
    /// The flag of `COPY` that does the same: `chmod` or `chown`.
    pub flag: &'static str,
    /// The mode or owner.
    pub value: &'c str,
    /// The paths, absolute and clean.
    pub paths: Vec<String>,
    /// Whether all that lies below them is changed too.
    pub is_recursive: bool,
}

/// Whether a builder takes a value as a flag of `COPY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagSupport {
    /// Every builder with BuildKit does.
    Sure,
    /// Builders of 2025 and later do.
    Recent,
    /// The one that this file asks for does not.
    No,
}

/// Reads a command that does nothing but change modes or owners of paths which are known.
pub fn mode_change<'c>(step: &Step<'_>, command: &'c Command) -> Option<ModeChange<'c>> {
    let flag = match command.program()? {
        "chmod" => "chmod",
        "chown" => "chown",
        _ => return None,
    };
    let is_plain = !command.context.is_conditional && command.wrappers.is_empty() && command.redirects.is_empty();
    let operands = command.operands();
    let (value, targets) = operands.split_first().filter(|_| is_plain)?;
    let paths: Option<Vec<String>> = targets.iter().map(|target| step.absolute_path(target.known()?)).collect();
    let paths = paths.filter(|paths| !paths.is_empty())?;
    let is_recursive = command.has_any_flag("-R --recursive");
    Some(ModeChange { flag, value: value.known()?, paths, is_recursive })
}

impl ModeChange<'_> {
    /// Whether it sets bits that builders have lost on the way (setuid, setgid, sticky).
    pub fn is_special(&self) -> bool {
        let is_octal = self.value.bytes().all(|byte| byte.is_ascii_digit());
        let has_fourth = self.value.len() > 3 && !self.value.starts_with('0');
        self.flag == "chmod" && if is_octal { has_fourth } else { self.value.contains(['s', 't']) }
    }

    /// Whether it is harmless for folders that a `COPY` makes on the way, which get it too.
    pub fn suits_folders(&self) -> bool {
        const AS_THEY_ARE: &str = "755 0755 +x a+x u+x a+rx";
        self.flag == "chmod" && self.value.is_one_of(AS_THEY_ARE)
    }

    /// Whether the builder takes the value as a flag of `COPY`: numbers since version 1.2 of its frontend, letters since
    /// 1.14. <https://github.com/moby/buildkit/releases/tag/dockerfile%2F1.2.0>
    pub fn support(&self, document: &Document<'_>) -> FlagSupport {
        let is_name =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if self.flag == "chown" {
            return if self.value.split(':').all(is_name) { FlagSupport::Sure } else { FlagSupport::No };
        }
        if self.value.len() >= 3 && self.value.bytes().all(|byte| matches!(byte, b'0'..=b'7')) {
            return if document.frontend().knows(2) { FlagSupport::Sure } else { FlagSupport::No };
        }
        let change = self.value.trim_start_matches(['u', 'g', 'o', 'a']);
        let is_simple =
            change.starts_with(['+', '=']) && change.chars().skip(1).all(|c| matches!(c, 'r' | 'w' | 'x' | 'X'));
        match document.frontend() {
            _ if !is_simple => FlagSupport::No,
            Frontend::Builder => FlagSupport::Recent,
            frontend if frontend.knows(14) => FlagSupport::Sure,
            _ => FlagSupport::No,
        }
    }
}
