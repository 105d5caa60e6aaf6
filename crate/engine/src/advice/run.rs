//! What to do when containers of an image run.

use super::model::{Advice, Given, Language, Moment};
use super::quote::{is_presentable, word};
use super::settings::{self, Aspect};
use super::subject::{Start, Subject};
use super::{compose, config_files};
use crate::category::Category;
use crate::code::droast;
use crate::document::Root;
use crate::plan::Program;
use crate::secret_name::is_secret_name;
use layerwise_syntax::Arguments;
use layerwise_syntax::list::IntoList;

pub const RUN_IMAGE: Advice = Advice {
    id: "run-image",
    category: Category::Security,
    moment: Moment::Run,
    title: "Run a container, locked up",
    why: "
All of it together: what the file says of ports, users and volumes, and the locks that it leaves room for. Each part stands below with its own
reason. Begin with the whole; where a program complains, take back the one lock that it names.
",
    references: &["https://docs.docker.com/reference/cli/docker/container/run/", "https://docs.docker.com/engine/security/"],
    codes: &[],
    give: run_image,
};

fn run_image(subject: &Subject<'_>) -> Option<Given> {
    if subject.start == Start::Nothing {
        return None;
    }
    let mut given = Given::shell(&[settings::run(subject, &|_| true, &[])]).note(subject.name_note());
    if settings::gives_port(subject) {
        given = given.note("Its command reads `PORT`, which the file sets nowhere.");
    }
    for secret in settings::secrets(subject) {
        given = given.note(["It takes `", secret, "` from your environment: a new container asks for it."].concat());
    }
    if let Some(Program::Exec(_)) = subject
        .plan
        .config
        .entrypoint
        .as_ref()
        .filter(|_| subject.start == Start::Program && subject.plan.config.cmd.is_none())
    {
        given = given.note("What follows the name of the image is handed to its program.");
    }
    Some(given)
}

/// The one-aspect form of a run, with what it cannot do without.
fn run_with(subject: &Subject<'_>, aspect: Aspect) -> Option<String> {
    if !subject.runs() || subject.settings.iter().all(|setting| setting.aspect != aspect) {
        return None;
    }
    // The least that shows it: a service that restarts for ever is no trial.
    Some(settings::run_once(subject, aspect))
}

pub const WRITE_A_COMPOSE_FILE: Advice = Advice {
    id: "write-a-compose-file",
    category: Category::Config,
    moment: Moment::Run,
    title: "Keep these settings in a Compose file",
    why: "
A command lives in somebody's shell history; a `compose.yaml` lives in the repository, is reviewed, and starts with `docker compose up --build`. Other
services of the project, such as a database, go into the same file.
",
    references: &["https://docs.docker.com/reference/compose-file/services/", "https://docs.docker.com/reference/compose-file/build/"],
    codes: &[],
    give: write_a_compose_file,
};

fn write_a_compose_file(subject: &Subject<'_>) -> Option<Given> {
    if !subject.runs() {
        return None;
    }
    let given = Given::new(Language::Compose, compose::of(subject));
    Some(given.and(Language::Shell, "docker compose up --build --detach".to_owned()).note(subject.name_note()))
}

pub const READ_ONLY: Advice = Advice {
    id: "run-read-only",
    category: Category::Security,
    moment: Moment::Run,
    title: "Run with a read-only root file system",
    why: "
A process that cannot write to its own files cannot be changed by whoever breaks into it, and no tool of theirs can be left behind. What it writes for
its own use goes to a `tmpfs` in memory, and what it keeps goes to a volume.

Where a folder is missing from the command, the program names it when it starts: `Read-only file system`.
",
    references: &[
        "https://docs.docker.com/reference/cli/docker/container/run/#read-only",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-8---set-filesystem-and-volumes-to-read-only",
    ],
    codes: &[],
    give: read_only,
};

fn read_only(subject: &Subject<'_>) -> Option<Given> {
    let command = run_with(subject, Aspect::ReadOnly)?;
    let is_java = subject.settings.iter().any(|setting| setting.value.as_deref() == Some(settings::JAVA_SCRATCH));
    let note =
        if is_java { "`exec`, because Java unpacks native libraries into `/tmp` and loads them there." } else { "" };
    Some(Given::shell(&[command]).note(note))
}

pub const DROP_PRIVILEGES: Advice = Advice {
    id: "drop-privileges-at-run-time",
    category: Category::Security,
    moment: Moment::Run,
    title: "Take away what the container does not need",
    why: "
`USER` in the Dockerfile is the first step. A container still starts with a dozen of root's capabilities, and a forgotten setuid program is a way back to
root. Without capabilities, and with `no-new-privileges`, there is nothing to win there.
",
    references: &[
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-3---limit-capabilities-grant-only-specific-capabilities-needed-by-a-container",
        "https://docs.docker.com/engine/security/",
    ],
    codes: &[],
    give: drop_privileges,
};

fn drop_privileges(subject: &Subject<'_>) -> Option<Given> {
    let command = run_with(subject, Aspect::Privileges)?;
    let mut given = Given::shell(&[command]);
    let has = |key: &str| subject.settings.iter().any(|setting| setting.key == key);
    if has("cap_add") {
        given = given.note("It keeps what it needs to start, as far as that is known, and nothing else.");
    }
    let root = subject.document.root(subject.stage);
    if !has("user") && matches!(root, Some(Root::Explicit { .. } | Root::Implicit { is_sure: true })) {
        given = given.note("The file leaves its program to root: a `USER` line does more than all of these flags.");
    }
    if !has("security_opt") {
        given = given.note("`no-new-privileges` is left out, because it starts something through `sudo` or `su`.");
    }
    Some(given)
}

pub const LIMIT_RESOURCES: Advice = Advice {
    id: "limit-resources",
    category: Category::Security,
    moment: Moment::Run,
    title: "Set limits for memory, processors and processes",
    why: "
Without limits one container can starve all others: a leak or a flood of processes becomes an outage of the whole machine. Begin with what
`docker stats` shows under load, and half as much again.
",
    references: &[
        "https://docs.docker.com/engine/containers/resource_constraints/",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    ],
    codes: &[],
    give: limit_resources,
};

fn limit_resources(subject: &Subject<'_>) -> Option<Given> {
    let command = run_with(subject, Aspect::Resources)?;
    let given = Given::shell(&[command, "docker stats".to_owned()]);
    Some(given.note("The numbers are a beginning, and nothing that the file tells."))
}

pub const PUBLISH_PORTS: Advice = Advice {
    id: "publish-ports-deliberately",
    category: Category::Config,
    moment: Moment::Run,
    title: "Publish only the ports you need, on the address you mean",
    why: "
`EXPOSE` only documents a port. `--publish 8080:8080` opens it on every address of the machine, past the rules of many a firewall. With `127.0.0.1` in
front only this machine reaches it, which is right behind a proxy and while developing; leave it off to serve others.
",
    references: &["https://docs.docker.com/engine/network/port-publishing/", "https://docs.docker.com/reference/dockerfile/#expose"],
    codes: &[droast("DF022")],
    give: publish_ports,
};

fn publish_ports(subject: &Subject<'_>) -> Option<Given> {
    let command = run_with(subject, Aspect::Ports)?;
    let given = Given::shell(&[command]);
    let note = match subject.plan.config.ports.is_empty() {
        true => "The file has no `EXPOSE`: the port is the one that its program is told or known to listen at.",
        false if subject.plan.config.ports.iter().any(|port| port.known.is_none()) => {
            "A port whose number the file does not tell is left out."
        }
        false => "",
    };
    Some(given.note(note))
}

pub const KEEP_STATE_OUTSIDE: Advice = Advice {
    id: "keep-state-outside",
    category: Category::Config,
    moment: Moment::Run,
    title: "Keep what must last in volumes",
    why: "
To change something, build a new image and put a new container in the place of the old one. What must outlast that goes to a volume with a name, or to
another service: a volume without a name is hard to find again, and goes with `docker run --rm`. The test: can you delete the container at any moment?
",
    references: &[
        "https://docs.docker.com/engine/storage/volumes/",
        "https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers",
    ],
    codes: &[],
    give: keep_state_outside,
};

fn keep_state_outside(subject: &Subject<'_>) -> Option<Given> {
    let command = run_with(subject, Aspect::State)?;
    Some(Given::shell(&[command]))
}

pub const MOUNT_CONFIG: Advice = Advice {
    id: "mount-config",
    category: Category::Config,
    moment: Moment::Run,
    title: "Mount configuration when the container starts",
    why: "
The image that passed the tests should be the one that goes live; only its configuration is another. Mount the files over those in the image, read-only,
or use the configs of Compose or a ConfigMap of Kubernetes.
",
    references: &[
        "https://docs.docker.com/engine/storage/bind-mounts/",
        "https://docs.docker.com/reference/compose-file/configs/",
        "https://12factor.net/config",
    ],
    codes: &[],
    give: mount_config,
};

fn mount_config(subject: &Subject<'_>) -> Option<Given> {
    if !subject.runs() || subject.stage.is_windows {
        return None;
    }
    let mut extra = config_files::mounts(subject);
    for found in subject.found.iter().filter(|found| found.rule == "environment-specific-env") {
        // `NAME=value`: the value is the one that is to be another elsewhere.
        let text = subject.document.slice(found.range);
        let name = text.split(['=', ' ']).next().unwrap_or_default();
        if is_variable(name) {
            extra.push(["--env ", &word(name)].concat());
        }
    }
    if extra.is_empty() {
        return None;
    }
    let command = settings::run(subject, &|setting| setting.aspect == Aspect::Ports, &extra);
    Some(Given::shell(&[command]))
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

pub const PASS_SECRETS: Advice = Advice {
    id: "pass-secrets-at-run-time",
    category: Category::Config,
    moment: Moment::Run,
    title: "Hand secrets to the container when it starts",
    why: "
What stands in an `ENV` or an `ARG` is in the image for everyone who can pull it. A file below `/run/secrets` is not, nor does it show up in
`docker inspect`, in crash reports or in child processes, as variables do. Many images read a variable `NAME_FILE` for that purpose; your own program can
read the file.
",
    references: &[
        "https://docs.docker.com/compose/how-tos/use-secrets/",
        "https://docs.docker.com/engine/swarm/secrets/",
        "https://docs.docker.com/build/building/secrets/",
    ],
    codes: &[],
    give: pass_secrets,
};

/// More secrets than that are shown to nobody.
const MOST_SECRETS: usize = 12;

fn pass_secrets(subject: &Subject<'_>) -> Option<Given> {
    if !subject.runs() || subject.stage.is_windows {
        return None;
    }
    let mut names: Vec<&str> = settings::secrets(subject);
    let reads_files = !names.is_empty();
    let steps = subject.document.chain_steps(subject.stage);
    for step in &steps {
        let declared = match &step.instruction.arguments {
            Arguments::Env(values) => values.pairs.iter().map(|pair| pair.key.text.as_str()).into_list(),
            Arguments::Arg(declarations) => {
                declarations.iter().map(|declaration| declaration.name.text.as_str()).into_list()
            }
            _ => continue,
        };
        for name in declared {
            if is_variable(name) && is_secret_name(name) && names.len() < MOST_SECRETS && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return None;
    }
    let service = &subject.name;
    let mut text = ["services:\n  ", service, ":\n    image: ", service, "\n    environment:\n"].concat();
    let (mut own, mut all) = (String::new(), String::new());
    for name in &names {
        let secret = name.to_ascii_lowercase();
        text.push_str(&["      ", name, "_FILE: /run/secrets/", &secret, "\n"].concat());
        own.push_str(&["      - ", &secret, "\n"].concat());
        all.push_str(&["  ", &secret, ":\n    file: ./secrets/", &secret, ".txt\n"].concat());
    }
    text.push_str(&["    secrets:\n", &own, "secrets:\n", all.trim_end()].concat());
    let note =
        if reads_files { "" } else { "Your program has to read the files; a variable `NAME_FILE` tells it where." };
    Some(Given::new(Language::Compose, text).note(note))
}

pub const USE_AN_INIT_PROCESS: Advice = Advice {
    id: "use-an-init-process",
    category: Category::Config,
    moment: Moment::Run,
    title: "Put an init process in front",
    why: "
Process 1 has to collect finished children, and for it alone the kernel ignores `SIGTERM` unless it asks for it: `docker stop` then waits ten seconds and
kills. Most programs were never meant to be process 1. `--init` puts `tini` in front, which does both.
",
    references: &["https://docs.docker.com/reference/cli/docker/container/run/#init", "https://github.com/krallin/tini"],
    codes: &[],
    give: use_an_init_process,
};

fn use_an_init_process(subject: &Subject<'_>) -> Option<Given> {
    let command = run_with(subject, Aspect::Init)?;
    Some(Given::shell(&[command]))
}

pub const ENTRYPOINT_PLUS_CMD: Advice = Advice {
    id: "entrypoint-plus-cmd",
    category: Category::Config,
    moment: Moment::Run,
    title: "Know what arguments replace",
    why: "
What follows the name of the image takes the place of `CMD`. Here that is the whole program. With the program in `ENTRYPOINT` and its default arguments in
`CMD`, both in exec form, `docker run IMAGE --help` changes the arguments alone: the container feels like the program itself.
",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact",
        "https://docs.docker.com/build/building/best-practices/#entrypoint",
    ],
    codes: &[droast("DF017")],
    give: entrypoint_plus_cmd,
};

fn entrypoint_plus_cmd(subject: &Subject<'_>) -> Option<Given> {
    let Some(Program::Exec(words)) = &subject.plan.config.cmd else { return None };
    // Its base may well have an entry point of its own.
    let has_entrypoint = subject.plan.config.entrypoint.is_some() || !subject.servers.is_empty();
    if has_entrypoint || subject.start != Start::Program || !words.iter().all(|text| is_presentable(text)) {
        return None;
    }
    let shown = words.iter().map(|text| word(text)).into_list().join(" ");
    Some(Given::shell(&[["docker run --rm ", &subject.name, " ", &shown, " --help"].concat()]))
}
