//! Modes of `--chmod`: octal, or symbolic as `chmod` takes them.

/// What is wrong with a mode.
pub(crate) fn fault(text: &str) -> Option<String> {
    let is_octal = u32::from_str_radix(text, 8).is_ok_and(|mode| mode <= 0o7777 && !text.starts_with('+'));
    let is_valid = is_octal || (!text.is_empty() && text.split(',').all(is_clause));
    (!is_valid)
        .then(|| format!("`{text}` is no file mode; write an octal number up to 7777, such as 755, or `u=rwX,go=rX`."))
}

/// Whether a text is a clause such as `ug+x` or `a=rX`.
fn is_clause(text: &str) -> bool {
    let actions = text.trim_start_matches(['u', 'g', 'o', 'a']);
    let is_action = |c: char| matches!(c, '+' | '-' | '=' | 'r' | 'w' | 'x' | 'X' | 's' | 't' | 'u' | 'g' | 'o');
    actions.starts_with(['+', '-', '=']) && actions.chars().all(is_action)
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn modes_are_octal_or_symbolic() {
        for good in ["755", "0644", "4755", "+x", "u=rwX,go=rX", "a-w", "go-rwx"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["", "888", "77777", "0x1ff", "rwx", "u=q", "755,", "+755"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
