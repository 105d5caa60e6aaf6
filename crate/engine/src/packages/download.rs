//! Programs that fetch files from the network.

use crate::shell::Command;

/// The file that a command downloads to, where it names one.
pub fn download_target(command: &Command) -> Option<&str> {
    let path = match command.program()? {
        "curl" => command.flag_value("-o").or_else(|| command.flag_value("--output")),
        "wget" => command.flag_value("-O").or_else(|| command.flag_value("--output-document")),
        _ => None,
    }?;
    (path != "-" && !path.starts_with("/dev/")).then_some(path)
}

/// The host of an address, without account and port.
pub fn url_host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match host.strip_prefix('[') {
        Some(host) => host.split(']').next(),
        None => host.split(':').next(),
    }
}

/// Whether an address is one of the machine itself: nobody stands between.
pub fn is_loopback(url: &str) -> bool {
    url_host(url).is_some_and(|host| matches!(host, "localhost" | "::1" | "0.0.0.0") || host.starts_with("127."))
}

/// Whether an address is one of a private network.
pub fn is_private(url: &str) -> bool {
    const ENDINGS: [&str; 7] = [".local", ".internal", ".lan", ".svc", ".test", ".localhost", ".home.arpa"];
    let Some(host) = url_host(url) else { return false };
    let is_address = host.parse::<std::net::Ipv4Addr>().is_ok_and(|host| host.is_private() || host.is_link_local());
    is_loopback(url) || is_address || !host.contains('.') || ENDINGS.iter().any(|ending| host.ends_with(ending))
}

/// Whether a command verifies a file against a checksum or a signature.
pub fn verifies(command: &Command) -> bool {
    const SIGNATURES: [&str; 9] =
        ["gpgv", "cosign", "minisign", "slsa-verifier", "apksigner", "signify", "jarsigner", "sq", "rpmkeys"];
    let Some(program) = command.program() else { return false };
    let is_sum = program.ends_with("sum") || matches!(program, "cksum" | "sha256" | "sha512");
    let takes_list = || {
        command.arguments().iter().any(|word| {
            let shown = word.shown();
            shown == "--check" || shown.starts_with('-') && !shown.starts_with("--") && shown.contains('c')
        })
    };
    let is_test = matches!(program, "[" | "test" | "[[");
    SIGNATURES.contains(&program)
        || is_sum && (takes_list() || command.context.writes_pipe || command.context.in_substitution)
        || matches!(program, "gpg" | "gpg2") && command.arguments().iter().any(|word| word.shown().contains("verify"))
        || program == "openssl" && command.starts_with(&["dgst"])
        || is_test && command.arguments().iter().any(|word| word.shown().contains("sum"))
}
