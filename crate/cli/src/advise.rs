//! `layerwise advise`.

use crate::options::BuildOptions;
use crate::source::Source;
use crate::{Format, Outcome};
use anyhow::Result;
use layerwise_engine::advice::{Advice, Advised, Counsel, Listing, advise, all_advice};
use layerwise_engine::check;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Says what to do with a Dockerfile: how to build, run, look into and ship its image. `with_why` adds the reasons.
pub fn run(name: &str, format: Format, with_why: bool, options: &BuildOptions) -> Result<Outcome> {
    let source = Source::read(name)?;
    let file = Path::new(name).file_name().map(|file| file.to_string_lossy().into_owned());
    let file = file.filter(|_| name != "-").unwrap_or_else(|| "Dockerfile".to_owned());
    let counsel = options.with_input(&source, |input| advise(input, &check(input), &file))?;
    let mut out = anstream::stdout().lock();
    match format {
        Format::Text => print(&mut out, &counsel, with_why)?,
        Format::Json => writeln!(out, "{:#}", json(&counsel))?,
    }
    Ok(if counsel.silence.is_some() { Outcome::Findings } else { Outcome::Clean })
}

/// The texts of what applies.
fn texts_of(advised: &Advised) -> Option<&'static Advice> {
    all_advice().iter().find(|advice| advice.id == advised.id)
}

fn print(out: &mut impl Write, counsel: &Counsel, with_why: bool) -> Result<()> {
    if let Some(silence) = counsel.silence {
        writeln!(out, "{}", silence.replace('`', ""))?;
    }
    let mut moment = None;
    for advised in &counsel.advised {
        let Some(advice) = texts_of(advised) else { continue };
        if moment != Some(advised.moment) {
            let gap = if moment.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}", advised.moment.title())?;
            moment = Some(advised.moment);
        }
        writeln!(out, "\n  {} ({})", advice.title, advice.id)?;
        for Listing { language, text } in &advised.listings {
            writeln!(out)?;
            if let Some(file) = language.file() {
                writeln!(out, "      # {file}")?;
            }
            for line in text.lines() {
                writeln!(out, "      {line}")?;
            }
        }
        if !advised.notes.is_empty() {
            writeln!(out)?;
        }
        for note in &advised.notes {
            writeln!(out, "    {note}")?;
        }
        if with_why {
            writeln!(out, "\n    {}", advice.why.trim().replace('\n', "\n    ").replace("\n    \n", "\n\n"))?;
            for reference in advice.references {
                writeln!(out, "    {reference}")?;
            }
        }
    }
    Ok(())
}

fn json(counsel: &Counsel) -> Value {
    let listing = |listing: &Listing| json!({ "file": listing.language.file(), "text": listing.text });
    let advice = |advised: &Advised| {
        let advice = texts_of(advised)?;
        Some(json!({
            "id": advice.id,
            "category": advice.category.id(),
            "moment": advised.moment.id(),
            "title": advice.title,
            "listings": advised.listings.iter().map(listing).collect::<Vec<_>>(),
            "notes": advised.notes,
            "why": advice.why.trim(),
            "references": advice.references,
            "codes": advice.codes.iter().map(|code| json!({ "tool": code.tool.name(), "code": code.code })).collect::<Vec<_>>(),
        }))
    };
    json!({ "silence": counsel.silence, "advice": counsel.advised.iter().filter_map(advice).collect::<Vec<_>>() })
}
