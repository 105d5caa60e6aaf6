//! Programs that fetch files from the network.

use crate::path::last_part;
use crate::shell::{Command, Word};
use crate::table::{Listed, words_of};

/// The file that a command downloads to, where it names one.
pub fn download_target(command: &Command) -> Option<&str> {
    let path = match command.program()? {
        "curl" => command.flag_value("-o").or_else(|| command.flag_value("--output")),
        "wget" => command.flag_value("-O").or_else(|| command.flag_value("--output-document")),
        _ => None,
    }?;
    (path != "-" && !path.starts_with("/dev/")).then_some(path)
}

/// The URL that a command downloads, as far as it is written out; variables in it stay as they are written.
pub fn download_url(command: &Command) -> Option<&Word> {
    let is_url = |word: &&Word| word.shown().trim_start_matches('"').starts_with_any("http:// https:// ftp://");
    command.arguments().iter().find(is_url).filter(|_| command.is_one_of("curl wget"))
}

/// The file that a download leaves, as the command or its URL writes it: `tool-$V.tar.gz`. Quotes are taken off.
pub fn downloaded_file(command: &Command) -> Option<&str> {
    let url = download_url(command)?;
    let flags: &str = if command.is_one_of("curl") { "-o --output" } else { "-O --output-document" };
    let named = command.arguments().windows(2).find_map(|pair| match pair {
        [flag, value] if words_of(flags).any(|name| names_last(flag, name)) => Some(value.shown()),
        _ => None,
    });
    let redirected =
        command.redirects.iter().find(|redirect| redirect.writes() && redirect.descriptor.is_none_or(|it| it == 1));
    let redirected = redirected.and_then(|redirect| redirect.target.as_ref()).map(Word::shown);
    let keeps_name = match command.program()? {
        "curl" => command.has_any_flag("-O --remote-name"),
        _ => !command.has_any_flag("-O --output-document -P --directory-prefix"),
    };
    let from_url = || last_part(url.shown().split(['?', '#']).next().unwrap_or_default());
    let path = named.or(redirected).or_else(|| keeps_name.then(from_url))?.trim_matches('"');
    (path != "-" && !path.starts_with("/dev/") && !path.is_empty()).then_some(path)
}

/// Whether a word gives a flag as its last: `-o` in `-fsSLo`.
fn names_last(word: &Word, flag: &str) -> bool {
    let letter = flag.strip_prefix('-').filter(|letter| letter.len() == 1);
    let shown = word.shown();
    word.is(flag)
        || letter.is_some_and(|letter| shown.starts_with('-') && !shown.starts_with("--") && shown.ends_with(letter))
}

/// Whether a curl takes an error of the server for one.
pub fn fails_on_errors(command: &Command) -> bool {
    command.has_any_flag("-f --fail --fail-with-body")
}

/// Whether a curl goes where a file has moved to, or that is not to be asked of it.
pub fn follows_redirects(command: &Command) -> bool {
    const LOCAL: &str = "://localhost ://127. ://10. ://192.168. ://169.254.";
    let is_local = |word: &str| word.contains_any(LOCAL);
    command.has_any_flag("-L --location --location-trusted --follow")
        || sends_data(command)
        || command.arguments().iter().any(|word| is_local(word.shown()))
}

/// Whether a curl sends something, as against asking for a file.
pub fn sends_data(command: &Command) -> bool {
    const FLAGS: &str = "-T --upload-file -d --data --data-raw --data-binary -F --form -X --request";
    command.has_any_flag(FLAGS)
}

/// Whether a curl says who asks, with something that another host is not to see.
pub fn sends_secrets(command: &Command) -> bool {
    const NAMES: &str = "authorization token api-key api_key art-api cookie";
    let is_secret = |shown: &str| {
        // What stands in a header for something else, or comes from a file, may be anything.
        let is_given = shown.starts_with('@') || shown.contains(": ") && shown.contains('$');
        is_given || shown.to_ascii_lowercase().contains_any(NAMES)
    };
    command.has_any_flag("-u --user --oauth2-bearer -b --cookie")
        || command.arguments().iter().any(|word| is_secret(word.shown().trim_start_matches(['"', '\''])))
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
    const ENDINGS: &str = ".local .internal .lan .svc .test .localhost .home.arpa";
    let Some(host) = url_host(url) else { return false };
    let is_address = host.parse::<std::net::Ipv4Addr>().is_ok_and(|host| host.is_private() || host.is_link_local());
    is_loopback(url) || is_address || !host.contains('.') || host.ends_with_any(ENDINGS)
}

/// Whether a command verifies a file against a checksum or a signature.
pub fn verifies(command: &Command) -> bool {
    const SIGNATURES: &str = "gpgv cosign minisign slsa-verifier apksigner signify jarsigner sq rpmkeys";
    let Some(program) = command.program() else { return false };
    let is_sum = program.ends_with("sum") || matches!(program, "cksum" | "sha256" | "sha512");
    let takes_list = || {
        command.arguments().iter().any(|word| {
            let shown = word.shown();
            shown == "--check" || shown.starts_with('-') && !shown.starts_with("--") && shown.contains('c')
        })
    };
    let is_test = matches!(program, "[" | "test" | "[[");
    program.is_one_of(SIGNATURES)
        || is_sum && (takes_list() || command.context.writes_pipe || command.context.in_substitution)
        || matches!(program, "gpg" | "gpg2") && command.arguments().iter().any(|word| word.shown().contains("verify"))
        || program == "openssl" && command.starts_with("dgst")
        || is_test && command.arguments().iter().any(|word| word.shown().contains("sum"))
}

#[cfg(test)]
mod tests {
    use super::downloaded_file;
    use crate::shell::{Dialect, parse};

    #[test]
    fn the_file_of_a_download_is_known() {
        for (text, file) in [
            ("curl -fsSLO https://example.org/a/b.tgz", Some("b.tgz")),
            ("curl -fsSLo /tmp/b.tgz https://example.org/a", Some("/tmp/b.tgz")),
            ("curl https://example.org/a > b.tgz", Some("b.tgz")),
            ("curl https://example.org/a", None),
            ("wget \"https://example.org/a/b-$V.tgz?x=1\"", Some("b-$V.tgz")),
            ("wget -qO- https://example.org/a", None),
            ("wget -qO - https://example.org/a", None),
            ("wget -O b https://example.org/a", Some("b")),
        ] {
            let command = parse(text, 0.into(), Dialect::Posix).commands.remove(0);
            assert_eq!(downloaded_file(&command), file, "{text}");
        }
    }
}
