//! Shell text with its places kept.

use crate::{Arguments, Command, Dockerfile, Instruction};
use text_size::{TextRange, TextSize};

/// Text for a shell parser. The byte at index `i` of `text` is the byte at `offset + i` of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The text, of the same length as its range of the file.
    pub text: String,
    /// Where it begins.
    pub offset: TextSize,
}

impl Dockerfile {
    /// The shell text of an instruction's command: of `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK CMD` in shell form. Heredocs
    /// are part of it, as they are for a shell.
    ///
    /// Continuations and the comment lines among them are blanks in it, so that a shell parser's spans are good for edits. The one
    /// exception is a continuation that joins two halves of a word: there backslash and newline stay, which a shell joins itself.
    pub fn script(&self, instruction: &Instruction) -> Option<Script> {
        let shell = match &instruction.arguments {
            Arguments::Run(Command::Shell(shell))
            | Arguments::Cmd(Command::Shell(shell))
            | Arguments::Entrypoint(Command::Shell(shell))
            | Arguments::Healthcheck(crate::Healthcheck::Command(Command::Shell(shell))) => shell,
            Arguments::Onbuild(trigger) => return self.script(trigger),
            _ => return None,
        };
        let end = if instruction.heredocs.is_empty() { shell.range.end() } else { instruction.range.end() };
        Some(self.script_of(instruction, TextRange::new(shell.range.start(), end)))
    }

    /// The body of one of an instruction's heredocs, as a script.
    ///
    /// A carriage return before a line's end is read as if it were not there, as whoever wrote it does: a shell takes it for a part of the last
    /// word, and such a script hardly runs.
    pub fn heredoc_script(&self, body: TextRange) -> Script {
        let text = self.slice(body).replace("\\\r\n", " \\\n").replace("\r\n", " \n");
        Script { text, offset: body.start() }
    }

    fn script_of(&self, instruction: &Instruction, range: TextRange) -> Script {
        let mut text = String::with_capacity(range.len().into());
        let mut from = range.start();
        for &joint in &instruction.continuations {
            let Some(joint) = joint.intersect(range).filter(|joint| joint.start() >= from) else { continue };
            text.push_str(self.slice(TextRange::new(from, joint.start())));
            self.push_joint(&mut text, joint, range.end());
            from = joint.end();
        }
        text.push_str(self.slice(TextRange::new(from, range.end())));
        Script { text, offset: range.start() }
    }

    fn push_joint(&self, text: &mut String, joint: TextRange, end: TextSize) {
        let joint_text = self.slice(joint);
        let next = self.slice(TextRange::new(joint.end(), end.max(joint.end()))).chars().next();
        let is_blank = |character: Option<char>| character.is_none_or(char::is_whitespace);
        let splits_a_word = !is_blank(text.chars().next_back()) && !is_blank(next);
        let blanks = joint_text.len();
        if splits_a_word && joint_text.matches('\n').count() == 1 {
            text.extend(std::iter::repeat_n(' ', blanks.saturating_sub(2)));
            text.push_str("\\\n");
        } else {
            text.extend(std::iter::repeat_n(' ', blanks));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;

    fn script(text: &str) -> String {
        let file = parse(text);
        let instruction = file.instructions.last().unwrap();
        let script = file.script(instruction).unwrap();
        assert_eq!(file.slice(instruction.range).len() - 4, script.text.len());
        script.text
    }

    #[test]
    fn continuations_and_comments_are_blanks() {
        assert_eq!(script("RUN a \\\n  # why\n  && b"), format!("a{}&& b", " ".repeat(13)));
        assert_eq!(script("RUN a \\\r\n && b"), "a     && b");
    }

    #[test]
    fn a_word_in_two_halves_stays_one() {
        assert_eq!(script("RUN curl http://e/\\\nx"), "curl http://e/\\\nx");
        assert_eq!(script("# escape=`\nRUN curl http://e/`\nx"), "curl http://e/\\\nx");
    }

    #[test]
    fn a_heredoc_is_part_of_the_script() {
        assert_eq!(script("RUN cat <<E >f \\\n&& b\nhi\nE\n"), "cat <<E >f   && b\nhi\nE");
    }
}
