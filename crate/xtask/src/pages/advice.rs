//! The page of an advice.

use super::codes::links_by_tool;
use super::example::{day, open};
use super::frame::Page;
use super::html::{blocks, escaped, pre, references, words};
use super::listing::listing;
use layerwise_engine::advice::{Advice, Advised, advise, all_advice};
use layerwise_engine::{Input, check};

/// Dockerfiles for which advice is given: the playground's examples, and two of its own.
const SAMPLES: [&str; 7] = [
    include_str!("../../../../web/src/examples/node.Dockerfile"),
    include_str!("../../../../web/src/examples/python.Dockerfile"),
    include_str!("../../../../web/src/examples/go.Dockerfile"),
    include_str!("../../../../web/src/examples/java.Dockerfile"),
    include_str!("../../../../web/src/examples/legacy.Dockerfile"),
    include_str!("service.Dockerfile"),
    include_str!("tool.Dockerfile"),
];

/// One for each advice.
pub fn pages() -> impl Iterator<Item = Page> {
    all_advice().iter().map(page)
}

/// Where the page of an advice is, from the root of the site.
pub fn address(id: &str) -> String {
    format!("advice/{id}/")
}

fn page(advice: &Advice) -> Page {
    let first = advice.why.trim().split("\n\n").next().unwrap_or_default();
    let elsewhere = if advice.codes.is_empty() {
        String::new()
    } else {
        format!("<h2 id=\"elsewhere\">What other tools call it</h2>\n<p>{}</p>\n", links_by_tool(advice.codes))
    };
    let body = [
        format!("<p class=\"kicker\"><a href=\"advice/#{}\">{}</a></p>\n", advice.moment.id(), advice.moment.title()),
        format!("<h1>{}</h1>\n", words(advice.title)),
        format!("<h2 id=\"why\">Why</h2>\n{}", blocks(advice.why)),
        sample(advice).unwrap_or_default(),
        elsewhere,
        references(advice.references),
    ];
    Page::new(format!("advice/{}", advice.id), advice.title, first, body.concat())
}

/// The commands for the first sample that the advice is for.
pub(super) fn sample(advice: &Advice) -> Option<String> {
    let (text, advised) = SAMPLES.iter().find_map(|text| Some((*text, given(advice, text)?)))?;
    let mut html = "<h2 id=\"example\">Example</h2>\n".to_owned();
    for item in &advised.listings {
        if let Some(file) = item.language.file() {
            html += &format!("<p class=\"beside\"><code>{file}</code></p>\n");
        }
        html += &format!(
            "{}<code>{}</code></pre>\n",
            pre("listing", item.language.file().unwrap_or("Commands")),
            escaped(&item.text)
        );
    }
    let notes: String = advised.notes.iter().map(|note| format!("<li>{}</li>\n", words(note))).collect();
    if !notes.is_empty() {
        html += &format!("<ul>\n{notes}</ul>\n");
    }
    html += &format!(
        "<details>\n<summary>The Dockerfile that this is for</summary>\n{}{}</details>\n",
        listing(text, &[], "Dockerfile"),
        open(text, None)
    );
    html += "<p>The tab <b>Run</b> of the playground and <code>layerwise advise Dockerfile</code> make the commands for yours.</p>\n";
    Some(html)
}

fn given(advice: &Advice, text: &str) -> Option<Advised> {
    let input = Input { today: day(), ..Input::new(text) };
    advise(&input, &check(&input), "Dockerfile").advised.into_iter().find(|advised| advised.id == advice.id)
}
