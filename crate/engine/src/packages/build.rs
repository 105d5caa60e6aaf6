//! Commands that turn source into something to ship.

use crate::shell::{Command, Word};
use crate::table::{Listed, words_of};

/// What a build makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildKind {
    /// A program; what compiled it is not needed to run it.
    Compiled,
    /// Files for a browser.
    Frontend,
}

/// How a build tool is recognised.
enum Sign {
    /// The program alone.
    Program,
    /// Its first operand is one of these.
    Subcommand(&'static str),
    /// One of its operands is one of these: a goal, a target or a task, with or without the project that it is of.
    Goal(&'static str),
    /// It has one of these flags.
    Flag(&'static str),
    /// It runs one of these scripts of a `package.json`.
    Script(&'static str),
}

use BuildKind::{Compiled, Frontend};
use Sign::{Flag, Goal, Program, Script, Subcommand};

const TOOLS: &[(&str, BuildKind, Sign)] = &[
    ("go", Compiled, Subcommand("build install")),
    ("cargo", Compiled, Subcommand("build install")),
    ("mvn mvnw", Compiled, Goal("package install verify deploy")),
    ("gradle gradlew", Compiled, Goal("build bootJar assemble shadowJar")),
    ("sbt", Compiled, Goal("assembly stage")),
    ("lein", Compiled, Goal("uberjar")),
    ("javac ghc ninja", Compiled, Program),
    ("dotnet", Compiled, Subcommand("publish build")),
    ("swift zig", Compiled, Subcommand("build")),
    ("stack cabal", Compiled, Subcommand("build install")),
    ("mix", Compiled, Subcommand("release")),
    ("nim", Compiled, Subcommand("c")),
    ("crystal", Compiled, Subcommand("build")),
    ("dart meson", Compiled, Subcommand("compile")),
    ("make", Compiled, Goal("install")),
    ("cmake", Compiled, Flag("--build --install")),
    ("gcc g++ cc clang nvcc", Compiled, Flag("-o")),
    ("npm yarn pnpm bun", Frontend, Script("build")),
    ("ng vite next nuxt react-scripts gatsby astro", Frontend, Subcommand("build")),
    ("webpack", Frontend, Program),
];

/// The programs of all of them, in their order.
const BUILDERS: &str = "\
    go cargo mvn mvnw gradle gradlew sbt lein javac ghc ninja dotnet swift zig stack cabal mix nim crystal dart meson make cmake \
    gcc g++ cc clang nvcc npm yarn pnpm bun ng vite next nuxt react-scripts gatsby astro webpack";

/// What a command builds, if it is one that builds.
pub fn build(command: &Command) -> Option<BuildKind> {
    let mut program = command.program()?;
    // `npx vite build` runs what its operands say.
    let is_named = matches!(program, "npx" | "bunx");
    if is_named {
        program = command.subcommand()?.known()?;
    }
    // Nearly every rule asks this of every command, and one table is sooner gone through than twenty.
    if !program.is_one_of(BUILDERS) {
        return None;
    }
    let (_, kind, sign) = TOOLS.iter().find(|(programs, _, _)| program.is_one_of(programs))?;
    let operands = command.operands();
    // `cargo +nightly build` names a toolchain first.
    let names_toolchain = program == "cargo" && operands.first().is_some_and(|word| word.shown().starts_with('+'));
    let operands = operands.get(usize::from(is_named || names_toolchain)..)?;
    let is_build = match sign {
        Program => !command.has_any_flag("--version -version"),
        Subcommand(names) => operands.first().and_then(|word| word.known()).is_some_and(|name| name.is_one_of(names)),
        Goal(names) => operands.iter().filter_map(|word| word.known()).any(|goal| is_goal(goal, names)),
        Flag(flags) => words_of(flags).any(|flag| has_exact_flag(command.arguments(), flag)),
        Script(names) => runs_script(program, operands, names),
    };
    is_build.then_some(*kind)
}

/// `bootJar`, also as `:app:bootJar`.
fn is_goal(goal: &str, names: &str) -> bool {
    goal.rsplit(':').next().is_some_and(|task| task.is_one_of(names)) && (!goal.contains(':') || goal.starts_with(':'))
}

fn has_exact_flag(arguments: &[Word], flag: &str) -> bool {
    arguments.iter().any(|word| word.is(flag))
}

/// `npm run build`, `yarn build`, `pnpm run build:production`. Only yarn and pnpm run scripts without `run`.
fn runs_script(program: &str, operands: &[&Word], names: &str) -> bool {
    let mut operands = operands.iter().filter_map(|word| word.known());
    let name = match operands.next() {
        Some("run" | "run-script") => operands.next(),
        Some(first) if matches!(program, "yarn" | "pnpm") => Some(first),
        _ => None,
    };
    name.and_then(|name| name.split(':').next()).is_some_and(|name| name.is_one_of(names))
}

#[cfg(test)]
mod tests {
    use super::{BUILDERS, BuildKind, TOOLS, build};
    use crate::shell::{Dialect, parse};

    fn kind(text: &str) -> Option<BuildKind> {
        build(&parse(text, 0.into(), Dialect::Posix).commands[0])
    }

    #[test]
    fn the_program_of_every_tool_is_known_for_one_that_builds() {
        let programs: Vec<&str> = TOOLS.iter().map(|(programs, ..)| *programs).collect();
        assert_eq!(programs.join(" "), BUILDERS);
    }

    #[test]
    fn compilers_are_recognised() {
        for text in [
            "go build -o /app ./cmd/app",
            "CGO_ENABLED=0 go build",
            "go -C src build",
            "cargo build --release",
            "cargo +nightly build",
            "cargo install --path .",
            "mvn -B -DskipTests clean package",
            "./mvnw -f pom.xml package",
            "./gradlew :app:bootJar",
            "gradle build -x test",
            "javac Main.java",
            "dotnet publish -c Release -o /out",
            "make -j4 install",
            "cmake --build build",
            "gcc main.c -o main",
            "sudo make install",
            "sbt clean assembly",
        ] {
            assert_eq!(kind(text), Some(BuildKind::Compiled), "{text}");
        }
    }

    #[test]
    fn frontend_builds_are_recognised() {
        for text in [
            "npm run build",
            "npm --prefix web run build",
            "yarn build",
            "yarn run build",
            "pnpm run build:prod",
            "npx vite build",
            "bun run build",
            "ng build --configuration production",
            "webpack --mode production",
        ] {
            assert_eq!(kind(text), Some(BuildKind::Frontend), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_no_builds() {
        for text in [
            "go mod download",
            "go test ./...",
            "cargo fetch",
            "mvn dependency:go-offline",
            "mvn install:help",
            "make",
            "make -C install",
            "gcc --version",
            "javac -version",
            "cmake -B build",
            "npm install build",
            "npm run test",
            "npm build",
            "dotnet restore",
            "$GO build",
            "echo go build",
            "npx",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
