//! What a script leaves to whatever runs after it in the same `RUN`, and would not leave to the next `RUN`.

use crate::packages::{language_install, package_name};
use crate::path::last_part;
use crate::shell::{Command, Script};
use crate::table::Listed;

/// Whether a script may leave a process running. It ends with its `RUN`; in a joined one it would still be there, and a second start of
/// it would fail.
pub fn may_leave_process(script: &Script) -> bool {
    const DAEMONS: &str = "\
        Xvfb apache2 apachectl cron crond dbus-daemon dirmngr dockerd gpg gpg-agent gpg2 httpd memcached mongod \
        mysqld mysqld_safe mariadbd mariadbd-safe named nginx pg_ctl postgres redis-server rsyslogd ssh-agent sshd \
        start-stop-daemon supervisord";
    const STARTS: &str =
        "start restart start-server --start --background --daemon --daemonize --detach --fork -daemon -detached";
    let starts = |word: &str| word.split('=').next().unwrap_or(word).is_one_of(STARTS);
    let is_init_script = |command: &Command| {
        let path = command.words.first().map(|word| word.shown()).unwrap_or_default();
        path.contains("/init.d/") || path.contains("/rc.d/")
    };
    // The script of `su -c` is one word.
    let runs_text = |command: &Command| {
        let mut parts = command.arguments().iter().flat_map(|word| word.shown().split_ascii_whitespace());
        command.is_one_of("su runuser") && parts.any(|part| starts(part) || part.is_one_of(DAEMONS))
    };
    script.commands.iter().any(|command| {
        command.is_one_of(DAEMONS)
            || is_init_script(command)
            || runs_text(command)
            || command.arguments().iter().any(|word| starts(word.shown()))
    })
}

/// Whether a script may put a program in another place than where the shell has found it: the shell that called it goes on calling the
/// old one, as in `pip install --upgrade pip && pip install …`.
pub fn may_replace_called(script: &Script) -> bool {
    let is_called = |name: &str| script.commands.iter().filter_map(Command::program).any(|called| stem(called) == name);
    script.commands.iter().any(|command| {
        let named = language_install(command).into_iter().flat_map(|install| install.packages);
        let runs_get_pip = command.program().is_some_and(|program| program.starts_with("python"))
            && command.arguments().iter().any(|word| word.shown().ends_with("get-pip.py"));
        let is_installer = runs_get_pip || command.is_one_of("n");
        is_installer || named.into_iter().any(|package| is_called(package_stem(package.shown())))
    })
}

/// `pip` of `pip3.12`.
fn stem(program: &str) -> &str {
    program.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.')
}

/// `npm` of `npm@latest`, `gopls` of `example.org/gopls@v1`, `pip` of `pip>=25`.
fn package_stem(package: &str) -> &str {
    package_name(last_part(package))
}
