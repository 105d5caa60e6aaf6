//! Platforms of `FROM --platform`. <https://pkg.go.dev/github.com/containerd/platforms#Parse>

use crate::list::IntoList;

const SYSTEMS: [&str; 16] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "windows",
];
const ARCHITECTURES: [&str; 29] = [
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "armbe",
    "arm64",
    "arm64be",
    "ppc64",
    "ppc64le",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "ppc",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
    // Other names of these.
    "i386",
    "x86_64",
    "x86-64",
    "aarch64",
    "armhf",
];

/// What is wrong with a platform.
pub(crate) fn fault(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('/').into_list();
    let is_word = |part: &str| {
        // A Windows version may stand in parentheses: `windows(10.0.17763)/amd64`.
        let name = part.split_once('(').map_or(part, |(name, _)| name);
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let lower = text.to_ascii_lowercase();
    let name = lower.split_once('(').map_or(lower.as_str(), |(name, _)| name);
    let is_valid = match &parts[..] {
        [_] => {
            SYSTEMS.contains(&name)
                || ["macos", "local"].contains(&name)
                || ARCHITECTURES.contains(&name)
                || name == "armel"
        }
        [_, _] | [_, _, _] => parts.iter().all(|part| is_word(part)),
        _ => false,
    };
    (!is_valid).then(|| format!("`{text}` is no platform; write a system and an architecture, such as `linux/amd64`."))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn platforms_are_a_system_and_an_architecture() {
        for good in
            ["linux/amd64", "linux/arm/v7", "arm64", "linux", "windows(10.0.17763)/amd64", "Linux/AMD64", "aarch64"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["", "linus", "linux/amd64/v1/x", "linux/", "linux amd64", "linux,amd64"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
