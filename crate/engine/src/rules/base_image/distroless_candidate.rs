//! Operating systems around one program that needs none.

use crate::packages::{BuildKind, build, install, package_name};
use crate::path::last_part;
use crate::rules::prelude::*;
use layerwise_syntax::{Command, Healthcheck};

pub const RULE: Rule = Rule {
    id: "distroless-candidate",
    category: Category::BaseImage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[],
    supersedes: &["prefer-slim-base-image"],
    title: "An operating system around one program",
    summary: "Put a compiled program on a distroless image or on scratch when it needs nothing of an operating system.",
    why: "
A program that is linked statically, or simply, needs its file, certificates and little else. Distroless images hold just that, and no shell or package
manager: there is less to download, less to patch, and nothing for an intruder to use.

What it costs: nobody can open a shell in the container. There are `:debug` tags for that, and `docker debug`.
",
    leave_it_when: "You need a shell in the container, or the program starts others.",
    references: &[
        "https://github.com/GoogleContainerTools/distroless",
        "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /out/api .\n\nFROM «debian:13-slim»\nCOPY --from=build /out/api /api\nUSER 65532\nENTRYPOINT [\"/api\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /out/api .\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/api /api\nUSER 65532\nENTRYPOINT [\"/api\"]\n",
        ),
        clean(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /out/api .\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/api /api\nUSER 65532\nENTRYPOINT [\"/api\"]\n",
        ),
        // Whether it is static is not seen, or there is more to take over than FROM.
        flagged("FROM rust:1.98 AS build\nRUN cargo build --release\nFROM «debian:13-slim»\nCOPY --from=build /target/release/api /api\nENTRYPOINT [\"/api\"]\n"),
        flagged(
            "FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -o /api .\nFROM «alpine:3.23»\nRUN apk add --no-cache ca-certificates && adduser -D app\nCOPY --from=build /api /api\nUSER app\nENTRYPOINT [\"/api\"]\n",
        ),
        // It needs a shell, other packages, files of its own, or was not compiled here.
        clean("FROM golang:1.26 AS build\nRUN go build -o /api .\nFROM debian:13-slim\nCOPY --from=build /api /api\nHEALTHCHECK CMD /api health\nENTRYPOINT [\"/api\"]\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -o /api .\nFROM debian:13-slim\nRUN apt-get update && apt-get install -y git\nCOPY --from=build /api /api\nENTRYPOINT [\"/api\"]\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -o /api .\nFROM debian:13-slim\nCOPY --from=build /api /api\nCOPY start.sh /\nENTRYPOINT [\"/start.sh\"]\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -o /api .\nFROM debian:13-slim\nCOPY --from=build /api /api\nCMD /api\n"),
        clean("FROM node:24 AS build\nRUN npm run build\nFROM debian:13-slim\nCOPY --from=build /app/server /server\nENTRYPOINT [\"/server\"]\n"),
    ],
    check,
};

/// Programs that prepare users and places, which a distroless image has or `COPY` can do.
const PREPARING: &str = "\
    useradd groupadd adduser addgroup usermod mkdir chmod chown rm true apt-get apk update-ca-certificates";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let (Some((_, from)), Base::Image(image)) = (stage.from, &stage.base) else { return };
    let is_plain_system = image.repository.is_one_of("alpine debian ubuntu");
    if !is_plain_system || needs_shell(document, stage) {
        return;
    }
    let Some(program) = started(document, stage) else { return };
    let Some(builder) = stage
        .own_steps()
        .filter(|step| brings(step, &program))
        .find_map(|step| document.stages_taken_from(step).next())
    else {
        return;
    };
    let mut steps = document.chain_steps(builder).into_iter();
    if !steps.any(|step| step.commands().any(|command| build(command) == Some(BuildKind::Compiled))) {
        return;
    }
    let name = last_part(&program);
    let message = format!("`{name}` is all that runs here, and nothing of `{}` is used but its files", image.shown());
    let finding = report.here(from.image.range, message);
    let has_more = stage.own_steps().any(|step| step.is_run());
    let is_numeric = |word: &layerwise_syntax::Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    let keeps_user = document.last_user(stage).is_none_or(|(_, user)| is_numeric(user));
    if is_static(document, builder) && !has_more && keeps_user && from.image.is_plain() {
        let title = "Start from distroless, without a shell; the program then runs as somebody other than root";
        finding.fix(Review, title, [replace(from.image.range, "gcr.io/distroless/static-debian13:nonroot")]);
    }
}

/// The program that a container starts with by its path, where no shell stands in between.
fn started(document: &Document<'_>, stage: &Stage<'_>) -> Option<String> {
    const OF_THE_SYSTEM: &str = "/bin/ /sbin/ /usr/bin/ /usr/sbin/ /etc/";
    let step = document.entrypoint(stage).or_else(|| document.cmd(stage))?;
    let Some(Command::Exec(form)) = step.start_command() else { return None };
    let program = &form.arguments.first()?.value;
    let is_script = last_part(program).contains('.') || program.contains("entrypoint");
    let is_own = program.starts_with('/') && !program.starts_with_any(OF_THE_SYSTEM);
    (is_own && !is_script).then(|| program.clone())
}

/// Whether a step copies a program to its path, out of another stage.
fn brings(step: &Step<'_>, program: &str) -> bool {
    let Some(copy) = step.copy().filter(|_| step.instruction.flag("from").is_some()) else { return false };
    let Some(target) = step.absolute_path(&copy.destination.text) else { return false };
    let is_folder = copy.destination.text.ends_with('/') || copy.destination.text == ".";
    let ends_with_it = || copy.sources.iter().any(|source| last_part(&source.word().text) == last_part(program));
    target == program || (is_folder || ends_with_it()) && ends_with_it() && program.starts_with(&target)
}

/// Whether something in a stage needs a shell, or other packages than certificates and time zones.
fn needs_shell(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let is_spare = |package: &str| matches!(package_name(package), "ca-certificates" | "tzdata");
    stage.own_steps().any(|step| match &step.instruction.arguments {
        Arguments::Shell(_) | Arguments::Healthcheck(Healthcheck::Command(Command::Shell(_))) => true,
        Arguments::Run(_) => step.commands().any(|command| {
            let adds = install(command).map(|install| install.packages).unwrap_or_default();
            !command.is_one_of(PREPARING) || !adds.iter().all(|package| is_spare(package.shown()))
        }),
        // Beside the program, whole folders may hold anything.
        Arguments::Copy(copy) => copy.sources.iter().any(|source| source.word().text.ends_with(['/', '.'])),
        _ => false,
    }) || document.unseen_start_script(stage).is_some()
}

/// Whether a stage says that it links its program statically.
fn is_static(document: &Document<'_>, builder: &Stage<'_>) -> bool {
    const SIGNS: [&str; 4] = ["CGO_ENABLED=0", "CGO_ENABLED 0", "-static", "-linux-musl"];
    document.chain_steps(builder).into_iter().any(|step| {
        let text = document.slice(step.outer.range);
        SIGNS.iter().any(|sign| text.contains(sign))
    })
}
