//! An address for every code of another tool, which leads to ours.

use super::frame::Page;
use super::html::{escaped, words};
use super::{advice, rule};
use layerwise_engine::advice::all_advice;
use layerwise_engine::{Code, all_rules};
use layerwise_shell::explained;
use std::collections::BTreeMap;

/// What a code leads to.
struct Target {
    address: String,
    title: &'static str,
    code: Code,
}

/// One for each code that has no page of its own.
pub fn pages() -> Vec<Page> {
    let of_rules = all_rules().iter().flat_map(|rule| {
        let target = move |code| Target { address: rule::address(rule.id), title: rule.title, code };
        rule.all_codes().into_iter().map(target)
    });
    let of_advice = all_advice().iter().flat_map(|advice| {
        let target = |code: &Code| Target { address: advice::address(advice.id), title: advice.title, code: *code };
        advice.codes.iter().map(target)
    });
    let mut places: BTreeMap<String, Vec<Target>> = BTreeMap::new();
    for target in of_rules.chain(of_advice) {
        places.entry(slug(target.code.code)).or_default().push(target);
    }
    places.into_iter().filter(|(place, _)| !has_own_page(place)).map(|(place, targets)| page(&place, targets)).collect()
}

/// A rule of ours may be called as another tool calls it, and ShellCheck's codes are explained.
fn has_own_page(place: &str) -> bool {
    let is_rule = all_rules().iter().any(|rule| rule.id == place);
    is_rule || explained::all().any(|it| place.strip_prefix("SC") == Some(&it.code.to_string()))
}

fn page(place: &str, mut targets: Vec<Target>) -> Page {
    let mut names: Vec<String> =
        targets.iter().map(|it| format!("{} ({})", it.code.code, it.code.tool.name())).collect();
    names.dedup();
    let title = names.join(", ");
    let heading = format!("<h1>{}</h1>\n", escaped(&title));
    targets.dedup_by(|one, other| one.address == other.address);
    let path = format!("rules/{place}");
    if let [only] = targets.as_slice() {
        let body =
            format!("{heading}<p>Layerwise calls it <a href=\"{}\">{}</a>.</p>\n", only.address, words(only.title));
        return Page::new(path, &title, &format!("{title}: {}.", only.title), body).leading_to(&only.address);
    }
    let items: String =
        targets.iter().map(|it| format!("<li><a href=\"{}\">{}</a></li>\n", it.address, words(it.title))).collect();
    let body = format!("{heading}<p>In Layerwise this is more than one thing:</p>\n<ul>\n{items}</ul>\n");
    Page::new(path, &title, &format!("What {title} is called in Layerwise."), body)
}

/// The code as a part of an address: `web/src/reading/address.ts` does the same. A code that is made of words is written in small letters.
pub fn slug(code: &str) -> String {
    let lower;
    let code = if code.contains(' ') {
        lower = code.to_ascii_lowercase();
        &lower
    } else {
        code
    };
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-/".contains(character);
    code.split(|character| !is_plain(character)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// What other tools call a rule or an advice, where any do.
pub fn elsewhere(codes: &[Code]) -> String {
    if codes.is_empty() {
        return String::new();
    }
    format!("<h2 id=\"elsewhere\">What other tools call it</h2>\n<p>{}</p>\n", links_by_tool(codes))
}

/// Codes with links, tool by tool.
pub fn links_by_tool(codes: &[Code]) -> String {
    let mut html = String::new();
    for of_tool in codes.chunk_by(|one, other| one.tool == other.tool) {
        let Some(first) = of_tool.first() else { continue };
        let links: Vec<String> = of_tool
            .iter()
            .map(|code| format!("<a class=\"code\" href=\"rules/{}/\">{}</a>", slug(code.code), escaped(code.code)))
            .collect();
        html += &format!("<span class=\"tool\">{} {}</span> ", first.tool.name(), links.join(", "));
    }
    html
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_code_becomes_a_part_of_an_address() {
        assert_eq!(slug("DL3008"), "DL3008");
        assert_eq!(slug("tally/labels/valid-key"), "tally/labels/valid-key");
        assert_eq!(slug("COPY '--from' Without FROM Alias"), "copy---from-without-from-alias");
        assert_eq!(slug("Exposing Port 22 (SSH)"), "exposing-port-22-ssh");
    }
}
