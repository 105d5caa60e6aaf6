//! What BuildKit's own checks are called. <https://docs.docker.com/reference/build-checks/>

use crate::code::{Code, Tool};
use layerwise_syntax::{DirectiveKind, Dockerfile};

/// The names of its checks, as `# check=skip=` takes them.
pub(crate) const CHECKS: [&str; 22] = [
    "ConsistentInstructionCasing",
    "CopyIgnoredFile",
    "DuplicateStageName",
    "ExposeInvalidFormat",
    "ExposeProtoCasing",
    "FromAsCasing",
    "FromPlatformFlagConstDisallowed",
    "InvalidBaseImagePlatform",
    "InvalidDefaultArgInFrom",
    "InvalidDefinitionDescription",
    "JSONArgsRecommended",
    "LegacyKeyValueFormat",
    "MaintainerDeprecated",
    "MultipleInstructionsDisallowed",
    "NoEmptyContinuation",
    "RedundantTargetPlatform",
    "ReservedStageName",
    "SecretsUsedInArgOrEnv",
    "StageNameCasing",
    "UndefinedArgInFrom",
    "UndefinedVar",
    "WorkdirRelativePath",
];

/// What `# check=` says, as pairs such as `skip` and `A,B`. The value ends at its first blank, so that a remark may follow.
pub(crate) fn options(file: &Dockerfile) -> impl Iterator<Item = (&str, &str)> {
    let checks = file.directives.iter().filter(|directive| directive.kind == DirectiveKind::Check);
    let values = checks.filter_map(|directive| directive.value.split_whitespace().next());
    values.flat_map(|value| value.split(';')).filter_map(|option| option.split_once('='))
}

/// Whether a file asks for a check of BuildKit's that is off unless somebody does.
pub(crate) fn asks_for(file: &Dockerfile, code: &Code) -> bool {
    let names = |(key, names): (&str, &str)| {
        key == "experimental" && names.split(',').any(|name| name == "all" || name.eq_ignore_ascii_case(code.code))
    };
    code.tool == Tool::Buildkit && !code.is_on_by_default() && options(file).any(names)
}

#[cfg(test)]
mod tests {
    use super::CHECKS;
    use crate::check::check;
    use crate::code::Tool;
    use crate::config::Config;
    use crate::input::Input;
    use crate::rules::all_rules;

    #[test]
    fn a_file_may_ask_for_what_is_off() {
        let found = |directive: &str, compat| {
            let text = format!("{directive}\n# the version\nARG V=1\nFROM alpine:3.23\nUSER 1\n");
            let config = Config { compat, ..Config::DEFAULT };
            let report = check(&Input { config, ..Input::new(&text) });
            report.findings.iter().any(|finding| finding.rule == "definition-comment")
        };
        for directive in
            ["# check=experimental=InvalidDefinitionDescription", "# check=skip=x;experimental=a,all for us"]
        {
            assert!(found(directive, None) && found(directive, Some(Tool::Buildkit)), "{directive}");
            assert!(!found(directive, Some(Tool::Hadolint)), "{directive}");
        }
        for directive in ["# check=experimental=FromAsCasing", "# check=skip=all", "# syntax=docker/dockerfile:1"] {
            assert!(!found(directive, None), "{directive}");
        }
    }

    #[test]
    fn no_check_of_buildkit_or_hadolint_is_without_a_rule() {
        const GIVEN_UP: [u32; 5] = [3005, 3017, 3031, 3039, 4002];
        let numbers = (3000..=3067).chain(4000..=4006).filter(|number| !GIVEN_UP.contains(number));
        let of_hadolint = [1001].into_iter().chain(numbers).map(|number| format!("DL{number}"));
        let of_buildkit = CHECKS.into_iter().map(str::to_owned);
        let carried: Vec<_> = all_rules().iter().flat_map(|rule| rule.all_codes()).collect();
        for name in of_hadolint.chain(of_buildkit) {
            let is_carried =
                carried.iter().any(|code| matches!(code.tool, Tool::Hadolint | Tool::Buildkit) && code.code == name);
            assert!(is_carried, "{name} has no rule");
        }
    }
}
