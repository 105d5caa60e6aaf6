//! Binaries with debug information.

use crate::document::ScriptForm;
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "strip-binaries",
    category: Category::Size,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("go"), Case::new("c-debug"), Case::new("rust").off(), Case::new("make-install").off()],
    supersedes: &[],
    title: "Binary with debug information",
    summary: "The shipped binary still carries debug information.",
    why: "
Symbol tables and DWARF data make up a quarter to a half of many binaries, and production does not read them. Go's stack traces work without
them.

`-ldflags=\"-s -w\"` leaves them out of a Go program, `strip` takes them out of any other. Keep an unstripped copy with your build artefacts if
you need it for a debugger.
",
    leave_it_when: "You attach debuggers or profilers to the running program.",
    references: &["https://pkg.go.dev/cmd/link", "https://sourceware.org/binutils/docs/binutils/strip.html"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26 AS build\nCOPY . .\nRUN CGO_ENABLED=0 «go build» -o /out/api .\nFROM scratch\nCOPY --from=build /out/api /api\n",
            "FROM golang:1.26 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /out/api .\nFROM scratch\nCOPY --from=build /out/api /api\n",
        )
        .case("go"),
        reviewed(
            "FROM golang:1.26\nRUN «go build» -ldflags \"-X main.version=1\" -o /api .\n",
            "FROM golang:1.26\nRUN go build -ldflags \"-s -w -X main.version=1\" -o /api .\n",
        )
        .case("go"),
        // Only the debug information is left out; and quotes within quotes.
        reviewed(
            "FROM golang:1.26\nRUN «go build» -ldflags='-w' -o /api .\n",
            "FROM golang:1.26\nRUN go build -ldflags='-s -w' -o /api .\n",
        )
        .case("go"),
        flagged("FROM golang:1.26\nRUN sh -c \"«go build» -o /api .\"\n").case("go"),
        flagged("FROM golang:1.26\nRUN [«\"go\", \"build\"», \"-o\", \"/api\", \".\"]\n").case("go"),
        reviewed("FROM gcc:15\nRUN gcc «-g» -O2 -o /app main.c\n", "FROM gcc:15\nRUN gcc -s -O2 -o /app main.c\n").case("c-debug"),
        flagged("FROM gcc:15\nRUN gcc «-g» -O0 -o /app main.c\n").case("c-debug"),
        flagged("FROM rust:1.95 AS build\nRUN «cargo build» --release\nFROM debian:13\nCOPY --from=build /target/release/a /a\n").case("rust"),
        flagged("FROM debian:13\nRUN ./configure --prefix=/usr && make && «make install»\n").case("make-install"),
        // Each of them in a step of its own.
        flagged("FROM debian:13\nRUN ./configure --prefix=/usr\nRUN make\nRUN «make install»\n").case("make-install"),
        // Debug information is wanted, and a makefile that somebody wrote by hand, or that another program than Autoconf made.
        clean("FROM debian:13\nRUN ./configure --enable-debug && make && make install\n").case("make-install"),
        clean("FROM debian:13\nRUN make -j4 && make install\n").case("make-install"),
        clean("FROM debian:13\nRUN ./bootstrap --prefix=/usr && make && make install\n").case("make-install"),
        clean("FROM golang:1.26 AS build\nRUN go build -ldflags=\"-s -w\" -o /out/api .\nFROM scratch\nCOPY --from=build /out/api /api\n"),
        clean("FROM golang:1.26 AS build\nENV GOFLAGS=-ldflags=-s\nRUN go build -o /api .\nFROM scratch\nCOPY --from=build /api /api\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -o /api . && upx /api\nFROM scratch\nCOPY --from=build /api /api\n"),
        clean("FROM golang:1.26\nRUN go install github.com/go-delve/delve/cmd/dlv@v1.25.0\nRUN go build -o /api .\n"),
        clean("FROM golang:1.26\nRUN go build -o /api .\nCMD [\"dlv\", \"exec\", \"/api\"]\n"),
        // A tool for the build alone, a debug build, and a stage that leaves nothing.
        clean("FROM golang:1.26 AS build\nRUN go install example.com/tool@v1 && tool generate\nFROM scratch\nCOPY --from=build /out /out\n"),
        clean("FROM golang:1.26\nRUN go build -gcflags=\"all=-N -l\" -o /api .\n"),
        clean("FROM golang:1.26 AS check\nRUN go build ./...\nFROM scratch\nCOPY a /a\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if has_debugger(document) {
        return;
    }
    for stage in document.stages().iter().filter(|stage| !stage.is_dev && !stage.is_windows) {
        let commands = || stage.own_steps().flat_map(Step::commands);
        let strips = commands()
            .any(|command| command.is_one_of("strip upx objcopy dsymutil sentry-cli") || has(command, "install-strip"));
        if strips {
            continue;
        }
        let mut has_told = false;
        // Asked of every `make install`, and the same for the whole stage.
        let leaves_debug = OnceCell::new();
        let find_debug = || commands().any(is_autoconf) && !commands().any(|command| has(command, "--enable-debug"));
        for step in stage.own_steps().filter(|step| step.is_readable()) {
            for command in step.commands() {
                match command.program() {
                    Some("go") => check_go(document, step, command, report),
                    Some("gcc" | "g++" | "cc" | "c++" | "clang" | "clang++") => {
                        check_c(document, step, command, report)
                    }
                    Some("make")
                        if command.starts_with("install")
                            && *leaves_debug.get_or_init(find_debug)
                            && ships(document, step, None)
                            && !std::mem::replace(&mut has_told, true) =>
                    {
                        report.at(
                            "make-install",
                            first_two(command),
                            "`make install` leaves debug information in what it installs; strip it",
                        );
                    }
                    Some("cargo")
                        if command.starts_with("build")
                            && command.has_flag("--release")
                            && ships(document, step, None)
                            && !sets_strip(document, step, command) =>
                    {
                        report.at("rust", first_two(command), "nothing here strips the binary that is built");
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether a command belongs to Autoconf, which compiles with debug information by itself; what others write by hand may not.
fn is_autoconf(command: &Command) -> bool {
    command.is_one_of("autogen.sh autoreconf buildconf configure")
}

/// Whether a debugger is installed, or the container starts one: it reads what would be stripped.
fn has_debugger(document: &Document<'_>) -> bool {
    let names_one = |command: &Command| {
        command.words.iter().filter_map(|word| word.known()).any(|word| {
            let name = last_part(word).split('@').next();
            name.is_some_and(|name| name.is_one_of("dlv delve gdbserver"))
        })
    };
    document.steps().flat_map(Step::all_commands).any(names_one)
}

fn check_go(document: &Document<'_>, step: &Step<'_>, command: &Command, report: &mut Reporter<'_>) {
    let Some(output) = command.flag_value("-o").filter(|_| command.starts_with("build")) else { return };
    let flags = command.flag_value("-ldflags").unwrap_or_default();
    let word = command.flag("-ldflags");
    let is_hidden = word.is_some() && flags.is_empty();
    let in_force = words_of("GOFLAGS LDFLAGS").any(|name| {
        command.assigned(name).is_some() || document.variable_at(name, step).is_some_and(|value| value.contains("-s"))
    });
    let is_debug = command.flag("-gcflags").is_some() || command.flag("-buildmode").is_some();
    if is_hidden
        || in_force
        || is_debug
        || flags.split_whitespace().any(|flag| flag == "-s")
        || !ships(document, step, Some(output))
    {
        return;
    }
    let (left, added) = match flags.split_whitespace().any(|flag| flag == "-w") {
        true => ("symbol table", "-s "),
        false => ("symbol table and debug information", "-s -w "),
    };
    let finding = report.at("go", first_two(command), format!("`{output}` ships with its {left}"));
    let edit = match word {
        None if is_quoted(step, command) => None,
        None => command.subcommand().map(|word| insert(word.range.end(), " -ldflags=\"-s -w\"")),
        Some(_) => inner_start(document, command, flags).map(|at| insert(at, added)),
    };
    if let Some(edit) = edit {
        finding.fix(Review, format!("Leave out the {left}, which debuggers and some profilers need"), [edit]);
    }
}

/// Whether a command stands between quotes, in `sh -c "…"` or a JSON array, where more of them would end the text.
fn is_quoted(step: &Step<'_>, command: &Command) -> bool {
    let is_exec = step.scripts.iter().any(|run| run.form == ScriptForm::Exec);
    is_exec || command.wrappers.iter().any(|wrapper| wrapper.is_shell())
}

/// Where the text of a literal, quoted flag value begins.
fn inner_start(document: &Document<'_>, command: &Command, flags: &str) -> Option<TextSize> {
    let text = document.slice(command.range);
    let at = text.find(&format!("\"{flags}")).or_else(|| text.find(&format!("'{flags}")))?;
    Some(command.range.start() + TextSize::try_from(at).ok()? + TextSize::of('"'))
}

fn check_c(document: &Document<'_>, step: &Step<'_>, command: &Command, report: &mut Reporter<'_>) {
    let words = command.arguments();
    let Some(debug) = words.iter().find(|word| word.is("-g") || word.is("-ggdb") || word.is("-g3")) else { return };
    let Some(output) = command.flag_value("-o").filter(|output| !output.ends_with(".o")) else { return };
    if has(command, "-s") || has(command, "-c") || !ships(document, step, Some(output)) {
        return;
    }
    let finding = report.at("c-debug", debug.range, format!("`{output}` is compiled with debug information"));
    if !has(command, "-O0") {
        finding.fix(Review, "Strip it instead, which debuggers will miss", [replace(debug.range, "-s")]);
    }
}

fn has(command: &Command, word: &str) -> bool {
    command.arguments().iter().any(|argument| argument.is(word))
}

fn first_two(command: &Command) -> TextRange {
    match (command.words.first(), command.subcommand()) {
        (Some(first), Some(second)) => first.range.cover(second.range),
        _ => command.range,
    }
}

fn sets_strip(document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
    words_of("CARGO_PROFILE_RELEASE_STRIP RUSTFLAGS")
        .any(|name| command.assigned(name).is_some() || document.variable_at(name, step).is_some())
}

/// Whether what a step builds reaches the image: its stage ships, or a shipped stage copies the output or a folder that it lies in.
fn ships(document: &Document<'_>, step: &Step<'_>, output: Option<&str>) -> bool {
    let Some(stage) = document.stage_of(step) else { return false };
    if stage.ships {
        return true;
    }
    let is_of_stage =
        |name: &str| stage.name.is_some_and(|own| own.eq_ignore_ascii_case(name)) || name.parse() == Ok(stage.index);
    let copies = document.shipped_stages().flat_map(|shipped| shipped.own_steps());
    copies.into_iter().any(|copy| {
        let takes = copy.takes_from().iter().any(|(name, _)| is_of_stage(name));
        let brings = |path: &str| match output {
            None => true,
            Some(output) => {
                let file = last_part(output);
                let path = path.trim_end_matches('/');
                path.ends_with(file) || output.trim_start_matches("./").starts_with(path.trim_start_matches("./"))
            }
        };
        let Some(sources) = copy.copy().map(|copy| &copy.sources).filter(|_| takes) else { return false };
        sources.iter().any(|source| brings(&source.word().text))
    })
}
