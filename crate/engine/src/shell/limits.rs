//! What keeps reading a script bounded, whatever the script.

/// How deep constructs may nest. With 100, the parser's own default, `$(` nested 60 deep overflows the 1 MB stack that
/// a WebAssembly module has.
pub(super) const MAX_NESTING: usize = 32;

/// How deep the walk itself goes, words and statements together. The parser's limit stops earlier; this one is what the
/// stack's bound rests on.
pub(super) const MAX_WALK: usize = 100;

/// How often `sh -c` is looked into inside `sh -c`.
pub(super) const MAX_SHELLS: usize = 3;

/// Longer scripts are not read. The longest RUN seen in real Dockerfiles has a tenth of this.
const MAX_LENGTH: usize = 512 * 1024;

/// How often a word may occur that the parser recurses on without counting the depth.
const MAX_UNCOUNTED: usize = 32;

/// Words that stand in front of a command and nest: `time time time …` overflows the parser's stack.
const UNCOUNTED: [&str; 2] = ["time", "coproc"];

/// How many braces may be open at once. The parser looks for the end of each one anew.
const MAX_OPEN_BRACES: usize = 64;

/// How deep `${…}` may nest. The parser reads each level several times over: a thousand levels take it minutes.
const MAX_EXPANSIONS: usize = 4;

/// The parser's steps for a script of this length: twice what the densest real shell needs. Some nestings cost it twice
/// as much with every level, so a generous flat sum would be seconds.
pub(super) fn steps(length: usize) -> usize {
    length.saturating_mul(3).saturating_add(5_000)
}

/// Whether the parser may be given this script.
pub(super) fn may_be_parsed(script: &str) -> bool {
    let is_break = |letter: char| letter.is_whitespace() || "\\;&|(){}<>`!".contains(letter);
    let uncounted = || script.split(is_break).filter(|word| UNCOUNTED.contains(word)).count();
    script.len() <= MAX_LENGTH && uncounted() <= MAX_UNCOUNTED && has_shallow_braces(script)
}

/// Whether braces nest no deeper than they may, quotes left aside.
fn has_shallow_braces(script: &str) -> bool {
    // For each open brace, whether a dollar stands before it.
    let mut open = Vec::new();
    let mut expansions = 0_usize;
    let mut before = ' ';
    for letter in script.chars() {
        match letter {
            '{' => {
                open.push(before == '$');
                expansions = expansions.saturating_add(usize::from(before == '$'));
            }
            '}' if open.pop() == Some(true) => expansions = expansions.saturating_sub(1),
            _ => {}
        }
        if open.len() > MAX_OPEN_BRACES || expansions > MAX_EXPANSIONS {
            return false;
        }
        before = letter;
    }
    true
}
