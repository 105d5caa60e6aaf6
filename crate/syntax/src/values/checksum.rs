//! Checksums of `ADD --checksum`.

/// What is wrong with a checksum: a digest for a download, a commit for a Git repository.
pub(crate) fn fault(text: &str, is_git: bool) -> Option<String> {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
    if is_git {
        // A short commit will do.
        let is_commit = (7..=64).contains(&text.len()) && is_hex(&text.to_ascii_lowercase());
        return (!is_commit && !text.contains(':')).then(|| format!("`{text}` is no commit of a Git repository."));
    }
    let length = match text.split_once(':') {
        Some(("sha256", digits)) => (64, digits),
        Some(("sha384", digits)) => (96, digits),
        Some(("sha512", digits)) => (128, digits),
        _ => return Some(format!("`{text}` is no checksum; write `sha256:` and 64 hexadecimal digits.")),
    };
    (length.1.len() != length.0 || !is_hex(length.1))
        .then(|| format!("This checksum needs {} hexadecimal digits in lower case after the colon.", length.0))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn a_checksum_is_a_digest_or_a_commit() {
        assert_eq!(fault(&format!("sha256:{}", "0a".repeat(32)), false), None);
        assert_eq!(fault("0123456789abcdef0123456789abcdef01234567", true), None);
        for bad in ["", "sha256:abc", "md5:00", &format!("sha256:{}", "0A".repeat(32))] {
            assert!(fault(bad, false).is_some(), "{bad}");
        }
    }
}
