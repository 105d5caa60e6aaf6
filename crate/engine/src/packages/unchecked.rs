//! Ways to switch off the check of who answers (certificates, keys of hosts) and of who made a package (signatures).

use super::download::is_loopback;
use super::setting::sets;
use crate::document::Document;
use crate::shell::{Command, Word};
use crate::table::{Listed, words_of};

/// How a command switches a check off.
#[derive(Debug)]
pub enum Unchecked<'c> {
    /// With a flag.
    Flag(&'c Word),
    /// By what it sets, or writes into a file of settings.
    Setting,
}

const PIP: &str = "pip";
/// For whom, the programs, and their flags.
const TLS_FLAGS: [(&str, &str, &str); 7] = [
    ("curl", "curl", "--insecure --proxy-insecure"),
    ("wget", "wget", "--no-check-certificate"),
    (PIP, PIP, "--trusted-host"),
    ("npm", "npm yarn pnpm", "--no-strict-ssl"),
    ("other", "helm kubectl oc argocd", "--insecure-skip-tls-verify"),
    ("other", "ansible-galaxy", "--ignore-certs"),
    ("other", "conda mamba micromamba", "--insecure"),
];
/// For whom, the programs, and the settings that they are given: `strict-ssl=false`, `strict-ssl false`.
const TLS_SETTINGS: [(&str, &str, &str, bool); 9] = [
    ("npm", "npm yarn pnpm", "strict-ssl", false),
    ("npm", "yarn", "enableStrictSsl", false),
    ("git", "git", "sslVerify", false),
    ("git", "git", "sslverify", false),
    ("rpm", "yum dnf dnf5 microdnf tdnf yum-config-manager", "sslverify", false),
    ("other", "conda mamba micromamba", "ssl_verify", false),
    ("other", "composer", "disable-tls", true),
    ("other", "composer", "secure-http", false),
    ("other", "bundle", "ssl_verify_mode", false),
];
/// For whom, and what files of settings hold: `sslverify=0`.
const TLS_TEXTS: [(&str, &str); 7] = [
    ("rpm", "sslverify"),
    ("git", "sslVerify"),
    ("npm", "strict-ssl"),
    ("other", "Verify-Peer"),
    ("other", "Verify-Host"),
    ("other", "check_certificate"),
    ("ssh", "StrictHostKeyChecking"),
];
/// For whom, and the variables. Of those that take a truth value, only one of the two switches the check off.
const TLS_VARIABLES: [(&str, &str, Option<bool>); 10] = [
    (PIP, "PIP_TRUSTED_HOST", None),
    ("python", "PYTHONHTTPSVERIFY", Some(false)),
    ("node", "NODE_TLS_REJECT_UNAUTHORIZED", Some(false)),
    ("npm", "NPM_CONFIG_STRICT_SSL", Some(false)),
    ("npm", "npm_config_strict_ssl", Some(false)),
    ("npm", "YARN_ENABLE_STRICT_SSL", Some(false)),
    ("git", "GIT_SSL_NO_VERIFY", None),
    ("other", "GOINSECURE", None),
    ("other", "CONDA_SSL_VERIFY", Some(false)),
    ("other", "COMPOSER_DISABLE_TLS", Some(true)),
];

/// Whether a command switches the check of certificates or of keys of hosts off: for whom, and how.
pub fn unchecked<'c>(document: &Document<'_>, command: &'c Command) -> Option<(&'static str, Unchecked<'c>)> {
    if is_to_itself(command) {
        return None;
    }
    let program = family(command.program()?);
    if program == "curl"
        && let Some(word) = command.arguments().iter().find(|word| is_curl_k(word.shown()))
    {
        return Some(("curl", Unchecked::Flag(word)));
    }
    for (tool, programs, flags) in TLS_FLAGS {
        let flag = || words_of(flags).find_map(|flag| command.flag(flag));
        if program.is_one_of(programs)
            && let Some(word) = flag()
        {
            return Some((tool, Unchecked::Flag(word)));
        }
    }
    let named = TLS_SETTINGS.iter().find(|(_, programs, name, value)| {
        program.is_one_of(programs) && (sets(document, command, name, *value) || sets_by_words(command, name, *value))
    });
    let named = named
        .map(|(tool, ..)| *tool)
        .or_else(|| TLS_TEXTS.iter().find(|(_, name)| sets(document, command, name, false)).map(|(tool, _)| *tool));
    let trusts_host =
        || program == PIP && command.arguments().iter().any(|word| word.shown().ends_with(".trusted-host"));
    let named = named.or_else(|| (trusts_host() && command.starts_with("config set")).then_some(PIP));
    named.map(|tool| (tool, Unchecked::Setting))
}

/// Whether the value of a variable switches the check of certificates or of keys of hosts off, and for whom.
pub fn unchecked_variable(name: &str, value: &str) -> Option<&'static str> {
    if name == "GIT_SSH_COMMAND" && value.contains("StrictHostKeyChecking=no") {
        return Some("ssh");
    }
    let truth = match value.to_ascii_lowercase().as_str() {
        "0" | "false" | "no" | "off" => Some(false),
        "1" | "true" | "yes" | "on" => Some(true),
        _ => None,
    };
    let (tool, _, _) =
        TLS_VARIABLES.iter().find(|(_, known, wanted)| *known == name && (wanted.is_none() || *wanted == truth))?;
    (!value.is_empty()).then_some(*tool)
}

/// Whether a command switches the check of signatures of packages off: for whom, and how.
pub fn unsigned<'c>(document: &Document<'_>, command: &'c Command) -> Option<(&'static str, Unchecked<'c>)> {
    const FLAGS: [(&str, &str, &str); 6] = [
        ("apk", "apk", "--allow-untrusted"),
        ("apt-force", "apt-get apt aptitude", "--force-yes"),
        ("apt", "apt-get apt aptitude", "--allow-unauthenticated --allow-insecure-repositories"),
        ("yum", "yum dnf dnf5 microdnf tdnf", "--nogpgcheck --no-gpgchecks"),
        ("rpm", "rpm", "--nosignature --nodigest --noverify --nofiledigest"),
        ("other", "zypper", "--no-gpg-checks --no-gpgcheck"),
    ];
    const SETTINGS: [(&str, &str, bool); 4] = [
        ("apt", "AllowUnauthenticated", true),
        ("apt", "AllowInsecureRepositories", true),
        ("yum", "gpgcheck", false),
        ("other", "SigLevel", false),
    ];
    let program = command.program()?;
    for (tool, programs, flags) in FLAGS {
        let flag = || words_of(flags).find_map(|flag| command.flag(flag));
        if program.is_one_of(programs)
            && let Some(word) = flag()
        {
            return Some((tool, Unchecked::Flag(word)));
        }
    }
    let trusts = |text: &str| text.contains("trusted=yes") && text.contains("deb");
    let bodies = || command.redirects.iter().filter_map(|redirect| redirect.body).map(|body| document.slice(body));
    if command.arguments().iter().any(|word| trusts(word.shown())) || bodies().any(trusts) {
        return Some(("apt", Unchecked::Setting));
    }
    let (tool, ..) = SETTINGS.iter().find(|(_, name, value)| sets(document, command, name, *value))?;
    Some((*tool, Unchecked::Setting))
}

fn family(program: &str) -> &str {
    if crate::shell::is_pip(program) { PIP } else { program }
}

/// Whether a command speaks with the machine itself and nobody else.
fn is_to_itself(command: &Command) -> bool {
    let mut addresses = command.arguments().iter().map(Word::shown).filter(|text| text.contains("://")).peekable();
    let hosts = command.flag_values("--trusted-host");
    let is_own = |host: &&str| is_loopback(&format!("http://{host}/"));
    addresses.peek().is_some() && addresses.all(is_loopback) || !hosts.is_empty() && hosts.iter().all(is_own)
}

/// Whether a word is `-k` of curl, among other letters too. What follows a letter that takes a value is that value.
fn is_curl_k(text: &str) -> bool {
    let Some(letters) = text.strip_prefix('-').filter(|letters| !letters.starts_with('-')) else { return false };
    letters.chars().take_while(|letter| !"oHdXuAbcemTFxwECrYyztQUKPD".contains(*letter)).any(|letter| letter == 'k')
}

/// Whether a command is given a setting as two words: `config set strict-ssl false`.
fn sets_by_words(command: &Command, name: &str, value: bool) -> bool {
    let words: &str = if value { "true 1" } else { "false 0 no" };
    command.arguments().windows(2).any(|pair| {
        let [key, given] = pair else { return false };
        let is_name = key.shown().rsplit('.').next() == Some(name);
        is_name && words_of(words).any(|word| given.shown().eq_ignore_ascii_case(word))
    })
}
