//! What BuildKit's own checks are called. <https://docs.docker.com/reference/build-checks/>

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

#[cfg(test)]
mod tests {
    use super::CHECKS;
    use crate::code::Tool;
    use crate::rules::all_rules;

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
