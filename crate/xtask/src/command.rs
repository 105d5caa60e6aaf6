//! Running other programs, with errors that are sentences.

use crate::layout;
use anyhow::{Context, Result, bail};
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The cargo that runs this task, told to build where the other tasks look.
pub fn cargo(verb: &str) -> Command {
    let mut command = cargo_without_target(verb);
    command.arg("--target-dir").arg(layout::target());
    command
}

/// The cargo that runs this task, for what builds nothing.
pub fn cargo_without_target(verb: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(layout::root()).arg(verb);
    command
}

/// Runs a command to its end; it has failed when its exit status says so.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command.status().with_context(|| format!("`{shown}` cannot be started"))?;
    if !status.success() {
        bail!("`{shown}` failed");
    }
    Ok(())
}

/// Runs a command, prints its standard output as it comes, and hands each line to `see`. Tells whether it succeeded.
pub fn run_seeing_lines(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    let mut child = start(command.stdout(Stdio::piped()))?;
    each_line(child.stdout.take(), |line| {
        println!("{line}");
        see(line);
    })?;
    Ok(child.wait()?.success())
}

/// Runs a command and hands each line of its standard error to `see` as it comes. Tells whether it succeeded.
pub fn run_seeing_errors(command: &mut Command, see: impl FnMut(&str)) -> Result<bool> {
    let mut child = start(command.stderr(Stdio::piped()))?;
    each_line(child.stderr.take(), see)?;
    Ok(child.wait()?.success())
}

fn start(command: &mut Command) -> Result<Child> {
    let shown = show(command);
    command.stdin(Stdio::null()).spawn().with_context(|| format!("`{shown}` cannot be started"))
}

fn each_line(output: Option<impl Read>, mut see: impl FnMut(&str)) -> Result<()> {
    let Some(output) = output else { return Ok(()) };
    for line in BufReader::new(output).split(b'\n') {
        see(&String::from_utf8_lossy(&line?));
    }
    Ok(())
}

/// What a command prints, without blanks around it; nothing when it cannot be run or fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The first of these programs that the search path knows.
pub fn find_in_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| is_program(file))
}

/// The program that an environment variable names, if it names one; fails where there is none of that name.
pub fn named(variable: &str) -> Result<Option<PathBuf>> {
    let Some(named) = env::var_os(variable).map(PathBuf::from) else { return Ok(None) };
    if !named.is_file() {
        bail!("{variable} names {}, which is not there.", named.display());
    }
    Ok(Some(named))
}

/// Whether this runs as root, whom nobody need ask.
pub fn is_root() -> bool {
    output_of(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}

/// Starts a command, and hands it the paths on its standard input, a line each.
pub fn start_with_paths(command: &mut Command, paths: &[PathBuf]) -> Result<Child> {
    let shown = show(command);
    let mut child = command.stdin(Stdio::piped()).spawn().with_context(|| format!("`{shown}` cannot be started"))?;
    if let Some(mut list) = child.stdin.take() {
        list.write_all(lines_of(paths).as_bytes())?;
    }
    Ok(child)
}

/// Paths, a line each.
pub fn lines_of(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("{}\n", path.display())).collect()
}

fn is_program(file: &Path) -> bool {
    file.is_file() || file.with_extension("exe").is_file()
}

fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = [program].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
