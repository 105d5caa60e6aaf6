//! `RUN --mount=…`.

use crate::list::IntoList;

/// What a `--mount` flag asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mount {
    /// What is mounted.
    pub kind: MountType,
    /// Where it appears, from the working directory, which is `.`; absent where the type has another default.
    pub target: Option<String>,
    /// What of the context or stage is mounted.
    pub source: Option<String>,
    /// The stage or image that a `bind` or `cache` mount is filled from.
    pub from: Option<String>,
    /// The name of a cache, secret or SSH agent.
    pub id: Option<String>,
    /// The environment variable that a secret is put in.
    pub env: Option<String>,
    /// `shared`, `private` or `locked`.
    pub sharing: Option<String>,
}

/// The types of mount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each is the type of its name")]
pub enum MountType {
    #[default]
    Bind,
    Cache,
    Tmpfs,
    Secret,
    Ssh,
}

impl MountType {
    /// Its name, as `type=` has it.
    pub fn name(self) -> &'static str {
        match self {
            MountType::Bind => "bind",
            MountType::Cache => "cache",
            MountType::Tmpfs => "tmpfs",
            MountType::Secret => "secret",
            MountType::Ssh => "ssh",
        }
    }
}

impl Mount {
    /// Reads the value of a `--mount` flag. What it does not know it skips; [`crate::parse`] reports that.
    pub fn read(value: &str) -> Mount {
        let mut mount = Mount::default();
        for (key, value) in fields(value) {
            match key.as_str() {
                "type" => mount.kind = value.as_deref().and_then(kind).unwrap_or_default(),
                "target" | "dst" | "destination" => mount.target = value,
                "source" | "src" => mount.source = value,
                "from" => mount.from = value,
                "id" => mount.id = value,
                "env" => mount.env = value,
                "sharing" => mount.sharing = value,
                _ => {}
            }
        }
        if matches!(mount.kind, MountType::Bind | MountType::Cache | MountType::Tmpfs) {
            mount.target = mount.target.filter(|target| !target.is_empty()).or_else(|| Some(".".to_owned()));
        }
        mount
    }
}

/// `key=value` fields between commas; within double quotes a comma separates nothing.
fn fields(value: &str) -> Vec<(String, Option<String>)> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for character in value.chars() {
        match (character, fields.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            (',', _) if !is_quoted => fields.push(String::new()),
            (_, Some(field)) => field.push(character),
            (_, None) => {}
        }
    }
    let split = |field: String| match field.split_once('=') {
        Some((key, value)) => (key.to_ascii_lowercase(), Some(value.to_owned())),
        None => (field.to_ascii_lowercase(), None),
    };
    fields.into_iter().map(split).into_list()
}

fn kind(name: &str) -> Option<MountType> {
    match name.to_ascii_lowercase().as_str() {
        "bind" => Some(MountType::Bind),
        "cache" => Some(MountType::Cache),
        "tmpfs" => Some(MountType::Tmpfs),
        "secret" => Some(MountType::Secret),
        "ssh" => Some(MountType::Ssh),
        _ => None,
    }
}

/// Why BuildKit would refuse a mount. Of values that hold a variable it says nothing.
pub(crate) fn fault(value: &str) -> Option<String> {
    if value.is_empty() {
        return Some("`--mount` needs a value: `--mount=…`.".to_owned());
    }
    let fields = fields(value);
    let of_key = |key: &str| fields.iter().find(|(name, _)| name == key).and_then(|(_, value)| value.as_deref());
    let mount_kind = match of_key("type") {
        Some(name) if name.contains('$') => return None,
        Some(name) => kind(name),
        None => Some(MountType::Bind),
    };
    let Some(mount_kind) = mount_kind else {
        let name = of_key("type").unwrap_or_default();
        return Some(format!("A mount's type can be bind, cache, tmpfs, secret or ssh; `{name}` is none of them."));
    };
    fields
        .iter()
        .find_map(|(key, value)| field_fault(mount_kind, key, value.as_deref()))
        .or_else(|| whole_fault(mount_kind, &Mount::read(value)))
}

fn field_fault(kind: MountType, key: &str, value: Option<&str>) -> Option<String> {
    if key.is_empty() {
        return Some("A field of this mount has no name: see whether a comma is too many.".to_owned());
    }
    const SWITCHES: [&str; 4] = ["readonly", "ro", "readwrite", "rw"];
    const KEYS: [&str; 10] = ["type", "target", "dst", "destination", "source", "src", "from", "id", "env", "sharing"];
    let can_be_required = matches!(kind, MountType::Secret | MountType::Ssh);
    let has_owner = matches!(kind, MountType::Secret | MountType::Ssh | MountType::Cache);
    let is_switch = SWITCHES.contains(&key) || (key == "required" && can_be_required);
    let is_key = KEYS.contains(&key)
        || (key == "size" && kind == MountType::Tmpfs)
        || (matches!(key, "mode" | "uid" | "gid") && has_owner);
    let Some(value) = value else {
        return match (is_switch, is_key) {
            (true, _) => None,
            (_, true) => Some(format!("`{key}` in a mount needs a value: `{key}=…`.")),
            _ => Some(format!("A {} mount has no field `{key}`.", kind.name())),
        };
    };
    if !is_switch && !is_key {
        return Some(format!("A {} mount has no field `{key}`.", kind.name()));
    }
    if value.contains('$') {
        let message = "A mount's `from` cannot hold a variable; give the variable to a FROM and name that stage.";
        return (key == "from").then(|| message.to_owned());
    }
    let lower = value.to_ascii_lowercase();
    let is_right = match key {
        "sharing" => matches!(lower.as_str(), "shared" | "private" | "locked"),
        "mode" => u32::from_str_radix(value, 8).is_ok(),
        "uid" | "gid" => value.parse::<u32>().is_ok(),
        _ if is_switch => matches!(lower.as_str(), "1" | "t" | "true" | "0" | "f" | "false"),
        _ => true,
    };
    let wanted = match key {
        "sharing" => "shared, private or locked",
        "mode" => "an octal number",
        "uid" | "gid" => "a number",
        _ => "true or false",
    };
    (!is_right).then(|| format!("`{key}` in a mount is {wanted}; `{value}` is none of that."))
}

fn whole_fault(kind: MountType, mount: &Mount) -> Option<String> {
    let is_given = |field: &Option<String>| field.as_deref().is_some_and(|text| !text.is_empty());
    let fault = match kind {
        _ if kind != MountType::Cache && is_given(&mount.sharing) => "Only a cache mount can be shared.",
        MountType::Secret if is_given(&mount.from) => "A secret mount has no `from`.",
        MountType::Secret if is_given(&mount.source) && is_given(&mount.id) => {
            "A secret mount has an `id` or a `source`, and not both."
        }
        MountType::Secret if !is_given(&mount.id) && !is_given(&mount.source) && !is_given(&mount.target) => {
            "A secret mount needs an `id`."
        }
        MountType::Bind | MountType::Cache | MountType::Tmpfs if mount.target.as_deref() == Some("/") => {
            "A mount cannot take the place of the whole file system."
        }
        _ => return None,
    };
    Some(fault.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_is_read_with_its_short_names() {
        let mount = Mount::read("type=cache,dst=/var/cache/apt,sharing=locked,id=apt");
        assert_eq!(mount.kind, MountType::Cache);
        assert_eq!(mount.target.as_deref(), Some("/var/cache/apt"));
        assert_eq!(mount.id.as_deref(), Some("apt"));
    }

    #[test]
    fn what_has_no_target_appears_in_the_working_directory() {
        for value in ["from=source,src=/src,rw", "type=cache", "type=tmpfs,target="] {
            assert_eq!(fault(value), None);
            assert_eq!(Mount::read(value).target.as_deref(), Some("."));
        }
        assert_eq!(Mount::read("type=secret,id=x").target, None);
        assert!(fault("target=/").is_some());
    }

    #[test]
    fn what_buildkit_refuses_is_said() {
        assert_eq!(fault("type=cache,target=/x"), None);
        assert_eq!(fault("type=secret,id=npmrc"), None);
        assert_eq!(fault("target=/x,readonly"), None);
        assert!(fault("type=cash,target=/x").is_some());
        assert!(fault("type=cache,target").is_some());
        assert!(fault("type=cache,target=/x,colour=red").is_some());
        assert_eq!(fault("").as_deref(), Some("`--mount` needs a value: `--mount=…`."));
        assert!(fault("type=cache,,target=/x").is_some_and(|message| message.contains("comma")));
        assert!(fault("type=cache,target=/x,=y").is_some_and(|message| message.contains("no name")));
    }
}
