//! The browser that the tests drive: Chromium, or Chrome, which is made from it.

use crate::{command, debian};
use anyhow::{Result, bail};
use std::env;
use std::path::PathBuf;

/// Names it: `LAYERWISE_CHROMIUM=/opt/chrome/chrome cargo xtask test`.
pub const VARIABLE: &str = "LAYERWISE_CHROMIUM";

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Finds a browser, or installs one where that takes no question.
pub fn ensure() -> Result<PathBuf> {
    if let Some(named) = command::named(VARIABLE)? {
        return Ok(named);
    }
    let Some(found) = debian::find_or_install(&["chromium"], find) else {
        bail!("The browser tests need Chromium or Chrome: install one of them, or name it with {VARIABLE}=<path>.");
    };
    Ok(found)
}

fn find() -> Option<PathBuf> {
    let elsewhere =
        || usual_places(|name| env::var_os(name).map(PathBuf::from)).into_iter().find(|file| file.is_file());
    command::find_in_path(&NAMES).or_else(elsewhere)
}

/// Where macOS and Windows keep it, which is not on their search paths.
fn usual_places(variable: impl Fn(&str) -> Option<PathBuf>) -> Vec<PathBuf> {
    let on_macos = [None, variable("HOME")].into_iter().flat_map(|home| {
        let applications = home.unwrap_or_else(|| PathBuf::from("/")).join("Applications");
        ["Chromium", "Google Chrome"].map(|name| applications.join(format!("{name}.app/Contents/MacOS/{name}")))
    });
    let on_windows =
        ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].into_iter().filter_map(variable).flat_map(|folder| {
            ["Chromium/Application/chrome.exe", "Google/Chrome/Application/chrome.exe"].map(|file| folder.join(file))
        });
    on_macos.chain(on_windows).collect()
}

#[cfg(test)]
mod tests {
    use super::usual_places;
    use std::path::PathBuf;

    #[test]
    fn applications_of_all_users_come_before_those_of_one() {
        let places = usual_places(|name| (name == "HOME").then(|| PathBuf::from("/Users/ada")));
        let place =
            |path: &str| places.iter().position(|candidate| candidate.ends_with(path) && candidate.is_absolute());
        let of_all = place("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome").unwrap();
        let of_one = place("/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium").unwrap();
        assert!(of_all < of_one);
    }

    #[test]
    fn windows_places_follow_the_machine_s_own_folders() {
        let places = usual_places(|name| (name == "LOCALAPPDATA").then(|| PathBuf::from("/local")));
        assert!(places.contains(&PathBuf::from("/local/Google/Chrome/Application/chrome.exe")));
        assert!(!places.iter().any(|place| place.starts_with("PROGRAMFILES")));
    }
}
