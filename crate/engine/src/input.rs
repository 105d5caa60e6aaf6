//! What a check is given.

use crate::config::Config;
use crate::date::Date;
use crate::shellcheck::ShellLinter;

/// What a check is given. All of it is data: the engine reads no file and no clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The Dockerfile.
    pub dockerfile: &'a str,
    /// The `.dockerignore` of its build context.
    pub dockerignore: Option<&'a str>,
    /// The stage to build, when it is not the last one.
    pub target: Option<&'a str>,
    /// Values given with `--build-arg`.
    pub build_args: &'a [(String, String)],
    /// Today.
    pub today: Option<Date>,
    /// What the team has set.
    pub config: Config<'a>,
    /// Who looks at the scripts; without, there are no findings of ShellCheck's.
    pub shell: Option<&'a dyn ShellLinter>,
}

impl<'a> Input<'a> {
    /// Just a Dockerfile.
    pub fn new(dockerfile: &'a str) -> Self {
        Input { dockerfile, ..Input::default() }
    }
}
