//! Programs that fetch files from the network.

use crate::path::last_part;
use crate::shell::Command;

/// The file that a command downloads to, where it names one.
pub fn download_target(command: &Command) -> Option<&str> {
    let path = match command.program()? {
        "curl" => command.flag_value("-o").or_else(|| command.flag_value("--output")),
        "wget" => command.flag_value("-O").or_else(|| command.flag_value("--output-document")),
        _ => None,
    }?;
    (path != "-" && !path.starts_with("/dev/")).then_some(path)
}

/// The file that a command downloads to, also where the address names it: `wget https://example.org/a.tgz`.
pub fn downloaded_file(command: &Command) -> Option<String> {
    if let Some(path) = download_target(command) {
        return Some(path.to_owned());
    }
    let folder = match command.program()? {
        "curl" if command.has_any_flag(&["-O", "--remote-name"]) => None,
        "wget"
            if !command.has_any_flag(&[
                "-O",
                "--output-document",
                "-i",
                "-r",
                "-m",
                "--content-disposition",
                "--spider",
            ]) =>
        {
            command.flag_value("-P").or_else(|| command.flag_value("--directory-prefix"))
        }
        _ => return None,
    };
    let operands = command.operands();
    let [address] = &operands[..] else { return None };
    let (_, path) = address.known()?.split_once("://")?;
    let name = last_part(path).split(['?', '#']).next()?;
    let is_file = path.contains('/') && !name.is_empty();
    is_file.then(|| folder.map_or_else(|| name.to_owned(), |folder| format!("{}/{name}", folder.trim_end_matches('/'))))
}
