//! Comments that silence findings: `# layerwise ignore=rule-id` and what people already have.

use crate::report::Finding;
use layerwise_syntax::{Dockerfile, PieceKind, TextRange};

/// The suppressions of a file.
#[derive(Debug, Default)]
pub(crate) struct Suppressions {
    found: Vec<Suppression>,
}

#[derive(Debug)]
struct Suppression {
    /// The lines of the instruction that it is for; `None` for the whole file.
    lines: Option<TextRange>,
    /// Rule ids or codes of other tools.
    names: Vec<String>,
}

impl Suppressions {
    /// Finds the suppressions of a file. One holds for the instruction on the lines after it; a global one for the whole file.
    pub fn of(file: &Dockerfile) -> Self {
        let mut found = Vec::new();
        // Suppressions may be stacked, and comments that say why may stand among them.
        let mut pending: Vec<Vec<String>> = Vec::new();
        for piece in &file.pieces {
            match piece.kind {
                PieceKind::Comment => match read(file.slice(piece.content)) {
                    Some((true, names)) => found.push(Suppression { lines: None, names }),
                    Some((false, names)) => pending.push(names),
                    None => {}
                },
                PieceKind::Instruction => {
                    found.extend(pending.drain(..).map(|names| Suppression { lines: Some(piece.range), names }));
                }
                PieceKind::Blank => pending.clear(),
                PieceKind::ByteOrderMark | PieceKind::Directive => {}
            }
        }
        Suppressions { found }
    }

    /// Whether a comment silences a finding.
    pub fn silences(&self, finding: &Finding) -> bool {
        let is_named = |name: &String| {
            finding.rule.eq_ignore_ascii_case(name)
                || finding.codes.iter().any(|code| code.code.eq_ignore_ascii_case(name))
        };
        self.found.iter().any(|suppression| {
            suppression.lines.is_none_or(|lines| lines.contains_range(finding.range))
                && suppression.names.iter().any(is_named)
        })
    }
}

/// Reads `# layerwise ignore=a,b why`, `# hadolint global ignore=A` and their like: whether it is global, and what it names.
fn read(comment: &str) -> Option<(bool, Vec<String>)> {
    let text = comment.trim_start_matches('#').trim_start();
    let rest = text.strip_prefix("layerwise").or_else(|| text.strip_prefix("hadolint"))?;
    let rest = rest.strip_prefix(char::is_whitespace)?.trim_start();
    let (is_global, rest) = match rest.strip_prefix("global") {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest),
    };
    let list = rest.strip_prefix("ignore")?.trim_start().strip_prefix('=')?;
    // Blanks may stand around commas. The first word that no comma precedes begins the reason.
    let mut names = Vec::new();
    for item in list.split(',') {
        let mut words = item.split_whitespace();
        names.extend(words.next().map(str::to_owned));
        if words.next().is_some() {
            break;
        }
    }
    (!names.is_empty()).then_some((is_global, names))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn comments_of_both_kinds_are_read() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(read("# hadolint ignore=DL3008,DL3009"), Some((false, names(&["DL3008", "DL3009"]))));
        assert_eq!(read("#hadolint ignore = DL3008 , DL3009"), Some((false, names(&["DL3008", "DL3009"]))));
        assert_eq!(
            read("# layerwise ignore=copy-not-add the archive is unpacked, on purpose"),
            Some((false, names(&["copy-not-add"])))
        );
        assert_eq!(read("# hadolint global ignore=DL3008"), Some((true, names(&["DL3008"]))));
        assert_eq!(read("# hadolint shell=bash"), None);
        assert_eq!(read("# layerwise"), None);
        assert_eq!(read("# ignore=x"), None);
        assert_eq!(read("# hadolint ignore="), None);
    }
}
