//! A team's settings, from a TOML file.

use anyhow::{Context, Result, bail};
use layerwise_engine::{Config, Severity, all_rules};
use layerwise_syntax::nearest;
use toml::{Table, Value};

const KEYS: [&str; 6] = ["enable", "ignore", "severity", "allowed_registries", "named_contexts", "max_lines"];

/// What a settings file says.
#[derive(Default)]
pub struct Settings {
    enable: Vec<String>,
    ignore: Vec<String>,
    severity: Vec<(String, Severity)>,
    allowed_registries: Vec<String>,
    named_contexts: Vec<String>,
    max_lines: Option<usize>,
}

/// [`Settings`] as the engine takes them.
pub struct Lists<'s> {
    enable: Vec<&'s str>,
    ignore: Vec<&'s str>,
    severity: Vec<(&'s str, Severity)>,
    allowed_registries: Vec<&'s str>,
    named_contexts: Vec<&'s str>,
    max_lines: Option<usize>,
}

impl Settings {
    /// Reads a settings file. What it does not know is an error with the nearest thing that it does know: a misspelt rule would otherwise go on
    /// failing, or not failing, in silence.
    pub fn parse(text: &str) -> Result<Settings> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| anyhow::anyhow!("{}", error.message()))?;
        let mut settings = Settings::default();
        for (key, value) in &table {
            match key.as_str() {
                "enable" => settings.enable.extend(rules(key, value)?),
                "ignore" => settings.ignore = rules(key, value)?,
                "severity" => settings.severity = severities(value)?,
                "allowed_registries" => settings.allowed_registries = strings(key, value)?,
                "named_contexts" => settings.named_contexts = strings(key, value)?,
                "max_lines" => {
                    let lines = value.as_integer().and_then(|lines| usize::try_from(lines).ok());
                    settings.max_lines = Some(lines.context("`max_lines` takes a number")?);
                    settings.enable.push("max-lines".to_owned());
                }
                _ => bail!("there is no setting `{key}`{}", hint(key, KEYS)),
            }
        }
        // Whoever lists registries wants the list to be kept to.
        if !settings.allowed_registries.is_empty() {
            settings.enable.push("allowed-registries".to_owned());
        }
        Ok(settings)
    }

    pub fn lists(&self) -> Lists<'_> {
        fn borrowed(list: &[String]) -> Vec<&str> {
            list.iter().map(String::as_str).collect()
        }
        Lists {
            enable: borrowed(&self.enable),
            ignore: borrowed(&self.ignore),
            severity: self.severity.iter().map(|(name, severity)| (name.as_str(), *severity)).collect(),
            allowed_registries: borrowed(&self.allowed_registries),
            named_contexts: borrowed(&self.named_contexts),
            max_lines: self.max_lines,
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
            max_lines: self.max_lines.unwrap_or(Config::DEFAULT.max_lines),
        }
    }
}

fn strings(key: &str, value: &Value) -> Result<Vec<String>> {
    let list = value.as_array().with_context(|| format!("`{key}` takes a list of strings"))?;
    let string = |item: &Value| item.as_str().map(str::to_owned);
    list.iter().map(string).collect::<Option<_>>().with_context(|| format!("`{key}` takes a list of strings"))
}

fn rules(key: &str, value: &Value) -> Result<Vec<String>> {
    let names = strings(key, value)?;
    names.iter().try_for_each(|name| known(name))?;
    Ok(names)
}

fn severities(value: &Value) -> Result<Vec<(String, Severity)>> {
    let table = value.as_table().context("`severity` takes a table of rules, each with a severity")?;
    let entry = |(name, value): (&String, &Value)| {
        known(name)?;
        let severity = match value.as_str() {
            Some("error") => Severity::Error,
            Some("warning") => Severity::Warning,
            Some("info") => Severity::Info,
            Some("style") => Severity::Style,
            _ => bail!("the severity of `{name}` can be error, warning, info or style"),
        };
        Ok((name.clone(), severity))
    };
    table.iter().map(entry).collect()
}

/// Whether a name is a rule, a `rule/case` or a code of another tool; otherwise the error says what was probably meant.
fn known(name: &str) -> Result<()> {
    let (rule, case) = name.split_once('/').unwrap_or((name, ""));
    let is_code = all_rules().iter().any(|known| known.all_codes().iter().any(|code| code.code == name));
    match all_rules().iter().find(|known| known.id == rule) {
        _ if is_code => Ok(()),
        Some(known) if case.is_empty() || known.cases.iter().any(|one| one.id == case) => Ok(()),
        Some(known) => {
            bail!("the rule `{rule}` has no case `{case}`{}", hint(case, known.cases.iter().map(|one| one.id)))
        }
        None => bail!("there is no rule `{rule}`{}", hint(rule, all_rules().iter().map(|known| known.id))),
    }
}

fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read() {
        let settings = Settings::parse(
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
    fn what_is_not_known_is_said_with_the_nearest_thing_that_is() {
        let error = |text: &str| format!("{:#}", Settings::parse(text).err().unwrap());
        assert!(error("ignor = []").contains("did you mean `ignore`"));
        assert!(error("ignore = [\"copy-not-ad\"]").contains("did you mean `copy-not-add`"));
        assert!(error("ignore = \"copy-not-add\"").contains("a list of strings"));
        assert!(error("enable = [\"copy-not-add/locall\"]").contains("did you mean `local`"));
        assert!(error("[severity]\ncopy-not-add = \"bad\"").contains("error, warning, info or style"));
        assert!(!error("enable = [").is_empty());
    }
}
