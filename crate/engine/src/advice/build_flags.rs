//! What a build must be given: secrets, keys, values and permissions that the steps of a file ask for by name.

use super::quote::{is_presentable, word};
use super::subject::Subject;
use crate::path;
use crate::plan::VariablesRead;
use crate::simulate::is_predefined;
use crate::table::Listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Arguments, MountType, PLATFORM_ARGS};

/// Something that a build must be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The flag of `docker build` that gives it.
    pub flag: &'static str,
    /// What the file calls it.
    pub name: String,
    /// Where a secret comes from: a variable of that name, or a file.
    pub source: String,
    /// Whether that is a variable.
    pub is_variable: bool,
}

/// Nobody gives a build more than that by hand.
const MOST: usize = 24;

const MOST_ARGUMENTS: usize = 100;

/// Where people keep secrets that are often called by these names.
const HOMES: [(&str, &str); 6] = [
    ("npmrc", ".npmrc"),
    ("netrc", ".netrc"),
    ("pypirc", ".pypirc"),
    ("pip.conf", ".config/pip/pip.conf"),
    ("credentials", ".aws/credentials"),
    ("settings.xml", ".m2/settings.xml"),
];

/// What the steps that the image needs ask for.
pub fn of(subject: &Subject<'_>) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    let mut add = |flag, name: &str, source: String, is_variable| {
        let is_known = needs.iter().any(|need| need.flag == flag && need.name == name);
        // A comma would begin another field, of which a file must not make one.
        let is_field = |text: &str| !text.contains([',', '"', '=']);
        let is_plain = is_presentable(name) && is_field(name) && is_field(&source);
        if !is_known && is_plain && needs.len() < MOST {
            needs.push(Need { flag, name: name.to_owned(), source, is_variable });
        }
    };
    for name in unset_arguments(subject) {
        add("--build-arg", name, String::new(), true);
    }
    for step in subject.plan.needed_steps() {
        for mounted in &step.inputs.mounts {
            let mount = &mounted.mount;
            let target = mount.target.as_deref().map(path::name);
            let named = mount.id.as_deref().or(mount.source.as_deref().map(path::name)).or(target);
            match mount.kind {
                MountType::Secret => {
                    let Some(id) = named else { continue };
                    match &mount.env {
                        Some(variable) => add("--secret", id, variable.clone(), true),
                        None => add("--secret", id, home_of(id, target), false),
                    }
                }
                MountType::Ssh => add("--ssh", mount.id.as_deref().unwrap_or("default"), String::new(), false),
                _ => {}
            }
        }
        // A repository that is asked by this protocol wants to know who asks.
        let is_ssh = |address: &crate::plan::Value| {
            let address = address.text();
            address.starts_with("git@") || address.starts_with("ssh://")
        };
        if step.inputs.downloads.iter().any(is_ssh) {
            add("--ssh", "default", String::new(), false);
        }
        for flag in &step.flags {
            match flag.as_str() {
                "security=insecure" => add("--allow", "security.insecure", String::new(), false),
                "network=host" => add("--allow", "network.host", String::new(), false),
                _ => {}
            }
        }
    }
    needs
}

/// A file in which a secret of this name is likely to be found.
fn home_of(id: &str, target: Option<&str>) -> String {
    let is_called = |name: &str, known: &str| name.trim_start_matches('.').eq_ignore_ascii_case(known);
    let known =
        HOMES.iter().find(|(known, _)| is_called(id, known) || target.is_some_and(|name| is_called(name, known)));
    match known {
        Some((_, path)) => ["$HOME/", path].concat(),
        None => ["./", id].concat(),
    }
}

/// The `ARG`s without a default that steps of the image read.
fn unset_arguments<'d>(subject: &'d Subject<'_>) -> Vec<&'d str> {
    let document = subject.document;
    let is_given = |name: &str| subject.input.build_args.iter().any(|(known, _)| known == name);
    let mut names: Vec<&str> = Vec::new();
    let mut add = |name: &'d str| {
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.is_empty();
        // Builds set these by themselves.
        let is_set = is_predefined(name)
            || PLATFORM_ARGS.contains(&name)
            || name.is_one_of("SOURCE_DATE_EPOCH BUILDKIT_INLINE_CACHE");
        if is_name && !is_set && !is_given(name) && names.len() < MOST && !names.contains(&name) {
            names.push(name);
        }
    };
    for global in &document.global_args {
        if let Arguments::Arg(declarations) = &global.arguments {
            for declaration in declarations.iter().filter(|declaration| declaration.default.is_none()) {
                add(&declaration.name.text);
            }
        }
    }
    let mut looked_at = 0;
    for (stage, plan) in document.stages().iter().zip(&subject.plan.stages) {
        if !plan.is_needed {
            continue;
        }
        for step in stage.own_steps() {
            let Arguments::Arg(declarations) = &step.instruction.arguments else { continue };
            for declaration in declarations {
                // Whoever declares more is no person, and each is looked for in the steps that follow.
                if looked_at >= MOST_ARGUMENTS {
                    return names;
                }
                looked_at += 1;
                let name = declaration.name.text.as_str();
                if declaration.default.is_none()
                    && !document.is_global_arg(name)
                    && is_read_after(plan, step.index, name)
                {
                    add(name);
                }
            }
        }
    }
    names
}

/// Whether a later step of a stage names a variable.
fn is_read_after(stage: &crate::plan::StagePlan, index: usize, name: &str) -> bool {
    stage.steps.iter().skip(index + 1).any(|step| match &step.inputs.variables {
        VariablesRead::Named(names) => names.iter().any(|known| known == name),
        VariablesRead::All => step.text.contains(name),
    })
}

/// The flags of `docker build` that give it.
pub fn flags(needs: &[Need]) -> Vec<String> {
    let flag = |need: &Need| match need.flag {
        // Quotes keep the home folder a variable and everything else a text.
        "--secret" if need.source.starts_with("$HOME/") => {
            [need.flag, " id=", &word(&need.name), ",src=\"", &need.source, "\""].concat()
        }
        "--secret" => {
            let origin = if need.is_variable { ",env=" } else { ",src=" };
            [need.flag, " ", &word(&["id=", &need.name, origin, &need.source].concat())].concat()
        }
        _ => [need.flag, " ", &word(&need.name)].concat(),
    };
    needs.iter().map(flag).into_list()
}
