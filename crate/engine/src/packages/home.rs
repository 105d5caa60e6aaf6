//! What tools keep in the home of who runs them, and a program needs when it starts.

use crate::document::{Document, Step};
use crate::shell::Command;
use crate::table::{Listed, words_of};

/// Calls, by the words that they begin with or hold, and the variables that move what they keep. Sources: the documentation of each tool.
const KEEPING: [(&str, &str); 8] = [
    ("cypress install", "CYPRESS_CACHE_FOLDER"),
    ("install --user", "PYTHONUSERBASE"),
    ("pipenv install", "PIPENV_VENV_IN_PROJECT WORKON_HOME VIRTUAL_ENV"),
    ("pipenv sync", "PIPENV_VENV_IN_PROJECT WORKON_HOME VIRTUAL_ENV"),
    ("playwright install", "PLAYWRIGHT_BROWSERS_PATH"),
    ("poetry install", "POETRY_VIRTUALENVS_CREATE POETRY_VIRTUALENVS_IN_PROJECT POETRY_VIRTUALENVS_PATH VIRTUAL_ENV"),
    ("uv python install", "UV_PYTHON_INSTALL_DIR"),
    ("uv tool install", "UV_TOOL_DIR"),
];

/// Whether a command leaves something in its user's home that others cannot reach there.
pub fn keeps_in_home(document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
    // Models and word lists.
    const LOADERS: &str = "nltk.download from_pretrained snapshot_download load_model(";
    let words = || command.words.iter().map(|word| word.shown());
    let is_call = |call: &str| {
        let mut left = words();
        words_of(call).all(|wanted| left.any(|word| word == wanted))
    };
    let is_elsewhere = |names: &str| {
        words_of(names).any(|name| document.is_variable_set(name, step) || command.assigned(name).is_some())
    };
    KEEPING.iter().any(|(call, moved)| is_call(call) && !is_elsewhere(moved) && !command.has_flag("--system"))
        || command.is_one_of("python python3")
            && !is_elsewhere("HF_HOME NLTK_DATA TRANSFORMERS_CACHE XDG_CACHE_HOME")
            && words().any(|word| word.contains_any(LOADERS))
}
