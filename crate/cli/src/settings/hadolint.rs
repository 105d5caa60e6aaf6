//! hadolint's settings, a YAML file, so that a team which comes from hadolint keeps its own.
//!
//! <https://github.com/hadolint/hadolint#configure>

use super::{Settings, carriers, hint, label_kind};
use anyhow::{Context, Result, bail, ensure};
use layerwise_engine::{LabelKind, Severity};
use yaml_rust2::{Yaml, YamlLoader};

const KEYS: [&str; 5] = ["ignored", "override", "trustedRegistries", "label-schema", "strict-labels"];

/// What of hadolint's settings says how it runs rather than what it finds, and what does that here.
const ELSEWHERE: [(&str, &str); 6] = [
    ("failure-threshold", "`--fail-on` sets it"),
    ("no-fail", "`--fail-on` sets what fails a run"),
    ("format", "`--format` sets it"),
    ("no-color", "colours stay away where nobody sees them"),
    ("disable-ignore-pragma", "comments that silence findings always count"),
    ("verbose", "there is nothing more to say"),
];

/// From the gravest: hadolint takes the gravest of several levels, and the engine the first of several severities.
const LEVELS: [(&str, Severity); 4] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info), ("style", Severity::Style)];

pub fn parse(text: &str) -> Result<Settings> {
    let documents = YamlLoader::load_from_str(text)
        .map_err(|error| anyhow::anyhow!("line {} is no YAML: {}", error.marker().line(), error.info()))?;
    let mut settings = Settings::default();
    let entries = match documents.first() {
        None | Some(Yaml::Null) => Vec::new(),
        Some(document) => table("the file", document)?,
    };
    for (key, value) in entries {
        match key {
            "ignored" => settings.ignore = codes(key, value)?,
            "override" => take_levels(value, &mut settings)?,
            "trustedRegistries" => settings.allowed_registries = strings(key, value)?,
            "label-schema" => settings.label_schema = labels(value)?,
            "strict-labels" => {
                settings.strict_labels = value.as_bool().context("`strict-labels` takes true or false")?
            }
            _ => match ELSEWHERE.iter().find(|(known, _)| *known == key) {
                Some((_, instead)) => settings.notes.push(format!("`{key}` has no effect here: {instead}")),
                None => bail!("hadolint has no setting `{key}`{}", hint(key, KEYS)),
            },
        }
    }
    Ok(settings)
}

/// Takes in the codes that get another level. That is also how codes which hadolint leaves out by default are asked for.
fn take_levels(value: &Yaml, settings: &mut Settings) -> Result<()> {
    let entries = table("`override`", value)?;
    if let Some((level, _)) = entries.iter().find(|(level, _)| !LEVELS.iter().any(|(known, _)| known == level)) {
        bail!("`override` has no level `{level}`{}", hint(level, LEVELS.map(|(known, _)| known)));
    }
    for (name, severity) in LEVELS {
        for (_, value) in entries.iter().filter(|(level, _)| *level == name) {
            for code in codes(name, value)? {
                if code.starts_with("SC") {
                    settings.severity.push((code.clone(), severity));
                }
                settings.severity.extend(carriers(&code).into_iter().map(|carrier| (carrier.name, severity)));
                settings.enable_code(&code);
            }
        }
    }
    Ok(())
}

fn labels(value: &Yaml) -> Result<Vec<(String, LabelKind)>> {
    let entries = table("`label-schema`", value)?;
    entries.into_iter().map(|(name, value)| Ok((name.to_owned(), label_kind(name, value.as_str())?))).collect()
}

/// The entries of a table, in order.
fn table<'y>(name: &str, value: &'y Yaml) -> Result<Vec<(&'y str, &'y Yaml)>> {
    let message = || format!("{name} must be a table, `key: value` on every line");
    let table = value.as_hash().with_context(message)?;
    table.iter().map(|(key, value)| Ok((key.as_str().with_context(message)?, value))).collect()
}

fn strings(key: &str, value: &Yaml) -> Result<Vec<String>> {
    let message = || format!("`{key}` takes a list, each entry behind a dash");
    // A key with nothing behind it is an empty list.
    let list = if value.is_null() { &[][..] } else { value.as_vec().with_context(message)? };
    list.iter().map(|item| item.as_str().map(str::to_owned).with_context(message)).collect()
}

/// Codes of hadolint. One that we do not know may be one that we have no rule for, so only its form is checked.
fn codes(key: &str, value: &Yaml) -> Result<Vec<String>> {
    let codes = strings(key, value)?;
    for code in &codes {
        let number = code.strip_prefix("DL").or_else(|| code.strip_prefix("SC"));
        let is_code =
            number.is_some_and(|number| number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit()));
        ensure!(is_code, "`{code}` under `{key}` is no code of hadolint, such as DL3008 or SC2086");
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use anyhow::Result;
    use layerwise_engine::{LabelKind, Severity};
    use std::path::Path;

    fn read(text: &str) -> Result<Settings> {
        Settings::read(Path::new("team/.hadolint.yaml"), text)
    }

    #[test]
    fn settings_of_hadolint_are_taken_over() {
        let settings = read(
            "# ours\nignored:\n  - DL3008\n  - SC2086\noverride:\n  style: [DL3020]\n  error:\n    - DL3020\n\
             trustedRegistries:\n- docker.io\n- \"*.example.com\"\nlabel-schema:\n  maintainer: email\n  built: rfc3339\n\
             strict-labels: true\nfailure-threshold: info\n",
        )
        .unwrap();
        let lists = settings.lists();
        let config = lists.config();
        assert_eq!(config.ignore, ["DL3008", "SC2086"]);
        let severity = config.severity.iter().find(|(name, _)| name.starts_with("copy-not-add"));
        assert_eq!(severity.unwrap().1, Severity::Error, "the gravest level wins");
        assert_eq!(config.allowed_registries, ["docker.io", "*.example.com"]);
        assert!(config.enable.contains(&"allowed-registries"));
        assert_eq!(config.label_schema, [("maintainer", LabelKind::Email), ("built", LabelKind::Time)]);
        assert!(config.strict_labels);
        assert_eq!(settings.notes, ["`failure-threshold` has no effect here: `--fail-on` sets it"]);
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        for text in ["", "# nothing\n", "ignored:\n"] {
            let settings = read(text).unwrap();
            assert!(settings.ignore.is_empty() && settings.notes.is_empty());
        }
    }

    #[test]
    fn mistakes_are_said_in_sentences() {
        let error = |text: &str| format!("{:#}", read(text).unwrap_err());
        assert!(error("ignore: [DL3008]").contains("hadolint has no setting `ignore`; did you mean `ignored`?"));
        assert!(error("ignored: DL3008").contains("`ignored` takes a list"));
        assert!(error("ignored: [DL38]").contains("`DL38` under `ignored` is no code of hadolint"));
        assert!(error("override:\n  errors: [DL3008]").contains("no level `errors`; did you mean `error`?"));
        assert!(error("override: [DL3008]").contains("`override` must be a table"));
        assert!(error("label-schema:\n  a: mail").contains("the label `a` can be text, url"));
        assert!(error("strict-labels: 3").contains("true or false"));
        assert!(error("- DL3008").contains("the file must be a table"));
        assert!(error("a: [\n").contains("is no YAML"));
    }
}
