//! What each instruction takes, and what BuildKit refuses about it.

use crate::arguments::{
    ArgDeclaration, Arguments, Command, CopyArguments, EnvPair, ExecForm, FromArguments, Healthcheck, KeyValues,
    ShellForm, Source,
};
use crate::heredoc::{Heredoc, Marker};
use crate::instruction::{FlagSpec, Instruction, InstructionKind, Keyword};
use crate::list::IntoList;
use crate::logical::{BLANKS, View};
use crate::problem::{Correction, Problem, ProblemKind};
use crate::values::{checksum, duration, image, mode, platform, port, signal, url};
use crate::{Flag, Word, flag, json, mount, spelling};
use text_size::TextRange;

/// The kind of the instruction on a line; for `ONBUILD` that of its trigger.
pub(crate) fn innermost_kind(line: View<'_>) -> InstructionKind {
    let (keyword, rest) = split_keyword(line);
    match InstructionKind::of(keyword.text) {
        InstructionKind::Onbuild => InstructionKind::of(split_keyword(rest.trim()).0.text),
        kind => kind,
    }
}

/// Gives an instruction, and the trigger within an `ONBUILD`, its heredocs.
pub(crate) fn attach_heredocs(instruction: &mut Instruction, heredocs: Vec<Heredoc>) {
    if let Arguments::Onbuild(trigger) = &mut instruction.arguments {
        trigger.heredocs.clone_from(&heredocs);
        trigger.range = TextRange::new(trigger.range.start(), instruction.range.end());
        trigger.lines = instruction.lines;
        trigger.continuations.clone_from(&instruction.continuations);
        trigger.comments.clone_from(&instruction.comments);
    }
    instruction.heredocs = heredocs;
}

fn split_keyword(line: View<'_>) -> (View<'_>, View<'_>) {
    let end = line.text.find(BLANKS).unwrap_or(line.text.len());
    (line.sub(0..end), line.from(end))
}

/// Reads instructions and notes what is wrong with them.
pub(crate) struct Reader<'r> {
    pub escape: char,
    pub problems: &'r mut Vec<Problem>,
    /// The heredoc markers on the line at hand.
    pub markers: &'r [Marker],
}

impl Reader<'_> {
    /// Reads one instruction from its joined line, which has no blanks at its ends.
    pub fn instruction(&mut self, line: View<'_>, is_trigger: bool) -> Instruction {
        let (word, rest) = split_keyword(line);
        let kind = InstructionKind::of(word.text);
        let (flags, rest) = flag::split(rest, self.escape);
        let rest = rest.trim();
        let keyword = Keyword { kind, text: word.text.to_owned(), range: word.range() };
        let range = line.range();
        let arguments = match kind {
            InstructionKind::Unknown => self.unknown(&keyword, is_trigger),
            InstructionKind::Onbuild if is_trigger => Arguments::Malformed,
            _ => {
                self.flags(&keyword, &flags);
                self.arguments(&keyword, &flags, rest)
            }
        };
        Instruction {
            range,
            lines: range,
            keyword,
            flags,
            arguments_range: rest.range(),
            arguments,
            heredocs: Vec::new(),
            comments: Vec::new(),
            continuations: Vec::new(),
            blank_lines: Vec::new(),
        }
    }

    fn problem(&mut self, kind: ProblemKind, range: TextRange, message: impl Into<String>) {
        self.problems.push(Problem { kind, message: message.into(), range, correction: None });
    }

    fn correctable(&mut self, kind: ProblemKind, range: TextRange, message: String, replacement: Option<String>) {
        let correction = replacement.map(|text| Correction { title: format!("Write {text}"), range, text });
        self.problems.push(Problem { kind, message, range, correction });
    }

    fn unknown(&mut self, keyword: &Keyword, is_trigger: bool) -> Arguments {
        let near = spelling::nearest(&keyword.text, InstructionKind::ALL.map(InstructionKind::name));
        let shown = shown(&keyword.text);
        let message = match near {
            _ if shown.is_empty() => "A continued line holds no instruction.".to_owned(),
            Some(near) => format!("There is no instruction `{shown}`; did you mean {near}?"),
            None => format!("There is no instruction `{shown}`."),
        };
        let is_lower = keyword.text.chars().all(|c| !c.is_ascii_uppercase());
        let near = near.map(|name| if is_lower { name.to_ascii_lowercase() } else { name.to_owned() });
        let kind = if is_trigger { ProblemKind::UnknownTrigger } else { ProblemKind::UnknownInstruction };
        self.correctable(kind, keyword.range, message, near);
        Arguments::Malformed
    }

    fn flags(&mut self, keyword: &Keyword, flags: &[Flag]) {
        let specs = keyword.kind.flags();
        let name = keyword.kind.name();
        // At most one entry for each flag that exists.
        let mut seen: Vec<&str> = Vec::new();
        for flag in flags {
            let Some(spec) = specs.iter().find(|spec| spec.name == flag.name) else {
                self.unknown_flag(name, specs, flag);
                continue;
            };
            let shown = &spec.name;
            if !seen.contains(&spec.name) {
                seen.push(spec.name);
            } else if !spec.may_repeat {
                self.problem(ProblemKind::InvalidFlag, flag.range, format!("{name} takes `--{shown}` only once."));
            }
            match &flag.value {
                None if spec.needs_value => {
                    self.problem(
                        ProblemKind::InvalidFlag,
                        flag.range,
                        format!("`--{shown}` needs a value: `--{shown}=…`."),
                    );
                }
                Some(value)
                    if !spec.needs_value && !matches!(value.text.to_ascii_lowercase().as_str(), "true" | "false") =>
                {
                    self.problem(
                        ProblemKind::InvalidFlag,
                        place_of(value, flag),
                        format!("`--{shown}` can be `true` or `false`."),
                    );
                }
                Some(value) => self.flag_value(keyword.kind, spec.name, value, place_of(value, flag)),
                None => {}
            }
        }
    }

    fn unknown_flag(&mut self, instruction: &str, specs: &[FlagSpec], flag: &Flag) {
        let shown = shown(&flag.name);
        let near = spelling::nearest(&flag.name, specs.iter().map(|spec| spec.name));
        let message = match near {
            Some(near) => format!("{instruction} has no flag `--{shown}`; did you mean `--{near}`?"),
            None if specs.is_empty() => format!("{instruction} takes no flags; `--{shown}` is none of its arguments."),
            None => format!("{instruction} has no flag `--{shown}`."),
        };
        self.correctable(ProblemKind::UnknownFlag, flag.name_range, message, near.map(|name| format!("--{name}")));
    }

    fn flag_value(&mut self, kind: InstructionKind, name: &str, value: &Word, place: TextRange) {
        // A mount's fields are looked at one by one: a variable in one says nothing about the others.
        if (kind, name) == (InstructionKind::Run, "mount") {
            return self.fault(ProblemKind::InvalidFlag, place, mount::fault(&value.unquoted()));
        }
        let Some(text) = value.value() else { return };
        let fault = match (kind, name) {
            // To BuildKit it is as if the flag were not there.
            _ if text.is_empty() && !matches!(name, "network" | "security") => None,
            (InstructionKind::From, "platform") => platform::fault(&text),
            (InstructionKind::Add | InstructionKind::Copy, "chmod") => mode::fault(&text),
            (InstructionKind::Run, "network") => one_of(&text, "--network", &["default", "none", "host"]),
            (InstructionKind::Run, "security") => one_of(&text, "--security", &["sandbox", "insecure"]),
            (InstructionKind::Healthcheck, "retries") => {
                let is_count = text.parse::<u32>().is_ok();
                (!is_count).then(|| format!("`{text}` is no number of retries."))
            }
            (InstructionKind::Healthcheck, _) => duration::fault(&text),
            _ => None,
        };
        self.fault(ProblemKind::InvalidFlag, place, fault);
    }

    fn fault(&mut self, kind: ProblemKind, range: TextRange, fault: Option<String>) {
        if let Some(message) = fault {
            self.problem(kind, range, message);
        }
    }

    fn arguments(&mut self, keyword: &Keyword, flags: &[Flag], rest: View<'_>) -> Arguments {
        match keyword.kind {
            InstructionKind::Add => self.add(keyword, flags, rest).map_or(Arguments::Malformed, Arguments::Add),
            InstructionKind::Copy => self.copy(keyword, rest).map_or(Arguments::Malformed, Arguments::Copy),
            InstructionKind::Arg => self.arg(keyword, rest),
            InstructionKind::Cmd => self.command(rest).map_or(Arguments::Malformed, Arguments::Cmd),
            InstructionKind::Entrypoint => self.command(rest).map_or(Arguments::Malformed, Arguments::Entrypoint),
            InstructionKind::Run => self.command(rest).map_or(Arguments::Malformed, Arguments::Run),
            InstructionKind::Env => self.key_values(keyword, rest).map_or(Arguments::Malformed, Arguments::Env),
            InstructionKind::Label => self.key_values(keyword, rest).map_or(Arguments::Malformed, Arguments::Label),
            InstructionKind::Expose => self.expose(keyword, rest),
            InstructionKind::From => self.from(keyword, rest),
            InstructionKind::Healthcheck => self.healthcheck(keyword, rest),
            InstructionKind::Onbuild => self.onbuild(keyword, rest),
            InstructionKind::Shell => self.shell(keyword, rest),
            InstructionKind::Volume => self.volume(keyword, rest),
            InstructionKind::Maintainer => match self.rest(keyword, rest) {
                Some(word) => Arguments::Maintainer(Word::literal(rest, &word.text)),
                None => Arguments::Malformed,
            },
            InstructionKind::Stopsignal => self.stopsignal(keyword, rest),
            InstructionKind::User => self.rest(keyword, rest).map_or(Arguments::Malformed, Arguments::User),
            InstructionKind::Workdir => self.rest(keyword, rest).map_or(Arguments::Malformed, Arguments::Workdir),
            InstructionKind::Unknown => Arguments::Malformed,
        }
    }

    fn word(&mut self, view: View<'_>) -> Word {
        let word = Word::expandable(view, self.escape);
        self.note_fault(&word);
        word
    }

    fn note_fault(&mut self, word: &Word) {
        if let Some((kind, message, range)) = &word.fault {
            self.problem(*kind, *range, message.clone());
        }
    }

    fn missing(&mut self, keyword: &Keyword, what: &str) {
        self.problem(ProblemKind::MissingArgument, keyword.range, format!("{} needs {what}.", keyword.kind.name()));
    }

    /// The rest of the line as one argument.
    fn rest(&mut self, keyword: &Keyword, rest: View<'_>) -> Option<Word> {
        if rest.text.is_empty() {
            let what = match keyword.kind {
                InstructionKind::Maintainer => "a name",
                InstructionKind::Stopsignal => "a signal, such as SIGTERM",
                InstructionKind::User => "a user, such as `app` or `1000:1000`",
                _ => "a path",
            };
            self.missing(keyword, what);
            return None;
        }
        // MAINTAINER's text is no word in which quotes or variables mean anything.
        Some(if keyword.kind == InstructionKind::Maintainer { Word::literal(rest, rest.text) } else { self.word(rest) })
    }

    fn json(&mut self, rest: View<'_>) -> Option<Result<ExecForm, ()>> {
        match json::read(rest) {
            json::Reading::NotJson => None,
            json::Reading::Strings(arguments) => Some(Ok(ExecForm { arguments, range: rest.range() })),
            json::Reading::OtherValue(range) => {
                self.problem(
                    ProblemKind::InvalidJson,
                    range,
                    "A JSON array here may hold only strings: write it in double quotes.",
                );
                Some(Err(()))
            }
        }
    }

    fn command(&mut self, rest: View<'_>) -> Option<Command> {
        match self.json(rest) {
            Some(Ok(exec)) => Some(Command::Exec(exec)),
            Some(Err(())) => None,
            None => Some(Command::Shell(ShellForm { text: rest.text.to_owned(), range: rest.range() })),
        }
    }

    /// Words from a JSON array or between blanks, and whether they came from JSON.
    fn list(&mut self, rest: View<'_>) -> Option<(Vec<Word>, bool)> {
        match self.json(rest) {
            Some(Err(())) => None,
            Some(Ok(exec)) => {
                let words: Vec<Word> =
                    exec.arguments.into_iter().map(|argument| Word::from_json(argument, self.escape)).into_list();
                words.iter().for_each(|word| self.note_fault(word));
                Some((words, true))
            }
            None => Some((rest.split_blanks().into_iter().map(|view| self.word(view)).into_list(), false)),
        }
    }

    fn from(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        let words = rest.split_blanks();
        let Some(&image) = words.first() else {
            self.missing(keyword, "an image, such as `alpine:3.23`");
            return Arguments::Malformed;
        };
        let second = words.get(1).copied();
        let third = words.get(2).copied();
        let as_keyword = second.filter(|word| word.text.eq_ignore_ascii_case("as")).map(|word| word.range());
        match (second, third, words.get(3)) {
            (None, ..) => {}
            (Some(second), ..) if as_keyword.is_none() => {
                let message = "FROM takes an image and, after AS, a name for the stage; this is neither.";
                self.problem(ProblemKind::ExtraArgument, second.range(), message);
            }
            (Some(second), None, _) => {
                self.problem(ProblemKind::MissingArgument, second.range(), "AS needs a name for the stage.")
            }
            (_, Some(_), Some(extra)) => {
                self.problem(
                    ProblemKind::ExtraArgument,
                    extra.range(),
                    "FROM ends after the name of the stage; this is one word too many.",
                );
            }
            _ => {}
        }
        let image = self.image(image);
        let name = third.filter(|_| as_keyword.is_some()).map(|name| self.stage_name(name));
        Arguments::From(FromArguments { image, as_keyword, name })
    }

    fn image(&mut self, view: View<'_>) -> Word {
        let problems_before = self.problems.len();
        let image = self.word(view);
        let fault = image.value().and_then(|image| image::fault(&image));
        // Of a variable that cannot be read more need not be said.
        let Some(message) = fault.filter(|_| self.problems.len() == problems_before) else { return image };
        let correction =
            image::colon_before_digest(&image.text).filter(|_| image.is_plain() && view.text == image.text);
        let correction = correction.map(|colon| Correction {
            title: "Write @ before the digest".to_owned(),
            range: view.range_of(colon..colon + 1),
            text: "@".to_owned(),
        });
        self.problems.push(Problem { kind: ProblemKind::InvalidName, message, range: image.range, correction });
        image
    }

    fn stage_name(&mut self, view: View<'_>) -> Word {
        let is_name = view.text.starts_with(|c: char| c.is_ascii_alphabetic())
            && view.text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !is_name {
            let message = "A stage's name begins with a letter and goes on with letters, digits, `-`, `_` and `.`.";
            self.problem(ProblemKind::InvalidName, view.range(), message);
        }
        Word::literal(view, view.text)
    }

    fn copy(&mut self, keyword: &Keyword, rest: View<'_>) -> Option<CopyArguments> {
        let (mut words, is_json) = self.list(rest)?;
        let destination = words.pop();
        let Some(destination) = destination.filter(|_| !words.is_empty()) else {
            self.missing(keyword, "at least one source and a destination");
            return None;
        };
        let marker_of = |word: &Word| {
            let found = self.markers.binary_search_by_key(&word.range.start(), |marker| marker.range.start());
            let is_whole = |&index: &usize| self.markers.get(index).is_some_and(|marker| marker.range == word.range);
            found.ok().filter(|_| !is_json).filter(is_whole)
        };
        if marker_of(&destination).is_some() {
            let message = "A heredoc cannot be the destination; put the path to write after it.";
            self.problem(ProblemKind::InvalidArgument, destination.range, message);
            return None;
        }
        let sources = words
            .into_iter()
            .map(|word| match marker_of(&word) {
                Some(index) => Source::Heredoc(index, word),
                None => Source::Path(word),
            })
            .into_list();
        Some(CopyArguments { sources, destination, is_json })
    }

    fn add(&mut self, keyword: &Keyword, flags: &[Flag], rest: View<'_>) -> Option<CopyArguments> {
        let arguments = self.copy(keyword, rest)?;
        let checksum = flags.iter().find(|flag| flag.name == "checksum").and_then(|flag| flag.value.as_ref());
        // To BuildKit an empty one is none.
        if let Some(checksum) = checksum.filter(|value| !value.range.is_empty()) {
            let is_known = arguments.sources.iter().all(|source| !source.word().has_variable());
            let fault = match &arguments.sources[..] {
                [source] if url::is_git(&source.word().text) || url::is_http(&source.word().text) => {
                    checksum.value().and_then(|text| checksum::fault(&text, url::is_git(&source.word().text)))
                }
                _ if is_known => Some("`--checksum` is for a single download or Git repository.".to_owned()),
                _ => None,
            };
            self.fault(ProblemKind::InvalidFlag, checksum.range, fault);
        }
        Some(arguments)
    }

    fn stopsignal(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        let Some(word) = self.rest(keyword, rest) else { return Arguments::Malformed };
        self.fault(ProblemKind::InvalidArgument, word.range, word.value().and_then(|signal| signal::fault(&signal)));
        Arguments::Stopsignal(word)
    }

    fn arg(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        let words = split_quoted(rest, self.escape);
        if words.is_empty() {
            self.missing(keyword, "a name");
            return Arguments::Malformed;
        }
        let mut declarations = Vec::new();
        for view in words {
            let (name, default) = match view.text.find('=') {
                Some(equals) => (view.sub(0..equals), Some(self.word(view.from(equals + 1)))),
                None => (view, None),
            };
            if name.text.is_empty() {
                self.problem(ProblemKind::InvalidName, view.range(), "A build argument needs a name before `=`.");
            }
            declarations.push(ArgDeclaration { name: Word::literal(name, name.text), default, range: view.range() });
        }
        Arguments::Arg(declarations)
    }

    fn key_values(&mut self, keyword: &Keyword, rest: View<'_>) -> Option<KeyValues> {
        let words = split_quoted(rest, self.escape);
        let Some(first) = words.first() else {
            self.missing(keyword, "at least one `name=value`");
            return None;
        };
        if !first.text.contains('=') {
            return self.legacy_key_value(keyword, rest);
        }
        let mut pairs = Vec::new();
        for view in words {
            let Some(equals) = view.text.find('=') else {
                let shown = shown(view.text);
                let message = format!("`{shown}` has no `=`. A value with spaces needs quotes around it.");
                self.problem(ProblemKind::InvalidName, view.range(), message);
                continue;
            };
            if equals == 0 {
                self.problem(
                    ProblemKind::InvalidName,
                    view.range(),
                    format!("{} needs a name before `=`.", keyword.kind.name()),
                );
            }
            let (key, value) = (self.word(view.sub(0..equals)), self.word(view.from(equals + 1)));
            pairs.push(EnvPair { key, value, range: view.range() });
        }
        Some(KeyValues { pairs, is_legacy: false })
    }

    /// `ENV key value`: the rest of the line is the value.
    fn legacy_key_value(&mut self, keyword: &Keyword, rest: View<'_>) -> Option<KeyValues> {
        let (key, value) = split_keyword(rest);
        let value = value.from(value.text.len() - value.text.trim_start_matches(BLANKS).len());
        if value.text.is_empty() {
            let name = keyword.kind.name();
            let message = format!("{name} needs a value: `{name} {}=…`.", key.text);
            self.problem(ProblemKind::MissingArgument, key.range(), message);
            return None;
        }
        let (key, value) = (self.word(key), self.word(value));
        Some(KeyValues { pairs: vec![EnvPair { key, value, range: rest.range() }], is_legacy: true })
    }

    fn expose(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        let views = rest.split_blanks();
        if views.is_empty() {
            self.missing(keyword, "a port, such as `8080` or `53/udp`");
            return Arguments::Malformed;
        }
        let mut ports = Vec::new();
        for view in views {
            let word = self.word(view);
            if let Some((kind, message)) = word.value().and_then(|port| port::fault(&port)) {
                self.problem(kind, word.range, message);
            }
            ports.push(word);
        }
        Arguments::Expose(ports)
    }

    fn volume(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        let Some((paths, is_json)) = self.list(rest) else { return Arguments::Malformed };
        if paths.is_empty() {
            self.missing(keyword, "a path");
            return Arguments::Malformed;
        }
        if let Some(blank) = paths.iter().find(|path| path.text.trim().is_empty()) {
            self.problem(ProblemKind::InvalidArgument, blank.range, "VOLUME needs a path here; this is blank.");
        }
        Arguments::Volume { paths, is_json }
    }

    fn shell(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        match self.json(rest) {
            Some(Ok(exec)) if !exec.arguments.is_empty() => Arguments::Shell(exec),
            Some(Err(())) => Arguments::Malformed,
            Some(Ok(_)) => self.shell_problem(ProblemKind::MissingArgument, rest.range()),
            None if rest.text.is_empty() => self.shell_problem(ProblemKind::MissingArgument, keyword.range),
            None if rest.text.starts_with('[') => self.shell_problem(ProblemKind::InvalidJson, rest.range()),
            None => self.shell_problem(ProblemKind::InvalidArgument, rest.range()),
        }
    }

    fn shell_problem(&mut self, kind: ProblemKind, range: TextRange) -> Arguments {
        self.problem(kind, range, "SHELL takes a JSON array, such as `[\"/bin/bash\", \"-c\"]`.");
        Arguments::Malformed
    }

    fn healthcheck(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        let end = rest.text.find(char::is_whitespace).unwrap_or(rest.text.len());
        let (kind, command) = (rest.sub(0..end), rest.from(end).trim());
        match kind.text.to_ascii_uppercase().as_str() {
            "" => self.missing(keyword, "CMD and a command, or NONE"),
            "NONE" if command.text.is_empty() => return Arguments::Healthcheck(Healthcheck::None(kind.range())),
            "NONE" => self.problem(ProblemKind::ExtraArgument, command.range(), "HEALTHCHECK NONE takes no arguments."),
            "CMD" if command.text.is_empty() => {
                self.problem(ProblemKind::MissingArgument, kind.range(), "HEALTHCHECK CMD needs a command.");
            }
            "CMD" => {
                return self
                    .command(command)
                    .map_or(Arguments::Malformed, |command| Arguments::Healthcheck(Healthcheck::Command(command)));
            }
            _ => {
                let shown = shown(kind.text);
                let message = format!("HEALTHCHECK takes CMD and a command, or NONE; `{shown}` is neither.");
                self.problem(ProblemKind::InvalidArgument, kind.range(), message);
            }
        }
        Arguments::Malformed
    }

    fn onbuild(&mut self, keyword: &Keyword, rest: View<'_>) -> Arguments {
        if rest.text.is_empty() {
            self.missing(keyword, "an instruction");
            return Arguments::Malformed;
        }
        let trigger = self.instruction(rest, true);
        if matches!(trigger.kind(), InstructionKind::Onbuild | InstructionKind::From | InstructionKind::Maintainer) {
            let message = format!("ONBUILD cannot take {}.", trigger.kind().name());
            self.problem(ProblemKind::InvalidTrigger, trigger.keyword.range, message);
        }
        Arguments::Onbuild(Box::new(trigger))
    }
}

/// Splits `ENV`, `LABEL` and `ARG` words, which may hold quoted and escaped blanks.
fn split_quoted(rest: View<'_>, escape: char) -> Vec<View<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut characters = rest.text.char_indices();
    while let Some((at, character)) = characters.next() {
        if quote.is_none() && character.is_whitespace() {
            if let Some(from) = start.take() {
                words.push(rest.sub(from..at));
            }
            continue;
        }
        start.get_or_insert(at);
        match (quote, character) {
            (None | Some('"'), _) if character == escape => {
                characters.next();
            }
            (Some(open), _) if character == open => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(rest.from(from));
    }
    words
}

/// A word for a message: not endless, and without characters that would hide or turn what follows.
fn shown(word: &str) -> String {
    const LONGEST: usize = 40;
    let is_plain = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let letters = word.chars().take(LONGEST);
    letters.map(|c| if is_plain(c) { c.to_string() } else { c.escape_unicode().to_string() }).collect()
}

/// Where a flag's value stands; a value of which there is nothing has no place of its own.
fn place_of(value: &Word, flag: &Flag) -> TextRange {
    if value.range.is_empty() { flag.range } else { value.range }
}

fn one_of(value: &str, flag: &str, allowed: &[&str]) -> Option<String> {
    (!allowed.contains(&value)).then(|| format!("`{flag}` can be {}; `{value}` is none of them.", allowed.join(", ")))
}
