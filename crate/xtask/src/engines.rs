//! The browsers with other engines than Chromium's, and what drives them: their own drivers, which all speak WebDriver.

use crate::{browser, command, debian, tool};
use anyhow::{Result, bail};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the tests are told of them, as JSON: what drives each, or why it is not there.
pub const VARIABLE: &str = "LAYERWISE_ENGINES";

/// Pinned: the driver of Firefox is installed from crates.io.
const GECKODRIVER: &str = "0.37.1";

/// Names Firefox: `LAYERWISE_FIREFOX=/opt/firefox/firefox cargo xtask test --full`.
const FIREFOX: &str = "LAYERWISE_FIREFOX";

/// Finds the engines, or installs them where that takes no question. Firefox must be there, and the others may.
pub fn ensure() -> Result<String> {
    let engines = [
        json!({ "name": "Firefox", "browser": firefox()?, "driver": tool::ensure("geckodriver", GECKODRIVER)? }),
        engine("WebKit", webkit()),
        engine("Chromium", chromium()),
    ];
    Ok(Value::from(engines.to_vec()).to_string())
}

/// Browser and driver, or a sentence.
type Found = Result<(Option<PathBuf>, PathBuf), String>;

fn engine(name: &str, found: Found) -> Value {
    match found {
        Ok((browser, driver)) => json!({ "name": name, "browser": browser, "driver": driver }),
        Err(missing) => json!({ "name": name, "missing": missing }),
    }
}

fn firefox() -> Result<PathBuf> {
    if let Some(named) = command::named(FIREFOX)? {
        return Ok(named);
    }
    let find = || command::find_in_path(&["firefox-esr", "firefox"]).or_else(on_macos);
    let Some(found) = debian::find_or_install(&["firefox-esr"], find) else {
        bail!("The walk in other engines needs Firefox: install it, or name it with {FIREFOX}=<path>.");
    };
    Ok(found)
}

fn on_macos() -> Option<PathBuf> {
    let place = PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox");
    place.is_file().then_some(place)
}

/// The driver brings its own small browser along, and a screen that nobody sees is for that.
fn webkit() -> Found {
    let find = || command::find_in_path(&["Xvfb"]).and_then(|_| command::find_in_path(&["WebKitWebDriver"]));
    match debian::find_or_install(&["webkit2gtk-driver", "xvfb"], find) {
        Some(driver) => Ok((None, driver)),
        None => Err("WebKit needs WebKitWebDriver and Xvfb (Debian: apt-get install webkit2gtk-driver xvfb).".into()),
    }
}

/// The other tests drive it by its own means. What these say of other engines can be compared with it where its driver is there anyway.
fn chromium() -> Found {
    let browser = browser::ensure().map_err(|error| format!("{error:#}"))?;
    let Some(driver) = command::find_in_path(&["chromedriver"]) else {
        return Err("There is no chromedriver, and the other tests are all in Chromium.".into());
    };
    if major(&browser) == major(&driver) {
        Ok((Some(browser), driver))
    } else {
        Err("The chromedriver that is there is for another version of Chromium.".into())
    }
}

fn major(program: &Path) -> Option<String> {
    major_in(&command::output_of(Command::new(program).arg("--version"))?)
}

/// `ChromeDriver 156.0.8078.108 (…)` -> `156`
fn major_in(version: &str) -> Option<String> {
    let number = version.split_whitespace().find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))?;
    number.split('.').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{engine, major_in};

    #[test]
    fn the_major_version_is_found_behind_any_name() {
        assert_eq!(major_in("Chromium 156.0.8078.108 built on Debian 12").as_deref(), Some("156"));
        assert_eq!(major_in("ChromeDriver 156.0.1 (1f2e)").as_deref(), Some("156"));
        assert_eq!(major_in("Google Chrome"), None);
    }

    #[test]
    fn an_engine_that_is_not_there_says_why() {
        let told = engine("WebKit", Err("It is not there.".into()));
        assert_eq!(told.get("missing").and_then(|missing| missing.as_str()), Some("It is not there."));
        assert_eq!(told.get("driver"), None);
    }
}
