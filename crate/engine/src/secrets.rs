//! Where a file holds credentials: what is to be left out of everything that leaves the device.

use crate::document::Document;
use crate::input::Input;
use crate::report::Reporter;
use crate::rules::Check;
use crate::rules::security::secret_value_in_dockerfile::RULE;
use crate::secret_name::is_secret_name;
use crate::secret_value::is_placeholder;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_place;
use layerwise_syntax::{ArgDeclaration, Arguments, Dockerfile, Instruction, TextRange, TextSize, Word, parse};

const CHECK: Check = Check::of(&RULE);

/// The places of credentials in a Dockerfile, in order and without overlap, quotes left out. More is taken for one here than a rule would
/// report: nobody loses much when a text that opens nothing is left out.
pub fn secrets(input: &Input<'_>) -> Vec<TextRange> {
    let file = parse(input.dockerfile);
    let document = Document::new(&file, input);
    let mut reporter = Reporter::new(&CHECK);
    (CHECK.run)(&document, &mut reporter);
    let told = reporter.into_findings();
    let mut found = told.iter().map(|finding| whole_key(&file, finding.range)).into_list();
    for instruction in &file.instructions {
        of_names(instruction, &mut found);
    }
    let mut secrets: Vec<TextRange> = Vec::new();
    for range in by_place(found, |range| *range) {
        let range = unquoted(&file, range);
        match secrets.last_mut().filter(|last| last.end() >= range.start()) {
            Some(last) => *last = last.cover(range),
            None => secrets.push(range),
        }
    }
    secrets
}

/// Of a private key the finding is its first line; its secret are those that follow.
fn whole_key(file: &Dockerfile, range: TextRange) -> TextRange {
    let rest = file.slice(TextRange::new(range.start(), TextSize::of(file.text())));
    if !rest.starts_with("-----BEGIN") {
        return range;
    }
    let length = rest.find("-----END").and_then(|end| rest.get(..end)).unwrap_or(rest);
    TextRange::at(range.start(), TextSize::of(length))
}

/// Adds what variables with the names of secrets are set to.
fn of_names(instruction: &Instruction, found: &mut Vec<TextRange>) {
    let mut add = |name: &Word, value: &Word| {
        let is_set = value.value().is_some_and(|text| !text.is_empty() && !is_placeholder(&text));
        if is_set && is_secret_name(&name.text) {
            found.push(value.range);
        }
    };
    match &instruction.arguments {
        Arguments::Env(env) => env.pairs.iter().for_each(|pair| add(&pair.key, &pair.value)),
        Arguments::Arg(declarations) => {
            for ArgDeclaration { name, default, .. } in declarations {
                default.iter().for_each(|default| add(name, default));
            }
        }
        Arguments::Onbuild(trigger) => of_names(trigger, found),
        _ => {}
    }
}

/// A range without the quotes around what stands there.
fn unquoted(file: &Dockerfile, range: TextRange) -> TextRange {
    let text = file.slice(range);
    let inner = text.trim_start_matches(['"', '\'']);
    let start = range.end() - TextSize::of(inner);
    TextRange::at(start, TextSize::of(inner.trim_end_matches(['"', '\''])))
}

#[cfg(test)]
mod tests {
    use super::secrets;
    use crate::input::Input;

    fn found(text: &str) -> Vec<&str> {
        secrets(&Input::new(text))
            .into_iter()
            .filter_map(|range| text.get(std::ops::Range::<usize>::from(range)))
            .collect()
    }

    #[test]
    fn credentials_are_found_wherever_they_stand() {
        let text = "ARG API_TOKEN=\"Tr0ub4dor3\"\nFROM alpine:3.23\nENV DB_PASSWORD=hunter22 A=1\nONBUILD ENV SECRET_KEY='s3cr3t99'\n\
            # git clone https://ci:Tr0ub4dor4@git.example.net\nRUN login --password Tr0ub4dor5\nENV API_KEY: Tr0ub4dor6\n";
        let expected = ["Tr0ub4dor3", "hunter22", "s3cr3t99", "Tr0ub4dor4", "Tr0ub4dor5", "Tr0ub4dor6"];
        assert_eq!(found(text), expected);
    }

    #[test]
    fn of_a_private_key_all_is_secret() {
        let text = "FROM alpine:3.23\nCOPY <<EOF /key\n-----BEGIN RSA PRIVATE KEY-----\nb3BlbnNzaA==\n-----END RSA PRIVATE KEY-----\nEOF\n";
        assert_eq!(found(text), ["-----BEGIN RSA PRIVATE KEY-----\nb3BlbnNzaA==\n"]);
    }

    #[test]
    fn a_comment_that_silences_the_rule_gives_nothing_away() {
        let text = "FROM alpine:3.23\n# layerwise ignore=secret-value-in-dockerfile\nRUN login --password Tr0ub4dor5\n";
        assert_eq!(found(text), ["Tr0ub4dor5"]);
    }

    #[test]
    fn what_opens_nothing_stays() {
        let text = "FROM alpine:3.23\nARG TOKEN\nENV DB_PASSWORD=changeme TOKEN_FILE=/run/secrets/t A_TOKEN=${TOKEN}\nRUN echo 1\n";
        assert!(found(text).is_empty());
    }

    #[test]
    fn one_secret_is_told_of_once() {
        let token = format!("ghp_{}", "a1B2".repeat(9));
        assert_eq!(found(&format!("FROM a\nENV GITHUB_TOKEN={token}\n")), [token.as_str()]);
    }
}
