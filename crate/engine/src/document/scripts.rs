//! The scripts that an instruction gives to a shell.

use crate::path::last_part;
use crate::shell::{self, Command, Dialect, Script};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{
    Arguments, Command as DockerfileCommand, Dockerfile, ExecArgument, ExecForm, Healthcheck, Heredoc, Instruction,
    TextRange, TextSize,
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

/// The text of a script.
#[derive(Debug)]
pub(crate) struct ScriptText {
    /// What the shell reads, with continuations and the comments between them blanked in place.
    pub text: String,
    /// Where it stands in the file: byte for byte, unless it is as it is only behind the escapes of a JSON string.
    pub range: TextRange,
    /// Whether the file has it byte for byte.
    pub is_exact: bool,
    /// The name of the shell.
    pub program: String,
    /// How it is written.
    pub form: ScriptForm,
    /// As [`RunScript::own_shell`].
    pub own_shell: Option<String>,
    /// Whether another shell puts values in it first, as in `RUN bash <<EOF` with a `$` in the heredoc.
    pub is_expanded_before: bool,
}

impl ScriptText {
    /// What `Dockerfile` tells of a script.
    fn of(script: layerwise_syntax::Script, program: &str, form: ScriptForm, own_shell: Option<String>) -> Self {
        let range = TextRange::at(script.offset, TextSize::of(script.text.as_str()));
        ScriptText {
            text: script.text,
            range,
            is_exact: true,
            program: program.to_owned(),
            form,
            own_shell,
            is_expanded_before: false,
        }
    }
}

/// The scripts of an instruction, given the `SHELL` in force.
pub(super) fn of(file: &Dockerfile, instruction: &Instruction, shell: Option<&ExecForm>) -> Vec<RunScript> {
    let mut scripts = Vec::new();
    for text in texts(file, instruction, shell) {
        let Some(dialect) = dialect_of(&text.program).filter(|_| text.is_exact) else { continue };
        let script = shell::parse(&text.text, text.range.start(), dialect);
        scripts.push(RunScript { script, form: text.form, own_shell: text.own_shell });
    }
    if let Some(exec) = exec_of(instruction).filter(|_| scripts.is_empty()) {
        let script = plain_command(file, exec);
        // The last word is the script, which sets an option when it runs, if at all.
        let before_last = exec.arguments.split_last().map_or(&[][..], |(_, before)| before);
        scripts.push(RunScript { script, form: ScriptForm::Exec, own_shell: Some(call_of(before_last)) });
    }
    scripts
}

/// The texts that an instruction gives to a shell, given the `SHELL` in force. What no POSIX shell reads is left out.
pub(crate) fn texts(file: &Dockerfile, instruction: &Instruction, shell: Option<&ExecForm>) -> Vec<ScriptText> {
    if let Some(exec) = exec_of(instruction) {
        return shell_string(file, exec).into_iter().into_list();
    }
    let Some(DockerfileCommand::Shell(text)) = command_of(instruction) else { return Vec::new() };
    let program = shell.and_then(|shell| shell.arguments.first()).map_or("sh", |program| last_part(&program.value));
    if dialect_of(program).is_none() {
        return Vec::new();
    }
    let inline = |program: &str| {
        let script = file.script(instruction)?;
        Some(ScriptText::of(script, program, ScriptForm::Inline, None))
    };
    match interpreter(&text.text, &instruction.heredocs) {
        Interpreter::Shell => heredoc_script(file, instruction, program).into_iter().into_list(),
        Interpreter::Named(named, heredoc) => {
            let body = file.heredoc_script(heredoc.body);
            let mut body = ScriptText::of(body, named, ScriptForm::Heredoc, Some(text.text.clone()));
            body.is_expanded_before = heredoc.expands && body.text.contains(['$', '`']);
            inline(named).into_iter().chain([body]).into_list()
        }
        Interpreter::None => inline(program).into_iter().into_list(),
    }
}

fn command_of(instruction: &Instruction) -> Option<&DockerfileCommand> {
    match &instruction.arguments {
        Arguments::Run(command) | Arguments::Cmd(command) | Arguments::Entrypoint(command) => Some(command),
        Arguments::Healthcheck(Healthcheck::Command(command)) => Some(command),
        _ => None,
    }
}

fn exec_of(instruction: &Instruction) -> Option<&ExecForm> {
    match command_of(instruction)? {
        DockerfileCommand::Exec(exec) => Some(exec),
        DockerfileCommand::Shell(_) => None,
    }
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
    Named(&'a str, &'a Heredoc),
    /// The heredoc, if there is one, is data.
    None,
}

fn interpreter<'a>(text: &'a str, heredocs: &'a [Heredoc]) -> Interpreter<'a> {
    let [heredoc] = heredocs else { return Interpreter::None };
    let mut words = words_besides_markers(text);
    let Some(first) = words.next() else { return Interpreter::Shell };
    let only_flags = words.all(|word| word.starts_with('-') || word == "pipefail");
    let program = last_part(first);
    if only_flags && dialect_of(program).is_some() { Interpreter::Named(program, heredoc) } else { Interpreter::None }
}

/// The words of a line with heredocs, their markers left out: `<<EOF` and `<< EOF`.
pub(crate) fn words_besides_markers(text: &str) -> impl Iterator<Item = &str> {
    let mut is_name = false;
    text.split_whitespace().filter(move |word| {
        let is_marker = word.starts_with("<<");
        !(std::mem::replace(&mut is_name, *word == "<<") || is_marker)
    })
}

/// The script of `RUN <<EOF`, unless its first line hands it to something that is no shell.
fn heredoc_script(file: &Dockerfile, instruction: &Instruction, program: &str) -> Option<ScriptText> {
    let body = file.heredoc_script(instruction.heredocs.first()?.body);
    let shebang = body.text.lines().next().and_then(|line| line.strip_prefix("#!")).map(str::to_owned);
    let named = match &shebang {
        Some(shebang) => shebang.split_whitespace().map(last_part).find(|word| *word != "env")?,
        None => program,
    };
    dialect_of(named)?;
    let named = named.to_owned();
    Some(ScriptText::of(body, &named, ScriptForm::Heredoc, shebang))
}

/// How an exec form calls its shell, which is what stands before the script.
fn call_of(words: &[ExecArgument]) -> String {
    words.iter().map(|word| word.value.as_str()).into_list().join(" ")
}

/// The script of `["sh", "-c", "…"]`.
fn shell_string(file: &Dockerfile, exec: &ExecForm) -> Option<ScriptText> {
    // What comes behind the script is `$0`, and what it is given.
    let (before, rest) = exec.arguments.split_at_checked(shell::script_argument(&words_of(file, exec))?)?;
    let (program, script) = (last_part(&before.first()?.value), rest.first()?);
    let inner = file.slice(script.range).strip_prefix('"')?.strip_suffix('"')?;
    let start = script.range.start() + TextSize::of('"');
    Some(ScriptText {
        // With JSON escapes in it the text is not what the shell gets.
        is_exact: inner == script.value,
        text: script.value.clone(),
        range: TextRange::at(start, TextSize::of(inner)),
        program: program.to_owned(),
        form: ScriptForm::Exec,
        own_shell: Some(call_of(before)),
        is_expanded_before: false,
    })
}

fn words_of(file: &Dockerfile, exec: &ExecForm) -> Vec<shell::Word> {
    let words = exec.arguments.iter().map(|argument| shell::Word {
        text: Some(argument.value.clone()),
        raw: file.slice(argument.range).to_owned(),
        range: argument.range,
        is_quoted: true,
        is_glob: false,
        variables: Vec::new(),
    });
    words.into_list()
}

fn plain_command(file: &Dockerfile, exec: &ExecForm) -> Script {
    let command = Command::new(words_of(file, exec), exec.range);
    let commands = if command.words.is_empty() { Vec::new() } else { vec![command] };
    Script { commands, is_readable: true, ..Script::default() }
}
