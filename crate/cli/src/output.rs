//! What checks say, in one of their formats.

use crate::markdown::Checked;
use crate::source::Source;
use crate::{CheckFormat, json, sarif, text};
use anyhow::Result;
use layerwise_engine::Report;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::io::{BufWriter, Write, stdout};
use std::rc::Rc;

/// Takes report after report. What people read is printed at once; what programs read is one value, printed in the end.
pub enum Output {
    Text(text::Summary),
    Json(Vec<Told>),
    Sarif(Vec<Value>),
}

/// A report, and what it is of.
pub enum Told {
    File(Source, Report),
    Snippet(Rc<Source>, Checked),
}

impl Output {
    /// Of Dockerfiles.
    pub fn of_files(format: CheckFormat) -> Output {
        Output::of(format, text::Summary::default())
    }

    /// Of Dockerfiles in Markdown.
    pub fn of_snippets(format: CheckFormat) -> Output {
        Output::of(format, text::Summary::of_snippets())
    }

    fn of(format: CheckFormat, summary: text::Summary) -> Output {
        match format {
            CheckFormat::Text => Output::Text(summary),
            CheckFormat::Json => Output::Json(Vec::new()),
            CheckFormat::Sarif => Output::Sarif(Vec::new()),
        }
    }

    /// One more Markdown file was looked through.
    pub fn looked_through(&mut self) {
        if let Output::Text(summary) = self {
            summary.looked_through();
        }
    }

    /// Says what was found in a file.
    pub fn report(&mut self, source: Source, report: Report) -> Result<()> {
        match self {
            Output::Text(summary) => *summary += text::print(&source, &report)?,
            Output::Json(told) => told.push(Told::File(source, report)),
            Output::Sarif(results) => results.extend(sarif::results(&source, &report)),
        }
        Ok(())
    }

    /// Says what was found in a Dockerfile in Markdown.
    pub fn snippet(&mut self, source: &Rc<Source>, snippet: Checked) -> Result<()> {
        match self {
            Output::Text(summary) => *summary += text::print_snippet(source, &snippet)?,
            Output::Json(told) => told.push(Told::Snippet(Rc::clone(source), snippet)),
            Output::Sarif(results) => results.extend(sarif::snippet(source, &snippet)),
        }
        Ok(())
    }

    /// Says what stands behind all reports: the summary, or as one value all that was to be said.
    pub fn finish(self) -> Result<()> {
        match self {
            Output::Text(summary) => summary.print(),
            Output::Json(told) => print(&told),
            Output::Sarif(results) => print(&sarif::log(results)),
        }
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Told::File(source, report) => json::report(source, report),
            Told::Snippet(source, snippet) => json::snippet(source, snippet),
        }
        .serialize(serializer)
    }
}

/// Prints JSON.
pub fn print(value: &impl Serialize) -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}
