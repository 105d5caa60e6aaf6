//! The lists of rules and of advice. With scripts they can be searched; without them they are lists all the same.

use super::frame::Page;
use super::html::{escaped, words};
use super::{advice, rule};
use layerwise_engine::advice::{Advice, all_advice};
use layerwise_engine::{Code, Rule, Tool, all_rules};
use layerwise_shell::explained::{self, Explained};

/// The source of the script that searches.
const SEARCH: &str = "src/reading/search.ts";

/// Every rule, by category, and every code of ShellCheck.
pub fn rules() -> Page {
    let mut groups = String::new();
    for of_category in all_rules().chunk_by(|one, other| one.category == other.category) {
        let Some(first) = of_category.first() else { continue };
        let entries: String = of_category.iter().map(rule_entry).collect();
        groups += &group(first.category.id(), first.category.title(), &entries);
    }
    let codes: String = explained::all().map(code_entry).collect();
    groups += &group("shell", "Scripts", &codes);
    let body = format!(
        "<h1>Rules</h1>\n<p class=\"lead\">What Layerwise checks, and why: {} rules about Dockerfiles, and {} codes of ShellCheck about the scripts in them. \
         Each has a page with examples, its fix, and what other tools call it.</p>\n{}{groups}",
        all_rules().len(),
        explained::all().count(),
        search("A rule, a word of it, or a code such as DL3008")
    );
    let description = "Every rule for Dockerfiles that Layerwise checks, by category, with the codes of hadolint, BuildKit, Trivy, Checkov, ShellCheck and others.";
    Page::new("rules", "Rules", description, body).with_script(SEARCH)
}

/// Every advice, by its time.
pub fn advice() -> Page {
    let mut groups = String::new();
    for of_moment in all_advice().chunk_by(|one, other| one.moment == other.moment) {
        let Some(first) = of_moment.first() else { continue };
        let entries: String = of_moment.iter().map(advice_entry).collect();
        groups += &group(first.moment.id(), first.moment.title(), &entries);
    }
    let body = format!(
        "<h1>Advice</h1>\n<p class=\"lead\">What no Dockerfile shows: how to build an image, look into it, run it locked up, and ship it. \
         The playground and <code>layerwise advise</code> make the commands for your file.</p>\n{}{groups}",
        search("An advice, or a word of it")
    );
    let description =
        "How to build, look into, run and ship the image of a Dockerfile: commands, and the reasons for them.";
    Page::new("advice", "Advice", description, body).with_script(SEARCH)
}

/// Where words are looked for, once there is a script. The script takes its texts from here.
fn search(hint: &str) -> String {
    format!(
        "<search class=\"search\" data-search hidden>\n<label for=\"search\">Search</label>\n\
         <input id=\"search\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"hint\">\n<p id=\"hint\" class=\"hint\">{hint}</p>\n\
         <p class=\"found\" role=\"status\" data-one=\"1 is shown.\" data-many=\"# are shown.\" data-none=\"Nothing here goes by these words.\"></p>\n</search>\n"
    )
}

fn group(id: &str, title: &str, entries: &str) -> String {
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<ul class=\"entries\">\n{entries}</ul>\n</section>\n"
    )
}

fn rule_entry(rule: &Rule) -> String {
    let codes = rule.all_codes();
    let shown: Vec<String> = codes
        .iter()
        .filter(|code| is_short(code))
        .map(|code| format!("<span class=\"code\">{}</span>", code.code))
        .collect();
    let off = if rule.is_on { "" } else { ", off by itself" };
    format!(
        "<li data-words=\"{}\"><a href=\"{}\">{}</a> <span class=\"severity {sev}\">{sev}{off}</span>\n<p>{}</p>\n<p class=\"names\"><code>{}</code> {}</p></li>\n",
        escaped(&codes.iter().map(|code| format!("{} {}", code.tool.name(), code.code)).collect::<Vec<_>>().join(" ")),
        rule::address(rule.id),
        words(rule.title),
        words(rule.summary),
        rule.id,
        shown.join(" "),
        sev = rule.severity.id(),
    )
}

/// What people know by heart. The others are found by the search, and on the rule's own page.
fn is_short(code: &Code) -> bool {
    matches!(code.tool, Tool::Hadolint | Tool::Buildkit | Tool::Shellcheck)
}

fn code_entry(it: &Explained) -> String {
    let code = format!("SC{}", it.code);
    format!(
        "<li data-words=\"ShellCheck\"><a href=\"rules/{code}/\">{}</a>\n<p class=\"names\"><code>{code}</code></p></li>\n",
        words(it.title)
    )
}

fn advice_entry(it: &Advice) -> String {
    let codes: Vec<String> = it.codes.iter().map(|code| format!("{} {}", code.tool.name(), code.code)).collect();
    format!(
        "<li data-words=\"{}\"><a href=\"{}\">{}</a>\n<p class=\"names\"><code>{}</code></p></li>\n",
        escaped(&codes.join(" ")),
        advice::address(it.id),
        words(it.title),
        it.id
    )
}
