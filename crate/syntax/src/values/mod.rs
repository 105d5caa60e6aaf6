//! Values that BuildKit checks: what it refuses about each, said in a sentence.

pub(crate) mod checksum;
pub(crate) mod duration;
pub(crate) mod image;
pub(crate) mod mode;
pub(crate) mod platform;
pub(crate) mod port;
pub(crate) mod signal;
pub(crate) mod url;
