//! `chmod` and `chown` of what was just copied.

use crate::document::is_within;
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::{DirectiveKind, Source};

pub const RULE: Rule = Rule {
    id: "set-mode-and-owner-in-copy",
    category: Category::Layers,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[Case::new("adjacent").codes(&[tally("tally/prefer-copy-chmod")]), Case::new("later")],
    supersedes: &[],
    title: "chmod or chown after COPY",
    summary: "Set mode and owner while copying; a later chmod or chown stores the files a second time.",
    why: "
Layers only grow. `RUN chown -R app /app` writes every file anew into a layer of its own, and the image holds all of them twice.

`COPY --chown=app --chmod=755` does it in one go, and needs no shell.
",
    leave_it_when: "The RUN also changes files that were not copied, or the files are tiny.",
    references: &["https://docs.docker.com/reference/dockerfile/#copy---chown---chmod"],
    fix_changes: &[Change::Layers],
    examples: &[
        fixed(
            "FROM debian:13-slim\nCOPY entrypoint.sh /usr/local/bin/entrypoint.sh\nRUN «chmod 755 /usr/local/bin/entrypoint.sh»\n",
            "FROM debian:13-slim\nCOPY --chmod=755 entrypoint.sh /usr/local/bin/entrypoint.sh\n",
        )
        .case("adjacent"),
        fixed(
            "FROM debian:13-slim\nCOPY --link run.sh /app/\nRUN «chown 1000:1000 /app/run.sh»\nUSER 1000\n",
            "FROM debian:13-slim\nCOPY --chown=1000:1000 --link run.sh /app/\nUSER 1000\n",
        )
        .case("adjacent"),
        // Modes in letters came with version 1.14 of the frontend.
        fixed(
            "# syntax=docker/dockerfile:1\nFROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod +x /app/run.sh»\n",
            "# syntax=docker/dockerfile:1\nFROM debian:13-slim\nCOPY --chmod=+x run.sh /app/\n",
        )
        .case("adjacent"),
        reviewed(
            "FROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod +x /app/run.sh»\n",
            "FROM debian:13-slim\nCOPY --chmod=+x run.sh /app/\n",
        )
        .case("adjacent"),
        flagged("# syntax=docker/dockerfile:1.9\nFROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod +x /app/run.sh»\n").case("adjacent"),
        flagged("FROM debian:13-slim\nCOPY run.sh /app/\nRUN «chown root.root /app/run.sh»\n").case("adjacent"),
        flagged("FROM debian:13-slim\nCOPY run.sh /app/\nRUN make && «chmod 755 /app/run.sh»\n").case("later"),
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «chown -R node:node /app»\nUSER node\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node . .\nUSER node\n",
        )
        .case("later"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node . .\nUSER node\n"),
        // The RUN between them made files too.
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN chown -R node:node /app\n"),
        clean("FROM debian:13-slim\nCOPY a /app/\nRUN mkdir /data && chown nobody /data && chmod u+s /app/a\n"),
        clean("FROM debian:13 AS build\nCOPY run.sh /app/\nRUN chmod 755 /app/run.sh\nFROM debian:13-slim\nCOPY --from=build /app /app\n"),
        clean("FROM debian:13-slim\nCOPY a b /app/\nRUN chmod 755 /app/*\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages().filter(|stage| !stage.is_windows) {
        for (index, run) in stage.steps.iter().enumerate().filter(|(_, step)| step.is_run() && step.is_readable()) {
            let commands: Vec<&Command> = run.commands().collect();
            let is_alone = commands.len() == 1;
            for command in &commands {
                let Some(change) = ModeOrOwner::of(run, command) else { continue };
                let earlier = stage.steps.iter().take(index).rev();
                // Whatever a RUN in between did to the files is not known.
                let mut near = earlier.take_while(|step| !step.is_run()).filter(|step| step.copy().is_some());
                let Some(copy) = near.find(|copy| change.is_of(copy)) else { continue };
                let is_adjacent = copy.index + 1 == run.index && is_alone && !change.is_recursive;
                let case = if is_adjacent { "adjacent" } else { "later" };
                let message =
                    format!("`{}` stores again what {} brought", change.target, copy.instruction.kind().name());
                let finding = report.at(case, command.range, message);
                if copy.index + 1 != run.index || !is_alone || !run.instruction.flags.is_empty() {
                    continue;
                }
                let support = change.support(document);
                if let Some(edits) =
                    change.edits(copy, run).filter(|_| support != Support::None && !has_comment(document, run))
                {
                    let title = format!("Copy with --{}", change.flag);
                    match support {
                        _ if !is_adjacent => {
                            finding.fix(Review, format!("{title}; the folder itself keeps its owner and mode"), edits);
                        }
                        Support::Sure => finding.fix(Safe, title, edits),
                        _ => finding.fix(
                            Review,
                            format!("{title}, which builders before 2025 do not know with letters"),
                            edits,
                        ),
                    }
                }
            }
        }
    }
}

/// A `chmod` or `chown` of one path.
struct ModeOrOwner<'c> {
    flag: &'static str,
    /// The mode or owner.
    value: &'c str,
    /// As written.
    target: &'c str,
    path: String,
    is_recursive: bool,
}

impl<'c> ModeOrOwner<'c> {
    fn of(step: &Step<'_>, command: &'c Command) -> Option<Self> {
        let flag = match command.program()? {
            "chmod" => "chmod",
            "chown" => "chown",
            _ => return None,
        };
        let operands = command.operands();
        let [value, target] = operands[..] else { return None };
        let (value, target) = (value.known()?, target.known()?);
        let is_special = flag == "chmod" && value.contains(['s', 't']);
        if is_special || command.context.is_conditional || !command.wrappers.is_empty() || !command.redirects.is_empty()
        {
            return None;
        }
        let path = step.absolute_path(target)?;
        Some(ModeOrOwner { flag, value, target, path, is_recursive: command.has_any_flag(&["-R", "--recursive"]) })
    }

    /// Whether a copy brought what is changed: the file itself, or for a recursive change everything below the folder.
    fn is_of(&self, step: &Step<'_>) -> bool {
        let Some(copy) = step.copy() else { return false };
        let Some(destination) = step.absolute_path(&copy.destination.text) else { return false };
        if self.is_recursive {
            return is_within(&destination, &self.path);
        }
        let [source] = &copy.sources[..] else { return false };
        match source {
            Source::Heredoc(..) => destination == self.path,
            Source::Path(word) => {
                let name = word.text.rsplit('/').next().unwrap_or_default();
                let is_name = !matches!(name, "" | "." | "..") && word.is_plain() && !name.contains(['*', '?', '[']);
                let is_into_folder =
                    copy.destination.text.ends_with('/') || matches!(copy.destination.text.as_str(), "." | "..");
                let file =
                    if is_into_folder { format!("{}/{name}", destination.trim_end_matches('/')) } else { destination };
                is_name && file == self.path
            }
        }
    }

    /// Whether the builder takes the value as a flag of the copy.
    fn support(&self, document: &Document<'_>) -> Support {
        let is_name =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if self.flag == "chown" {
            return if self.value.split(':').all(is_name) { Support::Sure } else { Support::None };
        }
        if self.value.len() >= 3 && self.value.bytes().all(|byte| matches!(byte, b'0'..=b'7')) {
            return Support::Sure;
        }
        let who = self.value.trim_start_matches(['u', 'g', 'o', 'a']);
        let is_simple = who.starts_with(['+', '=']) && who.chars().skip(1).all(|c| matches!(c, 'r' | 'w' | 'x' | 'X'));
        let frontend = document.file.directives.iter().find(|directive| directive.kind == DirectiveKind::Syntax);
        match frontend.map(|directive| directive.value.strip_prefix("docker/dockerfile:").unwrap_or_default()) {
            _ if !is_simple => Support::None,
            None => Support::Unsure,
            Some("1" | "latest") => Support::Sure,
            Some(version) => {
                let minor =
                    version.strip_prefix("1.").and_then(|rest| rest.split(['.', '-', '@']).next()?.parse::<u32>().ok());
                if minor.is_some_and(|minor| minor >= 14) { Support::Sure } else { Support::None }
            }
        }
    }

    /// Moves the mode or owner into the copy, and takes the RUN away.
    fn edits(&self, copy: &Step<'_>, run: &Step<'_>) -> Option<Vec<Edit>> {
        let is_download = copy.copy()?.sources.iter().any(|source| source.word().text.contains("://"));
        let has_it = copy.instruction.flag(self.flag).is_some();
        // A recursive mode would be that of every folder too.
        let is_recursive_mode = self.is_recursive && self.flag == "chmod";
        if is_download || has_it || is_recursive_mode || copy.is_trigger || run.is_trigger {
            return None;
        }
        let at = copy.instruction.keyword.range.end();
        Some(vec![insert(at, format!(" --{}={}", self.flag, self.value)), delete(run.outer.lines)])
    }
}

#[derive(PartialEq, Eq)]
enum Support {
    Sure,
    Unsure,
    None,
}

/// Whether a comment speaks of a step, which would be left without it.
fn has_comment(document: &Document<'_>, step: &Step<'_>) -> bool {
    document.block_start(step.outer) != step.outer.lines.start() || !step.outer.comments.is_empty()
}
