//! What all pages have around what they say.

use super::html::{filled, plain};

/// A page.
pub struct Page {
    /// The folder that it is the `index.html` of, from the root of the site, without slashes at the ends.
    path: String,
    title: String,
    description: String,
    /// The address that the page only leads on to, if that is all it does.
    leads_to: Option<String>,
    /// Sources of scripts beside the one that all pages have.
    script: Option<&'static str>,
    body: String,
}

impl Page {
    /// `title` and `description` are text with backticks, `body` is HTML.
    pub fn new(path: impl Into<String>, title: &str, description: &str, body: String) -> Page {
        let [title, description] =
            [title, description].map(|text| plain(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
        Page { path: path.into(), title, description, leads_to: None, script: None, body }
    }

    /// Makes it a page that leads to another one, whose address is `to` from the root of the site.
    pub fn leading_to(self, to: &str) -> Page {
        Page { leads_to: Some(to.to_owned()), ..self }
    }

    /// Adds a script.
    pub fn with_script(self, source: &'static str) -> Page {
        Page { script: Some(source), ..self }
    }

    /// See [`Page::new`].
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole page. Braces stand for what `web/build.mjs` knows.
    pub fn html(&self) -> String {
        let script = self.script.map(|source| format!("    <script type=\"module\" src=\"{source}\"></script>\n"));
        let onward = self.leads_to.as_ref().map(|to| {
            // A search engine is told by the canonical address, a person's browser by the refreshment. No script is needed.
            format!("    <meta http-equiv=\"refresh\" content=\"0; url={{root}}{to}\">\n    <meta name=\"robots\" content=\"noindex\">\n")
        });
        let canonical = self.leads_to.clone().unwrap_or_else(|| format!("{}/", self.path));
        let parts = [
            ("TITLE", self.title.as_str()),
            ("DESCRIPTION", &self.description),
            ("CANONICAL", &canonical),
            ("ONWARD", &onward.unwrap_or_default()),
            ("SCRIPT", &script.unwrap_or_default()),
            ("BODY", &self.body),
        ];
        // Nothing in a page's own texts is taken for a place to fill: the body comes last.
        filled(include_str!("frame.html"), &parts)
    }
}
