//! `RUN --mount=…`.

/// What a `--mount` flag asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mount {
    /// What is mounted.
    pub kind: MountType,
    /// Where it appears; absent where the type has a default.
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

impl Mount {
    /// Reads the value of a `--mount` flag. What it does not know it skips; [`crate::parse`] reports that.
    pub fn read(value: &str) -> Mount {
        let mut mount = Mount::default();
        for (key, value) in fields(value) {
            let value = value.map(str::to_owned);
            match key.to_ascii_lowercase().as_str() {
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
        mount
    }
}

/// `key=value` fields between commas, outer quotes around a field taken off.
fn fields(value: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    value.split(',').map(|field| {
        let field = field.trim().trim_matches('"');
        match field.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (field, None),
        }
    })
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

/// Why BuildKit would refuse a mount whose text holds no variable.
pub(crate) fn fault(value: &str) -> Option<String> {
    const SWITCHES: [&str; 5] = ["readonly", "ro", "readwrite", "rw", "required"];
    const KEYS: [&str; 14] = [
        "type",
        "target",
        "dst",
        "destination",
        "source",
        "src",
        "from",
        "id",
        "env",
        "sharing",
        "size",
        "mode",
        "uid",
        "gid",
    ];
    for (key, value) in fields(value) {
        let key = key.to_ascii_lowercase();
        match (key.as_str(), value) {
            (switch, None) if SWITCHES.contains(&switch) => {}
            (_, None) => return Some(format!("`{key}` in a mount needs a value: `{key}=…`.")),
            (switch, Some(_)) if SWITCHES.contains(&switch) => {}
            ("type", Some(name)) if kind(name).is_none() => {
                return Some(format!(
                    "A mount's type can be bind, cache, tmpfs, secret or ssh; `{name}` is none of them."
                ));
            }
            ("sharing", Some(name))
                if !["shared", "private", "locked"].contains(&name.to_ascii_lowercase().as_str()) =>
            {
                return Some(format!("A cache's sharing can be shared, private or locked; `{name}` is none of them."));
            }
            (known, Some(_)) if KEYS.contains(&known) => {}
            _ => return Some(format!("A mount has no field `{key}`.")),
        }
    }
    let mount = Mount::read(value);
    let needs_target = matches!(mount.kind, MountType::Bind | MountType::Cache | MountType::Tmpfs);
    (needs_target && mount.target.as_deref().unwrap_or_default().is_empty())
        .then(|| "This mount needs a target: the path where it appears.".to_owned())
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
    fn what_buildkit_refuses_is_said() {
        assert_eq!(fault("type=cache,target=/x"), None);
        assert_eq!(fault("type=secret,id=npmrc"), None);
        assert_eq!(fault("target=/x,readonly"), None);
        assert!(fault("type=cash,target=/x").is_some());
        assert!(fault("type=cache").is_some());
        assert!(fault("type=cache,target").is_some());
        assert!(fault("type=cache,target=/x,colour=red").is_some());
    }
}
