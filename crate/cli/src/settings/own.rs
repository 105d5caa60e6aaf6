//! Our own settings, a TOML file.

use super::{Settings, hint, label_kind, names_of_rules};
use anyhow::{Context, Result, bail};
use layerwise_engine::{LabelKind, Rule, Severity, all_rules, shellcheck};
use toml::{Table, Value};

pub(super) const KEYS: [&str; 9] = [
    "enable",
    "ignore",
    "severity",
    "allowed_registries",
    "named_contexts",
    "label_schema",
    "secret_commands",
    "strict_labels",
    "max_lines",
];

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
            "label_schema" => settings.label_schema = labels(value)?,
            "secret_commands" => settings.secret_commands = secrets(value)?,
            "max_lines" => {
                let lines = value.as_integer().and_then(|lines| usize::try_from(lines).ok());
                settings.max_lines = Some(lines.context("`max_lines` takes a number")?);
                settings.enable.push("max-lines".to_owned());
            }
            "strict_labels" => {
                settings.strict_labels = value.as_bool().context("`strict_labels` takes true or false")?;
            }
            _ => bail!("there is no setting `{key}`{}", hint(key, KEYS)),
        }
    }
    Ok(settings)
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
pub fn known(name: &str) -> Result<()> {
    let (rule, case) = name.split_once('/').map_or((name, None), |(rule, case)| (rule, Some(case)));
    let is_code = shellcheck::is_reported(name)
        || all_rules().iter().any(|known| known.all_codes().iter().any(|code| code.code == name));
    let cases = |known: &Rule| known.cases.iter().map(|one| one.id);
    match (all_rules().iter().find(|known| known.id == rule), case) {
        _ if is_code => Ok(()),
        (Some(_), None) => Ok(()),
        (Some(known), Some(case)) if cases(known).any(|one| one == case) => Ok(()),
        (Some(known), Some(case)) => bail!("the rule `{rule}` has no case `{case}`{}", hint(case, cases(known))),
        (None, _) => bail!("there is no rule `{rule}`{}", hint(rule, names_of_rules())),
    }
}

fn secrets(value: &Value) -> Result<Vec<(String, String)>> {
    const WANTED: &str =
        "`secret_commands` takes a table of commands, each with the id of the secret that must be mounted for it";
    let table = value.as_table().context(WANTED)?;
    let entry = |(command, id): (&String, &Value)| Some((command.clone(), id.as_str()?.to_owned()));
    table.iter().map(entry).collect::<Option<_>>().context(WANTED)
}

fn labels(value: &Value) -> Result<Vec<(String, LabelKind)>> {
    let table = value.as_table().context("`label_schema` takes a table of labels, each with what it must be")?;
    table.iter().map(|(name, value)| Ok((name.clone(), label_kind(name, value.as_str())?))).collect()
}
