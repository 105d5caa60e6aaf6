//! Where a container listens.

use super::subject::Subject;
use crate::shell::Command;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;

/// A port of a container, or a range of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The first one.
    pub first: u16,
    /// The last one; the same as the first where it is no range.
    last: u16,
    /// Whether it is one of UDP.
    is_udp: bool,
}

/// More ports than this are published by nobody who reads the command.
const MOST: usize = 12;

/// The ports that a container listens at: those that the file exposes, or else those that its program is told or known to listen at.
pub fn of(subject: &Subject<'_>) -> Vec<Port> {
    let mut ports: Vec<Port> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    let exposed = &subject.plan.config.ports;
    if exposed.is_empty() {
        let told = subject.document.start_commands(subject.stage).iter().find_map(told);
        let set = || subject.plan.config.environment.get("PORT").and_then(|port| port.known.as_deref());
        match told.or_else(set) {
            Some(port) => texts.push(port),
            None => texts.extend(subject.servers.iter().flat_map(|server| words_of(server.ports))),
        }
    }
    texts.extend(exposed.iter().filter_map(|port| port.known.as_deref()));
    for port in texts.into_iter().filter_map(Port::read) {
        if !ports.contains(&port) && ports.len() < MOST {
            ports.push(port);
        }
    }
    ports
}

/// The port that a command tells its program to listen at.
fn told(command: &Command) -> Option<&str> {
    // Other programs mean something else by these short ones.
    let short = if command.is_one_of("php") { "-S" } else { "-b" };
    let flags = [
        "--port",
        "--http-port",
        "--bind",
        "--listen",
        short,
        if command.is_one_of("flask rails puma serve next") { "-p" } else { "--port" },
    ];
    flags.into_iter().find_map(|flag| {
        let value = command.flag_value(flag)?;
        let port = value.rsplit(':').next().unwrap_or(value);
        Port::read(port).map(|_| port)
    })
}

impl Port {
    /// Reads a port as `EXPOSE` has it.
    fn read(text: &str) -> Option<Port> {
        let (numbers, protocol) = text.split_once('/').unwrap_or((text, ""));
        let container = numbers.rsplit(':').next().unwrap_or(numbers);
        let (first, last) = container.split_once('-').unwrap_or((container, container));
        let number = |text: &str| text.parse::<u16>().ok().filter(|number| *number > 0 && !text.starts_with('+'));
        let (first, last) = (number(first)?, number(last)?);
        (first <= last).then_some(Port { first, last, is_udp: protocol.eq_ignore_ascii_case("udp") })
    }

    /// Whether only root might listen there, on a host without containers.
    pub fn is_privileged(&self) -> bool {
        self.first < 1024
    }

    /// How it is published on this machine alone, at the same port where a user may listen there and at one 8000 above where not.
    fn published(&self, host: u16) -> String {
        let span = self.last - self.first;
        let range = |first: u16| match span {
            0 => first.to_string(),
            _ => format!("{first}-{}", first.saturating_add(span)),
        };
        let protocol = if self.is_udp { "/udp" } else { "" };
        ["127.0.0.1:", &range(host), ":", &range(self.first), protocol].concat()
    }
}

/// How ports are published, each at a port of the host that no other takes.
pub fn published(ports: &[Port]) -> Vec<String> {
    let mut taken: Vec<(u16, bool)> =
        ports.iter().filter(|port| !port.is_privileged()).map(|port| (port.first, port.is_udp)).into_list();
    let mut all = Vec::new();
    for port in ports {
        let mut host = port.first;
        if port.is_privileged() {
            host += 8000;
            while taken.contains(&(host, port.is_udp)) {
                host += 1;
            }
            taken.push((host, port.is_udp));
        }
        all.push(port.published(host));
    }
    all
}
