//! `ENV key value` and `LABEL key value`.

use crate::rules::prelude::*;
use layerwise_syntax::{EnvPair, Instruction};

pub const RULE: Rule = Rule {
    id: "legacy-key-value",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[buildkit("LegacyKeyValueFormat"), dockerfilelint("label_invalid")],
    cases: &[Case::new("legacy"), Case::new("spaced").severity(Severity::Error)],
    supersedes: &[],
    title: "Old form of ENV or LABEL",
    summary: "Write key=value without spaces; `ENV key value` is deprecated and `ENV key = value` sets the wrong value.",
    why: "
The old form takes the rest of the line as one value: `ENV ONE TWO= THREE=x` sets a single variable. With `=` several pairs can share a
line, and quoting works as expected.

With blanks around it the equals sign becomes part of the value: `ENV PORT = 80` sets `PORT` to `= 80`.
",
    leave_it_when: "Never: the new form says the same in every case.",
    references: &[
        "https://docs.docker.com/reference/build-checks/legacy-key-value-format/",
        "https://docs.docker.com/reference/dockerfile/#env",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed("FROM alpine:3.23\nENV «APP_HOME /srv/app»\n", "FROM alpine:3.23\nENV APP_HOME=/srv/app\n").case("legacy"),
        fixed("FROM alpine:3.23\nLABEL «title \"My app\"»\n", "FROM alpine:3.23\nLABEL title=\"My app\"\n").case("legacy"),
        fixed("FROM alpine:3.23\nENV «OPTS -a  -b»\n", "FROM alpine:3.23\nENV OPTS=\"-a  -b\"\n").case("legacy"),
        fixed("FROM alpine:3.23\nENV «PATH /opt/bin:$PATH»\n", "FROM alpine:3.23\nENV PATH=/opt/bin:$PATH\n").case("legacy"),
        // Here quotes and blanks mix, and what the value means is better left to its author.
        flagged("FROM alpine:3.23\nENV «OPTS -a \"b c\"»\n").case("legacy"),
        // The blanks between the lines of a value are part of it, in the old form and in quotes.
        fixed(
            "FROM alpine:3.23\nENV «VERSIONS \\\n    1.2 \\\n    # the last one\n    1.3»\n",
            "FROM alpine:3.23\nENV VERSIONS=\"1.2 \\\n    # the last one\n    1.3\"\n",
        )
        .case("legacy"),
        flagged("FROM alpine:3.23\nENV «VERSIONS \\\n    # the first one\n    1.2 \\\n    1.3»\n").case("legacy"),
        flagged("FROM alpine:3.23\nENV «OPTS -a \\\n    \"b c\"»\n").case("legacy"),
        reviewed("FROM alpine:3.23\nENV «PORT = 80»\n", "FROM alpine:3.23\nENV PORT=80\n").case("spaced"),
        reviewed("FROM alpine:3.23\nLABEL «title = \"My app\"»\n", "FROM alpine:3.23\nLABEL title=\"My app\"\n").case("spaced"),
        clean("FROM alpine:3.23\nENV APP_HOME=/srv/app\n"),
        clean("FROM alpine:3.23\nENV A=1 B=\"2 3\"\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let (Arguments::Env(values) | Arguments::Label(values)) = &step.instruction.arguments else { continue };
        let Some(pair) = values.pairs.first().filter(|_| values.is_legacy) else { continue };
        let (keyword, key, value) = (step.kind().name(), &pair.key.text, &pair.value.text);
        let between = TextRange::new(pair.key.range.end(), pair.value.range.start());
        if let Some(meant) = value.strip_prefix('=') {
            // The value may be a credential, and messages are passed on.
            let finding = report.at("spaced", pair.range, format!("The value of `{key}` begins with the equals sign"));
            let blanks = meant.len() - meant.trim_start().len();
            let equals = TextRange::at(pair.value.range.start(), TextSize::of('='));
            let is_clear = is_plain(meant.trim_start()) || is_one_quoted_word(meant.trim_start());
            if is_clear && !meant.trim().is_empty() && step.instruction.continuations.is_empty() {
                let gap = TextRange::at(equals.end(), TextSize::try_from(blanks).unwrap_or_default());
                finding.fix(Review, "Take the equals sign out of the value", [replace(between.cover(gap), "=")]);
            }
            continue;
        }
        let finding = report.at(
            "legacy",
            pair.range,
            format!("`{keyword} {key} …` is the old form, in which the rest of the line is one value"),
        );
        if let Some(edits) = edits(pair, between, step.instruction) {
            finding.fix(Safe, format!("Write {keyword} {key}=…"), edits);
        }
    }
}

/// The edits that give the same value in the new form; none where quotes and blanks mix.
fn edits(pair: &EnvPair, between: TextRange, instruction: &Instruction) -> Option<Vec<Edit>> {
    let value = &pair.value.text;
    let has_comment = instruction.comments.iter().any(|comment| between.contains_range(*comment));
    if has_comment || !is_plain(&pair.key.text) {
        return None;
    }
    if !value.contains(char::is_whitespace) || is_one_quoted_word(value) {
        return Some(vec![replace(between, "=")]);
    }
    is_unquoted(value).then(|| vec![replace(between, "=\""), insert(pair.value.range.end(), "\"")])
}

/// Whether a text is one word without anything that quoting could change.
fn is_plain(text: &str) -> bool {
    is_unquoted(text) && !text.contains(char::is_whitespace)
}

fn is_unquoted(text: &str) -> bool {
    !text.contains(['"', '\'', '\\', '`'])
}

fn is_one_quoted_word(text: &str) -> bool {
    let inner = |quote| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let is_whole = |inner: Option<&str>| inner.is_some_and(is_unquoted);
    is_whole(inner('"')) || is_whole(inner('\''))
}
