//! Which names of variables stand for secrets.

use crate::table::Listed;

/// Whether the words of a name say that it holds a secret.
pub fn is_secret_name(name: &str) -> bool {
    // Known to be secrets, though their words do not say so.
    const KNOWN: &str =
        "APP_KEY COMPOSER_AUTH DEVISE_PEPPER MYSQL_PWD NEW_RELIC_LICENSE_KEY RABBITMQ_DEFAULT_PASS SLACK_WEBHOOK_URL";
    const SECRET: &str = "password passwd passphrase pword secret token credential credentials apikey secretkey";
    // `pass` alone may be a step of a compiler.
    const WITH_PASS: &str = "db mail smtp ftp user admin root upload registry login";
    const SECRET_PAIRS: [(&str, &str); 9] = [
        ("api", "key"),
        ("access", "key"),
        ("secret", "key"),
        ("private", "key"),
        ("master", "key"),
        ("encryption", "key"),
        ("signing", "key"),
        ("auth", "key"),
        ("ssh", "key"),
    ];
    // What is about a secret, and not the secret.
    const ABOUT: &str = "\
        public file path dir url uri endpoint name version length ttl expiry expires expiration size count type \
        header field policy enabled disabled enable disable allow require rotation tokenizer tokenizers \
        prefix suffix parallelism keyring keyserver dummy provider helper issuer algorithm limit";
    // Every word and every pair of them holds one of these, which spares most names what follows.
    const PARTS: &str = "pass pword secret token cred key";
    if name.is_one_of(KNOWN) {
        return true;
    }
    if !name.to_ascii_lowercase().contains_any(PARTS) {
        return false;
    }
    let words = words(name);
    let is_pair = |pair: &[String]| {
        let [first, second] = pair else { return false };
        SECRET_PAIRS.iter().any(|(one, other)| first == one && second == other)
            || second == "pass" && first.is_one_of(WITH_PASS)
    };
    !words.iter().any(|word| word.is_one_of(ABOUT))
        && (words.iter().any(|word| word.is_one_of(SECRET) || word.ends_with("passwd") || word.ends_with("password"))
            || words.windows(2).any(is_pair))
}

/// Whether hadolint takes a name for that of a secret: it looks for parts of words, and knows some names.
pub fn is_secret_for_hadolint(name: &str) -> bool {
    const PARTS: &str = "api_key client_key password private secret token username";
    const KNOWN: &str = "\
        application_key aws_access_key_id ci_deploy_user docker_email facebook_app_id heroku_api_user \
        okta_authn_groupid okta_client_orgurl okta_oauth2_clientid stripe_device_name travis_os_name \
        travis_secure_env_vars travis_sudo";
    let name = name.to_ascii_lowercase();
    name.is_one_of(KNOWN) || name.contains_any(PARTS)
}

/// Whether BuildKit takes a name for that of a secret: it looks for words between underscores.
pub fn is_secret_for_buildkit(name: &str) -> bool {
    const WORDS: &str = "apikey auth credential credentials key password pword passwd secret token";
    const ABOUT: &str = "public file version";
    let name = name.to_ascii_lowercase();
    let has = |list: &str| name.split('_').any(|word| word.is_one_of(list));
    has(WORDS) && !has(ABOUT)
}

/// The words of a name: between underscores and dashes, before the colon of who writes `ENV DB_PASSWORD: …`, and where an upper case letter follows a lower case one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for character in name.chars() {
        let is_boundary = matches!(character, '_' | '-' | '.' | ':');
        if is_boundary || (after_lower && character.is_ascii_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| !is_boundary) {
            word.push(character.to_ascii_lowercase());
        }
        after_lower = character.is_ascii_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::is_secret_name;

    #[test]
    fn secrets_are_known_by_whole_words() {
        for name in [
            "DB_PASSWORD",
            "DB_PASSWORD:",
            "githubToken",
            "aws-secret-access-key",
            "API_KEY",
            "OPENAI_APIKEY",
            "PGPASSWORD",
            "SSH_KEY",
            "DBPASSWD",
            "MAIL_PASS",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "TOKENIZERS_PARALLELISM",
            "MAX_TOKENS",
            "SECRETARY",
            "KEYBOARD",
            "PASSENGER",
            "GPG_KEY",
            "APT_KEY",
            "PASS",
            "TWO_PASS",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn what_is_about_a_secret_is_none() {
        for name in ["POSTGRES_PASSWORD_FILE", "SECRET_NAME", "tokenTtl", "PUBLIC_API_KEY", "TOKEN_URL"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
