//! Who is to run a program, if not root.

use super::{Base, Document, Stage};
use crate::image::{ImageName, OsFamily, is_nonroot, os_family, user_of};
use crate::path::last_part;
use crate::table::Listed;
use layerwise_syntax::{Arguments, ExecForm};

/// Who is to run the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The command that creates it; none where it is there already.
    pub setup: Option<&'static str>,
    /// The name, or the number where it has none.
    pub name: String,
    /// The number, where the file tells it: what looks into no `/etc/passwd` knows by it that this is not root.
    pub number: Option<String>,
}

impl Account {
    /// The unprivileged user that fits a stage: the one it had before, one that it creates, one that its base image brings, or a new one.
    pub fn of(document: &Document<'_>, stage: &Stage<'_>) -> Option<Account> {
        let existing = |name: &str| Some(Account { setup: None, name: name.to_owned(), number: None });
        let earlier =
            document.chain_steps(stage).into_iter().rev().find_map(|step| match &step.instruction.arguments {
                Arguments::User(user) => user.value().filter(|name| !is_root(name)),
                _ => None,
            });
        if let Some(user) = earlier {
            return existing(&user);
        }
        if let Some(created) = document.created_users(stage).last() {
            let number = created.id().filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
            return Some(Account { setup: None, name: created.name.to_owned(), number: number.map(str::to_owned) });
        }
        let Base::Image(image) = document.chain_base(stage) else {
            return if *document.chain_base(stage) == Base::Scratch { existing("65532:65532") } else { None };
        };
        if let Some(user) = user_of(image).filter(|_| brings_user(image)) {
            return existing(user);
        }
        if is_nonroot(image) || stage.end.shell.is_some_and(|shell| !is_posix(shell)) {
            return None;
        }
        let create = |setup, name: &str| {
            Some(Account { setup: Some(setup), name: name.to_owned(), number: Some("10001".to_owned()) })
        };
        match os_family(image)? {
            OsFamily::Alpine => create("addgroup -S app && adduser -S -G app -u 10001 app", "app"),
            OsFamily::Fedora if !has_useradd(image) => None,
            OsFamily::Debian | OsFamily::Fedora => {
                create("useradd --system --uid 10001 --create-home appuser", "appuser")
            }
        }
    }

    /// What `USER` says of it.
    pub fn user(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.name)
    }
}

/// Whether the value of `USER` means root.
pub fn is_root(user: &str) -> bool {
    matches!(user.split(':').next(), Some("root" | "0"))
}

/// Whether an image surely brings the user that is known of its newer releases: .NET has one since 8.
fn brings_user(image: &ImageName) -> bool {
    !image.repository.contains("/dotnet/") || image.major().is_some_and(|major| major >= 8)
}

/// Whether an image of Red Hat's kin holds `useradd`; the small ones do not.
fn has_useradd(image: &ImageName) -> bool {
    let is_small = |text: &str| text.contains_any("minimal micro slim");
    image.short_name() != "amazonlinux"
        && !is_small(&image.repository)
        && !is_small(image.tag.as_deref().unwrap_or_default())
}

fn is_posix(shell: &ExecForm) -> bool {
    shell.arguments.first().is_some_and(|program| matches!(last_part(&program.value), "sh" | "bash" | "ash" | "dash"))
}
