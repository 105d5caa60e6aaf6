//! Programs that fetch files from the network.

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
