//! The report for people.

use crate::markdown::Checked;
use crate::source::Source;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::Result;
use layerwise_engine::image::data_as_of;
use layerwise_engine::{Applicability, Finding, Report, Severity, StageSummary};
use layerwise_syntax::TextRange;
use std::io::Write;
use std::ops::{AddAssign, Range};

/// Lines longer than this are not shown: the terminal could not either.
const LONGEST_SHOWN: usize = 2_000;

/// What was found in all files together.
#[derive(Default)]
pub struct Summary {
    files: usize,
    findings: usize,
    fixable: usize,
    has_old_facts: bool,
    /// The Markdown files that the Dockerfiles are from, where they are from such.
    documents: Option<usize>,
    /// What authors expect and does not hold.
    broken: usize,
}

impl AddAssign for Summary {
    fn add_assign(&mut self, other: Summary) {
        self.files += other.files;
        self.findings += other.findings;
        self.fixable += other.fixable;
        self.has_old_facts |= other.has_old_facts;
        self.broken += other.broken;
    }
}

impl Summary {
    /// Of Dockerfiles in Markdown.
    pub fn of_snippets() -> Summary {
        Summary { documents: Some(0), ..Summary::default() }
    }

    /// One more Markdown file was looked through.
    pub fn looked_through(&mut self) {
        self.documents = self.documents.map(|count| count + 1);
    }

    /// Prints the last line.
    pub fn print(&self) -> Result<()> {
        let mut out = anstream::stdout().lock();
        match self.documents {
            Some(count) => {
                write!(out, "{} in {} checked", counted(self.files, "Dockerfile"), counted(count, "document"))?
            }
            None => write!(out, "{} checked", counted(self.files, "file"))?,
        }
        write!(out, ", {}", counted(self.findings, "finding"))?;
        if self.broken > 0 {
            write!(out, ", {} not met", counted(self.broken, "expectation"))?;
        }
        // Nothing is written into Markdown.
        if self.fixable > 0 && self.documents.is_none() {
            write!(out, ", {} with a safe fix (`layerwise fix`)", self.fixable)?;
        }
        writeln!(out)?;
        if self.has_old_facts {
            let day = data_as_of();
            writeln!(out, "What is known here of base images is of {day}; a newer Layerwise may know more.")?;
        }
        Ok(())
    }
}

/// Prints what was found in a file.
pub fn print(source: &Source, report: &Report) -> Result<Summary> {
    print_as(source.title(), source, report)
}

/// Prints what was found in a Dockerfile in Markdown, and what its author expects in vain.
pub fn print_snippet(source: &Source, snippet: &Checked) -> Result<Summary> {
    let Checked { fence, report, expected, broken } = snippet;
    for sentence in broken {
        let shown = render(&Renderer::styled(), source, Level::ERROR, None, &self::sentence(sentence), *fence, &[]);
        writeln!(anstream::stdout().lock(), "{shown}\n")?;
    }
    let place = format!("{}:{}", source.title(), source.place(fence.start()).line);
    let summary = print_as(&place, source, report)?;
    if !expected.is_empty() {
        writeln!(anstream::stdout().lock(), "{place}: {} as expected", counted(expected.len(), "finding"))?;
    }
    Ok(Summary { broken: broken.len(), ..summary })
}

/// Begins with a capital letter, unless it begins with a name.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn print_as(title: &str, source: &Source, report: &Report) -> Result<Summary> {
    let mut out = anstream::stdout().lock();
    let renderer = Renderer::styled();
    for finding in &report.findings {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
            Severity::Style => Level::NOTE,
        };
        writeln!(
            out,
            "{}\n",
            render(&renderer, source, level, Some(finding.rule), &finding.message, finding.range, &help(finding))
        )?;
    }
    writeln!(out, "{title}: {}", verdict(report))?;
    for script in &report.unread_scripts {
        let line = source.place(script.start()).line;
        writeln!(out, "{title}: the shell checks did not get through the script in line {line}, and left it out")?;
    }
    let is_safe = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    let has_image = |stage: &StageSummary| stage.start.image().is_some();
    Ok(Summary {
        files: 1,
        findings: report.findings.len(),
        fixable: report.findings.iter().filter(is_safe).count(),
        has_old_facts: report.has_old_facts() && report.stages.iter().any(has_image),
        ..Summary::default()
    })
}

fn render(
    renderer: &Renderer,
    source: &Source,
    level: Level<'static>,
    rule: Option<&'static str>,
    message: &str,
    range: TextRange,
    help: &[String],
) -> String {
    let place = source.place(range.start());
    let mut title = level.primary_title(message);
    if let Some(rule) = rule {
        title = title.id(rule);
    }
    let lines = excerpt(&source.text, range.into());
    let shown = source.text.get(lines.clone()).unwrap_or_default();
    let group = if shown.lines().all(|line| line.len() <= LONGEST_SHOWN) {
        let start = usize::from(range.start()) - lines.start;
        let end = (usize::from(range.end()) - lines.start).clamp(start, shown.len());
        let snippet = Snippet::source(shown).path(source.title()).line_start(usize::try_from(place.line).unwrap_or(1));
        title.element(snippet.annotation(AnnotationKind::Primary.span(start..end)))
    } else {
        title.element(Level::NOTE.message(format!("at {}:{}:{}", source.title(), place.line, place.column)))
    };
    let group = help.iter().fold(group, |group, line| group.element(Level::HELP.message(line.as_str())));
    renderer.render(&[group])
}

/// The whole lines that hold a range.
fn excerpt(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let last = range.end.max(range.start);
    let end = text.get(last..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| last + newline);
    start..end
}

fn help(finding: &Finding) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(fix) = &finding.fix {
        let kind = match fix.applicability {
            Applicability::Safe => "safe fix",
            Applicability::Review => "fix to review",
        };
        lines.push(format!("{kind}: {}", fix.title));
    }
    if !finding.pattern().is_empty() {
        lines.push(format!("`layerwise explain {}` shows how", finding.rule));
    }
    let codes: Vec<&str> = finding.codes.iter().map(|code| code.code).filter(|code| *code != finding.rule).collect();
    if !codes.is_empty() {
        lines.push(format!("also known as {}", codes.join(", ")));
    }
    lines
}

fn verdict(report: &Report) -> String {
    let silenced = match report.suppressed.len() {
        0 => String::new(),
        count => format!(", {count} ignored by comments"),
    };
    match &report.score {
        None => format!("no score: BuildKit would refuse this file{silenced}"),
        Some(score) => {
            let kind = if report.file.is_fragment { " as a fragment" } else { "" };
            format!("{} of 100 ({}){kind}{silenced}", score.total, score.grade.letter())
        }
    }
}

/// A number of things, in words.
pub fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
