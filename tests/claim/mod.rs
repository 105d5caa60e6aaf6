//! What a Dockerfile of `tests/agreement` says of another tool, in a comment. Read by the test that holds us to the opposite, and by
//! `cargo xtask compare`, which holds the tool to it.

/// `# hadolint reports DL3008 at line 4: why that is wrong`, or `misses`.
pub struct Claim<'t> {
    /// The tool.
    #[allow(dead_code, reason = "the test asks nobody but us")]
    pub peer: &'t str,
    /// Whether the tool reports the code there, as against missing it.
    pub is_reported: bool,
    /// The tool's code.
    pub code: &'t str,
    /// The line of the instruction.
    pub line: u32,
}

impl Claim<'_> {
    /// Reads a comment, `#` included. `None` for one that claims nothing.
    pub fn read(comment: &str) -> Option<Claim<'_>> {
        let mut words = comment.strip_prefix("# ")?.split(' ');
        let (peer, verb, code) = (words.next()?, words.next()?, words.next()?);
        let is_reported = match verb {
            "reports" => true,
            "misses" => false,
            _ => return None,
        };
        let ["at", "line", number] = [words.next()?, words.next()?, words.next()?] else { return None };
        // A claim gives its reason.
        words.next()?;
        Some(Claim { peer, is_reported, code, line: number.strip_suffix(':')?.parse().ok()? })
    }
}
