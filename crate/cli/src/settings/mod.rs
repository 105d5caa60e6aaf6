//! What a team has set, read from a file.

mod hadolint;
mod own;

pub use own::known;

use anyhow::Result;
use layerwise_engine::{Config, LabelKind, Severity, all_rules, shellcheck};
use layerwise_syntax::nearest;
use std::path::Path;

/// What a settings file says.
#[derive(Debug, Default)]
pub struct Settings {
    enable: Vec<String>,
    ignore: Vec<String>,
    severity: Vec<(String, Severity)>,
    allowed_registries: Vec<String>,
    named_contexts: Vec<String>,
    label_schema: Vec<(String, LabelKind)>,
    /// Commands, each with the id of the secret that must be mounted for it.
    secret_commands: Vec<(String, String)>,
    strict_labels: bool,
    max_lines: Option<usize>,
    /// What the file says in vain, in sentences for the person who runs the program.
    pub notes: Vec<String>,
}

/// [`Settings`] as the engine takes them.
pub struct Lists<'s> {
    settings: &'s Settings,
    enable: Vec<&'s str>,
    ignore: Vec<&'s str>,
    severity: Vec<(&'s str, Severity)>,
    allowed_registries: Vec<&'s str>,
    named_contexts: Vec<&'s str>,
    label_schema: Vec<(&'s str, LabelKind)>,
    secret_commands: Vec<(&'s str, &'s str)>,
}

impl Settings {
    /// Reads a settings file: hadolint's where its name ends as YAML does, and otherwise one of ours. What is not known in it is an error with the
    /// nearest thing that is: a misspelt rule would otherwise go on failing, or not failing, in silence.
    pub fn read(path: &Path, text: &str) -> Result<Settings> {
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        let mut settings = if is_yaml { hadolint::parse(text)? } else { own::parse(text)? };
        // Whoever lists registries or labels wants the lists to be kept to.
        if !settings.allowed_registries.is_empty() {
            settings.enable_code("DL3026");
        }
        if !settings.label_schema.is_empty() {
            for code in ["DL3049", "DL3051", "DL3052", "DL3053", "DL3054", "DL3055", "DL3056", "DL3058"] {
                settings.enable_code(code);
            }
        }
        if settings.strict_labels {
            settings.enable_code("DL3050");
        }
        Ok(settings)
    }

    pub fn lists(&self) -> Lists<'_> {
        fn strings(list: &[String]) -> Vec<&str> {
            list.iter().map(String::as_str).collect()
        }
        fn pairs<T: Copy>(list: &[(String, T)]) -> Vec<(&str, T)> {
            list.iter().map(|(name, value)| (name.as_str(), *value)).collect()
        }
        Lists {
            settings: self,
            enable: strings(&self.enable),
            ignore: strings(&self.ignore),
            severity: pairs(&self.severity),
            allowed_registries: strings(&self.allowed_registries),
            named_contexts: strings(&self.named_contexts),
            label_schema: pairs(&self.label_schema),
            secret_commands: self.secret_commands.iter().map(|(command, id)| (command.as_str(), id.as_str())).collect(),
        }
    }

    /// Switches on what carries a code, unless something that carries it is on anyway.
    fn enable_code(&mut self, code: &str) {
        let carriers = carriers(code);
        if !carriers.iter().any(|carrier| carrier.is_on) {
            self.enable.extend(carriers.into_iter().map(|carrier| carrier.name));
        }
    }
}

impl Lists<'_> {
    pub fn config(&self) -> Config<'_> {
        Config {
            compat: None,
            enable: &self.enable,
            ignore: &self.ignore,
            severity: &self.severity,
            allowed_registries: &self.allowed_registries,
            named_contexts: &self.named_contexts,
            label_schema: &self.label_schema,
            secret_commands: &self.secret_commands,
            strict_labels: self.settings.strict_labels,
            max_lines: self.settings.max_lines.unwrap_or(Config::DEFAULT.max_lines),
        }
    }
}

/// A rule, or a case of one as `rule/case`.
struct Carrier {
    name: String,
    is_on: bool,
}

/// The rules and cases that carry a code of another tool.
fn carriers(code: &str) -> Vec<Carrier> {
    let mut carriers = Vec::new();
    for rule in all_rules() {
        if rule.codes.iter().any(|known| known.code == code) {
            carriers.push(Carrier { name: rule.id.to_owned(), is_on: rule.is_on });
        }
        for case in rule.cases.iter().filter(|case| case.codes.iter().any(|known| known.code == code)) {
            carriers.push(Carrier { name: format!("{}/{}", rule.id, case.id), is_on: rule.is_on && case.is_on });
        }
    }
    carriers
}

/// The kind of label that a settings file names.
fn label_kind(label: &str, name: Option<&str>) -> Result<LabelKind> {
    let names = LabelKind::ALL.map(|(name, _)| name);
    let found = name.and_then(|name| LabelKind::ALL.into_iter().find(|(known, _)| *known == name));
    let hint = name.map(|name| hint(name, names)).unwrap_or_default();
    match found {
        Some((_, kind)) => Ok(kind),
        None => anyhow::bail!("the label `{label}` can be {}{hint}", names.join(", ")),
    }
}

/// What rules are called: ours by their ids, and those of scripts by ShellCheck's codes.
pub fn names_of_rules() -> impl Iterator<Item = &'static str> {
    all_rules().iter().map(|rule| rule.id).chain(shellcheck::codes())
}

/// What was probably meant by a name that is none of those that are known.
pub fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn parse(text: &str) -> Result<Settings> {
        Settings::read(Path::new("layerwise.toml"), text)
    }

    #[test]
    fn settings_are_read() {
        let settings = parse(
            "enable = [\"copy-not-add/any\"]\nignore = [\"DL3059\", \"assume-yes\"]\nallowed_registries = [\"docker.io\"]\n\
             [severity]\ncopy-not-add = \"error\"\n",
        )
        .unwrap();
        let lists = settings.lists();
        let config = lists.config();
        assert_eq!(config.enable, ["copy-not-add/any", "allowed-registries"]);
        assert_eq!(config.ignore, ["DL3059", "assume-yes"]);
        assert_eq!(config.severity, [("copy-not-add", Severity::Error)]);
        assert_eq!(config.allowed_registries, ["docker.io"]);
    }

    #[test]
    fn the_settings_that_the_readme_shows_are_all_there_are() {
        let readme = include_str!("../../README.md");
        let (_, rest) = readme.split_once("```toml\n").unwrap();
        let (shown, _) = rest.split_once("```").unwrap();
        parse(shown).unwrap();
        for key in own::KEYS {
            assert!(shown.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key}");
        }
    }

    #[test]
    fn commands_are_listed_with_their_secrets() {
        let settings = parse("[secret_commands]\n\"npm ci\" = \"npmrc\"\n").unwrap();
        assert_eq!(settings.lists().config().secret_commands, [("npm ci", "npmrc")]);
        for wrong in ["secret_commands = [\"npm ci\"]", "[secret_commands]\n\"npm ci\" = 1"] {
            assert!(format!("{:#}", parse(wrong).err().unwrap()).contains("a table of commands"), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_known_is_said_with_the_nearest_thing_that_is() {
        let error = |text: &str| format!("{:#}", parse(text).err().unwrap());
        assert!(error("ignor = []").contains("did you mean `ignore`"));
        assert!(error("ignore = [\"copy-not-ad\"]").contains("did you mean `copy-not-add`"));
        assert!(error("ignore = [\"SCC2086\"]").contains("did you mean `SC2086`"));
        assert!(error("ignore = [\"sc2086\"]").contains("did you mean `SC2086`"));
        assert!(error("ignore = \"copy-not-add\"").contains("a list of strings"));
        assert!(error("enable = [\"copy-not-add/locall\"]").contains("did you mean `local`"));
        assert!(error("[severity]\ncopy-not-add = \"bad\"").contains("error, warning, info or style"));
        assert!(error("[label_schema]\na = \"ur\"").contains("did you mean `url`"));
        assert!(error("strict_labels = 1").contains("true or false"));
        assert!(!error("enable = [").is_empty());
    }
}
