//! How far findings fall, printed.

use super::judge::Verdict;
use super::version::Version;
use layerwise_engine::rules::Outcome;
use layerwise_engine::{Rule, Tool, all_rules};
use std::collections::{BTreeMap, BTreeSet};

/// How often something is found in each version.
type Row = [usize; Version::ALL.len()];

/// The codes of rules that can mend at least a part of what they find on their own.
fn codes_with_safe_fix() -> BTreeSet<&'static str> {
    let is_safe = |rule: &&Rule| rule.examples.iter().any(|example| matches!(example.outcome, Outcome::Safe(_)));
    let is_judges = |tool| matches!(tool, Tool::Hadolint | Tool::Buildkit | Tool::Shellcheck);
    let codes = all_rules().iter().filter(is_safe).flat_map(Rule::all_codes);
    codes.filter(|code| is_judges(code.tool)).map(|code| code.code).collect()
}

/// Prints a line for every code, and the totals.
pub fn print(verdicts: &[&Verdict]) {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    for (column, version) in Version::ALL.into_iter().enumerate() {
        for (code, count) in verdicts.iter().flat_map(|verdict| verdict.counts(version)) {
            if let Some(cell) = rows.entry(code).or_default().get_mut(column) {
                *cell += count;
            }
        }
    }
    let safe = codes_with_safe_fix();
    let sum = |is_meant: &dyn Fn(&str) -> bool| {
        rows.iter().filter(|(code, _)| is_meant(code)).fold(Row::default(), |sum, (_, row)| add(sum, *row))
    };
    let is_safe = |code: &str| safe.contains(code);
    print_cells("code", &Version::ALL.map(|version| version.name().to_owned()));
    for (code, row) in &rows {
        print_row(&format!("{code}{}", if is_safe(code) { " *" } else { "" }), *row);
    }
    print_row("with a safe fix (*)", sum(&is_safe));
    print_row("all", sum(&|_| true));
}

fn add(sum: Row, row: Row) -> Row {
    let mut cells = row.into_iter();
    sum.map(|cell| cell + cells.next().unwrap_or_default())
}

fn print_row(name: &str, row: Row) {
    let [before, ..] = row;
    let mut is_first = true;
    let cells = row.map(|count| {
        let share = if is_first { String::new() } else { format!(" {:>7}", fall(before, count)) };
        is_first = false;
        format!("{count}{share}")
    });
    print_cells(name, &cells);
}

fn print_cells(name: &str, cells: &Row5) {
    let [before, mended @ ..] = cells;
    let mended: String = mended.iter().map(|cell| format!("  {cell:>14}")).collect();
    println!("{name:36}{before:>7}{mended}");
}

type Row5 = [String; Version::ALL.len()];

/// By how much a count has changed, as a share of what it was, towards zero.
fn fall(before: usize, after: usize) -> String {
    let (sign, difference) = if after > before { ("+", after - before) } else { ("-", before - after) };
    match (difference * 1000).checked_div(before) {
        Some(0) => "0 %".to_owned(),
        Some(tenths) => format!("{sign}{}.{} %", tenths / 10, tenths % 10),
        None => "new".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{codes_with_safe_fix, fall};

    #[test]
    fn a_fall_is_a_share_of_what_was_there() {
        assert_eq!([fall(8, 1), fall(8, 8), fall(8, 10), fall(0, 1)], ["-87.5 %", "0 %", "+25.0 %", "new"]);
    }

    #[test]
    fn a_code_counts_when_its_rule_has_a_safe_example() {
        let codes = codes_with_safe_fix();
        assert!(codes.contains("DL3020") && !codes.contains("DL3008"));
    }
}
