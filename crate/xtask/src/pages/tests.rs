use super::all;
use super::codes::slug;
use super::frame::Page;
use layerwise_engine::advice::{Advice, all_advice};
use layerwise_engine::rules::Outcome;
use layerwise_engine::{Rule, all_rules};
use layerwise_shell::explained;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// All pages, each with its path; made once, because every example in them is checked.
fn made() -> &'static [(String, String)] {
    static PAGES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    PAGES.get_or_init(|| all().iter().map(|page| (page.path().to_owned(), page.html())).collect())
}

fn by_path() -> HashMap<&'static str, &'static String> {
    made().iter().map(|(path, html)| (path.as_str(), html)).collect()
}

/// What a page refers to.
fn references(html: &str) -> Vec<&str> {
    let parts = ["href=\"", "src=\"", "url={root}"].map(|before| html.split(before).skip(1).collect::<Vec<_>>());
    parts.concat().into_iter().filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_two_pages_have_one_address_on_a_disk_that_knows_no_capitals() {
    let mut seen = HashSet::new();
    for (path, _) in made() {
        assert!(seen.insert(path.to_lowercase()), "{path}");
    }
    assert!(seen.len() > 800);
}

#[test]
fn every_rule_code_of_shellcheck_and_advice_has_a_page() {
    let pages = by_path();
    for rule in all_rules() {
        assert!(pages.contains_key(format!("rules/{}", rule.id).as_str()), "{}", rule.id);
    }
    for it in explained::all() {
        assert!(pages.contains_key(format!("rules/SC{}", it.code).as_str()), "SC{}", it.code);
    }
    for advice in all_advice() {
        assert!(pages.contains_key(format!("advice/{}", advice.id).as_str()), "{}", advice.id);
    }
}

#[test]
fn every_code_of_another_tool_leads_to_each_rule_that_it_is_for() {
    let pages = by_path();
    let leads = |code: &str, to: &str| {
        let path = format!("rules/{}", slug(code));
        let page = pages.get(path.as_str()).unwrap_or_else(|| panic!("{code} has no page"));
        assert!(format!("{path}/") == to || references(page).contains(&to), "{code} does not lead to {to}");
    };
    for rule in all_rules() {
        for code in rule.all_codes() {
            leads(code.code, &format!("rules/{}/", rule.id));
        }
    }
    for advice in all_advice() {
        for code in advice.codes {
            leads(code.code, &format!("advice/{}/", advice.id));
        }
    }
}

#[test]
fn every_link_between_pages_leads_to_a_page_and_a_place_in_it() {
    let pages = by_path();
    let score = crate::score_page::page(all_rules());
    for (path, html) in made() {
        for link in references(html) {
            let is_other = ["http", "src/", "static/", "./", "playground:", "{address}"]
                .iter()
                .any(|start| link.starts_with(start));
            if is_other {
                continue;
            }
            let (page, place) = link.split_once('#').unwrap_or((link, ""));
            let target = match page {
                "generated/score.html" => Some(&score),
                "" => Some(html),
                folder => folder.strip_suffix('/').and_then(|folder| pages.get(folder).copied()),
            };
            let target = target.unwrap_or_else(|| panic!("{path} refers to {link}"));
            assert!(place.is_empty() || target.contains(&format!("id=\"{place}\"")), "{path} refers to {link}");
        }
    }
}

#[test]
fn a_page_is_whole() {
    for (path, html) in made() {
        assert!(!html.contains("{{") && !html.contains("}}\n"), "{path} has a place that is not filled");
        assert_eq!(html.matches("<h1>").count(), 1, "{path}");
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: HashSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{path} has two places of one name");
        for tag in ["p", "pre", "code", "mark", "span", "ul", "li", "figure", "table", "del", "ins", "dl", "a"] {
            let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{path}: <{tag}>");
        }
    }
}

#[test]
fn a_rules_page_underlines_what_its_rule_finds_and_shows_the_fix_that_it_has() {
    let pages = by_path();
    for rule in all_rules() {
        let html = pages[format!("rules/{}", rule.id).as_str()];
        let has_fix =
            |rule: &Rule| rule.examples.iter().any(|it| matches!(it.outcome, Outcome::Safe(_) | Outcome::Review(_)));
        assert!(html.contains("<mark class="), "{}: nothing is underlined", rule.id);
        assert!(html.contains("<ul class=\"said\">"), "{}: nothing is said", rule.id);
        assert_eq!(html.contains("<ins>") || html.contains("<del>"), has_fix(rule), "{}: its fix", rule.id);
        assert!(html.contains(&format!("# layerwise ignore={} ", rule.id)), "{}", rule.id);
    }
}

#[test]
fn every_advice_shows_its_commands_for_a_dockerfile() {
    let samples = super::advice::samples();
    let has_none = |advice: &&Advice| super::advice::sample(advice, &samples).is_none();
    let without: Vec<&str> = all_advice().iter().filter(has_none).map(|advice| advice.id).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn most_codes_of_shellcheck_are_underlined_where_they_are_found() {
    let pages = by_path();
    let unmarked: Vec<u16> = explained::all()
        .map(|it| it.code)
        .filter(|code| !pages[format!("rules/SC{code}").as_str()].contains("<mark class="))
        .collect();
    assert!(unmarked.len() * 5 < explained::all().count(), "{unmarked:?}");
}

#[test]
fn no_text_of_a_file_is_taken_for_a_place_to_fill() {
    let page = Page::new("x", "a `{version}`", "b {address}", format!("<p>{}</p>", super::html::words("`${version}`")));
    let html = page.html();
    assert!(html.contains("<p><code>$&#123;version}</code></p>"), "{html}");
    assert!(html.contains("<title>a &#123;version} – Layerwise</title>"), "{html}");
}
