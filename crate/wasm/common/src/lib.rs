//! What the modules that know Dockerfiles share: the page's request, and positions in what editors count in.

#[cfg(target_family = "wasm")]
mod memory;
mod model;
mod positions;
mod request;

pub use model::{CheckRequest, Range};
pub use positions::Positions;
pub use request::RequestObject;
