//! Steps: instructions where they take effect.

use super::iter::Commands;
use super::{InForce, RunScript};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_numbers;
use layerwise_syntax::{
    Arguments, Command, CopyArguments, Flag, Healthcheck, Instruction, InstructionKind, Mount, MountType, Source,
    TextRange, TextSize, Word,
};

/// An instruction of a stage.
#[derive(Debug)]
pub struct Step<'a> {
    /// The index of its stage.
    pub stage: usize,
    /// Its place among its stage's steps.
    pub index: usize,
    /// The instruction; of an `ONBUILD` the trigger.
    pub instruction: &'a Instruction,
    /// The instruction with its lines, `ONBUILD` included.
    pub outer: &'a Instruction,
    /// Whether it is the trigger of an `ONBUILD`, which takes effect in a build on top of this image.
    pub is_trigger: bool,
    /// The scripts of a `RUN`, `CMD`, `ENTRYPOINT` or `HEALTHCHECK`. Usually one.
    pub scripts: Vec<RunScript>,
    /// The mounts of a `RUN`.
    pub mounts: Vec<Mount>,
    /// What the instructions before it have set.
    pub in_force: InForce<'a>,
}

impl<'a> Step<'a> {
    /// What kind of instruction it is.
    pub fn kind(&self) -> InstructionKind {
        self.instruction.keyword.kind
    }

    /// Whether it is a `RUN`.
    pub fn is_run(&self) -> bool {
        self.kind() == InstructionKind::Run
    }

    /// The arguments of a `COPY` or `ADD`.
    pub fn copy(&self) -> Option<&'a CopyArguments> {
        match &self.instruction.arguments {
            Arguments::Copy(copy) | Arguments::Add(copy) => Some(copy),
            _ => None,
        }
    }

    /// Whether a copy or a mount takes something whose path is so out of another stage or image.
    pub fn takes(&self, is_so: impl Fn(&str) -> bool) -> bool {
        let is_from_stage = self.instruction.flag("from").is_some();
        let mut copied = self.copy().filter(|_| is_from_stage).into_iter().flat_map(|copy| &copy.sources);
        copied.any(|source| is_so(&source.word().text))
            || self.mounts.iter().any(|mount| mount.from.is_some() && mount.source.as_deref().is_some_and(&is_so))
    }

    /// The source with which a `COPY` or `ADD` brings everything that is in the build context, such as `.`.
    pub fn whole_context(&self) -> Option<&'a Word> {
        let copy = self.copy().filter(|_| self.instruction.flag("from").is_none())?;
        for source in &copy.sources {
            match source {
                Source::Path(word) if is_whole_source(&word.text) || word.text == "/" => return Some(word),
                _ => {}
            }
        }
        None
    }

    /// The command of a `RUN`, `CMD`, `ENTRYPOINT` or `HEALTHCHECK`.
    pub fn command(&self) -> Option<&'a Command> {
        match &self.instruction.arguments {
            Arguments::Run(command) | Arguments::Healthcheck(Healthcheck::Command(command)) => Some(command),
            _ => self.start_command(),
        }
    }

    /// The command of a `CMD` or an `ENTRYPOINT`.
    pub fn start_command(&self) -> Option<&'a Command> {
        match &self.instruction.arguments {
            Arguments::Cmd(command) | Arguments::Entrypoint(command) => Some(command),
            _ => None,
        }
    }

    /// The commands that a `RUN` runs, in order; none for other instructions.
    pub fn commands(&self) -> Commands<'_> {
        let scripts = if self.is_run() { &self.scripts[..] } else { &[] };
        Commands::of(scripts)
    }

    /// The commands of a `RUN`, `CMD`, `ENTRYPOINT` or `HEALTHCHECK`, in order.
    pub fn all_commands(&self) -> Commands<'_> {
        Commands::of(&self.scripts)
    }

    /// Whether all commands of a `RUN` are known: its scripts are for a shell, and were understood.
    pub fn is_readable(&self) -> bool {
        !self.scripts.is_empty() && self.scripts.iter().all(|run| run.script.is_readable)
    }

    /// Whether a `RUN` has no network.
    pub fn is_offline(&self) -> bool {
        let network = self.instruction.flag("network").and_then(|flag| flag.value.as_ref());
        network.is_some_and(|network| network.text == "none")
    }

    /// Whether two instructions have the same flags with the same values, in whichever order.
    pub fn has_same_flags(&self, other: &Step<'a>) -> bool {
        let (own, others) = (&self.instruction.flags, &other.instruction.flags);
        if own.is_empty() || own.len() != others.len() {
            return own.len() == others.len();
        }
        let in_order = |flags: &'a [Flag]| by_numbers(flags, |flag| sums(flag)).into_iter().map(content);
        in_order(own).eq(in_order(others))
    }

    /// The stages and images that a `COPY` or a mount takes files from, each with the place of its name. A name with a variable is left out.
    pub fn takes_from(&self) -> Vec<(&'a str, TextRange)> {
        let values = |flag| self.instruction.flags_named(flag).filter_map(|flag| flag.value.as_ref());
        match self.kind() {
            // An empty name is that of the build context.
            InstructionKind::Copy => {
                values("from").filter_map(unquoted).filter(|(name, _)| !name.is_empty()).into_list()
            }
            InstructionKind::Run => {
                values("mount").filter(|value| value.is_plain()).filter_map(mount_source).into_list()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a path lies under a cache or tmpfs mount: what is written there does not reach the layer.
    pub fn is_mounted(&self, path: &str) -> bool {
        self.mounts.iter().filter(|mount| matches!(mount.kind, MountType::Cache | MountType::Tmpfs)).any(|mount| {
            let target = mount.target.as_deref().unwrap_or_default().trim_end_matches('/');
            let rest = path.strip_prefix(target);
            !target.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Whether a source of a `COPY` says that everything is to be copied.
pub fn is_whole_source(text: &str) -> bool {
    matches!(text, "." | "./" | "*" | "./*")
}

/// A flag's name, and its value.
fn content(flag: &Flag) -> (&str, Option<&str>) {
    (&flag.name, flag.value.as_ref().map(|value| value.text.as_str()))
}

/// Two numbers to sort flags by: equal flags have the same, and it takes an attempt to find others that have. One alone is soon the same.
fn sums(flag: &Flag) -> (u64, u64) {
    let (name, value) = content(flag);
    let sum = |base: u64| {
        let bytes = name.bytes().chain([b'=']).chain(value.unwrap_or_default().bytes());
        bytes.fold(0, |sum: u64, byte| sum.wrapping_mul(base).wrapping_add(u64::from(byte)))
    };
    (sum(31), sum(257))
}

/// A word without the quotes that stand around it, and where that is; `None` where it means something else than it says.
fn unquoted(word: &Word) -> Option<(&str, TextRange)> {
    if word.is_plain() {
        return Some((&word.text, word.range));
    }
    let quote = TextSize::of('"');
    let inner = word.text.strip_prefix('"')?.strip_suffix('"').filter(|_| word.range.len() > quote)?;
    let range = TextRange::at(word.range.start() + quote, TextSize::of(inner));
    (word.value().as_deref() == Some(inner) && range.end() + quote == word.range.end()).then_some((inner, range))
}

/// What a mount is filled from, and where in its value that is named.
fn mount_source(value: &Word) -> Option<(&str, TextRange)> {
    const KEY: &str = "from=";
    let at = if value.text.starts_with(KEY) { 0 } else { value.text.find(",from=")? + 1 };
    let name = value.text.get(at + KEY.len()..)?.split(',').next().filter(|name| !name.is_empty())?;
    let start = value.range.start() + TextSize::try_from(at + KEY.len()).ok()?;
    Some((name, TextRange::at(start, TextSize::of(name))))
}

#[cfg(test)]
mod tests {
    use crate::{Document, Input};
    use layerwise_syntax::parse;

    #[test]
    fn flags_are_the_same_in_whichever_order_and_as_often() {
        let are_same = |one: &str, other: &str| {
            let text = format!("FROM alpine:3.23\nRUN {one} a\nRUN {other} b\n");
            let (file, input) = (parse(&text), Input::new(&text));
            let document = Document::new(&file, &input);
            let runs: Vec<_> = document.steps().collect();
            runs[0].has_same_flags(runs[1])
        };
        const A: &str = "--mount=type=cache,target=/a";
        const B: &str = "--mount=type=cache,target=/b";
        assert!(are_same("", ""));
        assert!(are_same(&[A, B].join(" "), &[B, A].join(" ")));
        assert!(are_same(&[A, "--network=none"].join(" "), &["--network=none", A].join(" ")));
        assert!(!are_same(&[A, A, B].join(" "), &[A, B, B].join(" ")));
        assert!(!are_same(A, B));
        assert!(!are_same(A, ""));
        // Their texts have the same sum to the base of 31.
        for (one, other) in [("--mount=type=cache,target=/Aa", "--mount=type=cache,target=/BB"), ("--ab=c", "--a=bc")] {
            assert!(are_same(&[one, other].join(" "), &[other, one].join(" ")));
            assert!(!are_same(one, other));
        }
    }
}
