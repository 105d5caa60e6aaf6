//! What to call the image.

use crate::document::{Document, Stage};
use crate::path;
use crate::plan::ImageConfig;
use crate::table::Listed;

/// Stands for a name that the file does not tell.
const PLACEHOLDER: &str = "my-app";

/// Names that say nothing about what is in an image.
const GENERIC: &str = "\
    app application apps api bin binary bot build bundle cli client cmd code data dist docker entrypoint exe export home html http index init lib \
    local main my-app opt output out package process prog program project release root run sbin script server serve service site source \
    src srv start static svc target temp test tmp usr var web website work workdir worker workspace www";

/// The name of the image, fit for a registry, and whether the file tells it: by its title, by the program that it starts, or by the folder
/// that it works in.
pub fn of(document: &Document<'_>, stage: &Stage<'_>, config: &ImageConfig) -> (String, bool) {
    let title = ["org.opencontainers.image.title", "org.label-schema.name", "name"];
    let titles = title.into_iter().filter_map(|label| config.labels.get(label)?.known.clone());
    // A program of its own, and none that others run too: those lie in no folder of the file's choice.
    let copied = |program: &str| {
        let steps = document.chain_steps(stage);
        steps.into_iter().any(|step| step.copied_paths().iter().any(|copied| copied == program))
    };
    let program = document.main_process(stage).and_then(|(_, command)| command.words.first()?.known());
    let program = program.filter(|program| program.starts_with('/') && !program.ends_with(".sh") && copied(program));
    let folder = config.workdir.as_deref();
    for name in titles.chain([program, folder].into_iter().flatten().map(|path| path::name(path).to_owned())) {
        let name = slug(&name);
        if name.len() > 1 && !name.is_one_of(GENERIC) {
            return (name, true);
        }
    }
    (PLACEHOLDER.to_owned(), false)
}

/// A text as a name that Docker takes for images, services and volumes: lower case letters, digits, and single dashes between them.
pub fn slug(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut name = String::new();
    for character in text.chars().map(|character| character.to_ascii_lowercase()) {
        if name.len() >= LONGEST {
            break;
        }
        if character.is_ascii_alphanumeric() {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_name_is_fit_for_a_registry() {
        for (text, expected) in [("Shop API", "shop-api"), ("--a__b--", "a-b"), ("été", "t"), ("$(x)", "x"), ("", "")]
        {
            assert_eq!(slug(text), expected);
        }
        assert_eq!(slug(&"ab".repeat(50)).len(), 40);
    }
}
