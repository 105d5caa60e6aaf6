//! What commands may be told beside the files.

use crate::settings::Settings;
use crate::shell::Shell;
use crate::source::{Source, today};
use crate::target::ensure_stage;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use layerwise_engine::{Config, Date, Input, Severity, ShellLinter, Tool};
use layerwise_syntax::parse;
use std::fs;
use std::path::{Path, PathBuf};

/// What `check` and `fix` may be told.
#[derive(Args)]
pub struct Options {
    /// Answer as another tool does by default
    #[arg(long, value_enum, value_name = "TOOL")]
    compat: Option<Peer>,
    #[command(flatten)]
    build: BuildOptions,
    /// Leave the shell checks (SC codes) out
    #[arg(long)]
    no_shell: bool,
    /// The mildest severity that fails the run
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Warning)]
    fail_on: FailOn,
}

/// What a build may be told.
#[derive(Args)]
pub struct BuildOptions {
    /// The stage to build, when it is not the last one
    #[arg(long, value_name = "STAGE")]
    target: Option<String>,
    /// A value given to the build; may be repeated
    #[arg(long = "build-arg", value_name = "NAME=VALUE", value_parser = build_arg)]
    build_args: Vec<(String, String)>,
    /// What your team has set: a TOML file, or a .hadolint.yaml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The build context's .dockerignore [default: FILE.dockerignore or .dockerignore beside the Dockerfile]
    #[arg(long, value_name = "FILE")]
    dockerignore: Option<PathBuf>,
    /// The day to take for today, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
}

/// A tool whose answers can be reproduced.
#[derive(Clone, Copy, ValueEnum)]
enum Peer {
    Hadolint,
    Buildkit,
    Trivy,
    Checkov,
    Tally,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Style,
}

/// The options with everything that they name read.
pub struct Loaded<'o> {
    build: LoadedBuild<'o>,
    compat: Option<Tool>,
    shell: Option<Shell>,
}

/// [`BuildOptions`] with everything that they name read.
struct LoadedBuild<'o> {
    options: &'o BuildOptions,
    settings: Settings,
    dockerignore: Option<String>,
}

impl Options {
    /// Reads the files that the options name.
    pub fn load(&self) -> Result<Loaded<'_>> {
        let compat = self.compat.map(|peer| match peer {
            Peer::Hadolint => Tool::Hadolint,
            Peer::Buildkit => Tool::Buildkit,
            Peer::Trivy => Tool::Trivy,
            Peer::Checkov => Tool::Checkov,
            Peer::Tally => Tool::Tally,
        });
        let shell = (!self.no_shell).then(Shell::default);
        Ok(Loaded { build: self.build.load()?, compat, shell })
    }

    /// The mildest severity that fails the run.
    pub fn fail_on(&self) -> Severity {
        match self.fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
            FailOn::Style => Severity::Style,
        }
    }
}

impl BuildOptions {
    fn load(&self) -> Result<LoadedBuild<'_>> {
        let dockerignore = self.dockerignore.as_deref().map(read_text).transpose()?;
        Ok(LoadedBuild { options: self, settings: self.settings()?, dockerignore })
    }

    fn settings(&self) -> Result<Settings> {
        let Some(path) = &self.config else { return Ok(Settings::default()) };
        let settings = Settings::read(path, &read_text(path)?).with_context(|| path.display().to_string())?;
        for note in &settings.notes {
            anstream::eprintln!("layerwise: {}: {note}", path.display());
        }
        Ok(settings)
    }

    /// Calls `then` with what to build a Dockerfile with. Fails where that has no such stage.
    pub fn with_input<T>(&self, source: &Source, then: impl FnOnce(&Input<'_>) -> T) -> Result<T> {
        self.load()?.with_source(source, then)
    }
}

impl LoadedBuild<'_> {
    /// Calls `then` with what to build a Dockerfile with. Fails where that has no such stage.
    fn with_source<T>(&self, source: &Source, then: impl FnOnce(&Input<'_>) -> T) -> Result<T> {
        if let Some(target) = &self.options.target {
            ensure_stage(target, &parse(&source.text)).with_context(|| source.title().to_owned())?;
        }
        Ok(self.with_text(&source.text, source.dockerignore.as_deref(), then))
    }

    /// Calls `then` with what to build a text with, beside which there may be a `.dockerignore`.
    fn with_text<T>(&self, text: &str, dockerignore: Option<&str>, then: impl FnOnce(&Input<'_>) -> T) -> T {
        let options = self.options;
        let lists = self.settings.lists();
        then(&Input {
            dockerignore: self.dockerignore.as_deref().or(dockerignore),
            target: options.target.as_deref(),
            build_args: &options.build_args,
            today: options.today.or_else(today),
            config: lists.config(),
            ..Input::new(text)
        })
    }
}

impl Loaded<'_> {
    /// Calls `then` with what to check a Dockerfile with. Fails where that has no stage of the name that is asked for.
    pub fn with_input<T>(&self, source: &Source, then: impl FnOnce(&Input<'_>) -> T) -> Result<T> {
        self.build.with_source(source, |input| then(&self.to_check(input)))
    }

    /// Calls `then` with what to check a text with that is no file of its own.
    pub fn with_text<T>(&self, text: &str, then: impl FnOnce(&Input<'_>) -> T) -> T {
        self.build.with_text(text, None, |input| then(&self.to_check(input)))
    }

    fn to_check<'i>(&'i self, input: &Input<'i>) -> Input<'i> {
        let shell = self.shell.as_ref().map(|shell| -> &dyn ShellLinter { shell });
        Input { config: Config { compat: self.compat, ..input.config }, shell, ..*input }
    }
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read as text", path.display()))
}

fn build_arg(text: &str) -> Result<(String, String)> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => bail!("write NAME=VALUE"),
    }
}

fn date(text: &str) -> Result<Date> {
    Date::parse(text).context("write a date as YYYY-MM-DD")
}
