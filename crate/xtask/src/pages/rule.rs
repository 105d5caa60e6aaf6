//! The page of a rule.

use super::codes::{elsewhere, links_by_tool};
use super::diff::diff;
use super::example;
use super::frame::Page;
use super::html::{blocks, fact, references, words};
use super::listing::comment;
use crate::score_page::{caps_of, weights};
use layerwise_engine::rules::{Case, Example, Outcome, Scope};
use layerwise_engine::{Finding, Rule, all_rules};

/// One for each rule.
pub fn pages() -> impl Iterator<Item = Page> {
    all_rules().iter().map(page)
}

/// Where the page of a rule is, from the root of the site.
pub fn address(id: &str) -> String {
    format!("rules/{id}/")
}

fn page(rule: &Rule) -> Page {
    let id = rule.id;
    let bad = rule.bad().map(|it| (it, example::findings_of(rule, it)));
    let body = [
        format!("<p class=\"kicker\"><a href=\"rules/#{}\">{}</a></p>\n", rule.category.id(), rule.category.title()),
        format!("<h1>{}</h1>\n<p class=\"lead\">{}</p>\n", words(rule.title), words(rule.summary)),
        facts(rule),
        format!("<h2 id=\"why\">Why</h2>\n{}", blocks(rule.why)),
        format!(
            "<h2 id=\"examples\">Example</h2>\n<div class=\"compare\">\n{}{}</div>\n",
            bad.as_ref().map(|(it, findings)| example::bad(rule, it, findings)).unwrap_or_default(),
            rule.good().as_ref().map(example::good).unwrap_or_default()
        ),
        format!("<h2 id=\"fix\">The fix</h2>\n{}", fix(rule, bad)),
        format!("<h2 id=\"leave-it\">When to leave it</h2>\n{}{}", blocks(rule.leave_it_when), silencing(id)),
        cases(rule),
        elsewhere(&rule.all_codes()),
        references(rule.references),
    ];
    Page::new(format!("rules/{id}"), rule.title, rule.summary, body.concat())
}

fn facts(rule: &Rule) -> String {
    let state = match (rule.is_on, rule.id) {
        (true, _) => String::new(),
        (false, id) => fact(
            "By itself",
            &format!(
                "off; a team switches it on with <code>enable = [\"{id}\"]</code>, as <code>layerwise check --config FILE</code> reads it"
            ),
        ),
    };
    let looked_at = match rule.scope {
        Scope::File => "the text of the file",
        Scope::All => "every stage",
        Scope::Shipped => "the stages whose bytes reach the image",
        Scope::Final => "the final stage",
    };
    let weight = format!("<a href=\"generated/score.html#rule-{}\">{}</a>{}", rule.id, weights(rule), caps_of(rule.id));
    format!(
        "<dl class=\"facts\">\n{}{}{}{}{state}</dl>\n",
        fact("Rule", &format!("<code>{}</code>", rule.id)),
        fact("Severity", &format!("<span class=\"severity {0}\">{0}</span>", rule.severity.id())),
        fact("Weight in the score", &weight),
        fact("Looks at", looked_at)
    )
}

/// What the first example with a fix becomes: that of the bad way, where it has one. `bad` has that and what is found in it.
fn fix(rule: &Rule, bad: Option<(&Example, Vec<Finding>)>) -> String {
    let after = |example: &Example| match example.outcome {
        Outcome::Safe(after) | Outcome::Review(after) => Some(after),
        Outcome::Clean | Outcome::Unfixed => None,
    };
    let of_bad = bad.and_then(|(example, findings)| Some((example, after(example)?, findings)));
    let with_fix = of_bad.or_else(|| {
        let (example, after) = rule.examples.iter().find_map(|example| Some((example, after(example)?)))?;
        Some((example, after, example::findings_of(rule, example)))
    });
    let Some((example, after, findings)) = with_fix else {
        return "<p>There is none that could be applied for you: what is right here depends on what the file cannot tell.</p>\n".to_owned();
    };
    let kind = match example.outcome {
        Outcome::Safe(_) => {
            "<p><b>Safe</b>: it may be applied together with others, by <code>layerwise fix</code> or with a click.</p>\n"
        }
        _ => {
            "<p><b>To review</b>: it is shown first, because it may change more than you mean. <code>layerwise fix --review --diff</code> shows it.</p>\n"
        }
    };
    let first = findings.into_iter().find_map(|finding| finding.fix);
    let title = first.map(|fix| format!("<p>{}:</p>\n", words(&fix.title))).unwrap_or_default();
    format!("{kind}{title}{}", diff(&example.plain_text(), after, "What the fix changes"))
}

fn silencing(id: &str) -> String {
    format!(
        "<p>A comment above the instruction says so, and why:</p>\n{}",
        comment(&format!("# layerwise ignore={id} the reason"))
    )
}

/// What it may say, where that is more than one thing.
fn cases(rule: &Rule) -> String {
    if rule.cases.len() < 2 {
        return String::new();
    }
    let row = |case: &Case| {
        let severity = case.severity.unwrap_or(rule.severity).id();
        let off = if case.is_on { "" } else { ", off" };
        let codes = if case.codes.is_empty() { "none of its own".to_owned() } else { links_by_tool(case.codes) };
        format!("<tr><th scope=\"row\"><code>{}</code></th><td>{severity}{off}</td><td>{codes}</td></tr>\n", case.id)
    };
    let rows: String = rule.cases.iter().map(row).collect();
    let off = if rule.cases.iter().any(|case| !case.is_on) {
        "<p>A case that is off is there to answer as another tool does (<code>--compat</code>), or for teams that want it.</p>\n"
    } else {
        ""
    };
    format!(
        "<h2 id=\"cases\">Cases</h2>\n<p>Each may be set and silenced by itself, as <code>{}/<i>case</i></code>.</p>\n\
         <div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Cases\">\n<table>\n\
         <thead><tr><th scope=\"col\">Case</th><th scope=\"col\">Severity</th><th scope=\"col\">Codes of other tools</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</div>\n{off}",
        rule.id
    )
}
