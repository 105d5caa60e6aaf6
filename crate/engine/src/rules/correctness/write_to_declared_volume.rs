//! Changes below a path that is a volume already.

use crate::document::is_within;
use crate::packages::{stays, written};
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "write-to-declared-volume",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "A change below a volume",
    summary: "Files are changed below a path that was already declared a VOLUME.",
    why: "
The legacy builder throws away what a step writes below a volume that was declared before. BuildKit keeps it, and other builders have ideas of their
own.

Declare the volume last, behind everything that fills the directory, and nobody has to know.
",
    leave_it_when: "You build with BuildKit alone, and the order has a reason.",
    references: &["https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM debian:13-slim\nVOLUME /data\nRUN mkdir -p «/data/uploads» && chown nobody /data/uploads\nUSER nobody\n",
            "FROM debian:13-slim\nRUN mkdir -p /data/uploads && chown nobody /data/uploads\nVOLUME /data\nUSER nobody\n",
        ),
        fixed(
            "FROM debian:13-slim\nVOLUME [\"/data\"]\nCOPY seed «/data/»\nRUN echo a > «/data/a»\nCMD [\"x\"]\n",
            "FROM debian:13-slim\nCOPY seed /data/\nRUN echo a > /data/a\nVOLUME [\"/data\"]\nCMD [\"x\"]\n",
        ),
        // The comment belongs to the line.
        flagged("FROM debian:13-slim\n# Uploads.\nVOLUME /data\nRUN mkdir «/data/a»\n"),
        flagged("FROM debian:13-slim AS a\nVOLUME /data\nFROM a\nWORKDIR /data\nRUN touch «b»\n"),
        clean("FROM debian:13-slim\nRUN mkdir -p /data/uploads && chown nobody /data/uploads\nVOLUME /data\n"),
        clean("FROM debian:13-slim\nVOLUME /data\nRUN mkdir /database && cp /data/x /y && ls /data && rm -rf /tmp/data\nCOPY a /dataset/\n"),
        clean("FROM debian:13-slim\nVOLUME /cache\nRUN --mount=type=cache,target=/cache touch /cache/a\nFROM debian:13-slim\nRUN touch /cache/a\n"),
        // The declaration makes the folder whose mode is changed.
        flagged("FROM debian:13-slim\nVOLUME /data\nRUN chmod 711 «/data»\n"),
    ],
    check,
};

/// From this many volumes on nobody keeps count.
const MOST_VOLUMES: usize = 64;

#[derive(Clone)]
struct Volume<'d, 'a> {
    path: String,
    step: &'d Step<'a>,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut ends: Vec<Vec<Volume<'_, '_>>> = Vec::new();
    for stage in document.stages() {
        let mut volumes = stage.parent.and_then(|parent| ends.get(parent)).cloned().unwrap_or_default();
        let mut is_mended = false;
        for step in stage.own_steps().filter(|_| !stage.is_windows) {
            if let Arguments::Volume { paths, .. } = &step.instruction.arguments {
                let known = paths.iter().filter_map(|path| step.absolute_path(&document.value_at(path, step)?));
                let free = MOST_VOLUMES.saturating_sub(volumes.len());
                volumes.extend(known.filter(|path| path != "/").map(|path| Volume { path, step }).take(free));
            }
            let Some((volume, range)) = change(document, step, &volumes) else { continue };
            let message =
                format!("`{}` is a volume already, and not every builder keeps what is written there", volume.path);
            let finding = report.here(range, message);
            if let Some(edits) = (!is_mended).then(|| move_behind(document, stage, volume, &volumes)).flatten() {
                finding.fix(Safe, "Declare the volume behind it", edits);
            }
            is_mended = true;
        }
        ends.push(volumes);
    }
}

/// The first path below a volume that a step changes.
fn change<'v, 'd, 'a>(
    document: &Document<'a>,
    step: &Step<'a>,
    volumes: &'v [Volume<'d, 'a>],
) -> Option<(&'v Volume<'d, 'a>, TextRange)> {
    if volumes.is_empty() {
        return None;
    }
    let holding =
        |path: &str| volumes.iter().find(|volume| is_within(path, &volume.path)).filter(|_| !step.is_mounted(path));
    if let Some(copy) = step.copy() {
        return Some((holding(&document.destination_of(step)?)?, copy.destination.range));
    }
    let stays = stays(step);
    let mut written = step.commands().flat_map(|command| written(step, command, stays));
    written.find_map(|written| Some((holding(&written.path)?, written.range)))
}

/// Moves the declaration of a volume behind the last step of its stage that writes there.
fn move_behind<'a>(
    document: &Document<'a>,
    stage: &Stage<'a>,
    volume: &Volume<'_, 'a>,
    volumes: &[Volume<'_, 'a>],
) -> Option<Vec<Edit>> {
    let declaration = volume.step;
    let is_plain = declaration.stage == stage.index
        && !document.has_comments(declaration)
        && matches!(&declaration.instruction.arguments, Arguments::Volume { paths, .. } if paths.iter().all(|path| !path.has_variable()));
    let last = stage.own_steps().rev().find(|step| change(document, step, volumes).is_some())?;
    // The declaration may have made the folder that the step needs, unless that makes it itself.
    let makes =
        |step: &Step<'_>| step.copy().is_some() || step.commands().any(|command| command.is_one_of("mkdir install"));
    let mut passed =
        stage.own_steps().filter(|step| step.index > declaration.index && change(document, step, volumes).is_some());
    let is_made = passed.next().is_some_and(makes);
    let is_declared_again =
        volumes.iter().any(|other| other.path == volume.path && other.step.outer.range != declaration.outer.range);
    if !is_made || is_declared_again {
        return None;
    }
    let text = document.slice(declaration.outer.lines);
    let place = last.outer.lines.end();
    let is_line = text.ends_with('\n') && document.slice(last.outer.lines).ends_with('\n');
    (is_plain && is_line && last.index > declaration.index)
        .then(|| vec![delete(declaration.outer.lines), insert(place, text)])
}
