//! From the engine's values to what the page receives.

use crate::model;
use layerwise_engine as engine;
use layerwise_engine::image;
use layerwise_syntax::{TokenKind, tokens};
use layerwise_wasm_common::Positions;

pub fn report(report: &engine::Report) -> model::Report {
    let positions = Positions::of(report.file.text());
    model::Report {
        fragment: report.file.is_fragment,
        score: report.score.as_ref().map(score),
        problems: report.problems().iter().map(|found| problem(found, &positions)).collect(),
        findings: report.findings.iter().map(|found| finding(found, &positions)).collect(),
        suppressed: report.suppressed.iter().map(|found| finding(found, &positions)).collect(),
        unread_scripts: report.unread_scripts.iter().map(|script| positions.line(script.start())).collect(),
        stages: report.stages.iter().map(|found| stage(found, report.today, &positions)).collect(),
        image_facts: model::ImageFacts { as_of: image::data_as_of().to_owned(), are_old: report.has_old_facts() },
        tokens: flat_tokens(report, &positions),
        milliseconds: 0.0,
    }
}

pub fn fix_run(run: &engine::FixRun, original: &str) -> model::FixRun {
    let mut text = original.to_owned();
    let mut rounds = Vec::new();
    for round in &run.rounds {
        let positions = Positions::of(&text);
        rounds.push(edits(round, &positions));
        text = engine::fix::apply(&text, round).unwrap_or(text);
    }
    let applied = run
        .applied
        .iter()
        .map(|fix| model::AppliedFix {
            rule: fix.rule.to_owned(),
            message: fix.message.clone(),
            title: fix.title.clone(),
            line: line(fix.line),
        })
        .collect();
    let left = run
        .left
        .iter()
        .map(|fix| model::LeftFix {
            rule: fix.rule.to_owned(),
            title: fix.title.clone(),
            line: line(fix.line),
            reason: fix.reason.sentence(),
            is_harm: fix.reason.is_harm(),
        })
        .collect();
    model::FixRun { rounds, applied, left, report: report(&run.report) }
}

fn line(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

pub fn score(score: &engine::Score) -> model::Score {
    let bar = |bar: &engine::score::CategoryScore| model::CategoryScore {
        id: bar.category.id().to_owned(),
        title: bar.category.title().to_owned(),
        total: bar.total,
        applies: bar.applies,
    };
    model::Score {
        total: score.total,
        grade: score.grade.letter().to_owned(),
        cap: score.cap.map(|cap| model::Cap { finding: cap.finding, from: cap.from.letter().to_owned() }),
        categories: score.categories.iter().map(bar).collect(),
    }
}

fn problem(problem: &layerwise_syntax::Problem, positions: &Positions) -> model::Problem {
    model::Problem {
        message: problem.message.clone(),
        range: positions.range(problem.range),
        line: positions.line(problem.range.start()),
    }
}

fn finding(finding: &engine::Finding, positions: &Positions) -> model::Finding {
    model::Finding {
        rule: finding.rule.to_owned(),
        case: finding.case.to_owned(),
        codes: finding.codes.iter().map(|code| code.code.to_owned()).collect(),
        severity: match finding.severity {
            engine::Severity::Error => model::Severity::Error,
            engine::Severity::Warning => model::Severity::Warning,
            engine::Severity::Info => model::Severity::Info,
            engine::Severity::Style => model::Severity::Style,
        },
        category: finding.category.id().to_owned(),
        message: finding.message.clone(),
        range: positions.range(finding.range),
        line: positions.line(finding.range.start()),
        instruction_line: positions.line(finding.instruction.start()),
        points: finding.points,
        fix: finding.fix.as_ref().map(|fix| model::Fix {
            applicability: match fix.applicability {
                engine::Applicability::Safe => model::Applicability::Safe,
                engine::Applicability::Review => model::Applicability::Review,
            },
            title: fix.title.clone(),
            edits: edits(&fix.edits, positions),
        }),
        silenced_by: finding.silenced_by.map(|range| positions.range(range)),
        pattern: finding.pattern(),
    }
}

fn edits(edits: &[engine::Edit], positions: &Positions) -> Vec<model::Edit> {
    engine::fix::in_order(edits).into_iter().map(|one| edit(one, positions)).collect()
}

pub fn edit(edit: &engine::Edit, positions: &Positions) -> model::Edit {
    model::Edit { range: positions.range(edit.range), text: edit.text.clone(), why: edit.why }
}

fn stage(stage: &engine::StageSummary, today: Option<engine::Date>, positions: &Positions) -> model::Stage {
    model::Stage {
        name: stage.name.clone(),
        base: stage.base.clone(),
        line: positions.line(stage.range.start()),
        ships: stage.ships,
        known: known(stage.known(today), today),
    }
}

fn known(known: image::Known, today: Option<engine::Date>) -> model::Known {
    let release = |cycle: image::Cycle| model::Release {
        title: cycle.title(),
        ends: cycle.last_day().map(|day| day.to_string()),
        has_ended: cycle.has_ended(today),
    };
    let smaller =
        |smaller: image::Smaller| model::Smaller { image: smaller.reference, lacks: smaller.lacks.to_owned() };
    model::Known {
        kind: known.kind.id().to_owned(),
        image: known.image,
        line: known.line.map(release),
        system: known.system.map(release),
        listed: known.is_listed,
        rolling: known.is_rolling,
        same: known.same,
        newer: known.newer,
        smaller: known.smaller.into_iter().map(smaller).collect(),
    }
}

fn flat_tokens(report: &engine::Report, positions: &Positions) -> Vec<u32> {
    tokens(&report.file)
        .into_iter()
        .flat_map(|token| {
            let range = positions.range(token.range);
            let kind =
                TokenKind::ALL.iter().position(|kind| *kind == token.kind).and_then(|index| u32::try_from(index).ok());
            [range.start, range.end, kind.unwrap_or_default()]
        })
        .collect()
}
