//! What changed between two builds.

use crate::plan::Origin;

/// What changed between two builds. Everything in it changed at once; an empty one is a build without any change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Paths from the root of the build context. One that ends with a slash is a folder in which anything may have changed; `.` is the whole
    /// context. An address, such as `https://example.org/tool.tar.gz`, is what an `ADD` downloads.
    pub files: Vec<String>,
    /// The names of `ARG`s that are given another value with `--build-arg`.
    pub args: Vec<String>,
    /// What stages start from or copy from: images, as the file calls them or without their tags, and contexts that are given by name.
    pub images: Vec<String>,
    /// Instructions whose text is another.
    pub texts: Vec<Place>,
}

/// An instruction of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The stage in which it stands.
    pub stage: usize,
    /// Its place among the steps of the stage; `None` is the `FROM`.
    pub step: Option<usize>,
}

impl Change {
    /// Whether everything is as it was.
    pub fn is_none(&self) -> bool {
        *self == Change::default()
    }

    /// The changed image, or context given by name, that an origin is, as it is called.
    pub(super) fn image(&self, origin: &Origin) -> Option<String> {
        let name = origin.name()?;
        self.images.iter().any(|changed| is_same_image(changed, name)).then(|| name.to_owned())
    }

    pub(super) fn has_text(&self, place: Place) -> bool {
        self.texts.contains(&place)
    }
}

/// Whether somebody means this image, by its whole reference or by its name without a tag.
pub(super) fn is_same_image(meant: &str, name: &str) -> bool {
    let short = |name: &str| match crate::image::ImageName::parse(name) {
        Some(image) => (image.repository.clone(), image.reference()),
        None => (name.to_owned(), name.to_owned()),
    };
    let (repository, reference) = short(name);
    let (_, meant) = short(meant);
    meant == reference || meant == repository
}
