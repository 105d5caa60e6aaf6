//! The tests once more, where there is no network but the machine's own: what they need must have been fetched.

use crate::command;
use anyhow::{Context, Result, bail, ensure};
use std::env;
use std::process::Command;

/// Brings up the loopback of a network namespace, which is down at first, and goes on in it.
const INSIDE: &str = "ip link set lo up && exec \"$0\" \"$@\"";

/// Runs this program again with these arguments, in a network namespace of its own.
pub fn run_again(arguments: &[&str]) -> Result<()> {
    for program in ["unshare", "ip"] {
        if command::find_in_path(&[program]).is_none() {
            bail!(
                "A place without a network is made by Linux, with `{program}`, which is not found (Debian: apt-get install util-linux iproute2)."
            );
        }
    }
    ensure!(
        namespace().args(["sh", "-c", "ip link set lo up"]).status().is_ok_and(|status| status.success()),
        "This machine lets nobody make a place without a network: `unshare --net` is refused. Run it as root, or where user namespaces are allowed."
    );
    let mut again = namespace();
    again.args(["sh", "-c", INSIDE]).arg(env::current_exe()?).args(arguments).env("CARGO_NET_OFFLINE", "true");
    command::run(&mut again).context("Without a network some tests fail: what did they ask for?")
}

/// Root makes a namespace as it is; who is not root becomes root in a namespace of users.
fn namespace() -> Command {
    let mut command = Command::new("unshare");
    command.args((!command::is_root()).then_some("--map-root-user")).arg("--net");
    command
}
