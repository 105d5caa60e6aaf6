//! From places in a block to places in its file: what contains the block may indent every line of it, or begin it with `>`.

use layerwise_engine::{Finding, Report};
use layerwise_syntax::{Dockerfile, TextRange, TextSize};

/// Where each line of a block comes from.
#[derive(Debug, Clone, Default)]
pub struct Places {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    /// Where it begins in the block.
    own: usize,
    /// Where that is in the file.
    there: usize,
}

impl Places {
    /// Those of a text that stands in the file as it is, from an offset on.
    pub fn from(there: usize) -> Places {
        Places { lines: vec![Line { own: 0, there }] }
    }

    /// Says where what begins at an offset of the block comes from. Offsets only grow.
    pub fn push(&mut self, own: usize, there: usize) {
        self.lines.push(Line { own, there });
    }

    /// The place in the file of an offset of the block.
    pub fn offset(&self, own: usize) -> usize {
        let after = self.lines.partition_point(|line| line.own <= own);
        let line = after.checked_sub(1).and_then(|index| self.lines.get(index));
        line.map_or(own, |line| line.there + (own - line.own))
    }

    /// A range, from its first character to its last.
    pub fn range(&self, own: TextRange) -> TextRange {
        let start = self.offset(own.start().into());
        let end = if own.is_empty() { start } else { self.offset(usize::from(own.end()) - 1) + 1 };
        let size = |offset: usize| TextSize::try_from(offset).unwrap_or_default();
        TextRange::new(size(start), size(end.max(start)))
    }

    /// Whether a range of the block is one of the file too, without anything of the container inside or behind it.
    fn is_whole(&self, own: TextRange, block: &Dockerfile) -> bool {
        self.range(own).len() == own.len() && !block.slice(own).contains('\n')
    }

    /// Whether the file holds the block as it is, with nothing in front of its lines: then more than a line of it can be replaced there.
    fn is_plain(&self, file: &str) -> bool {
        let begins_line = |line: &Line| file.get(..line.there).is_some_and(|before| before.ends_with('\n'));
        let shift = |line: &Line| line.there.wrapping_sub(line.own);
        let Some(first) = self.lines.first() else { return false };
        begins_line(first) && self.lines.iter().all(|line| shift(line) == shift(first))
    }

    /// Makes places of the file out of all places in a block.
    pub fn put_into(&self, report: &mut Report, file: &str) {
        let Report { file: block, findings, suppressed, unread_scripts, stages, .. } = report;
        let is_plain = self.is_plain(file);
        for finding in findings.iter_mut().chain(suppressed) {
            self.put_into_finding(finding, is_plain, block);
        }
        for problem in &mut block.problems {
            problem.range = self.range(problem.range);
        }
        for script in unread_scripts {
            *script = self.range(*script);
        }
        for stage in stages {
            stage.range = self.range(stage.range);
        }
    }

    /// A fix whose edits would have to know what each line begins with in the file is none there.
    fn put_into_finding(&self, finding: &mut Finding, is_plain: bool, block: &Dockerfile) {
        finding.range = self.range(finding.range);
        finding.instruction = self.range(finding.instruction);
        finding.silenced_by = finding.silenced_by.map(|comment| self.range(comment));
        finding.fix = finding.fix.take().filter(|fix| {
            let mut edits = fix.edits.iter();
            is_plain || edits.all(|edit| !edit.text.contains('\n') && self.is_whole(edit.range, block))
        });
        for edit in finding.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.range = self.range(edit.range);
        }
    }
}
