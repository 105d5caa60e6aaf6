//! The page that states what the score is made of: written from the engine's own constants, so that it cannot say anything else.

use crate::layout;
use crate::pages::html::{filled, words};
use anyhow::Result;
use layerwise_engine::rules::Case;
use layerwise_engine::score::{CAPS, Cap, GRADES, Grade, K, Weighed, score, weight};
use layerwise_engine::{Category, Rule, Severity, all_rules};
use std::fs;

const SEVERITIES: [Severity; 4] = [Severity::Error, Severity::Warning, Severity::Info, Severity::Style];

/// What each severity is for.
fn meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Breaks the build, leaks a secret or does harm at run time",
        Severity::Warning => "Worth mending before the image ships",
        Severity::Info => "Good advice",
        Severity::Style => "A matter of taste",
    }
}

/// Writes `web/generated/score.html`. Its sources are named as those of `index.html` are, and `web/build.mjs` puts their built names there.
pub fn write() -> Result<()> {
    fs::create_dir_all(layout::generated())?;
    fs::write(layout::generated().join("score.html"), page(all_rules()))?;
    Ok(())
}

pub fn page(rules: &[Rule]) -> String {
    let counted = rules.iter().filter(|rule| rule.is_on && heaviest(rule) > 0.0).count();
    let parts = [
        ("K", number(K)),
        ("RULES", rules.len().to_string()),
        ("COUNTED", counted.to_string()),
        ("SEVERITIES", SEVERITIES.map(severity_row).concat()),
        ("WORKED", worked()),
        ("LETTERS", letters()),
        ("CAPS", CAPS.iter().map(cap).collect()),
        ("BARS", Category::SCORED.map(|category| format!("<li>{}</li>\n", category.title())).concat()),
        ("TABLES", tables(rules)),
    ];
    filled(include_str!("score_page.html"), &parts.each_ref().map(|(name, text)| (*name, text.as_str())))
}

fn severity_row(severity: Severity) -> String {
    let weight = number(weight(severity));
    format!("<tr><th scope=\"row\">{}</th><td>{weight}</td><td>{}</td></tr>\n", title(severity), meaning(severity))
}

/// Files with few findings, and what the formula makes of each.
fn worked() -> String {
    let finding = |rule, severity| Weighed { rule, severity, category: Category::Size };
    let [error, warning, info] =
        [("a", Severity::Error), ("b", Severity::Warning), ("c", Severity::Info)].map(|(rule, of)| finding(rule, of));
    let other = finding("d", Severity::Warning);
    let files: [(&str, &[Weighed]); 7] = [
        ("Nothing", &[]),
        ("One info", &[info]),
        ("One warning", &[warning]),
        ("Two warnings of one rule", &[warning, warning]),
        ("Two warnings of two rules", &[warning, other]),
        ("One error", &[error]),
        ("One error, three warnings of one rule, one info", &[error, warning, warning, warning, info]),
    ];
    files.map(|(name, findings)| worked_row(name, findings)).concat()
}

fn worked_row(name: &str, findings: &[Weighed]) -> String {
    let result = score(findings, &[]);
    let points: Vec<String> = result.points.iter().map(u32::to_string).collect();
    let points = if points.is_empty() { "none".to_owned() } else { points.join(" + ") };
    format!("<tr><th scope=\"row\">{name}</th><td>{points}</td><td>{}</td></tr>\n", result.total)
}

fn letters() -> String {
    let mut rows = String::new();
    let mut most = 100;
    for (grade, least) in GRADES {
        let range = if most == least { least.to_string() } else { format!("{least} to {most}") };
        rows += &format!("<tr><th scope=\"row\">{}</th><td>{range}</td></tr>\n", grade.letter());
        most = least.saturating_sub(1);
    }
    rows
}

fn cap(cap: &Cap) -> String {
    let rules: Vec<String> = cap.rules.iter().map(|rule| link(rule)).collect();
    let letter = cap.grade.letter();
    let severity = match cap.severity {
        Severity::Error => "an error".to_owned(),
        severity => format!("{} or worse", article(severity)),
    };
    format!("<li>At most <b>{letter}</b> with {severity} of {}.</li>\n", listed(&rules))
}

/// A table for each category, in the order of the rules.
fn tables(rules: &[Rule]) -> String {
    let mut tables = String::new();
    for of_category in rules.chunk_by(|one, other| one.category == other.category) {
        let Some(first) = of_category.first() else { continue };
        let rows: String = of_category.iter().map(rule_row).collect();
        tables += &format!(
            "<h3 id=\"{}\">{}</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Rules: {1}\">\n<table>\n\
             <thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Weight</th><th scope=\"col\">What it says</th></tr></thead>\n\
             <tbody>\n{rows}</tbody>\n</table>\n</div>\n",
            first.category.id(),
            first.category.title(),
        );
    }
    tables
}

fn rule_row(rule: &Rule) -> String {
    let weight = if rule.is_on { weights(rule) } else { format!("{} (off by itself)", weights(rule)) };
    let id = rule.id;
    let letter = caps_of(id);
    format!(
        "<tr id=\"rule-{id}\"><th scope=\"row\"><a href=\"rules/{id}/\"><code>{id}</code></a></th><td>{weight}</td><td>{}{letter}</td></tr>\n",
        words(rule.summary)
    )
}

/// That a rule caps the letter, where it does.
pub fn caps_of(rule: &str) -> String {
    let grade = CAPS.iter().find(|cap| cap.rules.contains(&rule)).map(|cap| cap.grade);
    grade.map_or(String::new(), |grade: Grade| {
        format!(" <span class=\"cap\">caps the letter at {}</span>", grade.letter())
    })
}

/// What a rule's findings weigh, with the cases that weigh something else.
pub fn weights(rule: &Rule) -> String {
    let own = weight_of(rule, rule.severity);
    let other = |case: &&Case| case.severity.is_some_and(|severity| weight_of(rule, severity) != own);
    let others: Vec<String> = rule
        .cases
        .iter()
        .filter(|case| case.is_on)
        .filter(other)
        .map(|case| {
            format!("{} as <code>{}</code>", number(weight_of(rule, case.severity.unwrap_or(rule.severity))), case.id)
        })
        .collect();
    let own = number(own);
    if others.is_empty() { own } else { format!("{own}; {}", others.join("; ")) }
}

fn heaviest(rule: &Rule) -> f64 {
    let cases = rule.cases.iter().filter(|case| case.is_on).filter_map(|case| case.severity);
    cases.map(|severity| weight_of(rule, severity)).fold(weight_of(rule, rule.severity), f64::max)
}

fn weight_of(rule: &Rule, severity: Severity) -> f64 {
    if Category::SCORED.contains(&rule.category) { weight(severity) } else { 0.0 }
}

fn link(rule: &str) -> String {
    format!("<a href=\"#rule-{rule}\"><code>{rule}</code></a>")
}

/// `a`, `a or b`, `a, b or c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} or {last}", all.join(", ")),
    }
}

fn title(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
        Severity::Style => "Style",
    }
}

fn article(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Info => "an info",
        Severity::Style => "a matter of style",
    }
}

fn number(number: f64) -> String {
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::page;
    use layerwise_engine::all_rules;
    use layerwise_engine::score::{CAPS, GRADES};

    #[test]
    fn the_page_names_every_rule_and_letter_once_and_leaves_no_gap() {
        let page = page(all_rules());
        for rule in all_rules() {
            assert_eq!(page.matches(&format!("id=\"rule-{}\"", rule.id)).count(), 1, "{}", rule.id);
        }
        for (grade, _) in GRADES {
            assert!(page.contains(&format!("<th scope=\"row\">{}</th>", grade.letter())), "{}", grade.letter());
        }
        assert!(!page.contains("{{") && !page.contains("}}"));
    }

    #[test]
    fn every_rule_that_caps_the_letter_is_there_to_be_linked_to() {
        for rule in CAPS.iter().flat_map(|cap| cap.rules) {
            assert!(all_rules().iter().any(|one| one.id == *rule), "{rule}");
        }
    }
}
