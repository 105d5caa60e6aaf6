//! A Compose file with the same settings. <https://docs.docker.com/reference/compose-file/>

use super::build_flags::Need;
use super::quote::scalar;
use super::subject::Subject;
use crate::table::Listed;
use layerwise_syntax::list::IntoList;

/// Keys whose values are lists.
const LISTS: &str = "cap_add cap_drop environment ports security_opt tmpfs volumes";

/// A Compose file for the image.
pub fn of(subject: &Subject<'_>) -> String {
    let Subject { settings, needs, .. } = subject;
    let mut file = Yaml::default();
    let name = &subject.name;
    file.line(0, "services", "");
    file.line(1, name, "");
    file.line(2, "image", name);
    build(&mut file, subject, needs);
    let mut key = "";
    for setting in settings {
        if setting.key.is_one_of(LISTS) {
            if setting.key != key {
                file.line(2, setting.key, "");
            }
            file.entry(3, setting.value.as_deref().unwrap_or_default());
        } else {
            match setting.value.as_deref() {
                // Ours, and plain to YAML.
                Some(value) if setting.key.is_one_of("cpus pids_limit mem_limit") => file.line(2, setting.key, value),
                Some(value) => file.line(2, setting.key, &scalar(value)),
                None => file.line(2, setting.key, "true"),
            }
        }
        key = setting.key;
    }
    let volumes = settings.iter().filter(|setting| setting.key == "volumes");
    let names = volumes.filter_map(|setting| setting.value.as_deref()?.split(':').next()).into_list();
    if !names.is_empty() {
        file.line(0, "volumes", "");
        for name in names {
            file.line(1, name, "");
        }
    }
    let secrets = needs.iter().filter(|need| need.flag == "--secret").into_list();
    if !secrets.is_empty() {
        file.line(0, "secrets", "");
        for secret in secrets {
            file.line(1, &scalar(&secret.name), "");
            // The one variable of our own stays one.
            let source = match secret.source.strip_prefix("$HOME") {
                Some(rest) => ["\"$HOME", rest, "\""].concat(),
                None => scalar(&secret.source),
            };
            file.line(2, if secret.is_variable { "environment" } else { "file" }, &source);
        }
    }
    file.text.truncate(file.text.trim_end().len());
    file.text
}

fn build(file: &mut Yaml, subject: &Subject<'_>, needs: &[Need]) {
    let target = subject.target();
    let is_plain = target.is_none() && needs.is_empty() && subject.file == "Dockerfile";
    if is_plain {
        file.line(2, "build", ".");
        return;
    }
    file.line(2, "build", "");
    file.line(3, "context", ".");
    if subject.file != "Dockerfile" {
        file.line(3, "dockerfile", &scalar(subject.file));
    }
    if let Some(target) = target {
        file.line(3, "target", &scalar(target));
    }
    for (flag, key) in [("--build-arg", "args"), ("--secret", "secrets"), ("--ssh", "ssh"), ("--allow", "entitlements")]
    {
        let mut is_first = true;
        for need in needs.iter().filter(|need| need.flag == flag) {
            if is_first {
                file.line(3, key, "");
            }
            is_first = false;
            file.entry(4, &need.name);
        }
    }
}

#[derive(Default)]
struct Yaml {
    text: String,
}

impl Yaml {
    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.text.push_str("  ");
        }
    }

    /// A key, with its value where that stands beside it.
    fn line(&mut self, depth: usize, key: &str, value: &str) {
        self.indent(depth);
        self.text.push_str(key);
        self.text.push(':');
        if !value.is_empty() {
            self.text.push(' ');
            self.text.push_str(value);
        }
        self.text.push('\n');
    }

    /// An entry of a list.
    fn entry(&mut self, depth: usize, value: &str) {
        self.indent(depth);
        self.text.push_str("- ");
        self.text.push_str(&scalar(value));
        self.text.push('\n');
    }
}
