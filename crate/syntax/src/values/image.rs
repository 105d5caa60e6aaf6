//! Image references. <https://pkg.go.dev/github.com/distribution/reference>

/// The longest name that registries take.
const LONGEST_NAME: usize = 255;
const LONGEST_TAG: usize = 128;

/// What is wrong with an image reference.
pub(crate) fn fault(text: &str) -> Option<String> {
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    // A colon before the last slash belongs to a registry's port.
    let last_part = rest.rfind('/').map_or(0, |slash| slash + 1);
    let tag_at = rest.get(last_part..).and_then(|part| part.find(':')).map(|colon| last_part + colon);
    let (name, tag) = match tag_at.and_then(|colon| Some((rest.get(..colon)?, rest.get(colon + 1..)?))) {
        Some((name, tag)) => (name, Some(tag)),
        None => (rest, None),
    };
    name_fault(text, name).or_else(|| tag_fault(tag?)).or_else(|| digest_fault(digest?))
}

fn name_fault(text: &str, name: &str) -> Option<String> {
    let (domain, path) = match name.split_once('/') {
        Some((first, rest)) if is_domain(first) => (Some(first), rest),
        _ => (None, name),
    };
    if domain.is_some_and(|domain| !is_valid_domain(domain)) {
        return Some(format!("`{text}` is no image: its registry is no host name."));
    }
    if path.is_empty() {
        return Some(format!("`{text}` is no image: it has no name."));
    }
    if path.chars().any(|c| c.is_ascii_uppercase()) {
        return Some(format!("`{text}` is no image: a name is written in lower case."));
    }
    if !path.split('/').all(is_path_part) || name.len() > LONGEST_NAME {
        let message = "a name has letters, digits and single `.`, `_` or `-` between them";
        return Some(format!("`{text}` is no image: {message}."));
    }
    let is_id = path.len() == 64 && path.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id && domain.is_none()).then(|| format!("`{text}` is an image's id; FROM takes a name."))
}

fn is_domain(part: &str) -> bool {
    part.contains(['.', ':']) || part == "localhost" || part.chars().any(|c| c.is_ascii_uppercase())
}

fn is_valid_domain(domain: &str) -> bool {
    let (host, port) = match domain.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => {
            let is_address = !address.is_empty() && address.chars().all(|c| c.is_ascii_hexdigit() || c == ':');
            return is_address && (port.is_empty() || port.strip_prefix(':').is_some_and(is_number));
        }
        None => domain.split_once(':').map_or((domain, None), |(host, port)| (host, Some(port))),
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    host.split('.').all(is_label) && port.is_none_or(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters and digits, with `.`, `_`, `__` or any number of `-` between them.
fn is_path_part(part: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let separators = part.split(is_letter).filter(|separator| !separator.is_empty());
    part.starts_with(is_letter)
        && part.ends_with(is_letter)
        && separators.into_iter().all(|separator| {
            matches!(separator, "." | "_" | "__") || separator.chars().all(|character| character == '-')
        })
}

/// Where the colon stands that should be the `@` before a digest, which makes the reference one that registries take.
pub(crate) fn colon_before_digest(text: &str) -> Option<usize> {
    let colon = text.find(COLON_DIGEST)?;
    let mended = format!("{}@{}", text.get(..colon)?, text.get(colon + 1..)?);
    fault(&mended).is_none().then_some(colon)
}

const COLON_DIGEST: &str = ":sha256:";

fn tag_fault(tag: &str) -> Option<String> {
    if format!(":{tag}").contains(COLON_DIGEST) {
        return Some("A digest follows `@`, and here it follows `:`.".to_owned());
    }
    if tag.is_empty() {
        return Some("A tag is missing after the colon.".to_owned());
    }
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_tag = tag.starts_with(is_letter)
        && tag.chars().all(|c| is_letter(c) || matches!(c, '.' | '-'))
        && tag.len() <= LONGEST_TAG;
    let message = "a tag has letters, digits, `_`, `.` and `-`, and begins with none of the last two";
    (!is_tag).then(|| format!("`{tag}` is no tag: {message}."))
}

fn digest_fault(digest: &str) -> Option<String> {
    let is_digest = digest.split_once(':').is_some_and(|(algorithm, digits)| {
        let length = match algorithm {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => return false,
        };
        digits.len() == length && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    });
    (!is_digest).then(|| "A digest is `sha256:` and 64 hexadecimal digits in lower case.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn references_are_those_that_registries_take() {
        let digest = format!("a@sha256:{}", "0".repeat(64));
        for good in [
            "alpine",
            "alpine:3.23",
            "a/b:c",
            "localhost/a",
            "localhost:5000/a:1",
            "e.org:443/a/b.c_d--e__f",
            "E.org/a",
            "[::1]:5000/a",
            &digest,
            "a:_x",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "",
            "Debian",
            "a:",
            "a:-b",
            ":latest",
            "a//b",
            "/a",
            "a/",
            "a b",
            "a..b",
            "a___b",
            "-a",
            "a@sha256:0",
            "a:b:c",
            "a@",
            "e.org:x/a",
            "<image>",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
