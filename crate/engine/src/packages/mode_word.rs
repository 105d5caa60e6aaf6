//! The modes that commands give to files and folders.

use crate::shell::{Command, Word};
use layerwise_syntax::{TextRange, TextSize};

/// A mode that a command sets.
#[derive(Debug)]
pub struct ModeWord<'c> {
    /// The mode as written.
    pub mode: &'c str,
    /// Where it stands.
    pub range: TextRange,
    /// What gets it.
    pub paths: Vec<&'c Word>,
}

/// The mode that `chmod`, `mkdir` or `install` sets, where it is literal.
pub fn mode_word(command: &Command) -> Option<ModeWord<'_>> {
    let mut paths = command.operands();
    let (word, mode) = match command.program()? {
        "chmod" if !paths.is_empty() => {
            let word = paths.remove(0);
            (word, word.known()?)
        }
        "mkdir" | "install" => flag_value(command, "-m", "--mode=")?,
        _ => return None,
    };
    paths.retain(|path| path.range != word.range);
    if command.is_one_of("install") && !command.has_any_flag("-d --directory -t --target-directory") {
        paths.drain(..paths.len().saturating_sub(1)); // what it copies keeps its own
    }
    let is_tail = word.raw.ends_with(mode);
    let start = word.range.end().checked_sub(TextSize::of(mode)).filter(|_| is_tail);
    let range = TextRange::new(start.unwrap_or(word.range.start()), word.range.end());
    Some(ModeWord { mode, range, paths })
}

/// The value of a flag in the forms `-m VALUE`, `-mVALUE`, `--mode=VALUE` and `--mode VALUE`.
fn flag_value<'c>(command: &'c Command, short: &str, long: &str) -> Option<(&'c Word, &'c str)> {
    let mut is_next = false;
    for word in command.arguments() {
        let text = word.known().unwrap_or_default();
        if is_next {
            return word.known().map(|text| (word, text));
        }
        is_next = text == short || Some(text) == long.strip_suffix('=');
        let attached = text.strip_prefix(long).or_else(|| text.strip_prefix(short));
        if let Some(value) = attached.filter(|value| !is_next && !value.is_empty()) {
            return Some((word, value));
        }
    }
    None
}

/// What a mode gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ModeBits {
    /// Everybody may write.
    pub everybody_writes: bool,
    /// What runs does so as its owner.
    pub setuid: bool,
    /// What runs does so as its group; of a folder, that what is made in it belongs to its group.
    pub setgid: bool,
    /// Only its owner may remove what lies in a folder.
    pub sticky: bool,
}

/// Reads a mode, octal or symbolic, that gives something. What it takes away is left out.
pub fn mode_bits(mode: &str) -> ModeBits {
    let mut bits = ModeBits::default();
    if let Ok(number) = u32::from_str_radix(mode, 8) {
        let has = |bit: u32| number & bit != 0;
        return ModeBits { everybody_writes: has(0o2), setuid: has(0o4000), setgid: has(0o2000), sticky: has(0o1000) };
    }
    for clause in mode.split(',') {
        let Some(at) = clause.find(['+', '=']) else { continue };
        let (who, what) = (clause.get(..at).unwrap_or_default(), clause.get(at + 1..).unwrap_or_default());
        bits.everybody_writes |= who.contains(['o', 'a']) && what.contains('w');
        bits.setuid |= what.contains('s') && (who.is_empty() || who.contains(['u', 'a']));
        bits.setgid |= what.contains('s') && (who.is_empty() || who.contains(['g', 'a']));
        bits.sticky |= what.contains('t');
    }
    bits
}

/// Whether a mode gives its owner to read or to enter what others then may not: `700`, `u+x`. Of letters nobody knows what was there before.
pub fn keeps_others_out(mode: &str) -> bool {
    const READ_AND_ENTER: u32 = 0o5;
    if let Ok(number) = u32::from_str_radix(mode, 8) {
        return number >> 6 & !number & READ_AND_ENTER != 0;
    }
    mode.split(',').any(|clause| {
        let at = clause.find(['+', '=', '-']).unwrap_or_default();
        let (who, what) = clause.split_at(at);
        let is_about_others = who.is_empty() || who.contains(['o', 'a']);
        what.contains(['r', 'x']) && is_about_others == what.starts_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::{keeps_others_out, mode_bits};

    #[test]
    fn a_mode_keeps_others_out() {
        for mode in ["700", "0750", "744", "600", "440", "u+x", "ug+rwx", "go-rwx", "o-x", "u=rwx,go=", "4710"] {
            assert!(keeps_others_out(mode), "{mode}");
        }
        for mode in ["755", "0644", "777", "+x", "a+x", "ugo+x", "g+w", "go-w", "a-s", "u+s", "2775", "666", "=rx", "X"]
        {
            assert!(!keeps_others_out(mode), "{mode}");
        }
    }

    #[test]
    fn modes_are_read_as_chmod_does() {
        for mode in ["777", "0666", "1777", "a+w", "o=rw", "ugo+rwX", "u=rwx,o+w"] {
            assert!(mode_bits(mode).everybody_writes, "{mode}");
        }
        for mode in ["775", "+w", "g+w", "o-w", "u=rwx,go=rx", "+x", "1775", "a-w"] {
            assert!(!mode_bits(mode).everybody_writes, "{mode}");
        }
        assert!(
            mode_bits("4755").setuid && mode_bits("u+s").setuid && mode_bits("+s").setgid && mode_bits("2755").setgid
        );
        assert!(!mode_bits("u-s").setuid && !mode_bits("755").setuid && mode_bits("+t").sticky);
    }
}
