//! How to run containers of an image: every setting once, from which come the flags of `docker run` and the lines of Compose.

use super::name::slug;
use super::ports::published;
use super::quote::{command, is_presentable, word};
use super::server::Server;
use super::subject::{Start, Subject, each_once};
use crate::document::{Account, is_root, is_within};
use crate::image::is_nonroot;
use crate::path;
use crate::plan::{Program, Value};
use crate::shell::{Command, SHELLS};
use crate::table::Listed;

/// What a setting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// What it needs to run at all.
    Plain,
    /// A root file system that nobody writes to.
    ReadOnly,
    /// Less power.
    Privileges,
    /// Limits.
    Resources,
    /// Ports.
    Ports,
    /// What is kept.
    State,
    /// An init process.
    Init,
}

/// A setting, for `docker run` and for Compose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub aspect: Aspect,
    /// The flag of `docker run`.
    flag: &'static str,
    /// The key of Compose.
    pub key: &'static str,
    /// The value of both; none for what is only switched on.
    pub value: Option<String>,
}

/// How many settings of one kind are made from a file at most.
const MOST: usize = 12;

/// Everything that containers of an image are to be run with.
pub fn of(subject: &Subject<'_>) -> Vec<Setting> {
    let mut settings = Vec::new();
    let mut add = |aspect, flag, key, value: Option<&str>| {
        settings.push(Setting { aspect, flag, key, value: value.map(str::to_owned) });
    };
    let is_linux = subject.can_be_hardened();
    if subject.start == Start::Server {
        add(Aspect::Plain, "--restart", "restart", Some("unless-stopped"));
    }
    if subject.image().is_some_and(|image| image.repository.starts_with("nvidia/")) {
        add(Aspect::Plain, "--gpus", "gpus", Some("all"));
    }
    for secret in secrets(subject) {
        add(Aspect::Plain, "--env", "environment", Some(secret));
    }
    if let Some(port) = unset_port(subject) {
        add(Aspect::Plain, "--env", "environment", Some(&[PORT_IS, &port].concat()));
    }
    for port in published(&subject.ports) {
        add(Aspect::Ports, "--publish", "ports", Some(&port));
    }
    for (name, path) in volumes(subject) {
        add(Aspect::State, "--volume", "volumes", Some(&[&name, ":", &path].concat()));
    }
    if is_linux {
        if needs_init(subject) {
            add(Aspect::Init, "--init", "init", None);
        }
        if can_be_read_only(subject) {
            add(Aspect::ReadOnly, "--read-only", "read_only", None);
            for folder in scratch(subject) {
                add(Aspect::ReadOnly, "--tmpfs", "tmpfs", Some(&folder));
            }
        }
        if let Some(user) = user(subject) {
            add(Aspect::Privileges, "--user", "user", Some(&user));
        }
        add(Aspect::Privileges, "--cap-drop", "cap_drop", Some("ALL"));
        for capability in capabilities(subject) {
            add(Aspect::Privileges, "--cap-add", "cap_add", Some(capability));
        }
        if !raises_privileges(subject) {
            add(Aspect::Privileges, "--security-opt", "security_opt", Some("no-new-privileges:true"));
        }
    }
    if subject.runs() {
        let (memory, processes) = if is_large(subject) { ("1g", "500") } else { ("512m", "200") };
        add(Aspect::Resources, "--memory", "mem_limit", Some(memory));
        add(Aspect::Resources, "--cpus", "cpus", Some("1"));
        if is_linux {
            add(Aspect::Resources, "--pids-limit", "pids_limit", Some(processes));
        }
    }
    settings
}

/// `docker run` with the settings of one aspect, as a trial of it.
pub fn run_once(subject: &Subject<'_>, aspect: Aspect) -> String {
    // Without what it asks for by name it does not start at all.
    let is_wanted = |setting: &Setting| setting.aspect == aspect || setting.key == "environment";
    let mut parts = flags(&subject.settings, &is_wanted);
    parts.push(subject.name.clone());
    command("docker run --rm", &parts)
}

fn flags(settings: &[Setting], is_wanted: &dyn Fn(&Setting) -> bool) -> Vec<String> {
    let mut parts = Vec::new();
    for setting in settings.iter().filter(|setting| is_wanted(setting)) {
        parts.push(match &setting.value {
            Some(value) => [setting.flag, " ", &word(value)].concat(),
            None => setting.flag.to_owned(),
        });
    }
    parts
}

/// `docker run` with those settings that are wanted, as it is to go on.
pub fn run(subject: &Subject<'_>, is_wanted: &dyn Fn(&Setting) -> bool, extra: &[String]) -> String {
    let mut parts = Vec::new();
    let start = match subject.start {
        Start::Prompt => "docker run --rm -it",
        Start::Server => "docker run --detach",
        _ => "docker run --rm",
    };
    if subject.start == Start::Server {
        parts.push(["--name ", &subject.name].concat());
    }
    parts.extend(flags(&subject.settings, is_wanted));
    parts.extend_from_slice(extra);
    parts.push(subject.name.clone());
    command(start, &parts)
}

fn servers<'t>(subject: &'t Subject<'_>, field: fn(&Server<'static>) -> &'static str) -> Vec<&'t str> {
    each_once(subject.servers.iter().map(field))
}

/// The variables with passwords that a new container needs, unless the file sets them.
pub fn secrets<'t>(subject: &'t Subject<'_>) -> Vec<&'t str> {
    let mut names = servers(subject, |server| server.secrets);
    names.retain(|name| subject.image().is_some() && subject.plan.config.environment.get(name).is_none());
    names
}

/// How the setting begins that gives a container its port.
const PORT_IS: &str = "PORT=";

/// Whether a container is given its port in `PORT`.
pub fn gives_port(subject: &Subject<'_>) -> bool {
    let is_port = |value: &String| value.starts_with(PORT_IS);
    subject.settings.iter().any(|setting| setting.key == "environment" && setting.value.as_ref().is_some_and(is_port))
}

/// The port that a container is to be given in `PORT`: its command reads that, and the file sets it nowhere.
fn unset_port(subject: &Subject<'_>) -> Option<String> {
    let config = &subject.plan.config;
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
    let reads = |text: &str| text.contains("${PORT}") || text.split("$PORT").skip(1).any(ends);
    let programs = [&config.entrypoint, &config.cmd];
    let (mut is_read, mut words) = (false, Vec::new());
    for program in programs.into_iter().flatten() {
        match program {
            Program::Shell(text) => is_read |= reads(text),
            Program::Exec(list) => words.extend(list.iter().map(String::as_str)),
        }
    }
    is_read |= script_of(&words).is_some_and(reads);
    let port = subject.ports.first().filter(|_| is_read && config.environment.get("PORT").is_none())?;
    Some(port.first.to_string())
}

/// The script that a shell is called with in a list of words: nobody else looks at their variables.
fn script_of<'w>(words: &[&'w str]) -> Option<&'w str> {
    let mut words = words.iter().copied();
    words.find(|word| path::last_part(word).is_one_of(SHELLS))?;
    words.find(|word| word.starts_with('-') && word.ends_with('c'))?;
    words.next()
}

/// The folders that hold what containers keep, each with the name of its volume.
fn volumes(subject: &Subject<'_>) -> Vec<(String, String)> {
    let declared = subject.plan.config.volumes.iter().filter_map(|volume| volume.known.as_deref());
    let mut volumes: Vec<(String, String)> = Vec::new();
    for path in declared.chain(servers(subject, |server| server.state)) {
        let is_path = if subject.stage.is_windows {
            path.contains(":\\") || path.contains(":/")
        } else {
            path.starts_with('/') && !path.contains(':')
        };
        let is_new = volumes.iter().all(|(_, known)| known != path);
        if !is_path || !is_new || !is_presentable(path) || volumes.len() >= MOST {
            continue;
        }
        let last = slug(path::name(&path.replace('\\', "/")));
        let base = if last.is_empty() { subject.name.clone() } else { [&subject.name, "-", &last].concat() };
        let mut name = base.clone();
        let mut number = 2;
        while volumes.iter().any(|(known, _)| *known == name) {
            name = [&base, "-", &number.to_string()].concat();
            number += 1;
        }
        volumes.push((name, path.to_owned()));
    }
    volumes
}

/// Whether it is known where a program writes to.
pub fn can_be_read_only(subject: &Subject<'_>) -> bool {
    subject.can_be_hardened() && subject.servers.iter().all(|server| server.scratch != "-")
}

/// Java's native libraries are unpacked there and loaded, which a tmpfs forbids unless it is told otherwise.
pub const JAVA_SCRATCH: &str = "/tmp:exec";

/// The folders that a program writes to and that nobody needs afterwards.
fn scratch(subject: &Subject<'_>) -> Vec<String> {
    let mut folders: Vec<String> = Vec::new();
    folders.push(if runs_java(subject) { JAVA_SCRATCH } else { "/tmp" }.to_owned());
    for folder in servers(subject, |server| server.scratch) {
        folders.push(folder.to_owned());
    }
    if let Some(workdir) = subject.plan.config.workdir.as_deref().filter(|workdir| *workdir != "/") {
        let below: &[&str] = match () {
            _ if subject.is_any("rails puma") => &["/tmp", "/log"],
            _ if brings(subject, ".next") => &["/.next/cache"],
            _ => &[],
        };
        for folder in below {
            folders.push([workdir, folder].concat());
        }
    }
    // Its entry point writes there what it makes of the templates.
    if brings(subject, "/etc/nginx/templates") {
        folders.push("/etc/nginx/conf.d".to_owned());
    }
    let steps = subject.document.chain_steps(subject.stage);
    let made = steps.iter().flat_map(|step| step.commands()).filter(|command| command.is_one_of("mkdir install"));
    for path in made.flat_map(Command::operands).filter_map(|operand| operand.known()) {
        let path = path.strip_prefix("/var").filter(|rest| is_within(rest, "/run")).unwrap_or(path);
        let is_scratch = ["/run", "/var/log", "/var/cache", "/var/tmp", "/var/spool"]
            .into_iter()
            .any(|folder| is_within(path, folder) && path != folder);
        // The caches of package managers are for the build.
        if is_scratch && !path.contains_any("/apt /lists /apk /yum /dnf") {
            folders.push(path.trim_end_matches('/').to_owned());
        }
    }
    let kept = volumes(subject);
    let mut all: Vec<String> = Vec::new();
    for folder in folders {
        let is_known =
            all.iter().any(|known| is_within(&folder, known)) || kept.iter().any(|(_, path)| *path == folder);
        // What follows a colon would be options.
        let is_plain = is_presentable(&folder) && (folder == JAVA_SCRATCH || !folder.contains([',', ':']));
        if !is_known && is_plain && all.len() < MOST {
            all.push(folder);
        }
    }
    all
}

/// Whether any step copies something from or to a place whose path holds a text.
fn brings(subject: &Subject<'_>, text: &str) -> bool {
    let steps = subject.document.chain_steps(subject.stage);
    steps.into_iter().filter_map(|step| step.copy()).any(|copy| {
        copy.destination.text.contains(text) || copy.sources.iter().any(|source| source.word().text.contains(text))
    })
}

fn runs_java(subject: &Subject<'_>) -> bool {
    subject.is_any("java catalina.sh tomcat eclipse-temurin openjdk amazoncorretto elasticsearch cassandra neo4j solr jenkins keycloak")
        || subject.image().is_some_and(|image| image.short_name().starts_with("java"))
}

/// Whether it wants more than a small program.
fn is_large(subject: &Subject<'_>) -> bool {
    runs_java(subject) || subject.servers.iter().any(|server| !server.state.is_empty())
}

/// Who is to run it, where the file leaves that to root and has somebody else at hand.
fn user(subject: &Subject<'_>) -> Option<String> {
    subject.document.root(subject.stage)?;
    let account = Account::of(subject.document, subject.stage).filter(|account| account.setup.is_none())?;
    // .NET's images say it by a variable, which no flag can name.
    let name = if account.user() == "$APP_UID" { "1654" } else { account.user() };
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.:".contains(c)) && !name.starts_with('-');
    (is_name && !name.is_empty() && !is_root(name)).then(|| name.to_owned())
}

/// What root keeps of its powers: what servers need before they give it up, and what ports below 1024 ask for.
fn capabilities<'t>(subject: &'t Subject<'_>) -> Vec<&'t str> {
    let is_other = |user: &Value| user.known.as_deref().is_some_and(|name| !is_root(name));
    let is_somebody =
        subject.plan.config.user.as_ref().is_some_and(is_other) || subject.image().is_some_and(is_nonroot);
    let mut all = if is_somebody { Vec::new() } else { servers(subject, |server| server.capabilities) };
    if subject.ports.iter().any(|port| port.is_privileged()) {
        all.push("NET_BIND_SERVICE");
    }
    all
}

/// Whether something becomes root again on its way: then it must be allowed to.
fn raises_privileges(subject: &Subject<'_>) -> bool {
    let commands = subject.document.start_commands(subject.stage);
    commands.iter().any(|command| command.wrapper("sudo").is_some() || command.is_one_of("sudo su"))
}

/// Whether its first process leaves finished children behind, or does not stop when it is told to.
pub fn needs_init(subject: &Subject<'_>) -> bool {
    const NO_INIT: &str = "node nodejs npm npx yarn pnpm bun deno python python3 ruby perl php sh bash ash dash";
    if subject.document.starts_with_init(subject.stage)
        || subject.is_any("init supervisord s6-svscan runsvdir my_init systemd")
    {
        return false;
    }
    let is_script =
        |program: &String| program.is_one_of(NO_INIT) || program.ends_with(".sh") || program.ends_with(".py");
    subject.has_finding("package-manager-as-main-process one-concern-per-container exec-form-cmd")
        || subject.programs.first().is_some_and(is_script)
}
