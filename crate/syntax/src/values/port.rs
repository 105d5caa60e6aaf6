//! Ports of `EXPOSE`: `[[address:]host:]container[/protocol]`.

use crate::ProblemKind;
use std::net::IpAddr;

/// What is wrong, and the sentence that says it.
type Fault = (ProblemKind, String);

/// What is wrong with a port.
pub(crate) fn fault(port: &str) -> Option<Fault> {
    let invalid = |message: String| Some((ProblemKind::InvalidPort, message));
    let (numbers, protocol) = port.split_once('/').unwrap_or((port, ""));
    let known = ["", "tcp", "udp", "sctp"];
    if !known.iter().any(|known| known.eq_ignore_ascii_case(protocol)) {
        return invalid(format!("A port's protocol can be tcp, udp or sctp; `{protocol}` is none of them."));
    }
    let mut parts = numbers.rsplitn(3, ':');
    let (container, host, address) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if let Some(address) = address.filter(|address| !address.is_empty()) {
        let bare = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
        if bare.parse::<IpAddr>().is_err() {
            return invalid(format!("`{address}` is no IP address, which is all that may stand before two ports."));
        }
    }
    let ports = match range(container) {
        Ok(ports) => ports,
        Err(fault) => return Some(fault),
    };
    // BuildKit reads a host port and ignores it.
    let host = host.filter(|host| !host.is_empty())?;
    match range(host) {
        Err(fault) => Some(fault),
        Ok(host_ports) if ports > 0 && host_ports != ports => {
            invalid(format!("The ranges `{host}` and `{container}` are not of the same length."))
        }
        Ok(_) => None,
    }
}

/// How far the end of a range lies from its start; 0 for a single port.
fn range(text: &str) -> Result<u16, Fault> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    match (number(first), number(last)) {
        (Some(first), Some(last)) => last
            .checked_sub(first)
            .ok_or_else(|| (ProblemKind::PortOutOfRange, format!("The range `{text}` ends before it begins."))),
        _ => {
            let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let is_number = is_digits(first) && is_digits(last);
            let kind = if is_number { ProblemKind::PortOutOfRange } else { ProblemKind::InvalidPort };
            let message = "a port is a number from 0 to 65535, or a range such as 8000-8010";
            Err((kind, format!("`{text}` is no port: {message}.")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn ports_are_numbers_with_a_known_protocol() {
        for good in [
            "80",
            "53/udp",
            "8000-8010",
            "80/TCP",
            "127.0.0.1:80:8080",
            "[::1]:80:80",
            "80:80",
            ":80",
            "80/",
            "1-3:5-7",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["http", "70000", "80/http", "9-1", "", "80-", "localhost:80:80", "/tcp", "+80", "1-2:5-7", "80:"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
