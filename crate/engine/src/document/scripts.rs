//! The scripts that an instruction gives to a shell.

use crate::path::last_part;
use crate::shell::{self, Command, Dialect, Script};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{
    Arguments, Command as DockerfileCommand, Dockerfile, ExecForm, Healthcheck, Heredoc, Instruction, TextSize,
};

/// A script of an instruction.
#[derive(Debug, Clone)]
pub struct RunScript {
    /// Its commands.
    pub script: Script,
    /// How it is written.
    pub form: ScriptForm,
    /// How the shell that reads it is called, where that is another one than the `SHELL` in force: by the instruction, or by the first
    /// line of a heredoc.
    pub own_shell: Option<String>,
}

impl RunScript {
    /// Whether the shell that reads it is called with an option, such as `pipefail`, given the `SHELL` in force.
    pub fn is_read_with(&self, option: &str, in_force: Option<&ExecForm>) -> bool {
        match &self.own_shell {
            Some(call) => call.contains(option),
            None => in_force.is_some_and(|shell| shell.arguments.iter().any(|word| word.value.contains(option))),
        }
    }
}

/// How a script is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptForm {
    /// Text after the keyword.
    Inline,
    /// The body of a heredoc.
    Heredoc,
    /// A JSON array.
    Exec,
}

/// The scripts of an instruction, given the `SHELL` in force.
pub(super) fn of(file: &Dockerfile, instruction: &Instruction, shell: Option<&ExecForm>) -> Vec<RunScript> {
    let command = match &instruction.arguments {
        Arguments::Run(command) | Arguments::Cmd(command) | Arguments::Entrypoint(command) => command,
        Arguments::Healthcheck(Healthcheck::Command(command)) => command,
        _ => return Vec::new(),
    };
    match command {
        DockerfileCommand::Exec(exec) => vec![exec_script(file, exec)],
        DockerfileCommand::Shell(text) => {
            let Some(dialect) = dialect(shell) else { return Vec::new() };
            match interpreter(&text.text, &instruction.heredocs) {
                Interpreter::Shell => heredoc_script(file, instruction, dialect).into_iter().into_list(),
                Interpreter::Named(dialect, heredoc) => {
                    let body = file.heredoc_script(heredoc.body);
                    let script = shell::parse(&body.text, body.offset, dialect);
                    let own_shell = Some(text.text.clone());
                    vec![inline(file, instruction, dialect), RunScript { script, form: ScriptForm::Heredoc, own_shell }]
                }
                Interpreter::None => vec![inline(file, instruction, dialect)],
            }
        }
    }
}

fn inline(file: &Dockerfile, instruction: &Instruction, dialect: Dialect) -> RunScript {
    let script = match file.script(instruction) {
        Some(script) => shell::parse(&script.text, script.offset, dialect),
        None => Script::default(),
    };
    RunScript { script, form: ScriptForm::Inline, own_shell: None }
}

/// The dialect of a `SHELL`; `None` for one that is no POSIX shell.
fn dialect(shell: Option<&ExecForm>) -> Option<Dialect> {
    let Some(program) = shell.and_then(|shell| shell.arguments.first()) else { return Some(Dialect::Posix) };
    dialect_of(last_part(&program.value))
}

fn dialect_of(program: &str) -> Option<Dialect> {
    match program {
        "sh" | "dash" | "ash" | "busybox" => Some(Dialect::Posix),
        "bash" | "ksh" | "zsh" => Some(Dialect::Bash),
        _ => None,
    }
}

enum Interpreter<'a> {
    /// `RUN <<EOF`: the shell in force runs the heredoc.
    Shell,
    /// `RUN bash <<EOF` or `RUN <<EOF bash`: that shell does.
    Named(Dialect, &'a Heredoc),
    /// The heredoc, if there is one, is data.
    None,
}

fn interpreter<'a>(text: &str, heredocs: &'a [Heredoc]) -> Interpreter<'a> {
    let [heredoc] = heredocs else { return Interpreter::None };
    let mut words = text.split_whitespace().filter(|word| !word.starts_with("<<"));
    let Some(first) = words.next() else { return Interpreter::Shell };
    let only_flags = words.all(|word| word.starts_with('-') || word == "pipefail");
    match dialect_of(last_part(first)) {
        Some(dialect) if only_flags => Interpreter::Named(dialect, heredoc),
        _ => Interpreter::None,
    }
}

/// The script of `RUN <<EOF`, unless its first line hands it to something that is no shell.
fn heredoc_script(file: &Dockerfile, instruction: &Instruction, dialect: Dialect) -> Option<RunScript> {
    let heredoc = instruction.heredocs.first()?;
    let body = file.heredoc_script(heredoc.body);
    let shebang = body.text.lines().next().and_then(|line| line.strip_prefix("#!"));
    let dialect = match shebang {
        Some(shebang) => {
            let program = shebang.split_whitespace().map(last_part).find(|word| *word != "env")?;
            dialect_of(program)?
        }
        None => dialect,
    };
    let script = shell::parse(&body.text, body.offset, dialect);
    Some(RunScript { script, form: ScriptForm::Heredoc, own_shell: shebang.map(str::to_owned) })
}

/// The command of a JSON array; of `["sh", "-c", "…"]` the commands of its script, as far as they have places.
fn exec_script(file: &Dockerfile, exec: &ExecForm) -> RunScript {
    let script = match shell_string(file, exec) {
        Some((text, offset, dialect)) => shell::parse(text, offset, dialect),
        None => plain_command(file, exec),
    };
    // The last word is the script, which sets an option when it runs, if at all.
    let call = exec.arguments.iter().rev().skip(1).map(|word| word.value.as_str()).into_list().join(" ");
    RunScript { script, form: ScriptForm::Exec, own_shell: Some(call) }
}

fn shell_string<'a>(file: &'a Dockerfile, exec: &ExecForm) -> Option<(&'a str, TextSize, Dialect)> {
    let [program, flags @ .., script] = &exec.arguments[..] else { return None };
    let dialect = dialect_of(last_part(&program.value))?;
    if !flags.iter().any(|flag| flag.value.starts_with('-') && flag.value.ends_with('c')) {
        return None;
    }
    let inner = file.slice(script.range).strip_prefix('"')?.strip_suffix('"')?;
    // With JSON escapes in it the text is not what the shell gets.
    (inner == script.value).then(|| (inner, script.range.start() + TextSize::of('"'), dialect))
}

fn plain_command(file: &Dockerfile, exec: &ExecForm) -> Script {
    let words = exec.arguments.iter().map(|argument| shell::Word {
        text: Some(argument.value.clone()),
        raw: file.slice(argument.range).to_owned(),
        range: argument.range,
        is_quoted: true,
        is_glob: false,
        variables: Vec::new(),
    });
    let command = Command::new(words.into_list(), exec.range);
    let commands = if command.words.is_empty() { Vec::new() } else { vec![command] };
    Script { commands, is_readable: true, ..Script::default() }
}
