//! The page of an advice.

use super::codes::elsewhere;
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
    let samples = samples();
    all_advice().iter().map(move |advice| page(advice, &samples))
}

/// Where the page of an advice is, from the root of the site.
pub fn address(id: &str) -> String {
    format!("advice/{id}/")
}

/// Each sample, with the advice that is given for it.
pub(super) fn samples() -> Vec<(&'static str, Vec<Advised>)> {
    let with_advice = |text| {
        let input = Input { today: day(), ..Input::new(text) };
        (text, advise(&input, &check(&input), "Dockerfile").advised)
    };
    SAMPLES.into_iter().map(with_advice).collect()
}

fn page(advice: &Advice, samples: &[(&str, Vec<Advised>)]) -> Page {
    let first = advice.why.trim().split("\n\n").next().unwrap_or_default();
    let body = [
        format!("<p class=\"kicker\"><a href=\"advice/#{}\">{}</a></p>\n", advice.moment.id(), advice.moment.title()),
        format!("<h1>{}</h1>\n", words(advice.title)),
        format!("<h2 id=\"why\">Why</h2>\n{}", blocks(advice.why)),
        sample(advice, samples).unwrap_or_default(),
        elsewhere(advice.codes),
        references(advice.references),
    ];
    Page::new(format!("advice/{}", advice.id), advice.title, first, body.concat())
}

/// The commands for the first sample that the advice is for.
pub(super) fn sample(advice: &Advice, samples: &[(&str, Vec<Advised>)]) -> Option<String> {
    let (text, advised) = samples
        .iter()
        .find_map(|(text, given)| Some((*text, given.iter().find(|advised| advised.id == advice.id)?)))?;
    let mut html = "<h2 id=\"example\">Example</h2>\n".to_owned();
    for item in &advised.listings {
        if let Some(file) = item.language.file() {
            html += &format!("<p class=\"beside\"><code>{file}</code></p>\n");
        }
        html += &pre("listing", item.language.file().unwrap_or("Commands"), &escaped(&item.text));
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
